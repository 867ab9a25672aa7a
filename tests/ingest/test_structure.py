"""Paragraphs become a tree: the outlines of the shipped documents, small cases, and random line soups."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Provision, Reading, Role
from ingest import structure
from ingest.readers import plain
from ingest.repair import paragraphs

DECISION = "qd-dieu-chinh-quy-hoach-2026"
PLAN = "kh-du-lich-cvdc-2026"
MARKS = [
    *(
        "Phần thứ nhất",
        "PHẦN II.",
        "Phần _.",
        "Chương I. Chung",
        "Điều 1. Phạm vi",
        "Điều 2. Gồm:",
        "Điều ٣. Số",
    ),
    *("I. MỤC ĐÍCH", "II. MỤC TIÊU:", "V. NĂM", "1. Mục tiêu", "1. Gồm:", "2. Hai.", "1.1. Một", "1.2. Gồm:"),
    *(
        "a) Một:",
        "b) Hai;",
        "đ) Ba.",
        "i) Bốn",
        "(1) Một.",
        "(2) Gồm:",
        "- Một:",
        "- Hai;",
        "+ Một:",
        "+ Hai.",
    ),
    *(
        "QUYẾT ĐỊNH:",
        "Căn cứ Luật",
        "Xét đề nghị",
        "Trên đây là Kế hoạch",
        "Nơi nhận:",
        "CHỦ TỊCH",
        "TM. ỦY BAN",
    ),
    *(
        "Ghi chú: xem.",
        "(Chi tiết tại Phụ lục I)",
        "¹Đề án",
        "²Nghị quyết:",
        "⁰",
        "xã, phường1.",
        "1 Gồm 61 xã",
    ),
    *("", "", " " * 30, "5", "**", "Một đoạn văn.", "đoạn văn tiếp", "Đoạn gồm:", " giữa trang"),
]
LINES = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=12)), max_size=30)


def tree(text: str) -> Provision:
    """The tree of a text with one paragraph a line."""
    return structure.build("vb", paragraphs(plain.read(text.encode(errors="ignore"), Path("vb.txt")))[0])


def paths(text: str) -> list[str]:
    """The paths of a text's provisions, the root left out."""
    return [node.address.path for node in tree(text).walk()][1:]


def readings(root: Provision) -> list[Reading]:
    """Every reading of a tree, in order."""
    return [part for node in root.walk() for part in (node.marker, node.heading, node.text) if part]


def steps(document: Document, path: str) -> list[str]:
    """The last step of the path of each child of a provision."""
    return [child.address.path.rpartition("/")[2] for child in document.by_address[path].children]


