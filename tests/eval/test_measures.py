"""Retrieval measures and statistics against values worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import measures
from eval.evidence import Gold
from eval.measures import Estimate
from eval.runfile import RunPassage

A = Gold("kh", ("tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng",))
B = Gold("qd", ("toàn tỉnh có 08 khu công nghiệp", "tám khu công nghiệp trên toàn tỉnh"))
A_TEXT, B_TEXT = "- Phấn đấu " + A.quotes[0] + ".", "đến năm 2030 TOÀN TỈNH có 08 khu\ncông nghiệp,"
LOG3 = math.log2(3)


def passages(*found: tuple[str, str]) -> list[RunPassage]:
    return [
        RunPassage(rank, document, f"{document}/dieu-1", "Điều 1", text, 1 / rank)
        for rank, (document, text) in enumerate(found, start=1)
    ]


@pytest.mark.parametrize(
    ("gold", "found", "ranks"),
    [
        ([A], [("kh", A_TEXT)], (1,)),
        ([A], [("kh", "khác"), ("kh", A_TEXT), ("kh", A_TEXT)], (2,)),
        ([A], [("qd", A_TEXT)], (None,)),  # right words, wrong document
        ([A, B], [("qd", B_TEXT), ("kh", "khác"), ("kh", A_TEXT)], (3, 1)),
        ([B], [("qd", B.quotes[1])], (1,)),  # the other quote
        ([A], [("kh", A_TEXT.ljust(1200, "x"))], (1,)),
        ([A], [("kh", A_TEXT.ljust(1201, "x"))], (None,)),  # too long to be evidence
        ([A], [], (None,)),
        ([], [("kh", A_TEXT)], ()),
    ],
)
def test_first_ranks(gold: list[Gold], found: list[tuple[str, str]], ranks: tuple[int | None, ...]) -> None:
    assert measures.first_ranks(gold, passages(*found)) == ranks


# ranks, hit@1, complete@5, complete@10, MRR@10, nDCG@10
TABLE: list[tuple[tuple[int | None, ...], float, float, float, float, float]] = [
    ((1,), 1, 1, 1, 1, 1),
    ((2,), 0, 1, 1, 1 / 2, 1 / LOG3),  # 0.6309
    ((6,), 0, 0, 1, 1 / 6, 1 / math.log2(7)),
    ((10,), 0, 0, 1, 1 / 10, 1 / math.log2(11)),
    ((11,), 0, 0, 0, 0, 0),
    ((None,), 0, 0, 0, 0, 0),
    ((1, 2), 1, 1, 1, 1, 1),
    ((3, 1), 1, 1, 1, 1, (1 + 1 / 2) / (1 + 1 / LOG3)),  # 0.9197
    ((1, None), 1, 0, 0, 1, 1 / (1 + 1 / LOG3)),  # 0.6131
    ((1, 1), 1, 1, 1, 1, 1),  # both in one passage: held at 1
    ((2, 2), 0, 1, 1, 1 / 2, 2 / LOG3 / (1 + 1 / LOG3)),  # 0.7737
    ((), 0, 0, 0, 0, 0),
]


@pytest.mark.parametrize(("ranks", "hit1", "complete5", "complete10", "mrr", "ndcg"), TABLE)
def test_measures_of_ranks(
    ranks: tuple[int | None, ...], hit1: float, complete5: float, complete10: float, mrr: float, ndcg: float
) -> None:
    assert measures.hit(ranks) == hit1
    assert measures.complete(ranks, 5) == complete5
    assert measures.complete(ranks, 10) == complete10
    assert measures.reciprocal_rank(ranks) == pytest.approx(mrr)
    assert measures.ndcg(ranks) == pytest.approx(ndcg)


def test_ndcg_as_a_number() -> None:
    assert measures.ndcg((3, 1)) == pytest.approx(0.9197, abs=1e-4)


def test_ndcg_of_more_than_ten_entries_wants_only_ten() -> None:
    assert measures.ndcg(tuple(range(1, 13))) == pytest.approx(1)


FILLER = "x" * 1000


@pytest.mark.parametrize(
    ("gold", "found", "value"),
    [
        ([A], [("kh", A_TEXT)], 1),
        ([A, B], [("kh", A_TEXT), ("qd", B_TEXT)], 1),
        ([A, B], [("kh", A_TEXT)], 0),
        ([A], [("kh", FILLER), ("kh", FILLER), ("kh", A_TEXT)], 0),
        ([A], [("kh", FILLER), ("kh", FILLER[: 1000 - len(A_TEXT)]), ("kh", A_TEXT)], 1),  # ends at 2,000
        (
            [A],
            [("kh", FILLER), ("kh", FILLER[: 1003 - len(A_TEXT)]), ("kh", A_TEXT)],
            0,
        ),  # cut inside the quote
        ([A], [("kh", "x" * 1201), ("kh", A_TEXT)], 1),  # too long: earns nothing, takes its room
        ([A], [("kh", "x" * 1960), ("kh", A_TEXT)], 0),
        ([A], [("kh", A_TEXT.ljust(1201, "x"))], 0),
        ([A], [], 0),
        ([], [("kh", A_TEXT)], 0),
    ],
)
def test_complete_within_2000_characters(
    gold: list[Gold], found: list[tuple[str, str]], value: float
) -> None:
    assert measures.complete_within(gold, passages(*found)) == value


def test_estimate_of_nothing_and_of_a_constant() -> None:
    assert measures.estimate([]) == Estimate(0.0, 0.0, 0.0, 0)
    assert measures.estimate([1.0] * 7) == Estimate(1.0, 1.0, 1.0, 7)


def test_the_interval_is_that_of_the_normal_where_it_must_be() -> None:
    found = measures.estimate([0.0, 1.0] * 200)  # standard error 0.5 / sqrt(400) = 0.025
    assert (found.mean, found.n) == (0.5, 400)
    assert found.low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.006)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.006)


def test_the_interval_is_the_same_every_time() -> None:
    values = [0.0, 1.0, 1.0, 0.5, 0.25]
    assert measures.estimate(values) == measures.estimate(list(values))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_the_interval_stays_within_the_values(values: list[float]) -> None:
    found = measures.estimate(values)
    assert min(values) - 1e-12 <= found.low <= found.high <= max(values) + 1e-12


@pytest.mark.parametrize(
    ("values", "percent", "expected"), [([], 50, None), ([4.0, 1, 3, 2], 50, 2.5), ([1.0, 2, 3, 4], 95, 3.85)]
)
def test_percentile(values: list[float], percent: float, expected: float | None) -> None:
    assert measures.percentile(values, percent) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("confidence", "right", "points"),
    [
        ([0.9, 0.5, 0.7], [True, False, True], [(1 / 3, 0), (2 / 3, 0), (1, 1 / 3)]),
        ([0.9, 0.5, 0.7], [True, True, False], [(1 / 3, 0), (2 / 3, 1 / 2), (1, 1 / 3)]),
        ([0.5, 0.5], [True, False], [(1, 1 / 2)]),  # one threshold lets both through
        ([], [], []),
    ],
)
def test_risk_coverage(confidence: list[float], right: list[bool], points: list[tuple[float, float]]) -> None:
    found = measures.risk_coverage(confidence, right)
    assert [pytest.approx(point) for point in points] == list(found)
