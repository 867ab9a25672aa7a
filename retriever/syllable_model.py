"""How likely a syllable is after the two before it.

Triples counted in the texts, smoothed by their pairs, those by the pairs of Vietnamese at large, those by
single syllables: so the texts' own names and terms win, and what they never say is still known. Smoothing
is Witten and Bell's: a context that was followed by many different syllables expects new ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.vietnamese import fold, nfc

START, END, NUMBER = "^", "$", "#"
TOKEN = re.compile(r"[^\W_]*\d(?:[\w./,:-]*\w)?|[^\W\d_]+")  # what holds a digit is one, with its signs
SENTENCE_END = re.compile(r"[.;:!?](?=\s|$)|\n")

_MARKS = (START, END, NUMBER)
_FLOOR = 0.02  # what every syllable counts beside its occurrences, and an unknown one too
_SCALE = 100  # counts are kept in hundredths
_KEPT = (90_000, 60_000, 60_000)  # most frequent pairs at large, pairs and triples of the texts kept
_SURPRISE = (1.0, 5.0, 2.0)  # what a kind of follower counts as a new one: at large, pairs, triples
_AT_ONCE = 1_000_000  # pairs or triples counted in memory before the rarest are let go

_Grams = Counter[tuple[str, ...]]


class SyllableModel:
    """A trigram model over syllables; immutable once built. Syllables are numbered, `id_of` says how."""

    def __init__(self, syllables: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
        """`counts`, in hundredths: of each syllable; then one after the other

        of pairs at large and of pairs in the texts (a, b, count) and of triples (a, b, c, count).
        """
        self.syllables = tuple(syllables)
        self._ids = {syllable: number for number, syllable in enumerate(self.syllables)}
        self._counts = tuple(tuple(each) for each in counts)
        self._size = len(self.syllables) + 1  # one more for whatever is unknown
        single = np.array([*counts[0], 0], dtype=np.float64) / _SCALE
        self._single: list[float] = ((single + _FLOOR) / (single.sum() + _FLOOR * self._size)).tolist()
        self._levels = tuple(
            _Level.of(flat, length, self._size, surprise)
            for flat, length, surprise in zip(counts[1:], (2, 2, 3), _SURPRISE, strict=True)
        )

    @classmethod
    def build(cls, texts: Iterable[tuple[str, float]], phrases: Mapping[str, float]) -> SyllableModel:
        """Count texts, each with a weight, sentence by sentence, and phrases at large, each with its own."""
        single, pairs, triples = _Grams(), _Grams(), _Grams()
        for sentence, weight in _sentences(texts):
            _count(single, zip((*sentence, END), strict=True), weight)
            _count(pairs, pairwise((START, *sentence, END)), weight)
            _count(triples, _triplewise((START, START, *sentence, END)), weight)
        at_large_single, at_large = _at_large(tuple(phrases.items()))
        single.update(at_large_single)
        return cls._numbered(single, (at_large, pairs, triples))

    @classmethod
    def _numbered(cls, single: _Grams, grams: Sequence[_Grams]) -> SyllableModel:
        syllables = [*_MARKS, *sorted({syllable for (syllable,) in single} - set(_MARKS))]
        ids = {syllable: number for number, syllable in enumerate(syllables)}
        flat = [
            [
                part
                for gram, count in counted.most_common(kept)
                for part in (*(ids[syllable] for syllable in gram), round(_SCALE * count))
            ]
            for counted, kept in zip(grams, _KEPT, strict=True)
        ]
        return cls(syllables, [[round(_SCALE * single[syllable,]) for syllable in syllables], *flat])

    def to_json(self) -> dict[str, Any]:
        """What `from_json` takes."""
        return {"syllables": list(self.syllables), "counts": [list(each) for each in self._counts]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SyllableModel:
        """The inverse of `to_json`."""
        return cls(data["syllables"], data["counts"])

    def id_of(self, syllable: str) -> int:
        """The number of a syllable, START, END or NUMBER; all unknown ones have the same, the last."""
        return self._ids.get(syllable, self._size - 1)

    def __contains__(self, syllable: str) -> bool:
        return syllable in self._ids and syllable not in _MARKS

    def share(self, syllable: str) -> float:
        """How likely a syllable is wherever it stands."""
        return self._single[self.id_of(syllable)]

    def following(self, first: int, second: int, candidates: Sequence[int]) -> list[float]:
        """The probability of each candidate after two syllables, all given by number."""
        found = [self._single[last] for last in candidates]
        one, two = second, first * self._size + second
        for level, context in zip(self._levels, (one, one, two), strict=True):
            if context not in level.after:
                continue
            weight, rest = level.after[context]
            base, counts = context * self._size, level.counts
            found = [
                weight * counts.get(base + last, 0) + rest * shorter
                for last, shorter in zip(candidates, found, strict=True)
            ]
        return found


@dataclass(frozen=True, slots=True)
class _Level:
    """Pairs or triples, each as one number: their counts; what a count and the rest weigh in each context."""

    counts: Mapping[int, int]
    after: Mapping[int, tuple[float, float]]

    @classmethod
    def of(cls, flat: Sequence[int], length: int, size: int, surprise: float) -> _Level:
        """Of counts as SyllableModel takes them."""
        rows: npt.NDArray[np.int64] = np.array(flat, dtype=np.int64).reshape(-1, length + 1)
        contexts = rows[:, 0] if length == 2 else rows[:, 0] * size + rows[:, 1]
        keys, places, kinds = np.unique(contexts, return_inverse=True, return_counts=True)
        totals = np.bincount(places, weights=rows[:, -1], minlength=len(keys)) / _SCALE
        weights = 1 / (totals + surprise * kinds)
        shares = zip((weights / _SCALE).tolist(), (surprise * kinds * weights).tolist(), strict=True)
        numbers = (contexts * size + rows[:, -2]).tolist()
        return cls(
            dict(zip(numbers, rows[:, -1].tolist(), strict=True)),
            dict(zip(keys.tolist(), shares, strict=True)),
        )


def tokens(text: str) -> tuple[str, ...]:
    """The syllables of a text, folded; whatever holds a digit is NUMBER."""
    return tuple(NUMBER if any(map(str.isdigit, token)) else token for token in TOKEN.findall(fold(text)))


@lru_cache(maxsize=1)
def _at_large(phrases: tuple[tuple[str, float], ...]) -> tuple[_Grams, _Grams]:
    """Syllables and pairs of weighted phrases, whose ends say nothing: the same ones are counted once."""
    single, pairs = _Grams(), _Grams()
    for phrase, weight in phrases:
        said = tokens(phrase)
        _count(single, zip(said, strict=True), weight)
        _count(pairs, pairwise(said), weight)
    return single, pairs


def _triplewise(parts: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(parts, parts[1:], parts[2:], strict=False)


def _sentences(texts: Iterable[tuple[str, float]]) -> Iterator[tuple[tuple[str, ...], float]]:
    for text, weight in texts:
        for sentence in SENTENCE_END.split(nfc(text)):
            if parts := tokens(sentence):
                yield parts, weight


def _count(counted: _Grams, grams: Iterable[tuple[str, ...]], weight: float) -> None:
    for gram in grams:
        counted[gram] += weight  # type: ignore[assignment]
    if len(counted) > _AT_ONCE:
        _let_go(counted)


def _let_go(counted: _Grams) -> None:
    """Forget the rarer half: memory stays bounded however much is read."""
    kept = counted.most_common(_AT_ONCE // 2)
    counted.clear()
    counted.update(dict(kept))
