"""What the head and foot of a document say, in the real forms and as PDF and OCR tools garble them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Metadata, TextKind
from corpus.manifest import Entry
from corpus.relation import Head
from ingest.agency import agency
from ingest.head import differences, head
from ingest.in_force import day_in_force
from ingest.pipeline import read_document

Read = Callable[[str], Document]
BODY = (
    "\nĐiều 1. Nội dung\nNội dung quy định.\n\nĐiều 2. Thi hành\nCác cơ quan chịu trách nhiệm thi hành./.\n"
)
FOOT = "\nNơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a text as if it had been added, on the real road."""

    def document(text: str) -> Document:
        path = tmp_path / "van-ban.txt"
        path.write_text(text, encoding="utf-8")
        return read_document(Entry(metadata(path), path))

    return document


def metadata(path: Path) -> Metadata:
    return Metadata(
        id="van-ban",
        type="Văn bản",
        number=None,
        issuer="?",
        date=None,
        title="?",
        signer=None,
        file=path.name,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        kind=TextKind.DIGEST,
        source="?",
    )


RESOLUTION = f"""\
HỘI ĐỒNG NHÂN DÂN
TỈNH LẠNG SƠN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 19/2025/NQ-HĐND

Lạng Sơn, ngày 15 tháng 7 năm 2025

NGHỊ QUYẾT
Quy định một số chính sách hỗ trợ phát triển du lịch cộng đồng
trên địa bàn tỉnh Lạng Sơn, giai đoạn 2025 - 2030

HỘI ĐỒNG NHÂN DÂN TỈNH LẠNG SƠN
KHÓA XVII, KỲ HỌP THỨ BA MƯƠI MỐT

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;

QUYẾT NGHỊ:
{BODY}
Nghị quyết này đã được Hội đồng nhân dân tỉnh Lạng Sơn khoá XVII, kỳ họp thứ ba mươi mốt thông qua ngày 15 \
tháng 7 năm 2025 và có hiệu lực từ ngày 25 tháng 7 năm 2025./.
{FOOT}CHỦ TỊCH

Đoàn Thị Hậu
"""
GLUED = RESOLUTION.replace(
    """HỘI ĐỒNG NHÂN DÂN
TỈNH LẠNG SƠN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 19/2025/NQ-HĐND

Lạng Sơn, ngày 15 tháng 7 năm 2025
""",
    """HỘI ĐỒNG NHÂN DÂNCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LẠNG SƠN Độc lập – Tự do – Hạnh phúc
Số: 19 /2025/NQ-HĐNDLạng Sơn, ngày 15 tháng 7 năm 2025
""",
)
LAW = f"""\
QUỐC HỘI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Luật số: 27/2023/QH15
Hà Nội, ngày 27 tháng 11 năm 2023
LUẬT
NHÀ Ở
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Nhà ở.
{BODY}
Điều 3. Hiệu lực thi hành
Luật này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2025, trừ quy định tại khoản 2 Điều này.

Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, kỳ họp thứ 6 thông qua ngày 27 \
tháng 11 năm 2023.

CHỦ TỊCH QUỐC HỘI


Vương Đình Huệ
"""
CIRCULAR = f"""\
BỘ VĂN HÓA, THỂ THAO
VÀ DU LỊCH
Số: 04/2024/TT-BVHTTDL
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 26 tháng 6 năm 2024
THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 06/2017/TT-BVHTTDL ngày 15 tháng 12 năm 2017
Căn cứ Luật Du lịch ngày 19 tháng 6 năm 2017;
Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch ban hành Thông tư.
{BODY}
Điều 3. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành sau 45 ngày, kể từ ngày ký ban hành./.
{FOOT}KT. BỘ TRƯỞNG
THỨ TRƯỞNG
(Đã ký)
Hồ An Phong
"""
PARTY = f"""\
TỈNH ỦY LẠNG SƠN                    ĐẢNG CỘNG SẢN VIỆT NAM
        *                       Lạng Sơn, ngày 30 tháng 5 năm 2025
* Số 223-NQ/TU

NGHỊ QUYẾT
CỦA BAN THƯỜNG VỤ TỈNH ỦY
về bảo tồn, tôn tạo và phát huy giá trị Công viên địa chất toàn cầu
-----

I. TÌNH HÌNH
1. Nội dung
Tỉnh có nhiều di sản.
{FOOT}T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ THƯỜNG TRỰC

Hoàng Văn Nghiệm
"""
LETTER = """\
UBND TỈNH LẠNG SƠN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ TÀI CHÍNH                    Độc lập - Tự do - Hạnh phúc
Số: 1234/STC-QLNS                Lạng Sơn, ngày 05 tháng 3 năm 2026
V/v hướng dẫn lập dự toán
kinh phí hỗ trợ du lịch

Kính gửi: Ủy ban nhân dân các xã, phường.

Thực hiện Nghị quyết số 19/2025/NQ-HĐND ngày 15 tháng 7 năm 2025, Sở Tài chính hướng dẫn như sau:

1. Lập dự toán trước ngày 15 tháng 6.

Nơi nhận:                       KT. GIÁM ĐỐC
- Như trên;                     PHÓ GIÁM ĐỐC
- Lưu: VT.
                                Nông Văn Bình
"""
PLAN = f"""\
ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: ....../KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lạng Sơn, ngày     tháng 02 năm 2026
K Ế H O Ạ C H
PHÁT TRIỂN DU LỊCH TỈNH LẠNG SƠN NĂM 2026
Thực hiện Chỉ thị số 08/CT-TTg ngày 23/02/2024, UBND tỉnh ban hành Kế hoạch phát triển du lịch tỉnh Lạng Sơn \
năm 2026 như sau:
I. MỤC ĐÍCH
1. Phát triển du lịch.
{FOOT}TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH

ĐOÀN THANH SƠN
"""
DECISION = f"""\
UBND TỈNH LẠNG SƠN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 05/2026/QĐ-UBND
Lạng Sơn, ngày 02 tháng 01 năm 2026
QUYẾT ĐỊNH
Về việc ban hành Quy chế làm việc của
Ủy ban nhân dân tỉnh Lạng Sơn
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
QUYẾT ĐỊNH:
{BODY}
Điều 3. Quyết định này có hiệu lực kể từ ngày ký.
{FOOT}CHỦ TỊCH

Nguyễn Cảnh Toàn
"""
DECREE = f"""\
CHÍNH PHỦ
Số: 168/2017/NĐ-CP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 31 tháng 12 năm 2017
NGHỊ ĐỊNH
Quy định chi tiết một số điều của Luật Du lịch
Căn cứ Luật Tổ chức Chính phủ ngày 19 tháng 6 năm 2015;
{BODY}
Điều 3. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2018.
{FOOT}TM. CHÍNH PHỦ
THỦ TƯỚNG

Nguyễn Xuân Phúc
"""
COMMUNE = f"""\
HỘI ĐỒNG NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ HỮU LIÊN Độc lập - Tự do - Hạnh phúc
Số: 07/NQ-HĐND Hữu Liên, ngày 20 tháng 12 năm 2025
NGHỊ QUYẾT
Về nhiệm vụ phát triển kinh tế - xã hội năm 2026
HỘI ĐỒNG NHÂN DÂN XÃ HỮU LIÊN
KHÓA II, KỲ HỌP THỨ TƯ
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
{BODY}
Điều 3. Nghị quyết này có hiệu lực sau mười ngày kể từ ngày Hội đồng nhân dân xã thông qua.
{FOOT}CHỦ TỊCH

Lý Thị Mai
"""
HEADS: Mapping[str, tuple[str, Head]] = {
    "resolution of a province": (
        RESOLUTION,
        Head(
            "Nghị quyết",
            "19/2025/NQ-HĐND",
            "HĐND tỉnh Lạng Sơn",
            "2025-07-15",
            "Quy định một số chính sách hỗ trợ phát triển du lịch cộng đồng trên địa bàn tỉnh Lạng Sơn, "
            "giai đoạn 2025 - 2030",
            "Chủ tịch Đoàn Thị Hậu",
            "2025-07-25",
            "có hiệu lực từ ngày 25 tháng 7 năm 2025",
        ),
    ),
    "law": (
        LAW,
        Head(
            "Luật",
            "27/2023/QH15",
            "Quốc hội",
            "2023-11-27",
            "Nhà ở",
            "Chủ tịch Quốc hội Vương Đình Huệ",
            "2025-01-01",
            "có hiệu lực thi hành từ ngày 01 tháng 01 năm 2025",
        ),
    ),
    "circular of a ministry": (
        CIRCULAR,
        Head(
            "Thông tư",
            "04/2024/TT-BVHTTDL",
            "Bộ Văn hóa, Thể thao và Du lịch",
            "2024-06-26",
            "Sửa đổi, bổ sung một số điều của Thông tư số 06/2017/TT-BVHTTDL ngày 15 tháng 12 năm 2017",
            "Thứ trưởng Hồ An Phong",
            "2024-08-10",
            "có hiệu lực thi hành sau 45 ngày, kể từ ngày ký ban hành",
        ),
    ),
    "Party resolution": (
        PARTY,
        Head(
            "Nghị quyết",
            "223-NQ/TU",
            "Ban Thường vụ Tỉnh ủy Lạng Sơn",
            "2025-05-30",
            "Về bảo tồn, tôn tạo và phát huy giá trị Công viên địa chất toàn cầu",
            "Phó Bí thư Thường trực Hoàng Văn Nghiệm",
        ),
    ),
    "official letter in two columns": (
        LETTER,
        Head(
            "Công văn",
            "1234/STC-QLNS",
            "Sở Tài chính tỉnh Lạng Sơn",
            "2026-03-05",
            "Về việc hướng dẫn lập dự toán kinh phí hỗ trợ du lịch",
            "Phó Giám đốc Nông Văn Bình",
        ),
    ),
    "plan with blanks, title in capitals": (
        PLAN,
        Head(
            "Kế hoạch",
            None,
            "UBND tỉnh Lạng Sơn",
            "2026-02",
            "Phát triển du lịch tỉnh Lạng Sơn năm 2026",
            "Phó Chủ tịch Đoàn Thanh Sơn",
        ),
    ),
    "decision of a chairman": (
        DECISION,
        Head(
            "Quyết định",
            "05/2026/QĐ-UBND",
            "Chủ tịch UBND tỉnh Lạng Sơn",
            "2026-01-02",
            "Về việc ban hành Quy chế làm việc của Ủy ban nhân dân tỉnh Lạng Sơn",
            "Chủ tịch Nguyễn Cảnh Toàn",
            "2026-01-02",
            "có hiệu lực kể từ ngày ký",
        ),
    ),
    "decree": (
        DECREE,
        Head(
            "Nghị định",
            "168/2017/NĐ-CP",
            "Chính phủ",
            "2017-12-31",
            "Quy định chi tiết một số điều của Luật Du lịch",
            "Thủ tướng Nguyễn Xuân Phúc",
            "2018-01-01",
            "có hiệu lực thi hành từ ngày 01 tháng 01 năm 2018",
        ),
    ),
    "resolution of a commune": (
        COMMUNE,
        Head(
            "Nghị quyết",
            "07/NQ-HĐND",
            "HĐND xã Hữu Liên",
            "2025-12-20",
            "Về nhiệm vụ phát triển kinh tế - xã hội năm 2026",
            "Chủ tịch Lý Thị Mai",
            "2025-12-30",
            "có hiệu lực sau mười ngày kể từ ngày Hội đồng nhân dân xã thông qua",
        ),
    ),
}


