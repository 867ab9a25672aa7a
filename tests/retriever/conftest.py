"""A second encoder beside the bundled one, and a handful of real passages to build small indexes from."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpus.document import Document, Passage
from corpus.vietnamese import fold, syllables
from ingest.passages import passages
from retriever.encoder import TokenVectors

if TYPE_CHECKING:
    from retriever.encoder import Encoder, Prompt, TokenEncoder, Vectors
    from ui.settings import Settings


class SyllableEncoder:
    """A bag of hashed syllables: deterministic, needs no model, and near texts share words."""

    name = "bag-of-syllables-64"

    def queries(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), 64), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for syllable in syllables(fold(text)) or [""]:
                row[zlib.crc32(syllable.encode()) % 64] += 1
            row /= np.linalg.norm(row)
        return rows

    def passages(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        for done in range(1, len(texts) + 1):
            if progress:
                progress(done, len(texts))
        return self.queries(texts)


class TokenSyllableEncoder(SyllableEncoder):
    """The same, and every syllable is a token whose vector is drawn from its letters."""

    name = "bag-of-syllables-64-with-tokens"

    def tokens(self, texts: Sequence[str], prompt: Prompt) -> list[TokenVectors]:
        found = []
        for vector, text in zip(self.queries(texts), texts, strict=True):
            ids = [zlib.crc32(syllable.encode()) for syllable in syllables(fold(text))]
            rows = [np.random.default_rng(number).normal(size=64) for number in ids]
            tokens = np.array(rows, dtype=np.float32).reshape(len(ids), 64)
            found.append(TokenVectors(vector, tokens, np.array([one % 2**31 for one in ids], dtype=np.int32)))
        return found


@pytest.fixture(scope="session")
def syllable_token_encoder() -> TokenEncoder:
    """A token encoder that needs no model."""
    return TokenSyllableEncoder()


@pytest.fixture(scope="session")
def syllable_encoder() -> Encoder:
    """The encoder that needs no model."""
    return SyllableEncoder()


@pytest.fixture(scope="session")
def torch_encoder(settings: Settings) -> TokenEncoder:
    """The bundled model run by torch."""
    from retriever.bundled import bundled_model
    from retriever.encoder import SentenceTransformerEncoder

    return SentenceTransformerEncoder(str(bundled_model(settings.cache / "models")))


@pytest.fixture(scope="session")
def compiled_encoder(settings: Settings) -> TokenEncoder:
    """The bundled model as a sentence-transformers model whose transformer is run by OpenVINO."""
    from retriever.bundled import bundled_model
    from retriever.encoder import SentenceTransformerEncoder

    return SentenceTransformerEncoder(str(bundled_model(settings.cache / "models")), compiled=True)


@pytest.fixture(scope="session")
def light_encoder(settings: Settings) -> TokenEncoder:
    """The bundled model without torch."""
    from retriever.bundled import bundled_model
    from retriever.light_encoder import LightEncoder

    return LightEncoder(bundled_model(settings.cache / "models"))


@pytest.fixture(scope="session", params=["light_encoder", "compiled_encoder", "torch_encoder"])
def token_encoder(request: pytest.FixtureRequest) -> TokenEncoder:
    """Every implementation of the TokenEncoder protocol, in turn."""
    chosen: TokenEncoder = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture(
    scope="session", params=["light_encoder", "compiled_encoder", "torch_encoder", "syllable_encoder"]
)
def any_encoder(request: pytest.FixtureRequest) -> Encoder:
    """Every implementation of the Encoder protocol, in turn."""
    chosen: Encoder = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture(scope="session")
def few(documents: Mapping[str, Document]) -> tuple[Passage, ...]:
    """Five short passages, of both documents."""
    short = [[p for p in passages(document) if len(p.text) < 400] for document in documents.values()]
    return (*short[0][:3], *short[1][:2])
