"""What the next build is spared, whichever way the vectors are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from retriever.dense import VectorIndex
from retriever.encoder import Vectors
from retriever.kept import Kept, save_keys

TEXTS = [f"điều {number}" for number in range(300)]


class Numbered:
    """A vector for each text by its number; remembers what it was asked."""

    name = "số"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def queries(self, texts: Sequence[str]) -> Vectors:
        angles = np.asarray([int(text.split()[1]) for text in texts]) / 100
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    def passages(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        self.asked += texts
        return self.queries(texts)


@pytest.mark.parametrize("exact", [1000, 10], ids=["exact", "lists"])
@pytest.mark.parametrize(
    ("wanted", "new"),
    [
        (TEXTS[::-1], []),
        ([*TEXTS[5:9], "điều 999", *TEXTS[200:]], ["điều 999"]),
        (["điều 1000"], ["điều 1000"]),
    ],
)
def test_only_new_texts_are_encoded(tmp_path: Path, exact: int, wanted: list[str], new: list[str]) -> None:
    encoder = Numbered()
    VectorIndex.build(encoder.queries(TEXTS), exact).save(tmp_path / "units.faiss")
    save_keys(tmp_path / "units.keys", TEXTS)
    kept = Kept.open(tmp_path, vectors=True, tokens=False, segmented=False)
    vectors = kept.vectors(wanted, encoder, lambda done, total: None)
    assert np.array_equal(vectors, encoder.queries(wanted))
    assert encoder.asked == new
