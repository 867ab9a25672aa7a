"""`hoidap eval search-speed`: how long a warm search takes, in the index in use and in far larger ones.

Every measurement is a process of its own, one after the other in one run: ours, and LangChain's FAISS store
over the same passages with the same encoder. The larger indexes are made of a benchmark's statutes by
the code that makes any index, with vectors that are made up (eval.speed_corpus): only times are measured.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from corpus.errors import HoidapError
from eval.benchmark import read_benchmark
from eval.figures import decimal, times
from eval.measures import percentile
from eval.peers import BUSY, INSTALL, missing_modules
from eval.report import table
from eval.speed_corpus import SAMPLE, SHORT_FROM
from eval.speed_worker import K, SpeedJob, Timed

PEER = "langchain-dense"
ASKED = 150  # questions a measurement at most


class SearchSpeedError(HoidapError):
    """A measurement failed."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What was searched, and what it cost."""

    made_up: bool
    passages: int
    rows: int  # vectors
    disk_bytes: int  # of the index
    questions: int
    ours: Timed
    peer: Timed | None
    load: float  # running processes a processor while ours was measured


@dataclass(frozen=True, slots=True)
class SearchSpeedReport:
    """All collections, the index in use first."""

    encoder: str
    collections: tuple[Collection, ...]
    benchmark: str | None
    absent: tuple[str, ...]  # modules without which LangChain was left out


def measure_search(
    index: Path,
    questions: Sequence[str],
    model: tuple[str, str],
    bundled: bool,
    say: Callable[[str], None],
    sizes: Sequence[int] = (),
    benchmark: Path | None = None,
    keep: Path | None = None,
) -> SearchSpeedReport:
    """Measure the index below `index` with `questions`, then one of each size made of `benchmark`'s text.

    The benchmark's own questions are asked there. Indexes that are made are kept below `keep`, where
    the next run finds them, or removed at the end. Raises SearchSpeedError when one of the processes fails,
    QuestionFileError for a folder that is no benchmark.
    """
    if sizes and benchmark is None:
        raise SearchSpeedError(
            "Muốn đo kho lớn thì phải cho văn bản: --statutes THƯ_MỤC (như eval external)."
        )
    absent = missing_modules(PEER)
    job = SpeedJob(str(index), *model, bundled, tuple(questions[: ASKED + 1]))
    collections = [_measured(job, not absent, say)]
    with tempfile.TemporaryDirectory(prefix="hoidap-") as scratch:
        for size in sizes:
            assert benchmark is not None
            asked = tuple(question.text for question in read_benchmark(benchmark).questions)[: ASKED + 1]
            root = (keep or Path(scratch)) / str(size)
            larger = replace(job, index=str(root), questions=asked, benchmark=str(benchmark), passages=size)
            if not (root / "CURRENT").is_file():
                say(f"Đang lập chỉ mục {decimal(size, 0)} đoạn…")
                _run("build", larger)
            collections.append(_measured(larger, not absent, say))
            if keep is None:
                shutil.rmtree(root)
    return SearchSpeedReport(model[1], tuple(collections), benchmark.name if benchmark else None, absent)