OUTLINES = {
    (DECISION, ""): "tieu-de mo-dau dieu-1 dieu-2 dieu-3 dieu-4 noi-nhan chu-ky",
    (DECISION, "dieu-1"): "i ii iii iv v vi vii viii ix x xi",
    (DECISION, "dieu-1/i"): "gach-1 gach-2 gach-3",
    (DECISION, "dieu-1/i/gach-1"): "chu-thich-1",
    (DECISION, "dieu-1/ii"): "1 2 3 4",
    (DECISION, "dieu-1/ii/1"): "1 2 3 4 5 6",
    (DECISION, "dieu-1/ii/2"): "a b",
    (DECISION, "dieu-1/ii/2/b"): "gach-1 gach-2 gach-3 gach-4 gach-5",
    (DECISION, "dieu-1/ii/4/a"): " ".join(f"gach-{number}" for number in range(1, 9)),
    (DECISION, "dieu-1/iii"): "1 2 3",
    (DECISION, "dieu-1/iii/1"): "a b c d",
    (DECISION, "dieu-1/iii/2"): "a b c d đ e h",
    (DECISION, "dieu-1/iii/2/a"): "doan-1 doan-2",
    (DECISION, "dieu-1/iii/2/b"): "",
    (DECISION, "dieu-1/iii/3"): "doan-1 a b c",
    (DECISION, "dieu-1/iii/3/b"): "1 2",
    (DECISION, "dieu-1/iii/3/c"): "gach-1 gach-2 gach-3",
    (DECISION, "dieu-1/iii/3/c/gach-1"): "cong-1 cong-2 cong-3",
    (DECISION, "dieu-1/iii/3/c/gach-1/cong-3"): "1 2",
    (DECISION, "dieu-1/iii/3/c/gach-2"): "doan-1 doan-2 doan-3 doan-4 doan-5",
    (DECISION, "dieu-1/iii/3/c/gach-3"): "doan-1 doan-2 doan-3 doan-4 doan-5",
    (DECISION, "dieu-1/iv"): "1 2",
    (DECISION, "dieu-1/iv/1"): "doan-1 doan-2 doan-3",
    (DECISION, "dieu-1/v"): "1 2 3 4 5 6 7",
    (DECISION, "dieu-1/vi"): "1 2 3 4 5",
    (DECISION, "dieu-1/vi/1"): "a b c",
    (DECISION, "dieu-1/vi/1/b"): "doan-1 gach-1 gach-2 gach-3 gach-4 doan-2",
    (DECISION, "dieu-1/vii"): "1 2 3 4 5 6",
    (DECISION, "dieu-1/viii"): "doan-1",
    (DECISION, "dieu-1/ix"): "1 2 3 4",
    (DECISION, "dieu-1/ix/3"): "a b c d đ",
    (DECISION, "dieu-1/x"): "1 2 3 4 5 6 7",
    (DECISION, "dieu-1/xi"): "",
    (DECISION, "dieu-2"): "1 2",
    (DECISION, "dieu-2/1"): "a b c d đ",
    (DECISION, "dieu-2/2"): "doan-1",
    (DECISION, "dieu-3"): "1 2",
    (DECISION, "dieu-4"): "",
    (PLAN, ""): "tieu-de mo-dau i ii iii iv ket noi-nhan chu-ky",
    (PLAN, "i"): "1 2",
    (PLAN, "ii"): "1 2",
    (PLAN, "ii/2"): " ".join(f"gach-{number}" for number in range(1, 9)),
    (PLAN, "iii"): "1 2",
    (PLAN, "iii/1"): "1.1 1.2 1.3 1.4 1.5 1.6 1.7",
    (PLAN, "iii/1/1.1"): "",
    (PLAN, "iii/1/1.3"): " ".join([*(f"gach-{number}" for number in range(1, 11)), "doan-1"]),
    (PLAN, "iii/1/1.3/gach-5"): "chu-thich-1 chu-thich-2",
    (PLAN, "iii/1/1.3/gach-6"): "",
    (PLAN, "iii/1/1.7"): "a b c d đ e",
    (PLAN, "iii/1/1.7/c"): " ".join(f"gach-{number}" for number in range(1, 10)),
    (PLAN, "iii/2"): "2.1 2.2 2.3 2.4 2.5",
    (PLAN, "iii/2/2.2"): " ".join(f"doan-{number}" for number in range(1, 8)),
    (PLAN, "iv"): "1 2",
    (PLAN, "iv/1"): "doan-1",
}


@pytest.mark.parametrize(
    ("name", "path", "expected"),
    [(name, path, expected) for (name, path), expected in OUTLINES.items()],
    ids=[f"{name[:2]}/{path}" for name, path in OUTLINES],
)
def test_the_outline_of_the_shipped_documents(
    documents: Mapping[str, Document], name: str, path: str, expected: str
) -> None:
    assert " ".join(steps(documents[name], path)) == expected


