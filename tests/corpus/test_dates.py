"""Dates in any writing are one day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import dates
from corpus.vietnamese import fold, unmarked


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("15/7/2025", ["2025-07-15"]),
        ("15-07-2025", ["2025-07-15"]),
        ("15.7.2025", ["2025-07-15"]),
        ("2025-07-15", ["2025-07-15"]),
        ("ngày 15 tháng 7 năm 2025", ["2025-07-15"]),
        ("ngay 15 thang 7 nam 2025", ["2025-07-15"]),
        ("15 tháng 7, 2025", ["2025-07-15"]),
        ("2025年7月15日", ["2025-07-15"]),
        ("15 July 2025", ["2025-07-15"]),
        ("July 15th, 2025", ["2025-07-15"]),
        ("tháng 7/2025", ["2025-07"]),
        ("tháng 7 năm 2025", ["2025-07"]),
        ("July 2025", ["2025-07"]),
        ("quý III/2026", ["2026-q3"]),
        ("quý 3 năm 2026", ["2026-q3"]),
        ("Q.3", ["q3"]),
        ("31/02/2026", []),
        ("tháng 13/2025", []),
        ("15/7", []),
        ("nghị quyết 19/2025/NQ-HĐND", []),
        ("quý khách", []),
        ("", []),
    ],
)
def test_values(text: str, values: list[str]) -> None:
    assert [when.value for when in dates(fold(text))] == values


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_in_every_writing(day: date) -> None:
    long = f"ngày {day.day:02} tháng {day.month} năm {day.year}"
    for text in (
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day:%Y-%m-%d}",
        long,
        unmarked(long),
    ):
        assert [when.value for when in dates(fold(text))] == [day.isoformat()]
