"""Files read in processes of their own, with limits on time and memory: none can stop the others.

A worker (ingest.worker) reads one file after the other. One that overruns the time is killed with the
processes it started; one that dies is replaced. The memory limit holds for each process.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from corpus.manifest import Entry

_BYTES_A_PROCESS = 400_000  # less is read by one process before a second has started
_FILES_A_PROCESS = 8
_MOST_PROCESSES = 8
_FAREWELL = 0.5  # seconds to wait for a process that has closed its output


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    seconds: int = 1800
    memory_mb: int = 2048  # of each process that reads it


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read, and where its document is to be written."""

    entry: Entry
    out: Path


def read_apart(tasks: Sequence[Task], limits: Limits) -> Iterator[tuple[Task, str | None]]:
    """Read every file; each comes as it ends, with the reason in Vietnamese if it could not be read.

    Raises OSError when no process can be started.
    """
    waiting = list(reversed(tasks))
    with tempfile.TemporaryDirectory(prefix="hoidap-", ignore_cleanup_errors=True) as scratch:
        workers = [_Worker(limits, Path(scratch)) for _ in range(_processes(tasks))]
        selector = selectors.DefaultSelector()
        try:
            for worker in workers:
                if waiting:
                    worker.start(waiting.pop(), selector)
            while busy := [worker for worker in workers if worker.task]:
                nearest = min(worker.deadline for worker in busy)
                ready = {key.data for key, _ in selector.select(max(0.0, nearest - time.monotonic()))}
                for worker in busy:
                    if worker in ready or time.monotonic() >= worker.deadline:
                        yield worker.ended(worker in ready, selector)
                        if waiting:
                            worker.start(waiting.pop(), selector)
        finally:
            selector.close()
            for worker in workers:
                worker.kill()


def _processes(tasks: Sequence[Task]) -> int:
    """As many as pay: starting one costs as much as reading a few hundred kilobytes of text."""
    size = sum(_size(task.entry.path) for task in tasks)
    wanted = max(size // _BYTES_A_PROCESS, len(tasks) // _FILES_A_PROCESS, 1)
    return min(wanted, len(os.sched_getaffinity(0)), _MOST_PROCESSES, max(len(tasks), 1))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


class _Worker:
    """A process that reads one file at a time; started when it is first needed."""

    def __init__(self, limits: Limits, scratch: Path) -> None:
        self._limits = limits
        self._scratch = scratch
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None  # its standard error
        self.task: Task | None = None
        self.deadline = 0.0

    def start(self, task: Task, selector: selectors.BaseSelector) -> None:
        """Give it a file."""
        if self._process is None:
            self._process = self._started()
            assert self._process.stdout is not None
            selector.register(self._process.stdout, selectors.EVENT_READ, self)
        assert self._process.stdin is not None
        self.task = task
        self.deadline = time.monotonic() + self._limits.seconds
        order = {"metadata": asdict(task.entry.metadata), "path": str(task.entry.path), "out": str(task.out)}
        with suppress(BrokenPipeError):  # it has died: its end is read from the other pipe
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()

    def ended(self, spoke: bool, selector: selectors.BaseSelector) -> tuple[Task, str | None]:
        """The file it had, and why it could not be read, if so."""
        task, process = self.task, self._process
        assert task is not None
        assert process is not None
        assert process.stdout is not None
        self.task = None
        line = process.stdout.readline() if spoke else b""
        answer = json.loads(line) if line.endswith(b"\n") else None
        if answer and not answer["spent"]:
            return task, answer["failed"]
        selector.unregister(process.stdout)
        if answer:
            reason = answer["failed"]
        elif spoke:  # the end of its output: it has died, or is about to
            with suppress(subprocess.TimeoutExpired):
                process.wait(_FAREWELL)
            reason = _death(task, process.poll(), self._last_words(), self._limits)
        else:
            reason = _too_slow(task, self._limits)
        self.kill()
        return task, reason

    def kill(self) -> None:
        """End the process, and whatever it has started."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._said):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        self._process = None

    def _started(self) -> subprocess.Popen[bytes]:
        self._said = tempfile.TemporaryFile(dir=self._scratch)  # noqa: SIM115  # closed by kill
        limits = [str(self._limits.seconds), str(self._limits.memory_mb)]
        path = os.pathsep.join(each for each in sys.path if each)
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.worker", *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=os.environ | {"PYTHONPATH": path, "TMPDIR": str(self._scratch)},
            start_new_session=True,  # a group of its own: killed together with its children
        )

    def _last_words(self) -> str:
        if self._said is None:
            return ""
        self._said.seek(0)
        lines = self._said.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


def out_of_memory(path: Path, memory_mb: int) -> str:
    """Why a file that needs too much memory was not read."""
    return (
        f"{path}: cần hơn {memory_mb} MB bộ nhớ để đọc nên đã dừng. "
        "Hãy chia nhỏ tệp, hoặc tăng HOIDAP_FILE_MEMORY_MB rồi chạy lại."
    )


def _too_slow(task: Task, limits: Limits) -> str:
    return (
        f"{task.entry.path}: đọc quá {limits.seconds} giây chưa xong nên đã dừng. "
        "Hãy chia nhỏ tệp, hoặc tăng HOIDAP_FILE_SECONDS rồi chạy lại."
    )


def _death(task: Task, code: int | None, last_words: str, limits: Limits) -> str:
    if "MemoryError" in last_words or "bad_alloc" in last_words:
        return out_of_memory(task.entry.path, limits.memory_mb)
    how: Any = f"mã {code}"
    if code is not None and code < 0:
        how = signal.Signals(-code).name
    why = f"{how}: {last_words}" if last_words else how
    return (
        f"{task.entry.path}: trình đọc dừng đột ngột ({why[:300]}). Tệp có thể bị hỏng: "
        "hãy xuất lại tệp hoặc đổi sang định dạng khác."
    )
