"""Reads files on behalf of ingest.isolation: `python -m ingest.worker SECONDS MEMORY_MB`.

A line of JSON on standard input names a file, a line on standard output says how it went:
{"failed": null or a reason, "spent": whether this process ends now}. The document itself is written where
the order says.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from corpus.document import Metadata, TextKind
from corpus.errors import DocumentError
from corpus.manifest import Entry
from ingest.isolation import out_of_memory
from ingest.pipeline import read_document
from ingest.readings import write_whole
from retriever.store import document_to_json

_GRACE = 5  # seconds after which a worker ends itself where nobody is left to end it


def main(arguments: Sequence[str]) -> None:
    """Read what is ordered until the orders end."""
    seconds, memory_mb = map(int, arguments)
    orders, answers = _channels()
    _limit(memory_mb)
    for order in _until_orphaned(orders):
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)  # its default action ends the process
        failed, spent = _read(order, memory_mb)
        signal.setitimer(signal.ITIMER_REAL, 0)
        answers.write(json.dumps({"failed": failed, "spent": spent}) + "\n")
        answers.flush()
        if spent:
            return  # memory is in pieces: a fresh process reads the next file


def _read(order: Mapping[str, Any], memory_mb: int) -> tuple[str | None, bool]:
    """Why the file could not be read, and whether this process should end."""
    metadata = Metadata(**(order["metadata"] | {"kind": TextKind(order["metadata"]["kind"])}))
    entry = Entry(metadata, Path(order["path"]))
    try:
        text = json.dumps(document_to_json(read_document(entry)), ensure_ascii=False)
    except DocumentError as error:
        return str(error), False
    except MemoryError:
        return out_of_memory(entry.path, memory_mb), True
    except RecursionError:
        return f"{entry.path}: cấu trúc lồng nhau quá sâu. Hãy xuất lại tệp hoặc bỏ bớt bảng lồng bảng.", True
    with suppress(OSError):  # a full disk: who ordered finds no document
        write_whole(Path(order["out"]), text)
    return None, False


def _channels() -> tuple[IO[str], IO[str]]:
    """Where orders come from and answers go; what readers and their children print goes elsewhere."""
    orders, answers = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w", encoding="utf-8")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return orders, answers


def _until_orphaned(orders: IO[str]) -> Iterator[Any]:
    """The orders one by one; when they end while a file is being read, everything here ends."""
    lines: SimpleQueue[str] = SimpleQueue()

    def listen() -> None:
        for line in orders:
            lines.put(line)
        os.killpg(0, signal.SIGKILL)  # whoever ordered is gone: end with what was started

    threading.Thread(target=listen, daemon=True).start()
    while True:
        yield json.loads(lines.get())


def _limit(memory_mb: int) -> None:
    """Hold this process and its children to so much memory of their own each, and to no core files."""
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if most < 0 else min(wanted, most), most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
