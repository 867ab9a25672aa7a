"""What a question demands of its answer: measure, years, province."""

from __future__ import annotations

import pytest

from answer.demands import UNASKED, Demands
from retriever.language import Language
from retriever.query import Query


def demands(question: str) -> Demands:
    return Demands(Query(question, question, Language.VIETNAMESE, False))


@pytest.mark.parametrize(
    ("question", "text", "measured"),
    [
        ("Hỗ trợ bao nhiêu tiền?", "Hỗ trợ 50 triệu đồng một hộ.", 1.0),
        ("Hỗ trợ bao nhiêu tiền?", "Hỗ trợ các hộ dân.", 0.0),
        ("Vé vào cửa bao nhiêu?", "Giá 20.000 đồng.", 1.0),
        ("Phí cầu đường hết bao nhiêu?", "Dài 59 km.", 0.0),
        ("Tổng vốn bao nhiêu tỷ?", "đạt 5.000 tỷ đồng", 1.0),
        ("Diện tích bao nhiêu?", "với diện tích 830.732 ha", 1.0),
        ("Diện tích bao nhiêu?", "gồm 65 xã, phường", 0.0),
        ("Tỷ lệ che phủ rừng?", "duy trì ở mức 65%", 1.0),
        ("Bao nhiêu phần trăm hộ nghèo?", "giảm 2%/năm", 1.0),
        ("Tuyến đường dài bao nhiêu?", "dài 43,5 km", 1.0),
        ("Bao nhiêu mét khối nước?", "08 khu công nghiệp", 0.0),
        ("Số điện thoại của Sở?", "Năm 2026", 0.0),
        ("Số điện thoại của Sở?", "0205 3812 123", 1.0),
        ("Trang web là gì?", "http://dulichlangson.vn", 1.0),
        ("Đón bao nhiêu lượt khách?", "khoảng 4.700.000 lượt khách", 1.0),
        ("Đón bao nhiêu lượt khách?", "đạt 5.000 tỷ đồng", 0.0),
        ("Có bao nhiêu khu công nghiệp?", "có 08 khu công nghiệp", 1.0),
        ("Kinh phí lấy ở đâu?", "Các sở chủ động thực hiện.", 0.0),
        ("Kinh phí lấy ở đâu?", "từ nguồn vốn sự nghiệp", 1.0),
        ("Sở nào chủ trì?", "Sở Tài chính chủ trì", UNASKED),
        ("Là bao nhiêu?", "4.700.000", UNASKED),
    ],
)
def test_whether_the_measure_asked_for_is_given(question: str, text: str, measured: float) -> None:
    assert demands(question).measured(text) == measured


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Năm 2026 đón bao nhiêu?", {"2026"}),
        ("giai đoạn 2026-2030", {"2026", "2030"}),
        ("Quyết định 19/2025/NQ-HĐND", set()),  # a document's number is not a year asked for
        ("ngày 15/7/2025", set()),
        ("có 2.026 hộ", set()),
        ("tổng thu?", set()),
    ],
)
def test_years_that_are_asked_for(question: str, years: set[str]) -> None:
    assert demands(question).years == years


@pytest.mark.parametrize(
    ("question", "near", "around", "out"),
    [
        ("Giá vé bao nhiêu tiền?", "hỗ trợ tối đa 50 triệu đồng một lớp", "", True),
        ("Giá vé bao nhiêu tiền?", "giá vé 20.000 đồng một lượt", "", False),
        ("Học phí bao nhiêu?", "hỗ trợ kinh phí 5 triệu đồng một người", "", True),
        ("Kinh phí bao nhiêu tiền?", "tối đa 5 triệu đồng một người", "", False),
        ("Giá trị sản xuất bao nhiêu tỷ?", "đạt 5.000 tỷ đồng", "", False),
        ("Năm 2019 đón bao nhiêu lượt khách?", "đón 4.700.000 lượt khách", "Kế hoạch năm 2026", True),
        ("Năm 2026 đón bao nhiêu lượt khách?", "đón 4.700.000 lượt khách", "Kế hoạch năm 2026", False),
        ("Cao Bằng có bao nhiêu khu công nghiệp?", "có 08 khu công nghiệp", "Lạng Sơn", True),
        ("CAO BẰNG giáp huyện nào?", "phía Bắc giáp tỉnh Cao Bằng", "", False),
        ("Lạng Sơn có bao nhiêu khu công nghiệp?", "có 08 khu công nghiệp", "", False),
        ("Vé bao nhiêu tiền?", "Mở cửa đón khách.", "", True),
        ("Sở nào chủ trì?", "Sở Tài chính chủ trì.", "", False),
    ],
)
def test_what_cannot_be_the_answer_is_ruled_out(question: str, near: str, around: str, out: bool) -> None:
    assert demands(question).ruled_out(near, around) is out


@pytest.mark.parametrize("question", ["ty le che phu rung", "Dien tich bao nhieu", "hoc phi bao nhieu"])
def test_the_measure_is_read_without_marks_too(question: str) -> None:
    assert demands(question).strict


@pytest.mark.parametrize(
    ("question", "text", "out"),
    [
        ("Năm 2026 thu bao nhiêu?", "đến năm 2030 đạt 10.000 tỷ đồng", True),  # around it stands 2026
        ("Năm 2026 thu bao nhiêu?", "đạt khoảng 5.000 tỷ đồng", False),
        ("Năm 2027 tăng bao nhiêu?", "giai đoạn 2026 - 2030 tăng 10%", False),
        ("Năm 2027 tăng bao nhiêu?", "giai đoạn 2021-2025 tăng 10%", True),
        ("Năm 2026 làm gì?", "Đề án đến năm 2030", False),  # no figure is asked for
        # what a text cites is not what it is of
        ("Năm 2026 thu bao nhiêu?", "theo Kế hoạch 12/KH-UBND ngày 05/3/2024 thu 5 tỷ", False),
        ("Năm 2026 mấy anh phục vụ học lớp nào?", "Đề án đến năm 2030", False),  # "mấy anh": some
    ],
)
def test_a_figure_is_of_the_year_that_its_sentence_names(question: str, text: str, out: bool) -> None:
    assert demands(question).ruled_out(text, "năm 2026, 2027") is out
