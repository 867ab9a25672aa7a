"""Puts the floors together: settings → documents, encoder, index, answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Document
from corpus.errors import IndexVersionError, ManifestError, SearchIndexError
from corpus.manifest import SHIPPED, Entry, load
from corpus.progress import Progress, silent
from ui.settings import Settings

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from ingest.holdings import Failure, Holdings
    from ingest.readings import Readings
    from retriever.encoder import SentenceTransformerEncoder, TokenEncoder
    from retriever.search import Searcher

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
    from ingest.holdings import read_holdings

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
    """The encoder in force, for many texts."""
    from retriever.encoder import SentenceTransformerEncoder

    return SentenceTransformerEncoder(*model(settings, say), compiled=settings.model is None)


def light_encoder(settings: Settings) -> TokenEncoder:
    """The encoder in force, for a question now and then: of the bundled model the road without torch."""
    if settings.model:
        return encoder(settings)
    from retriever.light_encoder import LightEncoder

    folder, name = model(settings)
    return LightEncoder(Path(folder), name)


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
    from ingest.enrichments import enrichments, with_enrichment
    from ingest.holdings import expected, read_holdings
    from ingest.pipeline import cut
    from retriever.index import build, fingerprint, served

    faults: dict[str, ManifestError] = {}
    found = load(*manifests(settings), faults=faults)
    encoding, readings = encoder(settings, say), _readings(settings)
    office = settings.manifest.parent
    known = None if retry else expected(found, faults, readings, served(settings.index))
    if known:
        made_from = with_enrichment(known[0], found, office)
        if _serves(settings, fingerprint(made_from, encoding.name), check):
            return Prepared(False, known[1])
    holdings = read_holdings(found, faults, readings, lambda: _former(settings), retry, progress)
    made_from = with_enrichment(holdings.made_from, found, office)
    if _serves(settings, fingerprint(made_from, encoding.name), check):
        return Prepared(False, holdings.failures)
    passages = cut(holdings.documents)
    written, stale = enrichments(found, holdings.documents, office)
    build(settings.index, holdings.documents, passages, encoding, progress, made_from, written)
    readings.sweep(map(readings.key, found))
    return _prepared(holdings, len(passages), stale)


def _prepared(holdings: Holdings, passages: int, stale: Sequence[str]) -> Prepared:
    held = holdings.documents.values()
    told = [f"{document.id}: {warning}" for document in held for warning in document.warnings]
    return Prepared(
        built=True,
        failures=holdings.failures,
        documents=len(held),
        pages=sum(len(document.pages) for document in held),
        provisions=sum(len(document.by_address) - 1 for document in held),  # the root is no provision
        passages=passages,
        warnings=(*holdings.warnings, *told, *stale),
    )


def _readings(settings: Settings) -> Readings:
    from ingest.isolation import Limits
    from ingest.readings import Readings

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

    return Answerer(open_searcher(settings))


@contextmanager
def open_writing_answerer(settings: Settings) -> Iterator[Answerer]:
    """As `open_answerer`; where a language model is set, it writes the answers for as long as the block runs.

    Raises SettingsError where the setting names no model, its key is missing or the package is not installed.
    """
    if settings.llm is None:
        yield open_answerer(settings)
        return
    from answer.generate import Limits, Writer
    from answer.pipeline import Answerer
    from ui.language_model import chat_model, endpoint

    where, seconds = endpoint(settings.llm), settings.llm_answer_seconds
    # no second try: a reader waits, and the extract is ready
    with chat_model(where, settings.llm_key, seconds, retries=0) as model:
        writer = Writer(model, where.model, Limits.of(seconds), host=None if where.local else where.host)
        yield Answerer(open_answerer(settings).searcher, writer=writer)


def open_searcher(settings: Settings) -> Searcher:
    """The search over the index in use, without what only answers need. Raises as `open_answerer` does."""
    from retriever.index import open_index
    from retriever.rerank import CrossEncoderReranker
    from retriever.search import Searcher

    index = open_index(settings.index)
    encoding = light_encoder(settings)
    if index.encoder_name != encoding.name:
        raise IndexVersionError(
            f"Chỉ mục được lập bằng mô hình “{index.encoder_name}”, nay đang chọn “{encoding.name}”. "
            "Hãy chạy: hoidap ingest"
        )
    reranker = CrossEncoderReranker(settings.reranker) if settings.reranker else None
    return Searcher(index, encoding, reranker=reranker)
