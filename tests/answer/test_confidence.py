"""From signals to a probability."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from answer.confidence import SURE, THRESHOLD, Signals, confidence, signals
from answer.coverage import asked

if TYPE_CHECKING:
    from answer.pipeline import Answerer

MIDDLE = Signals(covered=0.5, cosine=0.3, lead=0.4)


def of(answerer: Answerer, question: str) -> Signals:
    result = answerer.searcher.search(question)
    return signals(result, asked(result.query, answerer.index))


@pytest.mark.parametrize("name", ["covered", "cosine", "lead"])
def test_more_of_any_signal_is_more_sure(name: str) -> None:
    low, high = (confidence(replace(MIDDLE, **{name: value})) for value in (0.1, 0.9))
    assert 0.0 < low < confidence(MIDDLE) < high < 1.0


def test_it_is_a_logistic_curve() -> None:
    def logit(found: Signals) -> float:
        sure = confidence(found)
        return math.log(sure / (1 - sure))

    once, twice = (Signals(covered=share, cosine=0.3, lead=0.4) for share in (0.6, 0.7))
    assert logit(twice) - logit(once) == pytest.approx(logit(once) - logit(MIDDLE))


def test_nothing_found_is_not_enough(answerer: Answerer) -> None:
    empty = replace(answerer.searcher.search("khu công nghiệp"), hits=(), cited=False)
    found = signals(empty, asked(empty.query, answerer.index))
    assert found.covered == 0.0
    assert confidence(found) < THRESHOLD


def test_a_question_about_the_documents_beats_one_that_is_not(answerer: Answerer) -> None:
    within = of(answerer, "Đến năm 2030 có bao nhiêu khu công nghiệp?")
    outside = of(answerer, "Cách nấu phở bò ngon nhất?")
    assert confidence(within) > SURE > THRESHOLD
    assert confidence(outside) < confidence(within)
    assert 0.0 <= within.covered <= 1.0
    assert within.lead >= 0.0


def test_a_provision_named_in_the_question_counts_as_covered(answerer: Answerer) -> None:
    assert of(answerer, "Khoản 2 mục V Điều 1 Quyết định điều chỉnh quy hoạch nói gì?").covered == 1.0
