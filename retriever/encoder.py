"""Sentences become vectors: the bundled model, or any other sentence-transformers model."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.errors import HoidapError

Vectors = npt.NDArray[np.float32]  # shape (texts, dimensions), rows of unit length

BATCH = 16


class EncoderError(HoidapError):
    """A model that cannot be loaded."""

    exit_code = 69


class Encoder(Protocol):
    """The seam for the model."""

    @property
    def name(self) -> str:
        """What the index records: an index is only searched with the encoder that made it."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""

    def passages(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        """Vectors of passages; `progress(done, total)` after each batch."""


class SentenceTransformerEncoder:
    """A sentence-transformers model, loaded on first use.

    `model` is a folder or, where a hub can be reached, a name. Prompts called "query" and "passage"
    are used when the model defines them. `compiled`: a folder of the bundled model, run by OpenVINO.
    """

    def __init__(self, model: str, name: str | None = None, *, compiled: bool = False) -> None:
        self._model_name = model
        self._compiled = compiled
        self._name = name or Path(model).name
        self._lock = threading.Lock()
        self._model: object | None = None

    @property
    def name(self) -> str:
        return self._name

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(list(texts), "query")

    def passages(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        parts: list[Vectors] = []
        by_length = sorted(range(len(texts)), key=lambda i: -len(texts[i]))  # little padding in a batch
        for start in range(0, len(by_length), BATCH):
            parts.append(self._encode([texts[i] for i in by_length[start : start + BATCH]], "passage"))
            if progress:
                progress(min(start + BATCH, len(texts)), len(texts))
        if not parts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = np.concatenate(parts)
        back = np.empty_like(vectors)
        back[by_length] = vectors
        return back

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        from sentence_transformers import SentenceTransformer

        model = self._loaded()
        assert isinstance(model, SentenceTransformer)
        size = model.get_embedding_dimension()
        assert size is not None
        return int(size)

    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        from sentence_transformers import SentenceTransformer

        model = self._loaded()
        assert isinstance(model, SentenceTransformer)
        with self._lock:  # one forward pass at a time: two would only share the same cores
            vectors = model.encode(
                texts,
                prompt_name=prompt if prompt in model.prompts else None,
                normalize_embeddings=True,
                show_progress_bar=False,
                batch_size=BATCH,
            )
        return np.asarray(vectors, dtype=np.float32)

    def _loaded(self) -> object:
        with self._lock:
            if self._model is None:
                self._model = _load(self._model_name, self._compiled)
            return self._model


def _load(model: str, compiled: bool) -> object:
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # a bar of milliseconds at every start only worries people
    try:
        if compiled:
            from retriever.compiled import compiled_model

            return compiled_model(Path(model))
        return SentenceTransformer(model, device="cpu")
    except (OSError, ValueError, SafetensorError) as error:
        why = " ".join(str(error).split()).rstrip(".")  # theirs may run over several lines
        raise EncoderError(
            f"Không nạp được mô hình “{model}”: {why}. Hãy sửa HOIDAP_MODEL thành tên hoặc thư mục của một "
            "mô hình sentence-transformers có sẵn trên máy, hoặc bỏ trống để dùng mô hình đi kèm."
        ) from error
