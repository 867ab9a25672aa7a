"""What a search alone says of itself: how near the nearest text and the nearest written question are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from retriever.fusion import Stage
from retriever.language import Language
from retriever.search import Hit, SearchResult

# The cosine of the nearest unit, and of the nearest written question, for a question that the documents
# answer (development part, bundled model): what is nearer in one language is not in another.
# Of other languages there is nothing to measure with: they count as English, which is as foreign.
_UNITS: Mapping[Language, float] = {
    Language.VIETNAMESE: 0.88,
    Language.ENGLISH: 0.83,
    Language.CHINESE: 0.845,
    Language.OTHER: 0.83,
}
_ASKED: Mapping[Language, float] = {
    Language.VIETNAMESE: 0.90,
    Language.ENGLISH: 0.89,
    Language.CHINESE: 0.90,
    Language.OTHER: 0.89,
}
_UNITS_RANGE = 0.03  # a usual distance between a near and a far one
_ASKED_RANGE = 0.05
_FAR = 0.015  # below the usual from which a question is like none that was written


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a search says of itself; each about -1..1, more is surer."""

    cosine: float  # the nearest unit's, from the usual of its language; at most 1
    asked: float | None  # the nearest written question's; None where nothing is written of the first passage

    @property
    def far(self) -> float:
        """How far the question is from every one that was written, below what is usual: at most 0."""
        return 0.0 if self.asked is None else min(0.0, self.asked + _FAR / _ASKED_RANGE)


def agreement(result: SearchResult) -> Agreement | None:
    """Read a search's stages; None where nothing was found."""
    if not result.hits:
        return None
    language = result.query.language
    cosine = (_highest(result, Stage.UNITS) - _UNITS[language]) / _UNITS_RANGE
    asked = None
    if _written_about(result):
        asked = min(1.0, (_highest(result, Stage.ASKED_VECTORS) - _ASKED[language]) / _ASKED_RANGE)
    if result.cited:  # what is named is found whatever the words around it
        return Agreement(1.0, None if asked is None else 1.0)
    return Agreement(min(1.0, cosine), asked)


def _highest(result: SearchResult, stage: Stage) -> float:
    return max(hit.stages.get(stage, 0.0) for hit in result.hits)


def _written_about(result: SearchResult) -> bool:
    """Whether something is written about the first passage: what has nothing scores lowest in each stage."""
    first = result.hits[0]
    if Stage.ASKED_VECTORS not in first.stages:
        return False
    worded = any(first.stages.get(stage, 0.0) for stage in (Stage.ASKED_SYLLABLES, Stage.ASKED_WORDS))
    return worded or first.stages[Stage.ASKED_VECTORS] > min(_asked(hit) for hit in result.hits)


def _asked(hit: Hit) -> float:
    return hit.stages[Stage.ASKED_VECTORS]
