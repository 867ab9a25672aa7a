"""The measure of ingestion: files that share no line, costs of whole processes, a report one can read."""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.document import Document
from eval import pdf_folder
from eval.ingest_speed import Cost, IngestSpeedError, PeerCost, SpeedReport, _run, render_speed, speed_json
from eval.pdf_folder import SIZE, _lines, _slice, make_pdfs


def test_slices_are_long_enough_the_same_every_time_and_share_next_to_nothing(
    documents: Mapping[str, Document],
) -> None:
    lines = [line for document in documents.values() for line in _lines(document)]
    slices = [list(_slice(lines, number)) for number in range(60)]
    assert slices == [list(_slice(lines, number)) for number in range(60)]
    assert all(SIZE < sum(map(len, one)) < 2 * SIZE for one in slices)
    held = Counter(line for one in slices for line in set(one))
    assert sum(count - 1 for count in held.values()) < 0.02 * sum(held.values())


def test_a_mark_at_the_beginning_stays() -> None:
    chance = random.Random(1)
    for mark in ("Điều 12. ", "1.2. ", "a) ", "IV. "):
        varied = pdf_folder._varied(f"{mark}Năm 2026 có 15 xã.", chance)
        assert varied.startswith(f"{mark}Năm ")
        assert varied != f"{mark}Năm 2026 có 15 xã."


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice prints the files")
def test_files_are_printed_and_can_be_read(documents: Mapping[str, Document], tmp_path: Path) -> None:
    from ingest.readers.pdf import read

    files = make_pdfs(documents, 2, tmp_path / "in")
    assert [file.name for file in files] == ["vb-0000.pdf", "vb-0001.pdf"]
    texts = [read(file.read_bytes(), file).text for file in files]
    assert all(len(text) > 0.9 * SIZE for text in texts)


def test_without_libreoffice_it_says_what_to_install(
    documents: Mapping[str, Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pdf_folder.NoOfficeError, match=r"Hãy cài: apt install libreoffice"):
        make_pdfs(documents, 1, tmp_path)


def test_the_cost_is_that_of_a_process_and_its_children() -> None:
    child = "import time; held = bytearray(150_000_000); time.sleep(1)"
    code = f"import subprocess, sys; print('xong'); subprocess.run([sys.executable, '-c', {child!r}])"
    cost, printed = _run([sys.executable, "-c", code], {})
    assert printed == "xong\n"
    assert 1 < cost.seconds < 20
    assert 150_000_000 < cost.peak_bytes < 400_000_000


def test_a_way_that_fails_is_told() -> None:
    with pytest.raises(IngestSpeedError, match="dừng với mã 3: hỏng"):
        _run([sys.executable, "-c", "import sys; print('hỏng', file=sys.stderr); sys.exit(3)"], {})


@pytest.mark.parametrize("peers", [{}, {"theirs": PeerCost(Cost(150, 10**9), 3, 40, 50_000)}])
def test_the_report(peers: Mapping[str, PeerCost]) -> None:
    cost = Cost(60, 5 * 10**8)
    report = SpeedReport(30, 10**6, "Đã lập chỉ mục 30 văn bản.", cost, cost, Cost(6, 10**8), peers, 0.1)
    shown = render_speed(report)
    assert "30 tệp PDF, 1,0 MB. Đã lập chỉ mục 30 văn bản." in shown
    assert ("×2,50" in shown) is bool(peers)
    assert ("Chưa cài LangChain" in shown) is not bool(peers)
    assert json.loads(json.dumps(speed_json(report)))["per_minute"] == 30
