"""Whether what was found answers the question at all: signals → a probability, one fixed threshold.

The weights are a logistic regression fitted on the development questions (docs/measure.md says how).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from answer.coverage import Asked
from corpus.document import corrected
from retriever.search import SearchResult

THRESHOLD = 0.25  # below it nothing is said
SURE = 0.4  # below it the answer says that it may not be one


@dataclass(frozen=True, slots=True)
class Signals:
    """What the decision rests on, each about 0..1."""

    covered: float  # share of the question's words in the best unit and the headings above it
    cosine: float  # the nearest unit's, brought from the encoder's narrow range
    lead: float  # how far the nearest unit stands out from the tenth passage's


_WEIGHTS = Signals(covered=2.1, cosine=1.2, lead=0.8)
_BIAS = -1.25
_UNKNOWN = 0.35  # the coverage of an ordinary question that is answered


def signals(result: SearchResult, what: Asked) -> Signals:
    """Read the signals off a search."""
    best = sorted(
        (max((unit.cosine for unit in hit.units), default=0.0) for hit in result.hits), reverse=True
    )
    if not best:
        return Signals(0.0, -1.0, 0.0)
    covered = max(
        what.covered(
            " ".join(
                (
                    *hit.passage.path,
                    corrected(hit.passage.text, hit.passage.corrections, unit.start, unit.end),
                )
            )
        )
        for hit in result.hits[:3]
        for unit in hit.units
    )
    if not what.weights:  # a foreign question shares no words: their absence says nothing
        covered = _UNKNOWN
    if result.cited:
        covered = 1.0
    return Signals(covered, (best[0] - 0.85) / 0.1, (best[0] - best[min(9, len(best) - 1)]) / 0.05)


def confidence(found: Signals) -> float:
    """The probability that the first sentence of an answer is the right one, 0..1."""
    total = _BIAS + sum(getattr(_WEIGHTS, name) * getattr(found, name) for name in Signals.__slots__)
    return 1 / (1 + math.exp(-total))