def test_the_five_groups_of_targets_have_their_items(documents: Mapping[str, Document]) -> None:
    groups = documents[DECISION].by_address["dieu-1/ii/2/b"].children
    assert [group.own_text for group in groups] == [
        "- Về kinh tế:",
        "- Về kết cấu hạ tầng:",
        "- Về xã hội:",
        "- Về bảo vệ môi trường:",
        "- Về quốc phòng, an ninh, đối ngoại:",
    ]
    assert [len(group.children) for group in groups] == [10, 3, 14, 4, 3]


HEADINGS = {
    (
        DECISION,
        "dieu-1/ii",
    ): "II. QUAN ĐIỂM, TẦM NHÌN, MỤC TIÊU PHÁT TRIỂN, CÁC NHIỆM VỤ TRỌNG TÂM, ĐỘT PHÁ PHÁT TRIỂN",
    (
        DECISION,
        "dieu-1/iii",
    ): "III. PHƯƠNG HƯỚNG PHÁT TRIỂN NGÀNH, LĨNH VỰC VÀ PHƯƠNG ÁN TỔ CHỨC HOẠT ĐỘNG KINH TẾ - XÃ HỘI",
    (
        DECISION,
        "dieu-1/iii/1/c",
    ): "c) Phát triển kinh tế cửa khẩu và Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn",
    (DECISION, "dieu-1/iii/2/h"): "h) Quốc phòng, an ninh và đối ngoại",
    (DECISION, "dieu-1/iv"): "IV. PHƯƠNG ÁN QUY HOẠCH HỆ THỐNG ĐÔ THỊ, NÔNG THÔN",
    (DECISION, "dieu-1/xi"): "XI. DANH MỤC SƠ ĐỒ, BẢN ĐỒ QUY HOẠCH",
    (DECISION, "dieu-2"): "Điều 2. Tổ chức thực hiện Quy hoạch",
    (PLAN, "iii/1"): "1. Tăng cường triển khai các giải pháp cụ thể phát triển du lịch",
    (PLAN, "iii/1/1.7/đ"): "đ) Hỗ trợ phát triển sản phẩm du lịch tại các xã phường trên địa bàn tỉnh",
    (PLAN, "iii/2"): "2. Bảo tồn, tôn tạo và phát huy giá trị CVĐC toàn cầu UNESCO Lạng Sơn",
}


@pytest.mark.parametrize(("name", "path"), HEADINGS)
def test_headings_that_wrap_are_whole(documents: Mapping[str, Document], name: str, path: str) -> None:
    assert documents[name].by_address[path].caption == HEADINGS[name, path]


