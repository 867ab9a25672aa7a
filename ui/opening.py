"""Puts the floors together: settings → documents, encoder, index, answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.errors import IndexVersionError, ManifestError, SearchIndexError
from corpus.manifest import SHIPPED, Entry, load
from corpus.progress import Progress, silent
from ingest.holdings import Failure, Holdings, expected, read_holdings
from ingest.isolation import Limits
from ingest.pipeline import cut
from ingest.readings import Readings
from ui.settings import Settings

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from retriever.encoder import SentenceTransformerEncoder

# Heavy rooms are imported where they are needed: looking a citation up must not load a model.


@dataclass(frozen=True, slots=True)
class Prepared:
    """What preparing did."""

    built: bool  # False: the index was up to date already
    failures: tuple[Failure, ...]
    documents: int = 0
    pages: int = 0
    provisions: int = 0
    passages: int = 0
    warnings: tuple[str, ...] = ()  # of all documents, each beginning with the document's id


def entries(settings: Settings) -> tuple[Entry, ...]:
    """The shipped documents, and over them what the office holds in its data folder."""
    return load(*manifests(settings))


def manifests(settings: Settings) -> list[Path]:
    """The shipped manifest, and the office's where there is one."""
    return [SHIPPED, *([settings.manifest] if settings.manifest.is_file() else [])]


def documents(settings: Settings) -> Mapping[str, Document]:
    """All documents as trees that can be read: no model, no index. `prepare` tells of the others."""
    faults: dict[str, ManifestError] = {}
    found = load(*manifests(settings), faults=faults)
    return read_holdings(found, faults, _readings(settings), lambda: _former(settings)).documents


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

    return SentenceTransformerEncoder(*model(settings, say), compiled=settings.model is None)


def prepare(
    settings: Settings,
    *,
    check: bool = False,
    retry: bool = False,
    progress: Progress = silent,
    say: Callable[[str], None] | None = None,
) -> Prepared:
    """Make sure that the model is unpacked and the index is up to date; what has not changed costs nothing.

    `check`: also open the index in use, and build it anew if it is damaged. `retry`: read files again that
    could not be read. Files that cannot be read are in the result; no exception is raised for them.
    """
    from retriever.index import build, fingerprint, served

    faults: dict[str, ManifestError] = {}
    found = load(*manifests(settings), faults=faults)
    encoding, readings = encoder(settings, say), _readings(settings)
    known = None if retry else expected(found, faults, readings, served(settings.index))
    if known and _serves(settings, fingerprint(known[0], encoding.name), check):
        return Prepared(False, known[1])
    holdings = read_holdings(found, faults, readings, lambda: _former(settings), retry, progress)
    if _serves(settings, fingerprint(holdings.made_from, encoding.name), check):
        return Prepared(False, holdings.failures)
    passages = cut(holdings.documents)
    build(settings.index, holdings.documents, passages, encoding, progress, holdings.made_from)
    readings.sweep(map(readings.key, found))
    return _prepared(holdings, len(passages))


def _prepared(holdings: Holdings, passages: int) -> Prepared:
    held = holdings.documents.values()
    told = [f"{document.id}: {warning}" for document in held for warning in document.warnings]
    return Prepared(
        built=True,
        failures=holdings.failures,
        documents=len(held),
        pages=sum(len(document.pages) for document in held),
        provisions=sum(len(document.by_address) - 1 for document in held),  # the root is no provision
        passages=passages,
        warnings=(*holdings.warnings, *told),
    )


def _readings(settings: Settings) -> Readings:
    return Readings(settings.readings, Limits(settings.file_seconds, settings.file_memory_mb))


def _former(settings: Settings) -> Mapping[str, Document]:
    """The documents of the index in use; none where there is none that can be opened."""
    from retriever.index import open_index

    try:
        return open_index(settings.index).documents
    except SearchIndexError:
        return {}


def _serves(settings: Settings, wanted: str, check: bool) -> bool:
    """Whether the index in use has this fingerprint; with `check`, also whether it can be opened."""
    from retriever.index import is_current, open_index

    if not is_current(settings.index, wanted):
        return False
    try:
        return not check or bool(open_index(settings.index).passages)
    except SearchIndexError:
        return False


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
