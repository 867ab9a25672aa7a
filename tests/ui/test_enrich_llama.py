"""hoidap enrich with a real llama.cpp server and a model so small that it is mostly wrong."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.enrichment import Enrichment, enrichment_file, read_enrichment, wanted
from corpus.manifest import Entry
from ingest.enrich import enrich, unwritten
from ingest.enrichment_check import review
from ingest.pipeline import read_document
from tests.data.llama_process import llama
from tests.data.office_text import office_entry, office_manifest
from tests.data.openai_server import good, serving
from ui.cli import main
from ui.language_model import Endpoint, chat_model

pytest.importorskip("xllamacpp")
pytestmark = pytest.mark.slow  # half a minute of generating on a free core, minutes on a busy one

TEXT = "Điều 1. Mục tiêu\n\nHỗ trợ 120 hộ làm nhà nghỉ.\n\nĐiều 2. Thời hạn\n\nXong trước ngày 30/6/2026.\n"


@pytest.fixture
def entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Entry:
    entry = office_entry(tmp_path / "documents", TEXT)
    office_manifest(entry)
    monkeypatch.setenv("HOIDAP_DATA", str(tmp_path))
    return entry


def first_line(entry: Entry, document: Document) -> Enrichment:
    """A good line for the first provision, written as an earlier run would have."""
    node = wanted(document)[0]
    with serving(good) as server, chat_model(Endpoint(server.url, "m"), None, 5) as model:
        assert enrich(document, [node], enrichment_file(entry), model).left == ()
    return read_enrichment(enrichment_file(entry))[0]


def test_only_lines_that_pass_land_in_the_file(
    entry: Entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = read_document(entry)
    asked = len(wanted(document))
    with llama(tmp_path) as (url, _):
        monkeypatch.setenv("HOIDAP_LLM", f"{url}#gemma")
        code = main(["enrich", "--yes", entry.metadata.id])
    out, error = capsys.readouterr()
    lines = read_enrichment(enrichment_file(entry))
    assert f"đã viết {len(lines)} trong {asked}" in out, error  # the server answered for each
    assert code == (0 if len(lines) == asked else 1)
    found = review(lines, document)
    assert found.faulty == ()
    assert len(found.missing) == asked - len(lines)


def test_a_server_that_dies_takes_nothing_with_it(
    entry: Entry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = read_document(entry)
    kept = first_line(entry, document)
    with llama(tmp_path) as (url, process):
        monkeypatch.setenv("HOIDAP_LLM", f"{url}#gemma")
        killer = threading.Timer(6, process.kill)  # while it generates
        killer.start()
        try:
            assert main(["enrich", "--yes", entry.metadata.id]) == 69
        finally:
            killer.cancel()
    lines = read_enrichment(enrichment_file(entry))
    assert lines[0] == kept
    assert review(lines, document).faulty == ()
    assert "Traceback" not in capsys.readouterr().err
    with serving(good) as server, chat_model(Endpoint(server.url, "m"), None, 5) as model:
        enrich(document, unwritten(document, lines), enrichment_file(entry), model)
    lines = read_enrichment(enrichment_file(entry))
    assert lines[0] == kept
    assert review(lines, document).good