TEXTS = [
    (DECISION, "dieu-1/i/gach-1/chu-thich-1", "Gồm 61 xã: Đồng Đăng,", "Kỳ Lừa, Lương Văn Tri."),
    (DECISION, "dieu-1/v/2", "Các khu công nghiệp được bố trí", "sau năm 2030 có thêm 11 khu công nghiệp."),
    (DECISION, "dieu-1/iii/2/h", "Xây dựng lực lượng vũ trang", "xanh, hòa bình, hữu nghị."),
    (DECISION, "dieu-2/1/đ", "Sở Tài chính chịu trách nhiệm", "theo quy định của pháp luật."),
    (DECISION, "dieu-4", "Chánh Văn phòng Ủy ban nhân dân tỉnh", "thi hành Quyết định này./."),
    (DECISION, "mo-dau/doan-13", "QUYẾT ĐỊNH:", "QUYẾT ĐỊNH:"),
    (DECISION, "tieu-de", "QUYẾT ĐỊNH", "QUYẾT ĐỊNH"),
    (DECISION, "noi-nhan/gach-4", "Các tỉnh: Cao Bằng,", "Điện Biên, Sơn La;"),
    (DECISION, "noi-nhan/gach-12", "Lưu: VT,", "KTCN(HVTr)."),
    (DECISION, "chu-ky", "CHỦ TỊCH", "CHỦ TỊCH"),
    (DECISION, "chu-ky/doan-1", "Nguyễn Cảnh Toàn", "Nguyễn Cảnh Toàn"),
    (PLAN, "tieu-de", "Số: /KH-UBND", "Số: /KH-UBND"),
    (PLAN, "tieu-de/doan-1", "Lạng Sơn, ngày tháng 02 năm 2026", "năm 2026"),
    (PLAN, "mo-dau/doan-2", "UBND tỉnh Lạng Sơn ban hành", "như sau:"),
    (PLAN, "ii/2/gach-1", "Phần đầu thu hút khoảng 4.700.000", "khách du lịch nội địa."),
    (PLAN, "iii/1/1.1", "Đẩy mạnh công tác tuyên truyền", "an ninh và đối ngoại."),
    (PLAN, "iii/1/1.3/gach-5", "Tiếp tục triển khai các Đề án", "giai đoạn 2025 - 2030."),
    (PLAN, "iii/1/1.3/gach-5/chu-thich-1", "Đề án phát triển du lịch", "trên địa bàn tỉnh Lạng Sơn."),
    (PLAN, "iii/1/1.3/gach-5/chu-thich-2", "Nghị quyết số 16/2022/NQ-HĐND", "định hướng đến năm 2035."),
    (PLAN, "iii/1/1.3/gach-6", "Tiếp tục rà soát xây dựng", "yêu cầu phát triển du lịch."),
    (PLAN, "iii/1/1.3/gach-8", "Xây dựng, ban hành quy chế", "mới được ban hành."),
    (PLAN, "ket", "Trên đây là Kế hoạch", "UBND tỉnh theo quy định./."),
    (PLAN, "noi-nhan", "Nơi nhận:", "Nơi nhận:"),
    (PLAN, "noi-nhan/gach-8", "C, PCVP UBND tỉnh,", "KG-VX, KT, TH, TTTT;"),
    (PLAN, "chu-ky", "TM. ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN"),
    (PLAN, "chu-ky/doan-3", "Đoàn Thanh Sơn", "Đoàn Thanh Sơn"),
]


@pytest.mark.parametrize(("name", "path", "start", "end"), TEXTS)
def test_a_provision_begins_and_ends_where_it_should(
    documents: Mapping[str, Document], name: str, path: str, start: str, end: str
) -> None:
    text = documents[name].by_address[path].text.text
    assert text.startswith(start)
    assert text.endswith(end)


@pytest.mark.parametrize(
    ("name", "path", "role"),
    [
        (DECISION, "", Role.ROOT),
        (DECISION, "tieu-de", Role.HEAD),
        (DECISION, "mo-dau", Role.PREAMBLE),
        (DECISION, "dieu-1/iii/3/b/1", Role.UNIT),
        (DECISION, "dieu-1/ii/2/b/gach-1/cong-1", Role.ITEM),
        (DECISION, "dieu-1/i/gach-1/chu-thich-1", Role.FOOTNOTE),
        (DECISION, "noi-nhan", Role.RECIPIENTS),
        (DECISION, "chu-ky", Role.SIGNATURE),
        (PLAN, "iii/2/2.2/doan-1", Role.PARAGRAPH),
        (PLAN, "iii/1/1.3/gach-5/chu-thich-2", Role.FOOTNOTE),
        (PLAN, "ket", Role.CLOSING),
    ],
)
def test_roles(documents: Mapping[str, Document], name: str, path: str, role: Role) -> None:
    assert documents[name].by_address[path].role is role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Điều 1. Chung\n\n1. Một.\n\na) Hai;\n\nđ) Ba.\n\n2. Bốn.",
            "dieu-1 dieu-1/1 dieu-1/1/a dieu-1/1/đ dieu-1/2",
        ),
        ("I. A\n\n1. B\n\nII. C\n\n1. D", "i i/1 ii ii/1"),
        ("1. A\n\n1.1. B\n\n1.2. C\n\n2. D\n\n2.1. E", "1 1/1.1 1/1.2 2 2/2.1"),
        (
            "Phần thứ nhất\n\nĐiều 1. A\n\nPhần thứ hai\n\nĐiều 2. B",
            "phan-1 phan-1/dieu-1 phan-2 phan-2/dieu-2",
        ),
        ("I. A\n\n- B:\n\n+ C;\n\n+ D.\n\n- E.", "i i/gach-1 i/gach-1/cong-1 i/gach-1/cong-2 i/gach-2"),
        ("I. A\n\n- B:\n\n(1) C.\n\n(2) D.\n\n- E.", "i i/gach-1 i/gach-1/1 i/gach-1/2 i/gach-2"),
        ("I. A\n\n- B:\n\n+ C:\n\n- D.", "i i/gach-1 i/gach-1/cong-1 i/gach-2"),
        ("1. A\n\nc) B.\n\nC. D.", "1 1/c 1/c/doan-1"),
        ("- A\n\n1. B", "tieu-de 1"),
    ],
)
def test_marks_nest_in_the_order_of_the_document(text: str, expected: str) -> None:
    assert " ".join(paths(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. A.\n\n1. B.", "1 1.lan2"),
        ("Điều 1. A.\n\nĐiều 1. B.\n\nĐiều 1. C.", "dieu-1 dieu-1.lan2 dieu-1.lan3"),
        ("1. A.\n\na) B.\n\na) C.", "1 1/a 1/a.lan2"),
    ],
)
def test_a_number_printed_twice_is_told_apart(text: str, expected: str) -> None:
    assert " ".join(paths(text)) == expected


