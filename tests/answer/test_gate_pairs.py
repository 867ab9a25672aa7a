"""What belongs together is not parted: an article and its law, a class and a name, a day and its paper."""

from __future__ import annotations

import pytest

from answer.bare_instruments import with_bare_instruments
from answer.claim_pairs import strange_pair
from answer.ground import Source, fault
from answer.located import located

RULES = (
    "Ban hành quy chế theo quy định tại Điều 66 Luật Bảo vệ môi trường năm 2020 và khoản 6 Điều 21 Nghị "
    "định số 08/2022/NĐ-CP."
)
VILLAGES = "Phát triển Làng du lịch cộng đồng Bản Mới, Làng du lịch sinh thái cộng đồng Nà Hai."
WATER = (
    "Ưu tiên phân bổ nước theo thứ tự: (i) Nhu cầu cho sinh hoạt; (ii) Nhu cầu cho công nghiệp; (iii) Nhu "
    "cầu cho du lịch."
)
PAPERS = (
    "Tiếp tục thực hiện Nghị quyết số 82/NQ-CP ngày 18/5/2023 của Chính phủ về phục hồi du lịch và Chỉ thị "
    "số 08/CT-TTg ngày 23/02/2024 của Thủ tướng Chính phủ về phát triển du lịch."
)
CAVES = "Hoàn thiện hạ tầng tại: hang Đá, xã Tân Lập; hang Nước tại xã Hòa Bình; hang Gió, xã Yên Sơn."
GROWTH = "Tỉnh là một trong các cực tăng trưởng của vùng vào năm 2030, trở thành tỉnh khá vào năm 2035."
GATES = "Tiếp tục phát triển 10 cửa khẩu, trong đó tập trung phát triển 05 cửa khẩu thông minh."
WORKERS = "Phấn đấu đạt khoảng 10.000 lao động du lịch, trong đó có 5.400 lao động trực tiếp."
RATE = "+ Tỷ lệ hộ nghèo giảm 2%/năm."
FESTIVAL = "Tổ chức lễ hội leo núi vào tháng 12 năm 2026."
REPORTS = (
    "Các xã báo cáo kết quả 06 tháng đầu năm trước ngày 15/6/2026, cả năm trước ngày 15/12/2026 về Sở Tài "
    "chính."
)
CLUSTERS = "Đến năm 2030 toàn tỉnh có 28 cụm công nghiệp, sau năm 2030 xây dựng thêm 13 cụm công nghiệp."
DEEDS = "Sửa chữa 03 biển chỉ dẫn tại bến xe. Tổ chức hội nghị quảng bá điểm đến tại Hà Nội."
BORDERS = "Tỉnh phía Bắc giáp tỉnh Cao Bằng; phía Nam giáp tỉnh Bắc Ninh; phía Tây giáp tỉnh Thái Nguyên."
FILES = "100% hồ sơ công việc tại cấp tỉnh và khoảng 90% hồ sơ công việc tại cấp xã được xử lý trên mạng."
TOWN = "Đô thị trung tâm là đô thị loại II (gồm các phường Tam Thanh; Kỳ Lừa, Đông Kinh)."
VISITORS = "Lượng khách du lịch đến năm 2030 đạt khoảng 6.000.000 lượt; tổng thu từ 10.000 tỷ đồng trở lên."
REGIONS = "Hợp tác với các tỉnh Việt Bắc, các tỉnh Tây Bắc mở rộng và Quảng Ninh."
SHOWS = "Phát động chiến dịch “Tôi đi rừng”; thí điểm tour “Cuộc viễn du” thám hiểm rừng."
CHANGES = "Nghị quyết số 5/2025/QH15 sửa đổi, bổ sung Nghị quyết số 3/2023/QH15 ngày 09/01/2023 của Quốc hội."
COMMUNES = "Gồm 61 xã: Đồng Đăng, Cao Lộc và 04 phường: Tam Thanh, Kỳ Lừa."
RATES = "Tỷ lệ đường xã đạt trên 90%; tỷ lệ thôn có đường ô tô đạt trên 95%."
MUSEUM = (
    "Nghiên cứu đề xuất các dự án xây dựng công trình văn hóa, trọng tâm là Bảo tàng tỉnh quy mô phù hợp."
)
FILES_HELP = (
    "- Tư vấn, hỗ trợ các địa phương hoàn thiện hồ sơ tham gia các giải thưởng du lịch quốc tế hằng năm."
)


