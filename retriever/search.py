"""Question → passages: every stage's scores, fused, with how sure the search is."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache

import numpy as np

from corpus.address import Address
from corpus.citation import parse_citations
from corpus.document import Passage
from retriever.encoder import Encoder
from retriever.fields import by_syllable
from retriever.fusion import Stage, fused
from retriever.index import Index
from retriever.lookup import Lookup, LookupStatus
from retriever.query import Query, understand
from retriever.rerank import RERANKED, Reranker
from retriever.stages import EncodedQuery, Looked, Rows, encode, look
from retriever.validity import Validities

NAMED_FIRST = 4  # passages of a provision that is named which come before all others
REMEMBERED = 512  # searches whose result is kept for the same question


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
    asked: Mapping[Address, float] = field(
        default_factory=dict
    )  # of its provisions that something is written about: the cosine of the nearest question or gist
    stages: Mapping[Stage, float] = field(
        default_factory=dict
    )  # what each stage says of it, in its own measure
    worded: Mapping[Address, float] = field(
        default_factory=dict
    )  # of its provisions: BM25 of the question against each and what is written about it


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a question found, best first."""

    query: Query
    hits: tuple[Hit, ...]
    cited: tuple[Address, ...]  # provisions that the question names: their passages come first
    milliseconds: Mapping[str, float]  # "search" whole, "encode" the encoder's part of it


@dataclass(frozen=True, slots=True)
class Seen:
    """A question and what every stage says of the passages that were looked at."""

    query: Query
    encoded: EncodedQuery
    looked: Looked
    named: tuple[Address, ...]  # provisions that the question names
    cited: Rows  # their passages
    encoded_in: float  # milliseconds


