"""Every stage's score of the passages worth looking at.

In a small index these are all passages; in a large one the best few hundred of each stage, which then are
scored by all of them. Late interaction comes last, over what the others have found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retriever.encoder import Encoder, TokenEncoder
from retriever.fields import by_syllable
from retriever.fusion import Found, Stage, fused
from retriever.index import Index
from retriever.language import Language
from retriever.late_interaction import TokenSigns
from retriever.lexical import Scores
from retriever.query import Query
from retriever.segment import words

EVERY = 2000  # passages: up to so many, each is looked at
DEPTH = 200  # passages of a stage that are looked at in a larger index
SECOND_LOOK = 64  # passages that late interaction compares
_ROWS = 3 * DEPTH  # vectors of a stage, of which several may belong to one passage

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class EncodedQuery:
    """A question as the encoder sees it."""

    vector: npt.NDArray[np.float32]  # shape (1, dimensions)
    tokens: npt.NDArray[np.float32] | None  # shape (tokens, dimensions); None where the encoder has none


@dataclass(frozen=True, slots=True)
class Looked:
    """The passages that were looked at and what each stage says of them."""

    rows: Rows  # positions in the index's passages, ascending
    found: Found
    enriched: npt.NDArray[np.bool_]  # which of them something is written about


def encode(text: str, encoder: Encoder) -> EncodedQuery:
    """The vector of a question and, where the encoder tells them, its tokens': one pass through the model."""
    if isinstance(encoder, TokenEncoder):
        found = encoder.tokens([text], "query")[0]
        return EncodedQuery(found.vector[None, :], found.tokens)
    return EncodedQuery(encoder.queries([text]), None)


def look(index: Index, query: Query, encoded: EncodedQuery, also: Rows, allowed: Rows | None) -> Looked:
    """Score the candidates. `also` are looked at in any case; where `allowed` is given, nothing else is."""
    lexical = _lexical(index, query)
    rows = np.arange(len(index.passages)) if len(index.passages) <= EVERY else _best(index, lexical, encoded)
    rows = np.union1d(rows, also)
    if allowed is not None:
        rows = np.intersect1d(rows, allowed)
    found: dict[Stage, Scores] = {stage: scores[rows] for stage, scores in lexical.items()}
    found[Stage.UNITS] = _nearest_unit(index, encoded, rows)
    enriched = np.zeros(len(rows), dtype=bool)
    if index.asked is not None:
        enriched = index.asked.enriched[rows]
        found[Stage.ASKED_VECTORS] = _nearest_asked(index, encoded, rows)
    if index.tokens is not None and encoded.tokens is not None:
        best = np.argsort(-fused(found, enriched), kind="stable")[:SECOND_LOOK]
        found[Stage.TOKENS] = _second_look(index.tokens, encoded.tokens, rows, best)
    return Looked(rows, found, enriched)


def _second_look(tokens: TokenSigns, asked: npt.NDArray[np.float32], rows: Rows, best: Rows) -> Scores:
    """Late interaction with the best; what was not looked at is as far as the farthest of them."""
    scores = tokens.scores(asked, rows[best])
    found = np.full(len(rows), scores.min(initial=0.0), dtype=np.float32)
    found[best] = scores
    return found


def _lexical(index: Index, query: Query) -> dict[Stage, Scores]:
    """BM25 has a vote only over words it can match: in the text, of a foreign question, names and numbers.

    What is written beside a passage is in other languages too.
    """
    everything = by_syllable(query.searched)
    vietnamese = query.language is Language.VIETNAMESE
    own_syllables = everything if vietnamese else by_syllable(query.shared)
    own_words = words(query.searched if vietnamese else query.shared)
    found = {
        Stage.SYLLABLES: index.syllables.scores(own_syllables),
        Stage.WORDS: index.words.scores(own_words),
        Stage.HEADINGS: index.headings.scores(own_syllables),
    }
    if index.asked is not None:
        found[Stage.ASKED_SYLLABLES] = index.asked.syllables.scores(everything)
        found[Stage.ASKED_WORDS] = index.asked.words.scores(own_words)
    return found


def _best(index: Index, lexical: dict[Stage, Scores], encoded: EncodedQuery) -> Rows:
    """The passages that come first in some stage."""
    best = [_first(scores) for scores in lexical.values()]
    _, units = index.unit_vectors.search(encoded.vector, _ROWS)
    best.append(index.units[units, 0].astype(np.int64))
    if index.asked is not None:
        _, asked = index.asked.vectors.search(encoded.vector, _ROWS)
        best.append(index.asked.owners[asked].astype(np.int64))
    return np.unique(np.concatenate(best))


def _first(scores: Scores) -> Rows:
    """The DEPTH best that match at all."""
    depth = min(DEPTH, len(scores))
    best = np.argpartition(-scores, depth - 1)[:depth]
    return best[scores[best] > 0].astype(np.int64)


def _nearest_unit(index: Index, encoded: EncodedQuery, rows: Rows) -> Scores:
    starts = index.unit_starts[rows]
    counts = index.unit_starts[rows + 1] - starts
    begins = np.cumsum(counts) - counts
    numbers = np.arange(counts.sum()) + np.repeat(starts - begins, counts)
    cosines = index.unit_vectors.rows(numbers) @ encoded.vector[0]
    return np.asarray(np.maximum.reduceat(cosines, begins), dtype=np.float32)


def _nearest_asked(index: Index, encoded: EncodedQuery, rows: Rows) -> Scores:
    """The cosine of each passage's nearest gist or question; of one without any, the farthest there is."""
    assert index.asked is not None
    place = np.full(len(index.passages), -1)
    place[rows] = np.arange(len(rows))
    theirs = place[index.asked.owners]
    numbers = np.flatnonzero(theirs >= 0)
    found = np.full(len(rows), -1.0, dtype=np.float32)
    if len(numbers):
        cosines = index.asked.vectors.rows(numbers) @ encoded.vector[0]
        np.maximum.at(found, theirs[numbers], cosines)
        found[found == -1.0] = cosines.min()
    return found
