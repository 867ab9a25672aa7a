"""What several tests share: the shipped documents as trees, and the whole system opened once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.document import Document
from corpus.manifest import SHIPPED, load
from ingest.pipeline import read_all

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from retriever.encoder import Encoder
    from ui.settings import Settings


@pytest.fixture(scope="session")
def documents() -> Mapping[str, Document]:
    """The shipped documents by id, read anew from their files."""
    return read_all(load(SHIPPED))[0]


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings of the environment the tests run in, its index made where it is missing or out of date."""
    from ui.opening import prepare
    from ui.settings import Settings, quiet_environment

    quiet_environment()
    settings = Settings.read()
    prepare(settings)
    return settings


@pytest.fixture(scope="session")
def answerer(settings: Settings) -> Answerer:
    """The real system over the real index: model, index and pipeline."""
    from ui.opening import open_answerer

    return open_answerer(settings)


@pytest.fixture(scope="session")
def encoder(answerer: Answerer) -> Encoder:
    """The encoder in force, loaded once."""
    return answerer.searcher.encoder


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of one random vector a word; the words are those of the Decision."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers
    from torch.nn import Module

    from corpus.manifest import SHIPPED
    from corpus.vietnamese import fold, syllables

    text = SHIPPED.with_name("qd-dieu-chinh-quy-hoach-2026.txt").read_text(encoding="utf-8")
    words = ["[UNK]", *sorted(set(syllables(fold(text))))]
    tokenizer = Tokenizer(models.WordLevel({word: row for row, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    folder = tmp_path_factory.mktemp("model") / "tiny"
    modules: list[Module] = [StaticEmbedding(tokenizer, embedding_dim=32), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder))
    return folder
