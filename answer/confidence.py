"""Whether what was found answers the question: signals → a calibrated probability, one fixed threshold.

Two logistic regressions, one for passages that something is written about (enrichment) and one for those that
stand alone. `hoidap eval refusal` fits them anew; how well they are calibrated stands in docs/measure.md.
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
SURE = 0.88  # below it the answer says that it may not be one

# What the decision rests on, in the order of `features`.
FEATURES = ("asked", "far", "cosine", "kind", "count", "barred")
WRITTEN = ("asked", "far")  # those that only enrichment gives


@dataclass(frozen=True, slots=True)
class Signals:
    """What the decision rests on."""

    agreement: Agreement | None  # None: nothing was found
    kind: float  # 0..1: how surely the kind of thing asked for is missing near the question
    count: float  # the same of a number of what is counted, and of a list of names
    barred: float  # of the strongest reason that bars an answer: year, place, document, annex


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a logistic regression, by feature; `bias` makes the mean over the development part right."""

    bias: float
    asked: float
    far: float
    cosine: float
    kind: float
    count: float
    barred: float


ENRICHED = Weights(bias=4.07, asked=1.21, far=0.67, cosine=0.73, kind=-5.55, count=-3.81, barred=-4.50)
ALONE = Weights(bias=3.96, asked=0.0, far=0.0, cosine=1.52, kind=-5.36, count=-3.71, barred=-4.50)


def signals(result: SearchResult, against: Doubts) -> Signals:
    """Read the signals off a search and the reasons against it."""
    return Signals(agreement(result), strength(against.kind), strength(against.count), strength(against.bars))


def features(found: Signals) -> tuple[float, ...]:
    """The signals as numbers, by FEATURES; all 0 of the search where nothing was found."""
    near = found.agreement
    of_search = (near.asked or 0.0, near.far, near.cosine) if near else (0.0, 0.0, 0.0)
    return (*of_search, found.kind, found.count, found.barred)


def confidence(found: Signals) -> float:
    """The probability that the documents answer the question, 0..1."""
    if found.agreement is None:
        return 0.0
    weights = ALONE if found.agreement.asked is None else ENRICHED
    total = weights.bias + sum(
        getattr(weights, name) * value for name, value in zip(FEATURES, features(found), strict=True)
    )
    return 1 / (1 + math.exp(-total))


def judged(result: SearchResult, index: Index, lookup: Lookup) -> tuple[float, Doubts]:
    """How sure it is that what was found answers, and what speaks against it."""
    against = doubts(result, index, lookup)
    return confidence(signals(result, against)), against
