"""Amounts in any writing are one value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.amounts import amounts
from corpus.vietnamese import fold


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("4,7 triệu lượt", ["4700000"]),
        ("4.700.000 lượt", ["4700000"]),
        ("4700000", ["4700000"]),
        ("4 triệu 7", ["4700000"]),
        ("4 trieu 7 luot khach", ["4700000"]),
        ("4 triệu 7%", ["4000000", "7"]),
        ("5 tỷ 3 km", ["5000000000", "3"]),
        ("5 nghìn tỷ", ["5000000000000"]),
        ("5.000 tỷ đồng", ["5000000000000"]),
        ("5 ngàn tỉ", ["5000000000000"]),
        ("1 tỷ 200 triệu", ["1200000000"]),
        ("2 tỷ rưỡi", ["2500000000"]),
        ("3-5 triệu", ["3", "5000000"]),
        ("4.7 million visitors", ["4700000"]),
        ("4,700,000", ["4700000"]),
        ("3,500", ["3500"]),
        ("3,5", ["3.5"]),
        ("8.310,18 km2", ["8310.18"]),
        ("470万", ["4700000"]),
        ("08 khu", ["8"]),
        ("năm 2030 tỷ lệ 5%", ["2030", "5"]),
        ("1.3.2", []),
        ("19/2025/NQ-HĐND", []),
        ("QL4A", []),
        ("", []),
    ],
)
def test_values(text: str, values: list[str]) -> None:
    assert [amount.value for amount in amounts(fold(text))] == values


@given(st.integers(1, 10**12), st.sampled_from(["", " nghìn", " triệu", " tỷ"]))
def test_dots_change_nothing(number: int, scale: str) -> None:
    (plain,), (dotted,) = amounts(f"{number}{scale}"), amounts(f"{number:,}{scale}".replace(",", "."))
    assert plain.value == dotted.value
    assert Decimal(plain.value) >= number


@given(st.text(alphabet="0123456789.,/- triệuỷtr", max_size=40))
def test_amounts_stand_apart_and_in_order(text: str) -> None:
    place = 0
    for amount in amounts(fold(text)):
        assert place <= amount.start < amount.end <= len(fold(text))
        assert Decimal(amount.value) >= 0
        place = amount.end