class Searcher:
    """Searches one index with one encoder; safe to share between threads."""

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        without: Collection[Stage] = (),
        reranker: Reranker | None = None,
    ) -> None:
        """`without` leaves stages out, for ablations. `reranker` reads the best again."""
        self.index = index
        self.encoder = encoder
        self.lookup = Lookup(index.documents)
        self._reranker = reranker
        self._without = frozenset(without)
        self._remembered = lru_cache(REMEMBERED)(self._search)  # an index never changes while it is open

    @cached_property
    def validities(self) -> Validities:
        """What of the index's documents is in force on a day."""
        return Validities(self.index.documents, self.lookup)

    def search(self, question: str, k: int = 20, as_of: date | None = None) -> SearchResult:
        """The `k` best passages; with `as_of`, of documents that may be in force that day only.

        Raises QuestionError for a question that cannot be searched.
        """
        began = time.perf_counter()
        searches = self._remembered.cache_info().misses
        result = self._remembered(question, k, as_of)
        took = 1000 * (time.perf_counter() - began)
        new = self._remembered.cache_info().misses > searches
        return replace(
            result, milliseconds={"search": took, "encode": result.milliseconds["encode"] if new else 0.0}
        )

    def _search(self, question: str, k: int, as_of: date | None) -> SearchResult:
        seen = self.see(question, as_of)
        return self.ranked(seen, k, self._without)

    def see(self, question: str, as_of: date | None = None) -> Seen:
        """Everything that ranking needs: what each stage says. Raises QuestionError as `search` does."""
        query = understand(question, self.index.restorer, self.index.abbreviations)
        began = time.perf_counter()
        encoded = encode(query.meant, self.encoder)
        encoded_in = 1000 * (time.perf_counter() - began)
        named = self._named(query)
        cited = self._under(named)
        looked = look(self.index, query, encoded, cited, self._allowed(as_of))
        return Seen(query, encoded, self._reread(query, looked), named, cited, encoded_in)

    def ranked(self, seen: Seen, k: int, without: Collection[Stage] = ()) -> SearchResult:
        """The `k` best of what was seen, fused from all stages but those in `without`."""
        looked = seen.looked
        scores = fused(looked.found, looked.enriched, without)
        # what is named goes before what is near; of a long section only what is nearest in it
        cited = np.flatnonzero(np.isin(looked.rows, seen.cited))
        scores[cited[np.argsort(-scores[cited], kind="stable")[:NAMED_FIRST]]] += 1.0
        order = np.argsort(-scores, kind="stable")[:k]
        said = by_syllable(seen.query.searched)
        hits = tuple(
            self._hit(int(place), float(scores[place]), looked, seen.encoded, said) for place in order
        )
        return SearchResult(seen.query, hits, seen.named, {"encode": seen.encoded_in})

    def usable(self, day: date) -> Collection[str]:
        """The ids of the documents that are, or may be, in force on `day`, in the index's order."""
        return [id_ for id_ in self.index.documents if self.validities.document(id_, day).usable]

    def _allowed(self, as_of: date | None) -> Rows | None:
        """The passages of documents that may be in force on a day; None for all."""
        if as_of is None:
            return None
        return self.index.passages.of(frozenset(self.usable(as_of)))

    def _reread(self, query: Query, looked: Looked) -> Looked:
        """With what the cross-encoder says of the best; the others are as bad as the worst of these."""
        if self._reranker is None or not len(looked.rows):
            return looked
        best = np.argsort(-fused(looked.found, looked.enriched, self._without), kind="stable")[:RERANKED]
        texts = [_whole(self.index.passages[int(looked.rows[place])]) for place in best]
        said = self._reranker.scores(query.meant, texts)
        scores = np.full(len(looked.rows), said.min(), dtype=np.float32)
        scores[best] = said
        return replace(looked, found={**looked.found, Stage.RERANKED: scores})

    def _hit(
        self, place: int, score: float, looked: Looked, encoded: EncodedQuery, said: Sequence[str]
    ) -> Hit:
        row = int(looked.rows[place])
        numbers = np.arange(self.index.unit_starts[row], self.index.unit_starts[row + 1])
        cosines = self.index.unit_vectors.rows(numbers) @ encoded.vector[0]
        units = tuple(
            FoundUnit(int(start), int(end), float(cosine))
            for (_, start, end), cosine in zip(self.index.units[numbers], cosines, strict=True)
        )
        stages = {stage: float(scores[place]) for stage, scores in looked.found.items()}
        asked, worded = self._asked(row, encoded), self._worded(row, said)
        return Hit(self.index.passages[row], score, units, asked, stages, worded)

    def _asked(self, row: int, encoded: EncodedQuery) -> Mapping[Address, float]:
        if self.index.asked is None:
            return {}
        addresses = self.index.passages[row].addresses
        nearest = self.index.asked.nearest(row, encoded.vector[0])
        return {addresses[place]: cosine for place, cosine in nearest.items()}

    def _worded(self, row: int, said: Sequence[str]) -> Mapping[Address, float]:
        if self.index.provisions is None:
            return {}
        scores = self.index.provisions.of(said, row).tolist()
        return dict(zip(self.index.passages[row].addresses, scores, strict=True))

    def _named(self, query: Query) -> tuple[Address, ...]:
        """The provisions that the question names."""
        return tuple(
            resolved.provisions[0].address
            for citation in parse_citations(query.text)
            # a bare instrument names no provision, and one not held would have every mention read
            if citation.units and (resolved := self.lookup.resolve(citation)).status is LookupStatus.EXACT
            if resolved.provisions[0].address.units
        )

    def _under(self, addresses: Sequence[Address]) -> Rows:
        """The passages of provisions, ascending."""
        rows = [self.index.passages.under(address) for address in addresses]
        return np.unique(np.concatenate(rows)) if rows else np.zeros(0, dtype=np.int64)


def _whole(passage: Passage) -> str:
    """What a cross-encoder reads: the nearest heading, then the corrected text."""
    return "\n".join((*passage.path[-1:], passage.repaired))
