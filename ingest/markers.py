"""The marks a provision begins with: Điều 1., I., 1., 1.1., a), (1), -, +.

`marker_of` knows the marks that end the paragraph above wherever a line begins with one.
`paragraph_marker_of` adds those that count only at the start of a paragraph: "A.", "1)", "(a)", "- 100%".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from corpus.markers import ORDINALS
from ingest.superscript import LOWERED


class Mark(IntEnum):
    """Kinds of marks, in the order in which they usually nest."""

    ANNEX = 1
    FORM = 2  # "Mẫu số 01"
    PART = 3
    CHAPTER = 4
    SECTION = 5  # "Mục 1." of a law
    SUBSECTION = 6  # "Tiểu mục 1."
    ARTICLE = 7
    CAPITAL = 8  # "A."
    ROMAN = 9
    NUMBER = 10
    DOTTED = 11
    LETTER = 12
    SUBLETTER = 13  # "a.1)"
    BRACKET = 14
    LOWER_ROMAN = 15  # "(i)"
    DASH = 16
    PLUS = 17
    NOTE = 18  # "[1]", "¹": the body of a footnote


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark found at the start of a text."""

    mark: Mark
    value: str  # "1", "v", "1.3", "đ"; "" for dash, plus and an annex without a number
    end: int  # where the marker ends in the text, white space not counted
    loose: bool = False  # counts only as the next of its series


_PART = rf"[IVXLC]+|[0-9]{{1,2}}|[A-ZĐ]|(?i:{'|'.join(ORDINALS)})"
_NOTE_SIGN = r"\[[0-9]+\]|[¹²³⁴-⁹]"  # "Điều 5.[3] Tên điều" of a consolidated text
_UPPER = "A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
_WORDS = rf"[{_UPPER}][^\W\d]"  # two letters, the first a capital: not an initial
# Behind a level word: the end of the line, a full stop or colon, or a title in capitals.
_ENDED = rf"(?:[.:]?(?=\s*$|{_NOTE_SIGN})|[.:](?=\s)|(?=\s+[{_UPPER}][{_UPPER}][^a-z]*$))"
# Digits are [0-9]: an address holds no others.
# A dash counts only before a letter or a quotation mark: "- 2030 từ 10 - 11%" is the rest of a range.
# "Điều 5 của Nghị định" is a reference: the full stop after the number makes the heading.
_PATTERNS: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (
        Mark.ANNEX,
        re.compile(
            r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?i:số\s*:?\s+)?([IVXLC]+|[0-9]{1,3}[a-zđ]?|[A-ZĐ])(?![^\W_]))?"
            + _ENDED
        ),
    ),
    (
        Mark.FORM,
        re.compile(
            r"(?:(?:BIỂU )?MẪU|(?:Biểu m|M)ẫu)\s+(?i:số\s*:?\s*)?([0-9]{1,3}[a-zđ]?)(?:[-/.][0-9A-ZĐa-z]+)*"
            + _ENDED
        ),
    ),
    (Mark.PART, re.compile(rf"(?:PHẦN|Phần)\s+(?i:thứ\s+)?({_PART}){_ENDED}")),
    (Mark.CHAPTER, re.compile(rf"(?:CHƯƠNG|Chương)\s+([IVXLC]+[a-zđ]?|[0-9]+[a-zđ]?){_ENDED}")),
    (Mark.SUBSECTION, re.compile(rf"(?:TIỂU MỤC|Tiểu mục)\s+([0-9]{{1,2}}|[IVXLC]+){_ENDED}")),
    (Mark.SECTION, re.compile(rf"(?:MỤC|Mục)\s+([0-9]{{1,2}}[a-zđ]?|[IVXLC]+[a-zđ]?|[A-ZĐ]){_ENDED}")),
    (
        Mark.ARTICLE,
        re.compile(rf"(?:ĐIỀU|[ĐÐ]iều)\s+([0-9]+[a-zđ]?)(?:\s*[.:](?=\s|$|{_NOTE_SIGN})|(?=\s*$))"),
    ),
    (Mark.ROMAN, re.compile(rf"([IVXLC]+)(?:[./](?=\s|{_NOTE_SIGN})|\s?-(?=\s+{_WORDS}))")),
    (
        Mark.DOTTED,
        re.compile(
            rf"([0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,4}})(?:\.?(?=\s+[^\W\d])|\.(?={_NOTE_SIGN})|-(?=\s+{_WORDS}))"
        ),
    ),
    (
        Mark.NUMBER,
        re.compile(rf"([0-9]{{1,2}}[a-eđ]?)(?:\.(?=\s+\S|{_NOTE_SIGN})|-(?=\s+[{_UPPER}][^\W\d{_UPPER}]))"),
    ),
    (Mark.SUBLETTER, re.compile(rf"([a-zđ]\.[0-9]{{1,2}})[.)](?=\s|{_NOTE_SIGN})")),
    (Mark.LETTER, re.compile(rf"([a-zđ][0-9]?)\)(?=\s|{_NOTE_SIGN})")),
    (Mark.BRACKET, re.compile(r"\(([0-9]{1,2})\)(?=\s)")),
    (Mark.DASH, re.compile(r"[-–](?=\s*[^\W\d]|\s*[“\"'(])")),
    (Mark.PLUS, re.compile(r"\+(?=\s*\S)")),
    (Mark.NOTE, re.compile(r"(?:\[([0-9]{1,3})\]|([¹²³⁴-⁹⁰]{1,3}))(?=\s*[^\W\d]|\s*[“\"'(])")),
)
_LOOSE_IN_LINES: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (Mark.LETTER, re.compile(rf"([a-zđ])\.(?=\s+[{_UPPER}])")),
    (Mark.CAPITAL, re.compile(rf"([A-ZĐ])\.(?=\s+[{_UPPER}]{{2}}[^a-z]*$)")),
)
_LOOSE: tuple[tuple[Mark, re.Pattern[str]], ...] = (
    (Mark.CAPITAL, re.compile(rf"([A-ZĐ])(?:[./](?=\s+{_WORDS})|\s?-(?=\s+{_WORDS}))")),
    (Mark.BRACKET, re.compile(rf"([0-9]{{1,2}})\)(?=\s+[{_UPPER}])")),
    (Mark.LOWER_ROMAN, re.compile(r"\(([ivx]{1,5})\)(?=\s)")),
    (Mark.BRACKET, re.compile(r"\(([a-zđ])\)(?=\s)")),
    (Mark.DASH, re.compile(r"[-–](?=\s+[0-9])")),
)


