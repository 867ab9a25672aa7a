"""What is written beside the documents: read for the index, and seen when it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.enrichment import read_enrichments, write_enrichment
from corpus.manifest import SHIPPED, Entry, load
from ingest.enrichments import enrichments, with_enrichment

PLAN = "kh-du-lich-cvdc-2026"


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    return load(SHIPPED)


def test_every_shipped_document_has_its_enrichment_and_none_is_stale(
    entries: tuple[Entry, ...], documents: Mapping[str, Document], tmp_path: Path
) -> None:
    held = {
        entry.metadata.id: documents[entry.metadata.id] for entry in entries if entry.metadata.id in documents
    }
    found, warnings = enrichments(entries, held, tmp_path)
    assert warnings == ()
    assert PLAN in held and set(found) == set(held)
    assert all(len(lines) > 5 for lines in found.values())


def test_stale_lines_are_left_out_and_told(
    entries: tuple[Entry, ...], documents: Mapping[str, Document], tmp_path: Path
) -> None:
    plan = next(entry for entry in entries if entry.metadata.id == PLAN)
    lines = read_enrichments(plan, tmp_path)
    write_enrichment(tmp_path / f"{PLAN}.enrichment.jsonl", [replace(lines[0], at="ix/99", text="0" * 16)])
    found, (warning,) = enrichments([plan], {PLAN: documents[PLAN]}, tmp_path)
    assert "ix/99" not in found[PLAN] and len(found[PLAN]) == len(lines)
    assert "1 dòng" in warning and f"hoidap enrich {PLAN}" in warning


def test_a_file_that_cannot_be_read_is_told_and_stops_nothing(
    entries: tuple[Entry, ...], documents: Mapping[str, Document], tmp_path: Path
) -> None:
    plan = next(entry for entry in entries if entry.metadata.id == PLAN)
    (tmp_path / f"{PLAN}.enrichment.jsonl").write_text("{", encoding="utf-8")
    found, (warning,) = enrichments([plan], {PLAN: documents[PLAN]}, tmp_path)
    assert found == {}
    assert "dòng 1" in warning


def test_a_document_changes_with_its_enrichment(entries: tuple[Entry, ...], tmp_path: Path) -> None:
    made_from = {entry.metadata.id: "x" for entry in entries}
    before = with_enrichment(made_from, entries, tmp_path)
    assert with_enrichment(made_from, entries, tmp_path) == before
    (tmp_path / f"{PLAN}.enrichment.jsonl").write_text("\n", encoding="utf-8")
    after = with_enrichment(made_from, entries, tmp_path)
    assert {id_ for id_ in before if before[id_] != after[id_]} == {PLAN}
