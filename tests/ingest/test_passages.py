"""Passages: short enough, complete, in order, and named as an official would name them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import PASSAGE_LIMIT, Document, Passage, Provision
from eval.evidence import folded
from ingest import structure
from ingest.passages import lead_in, passages
from ingest.readers import plain
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
    for number, passage in enumerate(shipped[name]):
        assert passage.id == f"{name}#{number}"
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


LINES = st.lists(
    st.tuples(
        st.sampled_from(
            ["Điều 1. ", "I. ", "1. ", "a) ", "- ", "+ ", "(1) ", "", "Ghi chú: ", "¹", "Nơi nhận: "]
        ),
        st.sampled_from(["Một", "Gồm:", "Một câu. " * 30, "chữ " * 310, "liền" * 400, "Đoạn văn dài. " * 70]),
    ).map("".join),
    max_size=14,
)


@given(LINES)
def test_a_line_soup_is_in_passages_within_the_limit(
    documents: Mapping[str, Document], lines: list[str]
) -> None:
    document = made("\n\n".join(lines), documents[PLAN])
    found = passages(document)
    assert all(0 < len(passage.text) <= PASSAGE_LIMIT for passage in found)
    assert len({passage.id for passage in found}) == len(found)
    whole = folded("\n".join(passage.text for passage in found))
    assert all(folded(needed(node)) in whole for node in document.root.walk())
