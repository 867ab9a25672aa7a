"""The part of an index that is made of enrichment: what a reader would ask, searched and never shown.

<index>/asked/syllables/, words/   BM25 over all that is written about each passage
              rows.faiss           a vector for each gist and question
              rows.keys            hashes of their texts, for the next build
              owners.npy           int32, the passage of each row
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
    owners: npt.NDArray[np.int32]  # row of vectors -> position in the index's passages

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


def rows(written: Sequence[Sequence[Enrichment]]) -> list[tuple[int, str]]:
    """What gets a vector, each with the position of its passage."""
    return [
        (owner, text)
        for owner, enrichments in enumerate(written)
        for each in enrichments
        for text in (*each.vietnamese, each.gist_en, each.gist_zh)
        if text
    ]