@pytest.mark.parametrize(("text", "said"), HEADS.values(), ids=HEADS.keys())
def test_the_real_forms(read: Read, text: str, said: Head) -> None:
    assert head(read(text)) == said


def test_columns_glued_by_a_pdf_tool_say_the_same(read: Read) -> None:
    assert GLUED != RESOLUTION
    assert head(read(GLUED)) == HEADS["resolution of a province"][1]


OCR = """\
HỘI ĐỒNG NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

TĨNH LẠNG SƠN Độc lập - Tự do - Hạnh phúc
Số: 19/2025/NQ-HĐND Lạng Sơn, ngày 15 tháng 7 năm 2025
NGHỊ QUYET

Quy định một số chính sách hỗ trợ phát triển du lịch cộng đồng
trên địa bàn tỉnh Lạng Sơn, giai đoạn 2025 - 2030

HỘI ĐỒNG NHÂN DÂN TỈNH LẠNG SƠN
KHÓA XVII, KỲ HỌP THỨ BA MƯƠI MỐT

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
QUYẾT NGHỊ:

Điều 1. Phạm vi điều chỉnh

Nghị quyết này quy định chính sách hỗ trợ phát triển du lịch cộng đồng.

Điều 2. Tổ chức thực hiện

1. Giao Ủy ban nhân dân tỉnh tổ chức thực hiện.

2. Nghị quyết này đã được Hội đồng nhân dân tỉnh Lạng Sơn khóa XVII, kỳ họp thứ ba

mươi mốt thông qua ngày 15 tháng 7 năm 2025 và có hiệu lực từ ngày 25 tháng 7 năm
2025./.

Nơi nhận: CHỦ TỊCH
- Ủy ban Thường vụ Quốc hội;

- Thường trực Tỉnh Ủy;

- Lưu: VT. Đoàn Thị Hậu
"""


