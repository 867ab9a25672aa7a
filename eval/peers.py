"""`hoidap eval peers`: the pipelines a user would otherwise write, beside ours, in one run.

Every method works in a process of its own, one after the other, over the same documents and questions with
the same encoder; its passages are scored by the rule ours are scored by (`eval.measures`). Beside that rule
stands a table with a far longer passage limit. A follow-up question is made whole once, by our own step,
and given to every method alike; questions without an answer in the documents are left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from answer.conversation import whole_question
from corpus.document import PASSAGE_LIMIT, Document
from corpus.errors import HoidapError
from eval import measures
from eval.figures import decimal, percent, times
from eval.measures import QUALITY, Estimate, estimate
from eval.peer_methods import METHODS, OURS, Found, Job
from eval.peer_worker import Measured, measured
from eval.questions import Question
from eval.report import table
from eval.runfile import RunLine, RunPassage, line_fields, write_run

LONG_LIMIT = 6000  # characters: longer than any passage of the methods here
BUSY = 0.3  # running processes a processor, beyond which times tell little
PACKAGES = (
    "langchain-core",
    "langchain-community",
    "langchain-classic",
    "langchain-huggingface",
    "langchain-text-splitters",
    "rank-bm25",
    "llama-index-core",
    "llama-index-embeddings-huggingface",
    "sentence-transformers",
    "torch",
    "faiss-cpu",
)
INSTALL = "Hãy cài thêm, tại thư mục mã nguồn: .venv/bin/pip install -e '.[peers]'"


class PeersError(HoidapError):
    """The comparison cannot be made: the rivals are not installed, or ours fails."""

    exit_code = 69


@dataclass(frozen=True, slots=True)
class PeerResult:
    """One method's quality and cost."""

    passages: int
    median_length: int  # characters of the passages it returned
    longest: int
    quality: Mapping[str, Estimate]  # by QUALITY, at most PASSAGE_LIMIT characters a passage
    quality_long: Mapping[str, Estimate]  # the same at most LONG_LIMIT
    index_seconds: float
    p50: float  # milliseconds a question
    p95: float
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class PeersReport:
    """All methods, ours first."""

    documents: int
    questions: int
    encoder: str
    results: Mapping[str, PeerResult]  # by the keys of METHODS
    absent: Mapping[str, str]  # methods that did not run, and why
    versions: Mapping[str, str]  # of PACKAGES, those that are installed
    load: float  # what else the machine was doing at the start: running processes a processor


def missing_modules(name: str) -> tuple[str, ...]:
    """The modules a method needs that are not installed."""
    return tuple(module for module in METHODS[name].needs if not _has(module))


def compare(
    questions: Sequence[Question],
    documents: Mapping[str, Document],
    manifests: Sequence[Path],
    model: tuple[str, str],
    say: Callable[[str], None],
    runs: Path | None = None,
) -> PeersReport:
    """Runs and scores every method that is installed.

    `model` is the encoder's folder (or name) and the name it goes by; `documents` are those of `manifests`.
    `say` hears a line in Vietnamese before each method. `runs` is a folder to leave each method's run file
    in, for `hoidap eval report` and `compare`. Raises PeersError when no rival is installed or ours
    fails; a rival that fails is told of in the report.
    """
    absent = {name: f"chưa cài {', '.join(gone)}" for name in METHODS if (gone := missing_modules(name))}
    if len(absent) == len(METHODS) - 1:
        raise PeersError(f"Chưa cài cách làm nào để so sánh. {INSTALL}")
    asked = [question for question in questions if not question.unanswerable]
    if not asked:
        raise PeersError("Tệp câu hỏi không có câu nào có lời giải để so sánh. Hãy chọn tệp khác.")
    job = Job(
        model=model[0],
        model_name=model[1],
        manifests=tuple(map(str, manifests)),
        documents=tuple((document.id, document.original) for document in documents.values()),
        questions=tuple((one.id, whole_question(one.question, one.history)) for one in asked),
    )
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    results: dict[str, PeerResult] = {}
    for name in METHODS:
        if name in absent:
            continue
        say(f"Đang chạy {METHODS[name].shown}…")
        done = _in_its_own_process(name, job)
        if isinstance(done, Measured):
            results[name] = scored(asked, done)
            if runs is not None:
                write_run((_run_line(question, done) for question in asked), runs / f"{name}.jsonl")
        elif name == OURS:
            raise PeersError(f"hoidap không chạy được: {done}. Hãy thử: hoidap ingest")
        else:
            absent[name] = done
    return PeersReport(len(documents), len(asked), model[1], results, absent, _versions(), load)


def scored(questions: Sequence[Question], done: Measured) -> PeerResult:
    """What a method did, by our rule; every question must be in its run."""
    lengths = [len(one.text) for found in done.found.values() for one in found]
    return PeerResult(
        passages=done.passages,
        median_length=round(measures.percentile(lengths, 50) or 0),
        longest=max(lengths, default=0),
        quality=_estimates(questions, done, PASSAGE_LIMIT),
        quality_long=_estimates(questions, done, LONG_LIMIT),
        index_seconds=done.index_seconds,
        p50=measures.percentile(done.milliseconds, 50) or 0.0,
        p95=measures.percentile(done.milliseconds, 95) or 0.0,
        peak_bytes=done.peak_bytes,
    )


