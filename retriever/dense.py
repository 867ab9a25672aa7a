"""Nearest vectors by inner product, with FAISS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from retriever.encoder import Vectors
from retriever.lexical import Scores


class Flat:
    """An exact FAISS index: for a few hundred thousand vectors nothing approximate is needed."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    @classmethod
    def build(cls, vectors: Vectors) -> Flat:
        """Index rows of unit length; inner product is then the cosine."""
        import faiss

        inner = faiss.IndexFlatIP(vectors.shape[1])
        inner.add(np.ascontiguousarray(vectors))
        return cls(inner)

    def __len__(self) -> int:
        return int(self._inner.ntotal)

    def search(self, query: Vectors, k: int) -> tuple[Scores, np.typing.NDArray[np.int64]]:
        """The `k` best rows for one query of shape (1, dimensions): scores and row numbers, best first."""
        scores, rows = self._inner.search(np.ascontiguousarray(query), min(k, len(self)))
        return scores[0], rows[0]

    def scores(self, query: Vectors) -> Scores:
        """The cosine of every row, shape (rows,)."""
        best, rows = self.search(query, len(self))
        every = np.empty(len(self), dtype=np.float32)
        every[rows] = best
        return every

    def rows(self, numbers: Sequence[int]) -> Vectors:
        """The vectors of these rows, shape (numbers, dimensions)."""
        found: Vectors = self._inner.reconstruct_batch(np.asarray(numbers, dtype=np.int64))
        return found

    def save(self, file: Path) -> None:
        """Write the index. Raises OSError when the disk cannot take it."""
        import faiss

        # not faiss.write_index: on a full disk it can lose the tail without an error
        file.write_bytes(faiss.serialize_index(self._inner).tobytes())

    @classmethod
    def load(cls, file: Path) -> Flat:
        """Open an index read-only, mapped into memory."""
        import faiss

        return cls(faiss.read_index(str(file), faiss.IO_FLAG_MMAP | faiss.IO_FLAG_READ_ONLY))
