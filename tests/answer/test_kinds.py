"""The table of kinds: how each is asked for and given."""

from __future__ import annotations

import pytest

from answer.kinds import KINDS, counted, kinds_asked
from answer.places import communes_asked, names, places_asked
from corpus.vietnamese import fold
from retriever.language import Language
from retriever.query import Query


def query(text: str, language: Language = Language.VIETNAMESE) -> Query:
    return Query(text, text, language, False)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Vé vào động bao nhiêu tiền một người?", {"giá, phí"}),
        ("ve vao dong bao nhieu tien mot nguoi", {"giá, phí"}),
        ("Tuyến Gia Lâm - Đồng Đăng dài chừng bao nhiêu cây số?", {"chiều dài, khoảng cách"}),
        ("Quy hoạch quốc gia xử lý ra sao?", set()),
        ("Giá trị sản xuất bao nhiêu tỷ?", {"số tiền"}),
        ("Tỷ lệ hộ nghèo là bao nhiêu?", {"tỷ lệ phần trăm"}),
        ("Số điện thoại của sở?", {"số điện thoại"}),
        ("Mạng điện thoại được nâng lên cỡ nào?", set()),
        ("Nghị quyết hỗ trợ điểm du lịch 最多能补助多少钱?", {"số tiền"}),
        ("从南宁过来门票多少钱?", {"giá, phí"}),
        ("Sửa sang những đường nào trong năm nay?", set()),
        ("Đi Mẫu Sơn đường nào?", {"cách đi, thời gian đi"}),
        ("Bảo tàng mở cửa mấy giờ?", {"giờ giấc"}),
        ("Giám đốc sở tên là gì?", {"tên người"}),
        ("Ai ký quyết định?", {"tên người"}),
        ("Vốn từ nguồn nào?", {"nguồn kinh phí"}),
        ("Nghị quyết ban hành ngày nào?", {"ngày cụ thể"}),
        ("Tỉnh đứng thứ mấy về PCI?", {"thứ hạng"}),
        ("Sở nào chủ trì?", set()),
        ("Tổng mức đầu tư cây cầu là bao nhiêu?", {"số tiền"}),
        ("Bảng giá đất của phường?", {"giá, phí"}),
        ("Hồ sơ xin giấy phép gồm những gì?", {"hồ sơ, thủ tục"}),
        ("Muốn được hỗ trợ phải có điều kiện gì?", {"điều kiện"}),
        ("Tháng trước có ai đến không?", {"kết quả đã đạt"}),
        ("Bài hát do nghệ sĩ nào trình bày?", {"tên người"}),
        ("gia ve xe len nui", {"giá, phí"}),
        ("Giá trị của di sản?", set()),
        ("Ăn trưa một suất bao tiền?", {"số tiền"}),
        ("Đi xe bằng đường nào cho gần?", {"cách đi, thời gian đi"}),
        ("Xã mới sáp nhập từ những xã nào?", {"việc sáp nhập"}),
        ("Sau sáp nhập có bao nhiêu xã?", set()),
        ("Xả rác xuống hồ bị phạt thế nào?", {"mức phạt"}),
        ("Quy trình cấp thẻ hướng dẫn viên ra sao?", {"hồ sơ, thủ tục"}),
        ("Chuồng nuôi phải đạt những tiêu chuẩn nào?", {"điều kiện"}),
        ("Xây dựng theo tiêu chuẩn nào?", set()),
        ("Ủy ban có làm việc ngày thứ bảy không?", {"giờ giấc"}),
        ("Lượng khách tăng thế nào so với năm kia?", {"phép so sánh", "kết quả đã đạt"}),
        ("Nên mua gì về làm quà?", {"lời khuyên"}),
        ("Khóa học kéo dài mấy tuần?", {"thời hạn"}),
        ("Khách ở lại bình quân bao nhiêu đêm?", {"thời hạn"}),
        ("Mấy ngày lễ có bắn pháo hoa không?", set()),
        ("Trạm y tế sẽ đặt tại xã nào?", {"tên xã, phường"}),
        ("Con đường mới rộng bao nhiêu?", {"chiều dài, khoảng cách"}),
        ("Khu đất rộng bao nhiêu?", {"diện tích"}),
        ("Năm nào lũ cũng về, tỉnh có kè sông không?", set()),
        ("Năm nào xong đường?", {"thời điểm"}),
    ],
)
def test_what_is_asked_for(question: str, kinds: set[str]) -> None:
    assert {kind.name for kind in kinds_asked(query(question))} == kinds


