"""Passages: short enough, complete, in order, and named as an official would name them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.address import Address, Level
from corpus.document import PASSAGE_LIMIT, Correction, Document, Passage, Provision, Reading, Role
from corpus.manifest import SHIPPED, load
from eval.evidence import folded
from ingest import structure
from ingest.passages import GROUP, lead_in, passages
from ingest.readers import plain
from ingest.readers.source import Line, LineKind, Source
from ingest.repair import paragraphs

DECISION = "qd-dieu-chinh-quy-hoach-2026"
PLAN = "kh-du-lich-cvdc-2026"
DEVELOPMENT = Path(__file__).parents[2] / "eval" / "questions" / "development.jsonl"
Shipped = Mapping[str, tuple[Passage, ...]]


@pytest.fixture(scope="module")
def shipped(documents: Mapping[str, Document]) -> Shipped:
    """The passages of each shipped document."""
    return {name: passages(document) for name, document in documents.items()}


def made(text: str, like: Document) -> Document:
    """A document of a text, with the metadata of another."""
    source = plain.read(text.encode(errors="ignore"), Path("vb.txt"))
    return replace(
        like, original=source.text, root=structure.build(like.id, paragraphs(source)[0]), dropped=()
    )


def needed(node: Provision) -> str:
    """What some passage has to hold of a provision: its own text, unless it is a bare heading."""
    return node.own_text if node.text else ""


@pytest.mark.parametrize("name", [DECISION, PLAN])
def test_no_passage_is_empty_or_over_the_limit(shipped: Shipped, name: str) -> None:
    for passage in shipped[name]:
        assert 0 < len(passage.text.strip()) <= len(passage.text) <= PASSAGE_LIMIT


@pytest.mark.parametrize("name", [DECISION, PLAN])
def test_every_provision_with_a_text_is_in_a_passage(
    documents: Mapping[str, Document], shipped: Shipped, name: str
) -> None:
    whole = folded("\n".join(passage.text for passage in shipped[name]))
    holders = {address for passage in shipped[name] for address in passage.addresses}
    for node in documents[name].root.walk():
        if needed(node):
            assert folded(needed(node)) in whole
            assert node.address in holders


@pytest.mark.parametrize("name", [DECISION, PLAN])
def test_all_but_bare_headings_stands_once_and_in_order(
    documents: Mapping[str, Document], shipped: Shipped, name: str
) -> None:
    whole = folded("\n".join(passage.text for passage in shipped[name]))
    position = 0
    for node in documents[name].root.walk():
        if needed(node):
            position = whole.index(folded(needed(node)), position) + len(folded(needed(node)))
    headings = sum(len(folded(node.own_text)) for node in documents[name].root.walk() if not node.text)
    texts = sum(len(folded(needed(node))) for node in documents[name].root.walk())
    assert texts <= len(whole) <= texts + headings


@pytest.mark.parametrize("name", [DECISION, PLAN])
def test_a_bare_heading_is_in_a_passage_or_in_a_path(
    documents: Mapping[str, Document], shipped: Shipped, name: str
) -> None:
    shown = {folded(line) for passage in shipped[name] for line in (*passage.path, *passage.text.split("\n"))}
    for node in documents[name].root.walk():
        if node.heading:
            assert folded(node.caption) in shown


@pytest.mark.parametrize("name", [DECISION, PLAN])
def test_passages_know_where_they_stand(
    documents: Mapping[str, Document], shipped: Shipped, name: str
) -> None:
    document = documents[name]
    for passage in shipped[name]:
        assert re.fullmatch(rf"{name}#{re.escape(passage.address.path)}(~[2-9]\d*)?", passage.id)
        assert passage.document == name
        assert passage.citation
        assert passage.address == passage.addresses[0]
        assert 0 <= passage.start < passage.end <= len(document.original)
        above = (lead_in(node) for node in document.ancestors(passage.address))
        assert passage.path == tuple(caption for caption in above if caption)


def _quotes() -> list[tuple[str, str]]:
    lines = DEVELOPMENT.read_text(encoding="utf-8").splitlines()
    golds = [gold for line in lines for gold in json.loads(line).get("gold", [])]
    return [(gold["document"], quote) for gold in golds for quote in gold["quotes"]]


def test_every_gold_quote_of_the_development_part_stands_in_one_passage(shipped: Shipped) -> None:
    texts = {name: [folded(passage.text) for passage in found] for name, found in shipped.items()}
    quotes = _quotes()
    assert len(quotes) > 100
    assert [quote for name, quote in quotes if not any(folded(quote) in text for text in texts[name])] == []


@pytest.mark.parametrize(
    ("name", "quote", "citation"),
    [
        (DECISION, "năm 2030 toàn tỉnh có 08 khu công nghiệp", "khoản 2 đến 3 mục V Điều 1"),
        (DECISION, "Gồm 61 xã: Đồng Đăng", "chú thích 1 gạch đầu dòng thứ nhất mục I Điều 1"),
        (DECISION, "có hiệu lực thi hành kể từ ngày ký", "Điều 3"),
        (DECISION, "Chánh Văn phòng Ủy ban nhân dân tỉnh, Thủ trưởng", "Điều 4"),
        (PLAN, "Nâng cao hiệu quả hoạt động Ban Chỉ đạo", "mục III.1.2"),
        (PLAN, "trước ngày 15/6/2026", "phần kết"),
    ],
)
def test_passages_are_cited_as_an_official_would(
    shipped: Shipped, name: str, quote: str, citation: str
) -> None:
    assert [passage.citation for passage in shipped[name] if quote in passage.text] == [citation]


def test_the_path_holds_the_headings_and_what_announces_a_list(shipped: Shipped) -> None:
    (passage,) = [one for one in shipped[DECISION] if "Tỷ lệ thất nghiệp khoảng" in one.text]
    assert passage.path[0].startswith("II. QUAN ĐIỂM") or passage.path[0].startswith("Điều 1.")
    assert "b) Mục tiêu, chỉ tiêu cụ thể" in passage.path
    assert "- Về xã hội:" in (*passage.path, *passage.text.split("\n"))


@pytest.mark.parametrize("length", [PASSAGE_LIMIT - 1, PASSAGE_LIMIT, PASSAGE_LIMIT + 1, 5 * PASSAGE_LIMIT])
@pytest.mark.parametrize("words", ["a", "từ ", "Câu ngắn. ", "dài" * 300 + " ", "không  dấu\u00a0cách "])
def test_a_long_provision_is_cut_without_loss(
    documents: Mapping[str, Document], words: str, length: int
) -> None:
    text = (words * length)[:length].rstrip() + "."
    document = made(f"Điều 1. {text}", documents[PLAN])
    found = passages(document)
    assert all(0 < len(passage.text) <= PASSAGE_LIMIT for passage in found)
    assert folded(" ".join(passage.text for passage in found)) == folded(document.root.full_text)
    assert {passage.citation for passage in found} == {"Điều 1"}


def test_sentences_are_not_cut_where_they_fit(documents: Mapping[str, Document]) -> None:
    sentence = "Đến năm 2030 toàn tỉnh có 08 khu công nghiệp và 28 cụm công nghiệp."
    found = passages(made("Điều 1. " + " ".join([sentence] * 40), documents[PLAN]))
    assert len(found) > 2
    assert all(passage.text.endswith(sentence) for passage in found)


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


@pytest.mark.parametrize("name", [DECISION, PLAN])
def test_every_passage_knows_its_own_stretch_of_the_original(
    documents: Mapping[str, Document], shipped: Shipped, name: str
) -> None:
    """The first and last words of the passage are the first and last words of the stretch."""
    for passage in shipped[name]:
        stretch = squeezed(documents[name].original[passage.start : passage.end].replace("*", ""))
        said = squeezed(passage.text)
        footnote = any(unit.level is Level.FOOTNOTE for each in passage.addresses for unit in each.units)
        if not footnote:  # a footnote is read at its sign and stands elsewhere
            assert stretch[:8] == said[:8]
            assert stretch[-8:] == said[-8:]


def test_the_parts_of_a_long_provision_have_stretches_of_their_own(documents: Mapping[str, Document]) -> None:
    sentences = [f"Câu số {number} nói về một điểm du lịch khác của tỉnh." for number in range(90)]
    document = made("Điều 1. " + " ".join(sentences), documents[PLAN])
    found = passages(document)
    assert len(found) > 3
    assert [document.original[one.start : one.end] for one in found] == [one.text for one in found]
    assert all(one.end <= following.start for one, following in pairwise(found))
    assert [one.address.path for one in found] == ["dieu-1"] * len(found)


def corrected_tree(node: Provision, wrong: str, right: str) -> Provision:
    """The tree with a correction wherever a reading says `wrong`."""

    def read(reading: Reading) -> Reading:
        found = (place.span() for place in re.finditer(re.escape(wrong), reading.text))
        return replace(reading, corrections=tuple(Correction(a, b, right, "lỗi đánh máy") for a, b in found))

    return replace(
        node,
        marker=read(node.marker),
        heading=read(node.heading),
        text=read(node.text),
        children=tuple(corrected_tree(child, wrong, right) for child in node.children),
    )


@pytest.mark.parametrize(
    "text",
    [
        "Điều 1. Phần đầu của tỉnh\n\nPhần đầu tăng thu.\n\nĐiều 2. Phần đầu giảm nghèo.",
        "Điều 1. " + "Mỗi xã, phường Phần đầu có một sản phẩm du lịch. " * 60,
        "I. MỘT\n\n" + "- Phần đầu đón khách.\n\n" * 50,
    ],
)
def test_corrections_come_along_counted_in_the_passage(documents: Mapping[str, Document], text: str) -> None:
    document = made(text, documents[PLAN])
    found = passages(replace(document, root=corrected_tree(document.root, "Phần đầu", "Phấn đấu")))
    assert sum(len(one.corrections) for one in found) == text.count("Phần đầu")
    for one in found:
        assert {one.text[each.start : each.end] for each in one.corrections} <= {"Phần đầu"}
        assert one.repaired == one.text.replace("Phần đầu", "Phấn đấu")


def test_a_correction_that_a_cut_would_tear_is_left_out(documents: Mapping[str, Document]) -> None:
    word = "x" * (PASSAGE_LIMIT + 10)
    document = made(f"Điều 1. {word}.", documents[PLAN])
    found = passages(replace(document, root=corrected_tree(document.root, word, "y")))
    assert [one.corrections for one in found] == [()] * len(found)


def tabled(rows: int, like: Document) -> Document:
    """A document with one table of so many rows below its only unit."""
    lines = [
        "I. CHỈ TIÊU",
        "Bảng 1. Khách du lịch",
        *(f"Năm: {2000 + n}; Lượt khách: {n} nghìn" for n in range(rows)),
    ]
    text, made = "", []
    for number, said in enumerate(lines):
        row = number > 1
        kind, table = (LineKind.ROW, 1) if row else (LineKind.TEXT, None)
        made.append(Line(len(text), len(text) + len(said), said, kind=kind, table=table))
        text += said + "\n"
    source = Source(text, tuple(made), wrapped=False)
    return replace(like, original=text, root=structure.build(like.id, paragraphs(source)[0]), dropped=())


def test_a_small_table_is_one_passage(documents: Mapping[str, Document]) -> None:
    (passage,) = passages(tabled(5, documents[PLAN]))
    assert passage.text.split("\n")[1:3] == ["Bảng 1. Khách du lịch", "Năm: 2000; Lượt khách: 0 nghìn"]
    assert passage.citation == "mục I"


def test_rows_of_a_large_table_are_joined_under_its_caption(documents: Mapping[str, Document]) -> None:
    found = passages(tabled(100, documents[PLAN]))
    assert len(found) > 2
    assert {one.path for one in found} == {("I. CHỈ TIÊU", "Bảng 1. Khách du lịch")}
    assert all(GROUP / 2 < len(squeezed(one.text)) <= GROUP for one in found[:-1])
    assert found[0].citation.startswith("hàng 1 đến 2")
    assert found[0].citation.endswith("bảng 1 mục I")
    assert sum(one.text.count("\n") + 1 for one in found) == 100


def test_the_path_of_a_quotation_says_what_it_amends(documents: Mapping[str, Document]) -> None:
    law = "Thông tư số 12/2024/TT-BTC của Bộ trưởng Bộ Tài chính về quản lý kinh phí xúc tiến du lịch " * 3
    points = "\n\n".join(
        f"{n}. Khoản chi số {n} thực hiện theo quy định của pháp luật hiện hành." for n in range(1, 30)
    )
    text = f"Điều 1. Sửa đổi, bổ sung một số điều của {law}như sau:\n\n1. Sửa đổi Điều 5 như sau:\n\n"
    text += f"“Điều 5. Mức chi\n\n{points}”"
    found = passages(made(text, documents[PLAN]))
    assert len(found) > 1
    for one in found[1:]:
        amended, carrier, quoted = one.path
        assert amended.startswith("Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 12/2024/TT-BTC")
        assert amended.endswith(" …:")
        assert len(amended) < 230
        assert (carrier, quoted) == ("1. Sửa đổi Điều 5 như sau:", "“Điều 5. Mức chi")
        assert one.citation.endswith("đoạn trích 1 khoản 1 Điều 1")


def test_what_stands_in_an_annex_says_so(documents: Mapping[str, Document]) -> None:
    text = (
        "Điều 1. A.\n\nNơi nhận:\n\nCHỦ TỊCH\n\nQUY CHẾ\n\nQuản lý nhà\n\n"
        "(Ban hành kèm theo Quyết định số 1)\n\nĐiều 1. B\n\n"
        + "C D. " * 200
        + "\n\nPHỤ LỤC\n\n"
        + "- Một việc của tỉnh năm 2026.\n\n" * 40
    )
    found = passages(made(text, documents[PLAN]))
    regulation = [one for one in found if one.address.path.startswith("phu-luc-quy-che/dieu-1")]
    annex = [one for one in found if one.address.path.startswith("phu-luc-1/")]
    assert {one.path[0] for one in regulation} == {"QUY CHẾ Quản lý nhà"}
    assert {one.citation for one in regulation} == {"Điều 1 Quy chế ban hành kèm theo"}
    assert {one.path for one in annex} == {("PHỤ LỤC",)}


LINES = st.lists(
    st.tuples(
        st.sampled_from(
            ["Điều 1. ", "I. ", "1. ", "a) ", "- ", "+ ", "(1) ", "", "Ghi chú: ", "¹", "Nơi nhận: "]
        ),
        st.sampled_from(["Một", "Gồm:", "Một câu. " * 30, "chữ " * 310, "liền" * 400, "Đoạn văn dài. " * 70]),
    ).map("".join),
    max_size=14,
)


@settings(deadline=None)  # the first text pays for what is loaded once
@given(LINES)
def test_a_line_soup_is_in_passages_within_the_limit(lines: list[str]) -> None:
    metadata = load(SHIPPED)[0].metadata
    document = made("\n\n".join(lines), Document(metadata, "", Provision(Address("vb"), Role.ROOT), ()))
    found = passages(document)
    assert all(0 < len(passage.text) <= PASSAGE_LIMIT for passage in found)
    assert len({passage.id for passage in found}) == len(found)
    whole = folded("\n".join(passage.text for passage in found))
    assert all(folded(needed(node)) in whole for node in document.root.walk())


def test_ids_survive_a_change_elsewhere_in_the_document(documents: Mapping[str, Document]) -> None:
    before = "Điều 1. Một\n\n1. Tỉnh Lạng Sơn.\n\nĐiều 2. Hai\n\n1. Xã Hữu Lũng.\n"
    after = before.replace("Điều 2", "2. Khoản mới thêm.\n\nĐiều 2")
    old, new = (passages(made(text, documents[PLAN])) for text in (before, after))
    assert {one.id for one in old} <= {one.id for one in new}
    assert old[-1] == replace(new[-1], start=old[-1].start, end=old[-1].end)
