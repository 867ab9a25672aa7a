"""Sentences become vectors: the bundled model, or any other sentence-transformers model."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias, runtime_checkable

import numpy as np
import numpy.typing as npt

from corpus.errors import HoidapError

Vectors = npt.NDArray[np.float32]  # shape (texts, dimensions), rows of unit length
Prompt: TypeAlias = Literal["query", "passage"]

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


@dataclass(frozen=True, slots=True, eq=False)
class TokenVectors:
    """A text's vector and, from the same pass through the model, those of its own tokens.

    The model's special tokens and those of the prompt before the text are left out. An empty text has no
    rows, nor has any text of a model that works without token vectors.
    """

    vector: npt.NDArray[np.float32]  # shape (dimensions,), of unit length: what `queries` or `passages` gives
    tokens: npt.NDArray[np.float32]  # shape (tokens, dimensions), of no particular length
    ids: npt.NDArray[np.int32]  # shape (tokens,)


@runtime_checkable
class TokenEncoder(Encoder, Protocol):
    """An encoder that can tell the vectors of single tokens."""

    def tokens(self, texts: Sequence[str], prompt: Prompt) -> list[TokenVectors]:
        """Token vectors of texts, in their order; what a long text is cut to is the model's affair."""


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
        return in_batches(texts, lambda some: self._encode(some, "query"), self.dimensions)

    def passages(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        return in_batches(texts, lambda some: self._encode(some, "passage"), self.dimensions, progress)

    def tokens(self, texts: Sequence[str], prompt: Prompt) -> list[TokenVectors]:
        from sentence_transformers import SentenceTransformer

        model = self._loaded()
        assert isinstance(model, SentenceTransformer)
        with self._lock:
            found: Any = model.encode(
                list(texts),
                prompt_name=prompt if prompt in model.prompts else None,
                output_value=None,
                show_progress_bar=False,
                batch_size=BATCH,
            )
            lead = model.preprocess([model.prompts.get(prompt) or ""])
        special = _special_ids(model.tokenizer)
        return [_token_vectors(one, special, _ids(lead)) for one in found]

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
        raise not_loaded(model, error) from error


def not_loaded(
    model: str,
    error: Exception,
    setting: str = "HOIDAP_MODEL",
    kind: str = "sentence-transformers",
    otherwise: str = "dùng mô hình đi kèm",
) -> EncoderError:
    """The error that a user sees when the model of a setting cannot be loaded."""
    why = " ".join(str(error).split()).rstrip(".")  # theirs may run over several lines
    return EncoderError(
        f"Không nạp được mô hình “{model}”: {why}. Hãy sửa {setting} thành tên hoặc thư mục của một "
        f"mô hình {kind} có sẵn trên máy, hoặc bỏ trống để {otherwise}."
    )


def batches(texts: Sequence[str]) -> list[list[int]]:
    """Positions of the texts, at most BATCH together, texts of like length side by side: little padding."""
    by_length = sorted(range(len(texts)), key=lambda i: -len(texts[i]))
    return [by_length[start : start + BATCH] for start in range(0, len(texts), BATCH)]


def in_batches(
    texts: Sequence[str],
    encode: Callable[[list[str]], Vectors],
    dimensions: int,
    progress: Callable[[int, int], None] | None = None,
) -> Vectors:
    """Vectors of texts in their order; `encode` gives a batch's, `progress(done, total)` after each."""
    vectors = np.zeros((len(texts), dimensions), dtype=np.float32)
    done = 0
    for batch in batches(texts):
        vectors[batch] = encode([texts[position] for position in batch])
        done += len(batch)
        if progress:
            progress(done, len(texts))
    return vectors


def own_tokens(
    ids: npt.NDArray[np.int64], special: Collection[int], prompt: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Positions of the tokens that are the text's own; `prompt`: the ids of the prompt encoded alone."""
    kept = np.flatnonzero(~np.isin(ids, list(special)))
    before = prompt[~np.isin(prompt, list(special))]
    # the prompt's last token may have run together with the text's first: that one is the text's
    both = min(len(kept), len(before))
    same = ids[kept[:both]] == before[:both]
    return kept[both if same.all() else int(np.argmin(same)) :]


def _token_vectors(
    found: Mapping[str, Any], special: Collection[int], lead: npt.NDArray[np.int64]
) -> TokenVectors:
    """What sentence-transformers gave for one text, without padding, special tokens and prompt."""
    vector = found["sentence_embedding"].float().numpy()
    vector = vector / max(float(np.linalg.norm(vector)), 1e-12)
    if "token_embeddings" not in found:
        return TokenVectors(vector, np.zeros((0, len(vector)), np.float32), np.zeros(0, np.int32))
    held = found["attention_mask"].numpy().astype(bool)
    ids = found["input_ids"].numpy()[held]
    own = own_tokens(ids, special, lead)
    return TokenVectors(
        vector, found["token_embeddings"].float().numpy()[held][own], ids[own].astype(np.int32)
    )


def _ids(features: Mapping[str, Any]) -> npt.NDArray[np.int64]:
    """The token ids of the only text of a batch."""
    ids: npt.NDArray[np.int64] = features["input_ids"].numpy().reshape(-1)
    return ids


def _special_ids(tokenizer: Any) -> Collection[int]:
    from tokenizers import Tokenizer

    from retriever.transformer import special_ids

    if isinstance(tokenizer, Tokenizer):
        return special_ids(tokenizer)
    return set(tokenizer.all_special_ids) - {tokenizer.unk_token_id}  # the unknown token stands for some text
