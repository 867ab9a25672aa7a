"""Figures are told from years, days and document numbers."""

from __future__ import annotations

import pytest

from answer.figures import figures


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("khoảng 4.700.000 lượt, trong đó 550.000 quốc tế", ["4.700.000", "550.000"]),
        ("đạt 49 - 50%, tăng 8,5% so với năm 2025", ["49", "50", "8,5"]),
        ("100-200 ha, 7%/năm", ["100", "200", "7"]),
        ("Nghị quyết số 223-NQ/TU, Nghị quyết số 19/2025/NQ-HĐND, Kế hoạch số 258/KH-UBND", []),
        ("trước ngày 15/6/2026, thời kỳ 2021-2030", []),
        ("Quyết định số 236/QĐ-TTg cấp 03 khu (2.000 m2)", ["03", "2.000"]),
        ("QL.4A, TT12, không có số nào", []),
        ("", []),
    ],
)
def test_figures(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in figures(text)] == expected
