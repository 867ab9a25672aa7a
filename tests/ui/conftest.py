"""Data folders made with a real model that is small enough to be loaded and run in a moment."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


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
