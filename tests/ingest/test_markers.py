"""What begins a provision, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Level, Unit
from ingest.markers import Mark, marker_of, paragraph_marker_of, place_in_series

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
        ("Phần II. Nhiệm vụ", Mark.PART, "ii", "Phần II."),
        ("CHƯƠNG I QUY ĐỊNH CHUNG", Mark.CHAPTER, "i", "CHƯƠNG I"),
        ("Chương IIa", Mark.CHAPTER, "iia", "Chương IIa"),
        ("Mục 1. QUY ĐỊNH CHUNG", Mark.SECTION, "1", "Mục 1."),
        ("Tiểu mục 2. Hồ sơ", Mark.SUBSECTION, "2", "Tiểu mục 2."),
        ("Điều 5", Mark.ARTICLE, "5", "Điều 5"),
        ("Điều 5.[3] Tên điều", Mark.ARTICLE, "5", "Điều 5."),
        ("PHỤ LỤC", Mark.ANNEX, "", "PHỤ LỤC"),
        ("PHỤ LỤC II: DANH MỤC", Mark.ANNEX, "ii", "PHỤ LỤC II:"),
        ("Phụ lục số 01", Mark.ANNEX, "1", "Phụ lục số 01"),
        ("Mẫu số 02-HT. Đơn", Mark.FORM, "2", "Mẫu số 02-HT."),
        ("I- TÌNH HÌNH", Mark.ROMAN, "i", "I-"),
        ("1- Quan điểm", Mark.NUMBER, "1", "1-"),
        ("2a. Bổ sung", Mark.NUMBER, "2a", "2a."),
        ("1.[2] Nội dung", Mark.NUMBER, "1", "1."),
        ("d1) Nội dung", Mark.LETTER, "d1", "d1)"),
        ("a. Nội dung", Mark.LETTER, "a", "a."),
        ("a.1) Nội dung", Mark.SUBLETTER, "a.1", "a.1)"),
        ("[12] Luật số 1", Mark.NOTE, "12", "[12]"),
        ("¹²Luật số 1", Mark.NOTE, "12", "¹²"),
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
        "Điều 5, Điều 6 của Nghị định",
        "Chương II Luật Đất đai",
        "Mục 2 Phần III của Kế hoạch",
        "Phụ lục I kèm theo Nghị quyết này",
        "Phụ lục này",
        "Mẫu số 01 ban hành kèm theo",
        "11- NQ/TW ngày 01/3/2026",
        "- 100% khu du lịch",
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


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("A. MỤC TIÊU", [Mark.CAPITAL]),
        ("I. MỤC TIÊU", [Mark.ROMAN, Mark.CAPITAL]),
        ("(i) một", [Mark.LOWER_ROMAN, Mark.BRACKET]),
        ("(a) một", [Mark.BRACKET]),
        ("1) Một", [Mark.BRACKET]),
        ("- 100% hộ", [Mark.DASH]),
        ("1. Một", [Mark.NUMBER]),
        ("A.N. Onym", []),
    ],
)
def test_the_start_of_a_paragraph_may_be_read_in_more_ways(text: str, marks: list[Mark]) -> None:
    assert [found.mark for found in paragraph_marker_of(text)] == marks


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("xiv. Á", None),
        ("XIV. Á", 14),
        ("đ) á", 5),
        ("12. Á", 12),
        ("IC. Á", 99),
        ("- a", None),
        ("Điều 5a. Á", None),
    ],
)
def test_the_place_in_a_series(text: str, place: int | None) -> None:
    found = marker_of(text)
    assert (place_in_series(found) if found else None) == place


def test_marks_are_listed_as_they_nest() -> None:
    marks = [Mark.ANNEX, Mark.FORM, Mark.PART, Mark.CHAPTER, Mark.SECTION, Mark.SUBSECTION, Mark.ARTICLE]
    marks += [Mark.CAPITAL, Mark.ROMAN, Mark.NUMBER, Mark.DOTTED, Mark.LETTER, Mark.SUBLETTER, Mark.BRACKET]
    assert sorted(Mark) == [*marks, Mark.LOWER_ROMAN, Mark.DASH, Mark.PLUS, Mark.NOTE]
