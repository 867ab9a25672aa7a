"""Fusion by hand, and the real search over the real documents."""

from __future__ import annotations

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpus.errors import QuestionError
from corpus.vietnamese import unmarked
from retriever.query import Language
from retriever.search import DEPTH, RANK_OFFSET, Searcher, fuse

if TYPE_CHECKING:
    from answer.pipeline import Answerer

DECISION = "qd-dieu-chinh-quy-hoach-2026"
PLAN = "kh-du-lich-cvdc-2026"
PARKS = "Đến năm 2030 có bao nhiêu khu công nghiệp?"


@pytest.fixture(scope="module")
def searcher(answerer: Answerer) -> Searcher:
    return answerer.searcher


def scores(*values: float) -> np.typing.NDArray[np.float32]:
    return np.asarray(values, dtype=np.float32)


def at(*ranks: int) -> float:
    """What an entry gets that stands at these ranks of the lists."""
    return sum(1 / (RANK_OFFSET + rank) for rank in ranks)


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ([scores(0.9, 0.5, 0.1)], [at(1), at(2), at(3)]),
        ([scores(3, 2, 1), scores(0.1, 0.2, 0.3)], [at(1, 3), at(2, 2), at(3, 1)]),
        ([scores(3, 0, 1), scores(0.1, 0.9, 0.3)], [at(1, 3), at(1), at(2, 2)]),  # 0 has no rank
        ([scores(5, -1, -2)], [at(1), 0, 0]),
        ([scores(0, 0, 0), scores(0, 0, 0)], [0, 0, 0]),
        ([scores(1000, 1, 0.5), scores(0.9, 0.8, 0.85)], [at(1, 1), at(2, 3), at(3, 2)]),  # ranks, not scores
        ([scores(2, 2, 1)], [at(1), at(2), at(3)]),  # of equals the earlier one first
    ],
)
def test_reciprocal_rank_fusion(lists: list[np.typing.NDArray[np.float32]], expected: list[float]) -> None:
    assert fuse(lists) == pytest.approx(expected)


def test_the_first_rank_counts_as_published() -> None:
    assert fuse([scores(1)])[0] == pytest.approx(1 / 21)


def test_only_the_first_ranks_count() -> None:
    fused = fuse([np.arange(DEPTH + 5, 0, -1, dtype=np.float32)])
    assert fused[DEPTH - 1] == pytest.approx(at(DEPTH))
    assert not fused[DEPTH:].any()


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
    result = searcher.search(PARKS)
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
