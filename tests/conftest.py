"""What several tests share: the shipped documents as trees, and the whole system opened once."""

from __future__ import annotations

from collections.abc import Mapping
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
