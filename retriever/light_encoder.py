"""The bundled model without torch: the same vectors, up in a second or two instead of twelve."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from retriever.encoder import Prompt, TokenVectors, Vectors, batches, in_batches, not_loaded, own_tokens
from retriever.transformer import Hidden, Ids, Transformer, exported, prompts


class LightEncoder:
    """The bundled model by tokenizers, OpenVINO and NumPy alone, loaded on first use.

    Pools and normalises as the model's own modules do. Only where the exported transformer is missing does it
    import torch, to make it.
    """

    def __init__(self, folder: Path, name: str | None = None) -> None:
        self._folder = folder
        self._name = name or folder.name
        self._lock = threading.Lock()
        self._loaded: tuple[Transformer, dict[str, str]] | None = None

    @property
    def name(self) -> str:
        return self._name

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts, "query")

    def passages(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        return self._vectors(texts, "passage", progress)

    def tokens(self, texts: Sequence[str], prompt: Prompt) -> list[TokenVectors]:
        with self._lock:
            transformer, prompt_text = self._model(prompt)
            lead = transformer.ids([prompt_text])[0][0]
        found: dict[int, TokenVectors] = {}
        for batch in batches(texts):
            ids, mask, hidden = self._run([texts[position] for position in batch], prompt)
            for position, vector, row, held, tokens in zip(
                batch, _pooled(hidden, mask), ids, mask, hidden, strict=True
            ):
                own = own_tokens(row[: held.sum()], transformer.special, lead)
                found[position] = TokenVectors(vector, tokens[own], row[own].astype(np.int32))
        return [found[position] for position in range(len(texts))]

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        with self._lock:
            return self._model("query")[0].dimensions

    def _vectors(
        self, texts: Sequence[str], prompt: Prompt, progress: Callable[[int, int], None] | None = None
    ) -> Vectors:
        def encode(some: list[str]) -> Vectors:
            _, mask, hidden = self._run(some, prompt)
            return _pooled(hidden, mask)

        return in_batches(texts, encode, self.dimensions, progress)

    def _run(self, texts: Sequence[str], prompt: Prompt) -> tuple[Ids, Ids, Hidden]:
        with self._lock:  # one forward pass at a time: two would only share the same cores
            transformer, before = self._model(prompt)
            ids, mask = transformer.ids([before + text for text in texts])
            return ids, mask, transformer.hidden(ids, mask)

    def _model(self, prompt: Prompt) -> tuple[Transformer, str]:
        """The transformer and what stands before a text; to be called under the lock."""
        if self._loaded is None:
            try:
                if not exported(self._folder).is_file():
                    _export(self._folder)
                self._loaded = Transformer(self._folder), dict(prompts(self._folder))
            except (OSError, ValueError, RuntimeError) as error:
                raise not_loaded(str(self._folder), error) from error
        transformer, before = self._loaded
        return transformer, before[prompt]


def _export(folder: Path) -> None:
    from retriever.compiled import export

    export(folder)


def _pooled(hidden: Hidden, mask: npt.NDArray[np.int64]) -> Vectors:
    """The mean of each text's token vectors, prompt and special tokens with them, at unit length."""
    weights = mask.astype(np.float32)
    mean = np.matmul(weights[:, None, :], hidden)[:, 0] / weights.sum(axis=1, keepdims=True)
    vectors: Vectors = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return vectors
