"""How officials and their readers cite, form by form: as typed → as an official writes it."""

from __future__ import annotations

import pytest

from corpus.address import Level
from corpus.citation import CitedUnit, Instrument, normal, parse_citations


def read(text: str) -> list[str]:
    return [normal(citation) for citation in parse_citations(text)]


LOCATORS = [
    ("Điều 5(2)(a)", "điểm a khoản 2 Điều 5"),
    ("Điều 5.2.a", "điểm a khoản 2 Điều 5"),
    ("khoản 2.a Điều 5", "điểm a khoản 2 Điều 5"),
    ("Điều 5 (khoản 2, điểm a)", "điểm a khoản 2 Điều 5"),
    ("điểm “a” khoản (2) Điều 5", "điểm a khoản 2 Điều 5"),
    ("Đ.5.k.2", "khoản 2 Điều 5"),
    ("Đ 5 k 2", "khoản 2 Điều 5"),
    ("đ.a k.2 Đ.5", "điểm a khoản 2 Điều 5"),
    ("K2Đ5", "khoản 2 Điều 5"),
    ("d5 k2 da", "điểm a khoản 2 Điều 5"),
    ("Điều thứ 5", "Điều 5"),
    ("gạch đầu dòng đầu tiên điểm a khoản 3", "gạch đầu dòng thứ nhất điểm a khoản 3"),
    ("dấu gạch đầu dòng thứ ba khoản 2", "gạch đầu dòng thứ 3 khoản 2"),
    ("Phần thứ hai Luật Đất đai", "Phần 2 Luật Đất đai"),
    ("mục A", "mục A"),
    ("PL II", "Phụ lục II"),
    ("Bảng 1 Phụ lục II", "bảng 1 Phụ lục II"),
    ("Mẫu số 01a Phụ lục I", "Mẫu số 1a Phụ lục I"),
    ("Mẫu số 01 ban hành kèm theo Nghị định số 08/2022/NĐ-CP", "Mẫu số 1 Nghị định số 08/2022/NĐ-CP"),
    ("Phụ lục kèm theo Quyết định này", "Phụ lục Quyết định này"),
    ("Điều 5/Luật Du lịch", "Điều 5 Luật Du lịch"),
    ("Điều 1.V.2", "khoản 2 mục V Điều 1"),
    ("Điều 1 > mục V > khoản 2", "khoản 2 mục V Điều 1"),
    ("Mục IX.4.b, Điều 1", "điểm b khoản 4 mục IX Điều 1"),
    ("mục II, Điều 1, khoản 2, điểm a", "điểm a khoản 2 mục II Điều 1"),
    ("điểm a Điều 2 khoản 1", "điểm a khoản 1 Điều 2"),
    ("đoạn thứ nhất, gạch đầu dòng thứ 2, điểm c", "đoạn thứ nhất gạch đầu dòng thứ 2 điểm c"),
    ("điểm c, điểm 1.7, mục III", "điểm c điểm 1.7 mục III"),
    ("Điều 3.Khoản 1", "khoản 1 Điều 3"),
    ("đ2.k1.đa", "điểm a khoản 1 Điều 2"),
    ("đa k.2 mục II Đ.1", "điểm a khoản 2 mục II Điều 1"),
    ("muc 2 muc i", "mục 2 mục I"),
    ("mục III. 1. 7. b", "mục III.1.7.b"),
    ("mục II/2 KH", "mục II.2 Kế hoạch"),
    ("ý thứ 3 mục 1.2 phần III", "gạch đầu dòng thứ 3 mục 1.2 Phần III"),
    ("dấu + thứ hai, dấu - thứ ba, điểm b khoản 2", "dấu cộng thứ 2 gạch đầu dòng thứ 3 điểm b khoản 2"),
    ("Điều 2 QĐ điều chỉnh quy hoạch (khoản 1)", "khoản 1 Điều 2 Quyết định điều chỉnh quy hoạch"),
    ("Kế hoạch du lịch của UBND tỉnh, Mục II", "mục II Kế hoạch du lịch của UBND tỉnh"),
    ("QĐ điều chỉnh QH tỉnh: Điều 2", "Điều 2 Quyết định điều chỉnh QH tỉnh"),
    ("Điều 2 QĐ ĐCQH tỉnh", "Điều 2 Quyết định ĐCQH tỉnh"),
    ("Điều 2 Quyết định “Phê duyệt quy hoạch tỉnh”", "Điều 2 Quyết định Phê duyệt quy hoạch tỉnh"),
    (
        "mục II Kế hoạch bảo tồn, tôn tạo, phát huy giá trị di tích",
        "mục II Kế hoạch bảo tồn, tôn tạo, phát huy giá trị di tích",
    ),
    (
        "muc ii ke hoach bao ve moi truong va bao ton di san",
        "mục II Kế hoạch bao ve moi truong va bao ton di san",
    ),
    ("Điều 3 Kế hoạch phát triển kinh tế - xã hội", "Điều 3 Kế hoạch phát triển kinh tế - xã hội"),
    ("QĐ phê duyệt quy hoạch tỉnh Lạng Sơn do ai ký?", "Quyết định phê duyệt quy hoạch tỉnh Lạng Sơn"),
    ("NQ 223 của BTV Tỉnh ủy", "Nghị quyết số 223 của BTV Tỉnh ủy"),
    ("mục 1.3 Phần thứ III", "mục 1.3 Phần III"),
    ("mục II.2 KH", "mục II.2 Kế hoạch"),
    ("Điều 2 của văn bản này", "Điều 2 Văn bản này"),
    ("Điều 3 Quyết định về việc phê duyệt quy hoạch", "Điều 3 Quyết định phê duyệt quy hoạch"),
    ("Điều 5 Điều lệ Đảng Cộng sản Việt Nam", "Điều 5 Điều lệ Đảng Cộng sản Việt Nam"),
    ("gạch đầu dòng cuối cùng điểm c mục 1.7", "gạch đầu dòng cuối cùng điểm c mục 1.7"),
    ("đoạn cuối khoản 2 Điều 5", "đoạn cuối cùng khoản 2 Điều 5"),
    ("gạch đầu dòng (-) thứ hai khoản 2 Điều 5", "gạch đầu dòng thứ 2 khoản 2 Điều 5"),
    ("dấu “+” thứ nhất gạch đầu dòng thứ 2", "dấu cộng thứ nhất gạch đầu dòng thứ 2"),
    ("dấu gạch ngang đầu dòng thứ nhất Điều 5", "gạch đầu dòng thứ nhất Điều 5"),
    ("Luật Du lịch, cụ thể tại khoản 2 Điều 5", "khoản 2 Điều 5 Luật Du lịch"),
    ("Luật Du lịch | Điều 5 | khoản 2", "khoản 2 Điều 5 Luật Du lịch"),
    ("[Luật Du lịch] Điều 5 [khoản 2]", "khoản 2 Điều 5 Luật Du lịch"),
    ("Điều 5 Luật Du lịch, khoản 2, điểm a", "điểm a khoản 2 Điều 5 Luật Du lịch"),
    ("khoản 2 nằm ở Điều 5 của văn bản Luật Du lịch", "khoản 2 Điều 5 Luật Du lịch"),
    ("mục III.1.7c Kế hoạch du lịch", "mục III.1.7.c Kế hoạch du lịch"),
    ("tiểu mục c mục 1.7", "tiểu mục c mục 1.7"),
    ("khỏan 2 Điều 5", "khoản 2 Điều 5"),
    ("khoản một Điều hai Luật Du lịch", "khoản 1 Điều 2 Luật Du lịch"),
    ("dấu cộng thứ mười hai khoản 2", "dấu cộng thứ 12 khoản 2"),
    ("mục III.1.7 (c) Kế hoạch du lịch", "mục III.1.7.c Kế hoạch du lịch"),
    ("diem dd khoan 1 dieu 2", "điểm đ khoản 1 Điều 2"),
    ("đoạn văn thứ hai khoản 1", "đoạn thứ 2 khoản 1"),
    ("mục II Kế hoạch du lịch, chú thích 1", "chú thích 1 mục II Kế hoạch du lịch"),
    (
        "Điều 2 Quyết định điều chỉnh Quy hoạch tỉnh Lạng Sơn, hạn cuối chưa rõ",
        "Điều 2 Quyết định điều chỉnh Quy hoạch tỉnh Lạng Sơn",
    ),
    (
        "dieu 2 quyet dinh dieu chinh quy hoach tinh lang son thi xa nao",
        "Điều 2 Quyết định dieu chinh quy hoach tinh lang son",
    ),
    ("mục III Kế hoạch du lịch liệt kê các đề án", "mục III Kế hoạch du lịch"),
    ("đọc Điều 3 QĐ điều chỉnh quy hoạch đi, nhé", "Điều 3 Quyết định điều chỉnh quy hoạch"),
]
LISTS = [
    ("các Phụ lục 01, 02 kèm theo Kế hoạch này", ["Phụ lục 1 Kế hoạch này", "Phụ lục 2 Kế hoạch này"]),
    ("Luật Du lịch, khoản 2 Điều này", ["Luật Du lịch", "khoản 2 Điều này"]),
    (
        "Điều 2 Luật Du lịch, khoản 3 Luật Đất đai",
        ["Điều 2 Luật Du lịch", "khoản 3 Luật Đất đai"],
    ),
    ("Điều 2 Luật Du lịch, khoản 3 Điều 5", ["Điều 2 Luật Du lịch", "khoản 3 Điều 5"]),
    ("khoản 1&2 Điều 5", ["khoản 1 Điều 5", "khoản 2 Điều 5"]),
    ("mục I, II và III Kế hoạch du lịch", [f"mục {n} Kế hoạch du lịch" for n in ("I", "II", "III")]),
    ("Luật Du lịch: Điều 5, Điều 6", ["Điều 5 Luật Du lịch", "Điều 6 Luật Du lịch"]),
    ("các điều từ 5 đến 9 Luật Du lịch", ["Điều 5 đến Điều 9 Luật Du lịch"]),
    ("Điều 2 – 4 QĐ điều chỉnh quy hoạch", ["Điều 2 đến Điều 4 Quyết định điều chỉnh quy hoạch"]),
    ("khoản 4 Điều 10 và Mẫu số 02 Thông tư này", ["khoản 4 Điều 10 Thông tư này", "Mẫu số 2 Thông tư này"]),
    ("điểm a khoản 1; khoản 2 Điều 5", ["điểm a khoản 1 Điều 5", "khoản 2 Điều 5"]),
    ("khoản 1 Điều 2; mục IV Kế hoạch du lịch", ["khoản 1 Điều 2", "mục IV Kế hoạch du lịch"]),
    ("các khoản 1 và 2 Điều này", ["khoản 1 Điều này", "khoản 2 Điều này"]),
    (
        "Nghị quyết số 16/2022/NQ-HĐND và số 15/2022/NQ-HĐND",
        ["Nghị quyết số 16/2022/NQ-HĐND", "Nghị quyết số 15/2022/NQ-HĐND"],
    ),
]
NUMBERS = [
    ("223 NQ/TU", "Nghị quyết số 223-NQ/TU"),
    ("NQ19", "Nghị quyết số 19"),
    ("NQ19/2025/NQ-HĐND", "Nghị quyết số 19/2025/NQ-HĐND"),
    ("nd 08/2022", "Nghị định số 08/2022"),
    ("258_KH_UBND", "Kế hoạch số 258/KH-UBND"),
    ("19_2025_NQ-HDND.docx", "Nghị quyết số 19/2025/NQ-HĐND"),
    ("19/2025/NQ−HÐND", "Nghị quyết số 19/2025/NQ-HĐND"),  # a minus sign and U+00D0
    ("4039/BGDĐT-GDTX", "Công văn số 4039/BGDĐT-GDTX"),
    ("1234/UBND-KTN ngày 1/1/2025", "Công văn số 1234/UBND-KTN ngày 1/1/2025"),
    ("QCVN 08-MT:2015/BTNMT", "QCVN 08-MT:2015/BTNMT"),
    ("qcvn 02 : 2019 / blđtbxh", "QCVN 02:2019/BLĐTBXH"),
    ("TCVN ISO 9001:2015", "TCVN ISO 9001:2015"),
    ("Hướng dẫn số 12-HD/VPTW", "Hướng dẫn số 12-HD/VPTW"),
    ("Thông báo kết luận số 123-TB/TU", "Thông báo kết luận số 123-TB/TU"),
    ("Quy định 41-QĐ/TW", "Quy định số 41-QĐ/TW"),
    ("Lệnh số 14/2017/L-CTN", "Lệnh số 14/2017/L-CTN"),
    ("12/2025/HĐ-XD", "12/2025/HĐ-XD"),  # HĐ is no HD
    ("258/KH-UBND (2025)", "Kế hoạch số 258/KH-UBND năm 2025"),
    ("Nghị định 08 năm 2022 của Chính phủ", "Nghị định số 08 năm 2022 của Chính phủ"),
    ("QĐ 2276 ngày 24/10/2025", "Quyết định số 2276 ngày 24/10/2025"),
    ("NQ 03/2024/NQ-HĐND tỉnh Lạng Sơn", "Nghị quyết số 03/2024/NQ-HĐND của HĐND tỉnh Lạng Sơn"),
    (
        "nghi quyet 19/2025/nq-hdnd cua hdnd tinh lang son",
        "Nghị quyết số 19/2025/NQ-HĐND của HĐND tỉnh Lạng Sơn",
    ),
    ("quyet dinh 236/qd-ttg cua thu tuong chinh phu", "Quyết định số 236/QĐ-TTg của Thủ tướng Chính phủ"),
]
NAMES = [
    ("Luật BVMT 2020", "Luật Bảo vệ môi trường năm 2020"),
    ("luật đtc", "Luật Đầu tư công"),
    ("Điều 5 BLHS", "Điều 5 Bộ luật Hình sự"),
    ("BLLĐ 2019", "Bộ luật Lao động năm 2019"),
    ("Luật Đất đai (2024)", "Luật Đất đai năm 2024"),
    ("Luật 59/2020/QH14 Doanh nghiệp", "Luật Doanh nghiệp số 59/2020/QH14"),
    ("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013", "Hiến pháp năm 2013"),
    ("Pháp lệnh Ưu đãi người có công với cách mạng số 02/2020/UBTVQH14",) * 2,
    (
        "Điều 3 Quy chế quản lý, bảo vệ di tích ban hành kèm theo Quyết định số 63/2017/QĐ-UBND",
        "Điều 3 Quy chế ban hành kèm theo Quyết định số 63/2017/QĐ-UBND",
    ),
    (
        "Điều 2 Quyết định điều chỉnh quy hoạch tỉnh thời kỳ 2021-2030, tầm nhìn đến năm 2050",
        "Điều 2 Quyết định điều chỉnh quy hoạch tỉnh thời kỳ 2021-2030, tầm nhìn đến năm 2050",
    ),
    ("Kế hoạch Phát triển Du lịch và Bảo tồn, tôn tạo, phát huy giá trị Công viên năm 2026",) * 2,
    ("cho xem Kế hoạch du lịch 2026 của UBND tỉnh Lạng Sơn", "Kế hoạch du lịch 2026 của UBND tỉnh Lạng Sơn"),
    ("Nghị quyết nói trên", "Nghị quyết nêu trên"),
    ("quy định tại Điều này", "Điều này"),
]


