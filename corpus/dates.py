"""Dates as people write them: 15/7/2025, 15-07-2025, "ngày 15 tháng 7 năm 2025", "quý III/2026", in ISO 8601.

Whether there is such a day is checked, so that 31/02/2026 is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_ENGLISH = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
}
_MONTH = "|".join(_ENGLISH)
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d)"
_OF = r"(?:\s*[/.-]\s*|\s+năm\s+|\s+nam\s+|,?\s+)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DAY = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![\d./-])(?P<d>\d{{1,2}})\s*(?P<by>[/.-])\s*(?P<m>\d{{1,2}})\s*(?P=by)\s*{_YEAR}(?!\s*/)",
        rf"(?<![\d./-])(?P<d>\d{{1,2}})\s+th[áa]ng\s+(?P<m>\d{{1,2}}){_OF}{_YEAR}",
        r"(?<![\d./-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])",
        r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号]",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<name>{_MONTH}),?\s+{_YEAR}",
        rf"\b(?P<name>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
    )
)
_MONTHS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\bth[áa]ng\s+(?P<m>\d{{1,2}}){_OF}{_YEAR}",
        r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月(?!\s*\d)",
        rf"\b(?P<name>{_MONTH}),?\s+{_YEAR}",
    )
)
_QUARTER = re.compile(rf"\b(?:qu[ýy]\s*(?P<r>iv|i{{1,3}}|[1-4])|q\.?\s*(?P<q>[1-4]))\b(?:{_OF}{_YEAR})?")


@dataclass(frozen=True, slots=True)
class When:
    """A day, month or quarter and where it stands."""

    start: int
    end: int
    value: str  # "2025-07-15", "2025-07", "2026-q3" or, without a year, "q3"


def dates(folded: str) -> Iterator[When]:
    """The days, months and quarters that a folded text names; a month that is part of a day is not told."""
    taken: list[tuple[int, int]] = []
    for pattern in (*_DAY, *_MONTHS):
        for found in pattern.finditer(folded):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            value = _value(found)
            if value:
                taken.append(found.span())
                yield When(*found.span(), value)
    for found in _QUARTER.finditer(folded):
        said = found["r"] or found["q"]
        quarter = f"q{_ROMAN.get(said, said)}"
        yield When(*found.span(), f"{found['y']}-{quarter}" if found["y"] else quarter)


def _value(found: re.Match[str]) -> str:
    parts = found.groupdict()
    month = _ENGLISH[parts["name"]] if parts.get("name") else int(parts["m"])
    try:
        day = date(int(parts["y"]), month, int(parts.get("d") or 1))
    except ValueError:
        return ""
    return day.isoformat() if parts.get("d") else f"{day:%Y-%m}"
