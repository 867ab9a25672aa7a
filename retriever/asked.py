"""The part of an index that is made of enrichment: what a reader would ask, searched and never shown.

<index>/asked/syllables/, words/   BM25 over all that is written about each passage
              rows.faiss           a vector for each gist and question
              rows.keys            hashes of their texts, for the next build
              owners.npy           int32, shape (rows, 2): of each row its passage and which of the
                                   passage's addresses it is written for
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.document import Passage
from corpus.enrichment import Enrichment
from retriever.dense import VectorIndex
from retriever.lexical import Bm25

# By document and path inside it.
Enrichments = Mapping[str, Mapping[str, Enrichment]]


@dataclass(frozen=True)
class Asked:
    """Opened; nothing in it changes while it is in use."""

    syllables: Bm25
    words: Bm25
    vectors: VectorIndex
    written_for: npt.NDArray[np.int32]  # row of vectors -> position in the index's passages, address in it

    @property
    def owners(self) -> npt.NDArray[np.int32]:
        """The passage of each row of vectors, ascending."""
        owners: npt.NDArray[np.int32] = self.written_for[:, 0]
        return owners

    @cached_property
    def enriched(self) -> npt.NDArray[np.bool_]:
        """Which passages something is written about, shape (passages,)."""
        mask = np.zeros(len(self.syllables), dtype=bool)
        mask[self.owners] = True
        return mask

    @classmethod
    def load(cls, folder: Path) -> Asked:
        """Open what retriever.index wrote."""
        return cls(
            Bm25.load(folder / "syllables"),
            Bm25.load(folder / "words"),
            VectorIndex.load(folder / "rows.faiss"),
            np.load(folder / "owners.npy", allow_pickle=False),
        )

    def nearest(self, owner: int, vector: npt.NDArray[np.float32]) -> Mapping[int, float]:
        """Of a passage's addresses, by place, the cosine of the nearest row written for each."""
        low, high = np.searchsorted(self.owners, (owner, owner + 1))
        if low == high:
            return {}
        cosines = self.vectors.rows(np.arange(low, high)) @ vector
        found: dict[int, float] = {}
        for place, cosine in zip(self.written_for[low:high, 1].tolist(), cosines.tolist(), strict=True):
            found[place] = max(cosine, found.get(place, -1.0))
        return found


def about(passages: Sequence[Passage], enrichments: Enrichments) -> list[tuple[Enrichment, ...]]:
    """For each passage what is written about its provisions, in order."""
    return [
        tuple(
            found
            for address in passage.addresses
            if (found := enrichments.get(passage.document, {}).get(address.path))
        )
        for passage in passages
    ]


def rows(passages: Sequence[Passage], written: Sequence[Sequence[Enrichment]]) -> list[tuple[int, int, str]]:
    """What gets a vector, each with the position of its passage and of the address it is written for."""
    return [
        (owner, [address.path for address in passage.addresses].index(each.at), text)
        for owner, (passage, enrichments) in enumerate(zip(passages, written, strict=True))
        for each in enrichments
        for text in each.sentences
    ]