@pytest.mark.parametrize(("typed", "written"), LOCATORS + NUMBERS + NAMES)
def test_one_citation(typed: str, written: str) -> None:
    assert read(typed) == [written]


@pytest.mark.parametrize(("typed", "written"), LISTS)
def test_lists_and_ranges(typed: str, written: list[str]) -> None:
    assert read(typed) == written


@pytest.mark.parametrize("sign", ["\u200b", "\u200e", "\u200f", "\u2060", "\u00ad", "\ufeff"])
def test_invisible_signs_are_read_through(sign: str) -> None:
    typed = f"{sign}Điều{sign} 5{sign} Luật{sign} Du lịch{sign}."
    (citation,) = parse_citations(typed)
    assert normal(citation) == "Điều 5 Luật Du lịch"
    start, end = citation.span
    assert typed[start:end].replace(sign, "") == "Điều 5 Luật Du lịch"


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("xem các Điều 5, 6", ["Điều 5", "6"]),  # "các" is no part of it
        ("xem từ Điều 5 đến Điều 9.", ["từ Điều 5 đến Điều 9"]),
        ("Phụ lục 02 kèm theo Kế hoạch này, chủ động", ["Phụ lục 02 kèm theo Kế hoạch này"]),
        ("theo QĐ 2276 ngày 24/10/2025 và", ["QĐ 2276 ngày 24/10/2025"]),
        (
            "đ.b Điều 2 QĐ điều chỉnh quy hoạch với mục 1.4 phần III kế hoạch du lịch 2026 thì",
            ["đ.b Điều 2 QĐ điều chỉnh quy hoạch", "mục 1.4 phần III kế hoạch du lịch 2026"],
        ),
    ],
)
def test_where_they_begin_and_end(text: str, cited: list[str]) -> None:
    assert [text[slice(*citation.span)] for citation in parse_citations(text)] == cited


