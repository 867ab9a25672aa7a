"""Answers, provisions and documents as HTML: nothing escapes, nothing is claimed, everything is reachable."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.answer import Answer, AnswerCitation, Sentence, Side, Status
from corpus.address import Address
from corpus.document import Document, Passage, noted
from retriever.search import Hit
from ui.pages import document_page, documents_page, missing_page
from ui.render import (
    QUESTION_LIMIT,
    answer_html,
    copied_answer,
    copied_provision,
    corpus_html,
    error_html,
    escape,
    highlighted,
    neighbours,
    question_html,
)

DECISION = "qd-dieu-chinh-quy-hoach-2026"
VOID = {"br", "img", "meta", "link", "input", "hr"}


class Outline(HTMLParser):
    """Tags with their attributes, the visible text, and whether every tag is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def having(self, name: str, value: str) -> list[dict[str, str | None]]:
        return [attrs for _, attrs in self.tags if value in (attrs.get(name) or "").split()]


def parsed(html: str) -> Outline:
    outline = Outline(html)
    assert outline.open == []
    return outline


@pytest.fixture(scope="module")
def citation(documents: Mapping[str, Document]) -> AnswerCitation:
    """The sentence on industrial parks in the Decision, its figures the evidence."""
    document = documents[DECISION]
    node = document.by_address["dieu-1/v/2"]
    start = node.own_text.index("08 khu công nghiệp")
    return AnswerCitation(
        1,
        node.address,
        document.metadata.short_name,
        "khoản 2 mục V Điều 1",
        node.own_text,
        ((start, start + len("08 khu công nghiệp")),),
        document.metadata.caveat,
    )


@pytest.fixture(scope="module")
def answer(citation: AnswerCitation) -> Answer:
    return Answer(
        "Đến năm 2030 có bao nhiêu khu công nghiệp?",
        Status.ANSWERED,
        (Sentence("Đến năm 2030 toàn tỉnh có 08 khu công nghiệp", (1,), ((26, 28),)),),
        (citation, replace(citation, n=2, citation="không ai dẫn tới")),
    )


@pytest.fixture(scope="module")
def hit(documents: Mapping[str, Document]) -> Hit:
    node = documents[DECISION].by_address["dieu-1/v/3"]
    address = node.address
    text = node.own_text
    return Hit(
        Passage(f"{DECISION}#0", DECISION, (address,), "khoản 3 mục V Điều 1", (), text, 0, len(text)), 0.4
    )


@given(st.text())
def test_escaped_text_is_one_line_without_tags_and_reads_the_same(text: str) -> None:
    safe = escape(text)
    assert not set(safe) & set("<>\"'`*_[]\n\r|\\$")
    assert not re.search(r"&(?!#\d+;)", safe)
    printable = [sign for sign in text.replace("\r\n", "\n") if sign in unescape(safe)]
    assert unescape(safe) == "".join(printable)


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("x\x00y\x1b[31m", "xy[31m"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("![a](http://example.org/x.png)", "![a](http://example.org/x.png)"),
        ("$$x$$ **b** `c` {{d}}", "$$x$$ **b** `c` {{d}}"),
    ],
)
def test_what_a_page_might_act_on_is_shown_or_dropped(hostile: str, harmless: str) -> None:
    outline = parsed(question_html(hostile))
    assert [tag for tag, _ in outline.tags] == ["div"]
    assert outline.text == harmless


@given(
    st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs")), max_size=40),
    st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=5),
)
def test_highlighting_keeps_the_text_and_closes_its_tags(text: str, spans: list[tuple[int, int]]) -> None:
    html = highlighted(text, spans)
    assert re.sub("</?mark>", "", html) == escape(text)
    assert html.count("<mark>") == html.count("</mark>")
    assert "<mark></mark>" not in html


def test_overlapping_spans_are_one_mark() -> None:
    assert highlighted("abcdef", [(3, 5), (1, 4), (9, 12)]) == "a<mark>bcde</mark>f"


@pytest.mark.parametrize("question", ["", "   ", "🙂🙂", "Điều" * 2500, "a\nb"])
def test_any_question_can_be_repeated(question: str) -> None:
    text = parsed(question_html(question)).text
    assert text.strip()
    assert len(text) <= QUESTION_LIMIT + 40


def test_a_long_question_says_how_long_it_was() -> None:
    assert "10.000 ký tự" in parsed(question_html("x" * 10_000)).text


def test_each_citation_number_leads_to_a_source_on_the_page(
    answer: Answer, documents: Mapping[str, Document]
) -> None:
    outline = parsed(answer_html(answer, documents, "c1"))
    targets = [(attrs["href"] or "").removeprefix("#") for attrs in outline.having("class", "hd-cite")]
    assert targets == ["c1-1"]
    assert all(outline.having("id", target) for target in targets)


