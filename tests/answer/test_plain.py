"""A model's words without links and markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.plain import plain


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Đón 4.700.000 lượt khách, tăng 14,5%.", "Đón 4.700.000 lượt khách, tăng 14,5%."),
        ("Nghị quyết số 19/2025/NQ-HĐND ngày 10/7/2025 (Điều 3, v.v.).",) * 2,
        ("tỷ lệ < 5% và > 3%",) * 2,
        ("TP. Lạng Sơn, UBND xã A.B",) * 2,
        ("**Đón** `4.700.000` lượt __khách__ [1][2, 3]【4】.", "Đón 4.700.000 lượt khách."),
        ("- Đón khách", "Đón khách"),
        ("# Mục tiêu", "Mục tiêu"),
        ("1.1. Đẩy mạnh tuyên truyền", "Đẩy mạnh tuyên truyền"),
        ("a) Đón khách", "Đón khách"),
        ("12.500 lượt khách",) * 2,
        ("4,7 triệu lượt khách",) * 2,
        ("<b>Đón</b> khách<br/>quốc tế", "Đón khách quốc tế"),
        ("a<script>alert('x')</script>b", "a b"),
        ("a<SCRIPT src=//x.vn>b", "a"),
        ("a &lt;script&gt;alert(1)&lt;/script&gt; b", "a b"),
        ("a &amp;lt;img src=x onerror=alert(1)&amp;gt; b", "a b"),
        ("a <img src=x onerror=alert(1)", "a"),
        ("Xem [tại đây](https://xau.com/a?b=c) nhé", "Xem tại đây nhé"),
        ("Xem ![ảnh](data:image/png;base64,AAAA) nhé", "Xem ảnh nhé"),
        ("Truy cập https://xau.com/a ngay", "Truy cập ngay"),
        ("Truy cập HTTP://XAU.COM ngay", "Truy cập ngay"),
        ("Truy cập www.xau.vn ngay", "Truy cập ngay"),
        ("Truy cập xau-lam.com/moi ngay", "Truy cập ngay"),
        ("Bấm javascript:alert(1) ngay", "Bấm ngay"),
        ("Gửi tới ai@xau.com ngay", "Gửi tới ngay"),
        ("Đón\u200b khách\u202e quốc\u00ad tế\x07", "Đón khách quốc tế"),
        ("Đo\u0301n", "Đón"),
        ("hai\ndòng", "hai dòng"),
    ],
)
def test_what_is_left(text: str, said: str) -> None:
    assert plain(text) == said


@given(st.text(alphabet="ab<>/&lt;gt;script \n[]()!htps:.com1@*`"))
def test_no_tag_and_no_link_is_left(text: str) -> None:
    said = plain(text)
    assert "<script" not in said.casefold()
    assert "http://" not in said.casefold()
    assert "\n" not in said
