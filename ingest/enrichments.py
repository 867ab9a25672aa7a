"""The enrichment of all documents in force: what there is, and what its files look like now."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus.document import Document
from corpus.enrichment import Enrichment, enrichment_files, fitting, read_enrichments
from corpus.errors import DocumentError
from corpus.manifest import Entry


def with_enrichment(made_from: Mapping[str, str], entries: Sequence[Entry], office: Path) -> dict[str, str]:
    """`made_from` of the documents, so that it changes too when a document's enrichment does."""
    files = {entry.metadata.id: enrichment_files(entry, office) for entry in entries}
    return {id_: f"{word} {_hash(files.get(id_, ()))}" for id_, word in made_from.items()}


def enrichments(
    entries: Sequence[Entry], documents: Mapping[str, Document], office: Path
) -> tuple[Mapping[str, Mapping[str, Enrichment]], tuple[str, ...]]:
    """What is written for each document, by its id and path, and warnings in Vietnamese.

    A file that cannot be read is left out and told of: a document is found without it too.
    """
    found: dict[str, Mapping[str, Enrichment]] = {}
    warnings: list[str] = []
    for entry in entries:
        identifier = entry.metadata.id
        if identifier not in documents:
            continue
        try:
            fresh, stale = fitting(read_enrichments(entry, office), documents[identifier])
        except DocumentError as error:
            warnings.append(f"{identifier}: {error}")
            continue
        if fresh:
            found[identifier] = fresh
        if stale:
            warnings.append(
                f"{identifier}: {len(stale)} dòng lời gợi tìm không còn khớp với lời văn nên không dùng. "
                f"Hãy chạy: hoidap enrich {identifier}"
            )
    return found, tuple(warnings)


def _hash(files: Sequence[Path]) -> str:
    said = hashlib.sha256()
    for file in files:
        if file.is_file():
            said.update(file.read_bytes())
        said.update(b"\0")
    return said.hexdigest()[:16]