def marker_of(text: str) -> Marker | None:
    """The marker that `text`, a line or paragraph, begins with, or None."""
    return _first(_PATTERNS, text, loose=False) or _first(_LOOSE_IN_LINES, text, loose=True)


def paragraph_marker_of(text: str) -> tuple[Marker, ...]:
    """Every way to read the start of a paragraph as a marker, the sure one first.

    "I. Tên" may be a Roman one or the letter after H; the series it stands in decides.
    """
    sure = marker_of(text)
    loose = (_first((one,), text, loose=True) for one in _LOOSE)
    return tuple(dict.fromkeys(found for found in (sure, *loose) if found))


def _first(patterns: tuple[tuple[Mark, re.Pattern[str]], ...], text: str, *, loose: bool) -> Marker | None:
    for mark, pattern in patterns:
        if found := pattern.match(text):
            printed = next((group for group in found.groups() if group), "")
            value = printed.lower().translate(LOWERED)
            if value.isdecimal():
                value = value.lstrip("0") or "0"
            if value or mark in (Mark.ANNEX, Mark.DASH, Mark.PLUS):
                return Marker(mark, ORDINALS.get(value, value), found.end(), loose)
    return None


_ALPHABET = "abcdđeghiklmnopqrstuvxy"
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def place_in_series(marker: Marker) -> int | None:
    """Which one of its series a marker is, from 1; None where it cannot be told."""
    if marker.mark in (Mark.ROMAN, Mark.LOWER_ROMAN):
        return roman_value(marker.value)
    if marker.value.isdecimal():
        return int(marker.value)
    letter = marker.value[:1]
    return _ALPHABET.index(letter) + 1 if letter and letter in _ALPHABET else None


def roman_value(numeral: str) -> int | None:
    """`xi` → 11; None where the letters make no numeral."""
    if not numeral or any(letter not in _ROMAN_DIGITS for letter in numeral):
        return None
    numbers = [_ROMAN_DIGITS[letter] for letter in numeral]
    return sum(-n if n < after else n for n, after in zip(numbers, [*numbers[1:], 0], strict=True))
