"""The passages of an index on the disk: any number of them, opened at once, each read when it is looked at.

passages.jsonl, passages.starts.npy   the passages (retriever.lines)
places/documents.json   ids of the documents they are of, in order of first appearance
       owners.npy       int32, shape (passages,), the number of each passage's document
       keys.npy         uint64, ascending: hashes of every provision that a passage is of or stands below
       rows.npy         int32, the passage of each key
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import overload

import numpy as np
import numpy.typing as npt

from corpus.address import Address
from corpus.document import Passage
from retriever.lines import Lines, write_lines
from retriever.store import passage_from_json, passage_to_json

REMEMBERED = 4096  # passages that are kept once read

Rows = npt.NDArray[np.int64]  # positions of passages, ascending


class Passages(Sequence[Passage]):
    """The passages in order, read-only; safe to share between threads."""

    def __init__(
        self,
        lines: Lines,
        documents: Sequence[str],
        owners: npt.NDArray[np.int32],
        keys: npt.NDArray[np.uint64],
        rows: npt.NDArray[np.int32],
    ) -> None:
        self._lines = lines
        self._documents = documents
        self._owners = owners
        self._keys = keys
        self._rows = rows
        self._read = lru_cache(REMEMBERED)(lambda number: passage_from_json(lines[number]))

    @classmethod
    def open(cls, folder: Path) -> Passages:
        """Open what `write_passages` wrote. Raises OSError or ValueError where it is not whole."""
        places = folder / "places"
        documents = json.loads((places / "documents.json").read_text(encoding="utf-8"))
        owners, keys, rows = (
            np.load(places / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in ("owners", "keys", "rows")
        )
        lines = Lines.open(folder / "passages.jsonl")
        if len(lines) != len(owners) or len(keys) != len(rows) or owners.max() >= len(documents):
            raise ValueError("các tệp không khớp nhau")
        return cls(lines, documents, owners, keys, rows)

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, number: int) -> Passage: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, number: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(number, slice):
            return tuple(self._read(each) for each in range(len(self))[number])
        return self._read(range(len(self))[number])

    def __iter__(self) -> Iterator[Passage]:
        return (passage_from_json(self._lines[number]) for number in range(len(self)))

    def of(self, documents: Collection[str]) -> Rows:
        """The passages of these documents."""
        wanted = [number for number, id_ in enumerate(self._documents) if id_ in documents]
        return np.flatnonzero(np.isin(self._owners, wanted)).astype(np.int64)

    def under(self, address: Address) -> Rows:
        """The passages of a provision and of all that stands below it; the document itself is none."""
        if not address.units:
            return np.zeros(0, dtype=np.int64)
        key = np.uint64(_key(address))
        low, high = (np.searchsorted(self._keys, key, side) for side in ("left", "right"))
        found = np.sort(self._rows[low:high]).astype(np.int64)
        # hashes of two provisions may be the same
        return found[[any(address.contains(each) for each in self[row].addresses) for row in found.tolist()]]


def write_passages(folder: Path, passages: Sequence[Passage]) -> None:
    """Write what `Passages` opens. Raises OSError when the disk cannot take it."""
    write_lines(folder / "passages.jsonl", (passage_to_json(passage) for passage in passages))
    numbers: dict[str, int] = {}
    owners = [numbers.setdefault(passage.document, len(numbers)) for passage in passages]
    keys, rows = _by_key(passages)
    places = folder / "places"
    places.mkdir()
    (places / "documents.json").write_text(json.dumps([*numbers], ensure_ascii=False), encoding="utf-8")
    for name, array in (("owners", np.asarray(owners, dtype=np.int32)), ("keys", keys), ("rows", rows)):
        np.save(places / f"{name}.npy", array, allow_pickle=False)


def _by_key(passages: Sequence[Passage]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32]]:
    keys: list[int] = []
    rows: list[int] = []
    for row, passage in enumerate(passages):
        within = {
            each for address in passage.addresses for each in (*address.ancestors(), address) if each.units
        }
        keys += map(_key, within)
        rows += [row] * len(within)
    found = np.asarray(keys, dtype=np.uint64)
    order = np.argsort(found, kind="stable")
    return found[order], np.asarray(rows, dtype=np.int32)[order]


def _key(address: Address) -> int:
    said = hashlib.blake2b(f"{address.document}#{address.path}".encode(), digest_size=8).digest()
    return int.from_bytes(said)
