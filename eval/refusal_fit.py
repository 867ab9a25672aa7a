"""Fits the weights of `answer.confidence`: a logistic regression of "the documents answer this"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answer.confidence import FEATURES, WRITTEN, Weights

FOLDS = 5
SEEDS = 3
REGULAR = 1.0  # weight of half the squared weights against the log-likelihood of all questions
_STEPS = 50  # Newton's method is there long before
_NEAR = 1e-9

Rows = npt.NDArray[np.float64]  # shape (questions, features)
Right = npt.NDArray[np.bool_]  # shape (questions,): the documents answer
Chances = npt.NDArray[np.float64]  # shape (questions,)


@dataclass(frozen=True, slots=True)
class Cases:
    """Questions whose signals are known."""

    rows: Rows
    right: Right
    natural: Right  # which of them come as often as in use: they set the bias

    def some(self, chosen: npt.NDArray[np.intp]) -> Cases:
        """Those at some places."""
        return Cases(self.rows[chosen], self.right[chosen], self.natural[chosen])


def fit(cases: Cases, *, alone: bool = False) -> Weights:
    """The weights under which the answers are likeliest; `alone` leaves out what only enrichment gives.

    The bias then is moved until the mean over the natural questions is right: sets of near misses hold many
    more of these than people ask.
    """
    used = np.array([not (alone and name in WRITTEN) for name in FEATURES])
    found = np.zeros(len(FEATURES))
    found[used] = _likeliest(cases.rows[:, used], cases.right)[1:]
    natural = cases.rows[cases.natural] @ found
    bias = _bias(natural, float(cases.right[cases.natural].mean()))
    return Weights(bias, *(float(weight) for weight in found))


def chances(weights: Weights, rows: Rows) -> Chances:
    """What the weights say of rows."""
    return _curve(weights.bias + rows @ np.array([getattr(weights, name) for name in FEATURES]))


def cross_validated(cases: Cases, *, alone: bool = False) -> Chances:
    """What is said of each question by weights that were fitted without it: the mean over SEEDS."""
    said = np.zeros(len(cases.right))
    for seed in range(SEEDS):
        for left_out in _folds(cases, seed):
            others = np.setdiff1d(np.arange(len(said)), left_out)
            said[left_out] += chances(fit(cases.some(others), alone=alone), cases.rows[left_out])
    return said / SEEDS


def _folds(cases: Cases, seed: int) -> list[npt.NDArray[np.intp]]:
    """Places in FOLDS parts, each with its share of the answerable, the unanswerable and the natural."""
    shuffled = np.random.default_rng(seed).permutation(len(cases.right))
    ordered = shuffled[np.argsort(2 * cases.right[shuffled] + cases.natural[shuffled], kind="stable")]
    return [ordered[start::FOLDS] for start in range(FOLDS)]


def _likeliest(rows: Rows, right: Right) -> npt.NDArray[np.float64]:
    """Bias and weights by Newton's method; the bias is not held small."""
    with_bias = np.column_stack([np.ones(len(rows)), rows])
    held = np.diag([0.0, *([REGULAR] * rows.shape[1])])
    found = np.zeros(with_bias.shape[1])
    for _ in range(_STEPS):
        said = _curve(with_bias @ found)
        slope = with_bias.T @ (right - said) - held @ found
        bent = (with_bias * (said * (1 - said))[:, None]).T @ with_bias + held
        step = np.linalg.solve(bent, slope)
        found = found + step
        if np.abs(step).max() < _NEAR:
            break
    return found


def _bias(logits: npt.NDArray[np.float64], wanted: float) -> float:
    """What to add to logits so that the mean chance is `wanted`, by halving."""
    low, high = -20.0, 20.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if _curve(logits + middle).mean() > wanted else (middle, high)
    return (low + high) / 2


def _curve(logits: Sequence[float] | npt.NDArray[np.float64]) -> Chances:
    return np.asarray(1 / (1 + np.exp(-np.asarray(logits))), dtype=np.float64)
