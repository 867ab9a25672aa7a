"""What an index spares the next one: segmented text and vectors, found again by a hash of the text.

    <index>/segmented.jsonl   ["<hash>", "tokens joined by spaces"] a passage
            units.keys        hashes of the texts behind units.faiss, _KEY bytes each, in its order
            passages.keys     the same for passages.faiss

The vectors themselves stand only in the FAISS files. An index that is damaged spares nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from retriever.dense import Flat
from retriever.encoder import Encoder, Vectors

SEGMENTED = "segmented.jsonl"
_KEY = 16  # bytes

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Kept:
    """What can be taken over; by default nothing."""

    _segmented: Mapping[bytes, str] = field(default_factory=dict)  # tokens by hash of the text
    _places: Mapping[bytes, tuple[Flat, int]] = field(default_factory=dict)  # where the vector of a text is

    @classmethod
    def open(cls, folder: Path, *, vectors: bool, segmented: bool) -> Kept:
        """What the index in `folder` spares: its vectors, its segmented text, both or none."""
        return cls(
            _read_segmented(folder / SEGMENTED) if segmented else {},
            dict(_places(folder)) if vectors else {},
        )

    def segmented(
        self, texts: Sequence[str], segment: Callable[[str], list[str]], told: Told
    ) -> list[list[str]]:
        """The tokens of each text; `segment` makes those that are not kept."""
        told(0, len(texts))
        found: list[list[str]] = []
        for done, text in enumerate(texts, start=1):
            before = self._segmented.get(_key(text))
            found.append(segment(text) if before is None else before.split())
            told(done, len(texts))
        return found

    def vectors(self, texts: Sequence[str], encoder: Encoder, told: Told) -> Vectors:
        """The vector of each text, shape (texts, dimensions); `encoder` is asked only for what is new."""
        keys = [_key(text) for text in texts]
        new = [number for number, key in enumerate(keys) if key not in self._places]
        before = len(texts) - len(new)
        told(before, len(texts))
        if not before:
            return encoder.passages(texts, told)
        old = self._vectors([key for key in keys if key in self._places])
        every = np.empty((len(texts), old.shape[1]), dtype=np.float32)
        every[np.setdiff1d(np.arange(len(texts)), new)] = old
        if new:
            every[new] = encoder.passages(
                [texts[number] for number in new], lambda done, _: told(before + done, len(texts))
            )
        return every

    def _vectors(self, keys: Sequence[bytes]) -> Vectors:
        """The kept vectors of these texts."""
        places = [self._places[key] for key in keys]
        found: dict[int, Vectors] = {}
        for flat in {id(flat): flat for flat, _ in places}.values():
            numbers = [number for number, place in enumerate(places) if place[0] is flat]
            vectors = flat.rows([places[number][1] for number in numbers])
            found |= dict(zip(numbers, vectors, strict=True))
        return np.stack([found[number] for number in range(len(places))])


def save_segmented(file: Path, texts: Sequence[str], segmented: Sequence[Sequence[str]]) -> None:
    """Write what `Kept` reads. Raises OSError when the disk cannot take it."""
    with file.open("w", encoding="utf-8") as out:
        for text, tokens in zip(texts, segmented, strict=True):
            out.write(json.dumps([_key(text).hex(), " ".join(tokens)], ensure_ascii=False) + "\n")


def save_keys(file: Path, texts: Iterable[str]) -> None:
    """Write what `Kept` reads. Raises OSError when the disk cannot take it."""
    file.write_bytes(b"".join(_key(text) for text in texts))


def _read_segmented(file: Path) -> dict[bytes, str]:
    try:
        with file.open(encoding="utf-8") as lines:
            return {bytes.fromhex(key): tokens for key, tokens in map(json.loads, lines)}
    except (OSError, TypeError, ValueError):
        return {}


def _places(folder: Path) -> Iterable[tuple[bytes, tuple[Flat, int]]]:
    for name in ("units", "passages"):
        try:
            packed = (folder / f"{name}.keys").read_bytes()
            flat = Flat.load(folder / f"{name}.faiss")
        except (OSError, RuntimeError):  # RuntimeError: how FAISS fails
            continue
        if len(packed) == len(flat) * _KEY:
            for row in range(len(flat)):
                yield packed[row * _KEY : (row + 1) * _KEY], (flat, row)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_KEY).digest()
