"""Question → passages: lexical and dense lists, fused by reciprocal rank, with how sure the search is."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from corpus.citation import parse_citations
from corpus.document import Passage
from corpus.vietnamese import fold, syllables
from retriever.encoder import Encoder
from retriever.index import Index
from retriever.lexical import Scores
from retriever.lookup import Lookup, LookupStatus
from retriever.query import Language, Query, understand
from retriever.segment import words
from retriever.validity import Validities

RANK_OFFSET = 20  # the constant of reciprocal rank fusion: 1 / (RANK_OFFSET + rank)
DEPTH = 100  # ranks of a list that count


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit of a found passage: `passage.text[start:end]`, and how near it is to the question."""

    start: int
    end: int
    cosine: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question."""

    passage: Passage
    score: float  # fused; only comparable within one search
    units: tuple[FoundUnit, ...] = ()  # all of the passage's, in reading order


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a question found, best first."""

    query: Query
    hits: tuple[Hit, ...]
    cited: bool  # the question names a provision that is held, and its passages come first
    milliseconds: Mapping[str, float]  # "search" whole, "encode" the encoder's part of it


class Searcher:
    """Searches one index with one encoder; safe to share between threads."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        self.index = index
        self.encoder = encoder
        self.lookup = Lookup(index.documents)

    @cached_property
    def validities(self) -> Validities:
        """What of the index's documents is in force on a day."""
        return Validities(self.index.documents, self.lookup)

    def search(self, question: str, k: int = 20, as_of: date | None = None) -> SearchResult:
        """The `k` best passages; with `as_of`, of documents that may be in force that day only.

        Raises QuestionError for a question that cannot be searched.
        """
        began = time.perf_counter()
        query = understand(question, self.index.restorer)
        encoding = time.perf_counter()
        vector = self.encoder.queries([query.text])
        encoded = time.perf_counter()
        cosines = self.index.unit_vectors.scores(vector)
        dense = {"units": self._best_unit(cosines), "passages": self.index.passage_vectors.scores(vector)}
        lexical = self._lexical(query)
        cited = self._cited(query)
        fused = fuse([*lexical.values(), *dense.values()]) + cited  # what is named goes before what is near
        order = np.argsort(-fused, kind="stable")
        order = order[self._in(self.usable(as_of))[order]][:k] if as_of else order[:k]
        hits = tuple(self._hit(int(row), fused, cosines) for row in order)
        ended = time.perf_counter()
        return SearchResult(
            query,
            hits,
            bool(cited.any()),
            {"search": 1000 * (ended - began), "encode": 1000 * (encoded - encoding)},
        )

    def usable(self, day: date) -> Collection[str]:
        """The ids of the documents that are, or may be, in force on `day`, in the index's order."""
        return [id_ for id_ in self.index.documents if self.validities.document(id_, day).usable]

    def _in(self, documents: Collection[str]) -> npt.NDArray[np.bool_]:
        """Which passages stand in `documents`, shape (passages,)."""
        ids = frozenset(documents)
        return np.array([passage.document in ids for passage in self.index.passages], dtype=bool)

    def _hit(self, row: int, fused: npt.NDArray[np.float64], cosines: Scores) -> Hit:
        units = tuple(
            FoundUnit(int(self.index.units[unit, 1]), int(self.index.units[unit, 2]), float(cosines[unit]))
            for unit in self.index.units_of[row]
        )
        return Hit(self.index.passages[row], float(fused[row]), units)

    def _best_unit(self, cosines: Scores) -> Scores:
        """The cosine of each passage's best unit, shape (passages,)."""
        best = np.full(len(self.index.passages), -1.0, dtype=np.float32)
        np.maximum.at(best, self.index.units[:, 0], cosines)
        return best

    def _lexical(self, query: Query) -> dict[str, Scores]:
        """BM25 has a vote only over words it can match: of a foreign question, names and numbers."""
        if query.language is Language.VIETNAMESE:
            return {
                "syllables": self.index.syllables.scores(syllables(fold(query.text))),
                "words": self.index.words.scores(words(query.text)),
            }
        return {"syllables": self.index.syllables.scores(syllables(fold(query.shared)))}

    def _cited(self, query: Query) -> npt.NDArray[np.float64]:
        """1 for the passages of provisions that the question names, shape (passages,)."""
        found = [
            resolved.provisions[0].address
            for citation in parse_citations(query.text)
            # a bare instrument names no provision, and one not held would have every mention read
            if citation.units and (resolved := self.lookup.resolve(citation)).status is LookupStatus.EXACT
            if resolved.provisions[0].address.units
        ]
        return np.array(
            [
                float(any(named.contains(address) for named in found for address in passage.addresses))
                for passage in self.index.passages
            ]
            if found
            else np.zeros(len(self.index.passages))
        )


def fuse(lists: Sequence[Scores]) -> npt.NDArray[np.float64]:
    """Reciprocal rank fusion of score lists of one shape; a score of 0 or less has no rank.

    Cormack, Clarke and Büttcher, SIGIR 2009.
    """
    fused = np.zeros(len(lists[0]), dtype=np.float64)
    for scores in lists:
        order = np.argsort(-scores, kind="stable")[:DEPTH]
        ranks = np.arange(1, len(order) + 1)
        fused[order] += np.where(scores[order] > 0, 1.0 / (RANK_OFFSET + ranks), 0.0)
    return fused
