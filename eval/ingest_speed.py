"""`hoidap eval ingest-speed`: a folder of PDF files ingested by us and by LangChain, in one run.

Every way is the whole command in a process of its own, from its start to an index on the disk; memory is
that of the process and all it starts. Ours then runs again with nothing changed and with one file changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.document import Document
from corpus.errors import HoidapError
from eval.figures import decimal, times
from eval.pdf_folder import make_pdfs
from eval.peers import BUSY, INSTALL, missing_modules
from eval.report import table

PEER = "langchain-dense"
_SAMPLE = 0.2  # seconds between two looks at the memory
_PAGE = os.sysconf("SC_PAGE_SIZE")


class IngestSpeedError(HoidapError):
    """One of the ways failed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run cost."""

    seconds: float
    peak_bytes: int  # resident memory of all its processes together, at its highest


@dataclass(frozen=True, slots=True)
class PeerCost:
    """LangChain's run."""

    total: Cost
    read: float  # seconds of reading alone
    passages: int
    characters: int  # that were encoded


@dataclass(frozen=True, slots=True)
class SpeedReport:
    """All of them over the same files."""

    documents: int
    bytes: int
    provisions: str  # our own summary line
    first: Cost
    unchanged: Cost
    one_changed: Cost
    peers: Mapping[str, PeerCost]  # "theirs": their way to run the encoder; "ours": our way
    load: float  # running processes a processor at the start

    @property
    def per_minute(self) -> float:
        """Documents a minute of our first run."""
        return 60 * self.documents / self.first.seconds


