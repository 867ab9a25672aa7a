"""The commands of `hoidap eval` that need no model: check, compare, report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ui.cli import main

PLAN = "kh-du-lich-cvdc-2026"
DEVELOPMENT = Path(__file__).parents[2] / "eval" / "questions" / "development.jsonl"
REVENUE = "tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng"
QUESTION: dict[str, object] = {
    "id": "q1",
    "kind": "figure",
    "question": "Năm 2026 ngành du lịch thu bao nhiêu?",
    "gold": [{"document": PLAN, "quotes": [REVENUE]}],
}
PASSAGE: dict[str, object] = {
    "rank": 1,
    "document": PLAN,
    "address": "",
    "citation": "mục II",
    "text": REVENUE,
    "score": 1.0,
}


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOIDAP_DATA", str(tmp_path / "data"))  # no index in it
    monkeypatch.setenv("HOIDAP_CACHE", str(tmp_path / "cache"))


def written(file: Path, *lines: dict[str, object]) -> str:
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return str(file)


def run_of(name: str, *passages: dict[str, object]) -> dict[str, object]:
    return {"id": name, "passages": list(passages), "answer": None, "latency_ms": {"search": 5.0}}


def test_check_counts_warns_and_names_what_is_asked_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = written(tmp_path / "a.jsonl", QUESTION)
    assert main(["eval", "check", first]) == 0
    printed = capsys.readouterr().out
    assert "1 câu hỏi, 1 trích dẫn, 0 lỗi." in printed and "theo loại: figure 1" in printed
    assert "chú ý: loại “figure” có 1 câu; một phần của bộ câu hỏi cần ít nhất 25." in printed
    second = written(tmp_path / "b.jsonl", QUESTION | {"id": "q2"})
    assert main(["eval", "check", first, second]) == 65
    assert re.search(r"lỗi: .*b\.jsonl:1: câu hỏi đã có ở .*a\.jsonl:1", capsys.readouterr().out)


def test_check_of_rare_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rare = QUESTION | {
        "question": "Sản phẩm lưu niệm và quà tặng có bao nhiêu?",
        "gold": [{"document": PLAN, "quotes": ["tái bản 2.660 sản phẩm lưu niệm có gắn hình ảnh"]}],
    }
    assert main(["eval", "check", written(tmp_path / "a.jsonl", rare)]) == 65
    assert re.search(r"lỗi: 1 trong 1 câu trả lời được có từ hiếm.*q1 \(.*quà", capsys.readouterr().out)


def test_compare_names_what_was_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    questions = written(tmp_path / "q.jsonl", QUESTION)
    before = written(tmp_path / "before.jsonl", run_of("q1", PASSAGE))
    after = written(tmp_path / "after.jsonl", run_of("q1"))
    assert main(["eval", "compare", "--questions", questions, before, after]) == 0
    printed = capsys.readouterr().out
    assert "after so với before" in printed and "THUA theo complete@5: 1 câu" in printed and "■ q1" in printed
    assert main(["eval", "compare", "--json", "--questions", questions, before, after]) == 0
    assert json.loads(capsys.readouterr().out)["lost"][0]["question"]["id"] == "q1"


def test_report_writes_both_files_and_finds_the_questions(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="the extra `eval` is not installed")
    ids = [json.loads(line)["id"] for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]
    run = written(tmp_path / "run.jsonl", *(run_of(name, PASSAGE) for name in ids))
    (tmp_path / "old").mkdir()
    old = written(tmp_path / "old" / "run.jsonl", *(run_of(name) for name in ids))
    page, markdown = tmp_path / "r.html", tmp_path / "r.md"
    assert main(["eval", "report", "--out", str(page), "--markdown", str(markdown), run, old]) == 0
    assert f"{old} so với {run}" in page.read_text(encoding="utf-8")  # the stems are the same
    assert f"{len(ids)} câu hỏi" in page.read_text(encoding="utf-8")
    assert "Những câu kém nhất" in page.read_text(encoding="utf-8")
    assert "| hit@1 |" in markdown.read_text(encoding="utf-8")


def test_a_report_of_unknown_questions_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "r.html"
    run = written(tmp_path / "run.jsonl", run_of("câu lạ", PASSAGE))
    assert main(["eval", "report", "--out", str(page), run]) == 65
    assert "--questions" in capsys.readouterr().err and not page.exists()


CITATION: dict[str, object] = {
    "id": "c1",
    "text": "khoản 1 Điều 3",
    "form": "locator",
    "expected": [
        {
            "span_text": "khoản 1 Điều 3",
            "status": "exact",
            "address": "qd-dieu-chinh-quy-hoach-2026/dieu-3/khoan-2",
        }
    ],
}


def test_citations_by_form_with_what_was_missed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path / "c.jsonl", CITATION)
    assert main(["eval", "citations", file]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"locator +1 +1 +100,0 +100,0 +100,0 +0,0 +0,0", printed) and "■ c1" in printed
    assert main(["eval", "citations", "--misses", "0", file]) == 0
    assert "■" not in capsys.readouterr().out
    assert main(["eval", "citations", "--json", file]) == 0
    assert json.loads(capsys.readouterr().out)["misses"][0]["id"] == "c1"


def test_the_shipped_citations_are_the_default_and_the_test_part_stays_unseen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["eval", "citations"]) == 0
    development, test = capsys.readouterr().out.split("===== test =====")
    assert "===== development =====" in development and "tất cả" in test and "■" not in test


def test_check_reads_citation_sets_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "check", written(tmp_path / "c.jsonl", CITATION)]) == 0
    assert "1 lượt tra, 1 trích dẫn, 0 lỗi." in capsys.readouterr().out
    lost = CITATION | {"expected": [{"span_text": "Điều 3", "status": "exact", "address": f"{PLAN}/dieu-3"}]}
    assert main(["eval", "check", written(tmp_path / "c.jsonl", lost)]) == 65
    assert f"c.jsonl:1: không có điều khoản “{PLAN}/dieu-3”" in capsys.readouterr().out