def test_what_letter_recognition_makes_of_two_columns_says_the_same(read: Read) -> None:
    """Put out by tesseract for a page at 200 dpi, its two misread letters and all."""
    assert head(read(OCR)) == HEADS["resolution of a province"][1]


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("Lạng Sơn, ngày 15 tháng 7 năm 2025", "2025-07-15"),
        ("Lạng Sơn, ngày 05 tháng 07 năm 2025", "2025-07-05"),
        ("Lạng Sơn, ngày 15/7/2025", "2025-07-15"),
        ("TP. Hồ Chí Minh, ngày 15 tháng 7 năm 2025", "2025-07-15"),
        ("Ngày 15 tháng 7 năm 2025", "2025-07-15"),
        ("Lạng Sơn, ngày     tháng 02 năm 2026", "2026-02"),
        ("Lạng Sơn, ngày tháng 02 năm 2026", "2026-02"),
        ("Lạng Sơn, ngày … tháng … năm 2026", "2026"),
        ("Lạng Sơn, ngày ....... tháng ..... năm 2026", "2026"),
        ("Lạng Sơn, ngày 31 tháng 02 năm 2026", "2026-02"),
        ("Lạng Sơn, ngày     tháng     năm", None),
        ("", None),
    ],
)
def test_a_date_says_as_much_as_is_printed(read: Read, printed: str, date: str | None) -> None:
    text = DECREE.replace("Hà Nội, ngày 31 tháng 12 năm 2017", printed)
    assert head(read(text)).date == date


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("Số: 168/2017/NĐ-CP", "168/2017/NĐ-CP"),
        ("Số 168/2017/NĐ-CP", "168/2017/NĐ-CP"),
        ("SỐ: 168 /2017/NĐ - CP", "168/2017/NĐ-CP"),
        ("Số ký hiệu: 12a/NĐ-CP", "12a/NĐ-CP"),
        ("Số: 1672/NQ-UBTVQH15", "1672/NQ-UBTVQH15"),
        ("Số: 08/CT-TTg", "08/CT-TTg"),
        ("Số 04-CTr/TU", "04-CTr/TU"),
        ("Số:      /NĐ-CP", None),
        ("Số: ......./2026/NĐ-CP", None),
        ("Số: …/NĐ-CP", None),
        ("Số:", None),
        ("", None),
    ],
)
def test_a_number_is_never_made_up(read: Read, printed: str, number: str | None) -> None:
    assert head(read(DECREE.replace("Số: 168/2017/NĐ-CP", printed))).number == number


