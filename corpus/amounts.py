"""Amounts as people write them, read by value: 4.700.000, 4700000, "4,7 triệu" and "4 triệu 7" are one.

A dot before groups of three digits parts thousands and a comma starts the decimals, as Vietnamese texts
print them; "4,700,000", "3,500" and "14.5" are read the other way, because they can only be meant so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import prod

_SCALES = {
    "trăm": 10**2, "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9,
    "nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9,
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "万": 10**4, "亿": 10**8,
}  # fmt: skip
# "tỷ lệ", "tỷ trọng", "tỷ suất", "tỷ giá" and "tỷ số" are ratios, "triệu tập" and "tỷ thí" are no numbers.
_SCALE = (
    r"(?:(?:trăm|nghìn|ngàn|triệu(?!\s+tập)|nghin|ngan|trieu(?!\s+tap)"
    r"|t[ỷỉ](?!\s+(?:lệ|trọng|suất|giá|số)\b)|ty(?!\s+(?:le|trong|suat|gia|so)\b)"
    r"|thousand|million|billion|trillion)(?![^\W\d_])|[万亿])"
)
_WORD = re.compile("|".join(_SCALES))
_NUMBER = re.compile(
    r"(?<![\d.,/])(?<![^\W\d_][-/])(?<![^\W\d_万亿])"
    r"(?:(?P<thousands>\d{1,3}(?:\.\d{3})+(?:,\d+)?)"
    r"|(?P<english>\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|[1-9]\d{0,2},\d00(?:\.\d+)?)"
    r"|(?P<decimal>\d+[.,]\d+)"
    r"|(?P<whole>\d+))(?![.,/]?\d)(?!/[^\W\d_])"
    rf"(?P<scales>(?:\s*{_SCALE})*)(?P<half>\s+rưỡi\b)?"
)
_TAIL = re.compile(r"\s+(\d)(?![\w.,/%]|\s*(?:[^\W\d_]{1,2}\b|%))")  # "4 triệu 7", no unit after it


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount and where it stands."""

    start: int
    end: int
    value: str  # plain decimal writing: "4700000", "14.5"
    scaled: bool  # written with a word: "4,7 triệu"


def amounts(folded: str) -> Iterator[Amount]:
    """The amounts of a folded text, in order; "1 tỷ 200 triệu" is one. Steps (1.3.2) and dates are none."""
    pending: tuple[int, int, Decimal, int] | None = None  # start, end, total, last scale
    for found in _NUMBER.finditer(folded):
        scale = prod(_SCALES[word] for word in _WORD.findall(found["scales"]))
        value = _value(found) * scale + (Decimal(scale) / 2 if found["half"] else 0)
        if pending and not folded[pending[1] : found.start()].strip():
            start, _, total, before = pending
            if 1 < scale < before:
                pending = (start, found.end(), total + value, scale)
                continue
            if before > 1 and found.start() > pending[1] and (tail := _TAIL.match(folded, pending[1])):
                yield _amount((start, tail.end(), total + int(tail[1]) * Decimal(before) / 10, before))
                pending = None
                continue
        if pending:
            yield _amount(pending)
        pending = (*found.span(), value, scale)
    if pending:
        yield _amount(pending)


def _amount(read: tuple[int, int, Decimal, int]) -> Amount:
    start, end, value, scale = read
    return Amount(start, end, f"{value.normalize():f}", scale > 1)


def _value(found: re.Match[str]) -> Decimal:
    if found["thousands"]:
        return Decimal(found["thousands"].replace(".", "").replace(",", "."))
    if found["english"]:
        return Decimal(found["english"].replace(",", ""))
    return Decimal((found["decimal"] or found["whole"]).replace(",", "."))
