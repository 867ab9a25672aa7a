"""Conducts ingestion: manifest entries → documents → passages → index, with progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from corpus.document import Document, Passage
from corpus.errors import DocumentError
from corpus.manifest import Entry
from corpus.progress import Progress, silent
from ingest import structure
from ingest.passages import passages
from ingest.readers import pdf, plain
from ingest.readers.source import Source
from ingest.repair import paragraphs, white_space

READERS: Mapping[str, Callable[[bytes, Path], Source]] = {
    ".txt": plain.read,
    ".md": plain.read,
    ".pdf": pdf.read,
}


def read_document(entry: Entry) -> Document:
    """The document of a manifest entry as a tree.

    Raises DocumentError when the file cannot be read, has no reader, or would lose text.
    """
    reader = READERS.get(entry.path.suffix.lower())
    if reader is None:
        raise DocumentError(
            f"Chưa đọc được định dạng “{entry.path.suffix}” ({entry.path}). "
            f"Hãy đổi sang một trong: {', '.join(sorted(READERS))}."
        )
    source = reader(entry.read(), entry.path)
    blocks, dropped = paragraphs(source)
    if not blocks:
        raise DocumentError(f"Tệp {entry.path} không có chữ nào đọc được.")
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
    return Document(
        entry.metadata, source.text, root, tuple(sorted(dropped + spaces, key=lambda gap: gap.start))
    )


def read_all(
    entries: Sequence[Entry], progress: Progress = silent
) -> tuple[Mapping[str, Document], tuple[Passage, ...]]:
    """Documents by id, and the passages of all of them in order."""
    documents: dict[str, Document] = {}
    found: list[Passage] = []
    for done, entry in enumerate(entries, start=1):
        document = read_document(entry)
        documents[document.id] = document
        found.extend(passages(document))
        progress("Đọc văn bản", done, len(entries))
    return documents, tuple(found)
