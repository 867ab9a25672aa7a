"""One score out of many: each stage brought to 0..1 within a search, then a weighted sum.

The weights were fitted on the development part (a linear listwise model, 5-fold cross-validated), those of
OWN then moved a little towards what alqac2022 likes too; docs/measure.md has the figures. A passage that
nothing is written about is judged by its own text alone, so that a document added tomorrow stands beside the
enriched ones.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from retriever.lexical import Scores


class Stage(StrEnum):
    """The ways a passage is compared with a question."""

    SYLLABLES = "syllables"  # BM25 over the syllables of the text and their pairs
    WORDS = "words"  # BM25 over its underthesea words
    HEADINGS = "headings"  # BM25 over the syllables of what stands above it
    UNITS = "units"  # cosine of its nearest unit
    TOKENS = "tokens"  # late interaction
    ASKED_SYLLABLES = "asked-syllables"  # BM25 over the syllables of its enrichment
    ASKED_WORDS = "asked-words"  # BM25 over the words of its enrichment
    ASKED_VECTORS = "asked-vectors"  # cosine of its nearest gist or question
    RERANKED = "reranked"  # what a cross-encoder says, where one is set


LEXICAL = frozenset({Stage.SYLLABLES, Stage.WORDS, Stage.HEADINGS, Stage.ASKED_SYLLABLES, Stage.ASKED_WORDS})
OWN: Mapping[Stage, float] = {
    Stage.SYLLABLES: 0.20,
    Stage.WORDS: 0.06,
    Stage.HEADINGS: 0.04,
    Stage.UNITS: 0.24,
    Stage.TOKENS: 0.46,
}
ASKED: Mapping[Stage, float] = {
    Stage.ASKED_SYLLABLES: 0.35,
    Stage.ASKED_WORDS: 0.15,
    Stage.ASKED_VECTORS: 0.50,
}
ASKED_SHARE = 0.55  # of the whole, for a passage that something is written about
RERANKED_SHARE = 0.5  # of the whole; not fitted, because none is bundled

Found = Mapping[Stage, Scores]  # each of shape (passages,), the same passages
Enriched = npt.NDArray[np.bool_]  # shape (passages,)


def fused(found: Found, enriched: Enriched, without: Collection[Stage] = ()) -> npt.NDArray[np.float64]:
    """Each passage's score, 0..1, shape (passages,). `without` leaves stages out: for ablations.

    A stage that is missing counts nothing, and the others count for it.
    """
    first = _first_look(found, enriched, without)
    again = _sum(found, {Stage.RERANKED: 1.0}, without)
    if again is None:
        return np.zeros(len(enriched)) if first is None else first
    return again if first is None else (1 - RERANKED_SHARE) * first + RERANKED_SHARE * again


def _first_look(
    found: Found, enriched: Enriched, without: Collection[Stage]
) -> npt.NDArray[np.float64] | None:
    own = _sum(found, OWN, without)
    asked = _sum(found, ASKED, without)
    if own is None or asked is None:
        return own if asked is None else asked
    return np.where(enriched, (1 - ASKED_SHARE) * own + ASKED_SHARE * asked, own)


def brought(stage: Stage, scores: Scores) -> npt.NDArray[np.float64]:
    """A stage's scores in 0..1: the best is 1; 0 is no match for BM25, the farthest passage for a vector."""
    low = 0.0 if stage in LEXICAL else float(scores.min(initial=np.inf))
    high = float(scores.max(initial=-np.inf))
    return (scores.astype(np.float64) - low) / (high - low) if high > low else np.zeros(len(scores))


def _sum(
    found: Found, weights: Mapping[Stage, float], without: Collection[Stage]
) -> npt.NDArray[np.float64] | None:
    there = {stage: weight for stage, weight in weights.items() if stage in found and stage not in without}
    if not there:
        return None
    total = sum(there.values())
    parts = [weight / total * brought(stage, found[stage]) for stage, weight in there.items()]
    return np.asarray(np.sum(parts, axis=0), dtype=np.float64)
