"""Plain text: decoding, and lines that know their place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from ingest.readers import plain

FILE = Path("van-ban.txt")
TEXTS = st.text(alphabet="aĐế \t\r\n\f\v\x1c\x85\u2028*1", max_size=60)


def lines(text: str) -> list[str]:
    """The lines of `text` as read from a file."""
    return [line.text for line in plain.read(text.encode(), FILE).lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Điều 1.", ["Điều 1."]),
        ("Điều 1.\n", ["Điều 1."]),
        ("a\r\nb\rc\n\nd", ["a", "b", "c", "", "d"]),
        ("  thụt vào \t\nhết", ["  thụt vào \t", "hết"]),
        ("trang 1\ftrang 2", ["trang 1", "trang 2"]),
    ],
)
def test_lines_lose_their_ends_and_nothing_else(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


@given(TEXTS)
def test_every_line_stands_where_it_says(text: str) -> None:
    source = plain.read(text.encode(), FILE)
    assert source.text == text
    position = 0
    for line in source.lines:
        assert source.text[line.start : line.end] == line.text
        assert not source.text[position : line.start].strip()
        assert len(line.text.splitlines()) <= 1
        position = line.end
    assert not source.text[position:].strip()


def test_a_byte_order_mark_is_no_text() -> None:
    source = plain.read("Điều 1.\n".encode("utf-8-sig"), FILE)
    assert source.text == "Điều 1.\n"
    assert source.lines[0].start == 0


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("Điều 1.\n".encode("utf-16"), 1),
        ("Một\nHai\n".encode() + "Sở Tài chính\n".encode("utf-16-le"), 3),
        (b"abc\n\nC\xe9ng ho\xb5 x\xb7 h\xe9i\n", 3),
        ("đủ".encode()[:-1], 1),
    ],
)
def test_what_is_not_utf8_is_named_by_its_line_with_the_remedy(data: bytes, line: int) -> None:
    with pytest.raises(DocumentError, match=rf"van-ban\.txt, dòng {line}: không phải UTF-8\. Hãy .*lưu lại"):
        plain.read(data, FILE)