def render_peers(report: PeersReport) -> str:
    """The report as lines of text for a terminal."""
    parts = [
        f"{report.documents} văn bản, {report.questions} câu hỏi có lời giải, bộ mã hóa {report.encoder}. "
        "Đơn vị %, trong ngoặc vuông là khoảng tin cậy 95%; × là so với hoidap.",
        _quality(
            report, "quality", f"CHẤT LƯỢNG (đoạn dài quá {decimal(PASSAGE_LIMIT, 0)} ký tự không tính)"
        ),
        _quality(
            report,
            "quality_long",
            f"CHẤT LƯỢNG NẾU CHO ĐOẠN DÀI ĐẾN {decimal(LONG_LIMIT, 0)} KÝ TỰ (để luật không làm khó ai)",
        ),
        _cost(report),
    ]
    if report.load > BUSY:
        parts.append(
            f"Máy đang bận việc khác (tải {decimal(report.load)} mỗi nhân lúc bắt đầu): "
            "đừng tin các số đo thời gian, hãy đo lại lúc máy rảnh."
        )
    parts += [f"{METHODS[name].shown}: không có kết quả ({why})." for name, why in report.absent.items()]
    if any(METHODS[name].needs and why.startswith("chưa cài") for name, why in report.absent.items()):
        parts.append(INSTALL)
    parts.append("Phiên bản: " + ", ".join(f"{name} {number}" for name, number in report.versions.items()))
    return "\n\n".join(parts) + "\n"


def peers_json(report: PeersReport) -> dict[str, object]:
    """The report as plain JSON values, every field under its own name."""
    return asdict(report)


def _in_its_own_process(name: str, job: Job) -> Measured | str:
    """What the method did, or in a few words why it could not."""
    with tempfile.TemporaryDirectory() as scratch:
        job_file, out = Path(scratch) / "job.json", Path(scratch) / "out.json"
        job_file.write_text(json.dumps(asdict(job), ensure_ascii=False), encoding="utf-8")
        command = [sys.executable, "-m", "eval.peer_worker", name, str(job_file), str(out)]
        ended = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        if ended.returncode:
            return (ended.stderr.strip().splitlines() or [f"mã thoát {ended.returncode}"])[-1]
        return measured(json.loads(out.read_text(encoding="utf-8")))


def _estimates(questions: Sequence[Question], done: Measured, limit: int) -> dict[str, Estimate]:
    scored = [
        measures.retrieval(question.gold, _passages(done.found[question.id]), limit) for question in questions
    ]
    return {measure: estimate([values[measure] for values in scored]) for measure in QUALITY}


def _run_line(question: Question, done: Measured) -> dict[str, object]:
    return line_fields(RunLine(question.id, tuple(_passages(done.found[question.id]))))


def _passages(found: Sequence[Found]) -> list[RunPassage]:
    return [RunPassage(rank, one.document, "", "", one.text, 0.0) for rank, one in enumerate(found, start=1)]


def _quality(report: PeersReport, field: str, title: str) -> str:
    ours: Mapping[str, Estimate] = getattr(report.results[OURS], field)
    rows = []
    for name, result in report.results.items():
        theirs: Mapping[str, Estimate] = getattr(result, field)
        rows.append(
            [
                METHODS[name].shown,
                *(
                    percent(theirs[measure])
                    + ("" if name == OURS else f" {times(theirs[measure].mean, ours[measure].mean)}")
                    for measure in QUALITY
                ),
            ]
        )
    return f"{title}\n{table(['Cách làm', *QUALITY], rows)}"


def _cost(report: PeersReport) -> str:
    ours = report.results[OURS]
    header = ["Cách làm", "lập chỉ mục (s)", "hỏi p50 (ms)", "hỏi p95 (ms)", "bộ nhớ (MB)", "số đoạn", "dài"]
    rows = [
        [
            METHODS[name].shown,
            _beside(result.index_seconds, ours.index_seconds),
            _beside(result.p50, ours.p50),
            _beside(result.p95, ours.p95),
            _beside(result.peak_bytes / 1e6, ours.peak_bytes / 1e6, 0),
            decimal(result.passages, 0),
            f"{decimal(result.median_length, 0)} / {decimal(result.longest, 0)}",
        ]
        for name, result in report.results.items()
    ]
    return (
        f"GIÁ PHẢI TRẢ (mỗi cách một tiến trình; dài: ký tự của đoạn trả về, trung vị / nhiều nhất)\n"
        f"{table(header, rows)}"
    )


def _beside(value: float, ours: float, places: int = 1) -> str:
    return f"{decimal(value, places)} {times(value, ours)}"


def _has(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # the package it is in
        return False


def _versions() -> dict[str, str]:
    found = {}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
