"""A last look by a cross-encoder, where one is set: question and passage read together.

None is bundled: those worth having weigh hundreds of megabytes. Any sentence-transformers CrossEncoder
serves, for instance BAAI/bge-reranker-v2-m3 or a Vietnamese one.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from retriever.encoder import not_loaded
from retriever.lexical import Scores

RERANKED = 30  # passages that are read again
_BATCH = 8


class Reranker(Protocol):
    """The seam for the model."""

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        """How well each text answers, shape (texts,); only comparable within one question."""


class CrossEncoderReranker:
    """A sentence-transformers CrossEncoder, loaded on first use; `model` is a folder or a name."""

    def __init__(self, model: str) -> None:
        self._name = model
        self._lock = threading.Lock()
        self._model: Any = None

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        with self._lock:  # one forward pass at a time: two would only share the same cores
            if self._model is None:
                self._model = _load(self._name)
            found = self._model.predict(
                [(question, text) for text in texts], batch_size=_BATCH, show_progress_bar=False
            )
        return np.asarray(found, dtype=np.float32)


def _load(model: str) -> Any:
    from safetensors import SafetensorError
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # a bar of milliseconds at every start only worries people
    try:
        # more than one label would give more than one score a pair
        return CrossEncoder(model, num_labels=1, device="cpu")
    except (OSError, ValueError, SafetensorError) as error:
        raise not_loaded(model, error, "HOIDAP_RERANKER", "CrossEncoder", "không xếp lại") from error
