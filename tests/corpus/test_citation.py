from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.address import Level
from corpus.citation import THIS, Citation, CitedUnit, normal, parse_citations
from corpus.law_names import LAW_NAMES
from corpus.manifest import SHIPPED, load


def read(text: str) -> list[str]:
    return [normal(citation) for citation in parse_citations(text)]


# Each line: as typed → as an official writes it, one citation after the other.
LOCATORS = [
    ("điểm a khoản 2 Điều 5", "điểm a khoản 2 Điều 5"),
    ("khoản 2 mục V Điều 1", "khoản 2 mục V Điều 1"),
    ("mục V Điều 1", "mục V Điều 1"),
    ("Điều 1, mục V, khoản 2", "khoản 2 mục V Điều 1"),
    ("Điều 5, Khoản 2, Điểm a", "điểm a khoản 2 Điều 5"),
    ("điểm a, khoản 1, Điều 5", "điểm a khoản 1 Điều 5"),
    ("Điều 5 khoản 2 điểm đ", "điểm đ khoản 2 Điều 5"),
    ("Đ5 k2 đa", "điểm a khoản 2 Điều 5"),
    ("đ5k2đa", "điểm a khoản 2 Điều 5"),
    ("k1 đ3", "khoản 1 Điều 3"),
    ("đ.5 k.2", "khoản 2 Điều 5"),
    ("ĐIỂM A KHOẢN 2 ĐIỀU 5", "điểm a khoản 2 Điều 5"),
    ("diem a khoan 2 dieu 5", "điểm a khoản 2 Điều 5"),
    ("Ðiều 05", "Điều 5"),
    ("Điều\n5", "Điều 5"),
    ("điểm a1 khoản 5a Điều 7b", "điểm a1 khoản 5a Điều 7b"),
    ("điểm a) khoản 2", "điểm a khoản 2"),
    ("mục 1, phần III", "mục 1 Phần III"),
    ("mục 1.3 phần III", "mục 1.3 Phần III"),
    ("mục III.1.3", "mục III.1.3"),
    ("III.1.3", "mục III.1.3"),
    ("muc ii.2", "mục II.2"),
    ("mục II.2", "mục II.2"),
    ("điểm a mục III.1.7", "điểm a mục III.1.7"),
    ("Mục 1 Chương II", "mục 1 Chương II"),
    ("Chương IX", "Chương IX"),
    ("Phần thứ nhất", "Phần 1"),
    ("tiểu mục 2 mục I", "tiểu mục 2 mục I"),
    ("tiết 2 điểm a mục III", "tiết 2 điểm a mục III"),
    ("gạch đầu dòng thứ hai mục II.2", "gạch đầu dòng thứ 2 mục II.2"),
    ("gạch đầu dòng thứ nhất điểm b khoản 2", "gạch đầu dòng thứ nhất điểm b khoản 2"),
    ("đoạn thứ 2 gạch đầu dòng thứ 3 điểm c", "đoạn thứ 2 gạch đầu dòng thứ 3 điểm c"),
    ("chú thích 2 mục III.1.3", "chú thích 2 mục III.1.3"),
    ("Phụ lục XXI", "Phụ lục XXI"),
    ("phụ lục số 01", "Phụ lục 1"),
]
LISTS = [
    ("điểm a, điểm c khoản 2", ["điểm a khoản 2", "điểm c khoản 2"]),
    ("điểm a, b và đ khoản 2 Điều 5", [f"điểm {x} khoản 2 Điều 5" for x in "abđ"]),
    ("khoản 1, 2 và 3 Điều 7", [f"khoản {n} Điều 7" for n in (1, 2, 3)]),
    ("các Điều 5, 6", ["Điều 5", "Điều 6"]),
    ("Điều 1 và Điều 3", ["Điều 1", "Điều 3"]),
    ("Điều 5 khoản 1 điểm a, khoản 2 điểm b", ["điểm a khoản 1 Điều 5", "điểm b khoản 2 Điều 5"]),
    ("từ Điều 5 đến Điều 9", ["Điều 5 đến Điều 9"]),
    ("khoản 1 - 3", ["khoản 1 đến khoản 3"]),
    ("từ điểm a đến điểm d khoản 1 Điều 3", ["điểm a đến điểm d khoản 1 Điều 3"]),
    (
        "khoản 1 Điều 5 và điểm b khoản 2 Điều 6 Luật Du lịch",
        ["khoản 1 Điều 5 Luật Du lịch", "điểm b khoản 2 Điều 6 Luật Du lịch"],
    ),
    (
        "Điều 66 Luật Bảo vệ môi trường năm 2020 và khoản 6 Điều 21 Nghị định số 08/2022/NĐ-CP; sửa đổi",
        ["Điều 66 Luật Bảo vệ môi trường năm 2020", "khoản 6 Điều 21 Nghị định số 08/2022/NĐ-CP"],
    ),
]
NUMBERS = [
    ("Nghị quyết số 19/2025/NQ-HĐND", "Nghị quyết số 19/2025/NQ-HĐND"),
    ("Nghị định 08/2022/ND-CP", "Nghị định số 08/2022/NĐ-CP"),
    ("63/2017/qđ-ubnd", "Quyết định số 63/2017/QĐ-UBND"),
    ("Thông tư 50/2017/TT-BTNMT", "Thông tư số 50/2017/TT-BTNMT"),
    ("Luật số 59/2020/QH14", "Luật số 59/2020/QH14"),
    ("Nghị quyết số 202/2025/QH15", "Nghị quyết số 202/2025/QH15"),
    ("Pháp lệnh số 02/2022/UBTVQH15", "Pháp lệnh số 02/2022/UBTVQH15"),
    ("1672/NQ-UBTVQH15", "Nghị quyết số 1672/NQ-UBTVQH15"),
    ("01/2016/TTLT-BVHTTDL-BTC", "Thông tư liên tịch số 01/2016/TTLT-BVHTTDL-BTC"),
    ("258/KH-UBND", "Kế hoạch số 258/KH-UBND"),
    ("258-KH-UBND", "Kế hoạch số 258/KH-UBND"),
    ("19-2025-NQ-HDND", "Nghị quyết số 19/2025/NQ-HĐND"),
    ("236/QĐ-TTg", "Quyết định số 236/QĐ-TTg"),
    ("82/NQ-CP", "Nghị quyết số 82/NQ-CP"),
    ("94/TTr-STC", "Tờ trình số 94/TTr-STC"),
    ("30/BC-HĐTĐ", "Báo cáo số 30/BC-HĐTĐ"),
    ("223 - nq / tu", "Nghị quyết số 223-NQ/TU"),
    ("08-NQ/TW", "Nghị quyết số 08-NQ/TW"),
    ("04-CTr/TU", "Chương trình số 04-CTr/TU"),
    ("Nghị quyết số 11- \n\nNQ/TW", "Nghị quyết số 11-NQ/TW"),
    ("Công văn số 4039/BGDĐT-GDTX", "Công văn số 4039/BGDĐT-GDTX"),
    ("06/VBHN-VPQH", "Văn bản hợp nhất số 06/VBHN-VPQH"),
    ("QCVN 02:2019/BLĐTBXH", "QCVN 02:2019/BLĐTBXH"),
    ("nq 19", "Nghị quyết số 19"),
    ("kế hoạch 258", "Kế hoạch số 258"),
    ("NĐ 08/2022", "Nghị định số 08/2022"),
]
NAMES = [
    ("Luật Du lịch 2017", "Luật Du lịch năm 2017"),
    ("luat du lich 2017", "Luật Du lịch năm 2017"),
    ("bộ luật dân sự năm 2015", "Bộ luật Dân sự năm 2015"),
    ("Luật Quy hoạch ngày 24 tháng 11 năm 2017", "Luật Quy hoạch ngày 24/11/2017"),
    ("Luật Đầu tư theo phương thức đối tác công tư", "Luật Đầu tư theo phương thức đối tác công tư"),
    ("Điều 38 luật tố tụng hành chính 2015", "Điều 38 Luật Tố tụng hành chính năm 2015"),
    ("Luật phòng chống tham nhũng", "Luật Phòng, chống tham nhũng"),
    ("Hiến pháp năm 2013", "Hiến pháp năm 2013"),
    ("Nghị quyết 19/2025/NQ-HĐND, Điều 5, khoản 2", "khoản 2 Điều 5 Nghị quyết số 19/2025/NQ-HĐND"),
    ("Điều 3 Quy chế ban hành kèm theo Quyết định số 63/2017/QĐ-UBND",) * 2,
    (
        "Nghị quyết số 223-NQ/TU ngày 30/5/2025 của Ban Thường vụ Tỉnh ủy",
        "Nghị quyết số 223-NQ/TU ngày 30/5/2025 của Ban Thường vụ Tỉnh ủy",
    ),
    (
        "Quyết định số 236/QĐ-TTg ngày ngày 19 tháng 3 năm 2024 \n\ncủa Thủ \n\ntướng Chính phủ",
        "Quyết định số 236/QĐ-TTg ngày 19/3/2024 của Thủ tướng Chính phủ",
    ),
    (
        "mục II.2, Kế hoạch của UBND tỉnh Lạng Sơn (tháng 02/2026, bản chưa ghi số, ngày)",
        "mục II.2 Kế hoạch tháng 02/2026 của UBND tỉnh Lạng Sơn",
    ),
    ("khoản 2 Điều này", "khoản 2 Điều này"),
    ("Nghị quyết này", "Nghị quyết này"),
    ("Điều 1 Quyết định này", "Điều 1 Quyết định này"),
]


