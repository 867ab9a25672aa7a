"""Whether what was found answers the question: signals → a calibrated probability, one fixed threshold.

Two logistic regressions, one for passages that something is written about (enrichment) and one for those that
stand alone. How they were fitted, and how well they are calibrated, stands in docs/measure.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from answer.doubts import Doubts, doubts, strength
from retriever.confidence import Agreement, agreement
from retriever.index import Index
from retriever.lookup import Lookup
from retriever.search import SearchResult

THRESHOLD = 0.83  # below it nothing is said
SURE = 0.90  # below it the answer says that it may not be one


@dataclass(frozen=True, slots=True)
class Signals:
    """What the decision rests on."""

    agreement: Agreement | None  # None: nothing was found
    kind: float  # 0..1: how surely the kind of thing asked for is missing near the question
    count: float  # the same of a number of what is counted
    barred: float  # of the strongest reason that bars an answer: year, place, document, annex


@dataclass(frozen=True, slots=True)
class _Weights:
    """Fitted on the development part and questions of our own; AUC on questions neither saw: .95 and .94."""

    bias: float
    asked: float
    far: float
    cosine: float
    lead: float
    kind: float
    count: float
    barred: float


ENRICHED = _Weights(
    bias=3.71, asked=1.61, far=0.34, cosine=0.96, lead=0.02, kind=-4.58, count=-2.58, barred=-4.21
)
ALONE = _Weights(bias=3.64, asked=0.0, far=0.0, cosine=1.91, lead=0.02, kind=-4.71, count=-2.26, barred=-4.36)


def signals(result: SearchResult, against: Doubts) -> Signals:
    """Read the signals off a search and the reasons against it."""
    return Signals(agreement(result), strength(against.kind), strength(against.count), strength(against.bars))


def confidence(found: Signals) -> float:
    """The probability that the documents answer the question, 0..1."""
    near = found.agreement
    if near is None:
        return 0.0
    weights = ALONE if near.asked is None else ENRICHED
    total = (
        weights.bias
        + weights.asked * (near.asked or 0.0)
        + weights.far * near.far
        + weights.cosine * near.cosine
        + weights.lead * near.lead
        + weights.kind * found.kind
        + weights.count * found.count
        + weights.barred * found.barred
    )
    return 1 / (1 + math.exp(-total))


def judged(result: SearchResult, index: Index, lookup: Lookup) -> tuple[float, Doubts]:
    """How sure it is that what was found answers, and what speaks against it."""
    against = doubts(result, index, lookup)
    return confidence(signals(result, against)), against
