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

THRESHOLD = 0.80  # below it nothing is said
SURE = 0.88  # below it the answer says that it may not be one


@dataclass(frozen=True, slots=True)
class Signals:
    """What the decision rests on."""

    agreement: Agreement | None  # None: nothing was found
    kind: float  # 0..1: how surely the kind of thing asked for is missing near the question
    count: float  # the same of a number of what is counted
    barred: float  # of the strongest reason that bars an answer: year, place, document, annex


@dataclass(frozen=True, slots=True)
class _Weights:
    """Fitted on the development part and near misses of our own; AUC 5-fold cross-validated: .99 for both."""

    bias: float
    asked: float
    far: float
    cosine: float
    lead: float
    kind: float
    count: float
    barred: float


ENRICHED = _Weights(
    bias=3.28, asked=0.98, far=0.47, cosine=1.04, lead=0.44, kind=-4.41, count=-1.57, barred=-4.2
)
ALONE = _Weights(bias=3.5, asked=0.0, far=0.0, cosine=1.7, lead=0.08, kind=-4.43, count=-1.35, barred=-4.44)


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