@pytest.mark.parametrize(
    "text",
    [
        "Điều này cho thấy tỉnh quan tâm; khoản này dùng để chi",
        "hội nghị quyết định 2 việc; quyết định 15 nội dung",
        "Mẫu số 02/ĐK; V.I.P",
        "Chương trình OCOP 2026 và điều tra tài nguyên",
        "CT TNHH 1 thành viên; TT. Lộc Bình; KH 2026; TT 24 giờ",
        "5k 2đ; đ/c Nguyễn Văn A; Mẫu mã 2; Đại biểu 5",
        "theo kế hoạch của Bộ Văn hóa, Thể thao và Du lịch",
        "Số:   /KH-UBND; Nghị quyết số    /2026/NQ-HĐND",
        "&#272;iều 5",  # entities are not decoded
        "Kế hoạch du lịch năm 2026 nói gì?",
    ],
)
def test_words_that_cite_nothing(text: str) -> None:
    assert parse_citations(text) == ()


def test_the_marker_that_opens_a_unit_is_no_citation() -> None:
    text = "CHƯƠNG I\nĐiều 1. Phạm vi điều chỉnh\nĐiều 2. Đối tượng\n1. Theo quy định tại\nĐiều 5. Các sở"
    assert read(text) == ["Chương I", "Điều 5"]


