"""Runs llama_server.py in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER = Path(__file__).with_name("llama_server.py")


@contextmanager
def llama(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The server's address, and its process."""
    process = subprocess.Popen(
        [sys.executable, str(SERVER), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield f"{process.stdout.readline().strip()}/v1", process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