def test_a_source_shows_headings_neighbours_evidence_caveat_and_link(
    answer: Answer, documents: Mapping[str, Document]
) -> None:
    html = answer_html(answer, documents, "c1")
    text = parsed(html).text
    assert "V. PHƯƠNG ÁN PHÁT TRIỂN CÁC KHU CHỨC NĂNG" in text  # the heading above
    assert "Khu kinh tế cửa khẩu Đồng Đăng" in text  # the clause before
    assert "28 cụm công nghiệp" in text  # the clause after
    assert "<mark>08 khu công nghiệp</mark>" in html
    assert "hãy đối chiếu với bản chính thức" in text
    assert f'href="/documents/{DECISION}/dieu-1/muc-v/khoan-2#vi-tri"' in html


def test_a_source_that_no_sentence_cites_is_not_listed(
    answer: Answer, documents: Mapping[str, Document]
) -> None:
    assert "không ai dẫn tới" not in parsed(answer_html(answer, documents, "c1")).text
    assert "không ai dẫn tới" not in copied_answer(answer)


@pytest.mark.parametrize("evidence", [(), ((5, 5),), ((9_000, 9_100),)])
def test_evidence_that_cannot_be_marked_is_said(
    answer: Answer, documents: Mapping[str, Document], evidence: tuple[tuple[int, int], ...]
) -> None:
    bare = replace(answer, citations=(replace(answer.citations[0], evidence=evidence),))
    html = answer_html(bare, documents, "c1")
    assert "<mark>" not in html
    assert "Không đánh dấu được riêng câu nào" in parsed(html).text


def test_an_unknown_document_or_address_still_shows_the_text(
    answer: Answer, documents: Mapping[str, Document]
) -> None:
    assert "08 khu công nghiệp" in parsed(answer_html(answer, {}, "c1")).text
    lost = replace(answer.citations[0], address=Address(DECISION))
    assert (
        "08 khu công nghiệp" in parsed(answer_html(replace(answer, citations=(lost,)), documents, "c1")).text
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.ANSWERED, "Trả lời theo văn bản"),
        (Status.PARTIAL, "Chỉ trả lời được một phần"),
        (Status.NOT_FOUND, "Không tìm thấy"),
        (Status.OUT_OF_SCOPE, "Ngoài phạm vi"),
    ],
)
def test_each_status_is_said_in_words_and_by_class(answer: Answer, status: Status, words: str) -> None:
    outline = parsed(answer_html(replace(answer, status=status), {}, "c1"))
    assert words in outline.text
    assert outline.having("class", f"hd-{status}")


def test_nothing_found_shows_the_note_and_the_nearest_without_claiming(
    hit: Hit, documents: Mapping[str, Document]
) -> None:
    empty = Answer("Phí?", Status.NOT_FOUND, note="Danh mục nằm ở Phụ lục III.", nearest=(hit,))
    outline = parsed(answer_html(empty, documents, "c1"))
    assert "Danh mục nằm ở Phụ lục III." in outline.text
    assert "Gần nhất (không khẳng định là câu trả lời)" in outline.text
    assert "28 cụm công nghiệp" in outline.text
    assert not outline.having("class", "hd-cite")
    assert not outline.having("class", "hd-answered")


def test_a_growing_answer_claims_no_status_yet(answer: Answer) -> None:
    text = parsed(answer_html(answer, {}, "c1", complete=False)).text
    assert "Đang trả lời" in text
    assert "Trả lời theo văn bản" not in text


def test_what_is_copied_names_its_source(answer: Answer) -> None:
    copied = copied_answer(answer)
    assert copied.startswith("Đến năm 2030 toàn tỉnh có 08 khu công nghiệp [1]\n")
    assert f"[1] {answer.citations[0].label}" in copied
    provision = copied_provision(answer.citations[0])
    assert answer.citations[0].label in provision
    assert str(answer.citations[0].caveat) in provision
    assert unescape(escape(provision)) in parsed(answer_html(answer, {}, "c1")).text


def test_an_answer_is_one_line_so_that_markdown_leaves_it_alone(
    answer: Answer, documents: Mapping[str, Document]
) -> None:
    for html in (answer_html(answer, documents, "c1"), error_html("a\n\nb"), question_html("a\n\n# b")):
        assert html.startswith("<div ")
        assert "\n" not in html