def test_what_was_named_before_is_meant() -> None:
    *_, above = parse_citations("thực hiện Nghị quyết số 82/NQ-CP; khoản 1 Điều 2 Nghị quyết nêu trên")
    assert above.relative
    assert above.meant == Instrument("Nghị quyết", "82/NQ-CP")
    (alone,) = parse_citations("theo Nghị quyết nêu trên")
    assert alone.meant is None


def test_words_put_into_another_instrument_cite_that_one() -> None:
    text = (
        "Sửa đổi khoản 2 Điều 5 Nghị định số 08/2022/NĐ-CP như sau: “2. Hồ sơ theo “Mẫu” tại Điều 7 và "
        "Điều 8 Luật này.” Điều 9"
    )
    amended, seventh, eighth, ninth = parse_citations(text)
    assert amended.instrument is not None
    assert seventh.meant == eighth.meant == amended.instrument
    assert seventh.units == (CitedUnit(Level.ARTICLE, "7"),)
    assert ninth.meant is None


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("Sửa đổi khoản 2 Điều 5 như sau: “2. Hồ sơ”", True),
        ("Bổ sung điểm c vào khoản 1 Điều 5 như sau: “c) Hồ sơ”", True),
        ("Điều 5 quy định như sau: “Hồ sơ”", False),
        ("Sửa đổi Điều 5.", False),
    ],
)
def test_what_an_amending_text_changes_is_of_another_text(text: str, changed: bool) -> None:
    assert parse_citations(text)[-1].changed is changed