@pytest.mark.parametrize(
    ("sentence", "text", "strange"),
    [
        ("Theo Điều 66 Luật Bảo vệ môi trường và Điều 21 Nghị định số 08/2022/NĐ-CP.", RULES, False),
        ("Theo Điều 21 Luật Bảo vệ môi trường và Điều 66 Nghị định số 08/2022/NĐ-CP.", RULES, True),
        ("Theo Điều 5 Luật Đầu tư.", RULES, False),  # not there at all: others see to it
        ("Làng du lịch cộng đồng Bản Mới được chọn.", VILLAGES, False),
        ("Làng du lịch cộng đồng Nà Hai được chọn.", VILLAGES, True),
        ("Trước hết là nước sinh hoạt, sau đó công nghiệp, rồi du lịch.", WATER, False),
        ("Trước hết là nước công nghiệp, sau đó sinh hoạt, rồi du lịch.", WATER, True),
        ("Nước cho du lịch, công nghiệp và sinh hoạt.", WATER, False),  # says no order
        ("Nước sinh hoạt được phân bổ trước nước công nghiệp.", WATER, False),
        ("Nước công nghiệp được phân bổ trước nước sinh hoạt.", WATER, True),
        ("Theo khoản 6 Điều 21 Nghị định số 08/2022/NĐ-CP.", RULES, False),
        ("Theo khoản 6 Điều 66 Luật Bảo vệ môi trường.", RULES, True),
        ("Hợp tác với các tỉnh Tây Bắc mở rộng.", REGIONS, False),
        ("Hợp tác với các tỉnh Việt Bắc mở rộng.", REGIONS, True),
        ("Tour “Cuộc viễn du” được thí điểm.", SHOWS, False),
        ("Tour “Tôi đi rừng” được thí điểm.", SHOWS, True),
        ("Nghị quyết số 5/2025/QH15 sửa đổi Nghị quyết số 3/2023/QH15.", CHANGES, False),
        ("Nghị quyết số 3/2023/QH15 sửa đổi Nghị quyết số 5/2025/QH15.", CHANGES, True),
        ("Nghị quyết số 3/2023/QH15 được sửa đổi bởi Nghị quyết số 5/2025/QH15.", CHANGES, False),
        ("Nghị quyết số 5/2025/QH15 được sửa đổi bởi Nghị quyết số 3/2023/QH15.", CHANGES, True),
        ("", WATER, False),
    ],
)
def test_what_is_joined_otherwise_is_strange(sentence: str, text: str, strange: bool) -> None:
    assert bool(strange_pair(sentence, [text])) is strange


@pytest.mark.parametrize(
    ("sentence", "bare"),
    [
        (
            "Thực hiện Nghị quyết số 82/NQ-CP do Chính phủ ban hành ngày 18 tháng 5 năm 2023.",
            "Thực hiện Nghị quyết số 82/NQ-CP.",
        ),
        (
            "Chỉ thị số 08/CT-TTg của Thủ tướng Chính phủ ngày 23/02/2024 được thực hiện.",
            "Chỉ thị số 08/CT-TTg được thực hiện.",
        ),
        ("Chỉ thị số 08/CT-TTg ngày 18/5/2023 được thực hiện.", None),  # another one's day
        ("Chỉ thị số 08/CT-TTg của Chính phủ được thực hiện.", None),  # another one's issuer
        ("Chỉ thị số 08/CT-TTg được thực hiện.", None),  # neither day nor issuer
        ("Nghị quyết số 82/NQ-CP của Chính phủ sửa đổi Chỉ thị số 08/CT-TTg.", None),
    ],
)
def test_an_instrument_is_bare_when_all_said_of_it_is_right(sentence: str, bare: str | None) -> None:
    made = with_bare_instruments(sentence, [PAPERS])
    assert (made[0] if made else None) == bare


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        (
            "Gồm hang Nước ở xã Hòa Bình và hang Gió thuộc xã Yên Sơn.",
            "Gồm hang Nước tại xã Hòa Bình; hang Gió, xã Yên Sơn.",
        ),
        ("Gồm hang Nước tại xã Hòa Bình.", None),
        ("Gồm hang Nước ở xã Yên Sơn.", None),  # it does not lie there
        ("", None),
    ],
)
def test_where_things_lie_is_written_as_the_text_does(sentence: str, written: str | None) -> None:
    assert located(sentence, CAVES) == written


