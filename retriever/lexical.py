"""BM25 over tokens that somebody else has made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]  # one score a unit; 0 where nothing matches

K1 = 1.2
B = 0.75
_NOTHING = "\0"


class Bm25:
    """An immutable BM25 index over units given as token lists."""

    def __init__(self, inner: Any, size: int) -> None:
        self._inner = inner
        self._size = size

    @classmethod
    def build(cls, units: Sequence[Sequence[str]]) -> Bm25:
        """Index the units in order, of which there must be one."""
        import bm25s

        inner = bm25s.BM25(k1=K1, b=B, method="lucene")
        # bm25s wants a word to index; this one is in no question
        some = units if any(units) else [[_NOTHING]] * len(units)
        inner.index([list(unit) for unit in some], show_progress=False)
        return cls(inner, len(units))

    def __len__(self) -> int:
        return self._size

    def scores(self, tokens: Sequence[str]) -> Scores:
        """BM25 of every unit for these tokens, shape (units,); unknown tokens count nothing."""
        known = [token for token in tokens if self.knows(token)]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._inner.get_scores(known), dtype=np.float32)

    def scores_of(self, tokens: Sequence[str], units: npt.NDArray[np.int64]) -> Scores:
        """The same of some units alone, shape (len(units),): what it costs does not grow with the index."""
        found = np.zeros(len(units), dtype=np.float32)
        starts, holders, weights = (self._inner.scores[part] for part in ("indptr", "indices", "data"))
        for token in filter(self.knows, tokens):
            row = self._inner.vocab_dict[token]
            holding = holders[starts[row] : starts[row + 1]]  # ascending
            places = np.minimum(np.searchsorted(holding, units), len(holding) - 1)
            found += np.where(holding[places] == units, weights[starts[row] + places], 0)
        return found

    def knows(self, token: str) -> bool:
        """Whether any unit holds the token."""
        return token in self._inner.vocab_dict

    def rarity(self, token: str) -> float:
        """Inverse document frequency, ln(1 + units / units that hold it); highest for an unknown token."""
        row = self._inner.vocab_dict.get(token)
        indptr = self._inner.scores["indptr"]
        held = int(indptr[row + 1] - indptr[row]) if row is not None else 0
        return float(np.log1p(self._size / max(held, 0.5)))

    def save(self, folder: Path) -> None:
        """Write the index into `folder` (numpy arrays and JSON, no pickle)."""
        self._inner.save(str(folder), show_progress=False)
        (folder / "size").write_text(str(self._size), encoding="ascii")

    @classmethod
    def load(cls, folder: Path) -> Bm25:
        """Open an index that `save` wrote."""
        import bm25s

        inner = bm25s.BM25.load(str(folder), load_corpus=False, mmap=True)
        return cls(inner, int((folder / "size").read_text(encoding="ascii")))