@pytest.mark.parametrize(("typed", "written"), LOCATORS + NUMBERS + NAMES)
def test_one_citation(typed: str, written: str) -> None:
    assert read(typed) == [written]


@pytest.mark.parametrize(("typed", "written"), LISTS)
def test_lists_and_ranges(typed: str, written: list[str]) -> None:
    assert read(typed) == written


@pytest.mark.parametrize(("typed", "written"), LOCATORS + NUMBERS + NAMES)
def test_decomposed_text_reads_the_same_and_is_spanned_whole(typed: str, written: str) -> None:
    decomposed = unicodedata.normalize("NFD", f"theo {typed}.")
    (citation,) = parse_citations(decomposed)
    assert normal(citation) == written
    start, end = citation.span
    assert unicodedata.normalize("NFC", decomposed[start:end]) == unicodedata.normalize("NFC", typed)


@pytest.mark.parametrize(
    "text",
    [
        "Chương trình OCOP; chương trình hành động",
        "điều tra tài nguyên, điều chỉnh quy hoạch",
        "các khu, điểm du lịch; 4 tuyến, 38 điểm vùng CVĐC",
        "Khoản vay trung hạn; một khoản 5 triệu đồng; khoản 3.000.000 đồng; tài khoản 2",
        "Mục tiêu cụ thể; hạng mục 2; danh mục 3; mục đích",
        "khoản 2025; mục 2026",
        "thời tiết, chi tiết 1; giai đoạn 2; địa điểm A",
        "từ điểm A đến điểm B",
        "Kế hoạch 5 năm; kế hoạch năm 2026; Quyết định 3 nội dung",
        "giai đoạn 2021-2030; ngày 15/7/2025; 100/năm; 1.000/tấn",
        "pháp luật; quy luật; kỷ luật 2",
        "quan điểm này; cổ phần 2; huy chương 1",
        "tối đa 5 tỷ; đa dạng",
        "đón 4.700.000 lượt khách, tăng 3.5 lần",
        "",
        "😀😀",
    ],
)
def test_words_that_cite_nothing(text: str) -> None:
    assert parse_citations(text) == ()


