"""What holds the same amount, day or road has a token in common, however it is written."""

from __future__ import annotations

import pytest

from retriever.fields import by_syllable


@pytest.mark.parametrize(
    ("texts", "token"),
    [
        (("4,7 triệu lượt", "4.700.000 lượt", "4700000", "4 triệu 7", "4.7 million"), "4700000"),
        (("5 nghìn tỷ", "5.000 tỷ đồng", "5000 tỷ"), "5000000000000"),
        (("15/7/2025", "15-07-2025", "ngày 15 tháng 7 năm 2025", "15.07.2025"), "=2025-07-15"),
        (("15/7/2025", "tháng 7/2025", "tháng 7 năm 2025"), "=2025-07"),
        (("quý III", "Q.3", "quý 3 năm 2026"), "=q3"),
        (("QL.4A", "QL4A", "quốc lộ 4A", "quoc lo 4a"), "=ql4a"),
        (("ĐT.241", "đường tỉnh 241"), "=đt241"),
        (("08 khu công nghiệp", "8 khu công nghiệp"), "8"),
        (("10,5%", "10.5 %"), "10.5"),
    ],
)
def test_a_token_in_common(texts: tuple[str, ...], token: str) -> None:
    for text in texts:
        assert token in by_syllable(text), text


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Loại 1 và 01 tổ", ["loại", "1", "và", "01", "tổ"]),
        ("năm 2030 tỷ lệ", ["năm", "2030", "tỷ", "lệ"]),
        ("mục 1.3.2", ["mục", "1.3.2"]),
        ("223-NQ/TU", ["223-nq/tu"]),  # its parts found what mentions it before what it says
        ("2026-2030", ["2026", "2030"]),
        ("谅山省2030年", ["谅山", "山省", "2030", "年"]),
        ("quý khách", ["quý", "khách"]),
    ],
)
def test_nothing_is_added_to_other_texts(text: str, tokens: list[str]) -> None:
    assert [token for token in by_syllable(text) if "_" not in token] == tokens  # pairs of syllables apart