def test_a_number_in_the_title_is_another_instruments(read: Read) -> None:
    title = "SỬA ĐỔI, BỔ SUNG NGHỊ QUYẾT\nSỐ 17/2020/NQ-HĐND NGÀY 14 THÁNG 12 NĂM 2020"
    text = DECREE.replace("Số: 168/2017/NĐ-CP", "Số:     /NĐ-CP")
    said = head(read(text.replace("Quy định chi tiết một số điều của Luật Du lịch", title)))
    assert (said.number, said.date) == (None, "2017-12-31")
    assert said.title == "SỬA ĐỔI, BỔ SUNG NGHỊ QUYẾT SỐ 17/2020/NQ-HĐND NGÀY 14 THÁNG 12 NĂM 2020"


@pytest.mark.parametrize(
    ("foot", "signer"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Văn A", "Phó Chủ tịch Nguyễn Văn A"),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nHồ Tiến Thiệu", "Chủ tịch Hồ Tiến Thiệu"),
        ("TL. BỘ TRƯỞNG\nCHÁNH VĂN PHÒNG\n\nLê Thị B", "Chánh Văn phòng Lê Thị B"),
        ("TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ TÀI CHÍNH\n\nVi Thị C", "Giám đốc Sở Tài chính Vi Thị C"),
        ("KT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\n\nTrần Hồng Hà", "Phó Thủ tướng Trần Hồng Hà"),
        ("CHỦ TỊCH\n\nĐOÀN THỊ HẬU", "Chủ tịch Đoàn Thị Hậu"),
        ("GIÁM ĐỐC\nKý bởi: Sở Tài chính\nThời gian ký: 05/03/2026\nTS. Nông Văn D", "Giám đốc Nông Văn D"),
        ("CHỦ TỊCH\n", None),
    ],
)
def test_who_signed(read: Read, foot: str, signer: str | None) -> None:
    assert head(read(DECREE.split("TM. CHÍNH PHỦ")[0] + foot + "\n")).signer == signer


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("có hiệu lực thi hành từ ngày 25 tháng 7 năm 2025", "2025-07-25"),
        ("có hiệu lực từ ngày 25/7/2025", "2025-07-25"),
        ("có hiệu lực kể từ ngày ký", "2024-01-31"),
        ("có hiệu lực thi hành kể từ ngày ký ban hành", "2024-01-31"),
        ("có hiệu lực thi hành sau 10 ngày kể từ ngày ký", "2024-02-10"),
        ("có hiệu lực thi hành sau 10 (mười) ngày, kể từ ngày ký", "2024-02-10"),
        ("có hiệu lực sau bốn mươi lăm ngày kể từ ngày ký ban hành", "2024-03-16"),
        ("có hiệu lực thi hành sau 30 ngày kể từ ngày được Hội đồng nhân dân tỉnh thông qua", "2024-03-01"),
        ("có hiệu lực sau 01 tháng kể từ ngày ký", "2024-02-29"),
        ("có hiệu lực thi hành sau 15 ngày kể từ ngày đăng Công báo", None),
        ("có hiệu lực sau 10 ngày làm việc kể từ ngày ký", None),
        ("có hiệu lực từ ngày 31 tháng 02 năm 2025", None),
        ("có hiệu lực khi Luật Quy hoạch có hiệu lực", None),
    ],
)
def test_the_day_in_force_is_counted_exactly(said: str, day: str | None) -> None:
    assert day_in_force(said, "2024-01-31") == day


