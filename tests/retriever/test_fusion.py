"""Scores of several stages become one: computed by hand."""

from __future__ import annotations

import numpy as np
import pytest

from retriever.fusion import ASKED, ASKED_SHARE, OWN, Stage, brought, fused
from retriever.lexical import Scores


def scores(*values: float) -> Scores:
    return np.asarray(values, dtype=np.float32)


ENRICHED, BARE = np.array([True, True, True]), np.array([False, False, False])


@pytest.mark.parametrize(
    ("stage", "given", "expected"),
    [
        (Stage.SYLLABLES, scores(4, 2, 0), [1, 0.5, 0]),
        (Stage.SYLLABLES, scores(4, 2, 1), [1, 0.5, 0.25]),  # 0 is no match, whether or not one has it
        (Stage.UNITS, scores(0.9, 0.85, 0.8), [1, 0.5, 0]),  # cosines lie close together
        (Stage.TOKENS, scores(-1, 0, 1), [0, 0.5, 1]),
        (Stage.UNITS, scores(0.8, 0.8, 0.8), [0, 0, 0]),
        (Stage.WORDS, scores(0, 0, 0), [0, 0, 0]),
        (Stage.WORDS, scores(), []),
    ],
)
def test_a_stage_is_brought_to_0_to_1(stage: Stage, given: Scores, expected: list[float]) -> None:
    assert brought(stage, given) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("weights", [OWN, ASKED])
def test_weights_sum_to_one(weights: dict[Stage, float]) -> None:
    assert sum(weights.values()) == pytest.approx(1)


def test_one_stage_alone_keeps_its_order() -> None:
    assert fused({Stage.UNITS: scores(0.9, 0.85, 0.8)}, BARE) == pytest.approx([1, 0.5, 0], abs=1e-5)


def test_what_is_missing_counts_nothing_and_the_others_for_it() -> None:
    found = {Stage.SYLLABLES: scores(1, 0), Stage.UNITS: scores(0, 1)}
    share = OWN[Stage.SYLLABLES] / (OWN[Stage.SYLLABLES] + OWN[Stage.UNITS])
    assert fused(found, BARE[:2]) == pytest.approx([share, 1 - share])
    assert fused(found, BARE[:2], {Stage.UNITS}) == pytest.approx([1, 0])


def test_enrichment_weighs_its_share_and_only_where_there_is_some() -> None:
    found = {Stage.UNITS: scores(1, 0, 0.5), Stage.ASKED_VECTORS: scores(0, 1, 0)}
    assert fused(found, ENRICHED) == pytest.approx([1 - ASKED_SHARE, ASKED_SHARE, (1 - ASKED_SHARE) / 2])
    assert fused(found, np.array([False, True, False])) == pytest.approx([1, ASKED_SHARE, 0.5])
    assert fused(found, ENRICHED, set(ASKED)) == pytest.approx([1, 0, 0.5])


def test_nothing_found_is_zero_for_all() -> None:
    assert fused({}, BARE).tolist() == [0, 0, 0]
