"""Late interaction: every token of a question looks for the token of a passage that is nearest to it.

ColBERT's MaxSim (Khattab and Zaharia, SIGIR 2020) over the encoder's own token vectors, which no training
has made for it; two things make it work all the same. One common centre, the mean token vector of
Vietnamese official text, is taken off both sides: without it all tokens lie in one narrow cone. And a token
of the question counts for as much as the best passage stands out by it: one that all passages match alike,
a mark or a word that every text has, tells nothing. Of a passage's tokens only the signs are kept, one bit
a dimension (48 bytes a token of 384 dimensions): that costs less than any projection to fewer dimensions
(docs/evaluation.md has what was tried).

    tokens.npy    uint8, shape (tokens of all passages, dimensions / 8), the signs
    starts.npy    int64, shape (passages + 1,), where each passage's rows begin
    centre.npy    float32, shape (dimensions,)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retriever.lexical import Scores

Signs = npt.NDArray[np.uint8]  # shape (tokens, dimensions / 8)
Centre = npt.NDArray[np.float32]  # shape (dimensions,)

_ALIKE = 1e-4  # cosines that near are equal: of one passage, or of the same text twice


class TokenSigns:
    """The signs of all passages' token vectors, read-only, mapped into memory."""

    def __init__(self, tokens: Signs, starts: npt.NDArray[np.int64], centre: Centre) -> None:
        self.tokens = tokens
        self.starts = starts
        self.centre = centre

    def __len__(self) -> int:
        return len(self.starts) - 1

    def of(self, passage: int) -> Signs:
        """The rows of one passage."""
        return self.tokens[self.starts[passage] : self.starts[passage + 1]]

    def scores(self, question: npt.NDArray[np.float32], passages: npt.NDArray[np.int64]) -> Scores:
        """The weighted mean over the question's tokens of the best cosine in each passage, shape (passages,).

        `question`: token vectors, shape (tokens, dimensions). A passage or question without tokens gets -1.
        The weights depend on the passages compared: scores are comparable within one call.
        """
        found = np.full(len(passages), -1.0, dtype=np.float32)
        held = np.flatnonzero(self.starts[passages + 1] > self.starts[passages])
        if not len(question) or not len(held):
            return found
        blocks = [self.of(int(passage)) for passage in passages[held]]
        bits = np.unpackbits(np.concatenate(blocks), axis=1).astype(np.float32)
        # a sign vector is 2 · bits - 1, of length √dimensions
        asked = unit(question - self.centre)
        cosines = (2 * (bits @ asked.T) - asked.sum(axis=1)) / np.sqrt(asked.shape[1])
        begins = np.cumsum([0, *(len(block) for block in blocks[:-1])])
        best = np.maximum.reduceat(cosines, begins, axis=0)
        telling = np.maximum(best.max(axis=0) - best.mean(axis=0), 0.0)
        found[held] = np.average(best, axis=1, weights=telling if telling.max() > _ALIKE else None)
        return found

    def save(self, folder: Path) -> None:
        """Write into `folder`, which is made. Raises OSError when the disk cannot take it."""
        folder.mkdir()
        for name, array in (("tokens", self.tokens), ("starts", self.starts), ("centre", self.centre)):
            np.save(folder / f"{name}.npy", array, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> TokenSigns:
        """Open what `save` wrote."""
        return cls(
            np.load(folder / "tokens.npy", mmap_mode="r", allow_pickle=False),
            np.load(folder / "starts.npy", allow_pickle=False),
            np.load(folder / "centre.npy", allow_pickle=False),
        )

    @classmethod
    def joined(cls, passages: Sequence[Signs], centre: Centre) -> TokenSigns:
        """The signs of passages, one block each, in order."""
        starts = np.cumsum([0, *(len(block) for block in passages)], dtype=np.int64)
        return cls(np.concatenate(passages), starts, centre)


def signs(tokens: npt.NDArray[np.float32], centre: Centre) -> Signs:
    """The signs of token vectors around `centre`, eight a byte."""
    return np.packbits(tokens > centre, axis=1)


def centre_of(passages: Iterable[npt.NDArray[np.float32]], dimensions: int) -> Centre:
    """The mean of all token vectors, each array of shape (tokens, dimensions)."""
    total, count = np.zeros(dimensions, dtype=np.float64), 0
    for tokens in passages:
        total += tokens.sum(axis=0, dtype=np.float64)
        count += len(tokens)
    return (total / max(count, 1)).astype(np.float32)


def unit(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Rows at length 1; a row of zeros stays."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)
