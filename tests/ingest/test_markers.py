"""What begins a provision, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Level, Unit
from ingest.markers import Mark, marker_of

TEXTS = st.one_of(
    st.text(max_size=12),
    st.tuples(
        st.sampled_from(["Điều ", "Phần ", "PHẦN THỨ ", "Chương ", "(", "", "- ", "+"]),
        st.text(alphabet="0123456789٣²ⅣIVXLCaăđBĐ_.", max_size=5),
        st.sampled_from([". Nội dung", ") Nội dung", ".", " ", ": x", ""]),
    ).map("".join),
)


@pytest.mark.parametrize(
    ("text", "mark", "value", "printed"),
    [
        ("Điều 1. Phê duyệt", Mark.ARTICLE, "1", "Điều 1."),
        ("ĐIỀU 12: Hiệu lực", Mark.ARTICLE, "12", "ĐIỀU 12:"),
        ("Điều 5a. Sửa đổi", Mark.ARTICLE, "5a", "Điều 5a."),
        ("Phần thứ nhất", Mark.PART, "1", "Phần thứ nhất"),
        ("PHẦN THỨ HAI", Mark.PART, "2", "PHẦN THỨ HAI"),
        ("Phần II. Nhiệm vụ", Mark.PART, "ii", "Phần II"),
        ("Chương IV", Mark.CHAPTER, "iv", "Chương IV"),
        ("XI. DANH MỤC SƠ ĐỒ", Mark.ROMAN, "xi", "XI."),
        ("1. Mục tiêu chung", Mark.NUMBER, "1", "1."),
        ("1.7. Triển khai", Mark.DOTTED, "1.7", "1.7."),
        ("2.1 Đẩy mạnh", Mark.DOTTED, "2.1", "2.1"),
        ("a) Mục tiêu tổng quát", Mark.LETTER, "a", "a)"),
        ("đ) Sở Tài chính", Mark.LETTER, "đ", "đ)"),
        ("(6) Xác định", Mark.BRACKET, "6", "(6)"),
        ("- Về kinh tế:", Mark.DASH, "", "-"),
        ("– Về xã hội:", Mark.DASH, "", "–"),
        ("-Liền chữ", Mark.DASH, "", "-"),
        ("- “Đại sứ du lịch”", Mark.DASH, "", "-"),
        ("+ 100% hộ dân", Mark.PLUS, "", "+"),
    ],
)
def test_marks(text: str, mark: Mark, value: str, printed: str) -> None:
    found = marker_of(text)
    assert found is not None
    assert (found.mark, found.value, text[: found.end]) == (mark, value, printed)


@pytest.mark.parametrize(
    "text",
    [
        "- 2030 từ 10 - 11%.",
        "- 37%; công nghiệp và xây dựng 24 - 25%;",
        "- 2030, tầm nhìn đến năm 2050.",
        "2050.",
        "11%.",
        "1, 1B, 4A, 4B, 279...",
        "28 tháng 02 năm 2026; Báo cáo thẩm định",
        "33 điểm quan trắc.",
        "156 km; nghiên cứu đầu tư trước năm 2030.",
        "107°21' kinh Đông;",
        "4.700.000 lượt khách",
        "1.000 ấn phẩm",
        "2%/năm.",
        "Điều 5 của Nghị định",
        "Phần lớn diện tích là rừng. Đất",
        "Phần kết luận",
        "Phần mềm.",
        "I",
        "MỤC ĐÍCH, YÊU CẦU",
        "(i) Cửa khẩu quốc tế",
        "(Chi tiết tại Phụ lục I kèm theo)",
        "Á) không phải điểm",
        "a)dính",
        "--",
        "",
    ],
)
def test_what_only_looks_like_a_mark(text: str) -> None:
    assert marker_of(text) is None


@given(TEXTS)
def test_every_marker_can_stand_in_an_address(text: str) -> None:
    found = marker_of(text)
    if found is not None:
        assert 0 < found.end <= len(text)
        assert text[: found.end] == text[: found.end].strip()
        assert Unit(Level.CLAUSE, found.value or "1")


def test_marks_are_listed_as_they_nest() -> None:
    marks = [Mark.PART, Mark.CHAPTER, Mark.ARTICLE, Mark.ROMAN, Mark.NUMBER, Mark.DOTTED]
    marks += [Mark.LETTER, Mark.BRACKET, Mark.DASH, Mark.PLUS]
    assert sorted(Mark) == marks
