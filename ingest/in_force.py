"""From which day an instrument is in force, as its own words say it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.vietnamese import unmarked

_TYPES = (
    "bo luat|luat|phap lenh|nghi dinh|nghi quyet(?: lien tich)?|quyet dinh|thong tu(?: lien tich)?|chi thi"
    "|quy dinh|quy che|ke hoach|chuong trinh|huong dan|van ban"
)
_SENTENCE = re.compile(
    rf"\b(?:{_TYPES}) nay\b[^.;]{{0,300}}?"
    r"(?P<said>\bco hieu luc\b[^;]{0,200}?)(?=[.;](?:\s|$)|,\s*tru\b|$)"
)
_ADOPTED = re.compile(
    rf"\b(?:{_TYPES}) nay (?:da )?duoc\b[^.;]{{0,250}}?\bthong qua (?:vao )?ngay (?P<day>[^,;]{{6,40}})"
)
_DAY = re.compile(
    r"(?P<d>\d{1,2})\s*(?:[/.-]|thang)\s*(?P<m>\d{1,2})\s*(?:[/.-]|nam)\s*(?P<y>(?:19|20)\d\d)(?!\d)"
)
_FROM_A_DAY = re.compile(r"(?:tu|vao)\s+(?:ngay\s+)?(?=\d{1,2}\s*(?:[/.-]|thang))")
_AFTER = re.compile(
    r"(?:sau|tu)\s+(?P<n>\d+|[a-z ]{2,20}?)\s*(?:\([^)]*\)\s*)?(?P<unit>ngay|thang)(?P<working>\s+lam viec)?"
    r"\s*,?\s*(?:ke\s+)?tu\s+ngay\s+(?:\w+\s+){0,8}?(?P<event>ky|thong qua|ban hanh)\b"
)
_AT_ONCE = re.compile(r"\btu\s+ngay\s+(?:\w+\s+){0,8}?(?P<event>ky|thong qua|ban hanh)\b")
_UNITS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8}
_UNITS |= {"chin": 9, "muoi": 10}


@dataclass(frozen=True, slots=True)
class InForce:
    """The words that say it, and the day they come to; None where they name none that is known."""

    said: str | None = None
    day: str | None = None  # ISO 8601
    adopted: str | None = None  # ISO 8601: "… thông qua ngày 15 tháng 7 năm 2025"


def in_force(texts: Iterable[str], issued: str | None) -> InForce:
    """Read from the provisions' texts; `issued` is the printed date as far as it is known (ISO 8601)."""
    said: str | None = None
    adopted: str | None = None
    for text in texts:
        flat = " ".join(text.split())
        bare = unmarked(flat)
        if adopted is None and (found := _ADOPTED.search(bare)):
            adopted = _day(found["day"])
        if said is None and len(bare) == len(flat) and (sentence := _SENTENCE.search(bare)):
            said = flat[sentence.start("said") : sentence.end("said")].rstrip(" ,./")
    return InForce(said, day_in_force(said, issued, adopted) if said else None, adopted)


def day_in_force(said: str, issued: str | None, adopted: str | None = None) -> str | None:
    """The day that "có hiệu lực …" names or counts to; the days counted begin after the day counted from.

    None where it hangs on a day that is not known whole, or on working days.
    """
    bare = unmarked(" ".join(said.split()))
    if found := _FROM_A_DAY.search(bare):
        return _day(bare[found.end() :])
    counted = _AFTER.search(bare)
    event = counted or _AT_ONCE.search(bare)
    if event is None:
        return None
    start = _whole(adopted if event["event"] == "thong qua" and adopted else issued or adopted)
    if start is None or counted is None:
        return start.isoformat() if start else None
    count = _count(counted["n"])
    if count is None or counted["working"]:
        return None
    if counted["unit"] == "ngay":
        return (start + timedelta(days=count)).isoformat()
    return _months_later(start, count).isoformat()


def iso_date(day: str | None, month: str | None, year: str | None) -> str | None:
    """As much of a date as is printed and is in the calendar: ("", "02", "2026") → "2026-02"."""
    if not year:
        return None
    if not month or not 1 <= int(month) <= 12:
        return year
    if not day or not 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _day(bare: str) -> str | None:
    found = _DAY.match(bare)
    whole = iso_date(found["d"], found["m"], found["y"]) if found else None
    return whole if whole and len(whole) == 10 else None


def _whole(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso and len(iso) == 10 else None


def _months_later(start: date, count: int) -> date:
    """The same day of a later month, or its last where it has no such day."""
    month = start.month - 1 + count
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def _count(words: str) -> int | None:
    """ "10" and "mười" → 10, "bốn mươi lăm" → 45."""
    if words.isdecimal():
        return int(words)
    total = 0
    for word in words.split():
        number = _UNITS.get(word)
        if number is None:
            return None
        total = max(total, 1) * 10 if number == 10 else total + number
    return total or None
