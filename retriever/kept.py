"""What an index spares the next one: segmented text and vectors, found again by a hash of the text.

    <index>/segmented.jsonl   ["<hash>", "tokens joined by spaces"] a passage
            units.keys        hashes of the texts behind units.faiss, _KEY bytes each, in its order
            asked/rows.keys   the same for asked/rows.faiss
            tokens.keys       the same for the passages of tokens/

The vectors themselves stand only in the FAISS files. An index that is damaged spares nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.document import PASSAGE_LIMIT
from corpus.manifest import SHIPPED
from corpus.sentences import sentence_groups
from retriever.dense import VectorIndex
from retriever.encoder import Encoder, TokenEncoder, Vectors
from retriever.late_interaction import Centre, TokenSigns, centre_of, signs

SEGMENTED = "segmented.jsonl"
CENTRE = SHIPPED.with_name("kh-du-lich-cvdc-2026.txt")
_KEY = 16  # bytes
_TOGETHER = 64  # passages whose token vectors are in memory at once

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Kept:
    """What can be taken over; by default nothing."""

    _segmented: Mapping[bytes, str] = field(default_factory=dict)  # tokens by hash of the text
    # where the vector of a text is
    _places: Mapping[bytes, tuple[VectorIndex, int]] = field(default_factory=dict)
    _tokens: tuple[TokenSigns, Mapping[bytes, int]] | None = None  # and of a passage's tokens

    @classmethod
    def open(cls, folder: Path, *, vectors: bool, tokens: bool, segmented: bool) -> Kept:
        """What the index in `folder` spares: its vectors, those of its tokens, its segmented text."""
        return cls(
            _read_segmented(folder / SEGMENTED) if segmented else {},
            dict(_places(folder)) if vectors else {},
            _token_places(folder) if tokens else None,
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

    def token_signs(self, texts: Sequence[str], encoder: TokenEncoder, told: Told) -> TokenSigns:
        """The signs of each text's token vectors; `encoder` is asked only for what is new."""
        keys = [_key(text) for text in texts]
        if self._tokens:
            before, place = self._tokens
            centre = before.centre
            known = {key: before.of(place[key]) for key in keys if key in place}
        else:
            centre, known = _centre(encoder), {}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        told(len(texts) - len(new), len(texts))
        by_length = sorted(new, key=lambda key: -len(new[key]))  # little padding in a batch
        for done, (key, tokens) in enumerate(
            _tokens(by_length, new, encoder), start=len(texts) - len(new) + 1
        ):
            known[key] = signs(tokens, centre)
            told(done, len(texts))
        return TokenSigns.joined([known[key] for key in keys], centre)

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


def _centre(encoder: TokenEncoder) -> Centre:
    """The mean token vector of the shipped Plan: always the same text, so that one build is like another."""
    parts = list(windows(CENTRE.read_text(encoding="utf-8")))
    found = encoder.tokens(parts, "passage")
    return centre_of((one.tokens for one in found), len(found[0].vector))


def centre_hash() -> str:
    """What the centre depends on beside the encoder."""
    return hashlib.sha256(CENTRE.read_bytes()).hexdigest()[:16]


def _tokens(
    keys: Sequence[bytes], texts: Mapping[bytes, str], encoder: TokenEncoder
) -> Iterator[tuple[bytes, npt.NDArray[np.float32]]]:
    """The token vectors of these texts, few in memory at once."""
    for start in range(0, len(keys), _TOGETHER):
        some = [(key, window) for key in keys[start : start + _TOGETHER] for window in windows(texts[key])]
        found = encoder.tokens([window for _, window in some], "passage")
        for key, own in groupby(zip(some, found, strict=True), key=lambda each: each[0][0]):
            yield key, np.concatenate([one.tokens for _, one in own])


def windows(text: str) -> Iterator[str]:
    """A text as parts that the model can read at once, cut between sentences; a passage is one."""
    return (text[low:high] for low, high in sentence_groups(text, PASSAGE_LIMIT))


def _read_keys(file: Path) -> list[bytes]:
    """What `save_keys` wrote. Raises OSError where there is no such file, ValueError for a damaged one."""
    packed = file.read_bytes()
    if len(packed) % _KEY:
        raise ValueError(f"{file} is not whole")
    return [packed[at : at + _KEY] for at in range(0, len(packed), _KEY)]


def _token_places(folder: Path) -> tuple[TokenSigns, Mapping[bytes, int]] | None:
    try:
        keys = _read_keys(folder / "tokens.keys")
        held = TokenSigns.load(folder / "tokens")
    except (OSError, EOFError, ValueError):
        return None
    return (held, {key: row for row, key in enumerate(keys)}) if len(keys) == len(held) else None


def _places(folder: Path) -> Iterable[tuple[bytes, tuple[VectorIndex, int]]]:
    for name in ("units", "asked/rows"):
        try:
            keys = _read_keys(folder / f"{name}.keys")
            flat = VectorIndex.load(folder / f"{name}.faiss")
        except (OSError, ValueError, RuntimeError):  # RuntimeError: how FAISS fails
            continue
        if len(keys) == len(flat):
            for row, key in enumerate(keys):
                yield key, (flat, row)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=_KEY).digest()
