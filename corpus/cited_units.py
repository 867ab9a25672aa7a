"""Cited units: "khoản 2", "Điều này", and how an official writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from corpus.address import Level
from corpus.markers import LAST, ROMAN_LEVELS

THIS = "này"  # the marker of "khoản này", "Điều này"


class CitedUnit(NamedTuple):
    """One step of a citation: the level word used (None: a bare number) and the marker, lower case."""

    level: Level | None
    marker: str


# Parts that stand once in a document and carry no number; their marker is "".
ALONE_WORDS: tuple[tuple[str, Level], ...] = (
    ("phần tiêu đề", Level.HEAD),
    ("phần căn cứ", Level.PREAMBLE),
    ("phần mở đầu", Level.PREAMBLE),
    ("phần kết", Level.CLOSING),
    ("phần nơi nhận", Level.RECIPIENTS),
    ("nơi nhận", Level.RECIPIENTS),
    ("phần chữ ký", Level.SIGNATURE),
    ("phần ký", Level.SIGNATURE),
)
_SPOKEN: dict[Level | None, str] = {
    Level.ANNEX: "Phụ lục",
    Level.FORM: "Mẫu số",
    Level.TABLE: "bảng",
    Level.PART: "Phần",
    Level.CHAPTER: "Chương",
    Level.SECTION: "mục",
    None: "mục",
    Level.SUBSECTION: "tiểu mục",
    Level.ARTICLE: "Điều",
    Level.CLAUSE: "khoản",
    Level.POINT: "điểm",
    Level.SUBPOINT: "tiết",
    Level.PARAGRAPH: "đoạn thứ",
    Level.DASH: "gạch đầu dòng thứ",
    Level.PLUS: "dấu cộng thứ",
    Level.FOOTNOTE: "chú thích",
    Level.ROW: "hàng",
    Level.QUOTED: "đoạn trích",
} | {level: said for said, level in ALONE_WORDS}


def words_of(units: tuple[CitedUnit, ...]) -> Iterator[str]:
    """Each unit as an official writes it, smallest first: "điểm a", "khoản 2", "mục V", "Điều 1"."""
    for unit in reversed(units):
        if not unit.marker:
            yield _SPOKEN[unit.level]
        elif unit.marker == THIS:
            yield f"{spoken_level(unit.level)} này"
        elif unit.marker == LAST:
            yield f"{spoken_level(unit.level)} cuối cùng"
        else:
            yield f"{_SPOKEN[unit.level]} {printed(unit)}"


def spoken_level(level: Level | None) -> str:
    """What a level is called: "khoản", "Điều", "gạch đầu dòng"."""
    return _SPOKEN[level].removesuffix(" thứ").removesuffix(" số")


def printed(unit: CitedUnit) -> str:
    """A marker as an official writes it: "V", "a", "III.1.3", "nhất"."""
    if unit.level in (Level.DASH, Level.PLUS, Level.PARAGRAPH):
        return "nhất" if unit.marker == "1" else unit.marker
    if unit.level is Level.FORM:
        return unit.marker if unit.marker[0].isdigit() else unit.marker.upper()
    if unit.level not in ROMAN_LEVELS:
        return unit.marker
    first, *rest = unit.marker.split(".")
    return ".".join([first.upper(), *rest])
