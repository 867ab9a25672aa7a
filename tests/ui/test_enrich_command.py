"""hoidap enrich: what it tells, what it asks, what it sends where, and how it ends."""

from __future__ import annotations

import builtins
import fcntl
import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.enrichment import read_enrichment, write_enrichment
from corpus.manifest import SHIPPED
from tests.data.office_text import office_entry, office_manifest
from tests.data.openai_server import Answer, Reply, asked, chat, good, good_line, refusal, serving
from ui import opening
from ui.cli import main
from ui.settings import Settings

ID = "kh-45-2026"
KEY = "sk-rat-bi-mat-123"
Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one document of the office, every file read."""
    folder = tmp_path_factory.mktemp("held")
    office_manifest(office_entry(folder / "documents"))
    assert len(opening.documents(Settings(data=folder, cache=folder / "cache"))) > 1
    return folder


@pytest.fixture
def held(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, in force for every command; returns where the lines of the document are written."""
    shutil.copytree(data, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("HOIDAP_DATA", str(tmp_path))
    monkeypatch.setenv("HOIDAP_LLM_SECONDS", "5")
    for name in ("HOIDAP_LLM", "HOIDAP_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "documents" / f"{ID}.enrichment.jsonl"


def run(answer: Answer, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit code, and what was sent."""
    with serving(answer) as server:
        monkeypatch.setenv("HOIDAP_LLM", f"{server.url}#mo-hinh-nho")
        return main(["enrich", *arguments]), server.requests


def test_the_whole_way(held: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    assert main(["enrich", "--check", ID]) == 1
    out = capsys.readouterr().out
    assert f"{ID}: 6 điều khoản, 6 thiếu, 0 dòng cũ, 0 dòng sai." in out
    assert "hoidap enrich" in out
    code, requests = run(good, monkeypatch, "--yes", ID)
    assert code == 0
    assert len(requests) == 6
    assert {request["model"] for request in requests} == {"mo-hinh-nho"}
    out, error = capsys.readouterr()
    assert "Sẽ gửi 6 điều khoản của 1 văn bản" in error
    assert "ngay trên máy này" in error
    assert f"{ID}: đã viết 6 trong 6 điều khoản, ghi ở {held}." in out
    assert "hoidap ingest" in out
    assert len(read_enrichment(held)) == 6
    assert main(["enrich", "--check", ID]) == 0
    assert main(["enrich", ID]) == 0  # needs no model any more, and asks nobody
    assert "không phải làm gì" in capsys.readouterr().out


def test_some_failed(held: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def wrong_for_one(request: dict[str, Any], count: int) -> Reply:
        line = good_line(request)
        if "120 hộ" in asked(request)["text"]:
            line["gist_zh"] = "no"
        return chat(json.dumps(line))

    assert run(wrong_for_one, monkeypatch, "--yes", ID)[0] == 1
    out = capsys.readouterr().out
    assert "đã viết 5 trong 6" in out
    assert "i/1: gist_zh" in out
    assert len(read_enrichment(held)) == 5


@pytest.mark.parametrize(
    ("status", "told"), [(401, "không nhận khóa"), (500, "gặp lỗi ở máy chủ"), (404, "tên mô hình")]
)
def test_a_server_that_fails_midway(
    status: int, told: str, held: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("HOIDAP_LLM_KEY", KEY)
    answer = lambda request, count: refusal(status, f"key {KEY}") if count >= 2 else good(request)  # noqa: E731
    assert run(answer, monkeypatch, "--yes", ID)[0] == 69
    out, error = capsys.readouterr()
    assert told in error
    assert KEY not in out + error
    assert "Traceback" not in error
    assert len(read_enrichment(held)) == 2


@pytest.mark.usefixtures("held")
def test_nothing_is_sent_unasked(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    code, requests = run(good, monkeypatch, ID)
    assert (code, requests) == (64, [])
    assert "--yes" in capsys.readouterr().err


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(("said", "sent"), [("c", 6), ("có", 6), ("", 0), ("k", 0)])
def test_somebody_is_asked(said: str, sent: int, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(builtins, "input", lambda prompt: said)
    code, requests = run(good, monkeypatch, ID)
    assert (code, len(requests)) == (0, sent)


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("https://may.vi-du.vn/v1#m", "nội dung văn bản sẽ rời khỏi máy."),
        ("http://10.0.0.5:8080/v1#m", "Đường truyền http không mã hóa."),
    ],
)
def test_who_sends_it_off_the_machine_is_told(
    setting: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("HOIDAP_LLM", setting)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert main(["enrich", ID]) == 64
    error = capsys.readouterr().err
    assert "CHÚ Ý" in error
    assert told in error


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 64, "--all"),
        (["khong-co"], 64, "Không có văn bản khong-co"),
        ([ID], 78, "HOIDAP_LLM=ollama"),
    ],
)
def test_wrong_use(arguments: list[str], code: int, told: str, capsys: Captured) -> None:
    assert main(["enrich", *arguments]) == code
    assert told in capsys.readouterr().err


@pytest.mark.usefixtures("held")
def test_the_shipped_files_are_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    before = {file.name: file.read_bytes() for file in SHIPPED.parent.glob("*.jsonl")}
    assert run(good, monkeypatch, "--yes", "--all")[0] == 0
    assert {file.name: file.read_bytes() for file in SHIPPED.parent.glob("*.jsonl")} == before
    assert main(["enrich", "--check"]) == 0
    assert capsys.readouterr().out.count(" 0 thiếu, 0 dòng cũ, 0 dòng sai.") == len(before) + 1


def test_a_broken_file_is_told_and_stops_nothing_else(
    held: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    held.write_text("{\n", encoding="utf-8")
    assert main(["enrich", "--check"]) == 1
    out = capsys.readouterr().out
    assert "dòng 1: không phải JSON" in out
    assert "nq-223-nq-tu: 6 điều khoản" in out
    code, requests = run(good, monkeypatch, "--yes", "--all")
    assert (code, requests) == (1, [])
    assert held.read_text(encoding="utf-8") == "{\n"  # somebody's work: not written over


def test_check_names_what_is_stale_and_wrong(
    held: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    run(good, monkeypatch, "--yes", ID)
    lines = read_enrichment(held)
    write_enrichment(held, [replace(lines[0], text="0" * 16), replace(lines[1], words=()), *lines[2:]])
    capsys.readouterr()
    assert main(["enrich", "--check", ID]) == 1
    out = capsys.readouterr().out
    assert "1 thiếu, 1 dòng cũ, 1 dòng sai" in out
    assert f"cũ: {lines[0].at}" in out
    assert f"sai: {lines[1].at}: words có 0 mục" in out


def test_two_commands_do_not_write_over_each_other(
    held: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    with (held.parent / ".enrich.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code, requests = run(good, monkeypatch, "--yes", ID)
    assert (code, requests) == (65, [])
    assert "đang chạy" in capsys.readouterr().err
