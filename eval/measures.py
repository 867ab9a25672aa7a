"""The measures of retrieval, and the statistics all measures share.

A passage is right for a gold entry when it comes from the gold document, holds one of its quotes
(`evidence.folded`) and is at most PASSAGE_LIMIT characters long. Passages come best first; `ranks` below
are 1-based, one a gold entry, None where no passage met it. No passages: zero everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from corpus.document import PASSAGE_LIMIT
from corpus.vietnamese import nfc
from eval.evidence import Gold
from eval.runfile import RunPassage

QUALITY = ("hit@1", "complete@5", "complete@10", "complete@2000", "MRR@10")  # what tables of systems show
SHOWN = 2000  # characters, for complete@2000
RESAMPLES = 2000
SEED = 20260228

Ranks = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over `n` questions with its bootstrap 95% interval; all zero when n is 0."""

    mean: float
    low: float
    high: float
    n: int


def first_ranks(
    gold: Sequence[Gold], passages: Sequence[RunPassage], limit: int = PASSAGE_LIMIT
) -> tuple[int | None, ...]:
    """Rank of the first passage of at most `limit` characters that is right for each gold entry."""
    short = [passage for passage in passages if len(nfc(passage.text)) <= limit]
    return tuple(
        next((passage.rank for passage in short if entry.stands_in(passage.document, passage.text)), None)
        for entry in gold
    )


def hit(ranks: Ranks, k: int = 1) -> float:
    """1 when some gold entry is met in the first k passages."""
    return float(any(rank <= k for rank in ranks if rank is not None))


def recall(ranks: Ranks, k: int) -> float:
    """Share of the gold entries met in the first k passages."""
    met = sum(rank is not None and rank <= k for rank in ranks)
    return met / len(ranks) if ranks else 0.0


def complete(ranks: Ranks, k: int) -> float:
    """1 when every gold entry is met in the first k passages."""
    return float(bool(ranks) and all(rank is not None and rank <= k for rank in ranks))


def reciprocal_rank(ranks: Ranks, k: int = 10) -> float:
    """1 / rank of the first right passage, 0 when it is not among the first k."""
    return max((1 / rank for rank in ranks if rank is not None and rank <= k), default=0.0)


def ndcg(ranks: Ranks, k: int = 10) -> float:
    """Gain 1 for each gold entry at the rank where it is first met, discounted by log2(rank + 1).

    The ideal meets one entry a rank, so a passage that holds two could pass it: the value is held at 1.
    """
    gained = sum(1 / math.log2(rank + 1) for rank in ranks if rank is not None and rank <= k)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(ranks), k) + 1))
    return min(1.0, gained / ideal) if ideal else 0.0


def complete_within(
    gold: Sequence[Gold],
    passages: Sequence[RunPassage],
    characters: int = SHOWN,
    limit: int = PASSAGE_LIMIT,
) -> float:
    """1 when every gold entry is met in the first `characters` characters shown.

    The passage at the limit counts as far as it is shown. A too long one takes room and earns nothing.
    """
    shown: list[tuple[str, str]] = []
    left = characters
    for passage in passages:
        text = nfc(passage.text)
        if len(text) <= limit:
            shown.append((passage.document, text[:left]))
        left = max(0, left - len(text))
    return float(bool(gold) and all(any(entry.stands_in(*one) for one in shown) for entry in gold))


def retrieval(
    gold: Sequence[Gold], passages: Sequence[RunPassage], limit: int = PASSAGE_LIMIT
) -> dict[str, float]:
    """The measures of what was found for one question, by name: QUALITY and nDCG@10."""
    ranks = first_ranks(gold, passages, limit)
    return {
        "hit@1": hit(ranks),
        "complete@5": complete(ranks, 5),
        "complete@10": complete(ranks, 10),
        "complete@2000": complete_within(gold, passages, limit=limit),
        "MRR@10": reciprocal_rank(ranks),
        "nDCG@10": ndcg(ranks),
    }


def estimate(values: ArrayLike) -> Estimate:
    """Mean and percentile bootstrap interval (RESAMPLES resamples of whole questions, fixed seed)."""
    sample = np.asarray(values, dtype=float)
    if not sample.size:
        return Estimate(0.0, 0.0, 0.0, 0)
    drawn = np.random.default_rng(SEED).integers(0, sample.size, (RESAMPLES, sample.size))
    low, high = np.quantile(sample[drawn].mean(axis=1), [0.025, 0.975])
    return Estimate(float(sample.mean()), float(low), float(high), sample.size)


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The percentile by linear interpolation, None of nothing."""
    return float(np.percentile(values, percent)) if values else None


def risk_coverage(confidence: Sequence[float], right: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """(coverage, risk) when only the surest are answered, one point a distinct confidence, surest first.

    Coverage is the share of questions answered, risk the share of wrong among these.
    """
    order = np.argsort(-np.asarray(confidence, dtype=float), kind="stable")
    wrong = np.cumsum(~np.asarray(right, dtype=bool)[order]) if len(order) else np.zeros(0)
    sure = np.asarray(confidence, dtype=float)[order]
    return tuple(
        ((place + 1) / len(order), float(wrong[place]) / (place + 1))
        for place in range(len(order))
        if place + 1 == len(order) or sure[place + 1] != sure[place]
    )