def render_search_speed(report: SearchSpeedReport) -> str:
    """The report as lines of text for a terminal."""
    header = ["Kho", "véc-tơ", "cách làm", "p50 (ms)", "p95 (ms)", "trong đó mã hóa", "mở (s)", "bộ nhớ (MB)"]
    rows = [row for each in report.collections for row in _rows(each)]
    parts = [
        f"Tìm một câu hỏi khi đã mở sẵn, lấy {K} đoạn; mỗi dòng một tiến trình. Bộ mã hóa: {report.encoder}. "
        "“mở”: đến câu trả lời đầu tiên, khi mô hình đã nạp. Bộ nhớ: mức cao nhất, "
        "kể cả phần tệp được ánh xạ.",
        table([*header, "trên đĩa (MB)"], rows),
    ]
    if any(each.made_up for each in report.collections):
        parts.append(
            f"Kho lớn: văn bản của {report.benchmark} cắt thành đoạn, "
            "hết thì lặp lại với mọi con số đổi khác; "
            f"trên {decimal(SHORT_FROM, 0)} đoạn thì là đoạn ngắn ghép từ các câu ấy. "
            f"Véc-tơ là véc-tơ thật của {SAMPLE} đoạn dời đi một quãng: chỉ đo được thời gian, "
            "không đo được chất lượng."
        )
    if report.absent:
        parts.append(f"LangChain: không đo (chưa cài {', '.join(report.absent)}). {INSTALL}")
    if busy := [each for each in report.collections if each.load > BUSY]:
        load = decimal(max(each.load for each in busy))
        parts.append(f"Máy đang bận việc khác (tải {load} mỗi nhân): hãy đo lại lúc máy rảnh.")
    return "\n\n".join(parts) + "\n"


def search_speed_json(report: SearchSpeedReport) -> dict[str, object]:
    """The report as plain JSON values."""
    return asdict(report)


def _measured(job: SpeedJob, with_peer: bool, say: Callable[[str], None]) -> Collection:
    shown = f"{decimal(job.passages, 0)} đoạn" if job.passages else "chỉ mục đang dùng"
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    say(f"Đang hỏi {shown}…")
    ours = _timed("ours", job)
    peer = None
    if with_peer:
        say(f"Đang hỏi {shown} bằng LangChain…")
        peer = _timed("langchain", job)
    folder = Path(job.index) / (Path(job.index) / "CURRENT").read_text(encoding="utf-8").strip()
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Collection(
        bool(job.passages), ours.passages, ours.rows, size, len(ours.milliseconds), ours, peer, load
    )


def _timed(name: str, job: SpeedJob) -> Timed:
    fields = json.loads(_run(name, job))
    return Timed(**(fields | {key: tuple(fields[key]) for key in ("milliseconds", "encoding")}))


def _run(name: str, job: SpeedJob) -> str:
    """What a process of its own writes."""
    with tempfile.TemporaryDirectory(prefix="hoidap-") as scratch:
        job_file, out = Path(scratch) / "job.json", Path(scratch) / "out.json"
        job_file.write_text(json.dumps(asdict(job), ensure_ascii=False), encoding="utf-8")
        command = [sys.executable, "-m", "eval.speed_worker", name, str(job_file), str(out)]
        ended = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        if ended.returncode:
            why = (ended.stderr.strip().splitlines() or [f"mã thoát {ended.returncode}"])[-1]
            raise SearchSpeedError(f"Không đo được ({name}): {why}. Hãy thử: hoidap ingest")
        return out.read_text(encoding="utf-8") if out.is_file() else ""


def _rows(each: Collection) -> list[list[str]]:
    shown = f"{decimal(each.passages, 0)} đoạn" + ("" if each.made_up else " (đang dùng)")
    rows = [[shown, decimal(each.rows, 0), "hoidap", *_costs(each.ours, each.ours)]]
    rows[0].append(decimal(each.disk_bytes / 1e6, 0))
    if each.peer:
        rows.append(["", decimal(each.peer.rows, 0), "LangChain + FAISS", *_costs(each.peer, each.ours), ""])
    return rows


def _costs(timed: Timed, ours: Timed) -> list[str]:
    def at(values: Sequence[float], percent: float) -> float:
        return percentile(values, percent) or 0.0

    def beside(value: float, own: float, places: int = 1) -> str:
        return decimal(value, places) + ("" if timed is ours else f" {times(value, own)}")

    return [
        beside(at(timed.milliseconds, 50), at(ours.milliseconds, 50)),
        beside(at(timed.milliseconds, 95), at(ours.milliseconds, 95)),
        decimal(at(timed.encoding, 50)),
        decimal(timed.open_seconds),
        beside(timed.peak_bytes / 1e6, ours.peak_bytes / 1e6, 0),
    ]
