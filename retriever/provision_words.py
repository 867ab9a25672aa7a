"""BM25 over single provisions: which of a found passage's provisions a question speaks of.

<index>/provisions/syllables/  BM25 over the syllables of each provision and of what is written about it
                   starts.npy  int64, shape (passages + 1,): where the provisions of each passage begin
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.document import Document, Passage
from corpus.enrichment import Enrichment
from retriever.fields import asked_of, by_syllable
from retriever.lexical import Bm25, Scores


@dataclass(frozen=True)
class ProvisionWords:
    """Opened; nothing in it changes while it is in use."""

    syllables: Bm25
    starts: npt.NDArray[np.int64]  # of each passage's provisions, in the order of its addresses

    def of(self, tokens: Sequence[str], passage: int) -> Scores:
        """BM25 of one passage's provisions, shape (addresses,)."""
        return self.syllables.scores_of(tokens, np.arange(self.starts[passage], self.starts[passage + 1]))

    @classmethod
    def build(
        cls,
        documents: Mapping[str, Document],
        passages: Sequence[Passage],
        written: Sequence[Sequence[Enrichment]],
    ) -> ProvisionWords:
        """Over the provisions of all passages; `written` is what is written about each passage's."""
        texts = [
            text
            for passage, enrichments in zip(passages, written, strict=True)
            for text in _texts(documents[passage.document], passage, enrichments)
        ]
        starts = np.cumsum([0, *(len(passage.addresses) for passage in passages)], dtype=np.int64)
        return cls(Bm25.build([by_syllable(text) for text in texts]), starts)

    def save(self, folder: Path) -> None:
        """Write into `folder`, which is made. Raises OSError when the disk cannot take it."""
        folder.mkdir()
        self.syllables.save(folder / "syllables")
        np.save(folder / "starts.npy", self.starts, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> ProvisionWords:
        """Open what `save` wrote."""
        return cls(Bm25.load(folder / "syllables"), np.load(folder / "starts.npy", allow_pickle=False))


def _texts(document: Document, passage: Passage, enrichments: Sequence[Enrichment]) -> Iterator[str]:
    beside = {each.at: each for each in enrichments}
    for address in passage.addresses:
        node = document.by_address[address.path]
        own = node.own_repaired
        yield " . ".join([own, *([asked_of([beside[address.path]])] if address.path in beside else [])])
