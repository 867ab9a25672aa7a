"""The marks a provision begins with: Điều 1., I., 1., 1.1., a), (1), -, +."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from corpus.markers import ORDINALS


class Mark(IntEnum):
    """Kinds of marks, in the order in which they usually nest."""

    PART = 1
    CHAPTER = 2
    ARTICLE = 3
    ROMAN = 4
    NUMBER = 5
    DOTTED = 6
    LETTER = 7
    BRACKET = 8
    DASH = 9
    PLUS = 10


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark found at the start of a text."""

    mark: Mark
    value: str  # "1", "v", "1.3", "đ"; "" for dash and plus
    end: int  # where the marker ends in the text, white space not counted


_PART = rf"[IVXLC]+|[0-9]{{1,2}}|[A-ZĐ]|(?i:{'|'.join(ORDINALS)})"
# Digits are [0-9]: an address holds no others.
# A dash counts only before a letter or a quotation mark: "- 2030 từ 10 - 11%" is the rest of a range.
# "Điều 5 của Nghị định" is a reference: the full stop after the number makes the heading.
_PATTERNS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (Mark.PART, re.compile(rf"(?:PHẦN|Phần)\s+(?:(?i:thứ)\s+)?({_PART})(?=[.:]?\s*$|\.\s)")),
    (Mark.CHAPTER, re.compile(r"(?:CHƯƠNG|Chương)\s+([IVXLC]+|[0-9]+)(?=[.:]?\s*$|[.:]\s)")),
    (Mark.ARTICLE, re.compile(r"(?:ĐIỀU|Điều)\s+([0-9]+[a-zđ]?)\s*[.:](?=\s|$)")),
    (Mark.ROMAN, re.compile(r"([IVXLC]+)\.(?=\s)")),
    (Mark.DOTTED, re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,2})+)\.?(?=\s+[^\W\d])")),
    (Mark.NUMBER, re.compile(r"([0-9]{1,2})\.(?=\s+\S)")),
    (Mark.LETTER, re.compile(r"([a-zđ])\)(?=\s)")),
    (Mark.BRACKET, re.compile(r"\(([0-9]{1,2})\)(?=\s)")),
    (Mark.DASH, re.compile(r"[-–](?=\s*[^\W\d]|\s*[“\"'(])")),
    (Mark.PLUS, re.compile(r"\+(?=\s*\S)")),
)


def marker_of(text: str) -> Marker | None:
    """The marker that `text` begins with, or None."""
    for mark, pattern in _PATTERNS:
        if found := pattern.match(text):
            value = found[1].lower() if pattern.groups else ""
            return Marker(mark, ORDINALS.get(value, value), found.end())
    return None
