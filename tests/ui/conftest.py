"""A real model small enough to be loaded and run in a moment, and data folders made with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


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


@pytest.fixture(scope="session")
def ingested(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose index of the shipped documents is up to date; tests take a copy."""
    from ui.opening import prepare
    from ui.settings import Settings

    data = tmp_path_factory.mktemp("ingested")
    prepare(Settings(data=data, cache=data / "cache", model=str(tiny_model)))
    return data


@pytest.fixture
def office(ingested: Path, tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in force for every command, with a folder for documents of its own."""
    data = shutil.copytree(ingested, tmp_path / "data")
    (data / "documents").mkdir()
    monkeypatch.setenv("HOIDAP_DATA", str(data))
    monkeypatch.setenv("HOIDAP_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("HOIDAP_MODEL", str(tiny_model))
    return data