@pytest.mark.parametrize("issued", [None, "2024", "2024-01"])
def test_no_day_is_counted_from_a_date_that_is_not_whole(issued: str | None) -> None:
    assert day_in_force("có hiệu lực kể từ ngày ký", issued) is None
    assert day_in_force("có hiệu lực sau 10 ngày kể từ ngày ký", issued) is None


@given(st.dates(min_value=date(1945, 9, 2), max_value=date(2100, 1, 1)), st.integers(1, 400))
def test_days_are_counted_by_the_calendar(issued: date, count: int) -> None:
    said = f"có hiệu lực thi hành sau {count} ngày kể từ ngày ký"
    assert day_in_force(said, issued.isoformat()) == (issued + timedelta(days=count)).isoformat()


def test_what_an_amendment_quotes_is_not_its_own_entry_into_force(read: Read) -> None:
    quoted = (
        "\nĐiều 1. Sửa đổi, bổ sung Điều 3 như sau:\n"
        "“Điều 3. Hiệu lực\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2010.”\n"
        "\nĐiều 2. Thi hành\nCác cơ quan chịu trách nhiệm thi hành./.\n"
    )
    said = head(read(DECREE.replace(BODY, quoted)))
    assert said.effective == "2018-01-01"


@given(st.text(max_size=400))
def test_the_agency_of_any_line_is_a_string(line: str) -> None:
    assert isinstance(agency(line), str)


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "UBND tỉnh Lạng Sơn"),
        ("UỶ BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI", "UBND thành phố Hà Nội"),
        ("HỘI ĐỒNG NHÂN DÂN XÃ HỮU LIÊN", "HĐND xã Hữu Liên"),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "Chủ tịch UBND tỉnh Lạng Sơn"),
        ("BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch"),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG TỈNH LẠNG SƠN", "Sở Nông nghiệp và Môi trường tỉnh Lạng Sơn"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
        ("BỔ SUNG", "Bổ sung"),
        ("ỦY BAN THƯỜNG VỤ QUỐC HỘI", "Ủy ban Thường vụ Quốc hội"),
        ("BỘ TRƯỞNG BỘ TÀI CHÍNH", "Bộ trưởng Bộ Tài chính"),
        ("UBND tỉnh Lạng Sơn", "UBND tỉnh Lạng Sơn"),
    ],
)
def test_agencies_as_they_are_written(printed: str, written: str) -> None:
    assert agency(printed) == written


