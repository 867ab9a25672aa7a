"""Conducts the reading of a document: file → text → paragraphs → tree → what it says of itself and others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from corpus.document import Document, Passage
from corpus.errors import DocumentError
from corpus.manifest import Entry
from corpus.progress import Progress, silent
from ingest import head, quality, relations, structure
from ingest.errata import apply, read_errata
from ingest.passages import passages
from ingest.readers.sniff import kind_of
from ingest.readers.source import Source
from ingest.repair import paragraphs, white_space

Read = Callable[[bytes, Path], Source]

# The module that reads a kind of content (ingest.readers.sniff), imported when the first such file comes.
READERS: Mapping[str, str] = {
    "text": "plain",
    "pdf": "pdf",
    "docx": "word",
    "doc": "old_word",
    "html": "web",
    "image": "scan",
}
_FORMATS = "PDF, DOCX, DOC, HTML, TXT, Markdown hoặc ảnh (PNG, JPEG, TIFF)"


def read_document(entry: Entry) -> Document:
    """The document of a manifest entry as a tree.

    Raises DocumentError when the file cannot be read, has no reader, or would lose text.
    """
    data = entry.read()
    source = _reader(data, entry.path)(data, entry.path)
    blocks, dropped = paragraphs(source)
    if not blocks:
        raise DocumentError(
            f"Tệp {entry.path} không có chữ nào đọc được. Hãy kiểm tra xem có đúng tệp cần nạp không."
        )
    root = structure.with_pages(structure.build(entry.metadata.id, blocks), source)
    covered = [
        (piece.start, piece.end)
        for node in root.walk()
        for reading in (node.marker, node.heading, node.text)
        for piece in reading.pieces
    ]
    try:
        spaces = white_space(source.text, covered + [(gap.start, gap.end) for gap in dropped])
    except ValueError as error:
        raise DocumentError(
            f"{entry.path}: việc tách cấu trúc làm mất chữ ({error}). Hãy báo lỗi này."
        ) from error
    root, stale = apply(root, read_errata(entry))
    document = Document(
        entry.metadata,
        source.text,
        root,
        tuple(sorted(dropped + spaces, key=lambda gap: gap.start)),
        pages=quality.pages(source),
    )
    document = replace(document, head=head.head(document))  # what names its own number is no mention
    return replace(
        document,
        mentions=relations.mentions(document),
        warnings=(*source.warnings, *stale, *head.differences(document.head, entry.metadata)),
    )


def read_all(
    entries: Sequence[Entry], progress: Progress = silent
) -> tuple[Mapping[str, Document], tuple[Passage, ...]]:
    """Documents by id, and the passages of all of them in order, read here and now: nothing is kept.

    Raises DocumentError at the first file that cannot be read. What serves users goes by ingest.holdings.
    """
    documents: dict[str, Document] = {}
    for done, entry in enumerate(entries, start=1):
        documents[entry.metadata.id] = read_document(entry)
        progress("Đọc văn bản", done, len(entries))
    return documents, cut(documents)


def cut(documents: Mapping[str, Document]) -> tuple[Passage, ...]:
    """The passages of all documents that are searched, in order: not of those withdrawn."""
    searched = (document for document in documents.values() if document.metadata.withdrawn is None)
    return tuple(passage for document in searched for passage in passages(document))


def _reader(data: bytes, path: Path) -> Read:
    """The reader for what the file holds, whatever its name ends in."""
    kind = kind_of(data, path)
    if kind not in READERS:
        raise DocumentError(f"Chưa đọc được định dạng của {path}. Hãy đổi sang một trong: {_FORMATS}.")
    reader: Read = import_module(f"ingest.readers.{READERS[kind]}").read
    return reader
