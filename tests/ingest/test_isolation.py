"""Files read apart: one that hangs, eats memory or kills its reader is named and does not stop the others."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.manifest import SHIPPED, Entry, load
from ingest.isolation import Limits, Task, read_apart

TEXT = "Điều 1. Phạm vi\n\n1. Tỉnh Lạng Sơn.\n"
FIRM = Limits(seconds=2, memory_mb=512)
PATIENT = Limits(seconds=60, memory_mb=512)


def task(file: Path) -> Task:
    """A task for a file; what is not a plain small file has no hash that could be compared."""
    small = file.is_file() and file.stat().st_size < 1_000_000
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest() if small else "0" * 64
    metadata = replace(load(SHIPPED)[0].metadata, id=file.stem, file=file.name, sha256=sha256)
    return Task(Entry(metadata, file), file.with_suffix(".json"))


@pytest.fixture
def good(tmp_path: Path) -> list[Task]:
    """Twenty files that can be read: enough for several processes."""
    files = [tmp_path / f"tot-{number}.txt" for number in range(20)]
    for number, file in enumerate(files):
        file.write_text(TEXT + f"\n2. Khoản {number}.\n", encoding="utf-8")
    return [task(file) for file in files]


@pytest.fixture
def hanging(tmp_path: Path) -> Task:
    """A file whose reading never ends: a pipe that nobody writes to."""
    os.mkfifo(tmp_path / "treo.txt")
    return task(tmp_path / "treo.txt")


def workers() -> set[int]:
    """The reading processes that there are."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                command = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if b"ingest.worker" in command:
                found.add(int(entry.name))
    return found


@pytest.fixture(autouse=True)
def nothing_is_left_behind() -> Iterator[None]:
    before = workers()
    yield
    wait_until(lambda: not workers() - before)


def wait_until(condition: Callable[[], object]) -> None:
    """Wait at most ten seconds."""
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def test_every_file_is_read(good: list[Task]) -> None:
    ended = dict(read_apart(good, PATIENT))
    assert set(ended) == set(good)
    assert set(ended.values()) == {None}
    assert all(each.out.stat().st_size > 500 for each in good)


def test_nothing_to_read_starts_nothing() -> None:
    assert list(read_apart([], PATIENT)) == []


def test_a_file_that_hangs_is_named_and_the_others_are_read(good: list[Task], hanging: Task) -> None:
    began = time.monotonic()
    ended = dict(read_apart([*good[:10], hanging, *good[10:]], FIRM))
    assert time.monotonic() - began < 12
    reason = ended.pop(hanging)
    assert reason is not None
    assert "treo.txt: đọc quá 2 giây chưa xong nên đã dừng. Hãy" in reason
    assert "HOIDAP_FILE_SECONDS" in reason
    assert len(ended) == len(good)
    assert set(ended.values()) == {None}


def test_a_file_that_eats_memory_is_named_and_the_others_are_read(good: list[Task], tmp_path: Path) -> None:
    with (tmp_path / "lon.txt").open("wb") as out:
        out.truncate(3_000_000_000)  # takes no room on the disk
    big = task(tmp_path / "lon.txt")
    ended = dict(read_apart([good[0], big, *good[1:3]], PATIENT))
    reason = ended.pop(big)
    assert reason is not None
    assert "lon.txt: cần hơn 512 MB bộ nhớ" in reason
    assert "HOIDAP_FILE_MEMORY_MB" in reason
    assert list(ended.values()) == [None] * 3


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV])
def test_a_reader_that_dies_is_told_and_the_others_are_read(
    good: list[Task], hanging: Task, how: signal.Signals
) -> None:
    def kill() -> None:
        time.sleep(0.1)
        wait_until(lambda: hanging_reader() is not None)
        os.kill(hanging_reader() or 0, how)

    def hanging_reader() -> int | None:
        before = set(good[0].out.parent.glob("tot-*.json"))
        if len(before) < 2:
            return None
        return next(iter(workers()), None)

    killer = threading.Thread(target=kill)
    killer.start()
    ended = dict(read_apart([good[0], good[1], hanging, good[2]], PATIENT))
    killer.join()
    assert f"treo.txt: trình đọc dừng đột ngột ({how.name}" in (ended.pop(hanging) or "")
    assert list(ended.values()) == [None] * 3


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "hong.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    ended = dict(read_apart([task(tmp_path / "hong.pdf")], PATIENT))
    (reason,) = ended.values()
    assert reason is not None
    assert "hong.pdf" in reason
    assert "Hãy" in reason


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "muc.txt").mkdir()
    ((_, reason),) = read_apart([task(tmp_path / "muc.txt")], PATIENT)
    assert "Không mở được tệp" in (reason or "")


def test_whoever_stops_listening_leaves_no_process(good: list[Task], hanging: Task) -> None:
    reading = read_apart([good[0], hanging], PATIENT)
    next(reading)
    reading.close()  # type: ignore[attr-defined]  # a generator: what an exception in the caller does to it


def test_readers_end_with_the_process_that_ordered_them(hanging: Task) -> None:
    before = workers()
    here, top = str(Path(__file__).parent), str(Path(__file__).parents[2])
    code = (
        f"import sys; from pathlib import Path; sys.path[:0] = [{here!r}, {top!r}]\n"
        "from test_isolation import PATIENT, read_apart, task\n"
        "list(read_apart([task(Path(sys.argv[1]))], PATIENT))"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(hanging.entry.path)]) as ordering:
        wait_until(lambda: workers() - before)
        ordering.kill()
    wait_until(lambda: not workers() - before)
