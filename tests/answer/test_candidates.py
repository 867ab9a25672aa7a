"""The provisions that could answer, and the one that is chosen."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from answer.asks import Asks
from answer.candidates import Signals, candidates, said
from answer.choosing import choose
from answer.coverage import asked
from answer.sides import Sides
from answer.weights import WEIGHTS, worth

if TYPE_CHECKING:
    from answer.candidates import Candidate
    from answer.pipeline import Answerer

DECISION = "qd-dieu-chinh-quy-hoach-2026"
PARKS = "Đến năm 2030 toàn tỉnh có bao nhiêu khu công nghiệp?"


def found(answerer: Answerer, question: str) -> list[Candidate]:
    result = answerer.searcher.search(question)
    return candidates(result, answerer.index, asked(result.query, answerer.index))


@pytest.mark.parametrize("question", [PARKS, "How many industrial parks by 2030?", "zzzz"])
def test_signals_are_measured_against_the_best(answerer: Answerer, question: str) -> None:
    signals = [one.signals for one in found(answerer, question)]
    for name in ("cosine", "asked"):
        assert max(getattr(each, name) for each in signals) == 0.0
    assert max(each.worded for each in signals) in (0.0, 1.0)
    assert all(each.abroad in (0.0, each.asked) for each in signals)
    assert all(0.0 <= each.own <= 1.0 + 1e-9 for each in signals)


def test_each_provision_is_a_candidate_once_with_its_own_units(answerer: Answerer) -> None:
    every = found(answerer, PARKS)
    assert len({one.provision.address.permalink for one in every}) == len(every)
    for one in every:
        for low, high, _ in one.units:
            assert one.provision.own_text[low:high].strip()
        assert said(one.provision) in one.provision.own_text


def test_the_worthiest_is_chosen(answerer: Answerer) -> None:
    every = found(answerer, PARKS)
    result = answerer.searcher.search(PARKS)
    (only,) = choose(every, Sides(), asked(result.query, answerer.index), Asks.OTHER)
    assert only.candidate.provision.address.path == "dieu-1/v/2"
    assert worth(only.candidate.signals) == max(worth(one.signals) for one in every)


def test_a_side_far_behind_is_left_out(answerer: Answerer) -> None:
    question = "Đất đồi có mấy khu công nghiệp, còn bánh mì thì giá bao nhiêu?"
    result = answerer.searcher.search(question)
    what = asked(result.query, answerer.index)
    chosen = choose(found(answerer, question), Sides(years=("1950", "1951")), what, Asks.OTHER)
    assert [one.side for one in chosen] == [None]


def test_every_signal_has_a_weight() -> None:
    for each in fields(Signals):
        one = Signals(**{other.name: float(other.name == each.name) for other in fields(Signals)})
        assert worth(one) == pytest.approx(getattr(WEIGHTS, each.name))
