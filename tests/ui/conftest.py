"""The server over the real index; data folders made with a model that is loaded and run in a moment."""

from __future__ import annotations

import gc
import shutil
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from answer.pipeline import Answerer
    from ui.settings import Settings


@pytest.fixture(scope="session")
def app(answerer: Answerer, settings: Settings) -> FastAPI:
    """The server without limits on how often it is called."""
    from ui.api import create_app

    with warnings.catch_warnings():
        # Gradio leaves event loops open while a page is put together
        warnings.simplefilter("ignore", ResourceWarning)
        made = create_app(answerer, replace(settings, citations_per_minute=0, asks_per_minute=0))
        gc.collect()
    return made


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """It, called in this process."""
    from fastapi.testclient import TestClient

    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


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
