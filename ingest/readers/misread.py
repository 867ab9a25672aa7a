"""Marks that a recogniser takes for others, put right by their series: "HI." after "II." is "III.".

Only for letters recognised from a picture: those are guesses, and the order of headings is better evidence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from corpus.markers import roman
from ingest.markers import roman_value
from ingest.readers.paging import Placed

# What an I, and with it the stroke of a full stop, is taken for; an H is two of them.
_STROKES = str.maketrans(
    {"l": "I", "1": "I", "|": "I", "!": "I", "L": "I", "T": "I", "J": "I", "H": "II", "Ï": "I"}
)
_NUMERAL = re.compile(r"([IVXLHTJÏl1|!]{1,8})([.,:]?)(?=\s+[^\W\d])")
_DASH = re.compile(r"[~¬−_=»«÷](?=\s+[^\W\d])")
_SPECK = re.compile(r"[,.;:'`´‘’]\s+(?=\w)")
_ANNEX = re.compile(r"\(Ch[ỉíì] tiết(?= tại)")


def put_right(
    pages: Sequence[Sequence[Placed]], scanned: Collection[int]
) -> tuple[list[list[Placed]], list[str]]:
    """The pages, the marks of the scanned ones (from 1) put right, and what was changed, in Vietnamese."""
    last = 0
    changed: list[str] = []
    result: list[list[Placed]] = []
    for number, page in enumerate(pages, start=1):
        lines: list[Placed] = []
        for text, box in page:
            found = _NUMERAL.match(text)
            heading = found is not None and text[found.end() :].strip().isupper()
            right = _clean(text) if number in scanned else text
            if heading and found is not None:
                value = _value(found[1], last)
                if number in scanned and value and (read := f"{roman(value)}.") != found[0]:
                    right = read + text[found.end() :]
                    changed.append(f"Trang {number}: đọc “{found[0]}” là “{read}” theo thứ tự đề mục.")
                last = value or last
            lines.append((right, box))
        result.append(lines)
    return result, changed


def _clean(text: str) -> str:
    """Without specks taken for points, dashes taken for waves, and the usual misreading of annex notes."""
    if speck := _SPECK.match(text):
        text = text[speck.end() :]
    if _DASH.match(text):
        text = "-" + text[1:]
    return _ANNEX.sub("(Chi tiết", text)


def _value(printed: str, last: int) -> int | None:
    """Which heading of the series it is: the one read if in order, or the next if it looks alike."""
    value = roman_value(printed.lower())
    if value is not None and (value > last or value == 1) and roman(value) == printed:
        return value
    strokes = printed.translate(_STROKES)
    for candidate in (last + 1, 1):
        wanted = roman(candidate)
        if strokes[0] == wanted[0] and _distance(strokes, wanted) <= 1:
            return candidate
    return None


def _distance(left: str, right: str) -> int:
    """Letters to insert, leave out or change to make one of the other."""
    row = list(range(len(right) + 1))
    for place, letter in enumerate(left, start=1):
        before, row[0] = row[0], place
        for column, other in enumerate(right, start=1):
            before, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, before + (letter != other)),
            )
    return row[-1]