def test_hostile_documents_notes_and_names_stay_text(answer: Answer, hit: Hit) -> None:
    bad = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    citation = replace(
        answer.citations[0], text=bad, document_name=bad, citation=bad, caveat=bad, evidence=((0, 4),)
    )
    passage = replace(hit.passage, text=bad, citation=bad, document="khac")
    worst = replace(
        answer,
        sentences=(Sentence(bad, (1,), ((2, 9),)),),
        citations=(citation,),
        note=bad,
        nearest=(replace(hit, passage=passage),),
    )
    outline = parsed(answer_html(worst, {}, "c1"))
    assert not {"script", "img"} & {tag for tag, _ in outline.tags}
    assert not any(name.startswith("on") for _, attrs in outline.tags for name in attrs)


def test_neighbours_that_the_text_holds_already_are_passed_over(documents: Mapping[str, Document]) -> None:
    document = documents[DECISION]
    second, third = document.by_address["dieu-1/v/2"], document.by_address["dieu-1/v/3"]
    _, after = neighbours(document, second.address, f"{second.full_text}\n{third.full_text}")
    assert after.startswith("4.")


def test_every_provision_has_its_place_on_the_page_of_its_document(documents: Mapping[str, Document]) -> None:
    for document in documents.values():
        outline = parsed(document_page(document))
        anchors = {attrs["id"] for tag, attrs in outline.tags if tag == "section"}
        below = [node for node in document.root.walk() if node.address.units]
        assert {"/".join(unit.slug for unit in node.address.units) for node in below} == anchors
        words = " ".join(outline.text.split())
        read = (noted(node.text.text, node.text.corrections) for node in below)
        assert all(" ".join(text.split()) in words for text in read)


def test_the_page_of_a_provision_marks_only_it(documents: Mapping[str, Document]) -> None:
    document = documents[DECISION]
    outline = parsed(document_page(document, document.by_address["dieu-1/v/2"].address))
    marked = outline.having("class", "here")
    assert [attrs["id"] for attrs in marked] == ["dieu-1/muc-v/khoan-2"]
    assert "autofocus" in marked[0]
    assert len(outline.having("id", "vi-tri")) == 1


def test_pages_run_no_script_and_load_nothing_from_elsewhere(documents: Mapping[str, Document]) -> None:
    pages = [
        documents_page(documents.values()),
        document_page(documents[DECISION]),
        missing_page("a", "b", [("c", "/d")]),
    ]
    for page in pages:
        outline = parsed(page)
        assert not {"script", "iframe", "img", "form"} & {tag for tag, _ in outline.tags}
        links = [attrs[name] or "" for _, attrs in outline.tags for name in ("href", "src") if name in attrs]
        assert all(link.startswith(("/", "#")) and not link.startswith("//") for link in links)
        assert not any(
            name == "style" or name.startswith("on") for _, attrs in outline.tags for name in attrs
        )


def test_the_documents_consulted_are_named_with_their_caveats(documents: Mapping[str, Document]) -> None:
    text = parsed(corpus_html(documents.values())).text
    for document in documents.values():
        assert document.metadata.short_name in text
        assert str(document.metadata.caveat) in text
    assert "Câu hỏi không rời khỏi máy này" in text


def test_a_comparison_is_a_table_with_a_citation_in_each_cell(
    answer: Answer, citation: AnswerCitation, documents: Mapping[str, Document]
) -> None:
    other = replace(citation, n=2)
    both = replace(
        answer,
        sentences=(Sentence("08 khu", (1,)), Sentence("11 <khu>", (2,))),
        citations=(citation, other),
        sides=(Side("Năm 2030", (0,)), Side("Sau <b>2030</b>", (1,))),
    )
    table = parsed(answer_html(both, documents, "a1"))
    assert [tag for tag, _ in table.tags].count("tr") == 2
    assert {link["href"] for link in table.having("class", "hd-cite")} == {"#a1-1", "#a1-2"}
    assert "Sau <b>2030</b>" in table.text  # as text, not as a tag
    assert "11 <khu>" in table.text


def test_sides_that_do_not_hold_every_sentence_make_no_table(
    answer: Answer, documents: Mapping[str, Document]
) -> None:
    growing = replace(
        answer,
        sentences=(Sentence("08 khu", (1,)),),
        sides=(Side("Năm 2030", (0,)), Side("Sau đó", (1,))),
    )
    assert "<table" not in answer_html(growing, documents, "a1")


def test_how_many_items_a_list_has_is_said(answer: Answer, documents: Mapping[str, Document]) -> None:
    assert "Danh sách có 5 mục." in parsed(answer_html(replace(answer, count=5), documents, "a1")).text
    assert "Danh sách có" not in answer_html(answer, documents, "a1")