SHIPPED_HEADS = {
    "kh-du-lich-cvdc-2026": Head(
        "Kế hoạch",
        None,
        "UBND tỉnh Lạng Sơn",
        "2026-02",
        "Phát triển Du lịch và Bảo tồn, tôn tạo, phát huy giá trị Công viên địa chất toàn cầu UNESCO "
        "Lạng Sơn năm 2026",
        "Phó Chủ tịch Đoàn Thanh Sơn",
    ),
    "qd-dieu-chinh-quy-hoach-2026": Head(
        "Quyết định",
        None,
        "Chủ tịch UBND tỉnh Lạng Sơn",
        None,
        "Phê duyệt điều chỉnh Quy hoạch tỉnh Lạng Sơn thời kỳ 2021-2030, tầm nhìn đến năm 2050",
        "Chủ tịch Nguyễn Cảnh Toàn",
        None,
        "có hiệu lực thi hành kể từ ngày ký ban hành",
    ),
}


@pytest.mark.parametrize("name", SHIPPED_HEADS)
def test_the_shipped_documents(documents: Mapping[str, Document], name: str) -> None:
    document = documents[name]
    assert head(document) == SHIPPED_HEADS[name]
    assert differences(head(document), document.metadata) == ()


ABOUT = Metadata(
    id="nq-19-2025-nq-hdnd",
    type="Nghị quyết",
    number="19/2025/NQ-HĐND",
    issuer="Hội đồng nhân dân tỉnh Lạng Sơn",
    date="2025-07",
    title="QUY ĐỊNH một số chính sách hỗ trợ phát triển du lịch cộng đồng trên địa bàn tỉnh Lạng Sơn, "
    "giai đoạn 2025-2030",
    signer="Đoàn Thị Hậu",
    file="x.txt",
    sha256="0" * 64,
    kind=TextKind.OFFICIAL,
    source="x",
    effective="2025-07-25",
)


def test_case_spacing_abbreviations_and_blanks_are_no_difference() -> None:
    said = HEADS["resolution of a province"][1]
    assert differences(said, ABOUT) == ()
    assert differences(replace(said, number=None, date=None, signer=None), ABOUT) == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"number": "19/2026/NQ-HĐND"}, ("Số, ký hiệu", "“19/2025/NQ-HĐND”", "“19/2026/NQ-HĐND”")),
        ({"date": "2025-08"}, ("Ngày ban hành", "“15/07/2025”", "“tháng 08/2025”")),
        ({"issuer": "HĐND tỉnh Cao Bằng"}, ("Cơ quan ban hành", "HĐND tỉnh Cao Bằng")),
        ({"signer": "Đoàn Thanh Sơn"}, ("Người ký", "“Chủ tịch Đoàn Thị Hậu”")),
        ({"title": "Chính sách khác"}, ("Tên văn bản", "“Chính sách khác”")),
        ({"type": "Quyết định"}, ("Loại văn bản", "“Nghị quyết”")),
        ({"effective": "2025-07-26"}, ("Ngày có hiệu lực", "“25/07/2025”")),
    ],
)
def test_a_difference_names_both_sides(change: dict[str, Any], told: tuple[str, ...]) -> None:
    (difference,) = differences(HEADS["resolution of a province"][1], replace(ABOUT, **change))
    assert all(part in difference for part in (*told, "đối chiếu"))


@pytest.mark.parametrize("kind", [TextKind.DIGEST, TextKind.CATALOGUE])
def test_what_is_not_the_instruments_own_text_is_not_compared(kind: TextKind) -> None:
    other = replace(ABOUT, number="1/NQ-HĐND", kind=kind)
    assert differences(HEADS["resolution of a province"][1], other) == ()


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_torn_head_says_less_but_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Any stretch of the head may be lost: what is still said stands in the text, and nothing is raised."""
    begin = data.draw(st.integers(0, RESOLUTION.index("Căn cứ")))
    end = data.draw(st.integers(begin, RESOLUTION.index("QUYẾT NGHỊ")))
    torn = RESOLUTION[:begin] + RESOLUTION[end:]
    path = tmp_path_factory.mktemp("torn") / "van-ban.txt"
    path.write_text(torn, encoding="utf-8")
    said = head(read_document(Entry(metadata(path), path)))
    assert said.number is None or said.number in torn
    assert said.title is None or all(word.casefold() in torn.casefold() for word in said.title.split())
    assert (said.signer, said.effective) == ("Chủ tịch Đoàn Thị Hậu", "2025-07-25")
