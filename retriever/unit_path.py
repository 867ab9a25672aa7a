"""Does a cited unit path lead to a provision? Printed markers decide; level words are aliases.

A path is a row of steps. "mục III.1.7" and the address `iii/1/1.7` are both iii → 1 → 7, and khoản,
mục, tiểu mục, phần, điểm … may stand for each other, because documents name the same depth differently.
Điều, Phụ lục, gạch đầu dòng and the like number something of their own: their word has to agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import permutations, product
from typing import NamedTuple

from corpus.address import Level
from corpus.markers import is_roman, roman, roman_value

_OWN_COUNT = frozenset(Level) - {
    Level.PART,
    Level.CHAPTER,
    Level.SECTION,
    Level.SUBSECTION,
    Level.CLAUSE,
    Level.POINT,
    Level.SUBPOINT,
}
_REORDERED = 5  # steps; a longer citation is only tried in the order it was read
_SWAPPED = 4  # from so many steps on, another order is tried with the numerals as written


@dataclass(frozen=True, slots=True)
class PathStep:
    """One marker of a path."""

    level: Level | None  # the word used, None inside a dotted number
    marker: str
    joined: bool = False  # follows the step before it inside one number: "1.7"

    @property
    def own(self) -> Level | None:
        """The level where it takes part in the identity, None where words are aliases."""
        return self.level if self.level in _OWN_COUNT else None

    def means(self, other: PathStep) -> bool:
        """Whether both name the same marker; "Phụ lục" alone means whichever annex there is."""
        if self.own is not other.own:
            return False
        return self.marker == other.marker or (self.level is Level.ANNEX and not self.marker)


class Fit(NamedTuple):
    """How well a citation leads to a provision; smaller is better."""

    gaps: int  # levels left out between the first and the last unit cited
    starts_inside: bool  # levels left out above the first
    other_words: int  # units called by another word than the document's


def path_steps(units: Iterable[tuple[Level | None, str]]) -> tuple[PathStep, ...]:
    """Steps of `units`, outermost first; a number that repeats the one above ("1" → "1.7") says it once."""
    steps: list[PathStep] = []
    above = ""
    for level, marker in units:
        said = marker.removeprefix(_repeated(above) + ".") if above and level not in _OWN_COUNT else marker
        for place, part in enumerate(said.split(".")):
            steps.append(PathStep(level if place == 0 else None, part, joined=place > 0))
        above = marker
    return tuple(steps)


def _repeated(above: str) -> str:
    """What the number below may say again: "1" of "1", and of "III.1", for "mục III.1, tiểu mục 1.7"."""
    first, *_, last = above.split(".") if "." in above else (above, above)
    return above if first[0].isdigit() else last


def fit(cited: Sequence[PathStep], path: Sequence[PathStep]) -> Fit | None:
    """How `cited` leads to the provision at `path`, or None: in order, ending at its last step."""
    if not cited or len(cited) > len(path):
        return None
    places = _places(cited, path)
    if places is None:
        return None
    other_words = sum(
        step.level is not None and step.level != path[place].level
        for step, place in zip(cited, places, strict=True)
    )
    gaps = places[-1] - places[0] + 1 - len(cited)
    if gaps and cited[-1].level is not None and cited[-1].level is not path[-1].level:
        return None  # "khoản 5 mục II" is no tiết 5 of its khoản 1
    return Fit(gaps, places[0] > 0, other_words)


def _places(cited: Sequence[PathStep], path: Sequence[PathStep]) -> list[int] | None:
    """Where each cited step stands in `path`, as far in as it can, or None."""
    places: list[int] = []
    limit = len(path)
    for number, step in enumerate(reversed(cited)):
        adjacent = number == 0 or cited[len(cited) - number].joined
        here = next((place for place in range(limit - 1, -1, -1) if step.means(path[place])), None)
        if here is None or (adjacent and here != limit - 1):
            return None
        places.append(here)
        limit = here
    return places[::-1]


def numerals(cited: tuple[PathStep, ...]) -> Iterable[tuple[PathStep, ...]]:
    """`cited` as read, then with 5 for V and V for 5 where a mục or phần may be printed either way."""
    choices = [
        dict.fromkeys((step, replace(step, marker=other_numeral(step.level, step.marker))))
        for step in cited[:_REORDERED]
    ]
    for first in product(*choices):
        yield first + cited[_REORDERED:]


def readings(cited: tuple[PathStep, ...], *, swapped: bool = True) -> Iterable[tuple[PathStep, ...]]:
    """`numerals`, then every other order: "Điều 1 mục V" for "mục V Điều 1".

    `swapped`: V for 5 and 5 for V in another order too.
    """
    yield from numerals(cited)
    if 1 < len(cited) <= _REORDERED and not any(step.joined for step in cited):
        for order in permutations(cited):
            if order == cited:
                continue
            yield from numerals(order) if swapped and len(cited) < _SWAPPED else (order,)


def other_numeral(level: Level | None, marker: str) -> str:
    """V for 5 and 5 for V, where a mục, phần or phụ lục may be printed either way; else the marker itself."""
    if level not in (Level.PART, Level.CHAPTER, Level.SECTION, Level.ANNEX):
        return marker
    if is_roman(marker):
        return str(roman_value(marker))
    return roman(int(marker)).lower() if marker.isdecimal() and 0 < int(marker) < 50 else marker


def kind_of(marker: str) -> str:
    """What a marker is made of: "number", "roman" or "letter"."""
    if marker[:1].isdigit():
        return "number"
    return "roman" if is_roman(marker) else "letter"