def test_units_are_outermost_first_with_the_words_used() -> None:
    (citation,) = parse_citations("điểm a khoản 2 Điều này")
    assert citation.units == (
        CitedUnit(Level.ARTICLE, THIS),
        CitedUnit(Level.CLAUSE, "2"),
        CitedUnit(Level.POINT, "a"),
    )
    assert citation.relative
    (dotted,) = parse_citations("mục III.1.3")
    assert dotted.units == (CitedUnit(Level.SECTION, "iii.1.3"),)


def test_instrument_is_taken_apart() -> None:
    (citation,) = parse_citations("Nghị quyết số 19/NQ-HĐND ngày 15/7/2025 của HĐND tỉnh về việc")
    assert citation.instrument is not None
    assert citation.instrument.number == "19/NQ-HĐND"
    assert citation.instrument.date == "2025-07-15"
    assert citation.instrument.issuer == "HĐND tỉnh"
    assert normal(citation, short=True) == "Nghị quyết số 19/NQ-HĐND"


def test_spans_of_a_list_part_it() -> None:
    text = "Xem điểm a, b và đ khoản 2 Điều 5."
    assert [text[slice(*citation.span)] for citation in parse_citations(text)] == [
        "điểm a",
        "b",
        "đ khoản 2 Điều 5",
    ]


