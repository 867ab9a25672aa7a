"""Amounts, dates and roads in one writing each: tokens for comparing."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.amounts import amounts
from corpus.dates import dates

_DIGIT = re.compile(r"\d")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)*")
_ROAD = re.compile(
    r"\b(?:(?P<national>ql|quốc lộ|quoc lo)|(?P<provincial>đt|dt|tl|đường tỉnh|duong tinh|tỉnh lộ|tinh lo))"
    r"\s*\.?\s*(?P<number>\d{1,3}[a-d]?)\b"
)


@lru_cache(maxsize=4096)
def number(syllable: str) -> str:
    """A plain number by its value: "08" → "8", "3.000" → "3000", "10,5" → "10.5"; anything else as it is.

    "01" stays: one of something is said otherwise, and "loại 1" should not find it.
    """
    if syllable == "01" or not _PLAIN.fullmatch(syllable):
        return syllable
    read = list(amounts(syllable))
    return read[0].value if len(read) == 1 else syllable


def canonical(folded: str) -> list[str]:
    """What a folded text names: amounts written with a word by value, "=2025-07-15", "=ql4a"."""
    if not _DIGIT.search(folded):
        return ["=" + when.value for when in dates(folded)] if "quý" in folded else []
    found = [amount.value for amount in amounts(folded) if amount.scaled]
    for when in dates(folded):
        found.append("=" + when.value)
        if when.value.count("-") == 2:
            found.append("=" + when.value[:7])  # so that the month alone finds the day
        elif when.value[4:6] == "-q":
            found.append("=" + when.value[5:])
    for road in _ROAD.finditer(folded):
        found.append(f"={'ql' if road['national'] else 'đt'}{road['number']}")
    return found
