"""Two provisions that say different things of the same are both shown; what only looks alike is not."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from answer.coverage import asked
from answer.disagreements import Disagreement, disagreement_note, disagreements
from corpus.address import Address, Level
from corpus.document import Document, Metadata, Passage, Provision, Reading, Role, TextKind
from retriever.query import understand
from retriever.search import Hit

if TYPE_CHECKING:
    from answer.pipeline import Answerer

DECISION, PLAN = "qd-dieu-chinh-quy-hoach-2026", "kh-du-lich-cvdc-2026"


def found(answerer: Answerer, question: str, *paths: tuple[str, str]) -> tuple[Disagreement, ...]:
    """The disagreements between provisions, of which the first is cited."""
    index = answerer.index
    addresses = [index.documents[document].by_address[path].address for document, path in paths]
    hits = [
        Hit(replace(index.passages[0], document=each.document, addresses=(each,)), 1.0) for each in addresses
    ]
    return disagreements(hits, addresses[:1], index, asked(understand(question, index.restorer), index))


@pytest.mark.parametrize(
    "paths",
    list(pairwise([(PLAN, "i/1"), (PLAN, "iii/1/1.3/gach-2"), (DECISION, "dieu-3/2")])),
)
def test_2045_and_2050_for_the_vision_of_the_provincial_plan(
    answerer: Answerer, paths: tuple[tuple[str, str], ...]
) -> None:
    (one,) = found(answerer, "Tầm nhìn của quy hoạch tỉnh đến năm nào?", *paths)
    assert {one.said[-4:], one.said_there[-4:]} == {"2045", "2050"}
    note = disagreement_note([one], answerer.index)
    assert "gạch đầu dòng thứ 2 mục III.1.3, Kế hoạch" in note
    assert "tầm nhìn đến" in note


def test_the_number_of_one_resolution_written_in_two_ways(answerer: Answerer) -> None:
    paths = (PLAN, "iii/1/1.3/gach-5"), (PLAN, "iii/1/1.3/gach-5/chu-thich-2")
    (one,) = found(answerer, "Nghị quyết ngày 15/7/2025 số bao nhiêu?", *paths)
    assert "19/2025/NQ-HĐND" in one.said
    assert "19/NQ-HĐND" in one.said_there
    assert found(answerer, "Nghị quyết về doanh nghiệp nhỏ và vừa là nghị quyết nào?", *paths) == ()


@pytest.mark.parametrize(
    ("question", "paths"),
    [
        (
            "Đón bao nhiêu lượt khách du lịch?",
            ((PLAN, "ii/2/gach-1"), (DECISION, "dieu-1/ii/2/b/gach-1/cong-9")),
        ),
        (
            "Tầm nhìn của quy hoạch đến năm nào?",
            ((PLAN, "iii/1/1.3/gach-2"), (DECISION, "dieu-1/vi/1/a/gach-2")),
        ),
        (
            "Hỗ trợ tối đa bao nhiêu?",
            (("nq-19-2025-nq-hdnd", "2/gach-4"), ("nq-19-2025-nq-hdnd", "2/gach-5")),
        ),
        (
            "Phấn đấu bao nhiêu khách?",
            ((PLAN, "iii/1/1.3/gach-2"), (PLAN, "i/1")),
        ),  # another subject is asked
    ],
)
def test_other_years_subjects_and_questions_are_no_disagreement(
    answerer: Answerer, question: str, paths: tuple[tuple[str, str], ...]
) -> None:
    assert found(answerer, question, *paths) == ()


def _document(id_: str, text: str) -> Document:
    root = Address(id_)
    article = Provision(root.child(Level.ARTICLE, "1"), Role.UNIT, text=Reading(text))
    about = Metadata(
        id_, "Nghị quyết", None, "HĐND tỉnh", None, "Một việc", None, "", "", TextKind.OFFICIAL, ""
    )
    return Document(about, "", Provision(root, Role.ROOT, children=(article,)), ())


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ("Năm 2026 mức hỗ trợ sửa nhà nghỉ cho hộ gia đình tối đa 120 triệu đồng.", True),
        ("Năm 2027 mức hỗ trợ sửa nhà nghỉ cho hộ gia đình tối đa 120 triệu đồng.", False),
        ("Năm 2026 mức hỗ trợ sửa nhà nghỉ cho hộ gia đình tối đa 100 triệu đồng.", False),
        ("Năm 2026 mức hỗ trợ sửa nhà nghỉ cho hộ gia đình tối đa 3 lần.", False),
        ("Năm 2026 mức hỗ trợ mua xe cho hợp tác xã vận tải tối đa 120 triệu đồng.", False),
    ],
)
def test_figures_of_two_documents(answerer: Answerer, other: str, told: bool) -> None:
    texts = "Năm 2026 mức hỗ trợ sửa nhà nghỉ cho hộ gia đình tối đa 100 triệu đồng.", other
    held = {id_: _document(id_, text) for id_, text in zip(("nq-1", "nq-2"), texts, strict=True)}
    index = replace(answerer.index, documents=held)
    addresses = [document.root.children[0].address for document in held.values()]
    hits = [Hit(Passage("", each.document, (each,), "", (), "", 0, 0), 1.0) for each in addresses]
    what = asked(understand("Hộ gia đình được hỗ trợ bao nhiêu?", answerer.index.restorer), answerer.index)
    assert bool(disagreements(hits, addresses[:1], index, what)) is told


def test_items_of_one_list_speak_of_different_things(answerer: Answerer) -> None:
    digest = "nq-19-2025-nq-hdnd"
    items = [(digest, f"2/gach-{place}") for place in (2, 3, 4, 6)]
    for first in items:
        others = [each for each in items if each != first]
        assert found(answerer, "Du lịch được hỗ trợ tối đa bao nhiêu?", first, *others) == ()


def test_both_are_cited_word_for_word(answerer: Answerer) -> None:
    answer = answerer.answer("Quy hoạch tỉnh có tầm nhìn đến năm nào?")
    said = {sentence.text for sentence in answer.sentences}
    assert any("2050" in each for each in said)
    assert any("2045" in each for each in said)
    assert len({citation.address for citation in answer.citations}) == len(answer.sentences) == 2
    assert "Hai chỗ trong kho nói khác nhau" in (answer.note or "")
    for sentence in answer.sentences:
        (cited,) = (each for each in answer.citations if each.n in sentence.citations)
        assert sentence.text.strip("… ") in cited.text
        assert cited.text[slice(*cited.evidence[0])] in sentence.text
