"""Other orders of a sentence that say the same: what is moved, and what is never touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.conjuncts import conjuncts
from answer.ground import Source, fault
from answer.rewordings import counted, rewordings
from answer.shared_subject import with_their_doer


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("Có 37 giường bệnh và 13,5 bác sĩ.", "Có 13,5 bác sĩ và 37 giường bệnh."),
        ("Sản phẩm gắn với 38 điểm, 4 tuyến của vùng.", "Sản phẩm gắn với 4 tuyến, 38 điểm của vùng."),
        (
            "Bảo tồn 639 đập dâng, 271 hồ chứa và 07 con sông.",
            "Bảo tồn 07 con sông, 271 hồ chứa và 639 đập dâng.",
        ),
        ("Trước ngày 15/6/2026, các sở báo cáo kết quả.", "Các sở báo cáo kết quả trước ngày 15/6/2026."),
        ("Các tuyến huyện được nâng cấp theo quy mô cấp IV.", "Nâng cấp các tuyến huyện theo quy mô cấp IV."),
        (
            "Khách nội địa đạt 4 triệu lượt, còn khách quốc tế đạt 1 triệu lượt.",
            "Khách quốc tế đạt 1 triệu lượt, khách nội địa đạt 4 triệu lượt.",
        ),
        (
            "Ngày 15/7/2025, HĐND tỉnh ban hành Nghị quyết số 19/2025/NQ-HĐND.",
            "Nghị quyết số 19/2025/NQ-HĐND ngày 15/7/2025 của HĐND tỉnh.",
        ),
        (
            "Nghị quyết 223-NQ/TU do Ban Thường vụ Tỉnh ủy ban hành ngày 30/5/2025.",
            "Nghị quyết 223-NQ/TU ngày 30/5/2025 của Ban Thường vụ Tỉnh ủy.",
        ),
        (
            "Đề án A được Thủ tướng phê duyệt tại Quyết định số 12/QĐ-TTg ngày 04/5/2024.",
            "Quyết định số 12/QĐ-TTg ngày 04/5/2024 của Thủ tướng phê duyệt Đề án A.",
        ),
        (
            "Năm trường được tổ chức lại thành trường liên cấp.",
            "Tổ chức lại năm trường thành trường liên cấp.",
        ),
        ("Trang tin được duy trì và nâng cấp.", "Duy trì và nâng cấp trang tin."),
        ("Mỗi xã có ít nhất 01 dự án khởi nghiệp.", "Dự án khởi nghiệp (ít nhất 01 dự án/xã)."),
        ("Cứ 1 vạn dân có 37 giường bệnh.", "có 37 giường bệnh trên 1 vạn dân."),
        ("Cơ quan tổng hợp báo cáo là Sở Tài chính.", "Sở Tài chính tổng hợp báo cáo."),
        (
            "Trước ngày 15/6/2026, các xã gửi báo cáo về Sở Tài chính.",
            "Các xã gửi báo cáo trước ngày 15/6/2026 về Sở Tài chính.",
        ),
    ],
)
def test_the_same_said_otherwise(sentence: str, other: str) -> None:
    assert other in rewordings(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Khách nội địa và quốc tế lần lượt đạt 4 triệu lượt và 1 triệu lượt.",
        "Đường được xây dựng bởi Sở Xây dựng.",
        "Khách nội địa và quốc tế đạt 4 triệu lượt và 1 triệu lượt.",
        "Thời kỳ 2021-2030 và 2031-2035.",
        "",
    ],
)
def test_what_is_left_as_it_is(sentence: str) -> None:
    assert not list(rewordings(sentence))


SOURCE = Source(
    1, "Đến năm 2030 có 13,5 bác sĩ và 37 giường bệnh trên 1 vạn dân; gồm 61 xã: Na Sầm; 04 phường."
)


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        ("Đến năm 2030 có 37 giường bệnh và 13,5 bác sĩ trên 1 vạn dân.", True),
        ("Đến năm 2030 có 37 bác sĩ và 13,5 giường bệnh trên 1 vạn dân.", False),
        ("Đến năm 2030 có 13,5 giường bệnh và 37 bác sĩ trên 1 vạn dân.", False),
        ("Gồm 04 xã và 61 phường.", False),
    ],
)
def test_a_figure_keeps_what_it_counts(sentence: str, supported: bool) -> None:
    assert (fault(sentence, [SOURCE]) == "") is supported


def test_what_numbers_count() -> None:
    assert counted("61 xã, 04 phường; ngày 15/7/2025 của năm 2030, ngày 27 tháng 9") == {
        ("61", "xã"),
        ("4", "phường"),
    }


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        (
            "Mở ít nhất 02 lớp bồi dưỡng và 01 lớp truyền dạy.",
            ("Mở ít nhất 02 lớp bồi dưỡng", "Mở 01 lớp truyền dạy."),
        ),
        (
            "Khách nội địa đạt 4 triệu lượt, còn khách quốc tế đạt 1 triệu lượt.",
            ("Khách nội địa đạt 4 triệu lượt", "Khách quốc tế đạt 1 triệu lượt."),
        ),
        ("Khách nội địa và quốc tế lần lượt đạt 4 triệu lượt và 1 triệu lượt.", ()),
        ("Ban hành ngày 30/5/2025 và 15/7/2025.", ()),
        (
            "QL.4B nối tỉnh với Quảng Ninh, còn QL.4A nối tỉnh với Cao Bằng.",
            ("QL.4B nối tỉnh với Quảng Ninh", "QL.4A nối tỉnh với Cao Bằng."),
        ),
        ("Sở Tài chính chủ trì thực hiện, còn các sở khác phối hợp.", ()),  # duties are each one's own
        (
            "Trang tin được duy trì và nâng cấp, đồng thời tiếp tục xây dựng hệ thống.",
            ("Trang tin được duy trì và nâng cấp", "Tiếp tục xây dựng hệ thống."),
        ),
        ("Đến năm 2030 có 08 khu.", ()),
    ],
)
def test_what_is_said_of_two_things(sentence: str, parts: tuple[str, ...]) -> None:
    assert next(conjuncts(sentence), ()) == parts


TASKS = (
    "đ) Sở Tài chính chịu trách nhiệm về tính chính xác; định kỳ báo cáo tình hình thực hiện; "
    "Sở Xây dựng hướng dẫn các xã."
)


def test_later_clauses_have_the_first_ones_doer() -> None:
    assert with_their_doer(TASKS) == ("Sở Tài chính định kỳ báo cáo tình hình thực hiện",)
    assert with_their_doer("Đến năm 2030 có 08 khu; thêm 11 khu sau năm 2030.") == ()


@pytest.mark.parametrize(
    ("sentence", "supported"),
    [
        ("Sở Tài chính định kỳ báo cáo tình hình thực hiện.", True),
        ("Sở Xây dựng định kỳ báo cáo tình hình thực hiện.", False),
    ],
)
def test_a_task_stays_with_its_doer(sentence: str, supported: bool) -> None:
    assert (fault(sentence, [Source(1, TASKS)]) == "") is supported


WORDS = (
    "Năm trước ngày 2030 15/6/2026 , ; và được do tỉnh đón 4,7 triệu khách 61 xã là còn Nghị quyết số "
    "19/NQ-HĐND có ."
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=24).map(" ".join) | st.text(max_size=60))
def test_no_figure_is_made_or_lost(sentence: str) -> None:
    for other in rewordings(sentence):
        assert sorted(re.findall(r"[\d.,/]*\d", other)) == sorted(re.findall(r"[\d.,/]*\d", sentence))
