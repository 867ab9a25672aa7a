"""Letters that one reader of PDFs loses are told by the other."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from ingest.readers import pdf
from ingest.readers.second_reading import lacking

DATA = Path(__file__).parents[1] / "data"
FILES = sorted(DATA.glob("*.pdf"))


def texts(file: Path) -> dict[int, str]:
    found: dict[int, str] = {}
    for line in pdf.read(file.read_bytes(), file).lines:
        assert line.page is not None
        found[line.page] = found.get(line.page, "") + "\n" + line.text
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_both_read_alike_is_not_told(file: Path) -> None:
    assert not lacking(file.read_bytes(), texts(file), time.monotonic() + 60)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_lost_line_is_told_with_its_page(file: Path) -> None:
    pages = texts(file)
    longest = max(pages[2].split("\n"), key=len)
    pages[2] = pages[2].replace(longest, "")
    (warning,) = lacking(file.read_bytes(), pages, time.monotonic() + 60)
    assert warning.startswith("Trang 2: ")


def test_the_order_of_letters_does_not_matter() -> None:
    pages = {number: text[::-1] for number, text in texts(FILES[0]).items()}
    assert not lacking(FILES[0].read_bytes(), pages, time.monotonic() + 60)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", FILES[0].read_bytes()[:5000]])
def test_a_file_that_cannot_be_read_again_is_passed_over(data: bytes) -> None:
    assert not lacking(data, {1: "x"}, time.monotonic() + 60)


def test_it_stops_in_time() -> None:
    assert not lacking(FILES[0].read_bytes(), {1: ""}, time.monotonic() - 1)