@pytest.mark.parametrize(
    ("kind", "text", "given"),
    [
        ("giá, phí", "Giá vé 20.000 đồng một lượt.", True),
        ("giá, phí", "Hỗ trợ tối đa 50 triệu đồng.", False),
        ("tên người", "CHỦ TỊCH Nguyễn Văn An", True),
        ("tên người", "Giám đốc Sở Tài chính tỉnh tại Hà Nội", False),
        ("thư điện tử", "http://dulichlangson.vn", False),
        ("giờ giấc", "mở cửa từ 7 giờ", True),
        ("diện tích", "gồm 65 xã, phường", False),
        ("ngày cụ thể", "ngày 15/7/2025", True),
        ("tên xã, phường", "Xây mới trường tại các xã Đồng Đăng, Ba Sơn.", True),
        ("tên xã, phường", "Xây mới trường tại các xã biên giới.", False),
        ("thứ hạng", "Phân bổ theo thứ tự: sinh hoạt, công nghiệp", True),
    ],
)
def test_how_it_is_given(kind: str, text: str, given: bool) -> None:
    row = next(row for row in KINDS if row.name == kind)
    assert row.is_in(fold(text), text) is given


def test_no_two_rows_have_one_name() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)


def test_what_is_counted() -> None:
    assert not list(counted(query("Dựng bao nhiêu tấm áp phích?")))  # people count anything with "tấm"
    assert [kind.name for kind in counted(query("Có bao nhiêu giường và bao nhiêu tiền?"))] == ["số giường"]


@pytest.mark.parametrize(
    ("question", "language", "places"),
    [
        ("Tỉnh Cao Bằng có gì?", Language.VIETNAMESE, {"cao bằng"}),
        ("Chi nhánh ở Sài Gòn", Language.VIETNAMESE, {"hồ chí minh"}),
        ("Does Quang Ninh have one?", Language.ENGLISH, {"quảng ninh"}),
        ("高平省有多少个？", Language.CHINESE, {"cao bằng"}),
        ("châu Á - Thái Bình Dương", Language.VIETNAMESE, set()),
        ("Lạng Sơn có gì?", Language.VIETNAMESE, set()),
    ],
)
def test_which_places_are_asked_about(question: str, language: Language, places: set[str]) -> None:
    assert places_asked(query(question, language)) == places


def test_a_place_is_known_by_its_other_names() -> None:
    assert names("thành phố hồ chí minh", "hồ chí minh")
    assert not names("thành phố lạng sơn", "hồ chí minh")


@pytest.mark.parametrize(
    ("question", "communes"),
    [
        ("Dân số xã Hữu Lũng là bao nhiêu?", {"hữu lũng"}),
        ("Gộp xã ở Lạng Sơn thế nào?", set()),
        ("Phường Tam Thanh và xã Cai Kinh rộng mấy ha?", {"tam thanh", "cai kinh"}),
        ("Có bao nhiêu xã, phường?", set()),
    ],
)
def test_communes_are_read_by_their_capitals(question: str, communes: set[str]) -> None:
    assert communes_asked(query(question)) == communes


@pytest.mark.parametrize(
    ("question", "language", "given"),
    [
        ("How many beds are there?", Language.ENGLISH, "37 giường bệnh"),
        ("有多少间客房?", Language.CHINESE, "4.600 buồng lưu trú"),
        ("Trang có bao nhiêu lượt truy cập?", Language.VIETNAMESE, "9.000 lượt truy cập"),
    ],
)
def test_what_is_counted_has_a_vietnamese_name(question: str, language: Language, given: str) -> None:
    (kind,) = counted(query(question, language))
    assert kind.is_in(given, given)
    assert not kind.is_in("4.700.000 lượt khách", "4.700.000 lượt khách")
