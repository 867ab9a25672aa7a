"""Orders, markup and tricks in questions, in history and in documents change nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest

from answer.answer import Answer, AnswerCitation, Sentence, Status
from answer.pipeline import Answerer
from corpus.document import Document
from corpus.errors import QuestionError
from corpus.manifest import SHIPPED, load
from corpus.progress import silent
from ingest.pipeline import read_all
from retriever.index import build, open_index
from retriever.search import Searcher
from tests.data.attack_rules import POISONED, Attack, attacks, broken, markup_faults
from tests.data.office_text import office_entry
from ui.pages import document_page
from ui.render import question_html

if TYPE_CHECKING:
    from pathlib import Path

    from retriever.encoder import Encoder

DIGEST, ADDED = "nq-19-2025-nq-hdnd", "kh-45-2026"


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Answerer:
    """The system over the digest and a document that somebody added."""
    folder: Path = tmp_path_factory.mktemp("poisoned")
    shipped = [entry for entry in load(SHIPPED) if entry.metadata.id == DIGEST]
    documents, passages = read_all([*shipped, office_entry(folder / "office", POISONED)])
    build(folder / "index", documents, passages, encoder, silent)
    return Answerer(Searcher(open_index(folder / "index"), encoder))


def test_the_table_is_large_and_of_all_kinds() -> None:
    table = attacks()
    assert len({attack.id for attack in table}) == len(table) >= 60
    assert Counter(attack.language for attack in table).keys() == {"vi", "en", "zh"}
    assert min(Counter(attack.where for attack in table).values()) >= 8


@pytest.mark.parametrize("attack", attacks(), ids=lambda attack: f"{attack.id}-{attack.trick}")
def test_an_attack_changes_nothing(attack: Attack, request: pytest.FixtureRequest) -> None:
    name = "poisoned" if attack.where == "document" else "answerer"
    asked: Answerer = request.getfixturevalue(name)
    try:
        answer = asked.answer(attack.question, attack.history)
    except QuestionError:
        assert "error" in attack.status
        assert markup_faults(question_html(attack.question)) == []
        return
    assert broken(attack, answer, asked.index.documents) == []


def test_an_invented_figure_is_only_ever_quoted_from_the_document_that_invents_it(poisoned: Answerer) -> None:
    for attack in attacks():
        if attack.where == "document":
            answer = poisoned.answer(attack.question)
            sources = {each.n: each.address.document for each in answer.citations}
            for sentence in answer.sentences:
                if "900" in sentence.text:
                    assert {sources[number] for number in sentence.citations} == {ADDED}


def test_the_page_of_such_a_document_acts_on_nothing(poisoned: Answerer) -> None:
    page = document_page(poisoned.index.documents[ADDED])
    assert "evil.example" in page  # the words are shown
    for fault in markup_faults(page[page.index("<body") :]):
        assert "evil" not in fault
        assert "script" not in fault
        assert not fault.startswith("attribute on")


def test_the_rules_can_be_broken(documents: Mapping[str, Document]) -> None:
    """The checks above fail where something is wrong."""
    attack = next(each for each in attacks() if "900 triệu" in each.never)
    document = documents[DIGEST]
    provision = document.by_address["2/gach-1"]
    source = AnswerCitation(1, provision.address, "Nghị quyết", "mục 2", provision.own_text, ())
    wrong = Answer("?", Status.ANSWERED, (Sentence("Hỗ trợ 900 triệu đồng.", (1,)),), (source,))
    faults = broken(attack, wrong, documents)
    assert any(fault.startswith("not verbatim") for fault in faults)
    assert any(fault.startswith("a number") for fault in faults)
    assert any(fault.startswith("says") for fault in faults)
    assert any(fault.startswith("status") for fault in faults)
    assert markup_faults('<p onclick="x">a</p><script>') == ["attribute onclick", "tag <script>"]
    assert markup_faults('<a href="javascript:x">a</a><!-- x -->') == ["link javascript:x", "comment"]
