"""The likeliest line of syllables through what may stand at each place (Viterbi, with the best few kept)."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import TypeAlias

from retriever.syllable_model import END, START, SyllableModel

_BEAM = 12  # ends of lines kept at each syllable; more was no better
_HOPELESS = 1e-5  # an end this much less likely than the best one is let go

_Link: TypeAlias = "tuple[str, _Link | None]"


def likeliest(
    model: SyllableModel, columns: Sequence[Mapping[str, float]], count: int
) -> list[tuple[float, tuple[str, ...]]]:
    """The `count` likeliest lines through the candidates of a sentence, best first, with their probabilities.

    Each column gives what may stand there, with the probability of its being typed as it is.
    """
    start = model.id_of(START)
    ends = {(start, start): _Lines(1.0, [(1.0, None)])}
    for column in (*columns, {END: 1.0}):
        syllables = [(syllable, model.id_of(syllable), typed) for syllable, typed in column.items()]
        numbers = [number for _, number, _ in syllables]
        reached: dict[tuple[int, int], list[tuple[float, str, _Lines]]] = defaultdict(list)
        for (first, second), lines in ends.items():
            chances = model.following(first, second, numbers)
            for (syllable, number, typed), chance in zip(syllables, chances, strict=True):
                reached[second, number].append((chance * typed, syllable, lines))
        ends = _kept({end: _Lines.joined(ways, count) for end, ways in reached.items()})
    total = sum(lines.total for lines in ends.values())
    best = heapq.nlargest(
        count, chain.from_iterable(lines.best for lines in ends.values()), key=itemgetter(0)
    )
    return [(score / total, _line(link)) for score, link in best]


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines that end alike: how likely they are together, and the best of them, each as a link."""

    total: float
    best: list[tuple[float, _Link | None]]

    @classmethod
    def joined(cls, ways: Sequence[tuple[float, str, _Lines]], count: int) -> _Lines:
        """The lines that come from others by one more syllable, `count` of them kept."""
        total = sum(chance * before.total for chance, _, before in ways)
        if count == 1:
            chance, syllable, before = max(ways, key=_gain)
            return cls(total, [(chance * before.best[0][0], (syllable, before.best[0][1]))])
        longer = [
            (chance * score, (syllable, link))
            for chance, syllable, before in ways
            for score, link in before.best
        ]
        return cls(total, heapq.nlargest(count, longer, key=itemgetter(0)))


def _gain(way: tuple[float, str, _Lines]) -> float:
    return way[0] * way[2].best[0][0]


def _kept(ends: Mapping[tuple[int, int], _Lines]) -> dict[tuple[int, int], _Lines]:
    """The best _BEAM ends, scaled so that the best of them is 1: long texts do not vanish."""
    kept = heapq.nlargest(_BEAM, ends.items(), key=lambda each: each[1].best[0][0])
    scale = 1 / kept[0][1].best[0][0]
    return {
        end: _Lines(lines.total * scale, [(score * scale, link) for score, link in lines.best])
        for end, lines in kept
        if lines.best[0][0] * scale > _HOPELESS
    }


def _line(link: _Link | None) -> tuple[str, ...]:
    """The syllables of a line without its END."""
    syllables: list[str] = []
    while link:
        syllables.append(link[0])
        link = link[1]
    return tuple(reversed(syllables[1:]))
