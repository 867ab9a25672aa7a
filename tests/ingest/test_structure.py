"""Paragraphs become a tree: the outlines of the shipped documents, small cases, and random line soups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Piece, Provision, Reading, Role
from ingest import structure
from ingest.readers import plain
from ingest.readers.source import Line, LineKind, Source
from ingest.repair import Paragraph, paragraphs

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
LINES = st.lists(
    st.one_of(st.sampled_from(MARKS), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)),
    max_size=30,
)


def tree(text: str) -> Provision:
    """The tree of a text with one paragraph a line."""
    source = replace(plain.read(text.encode(errors="ignore"), Path("vb.txt")), wrapped=False)
    return structure.build("vb", paragraphs(source)[0])


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
    (PLAN, "iii/1"): "1.1 1.2 1.3 1.4 1.5 1.6 1.7 doan-1",
    (PLAN, "iii/1/1.1"): "",
    (PLAN, "iii/1/1.3"): " ".join([*(f"gach-{number}" for number in range(1, 11)), "doan-1"]),
    (PLAN, "iii/1/1.3/gach-5"): "chu-thich-1 chu-thich-2",
    (PLAN, "iii/1/1.3/gach-6"): "",
    (PLAN, "iii/1/1.7"): "a b c d đ e",
    (PLAN, "iii/1/1.7/c"): " ".join(f"gach-{number}" for number in range(1, 10)),
    (PLAN, "iii/2"): "2.1 2.2 2.3 2.4 2.5 doan-1",
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
    (PLAN, "iii/1/doan-1", "Ghi chú: Phân công nội dung", "tại Phụ lục 01 kèm theo."),
    (PLAN, "iii/2/doan-1", "Ghi chú: Phân công nội dung", "tại Phụ lục 02 kèm theo."),
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
        ("1. A\n\n1.1. B\n\n1.1.1. C\n\n1.1.2. D\n\n1.2. E", "1 1/1.1 1/1.1/1.1.1 1/1.1/1.1.2 1/1.2"),
        ("A. MỘT\n\nI. HAI\n\nB. BA\n\nC. BỐN", "a a/i b c"),
        ("I. MỘT\n\nĐiều 1. A\n\nII. HAI\n\nĐiều 2. B", "i i/dieu-1 ii ii/dieu-2"),
        (
            "Điều 1. A\n\n1. B:\n\na) C;\n\na1) D;\n\nb) E.",
            "dieu-1 dieu-1/1 dieu-1/1/a dieu-1/1/a1 dieu-1/1/b",
        ),
        ("1. A:\n\n1) Một;\n\n2) Hai.\n\n2. B", "1 1/1 1/2 2"),
        ("1. A:\n\n(i) một;\n\n(ii) hai.\n\n(x) ba.", "1 1/i 1/ii 1/doan-1"),
        ("I. MỘT\n\nIII. BA\n\nIV. BỐN", "i iii iv"),
        ("Điều 1\n\nA\n\nĐiều 2\n\nB", "dieu-1 dieu-2"),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A reference at the start of a line is the rest of a sentence, or a sentence of its own.
        ("Điều 1. A\n\nĐiều 5 của Nghị định này được áp dụng.", "dieu-1"),
        ("Điều 1. A\n\nB theo quy định tại\n\nĐiều 5. C", "dieu-1 dieu-1/doan-1 dieu-1/doan-2"),
        ("Điều 1. A\n\nB\n\nĐiều 7\n\nC", "dieu-1 dieu-1/doan-1 dieu-1/doan-2 dieu-1/doan-3"),
        ("Điều 1. A\n\nChương II Luật Đất đai.\n\nB", "dieu-1 dieu-1/doan-1 dieu-1/doan-2"),
        ("Điều 1. A\n\nKhoản 2 Điều 3 được bãi bỏ.\n\nMục 2 Phần III.", "dieu-1 dieu-1/doan-1 dieu-1/doan-2"),
        ("Điều 1. A\n\nPhụ lục I kèm theo Nghị định này.\n\nB", "dieu-1 dieu-1/doan-1 dieu-1/doan-2"),
    ],
)
def test_a_reference_is_no_heading(text: str, expected: str) -> None:
    assert " ".join(paths(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I. A\n\n1. B\n\n1.1. C.\n\nGhi chú: D.\n\n2. E", "i i/1 i/1/1.1 i/1/doan-1 i/2"),
        ("I. A\n\n1. B\n\n1.1. C.\n\nGhi chú: D.\n\n1.2. E", "i i/1 i/1/1.1 i/1/1.1/doan-1 i/1/1.2"),
        ("1. A\n\na) B;\n\nb) C.\n\n(Chi tiết tại Phụ lục I)\n\n2. D", "1 1/a 1/b 1/doan-1 2"),
        ("1. A\n\na) B\n\n- C.\n\n(Chi tiết tại Phụ lục I)\n\n2. D", "1 1/a 1/a/gach-1 1/a/doan-1 2"),
    ],
)
def test_an_aside_speaks_for_the_unit_that_ends_with_it(text: str, expected: str) -> None:
    assert " ".join(paths(text)) == expected


QUOTED = [
    ("“Điều 5. A\n\n1. B.”", "trich-1 trich-1/trich-1"),
    ("“Điều 5. A\n\n1. B “C”.\n\n2. D.”;", "trich-1 trich-1/trich-1 trich-1/trich-2"),
    ('"Điều 5. A\n\n1. B "C".\n\n2. D."', "trich-1 trich-1/trich-1 trich-1/trich-2"),
    ("“Điều 5. A\n\n1. B “C.\n\n2. D.”", "trich-1 trich-1/trich-1 trich-1/trich-2"),  # one “ too many
    ("“Điều 5. A\n\n1. B.", "trich-1 trich-1/trich-1"),  # never closed
    ("“Mục 1. TÊN\n\nĐiều 5. A.”", "trich-1 trich-1/trich-1"),
    ("“Một đoạn.\n\nHai đoạn.”", "trich-1 trich-2"),
]


@pytest.mark.parametrize(("quoted", "expected"), QUOTED)
def test_what_is_quoted_is_no_unit_of_the_document(quoted: str, expected: str) -> None:
    text = f"Điều 1. Sửa đổi\n\n1. Sửa đổi Điều 5 như sau:\n\n{quoted}\n\n"
    text += "2. Bãi bỏ Điều 6.\n\nĐiều 2. Hiệu lực\n\n1. Ngày ký."
    below = [f"dieu-1/1/{path}" for path in expected.split()]
    assert paths(text) == ["dieu-1", "dieu-1/1", *below, "dieu-1/2", "dieu-2", "dieu-2/1"]
    nodes = {node.address.path: node for node in tree(text).walk()}
    assert {nodes[path].role for path in below} == {Role.QUOTED}


@pytest.mark.parametrize(
    "text",
    [
        "1. Chủ đề:\n\n“Lạng Sơn - điểm đến an toàn”\n\n2. B",
        "1. Được hiểu như sau:\n\n“Một cửa” là nơi tiếp nhận.\n\n2. B",
    ],
)
def test_a_motto_or_a_word_in_quotation_marks_is_no_amendment(text: str) -> None:
    assert paths(text) == ["1", "2"]
    assert all(node.role is not Role.QUOTED for node in tree(text).walk())


def test_an_amendment_that_opens_inside_a_paragraph_is_cut_off_there() -> None:
    root = tree("1. Sửa đổi Điều 5 như sau: “Điều 5. A\n\n1. B.”\n\n2. C")
    found = {node.address.path: node.own_text for node in root.walk()}
    assert found["1"] == "1. Sửa đổi Điều 5 như sau:"
    assert found["1/trich-1"] == "“Điều 5. A"
    assert found["1/trich-1/trich-1"] == "1. B.”"
    assert list(found) == ["", "1", "1/trich-1", "1/trich-1/trich-1", "2"]


def rows_of(*lines: str | tuple[int, str]) -> Provision:
    """The tree of a file that knows its tables: a pair is a row of the table with that number."""
    text, made = "", []
    for each in lines:
        table, said = each if isinstance(each, tuple) else (None, each)
        kind = LineKind.TEXT if table is None else LineKind.ROW
        made.append(Line(len(text), len(text) + len(said), said, kind=kind, table=table))
        text += said + "\n"
    return structure.build("vb", paragraphs(Source(text, tuple(made), wrapped=False))[0])


def outline_of(root: Provision) -> list[str]:
    """Path and words of every provision but the root."""
    said = [f"{node.address.path} {node.own_text}".replace("\n", " ¶ ") for node in root.walk()]
    return [line.rstrip() for line in said[1:]]


def test_a_table_stands_under_the_open_unit_with_its_caption() -> None:
    root = rows_of(
        *("1. Chỉ tiêu", "Bảng 1. Khách du lịch", "Đơn vị tính: nghìn lượt"),
        *((1, "Năm: 2025; Khách: 4.300"), (1, "Năm: 2026; Khách: 4.700"), "1. không phải mục", "2. B"),
    )
    assert outline_of(root) == [
        "1 1. Chỉ tiêu",
        "1/bang-1 Bảng 1. Khách du lịch ¶ Đơn vị tính: nghìn lượt",
        "1/bang-1/hang-1 Năm: 2025; Khách: 4.300",
        "1/bang-1/hang-2 Năm: 2026; Khách: 4.700",
        "1.lan2 1. không phải mục",
        "2 2. B",
    ]
    assert [node.role for node in root.children[0].walk()] == [Role.UNIT, Role.TABLE, Role.ROW, Role.ROW]


def test_tables_are_numbered_below_their_unit_and_rows_are_never_units() -> None:
    root = rows_of(
        "1. A:", (1, "1. Một: x"), (2, "Điều 5. Hai: y"), "B như sau:", (3, "a) z"), "2. C", (4, "- w")
    )
    assert outline_of(root) == [
        "1 1. A:",
        *("1/bang-1", "1/bang-1/hang-1 1. Một: x", "1/bang-2", "1/bang-2/hang-1 Điều 5. Hai: y"),
        *("1/bang-3 B như sau:", "1/bang-3/hang-1 a) z", "2 2. C", "2/bang-1", "2/bang-1/hang-1 - w"),
    ]


def test_a_table_after_a_list_belongs_to_the_unit_unless_an_item_announces_it() -> None:
    after = rows_of("1. A", "- B;", "- C.", (1, "x: 1"))
    assert [node.address.path for node in after.walk()][-1] == "1/bang-1/hang-1"
    announced = rows_of("1. A", "- B;", "- C:", (1, "x: 1"))
    assert [node.address.path for node in announced.walk()][-1] == "1/gach-2/bang-1/hang-1"


def test_tables_of_the_head_and_the_signature_stand_there() -> None:
    root = rows_of((1, "UBND: x"), "QUYẾT ĐỊNH", "1. A", "Nơi nhận:", (2, "B: CHỦ TỊCH"))
    assert [node.address.path for node in root.walk()][1:] == [
        *("tieu-de", "tieu-de/bang-1", "tieu-de/bang-1/hang-1", "tieu-de/doan-1"),
        *("1", "noi-nhan", "noi-nhan/bang-1", "noi-nhan/bang-1/hang-1"),
    ]


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


FILES = st.lists(
    st.tuples(
        st.one_of(
            st.sampled_from([mark for mark in MARKS if mark]),
            st.sampled_from(
                [
                    *(
                        "PHỤ LỤC",
                        "Phụ lục số 02",
                        "(Kèm theo Quyết định số 1)",
                        "QUY CHẾ",
                        "Mẫu số 01",
                        "Mục 1. A",
                    ),
                    *(
                        "“Điều 5. A",
                        "“",
                        "”",
                        '"',
                        "1. Sửa đổi Điều 5 như sau: “1. A",
                        "B.”",
                        "[1] Luật",
                        "A.[1]",
                    ),
                    *(
                        "CHỦ TỊCH",
                        "CỘNG HÒA XÃ HỘI",
                        "A. MỘT",
                        "B. HAI",
                        "a. Một",
                        "(i) một",
                        "a.1) Một",
                        "1.1.1. A",
                    ),
                ]
            ),
            st.text(min_size=1, max_size=12),
        ),
        st.sampled_from([None, None, None, None, "1", "2", "12", "*"]),  # a footnote's number
        st.sampled_from([None, None, None, None, None, 1, 2]),  # a table's
    ),
    max_size=40,
)


@settings(max_examples=300)
@given(FILES)
def test_any_row_of_paragraphs_becomes_a_tree_that_holds_every_character(
    lines: list[tuple[str, str | None, int | None]],
) -> None:
    made, whole = [], ""
    for said, footnote, table in lines:
        reading = Reading(said, (Piece(len(whole), len(whole) + len(said)),)).cut(0, len(said))
        whole += said + "\n"
        if reading:
            made.append(Paragraph(reading, footnote if table is None else None, table))
    root = structure.build("vb", made)
    places = [
        place
        for reading in readings(root)
        for piece in reading.pieces
        for place in range(piece.start, piece.end)
    ]
    assert len(places) == len(set(places))
    assert all(whole[place].isspace() for place in set(range(len(whole))) - set(places))
    found = [node.address.path for node in root.walk()]
    assert len(found) == len(set(found))