def test_what_is_changed_is_of_the_instrument_named_above() -> None:
    text = (
        "Điều 1. Sửa đổi một số điều của Thông tư số 12/2024/TT-BTC\n1. Sửa đổi Điều 5 như sau: “Theo Điều 7”"
    )
    *_, fifth, seventh = parse_citations(text)
    assert fifth.meant == seventh.meant == Instrument("Thông tư", "12/2024/TT-BTC")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Luật số: 99/2026/QH16\n\nLUẬT\nDU LỊCH\nCăn cứ", ["Luật số: 99/2026/QH16", "LUẬT\nDU LỊCH"]),
        ("Nội dung\nTiểu mục 1. THẨM QUYỀN\n“Điều 5. Nội dung\nChương II\nQUY ĐỊNH", []),
        ("cụ thể hóa Nghị quyết.\n\n2- Ban Tuyên giáo", []),
        ("của Chính phủ)\n\nMẫu số 01\n\nCỘNG HÒA XÃ HỘI", []),
        ("Ghi chú: Danh mục nhiệm vụ tại Phụ lục I kèm theo", ["Phụ lục I"]),
        ("theo khoản 2\nĐiều 5 Luật Du lịch", ["khoản 2\nĐiều 5 Luật Du lịch"]),  # a line end inside
    ],
)
def test_the_ends_of_lines(text: str, cited: list[str]) -> None:
    assert [text[slice(*citation.span)] for citation in parse_citations(text)] == cited
