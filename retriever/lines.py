"""A file of JSON lines that is mapped into memory: a line is read when it is asked for.

<name>.jsonl        one value a line
<name>.starts.npy   int64, shape (lines + 1,), where each line begins, and where the last ends
"""

from __future__ import annotations

import json
import mmap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.errors import SearchIndexError


class Lines:
    """The values of an opened file, by number; what is read is not kept."""

    def __init__(self, file: Path, mapped: mmap.mmap | bytes, starts: npt.NDArray[np.int64]) -> None:
        self._file = file
        self._mapped = mapped
        self._starts = starts

    @classmethod
    def open(cls, file: Path) -> Lines:
        """Open what `write_lines` wrote. Raises OSError or ValueError where the two files are not whole."""
        starts = np.load(_starts(file), mmap_mode="r", allow_pickle=False)
        with file.open("rb") as opened:
            size = opened.seek(0, 2)
            if starts[-1] != size:
                raise ValueError(f"{file.name}: {size} byte, {starts[-1]}")
            mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
        return cls(file, mapped, starts)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, number: int) -> Any:
        """Raises SearchIndexError for a line that is damaged."""
        line = self._mapped[self._starts[number] : self._starts[number + 1]]
        try:
            return json.loads(line)
        except ValueError as error:
            raise SearchIndexError(
                f"Chỉ mục bị hỏng ở dòng {number + 1} của {self._file}. Hãy chạy: hoidap ingest"
            ) from error


def write_lines(file: Path, values: Iterable[Any]) -> None:
    """Write `file` and where its lines begin. Raises OSError when the disk cannot take it."""
    starts = [0]
    with file.open("wb") as out:
        for value in values:
            starts.append(starts[-1] + out.write(json.dumps(value, ensure_ascii=False).encode() + b"\n"))
    np.save(_starts(file), np.asarray(starts, dtype=np.int64), allow_pickle=False)


def _starts(file: Path) -> Path:
    return file.with_suffix(".starts.npy")
