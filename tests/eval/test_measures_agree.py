"""Our measures give what ir_measures (pytrec_eval below it) gives, wherever the two define the same thing."""

from __future__ import annotations

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, R, Success, nDCG

from eval import measures

SHOWN = 20  # passages of a run

# Ranks at which the gold entries of a question are first met: each entry in a passage of its own, as the
# library's ideal ranking supposes; None: never met.
RANKS = st.lists(st.integers(1, SHOWN), min_size=1, max_size=6, unique=True).flatmap(
    lambda ranks: st.tuples(st.just(ranks), st.integers(0, 2)).map(lambda both: [*both[0], *[None] * both[1]])
)


def by_library(ranks: list[int | None], measure: ir_measures.measures.Measure) -> float:
    """The library's value for one question: a passage that meets an entry is relevant, others are not."""
    met = [rank for rank in ranks if rank is not None]
    judged = [ir_measures.Qrel("q", f"p{rank}", 1) for rank in met]
    judged += [ir_measures.Qrel("q", f"unmet{number}", 1) for number in range(len(ranks) - len(met))]
    shown = [ir_measures.ScoredDoc("q", f"p{rank}", float(SHOWN - rank)) for rank in range(1, SHOWN + 1)]
    return float(ir_measures.calc_aggregate([measure], judged, shown)[measure])


@given(ranks=RANKS)
def test_the_library_says_the_same(ranks: list[int | None]) -> None:
    assert measures.hit(ranks) == pytest.approx(by_library(ranks, Success @ 1))
    assert measures.hit(ranks, 5) == pytest.approx(by_library(ranks, Success @ 5))
    assert measures.reciprocal_rank(ranks) == pytest.approx(by_library(ranks, RR @ 10))
    assert measures.recall(ranks, 10) == pytest.approx(by_library(ranks, R @ 10))
    assert measures.complete(ranks, 5) == float(by_library(ranks, R @ 5) == 1.0)
    assert measures.ndcg(ranks) == pytest.approx(by_library(ranks, nDCG @ 10))
