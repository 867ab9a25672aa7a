"""Collections of any size to search in, and an encoder that makes their vectors up.

    statutes   the articles of a benchmark, cut into passages; beyond their number the same ones again, all
               numbers in them changed, so that no two are alike
    short      sentences of these articles, drawn and put together: one unit each

A vector is a real one, of some hundreds of passages that the encoder did encode, moved by the difference of
two others: the cloud keeps its shape. Token vectors are runs of real ones. Only times are measured on these.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import count, islice

import numpy as np
import numpy.typing as npt

from corpus.address import Address, Level, Unit
from corpus.document import Passage
from corpus.sentences import sentence_spans
from corpus.vietnamese import fold
from eval.benchmark import Benchmark
from retriever.encoder import Prompt, TokenEncoder, TokenVectors, Vectors
from retriever.kept import windows
from retriever.segment import words

SHORT_FROM = 200_000  # passages beyond which a collection is of short ones: it must fit this machine
SAMPLE = 400  # passages that are encoded
_SHORT = 110  # characters of a short passage, at least
_MOVED = 0.6  # how far, of the difference of two vectors: nearest neighbours stay as near as real ones
_TOGETHER = 50_000  # vectors made at once
_NUMBER = re.compile(r"\d+")
_WITH_DIGIT = re.compile(r"((?:\w[\w./-]*)?\d(?:[\w./,:-]*\w)?)")


def statutes(benchmark: Benchmark, number: int) -> Iterator[Passage]:
    """The benchmark's articles as passages, again and again until there are `number`."""
    every = list(_articles(benchmark))
    return islice((again(passage, turn) for turn in count() for passage in every), number)


def again(passage: Passage, turn: int) -> Passage:
    """A passage as it is (turn 0), or with every number in it that much higher, of another document."""
    if not turn:
        return passage
    document = f"{passage.document}-{turn}"
    address = Address(document, passage.address.units)
    text = _NUMBER.sub(lambda found: str(int(found[0][:9]) + turn), passage.text)
    path = tuple(f"{caption} ({turn})" for caption in passage.path)
    return Passage(f"{passage.id}-{turn}", document, (address,), passage.citation, path, text, 0, len(text))


def short(benchmark: Benchmark, number: int) -> Iterator[Passage]:
    """Passages of a sentence or two, drawn from the benchmark's articles."""
    said = [
        text
        for article in benchmark.passages.values()
        for low, high in sentence_spans(article.text)
        if 20 < len(text := article.text[low:high]) < 300
    ]
    random = np.random.default_rng(0)
    for place in range(number):
        text = said[random.integers(len(said))]
        while len(text) < _SHORT:
            text += f" {said[random.integers(len(said))]}"
        document, article = f"van-ban-{place // 200}", str(place % 200 + 1)
        address = Address(document, (Unit(Level.ARTICLE, article),))
        yield Passage(
            address.permalink,
            document,
            (address,),
            f"Điều {article}",
            (document,),
            text.strip(),
            0,
            len(text),
        )


class MadeUp:
    """An encoder that looks real vectors up and moves them; a TokenEncoder under the real one's name."""

    def __init__(self, real: TokenEncoder, sample: Sequence[str]) -> None:
        self.name = real.name
        found = real.tokens(list(sample), "passage")
        self._vectors = np.stack([one.vector for one in found])
        self._tokens = np.concatenate([one.tokens for one in found])
        self._characters = sum(map(len, sample)) / max(len(self._tokens), 1)  # a token

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self.passages(texts)

    def passages(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        every = np.empty((len(texts), self._vectors.shape[1]), dtype=np.float32)
        for start in range(0, len(texts), _TOGETHER):
            places = np.asarray([_draw(text) for text in texts[start : start + _TOGETHER]]) % len(
                self._vectors
            )
            near, one, other = (self._vectors[column] for column in places.T)
            moved = near + _MOVED * (one - other) / np.sqrt(2)
            every[start : start + _TOGETHER] = moved / np.linalg.norm(moved, axis=1, keepdims=True)
            if progress:
                progress(min(start + _TOGETHER, len(texts)), len(texts))
        return every

    def tokens(self, texts: Sequence[str], prompt: Prompt) -> list[TokenVectors]:
        return [
            TokenVectors(self._vectors[0], run, np.zeros(len(run), np.int32)) for run in map(self._run, texts)
        ]

    def _run(self, text: str) -> npt.NDArray[np.float32]:
        length = min(max(round(len(text) / self._characters), 1), 512, len(self._tokens))
        start = _draw(text)[0] % (len(self._tokens) - length + 1)
        return self._tokens[start : start + length]


def cut(text: str) -> list[str]:
    """underthesea's words, sentence by sentence; what stands between two tokens with digits is cut once."""
    found: list[str] = []
    for low, high in sentence_spans(text):
        for part in _WITH_DIGIT.split(text[low:high]):
            if part.strip():
                found += [fold(part)] if _WITH_DIGIT.fullmatch(part) else _cut_once(part.strip())
    return found


@lru_cache(maxsize=400_000)
def _cut_once(text: str) -> list[str]:
    return words(text)


def _articles(benchmark: Benchmark) -> Iterator[Passage]:
    for identifier, article in benchmark.passages.items():
        document, _, number = identifier.partition("#")
        address = Address(document, (Unit(Level.ARTICLE, number or "1"),))
        path = (article.law,) if article.law else ()
        for part, text in enumerate(filter(str.strip, windows(article.whole.strip()))):
            name = f"{identifier}~{part}" if part else identifier
            yield Passage(name, document, (address,), article.heading, path, text, 0, len(text))


def _draw(text: str) -> tuple[int, int, int]:
    """Three numbers that are always the same for a text."""
    said = hashlib.blake2b(text.encode(), digest_size=12).digest()
    return int.from_bytes(said[:4]), int.from_bytes(said[4:8]), int.from_bytes(said[8:])
