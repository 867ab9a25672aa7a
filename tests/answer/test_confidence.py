"""From signals to a probability."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from answer.confidence import ALONE, ENRICHED, SURE, THRESHOLD, Signals, confidence, judged, signals
from answer.doubts import doubts
from retriever.confidence import Agreement, agreement
from retriever.fusion import Stage

if TYPE_CHECKING:
    from answer.pipeline import Answerer

MIDDLE = Agreement(cosine=0.0, asked=0.0)


def of(answerer: Answerer, question: str) -> float:
    searcher = answerer.searcher
    return judged(searcher.search(question), searcher.index, searcher.lookup)[0]


@pytest.mark.parametrize("asked", [0.0, None])
def test_a_nearer_text_is_surer(asked: float | None) -> None:
    low, high = (
        confidence(Signals(replace(MIDDLE, asked=asked, cosine=value), 0.0, 0.0, 0.0)) for value in (0.1, 0.9)
    )
    assert 0.0 < low < high < 1.0


@pytest.mark.parametrize("asked", [0.0, None])
@pytest.mark.parametrize("reasons", [(1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)])
def test_every_reason_against_is_less_sure(reasons: tuple[float, float, float], asked: float | None) -> None:
    def sure(strength: float) -> float:
        kind, count, barred = (strength * reason for reason in reasons)
        return confidence(Signals(replace(MIDDLE, asked=asked), kind, count, barred))

    assert sure(1.0) < sure(0.2) < sure(0.0)


def test_a_bar_alone_refuses_an_ordinary_question() -> None:
    for asked in (0.3, None):
        assert confidence(Signals(replace(MIDDLE, asked=asked), 0.0, 0.0, 1.0)) < THRESHOLD
        assert confidence(Signals(replace(MIDDLE, asked=asked), 0.0, 0.0, 0.0)) > SURE


def test_it_is_a_logistic_curve() -> None:
    def logit(cosine: float) -> float:
        sure = confidence(Signals(Agreement(cosine, None), 0.0, 0.0, 0.0))
        return math.log(sure / (1 - sure))

    assert logit(0.5) - logit(0.0) == pytest.approx(0.5 * ALONE.cosine)


def test_what_was_never_asked_like_it_counts_twice() -> None:
    far = Agreement(0.0, -1.0)
    assert far.far < 0.0 == replace(far, asked=0.0).far == replace(far, asked=None).far
    assert ENRICHED.far > 0


def test_nothing_found_is_not_enough(answerer: Answerer) -> None:
    searcher = answerer.searcher
    empty = replace(searcher.search("khu công nghiệp"), hits=(), cited=())
    assert confidence(signals(empty, doubts(empty, searcher.index, searcher.lookup))) == 0.0 < THRESHOLD


def test_a_question_about_the_documents_beats_one_that_is_not(answerer: Answerer) -> None:
    within = of(answerer, "Đến năm 2030 có bao nhiêu khu công nghiệp?")
    outside = of(answerer, "Vịt quay ở quán nào ngon nhất?")
    assert within > SURE > THRESHOLD > outside


def test_a_provision_named_in_the_question_is_near(answerer: Answerer) -> None:
    found = agreement(
        answerer.searcher.search("Khoản 2 mục V Điều 1 Quyết định điều chỉnh quy hoạch nói gì?")
    )
    assert found is not None
    assert found.cosine == 1.0


def test_without_enrichment_the_other_weights_count(answerer: Answerer) -> None:
    result = answerer.searcher.search("Đến năm 2030 có bao nhiêu khu công nghiệp?")
    alone = replace(
        result,
        hits=tuple(
            replace(
                hit,
                stages={stage: score for stage, score in hit.stages.items() if not stage.startswith("asked")},
            )
            for hit in result.hits
        ),
    )
    assert Stage.ASKED_VECTORS in result.hits[0].stages
    found = agreement(alone)
    assert found is not None
    assert found.asked is None
    searcher = answerer.searcher
    assert judged(alone, searcher.index, searcher.lookup)[0] > SURE