def measure_ingest(
    documents: Mapping[str, Document],
    count: int,
    model: tuple[str, str],
    ingest: Sequence[str],
    cache: Path,
    say: Callable[[str], None],
) -> SpeedReport:
    """Make `count` files and ingest them every way.

    `ingest` is the command line of our ingestion; `model` the encoder's folder and name, unpacked already.
    Raises IngestSpeedError when a way fails, NoOfficeError without LibreOffice.
    """
    with tempfile.TemporaryDirectory(prefix="hoidap-") as scratch:
        say(f"Đang in {count} tệp PDF…")
        folder, data = Path(scratch) / "data" / "documents", Path(scratch) / "data"
        *files, other = make_pdfs(documents, count + 1, folder)
        changed = other.read_bytes()
        other.unlink()
        size = sum(file.stat().st_size for file in files)
        load = os.getloadavg()[0] / (os.cpu_count() or 1)
        peers: dict[str, PeerCost] = {}
        if not missing_modules(PEER):
            for encoder in ("theirs", "ours"):
                say("Đang chạy LangChain" + (" với bộ mã hóa của hoidap…" if encoder == "ours" else "…"))
                peers[encoder] = _peer(encoder, folder, model, Path(scratch) / encoder)
        environment = {"HOIDAP_DATA": str(data), "HOIDAP_CACHE": str(cache)}
        _declare(files)
        say("Đang chạy hoidap…")
        first, summary = _run(ingest, environment)
        unchanged, _ = _run(ingest, environment)
        files[count // 2].write_bytes(changed)
        _declare(files)
        one_changed, _ = _run(ingest, environment)
    return SpeedReport(count, size, summary.splitlines()[0], first, unchanged, one_changed, peers, load)


def render_speed(report: SpeedReport) -> str:
    """The report as lines of text for a terminal."""
    ours = report.first
    rows = [
        ["hoidap", _seconds(ours.seconds, ours), _megabytes(ours), decimal(report.per_minute, 0)],
        *(
            [
                "LangChain" + (", bộ mã hóa của hoidap" if name == "ours" else ""),
                _seconds(peer.total.seconds, ours),
                _megabytes(peer.total),
                decimal(60 * report.documents / peer.total.seconds, 0),
            ]
            for name, peer in report.peers.items()
        ),
        [
            "hoidap, không tệp nào đổi",
            _seconds(report.unchanged.seconds, ours),
            _megabytes(report.unchanged),
            "",
        ],
        [
            "hoidap, một tệp đổi",
            _seconds(report.one_changed.seconds, ours),
            _megabytes(report.one_changed),
            "",
        ],
    ]
    parts = [
        f"{decimal(report.documents, 0)} tệp PDF, {decimal(report.bytes / 1e6)} MB. {report.provisions}",
        table(["Cách làm", "giây", "bộ nhớ (MB)", "văn bản/phút"], rows),
    ]
    for name, peer in report.peers.items():
        parts.append(
            f"LangChain ({'bộ mã hóa của hoidap' if name == 'ours' else 'như hướng dẫn của họ'}): đọc "
            f"{decimal(peer.read)} s, {decimal(peer.passages, 0)} đoạn, {decimal(peer.characters, 0)} ký tự."
        )
    if not report.peers:
        parts.append(f"Chưa cài LangChain nên không có gì để so. {INSTALL}")
    if report.load > BUSY:
        parts.append(
            f"Máy đang bận việc khác (tải {decimal(report.load)} mỗi nhân): hãy đo lại lúc máy rảnh."
        )
    return "\n\n".join(parts) + "\n"


def speed_json(report: SpeedReport) -> dict[str, object]:
    """The report as plain JSON values."""
    return asdict(report) | {"per_minute": report.per_minute}


def _seconds(value: float, ours: Cost) -> str:
    return f"{decimal(value)} {times(value, ours.seconds)}"


def _megabytes(cost: Cost) -> str:
    return decimal(cost.peak_bytes / 1e6, 0)


def _declare(files: Sequence[Path]) -> None:
    """The manifest of a folder of files."""
    tables = [
        f'[[document]]\nid = "{file.stem}"\ntype = "Kế hoạch"\nissuer = "UBND tỉnh"\n'
        f'title = "Việc {file.stem}"\nfile = "{file.name}"\nkind = "official"\nsource = "đo tốc độ"\n'
        f'sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"\n'
        for file in files
    ]
    files[0].with_name("manifest.toml").write_text("\n".join(tables), encoding="utf-8")


def _peer(encoder: str, folder: Path, model: tuple[str, str], out: Path) -> PeerCost:
    command = [sys.executable, "-m", "eval.ingest_peer", encoder, str(folder), *model, str(out)]
    total, _ = _run(command, {})
    told = json.loads((out / "seconds.json").read_text(encoding="utf-8"))
    return PeerCost(total, told["read"], told["passages"], told["characters"])


def _run(command: Sequence[str], environment: Mapping[str, str]) -> tuple[Cost, str]:
    """What a command cost, and what it printed."""
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as printed:
        began = time.perf_counter()
        with subprocess.Popen(
            command, stdout=printed, stderr=said, env=os.environ | dict(environment)
        ) as process:
            peak = _Peak(process.pid)
            code = process.wait()
        seconds = time.perf_counter() - began
        printed.seek(0)
        said.seek(0)
        if code:
            words = said.read().decode("utf-8", "replace").strip().splitlines()
            raise IngestSpeedError(f"{' '.join(command[:4])} … dừng với mã {code}: {' '.join(words[-2:])}")
        return Cost(seconds, peak.stop()), printed.read().decode("utf-8", "replace")


class _Peak:
    """Watches the memory of a process and its descendants until it is told to stop."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._highest = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """The highest sum seen, in bytes."""
        self._ended.set()
        self._thread.join()
        return self._highest

    def _watch(self) -> None:
        while not self._ended.wait(_SAMPLE):
            self._highest = max(self._highest, _resident(self._process))


def _resident(root: int) -> int:
    """Bytes of memory of a process and of all that it has started."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError, IndexError, ValueError):
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
                parents[int(folder.name)] = int(fields[1])
                pages[int(folder.name)] = int(fields[21])
    family = {root}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return _PAGE * sum(pages.get(member, 0) for member in family)
