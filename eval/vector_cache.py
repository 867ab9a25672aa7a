"""An encoder that never encodes a text twice: its vectors are kept on the disk, by encoder and text.

    <folder>/<encoder>-<hash of its name>/queries/    <sha256 of the keys>.npz
                                          passages/   …

A shard is a numpy archive of `keys` (uint8, shape (texts, 16): the start of each text's SHA-256) and
`vectors` (float32, shape (texts, dimensions)). It appears whole or not at all, so whatever ends a run,
the next one goes on where it stopped. A shard that cannot be read is encoded again.
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import HoidapError
from retriever.encoder import Encoder, Prompt, TokenEncoder, TokenVectors, Vectors

SHARD = 128  # texts: what an interruption can lose
_KEY_BYTES = 16


class CachedEncoder:
    """The encoder given, with its vectors kept below `folder`; it is an Encoder itself."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder = encoder
        digest = hashlib.sha256(encoder.name.encode()).hexdigest()[:8]
        base = folder / f"{re.sub(r'[^A-Za-z0-9.-]+', '-', encoder.name)[-60:]}-{digest}"
        self._queries = _Shards(base / "queries")
        self._passages = _Shards(base / "passages")

    @property
    def name(self) -> str:
        return self._encoder.name

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (texts, dimensions). Raises HoidapError where the disk refuses."""
        new = self._queries.missing(texts)
        for some in _shards_of(new):
            self._queries.add(some, self._encoder.queries(some))
        return self._queries.vectors(texts)

    def passages(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        """Vectors of passages, shape (texts, dimensions); what is kept already counts as done.

        Raises HoidapError where the disk refuses.
        """
        new = sorted(self._passages.missing(texts), key=len, reverse=True)  # little padding in a batch
        report = progress or _say_nothing
        done = len(texts) - len(new)
        report(done, len(texts))
        for some in _shards_of(new):
            self._passages.add(some, self._encoder.passages(some, _ahead(report, done, len(texts))))
            done += len(some)
        report(len(texts), len(texts))
        return self._passages.vectors(texts)


class CachedTokenEncoder(CachedEncoder):
    """The same for an encoder that tells token vectors; those are not kept."""

    def __init__(self, encoder: TokenEncoder, folder: Path) -> None:
        super().__init__(encoder, folder)
        self._tokens = encoder

    def tokens(self, texts: Sequence[str], prompt: Prompt) -> list[TokenVectors]:
        """Token vectors of texts, straight from the encoder."""
        return self._tokens.tokens(texts, prompt)


def cached(encoder: Encoder, folder: Path) -> Encoder:
    """The encoder with its vectors kept, of the kind that it is."""
    if isinstance(encoder, TokenEncoder):
        return CachedTokenEncoder(encoder, folder)
    return CachedEncoder(encoder, folder)


class _Shards:
    """Vectors by text in one folder, read into memory on first use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[bytes, npt.NDArray[np.float32]] | None = None

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Those without a vector, each once, in order."""
        held = self._vectors_by_key()
        return [text for text in dict.fromkeys(texts) if _key(text) not in held]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Raises KeyError for a text that is missing."""
        held = self._vectors_by_key()
        if not texts:
            return np.zeros((0, 0), dtype=np.float32)
        return np.stack([held[_key(text)] for text in texts])

    def add(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Keep the vectors, on the disk before anything else."""
        keys = [_key(text) for text in texts]
        name = hashlib.sha256(b"".join(keys)).hexdigest()[:32]
        part = self._folder / f".{name}.{os.getpid()}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as out:
                np.savez(out, keys=np.array([list(key) for key in keys], np.uint8), vectors=vectors)
            part.replace(self._folder / f"{name}.npz")
        except OSError as error:
            raise HoidapError(
                f"Không ghi được véc-tơ vào {self._folder}: {error.strerror}. Hãy kiểm tra quyền ghi "
                "và chỗ trống, rồi chạy lại: phần đã tính còn nguyên."
            ) from error
        finally:
            with suppress(OSError):
                part.unlink()
        self._vectors_by_key().update(zip(keys, vectors, strict=True))

    def _vectors_by_key(self) -> dict[bytes, npt.NDArray[np.float32]]:
        if self._held is None:
            self._held = {}
            for file in sorted(self._folder.glob("*.npz")):
                self._held.update(_read(file))
        return self._held


def _read(file: Path) -> Iterator[tuple[bytes, npt.NDArray[np.float32]]]:
    try:
        with file.open("rb") as packed, np.load(packed, allow_pickle=False) as shard:
            keys, vectors = shard["keys"], shard["vectors"]
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile):  # damaged: encoded again
        return iter(())
    return zip(map(bytes, keys), vectors, strict=False)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:_KEY_BYTES]


def _shards_of(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    return (texts[start : start + SHARD] for start in range(0, len(texts), SHARD))


def _ahead(report: Callable[[int, int], None], before: int, total: int) -> Callable[[int, int], None]:
    """`report` for a part of the whole that begins after `before`."""

    def told(done: int, _part: int) -> None:
        report(before + done, total)

    return told


def _say_nothing(_done: int, _total: int) -> None:
    """Stand in for a progress callback."""
