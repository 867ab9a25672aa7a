"""The fit of the weights: it finds what speaks for the right candidate, and says so of questions left out."""

from __future__ import annotations

import numpy as np
import pytest

from eval.unit_fit import Right, Rows, fit, left_out


@pytest.fixture
def made() -> tuple[list[Rows], list[Right]]:
    """Forty questions of six candidates: the second signal tells the right one, the first says nothing."""
    rng = np.random.default_rng(1)
    rows = [rng.normal(size=(6, 2)) for _ in range(40)]
    return rows, [one[:, 1] == one[:, 1].max() for one in rows]


def test_the_signal_that_tells_gets_the_weight(made: tuple[list[Rows], list[Right]]) -> None:
    weights = fit(*made)
    assert weights[1] > 10 * abs(weights[0])
    assert left_out(*made) > 0.9


def test_a_question_without_a_right_candidate_teaches_nothing(
    made: tuple[list[Rows], list[Right]],
) -> None:
    rows, right = made
    more = [*rows, rows[0]], [*right, np.zeros(6, dtype=bool)]
    assert fit(*more) == pytest.approx(fit(*made), rel=0.05)