@pytest.mark.parametrize(
    ("sentence", "text", "supported"),
    [
        ("Hạ tầng được hoàn thiện tại hang Gió thuộc xã Yên Sơn và hang Đá ở xã Tân Lập.", CAVES, True),
        ("Hạ tầng được hoàn thiện tại hang Gió thuộc xã Tân Lập và hang Đá ở xã Yên Sơn.", CAVES, False),
        ("Vào năm 2030, tỉnh là một trong các cực tăng trưởng của vùng.", GROWTH, True),
        ("Vào năm 2035, tỉnh là một trong các cực tăng trưởng của vùng.", GROWTH, False),
        ("Vào năm 2035, tỉnh trở thành tỉnh khá.", GROWTH, True),
        (
            "Trong số 05 cửa khẩu tiếp tục phát triển, tập trung phát triển 10 cửa khẩu thông minh.",
            GATES,
            False,
        ),
        ("Lao động trực tiếp là 5.400 người.", WORKERS, True),
        ("Lao động du lịch là 5.400 người.", WORKERS, False),
        ("Mỗi năm tỷ lệ hộ nghèo giảm 2%.", RATE, True),
        ("Tỷ lệ hộ nghèo mỗi năm giảm 2%.", RATE, True),
        ("Tỷ lệ hộ nghèo mỗi quý giảm 2%.", RATE, False),
        ("Tỷ lệ hộ nghèo giảm 2%.", RATE, False),  # in how long
        ("Lễ hội leo núi được tổ chức vào tháng 12/2026.", FESTIVAL, True),
        ("Lễ hội leo núi được tổ chức vào tháng 11/2026.", FESTIVAL, False),
        ("Trước ngày 15/12/2026, các xã báo cáo kết quả cả năm về Sở Tài chính.", REPORTS, True),
        ("Trước ngày 15/6/2026, các xã báo cáo kết quả cả năm về Sở Tài chính.", REPORTS, False),
        (
            "Số cụm công nghiệp của toàn tỉnh đến năm 2030 là 28; sau năm 2030 xây dựng thêm 13 cụm.",
            CLUSTERS,
            True,
        ),
        (
            "Số cụm công nghiệp của toàn tỉnh đến năm 2030 là 13; sau năm 2030 xây dựng thêm 28 cụm.",
            CLUSTERS,
            False,
        ),
        (
            "Tổ chức hội nghị quảng bá điểm đến tại Hà Nội và sửa chữa 03 biển chỉ dẫn tại bến xe.",
            DEEDS,
            True,
        ),
        (
            "Tổ chức hội nghị quảng bá điểm đến tại bến xe và sửa chữa 03 biển chỉ dẫn tại Hà Nội.",
            DEEDS,
            False,
        ),
        (
            "Cùng với việc sửa chữa 03 biển chỉ dẫn tại bến xe, tổ chức hội nghị quảng bá điểm đến.",
            DEEDS,
            True,
        ),
        ("Giáp với tỉnh có tỉnh Thái Nguyên ở phía Bắc, tỉnh Cao Bằng ở phía Tây.", BORDERS, False),
        ("Hồ sơ công việc được xử lý trên mạng đạt 100% tại cấp tỉnh và khoảng 90% tại cấp xã.", FILES, True),
        (
            "Hồ sơ công việc được xử lý trên mạng đạt 100% tại cấp xã và khoảng 90% tại cấp tỉnh.",
            FILES,
            False,
        ),
        ("Đô thị trung tâm gồm các phường Đông Kinh, Kỳ Lừa và Tam Thanh.", TOWN, True),
        ("Đô thị trung tâm gồm bốn phường Đông Kinh, Kỳ Lừa và Tam Thanh.", TOWN, False),
        (
            "Đến năm 2030, tỉnh đón khoảng 6 triệu lượt khách du lịch, với tổng thu ít nhất 10.000 tỷ đồng.",
            VISITORS,
            True,
        ),
        ("Đến năm 2030, tỉnh đón khoảng 10.000 lượt khách du lịch.", VISITORS, False),
        (
            "Tiếp tục thực hiện Nghị quyết số 82/NQ-CP do Chính phủ ban hành ngày 18 tháng 5 năm 2023 và Chỉ "
            "thị số 08/CT-TTg do Thủ tướng Chính phủ ban hành ngày 23 tháng 02 năm 2024.",
            PAPERS,
            True,
        ),
        (
            "Tiếp tục thực hiện Nghị quyết số 82/NQ-CP do Chính phủ ban hành ngày 23 tháng 02 năm 2024 và "
            "Chỉ thị số 08/CT-TTg do Thủ tướng Chính phủ ban hành ngày 18 tháng 5 năm 2023.",
            PAPERS,
            False,
        ),
        ("Làng du lịch cộng đồng Nà Hai được phát triển.", VILLAGES, False),
        # who issued what, and on which of two days
        ("Nghị quyết số 82/NQ-CP của Thủ tướng Chính phủ được thực hiện.", PAPERS, False),
        ("Ngày 18/5/2023, Chính phủ ban hành Nghị quyết số 82/NQ-CP ngày 23/02/2024.", PAPERS, False),
        ("Nghị quyết số 82/NQ-CP của Chính phủ hết hiệu lực ngày 18/5/2023.", PAPERS, False),
        # a year or a place of one part is not the other's
        ("Tổ chức hội nghị quảng bá điểm đến và sửa chữa 03 biển chỉ dẫn tại Hà Nội.", DEEDS, False),
        ("Hạ tầng được hoàn thiện tại hang Nước, xã Tân Lập và hang Đá, xã Hòa Bình.", CAVES, False),
        ("Lao động du lịch trực tiếp là 10.000 người.", WORKERS, False),
        ("Có 61 xã và 04 phường.", COMMUNES, True),
        ("Có 61 phường và 04 xã.", COMMUNES, False),
        ("Tỷ lệ thôn có đường ô tô đạt trên 95%.", RATES, True),
        ("Tỷ lệ thôn có đường ô tô đạt trên 90%.", RATES, False),
        ("Trên 90% tỷ lệ thôn có đường ô tô.", RATES, False),
        ("Tại cấp tỉnh, 100% hồ sơ công việc được xử lý trên mạng.", FILES, True),
        ("Tại cấp tỉnh, khoảng 90% hồ sơ công việc được xử lý trên mạng.", FILES, False),
        ("Nghiên cứu đề xuất dự án xây dựng Bảo tàng tỉnh quy mô phù hợp.", MUSEUM, True),
        ("Dự án xây dựng Bảo tàng tỉnh quy mô phù hợp.", MUSEUM, False),
        (
            "Các địa phương được hỗ trợ hoàn thiện hồ sơ tham gia các giải thưởng du lịch quốc tế.",
            FILES_HELP,
            True,
        ),
        ("Các địa phương được hỗ trợ kinh phí tham gia các giải thưởng du lịch quốc tế.", FILES_HELP, False),
    ],
)
def test_said_otherwise_it_stands_and_exchanged_it_does_not(
    sentence: str, text: str, supported: bool
) -> None:
    assert (fault(sentence, [Source(1, text)]) == "") is supported
