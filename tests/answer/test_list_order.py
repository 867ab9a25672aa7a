"""The items of a list change places, and nothing else does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.ground import Source, fault
from answer.list_order import in_their_order

TEXT = (
    "Xây dựng trường tại các xã Na Dương, Thiện Thuật, Ba Sơn và các phường Kỳ Lừa, Đông Kinh. "
    "Bốn trụ cột: Chính phủ số, kinh tế số, xã hội số và cửa khẩu số. "
    "Gồm: Lễ hội Hoa Đào năm 2026; giải chạy Mẫu Sơn; Lễ hội ẩm thực. "
    "Thu hút đầu tư (Cao tốc phía Đông, CT.01; Cao tốc Tiên Yên, CT.10). "
    "Sản phẩm chủ đạo gồm du lịch sinh thái, nghỉ dưỡng; sản phẩm bổ trợ gồm du lịch mạo hiểm, kinh tế đêm."
)


@pytest.mark.parametrize(
    ("sentence", "ordered"),
    [
        ("Trường tại các xã Ba Sơn, Na Dương.", "Trường tại các xã Na Dương, Ba Sơn."),
        (
            "Bốn trụ cột gồm cửa khẩu số, xã hội số, kinh tế số và Chính phủ số.",
            "Bốn trụ cột gồm Chính phủ số, kinh tế số, xã hội số và cửa khẩu số.",
        ),
        (
            "Gồm Lễ hội ẩm thực, giải chạy Mẫu Sơn và Lễ hội Hoa Đào năm 2026.",
            "Gồm Lễ hội Hoa Đào năm 2026, giải chạy Mẫu Sơn và Lễ hội ẩm thực.",
        ),
        ("Bốn trụ cột gồm Chính phủ số, kinh tế số và cửa khẩu số.", None),  # in its order, one left out
        ("Các xã Ba Sơn, Na Dương lần lượt được chọn.", None),  # goes with another row
        ("Cao tốc phía Đông, CT.10; Cao tốc Tiên Yên, CT.01.", None),  # a code is its road's
        ("Sản phẩm gồm kinh tế đêm, du lịch sinh thái.", None),  # of two lists
        ("Có trường mới.", None),
        ("", None),
    ],
)
def test_the_items_follow_each_other_as_in_the_text(sentence: str, ordered: str | None) -> None:
    assert in_their_order(sentence, TEXT) == ordered


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        ("Xây dựng trường tại các xã Ba Sơn, Thiện Thuật, Na Dương.", True),
        ("Xây dựng trường tại các xã Ba Sơn, Hữu Lũng, Na Dương.", False),
        ("Xây dựng trường tại các phường Đông Kinh, Ba Sơn.", False),
        ("Ba trụ cột gồm cửa khẩu số, xã hội số và Chính phủ số.", False),
    ],
)
def test_only_the_order_is_free(sentence: str, supported: bool) -> None:
    assert (fault(sentence, [Source(1, TEXT)]) == "") is supported


WORDS = [*re.findall(r"\S+", TEXT), ",", ";", "và"]


@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join) | st.text(max_size=60))
def test_no_word_is_made_or_lost(sentence: str) -> None:
    ordered = in_their_order(sentence, TEXT)
    if ordered is not None:
        assert ordered != sentence
        assert sorted(re.findall(r"\w+", ordered)) == sorted(re.findall(r"\w+", sentence))
