"""Figures by value, words by folding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.facts import contains_fact, numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.700.000 lượt khách", {"4700000"}),
        ("4700000 lượt khách", {"4700000"}),
        ("4,7 triệu lượt", {"4700000"}),
        ("4,7triệu lượt", {"4700000"}),
        ("4,700,000 visitors", {"4700000"}),
        ("5.000 tỷ đồng", {"5000000000000"}),
        ("5 nghìn tỉ đồng", {"5000000000000"}),
        ("1 tỷ 200 triệu đồng", {"1200000000"}),
        ("200 triệu, 1 tỷ", {"200000000", "1000000000"}),
        ("2 triệu 4.150.000", {"2000000", "4150000"}),
        ("08 khu, 11 khu", {"8", "11"}),
        ("10 - 11%", {"10", "11"}),
        ("14,5% và 14.5%", {"14.5"}),
        ("0,50", {"0.5"}),
        ("0.500", {"500"}),
        ("1.250.000,75 đồng", {"1250000.75"}),
        ("năm 2021-2030", {"2021", "2030"}),
        ("28/02/2026", {"28", "2", "2026"}),
        ("mục 1.3.2", {"1", "3.2"}),
        ("chiếm 50 tỷ lệ", {"50"}),
        ("3 tỉnh, 2 tỷ trọng", {"3", "2"}),
        ("“*2.100 lao động*”", {"2100"}),
        ("không có số nào", set()),
    ],
)
def test_numbers(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "fact", "found"),
    [
        ("thu hút khoảng 4,7 triệu lượt khách du lịch", "4.700.000 lượt khách", True),
        ("thu hút khoảng 4.700.000 lượt khách", "4700000", True),
        ("4.700.000 lượt khách", "700.000", False),  # inside another figure
        ("toàn tỉnh có 08 khu công nghiệp", "8 khu công nghiệp", True),
        ("toàn tỉnh có 18 khu công nghiệp", "8", False),
        ("tăng bình quân 10 –\n11%", "10-11%", True),
        ("Uỷ ban nhân dân TỈNH", "Ủy ban nhân dân tỉnh", True),
        ("Sở Xây dựng", "Sở Tài chính", False),
        ("thời kỳ 2021 - 2030", "2030", True),
        ("Nghị quyết số 19/2025/NQ-HĐND", "19/2025/NQ–HĐND", True),
        ("đạt khoảng 111.100 tỷ đồng", "111.100", True),  # the fact leaves the scale out
        ("đạt khoảng 111.100 tỷ đồng", "111.100 triệu", False),
        ("đạt khoảng 111.100 tỷ đồng", "11.100", False),
        ("", "5", False),
    ],
)
def test_contains_fact(text: str, fact: str, found: bool) -> None:
    assert contains_fact(text, fact) is found


@given(st.integers(0, 10**12))
def test_a_figure_is_the_same_however_it_is_printed(value: int) -> None:
    dotted = f"{value:,}".replace(",", ".")
    assert numbers(dotted) == numbers(str(value)) == {str(value)}


@given(st.text())
def test_any_text_holds_itself(text: str) -> None:
    assert contains_fact(text, text)
