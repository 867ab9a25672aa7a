"""Differences between two sets of outcomes, by hand."""

from __future__ import annotations

import pytest

from eval.measures import Estimate
from eval.pairs import Difference, changed, differences

BEFORE = {f"q{number}": {"hit@1": 0.0, "refused": 1.0} for number in range(10)} | {"u": {"abstained": 1.0}}
AFTER = {f"q{number}": {"hit@1": 1.0, "refused": 0.0} for number in range(10)} | {"x": {"hit@1": 0.0}}


def test_a_change_of_every_question() -> None:
    hit, refused = differences(BEFORE, AFTER, ["hit@1", "refused", "abstained", "facts"])
    assert (hit.before, hit.after, hit.change) == (0.0, 1.0, Estimate(1.0, 1.0, 1.0, 10))
    assert (refused.before, refused.after, refused.change) == (1.0, 0.0, Estimate(-1.0, -1.0, -1.0, 10))
    assert hit.better and refused.better and not hit.worse and not refused.worse


def test_pairs_not_means() -> None:
    """Half won and half lost is no change, however many; one in ten is not beyond chance."""
    values = [{"hit@1": float(number % 2)} for number in range(10)]
    before = {f"q{number}": one for number, one in enumerate(values)}
    after = {f"q{number}": {"hit@1": 1 - one["hit@1"]} for number, one in enumerate(values)}
    (swapped,) = differences(before, after, ["hit@1"])
    assert swapped.change.mean == 0 and not swapped.significant
    (one,) = differences(before, before | {"q0": {"hit@1": 1.0}}, ["hit@1"])
    assert one.change.mean == pytest.approx(0.1) and one.change.low == 0 and not one.significant


def test_a_measure_that_one_side_lacks_is_left_out() -> None:
    assert differences({"q": {"facts": 1.0}}, {"q": {"hit@1": 1.0}}, ["facts", "hit@1"]) == ()
    assert differences({}, {}, ["hit@1"]) == ()


@pytest.mark.parametrize(
    ("low", "high", "measure", "expected"),
    [
        (0.1, 0.3, "hit@1", (True, True, False)),
        (-0.3, -0.1, "hit@1", (True, False, True)),
        (0.1, 0.3, "refused", (True, False, True)),
        (-0.3, -0.1, "refused", (True, True, False)),
        (0.0, 0.3, "hit@1", (False, False, False)),  # touching 0 is no change beyond chance
        (-0.3, 0.0, "hit@1", (False, False, False)),
    ],
)
def test_what_an_interval_says(
    low: float, high: float, measure: str, expected: tuple[bool, bool, bool]
) -> None:
    found = Difference(measure, 0.0, 0.0, Estimate((low + high) / 2, low, high, 9))
    assert (found.significant, found.better, found.worse) == expected


def test_won_and_lost() -> None:
    before = {"a": {"hit@1": 0.0}, "b": {"hit@1": 1.0}, "c": {"hit@1": 1.0}, "u": {"abstained": 1.0}}
    after = {"b": {"hit@1": 0.5}, "a": {"hit@1": 0.2}, "c": {"hit@1": 1.0}, "u": {"abstained": 0.0}}
    assert changed(before, after, "hit@1") == (("a",), ("b",))
    assert changed({"a": {"refused": 0.0}}, {"a": {"refused": 1.0}}, "refused") == ((), ("a",))