VOCABULARY = """
điểm khoản Điều mục phần Chương Phụ lục a b đ 1 2 05 5a III V . , ; - / ( ) và đến này của tại số ngày
năm 2025 thứ nhất Đ5 k2 đa NQ QĐ Luật Hiến pháp Du lịch Nghị quyết Kế hoạch 19/2025/NQ-HĐND 223-NQ/TU
UBND tỉnh tháng gạch đầu dòng kèm theo ban hành ² \u0301 ß
"""
PIECES = st.sampled_from(VOCABULARY.split())


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.lists(PIECES, max_size=25).map(" ".join), st.lists(PIECES, max_size=12).map("".join), st.text()
    )
)
def test_never_fails_and_spans_are_in_order(text: str) -> None:
    last = 0
    for citation in parse_citations(text):
        start, end = citation.span
        assert last <= start < end <= len(text)
        assert text[start:end].strip()
        assert citation.units or citation.instrument
        assert normal(citation)
        last = end


MARKERS = st.one_of(st.integers(1, 200).map(str), st.sampled_from(["5a", "12b"]))
UNITS = st.tuples(
    st.sampled_from("abcdđeghik").map(lambda letter: CitedUnit(Level.POINT, letter)),
    MARKERS.map(lambda marker: CitedUnit(Level.CLAUSE, marker)),
    MARKERS.map(lambda marker: CitedUnit(Level.ARTICLE, marker)),
)
INSTRUMENTS = st.one_of(
    st.sampled_from(["Nghị quyết số 19/2025/NQ-HĐND", "Quyết định số 236/QĐ-TTg", "Chỉ thị số 35-CT/TW"]),
    st.sampled_from(LAW_NAMES).map("Luật {} năm 2020".format),
)


@settings(deadline=None)
@given(UNITS, INSTRUMENTS)
def test_what_is_written_reads_back(units: tuple[CitedUnit, ...], instrument: str) -> None:
    written = f"{normal(Citation((0, 1), units[::-1]))} {instrument}"
    (citation,) = parse_citations(written)
    assert citation.units == units[::-1]
    assert normal(citation) == written
    assert citation.span == (0, len(written))


def test_the_shipped_documents_cite_what_they_are_seen_to_cite() -> None:
    texts = {entry.metadata.id: entry.read().decode() for entry in load(SHIPPED)}
    plan = read(texts["kh-du-lich-cvdc-2026"])
    decision = read(texts["qd-dieu-chinh-quy-hoach-2026"])
    assert len(plan) == 35
    assert "Luật Di sản văn hóa" in plan  # behind "quy định", where "luật" could end a word of its own
    assert sum(text.startswith("Nghị quyết số 223-NQ/TU") for text in plan) == 4
    assert "Nghị quyết số 16/2022/NQ-HĐND ngày 7/7/2022 của HĐND tỉnh" in plan  # behind a footnote sign
    assert "mục 1 Phần III" in plan
    assert "Nghị quyết số 11-NQ/TW ngày 10/2/2022 của Bộ Chính trị" in decision  # cut by a line end
    assert sum(text.startswith("Phụ lục") for text in decision) == 24
    assert sum(text.startswith("Luật ") for text in decision) == 6


def test_a_long_text_is_read_in_time() -> None:
    text = ("theo điểm a, b khoản 2 Điều 5 Nghị quyết số 19/2025/NQ-HĐND; Đ5 k2 " * 1000)[:64_000]
    start = time.perf_counter()
    parse_citations(text)
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("khoản 2 Điều 3 QĐ điều chỉnh quy hoạch tỉnh", "khoản 2 Điều 3 QĐ điều chỉnh quy hoạch tỉnh"),
        ("Phụ lục II kèm theo Quyết định số 5/QĐ-UBND", "Phụ lục II kèm theo Quyết định số 5/QĐ-UBND"),
        (
            "Phụ lục I ban hành kèm theo Luật số 99/2026/QH16",
            "Phụ lục I ban hành kèm theo Luật số 99/2026/QH16",
        ),
        (
            "Công văn số 789/UBND-KT của Ủy ban nhân dân tỉnh, Sở Tài chính hướng dẫn",
            "Công văn số 789/UBND-KT của Ủy ban nhân dân tỉnh",
        ),
        (
            "Nghị quyết số 57-NQ/TW của Bộ Chính trị, Ủy ban nhân dân tỉnh ban hành",
            "Nghị quyết số 57-NQ/TW của Bộ Chính trị",
        ),
        (
            "Quyết định số 5/QĐ-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch về việc",
            "Quyết định số 5/QĐ-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch",
        ),
    ],
)
def test_where_a_citation_ends(text: str, cited: str) -> None:
    (citation,) = parse_citations(text)
    assert text[slice(*citation.span)] == cited
