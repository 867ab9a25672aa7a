"""Whether what was found answers the question at all: signals → a probability, one fixed threshold.

The weights are a logistic regression fitted on the development questions (docs/measure.md says how).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from answer.coverage import Asked, best_covered
from retriever.search import SearchResult

THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Signals:
    """What the decision rests on, each about 0..1."""

    cosine: float  # the nearest unit's, brought from the encoder's narrow range
    lead: float  # how far the nearest unit stands out from the tenth passage's
    passage: float  # share of the question's words in the best of the first three passages
    unit: float  # the same for the best single unit of them
    together: float  # the same for all three together


_WEIGHTS = (4.0, 2.0, 3.0, 2.0, 2.0)
_BIAS = -5.0


def signals(result: SearchResult, what: Asked) -> Signals:
    """Read the signals off a search."""
    best = [max((unit.cosine for unit in hit.units), default=0.0) for hit in result.hits]
    top = result.hits[:3]
    texts = [" ".join((*hit.passage.path, hit.passage.text)) for hit in top]
    nearest = max(best, default=0.0)
    tenth = sorted(best, reverse=True)[min(9, len(best) - 1)] if best else 0.0
    return Signals(
        cosine=(nearest - 0.75) / 0.2,
        lead=(nearest - tenth) / 0.05,
        passage=best_covered(texts, what),
        unit=best_covered((hit.passage.text[u.start : u.end] for hit in top for u in hit.units), what),
        together=what.covered(" ".join(texts)),
    )


def confidence(found: Signals) -> float:
    """The probability that the texts found answer the question, 0..1."""
    values = (found.cosine, found.lead, found.passage, found.unit, found.together)
    total = _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
    return 1 / (1 + math.exp(-total))
