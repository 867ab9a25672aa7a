"""The real search over the real documents."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from corpus.errors import QuestionError
from corpus.vietnamese import unmarked
from retriever.fusion import ASKED, Stage
from retriever.language import Language
from retriever.search import Searcher

if TYPE_CHECKING:
    from answer.pipeline import Answerer

DECISION = "qd-dieu-chinh-quy-hoach-2026"
PLAN = "kh-du-lich-cvdc-2026"
PARKS = "Đến năm 2030 có bao nhiêu khu công nghiệp?"


@pytest.fixture(scope="module")
def searcher(answerer: Answerer) -> Searcher:
    return answerer.searcher


@pytest.mark.parametrize("k", [1, 5, 20, 10_000])
def test_hits_come_best_first_and_as_many_as_asked(searcher: Searcher, k: int) -> None:
    result = searcher.search(PARKS, k)
    assert len(result.hits) == min(k, len(searcher.index.passages))
    assert [hit.score for hit in result.hits] == sorted((hit.score for hit in result.hits), reverse=True)
    assert len({hit.passage.id for hit in result.hits}) == len(result.hits)


def test_a_hit_knows_its_units(searcher: Searcher) -> None:
    for hit in searcher.search(PARKS).hits:
        assert hit.units
        assert [unit.start for unit in hit.units] == sorted(unit.start for unit in hit.units)
        for unit in hit.units:
            assert 0 <= unit.start < unit.end <= len(hit.passage.text)
            assert -1.001 <= unit.cosine <= 1.001


def test_it_tells_how_long_it_took(searcher: Searcher) -> None:
    result = searcher.search(
        "Xã nào có hang động được đầu tư?"
    )  # asked nowhere else: remembered ones are quicker
    assert 0 < result.milliseconds["encode"] < result.milliseconds["search"]


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("Khoản 2 mục V Điều 1 Quyết định điều chỉnh quy hoạch nói gì?", "dieu-1/v/2"),
        ("Theo điểm a khoản 1 Điều 2 Quyết định, phải làm gì?", "dieu-2/1/a"),
    ],
)
def test_a_provision_that_is_named_comes_first(searcher: Searcher, question: str, address: str) -> None:
    result = searcher.search(question)
    assert result.cited
    assert any(
        place.path == address or place.path.startswith(address + "/")
        for place in result.hits[0].passage.addresses
    )


@pytest.mark.parametrize("question", [PARKS, "Khoản 99 Điều 77 Quyết định nói gì?"])
def test_where_no_held_provision_is_named_nothing_is_put_first(searcher: Searcher, question: str) -> None:
    assert not searcher.search(question).cited


@pytest.mark.parametrize(
    ("question", "document", "address", "within"),
    [
        (PARKS, DECISION, "dieu-1/v/2", 1),
        (unmarked(PARKS), DECISION, "dieu-1/v/2", 2),
        ("<p>Đến năm 2030 có bao nhiêu <b>khu công nghiệp</b>?</p>", DECISION, "dieu-1/v/2", 1),
        ("How many industrial parks by 2030?", DECISION, "dieu-1/v/2", 5),
        ("到2030年有多少个工业园区?", DECISION, "dieu-1/v/2", 5),
        ("Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?", PLAN, "ii/2", 5),
        ("2.660 sản phẩm lưu niệm", PLAN, "iii/1/1.7/b", 3),
    ],
    ids="plain unmarked html english chinese visitors number".split(),
)
def test_the_provision_is_among_the_first(
    searcher: Searcher, question: str, document: str, address: str, within: int
) -> None:
    found = [
        place.path
        for hit in searcher.search(question, within).hits
        if hit.passage.document == document
        for place in hit.passage.addresses
    ]
    assert any(path == address or path.startswith(address + "/") for path in found), found


def test_composed_or_not_the_hits_are_the_same(searcher: Searcher) -> None:
    composed, decomposed = searcher.search(PARKS), searcher.search(unicodedata.normalize("NFD", PARKS))
    assert [hit.passage.id for hit in decomposed.hits] == [hit.passage.id for hit in composed.hits]


def test_a_foreign_question_is_searched_as_such(searcher: Searcher) -> None:
    result = searcher.search("How many industrial parks by 2030?")
    assert result.query.language is Language.ENGLISH
    assert result.query.text == "How many industrial parks by 2030?"


@pytest.mark.parametrize(
    "question",
    ["", "😀🎉", "khu công nghiệp " * 625, "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "<script>1</script>"],
    ids="empty emoji 10000 tcvn3 script".split(),
)
def test_bad_questions_are_refused(searcher: Searcher, question: str) -> None:
    with pytest.raises(QuestionError, match="Hãy"):
        searcher.search(question)


@pytest.mark.parametrize("question", ["zzzz", "2030", "a\x00b", "a" * 2000, "谅", "x" * 300 + " y" * 300])
def test_odd_questions_find_something_or_other(searcher: Searcher, question: str) -> None:
    assert len(searcher.search(question, 3).hits) == 3


def test_threads_may_share_it(searcher: Searcher) -> None:
    questions = [PARKS, "Tỷ lệ che phủ rừng?", "Sở Tài chính làm gì?", "sản phẩm lưu niệm"] * 3
    alone = [[hit.passage.id for hit in searcher.search(question).hits] for question in questions]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(searcher.search, questions))
    assert [[hit.passage.id for hit in result.hits] for result in together] == alone


def test_a_hit_tells_what_each_stage_says_of_it(searcher: Searcher) -> None:
    for hit in searcher.search(PARKS).hits:
        assert set(hit.stages) == set(Stage) - {Stage.RERANKED}
        assert hit.stages[Stage.UNITS] == pytest.approx(max(unit.cosine for unit in hit.units), abs=1e-6)


def test_the_same_question_again_is_remembered(searcher: Searcher) -> None:
    question = "Diện tích đất tự nhiên của tỉnh là bao nhiêu?"
    first, again = searcher.search(question), searcher.search(question)
    assert again.hits == first.hits
    assert first.milliseconds["encode"] > 0
    assert again.milliseconds["encode"] == 0
    assert again.milliseconds["search"] < first.milliseconds["search"]


def test_a_stage_that_is_left_out_has_no_say(searcher: Searcher) -> None:
    seen = searcher.see(PARKS)
    alone = searcher.ranked(seen, 500, frozenset(Stage) - {Stage.UNITS}).hits
    cosines = [hit.stages[Stage.UNITS] for hit in alone]
    assert cosines == sorted(cosines, reverse=True)


def test_without_enrichment_the_text_alone_decides(searcher: Searcher) -> None:
    bare = Searcher(searcher.index, searcher.encoder, frozenset(ASKED))
    found = bare.search(PARKS, 1).hits[0].passage
    assert (found.document, found.address.path) == (DECISION, "dieu-1/v/2")


def test_a_large_index_looks_at_the_best_of_each_stage_only(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = searcher.see(PARKS)
    monkeypatch.setattr("retriever.stages.EVERY", 0)
    monkeypatch.setattr("retriever.stages.DEPTH", 10)
    monkeypatch.setattr("retriever.stages._ROWS", 30)
    some = searcher.see(PARKS)
    assert 10 <= len(some.looked.rows) < len(every.looked.rows) / 2
    best = [hit.passage.id for hit in searcher.ranked(every, 5).hits]
    assert [hit.passage.id for hit in searcher.ranked(some, 5).hits][:3] == best[:3]
