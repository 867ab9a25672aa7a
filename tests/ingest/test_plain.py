"""Plain text: decoding, and lines that know their place."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.manifest import SHIPPED, Entry, load
from ingest.readers import plain
from ingest.readers.source import LineKind

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


def test_the_original_is_composed() -> None:
    source = plain.read(unicodedata.normalize("NFD", "Ðiều 1. Cộng hòa\n").encode(), FILE)
    assert source.text == "Điều 1. Cộng hòa\n"
    assert source.lines[0].text == "Điều 1. Cộng hòa"


@pytest.mark.parametrize("entry", load(SHIPPED), ids=lambda entry: entry.metadata.id)
def test_a_shipped_document_is_its_file_to_the_letter(entry: Entry) -> None:
    """The evaluation sets count positions in it."""
    source = plain.read(entry.read(), entry.path)
    assert source.text == entry.read().decode("utf-8")
    assert [(line.start, line.text) for line in source.lines] == [
        (line.start(), line[0]) for line in re.finditer(r"[^\n]+|^(?=\n)", source.text, re.MULTILINE)
    ]
    assert (source.warnings, source.wrapped) == ((), True)


def test_form_feeds_tell_pages_apart() -> None:
    pages = [(line.text, line.page) for line in plain.read(b"mot\nhai\fba\n\fbon", FILE).lines]
    assert pages == [("mot", 1), ("hai", 1), ("ba", 2), ("", 2), ("bon", 3)]
    assert all(line.page is None for line in plain.read(b"mot\nhai", FILE).lines)


TABLE = """Mức hỗ trợ:

| TT | Đối tượng | Mức (đồng) |
|---:|:---------:|-----------|
| 1 | Hộ **nghèo** | 5.000.000 |
| 2 | a \\| b | |

Hết. | không phải bảng
"""


def test_a_pipe_table_is_read_row_by_row() -> None:
    source = plain.read(TABLE.encode(), Path("bang.md"))
    rows = [line for line in source.lines if line.kind is LineKind.ROW]
    assert [row.text for row in rows] == [
        "TT: 1; Đối tượng: Hộ **nghèo**; Mức (đồng): 5.000.000",
        "TT: 2; Đối tượng: a | b",
    ]
    assert {row.table for row in rows} == {1}
    assert all(source.text[line.start : line.end] == line.text for line in source.lines)
    assert [line.text for line in source.lines if line.text and line.kind is LineKind.TEXT] == [
        "Mức hỗ trợ:",
        "Hết. | không phải bảng",
    ]


@pytest.mark.parametrize("text", ["a | b\n", "| a | b |\n| 1 | 2 |\n", "a | b\n---\nc\n", "|---|---|\n"])
def test_bars_alone_make_no_table(text: str) -> None:
    source = plain.read(text.encode(), FILE)
    assert source.text == text
    assert all(line.kind is LineKind.TEXT for line in source.lines)


def test_an_old_encoding_is_said() -> None:
    source = plain.read(b"C\xe9ng ho\xb5 x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam\n", FILE)
    assert source.text == "Cộng hoà xã hội chủ nghĩa Việt Nam\n"
    assert "TCVN3 (ABC)" in source.warnings[0]


def test_what_cannot_be_read_is_named_by_its_line_with_the_remedy() -> None:
    with pytest.raises(DocumentError, match=r"van-ban\.txt, dòng 3: không rõ bảng mã .*Hãy .*lưu lại"):
        plain.read("Một\nHai\n".encode() + "Привет мир, это".encode("cp1251"), FILE)