def test_parts_that_stand_once_stand_once() -> None:
    text = (
        "1. A.\n\nTrên đây là một.\n\nTrên đây là hai.\n\nNơi nhận:\n\n- B;\n\nCHỦ TỊCH\n\nNơi nhận:\n\n- C."
    )
    assert paths(text) == [
        *("1", "ket", "ket/doan-1", "noi-nhan", "noi-nhan/gach-1"),
        *("chu-ky", "chu-ky/doan-1", "chu-ky/doan-2"),
    ]


def test_a_long_chain_of_announcements_stays_shallow() -> None:
    root = tree("1. Gồm:\n\n" + "- Một:\n\n+ Hai:\n\n" * 600)
    assert max(len(node.address.units) for node in root.walk()) == 3


def test_a_document_without_marks_is_all_head() -> None:
    assert paths("Giấy mời\n\nKính gửi: Sở Tài chính.") == ["tieu-de", "tieu-de/doan-1"]


@settings(max_examples=200)
@given(LINES)
def test_a_line_soup_loses_nothing_and_doubles_nothing(lines: list[str]) -> None:
    source = plain.read("\n\n".join(lines).encode(errors="ignore"), Path("vb.txt"))
    blocks, dropped = paragraphs(source)
    root = structure.build("vb", blocks)
    spans = [(piece.start, piece.end) for reading in readings(root) for piece in reading.pieces]
    places = [place for start, end in spans for place in range(start, end)]
    places += [place for gap in dropped for place in range(gap.start, gap.end)]
    assert len(places) == len(set(places))
    missing = set(range(len(source.text))) - set(places)
    assert all(source.text[place].isspace() for place in missing)


@settings(max_examples=200)
@given(LINES)
def test_a_line_soup_has_one_address_a_provision(lines: list[str]) -> None:
    found = paths("\n\n".join(lines))
    assert len(found) == len(set(found))


@given(LINES)
def test_every_reading_of_a_line_soup_keeps_its_invariant(lines: list[str]) -> None:
    source = plain.read("\n".join(lines).encode(errors="ignore"), Path("vb.txt"))
    for reading in readings(structure.build("vb", paragraphs(source)[0])):
        rebuilt = "".join(piece.glue + source.text[piece.start : piece.end] for piece in reading.pieces)
        assert reading.text == rebuilt == rebuilt.strip()
