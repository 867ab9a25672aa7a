"""Questions one step beside the documents are refused and say why; their twins that are answered are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answer.answer import Status
from answer.confidence import THRESHOLD, judged

if TYPE_CHECKING:
    from answer.pipeline import Answerer

REFUSED = (Status.NOT_FOUND, Status.OUT_OF_SCOPE)

NEAR_MISSES = [
    # another year
    ("Năm 2023 Lạng Sơn đón bao nhiêu lượt khách quốc tế?", "2023"),
    ("Tổng thu từ du lịch năm 2028 dự kiến bao nhiêu tỷ đồng?", "2028"),
    ("Đến năm 2040 tỷ lệ che phủ rừng của tỉnh phải đạt bao nhiêu?", ""),
    ("How many visitors did Lang Son welcome in 2022?", "2022"),
    # another province
    ("Công viên địa chất Đắk Nông có bao nhiêu điểm di sản?", "Đắk Nông"),
    ("Hải Phòng quy hoạch mấy sân golf đến 2030?", "Hải Phòng"),
    ("Bắc Ninh đặt mục tiêu đón bao nhiêu khách năm 2026?", "Bắc Ninh"),
    # an annex, a document that is not held
    ("Phụ lục V của quyết định điều chỉnh quy hoạch có những gì?", "Phụ lục"),
    ("Theo Phụ lục 01, xã Hữu Liên phải làm xong những nhiệm vụ nào trong quý II?", "Phụ lục"),
    ("Nghị quyết 15/2022/NQ-HĐND thưởng bao nhiêu tiền cho người có bằng tiến sĩ?", "15/2022/NQ-HĐND"),
    ("Nghị quyết 99/2024/NQ-HĐND của tỉnh quy định gì?", "99/2024/NQ-HĐND"),
    # what the copy leaves blank
    ("Quyết định phê duyệt điều chỉnh quy hoạch tỉnh mang số hiệu bao nhiêu?", "để trống số"),
    # a price, a fee
    ("Vé tham quan động Nhị Thanh người lớn với trẻ em giá mấy đồng?", "giá, phí"),
    ("Phòng đôi ở khách sạn ba sao tại Lạng Sơn giá khoảng bao nhiêu một đêm?", "giá, phí"),
    ("How much is the entrance ticket to Tam Thanh cave?", "giá, phí"),
    # a contact, hours
    ("Cho tôi số hotline hỗ trợ khách du lịch của tỉnh", "số điện thoại"),
    ("Email của Sở Văn hóa, Thể thao và Du lịch là gì?", "thư điện tử"),
    ("Chợ đêm Kỳ Lừa mở tới mấy giờ?", "giờ giấc"),
    ("谅山地质公园管理委员会的联系电话是多少？", "số điện thoại"),
    # a person, a measure
    ("Trưởng ban quản lý Công viên địa chất Lạng Sơn tên gì?", "tên người"),
    ("Khu du lịch Mẫu Sơn rộng bao nhiêu ha?", "diện tích"),
    ("Đỉnh Mẫu Sơn cao bao nhiêu mét so với mực nước biển?", ""),
    ("Nhà máy điện gió Mẫu Sơn công suất bao nhiêu MW?", ""),
    ("Lễ hội ẩm thực Xứ Lạng khai mạc hôm nào, ở đâu?", "ngày cụ thể"),
    # the far end of a plan's name is not the year of a figure in it
    ("Tỷ lệ che phủ rừng đến năm 2050 là bao nhiêu?", "2050"),
    ("Nhà tang lễ sẽ đặt ở xã nào?", "tên xã, phường"),
    ("Khách du lịch ở lại bình quân mấy đêm?", "thời hạn"),
]
TWINS = [
    "Năm 2026 Lạng Sơn đón bao nhiêu lượt khách quốc tế?",
    "Tổng thu từ du lịch năm 2026 dự kiến bao nhiêu tỷ đồng?",
    "Đến năm 2030 tỷ lệ che phủ rừng của tỉnh phải đạt bao nhiêu?",
    "Đến năm 2030 có bao nhiêu khu công nghiệp?",
    "den nam 2030 co bao nhieu khu cong nghiep",
    "Lạng Sơn liên kết du lịch với thành phố Hồ Chí Minh và Hà Nội thế nào?",
    "Nghị quyết 19/2025/NQ-HĐND hỗ trợ hộ làm homestay tối đa bao nhiêu tiền?",
    "Nghị quyết 82/NQ-CP ban hành ngày nào?",
    "Trang web du lịch của tỉnh là gì?",
    # what stands behind "bao nhiêu" need not be counted; it may be abbreviated, or called otherwise
    "Mở lớp đào tạo nghề được hỗ trợ bao nhiêu theo nghị quyết 19?",
    "Đến 2030 tỉnh có bao nhiêu KCN?",
    "Năm 2026 phấn đấu có bao nhiêu phòng nghỉ cho khách?",
    # where what is asked of comes first or next; what stands in a row of communes
    "Phân bổ nước thì nông nghiệp xếp thứ mấy?",
    "Xây mới trường THPT ở những xã nào?",
    # a year that only says which document is meant; two words typed as one
    "Theo quy hoạch tỉnh sửa lại năm 2026, tỷ lệ đô thị hóa là bao nhiêu?",
    "mấy xã nào saunày lên phường, có Hữu Lũng không?",
    "Ai ký Nghị quyết 19/2025/NQ-HĐND?",
    "Lạng Sơn rộng bao nhiêu héc ta?",
    "Đường sắt Gia Lâm - Đồng Đăng dài bao nhiêu km?",
]


@pytest.mark.parametrize(("question", "why"), NEAR_MISSES)
def test_a_near_miss_is_refused_and_says_why(answerer: Answerer, question: str, why: str) -> None:
    answer = answerer.answer(question)
    assert answer.status in REFUSED
    assert why in (answer.note or "")


@pytest.mark.parametrize("question", TWINS)
def test_its_twin_is_answered(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.status is Status.ANSWERED, answer.note


def test_the_threshold_alone_decides(answerer: Answerer) -> None:
    searcher = answerer.searcher
    for question in ("Đến năm 2030 có bao nhiêu khu công nghiệp?", "Khu du lịch Mẫu Sơn rộng bao nhiêu ha?"):
        sure, _ = judged(searcher.search(question), searcher.index, searcher.lookup)
        assert (sure >= THRESHOLD) is (answerer.answer(question).status is Status.ANSWERED)
