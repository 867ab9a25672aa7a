"""Nests a run of locators into unit paths, outermost first.

A document may put mục inside Điều (the Decision) or Điều inside mục (a law): what stands between what
decides, never the level word alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from corpus.address import Level
from corpus.cited_units import CitedUnit
from corpus.markers import is_roman


@dataclass(frozen=True, slots=True)
class Step:
    """One cited unit in a run, and where it stands in the folded text."""

    unit: CitedUnit
    until: str | None  # "Điều 5 đến Điều 9": the last marker
    start: int
    end: int
    weak: bool  # does not make a citation on its own
    short: bool  # "Đ5", "k2": an abbreviation
    comma: bool  # a comma or "và" stands before it
    outer: bool  # marker is Roman or a capital letter
    both: bool = False  # "và", "hoặc" stands before it


class Path(NamedTuple):
    """Cited units outermost first, and the stretch of folded text that is this citation's own."""

    units: tuple[CitedUnit, ...]
    until: str | None
    start: int
    end: int
    weak: bool


_RANK: dict[Level | None, float] = {
    Level.ANNEX: 0.0,
    Level.FORM: 0.5,
    Level.PART: 1.0,
    Level.CHAPTER: 2.0,
    Level.SECTION: 3.0,
    None: 3.6,
    Level.SUBSECTION: 4.0,
    Level.ARTICLE: 5.0,
    Level.CLAUSE: 6.0,
    Level.POINT: 7.0,
    Level.SUBPOINT: 8.0,
    Level.PARAGRAPH: 8.5,
    Level.TABLE: 8.9,
    Level.DASH: 9.0,
    Level.PLUS: 10.0,
    Level.FOOTNOTE: 9.5,
} | dict.fromkeys((Level.HEAD, Level.PREAMBLE, Level.CLOSING, Level.RECIPIENTS, Level.SIGNATURE), 1.0)
_CONTAINERS = frozenset({Level.ANNEX, Level.FORM, Level.PART, Level.CHAPTER, Level.ARTICLE})
_FREE = frozenset({Level.POINT, Level.SUBPOINT, Level.PARAGRAPH, Level.DASH, Level.PLUS, Level.FOOTNOTE})
_INSIDE_ARTICLE = 5.5  # a mục that stands inside a Điều
_BELOW_ARTICLE = _FREE | {Level.ARTICLE, Level.CLAUSE}
_INSIDE = {Level.ARTICLE: (Level.CLAUSE, Level.POINT), Level.CLAUSE: (Level.POINT,)}


def nested(steps: list[Step]) -> list[Path]:
    """The unit paths of a run, in text order; each step belongs to the path it was written for."""
    cuts = [
        0,
        *(place for place in range(1, len(steps)) if _parts(steps[place - 1], steps[place])),
        len(steps),
    ]
    return [path for low, high in pairwise(cuts) for path in _nested(steps[low:high])]


def _parts(before: Step, step: Step) -> bool:
    """ "khoản 4 Điều 10 và Mẫu số 02": what "và" joins stands side by side, never one in the other."""
    outer = step.unit.level in _CONTAINERS and before.unit.level is not step.unit.level
    return step.both and outer and _RANK[step.unit.level] < _RANK[before.unit.level]


def _nested(steps: list[Step]) -> list[Path]:
    ranks = _ranks(steps)
    down = _goes_down(steps, ranks)
    order = range(len(steps)) if down else range(len(steps) - 1, -1, -1)
    one = _is_one(steps, ranks)
    _nest_neighbours(steps, ranks, list(order), commas_part=not one)
    if one:
        inwards = sorted(order, key=ranks.__getitem__)
        return [_path(steps, inwards, inwards)]
    paths: list[Path] = []
    stack: list[int] = []
    fresh: list[int] = []
    for place in order:
        if stack and ranks[stack[-1]] >= ranks[place]:
            paths.append(_path(steps, stack, fresh))
            fresh = []
        while stack and ranks[stack[-1]] >= ranks[place]:
            stack.pop()
        stack.append(place)
        fresh.append(place)
    if stack:
        paths.append(_path(steps, stack, fresh))
    return sorted(paths, key=lambda path: path.start)


def _is_one(steps: list[Step], ranks: list[float]) -> bool:
    """Whether a run names every level once, so that it is one path in any order: "điểm a Điều 2 khoản 1".

    Commas part what stands in mục or chương, unless that is written straight inwards or outwards; a mục may
    lead: "mục II, Điều 1, khoản 2".
    """
    levels = {step.unit.level for step in steps}
    if len(levels) < len(steps) or len(steps) < 2 or any(step.both or step.until for step in steps):
        return False
    if levels <= _BELOW_ARTICLE or not any(step.comma for step in steps):
        return True
    outer = [
        rank
        for place, (step, rank) in enumerate(zip(steps, ranks, strict=True))
        if step.unit.level not in _FREE and (place or int(rank * 2) != 2 * _INSIDE_ARTICLE)
    ]
    return outer in (sorted(outer), sorted(outer, reverse=True))


def _nest_neighbours(steps: list[Step], ranks: list[float], order: list[int], *, commas_part: bool) -> None:
    """Below khoản the order is free: what stands beside another level, no comma between, is in it."""
    for outer, inner in pairwise(order):
        comma = commas_part and steps[max(outer, inner)].comma
        free = {steps[outer].unit.level, steps[inner].unit.level} <= _FREE
        if free and not comma and steps[outer].unit.level is not steps[inner].unit.level:
            ranks[inner] = max(ranks[inner], ranks[outer] + 0.01)


def _goes_down(steps: list[Step], ranks: list[float]) -> bool:
    """Whether the run is written from the outside in: "Điều 5, khoản 2, điểm a"."""
    last = 0
    for place in range(len(steps)):
        last = max(last, place)
        while last + 1 < len(steps) and not steps[last + 1].comma:
            last += 1
        if ranks[place] != ranks[last]:  # words side by side tell; a comma may only part a list
            return ranks[place] < ranks[last]
    return len(steps) > 1 and all(ranks[0] < rank for rank in ranks[1:])


def _path(steps: list[Step], stack: list[int], fresh: list[int]) -> Path:
    own = [steps[place] for place in fresh]
    return Path(
        tuple(
            unit
            for number, place in enumerate(stack)
            for unit in _undotted(steps[place].unit, steps[stack[number - 1]].unit.level if number else None)
        ),
        steps[stack[-1]].until,
        min(step.start for step in own),
        max(step.end for step in own),
        len(stack) == 1 and steps[stack[0]].weak,
    )


def _undotted(unit: CitedUnit, above: Level | None) -> tuple[CitedUnit, ...]:
    """ "Điều 5.2.a" is điểm a khoản 2 Điều 5, "mục V.2" of a Điều its khoản 2; every other dotted number is
    one of its own."""
    inside = _INSIDE.get(unit.level, ()) if unit.level is not None else ()
    if above is Level.ARTICLE and unit.level in (Level.SECTION, None) and is_roman(unit.marker.split(".")[0]):
        inside, unit = (Level.CLAUSE, Level.POINT), unit._replace(level=Level.SECTION)
    first, *rest = unit.marker.split(".")
    if unit.level is Level.ARTICLE and len(rest) > 1 and is_roman(rest[0]):  # "Điều 1.V.2"
        inside = (Level.SECTION, *inside)
    fits = 0 < len(rest) <= len(inside) and all(
        part[0].isdigit() if below is Level.CLAUSE else part.isalpha()
        for part, below in zip(rest, inside, strict=False)
    )
    if not fits:
        return (unit,)
    return (CitedUnit(unit.level, first), *map(CitedUnit._make, zip(inside, rest, strict=False)))


def _ranks(steps: list[Step]) -> list[float]:
    """How far in each step stands; sections move inside an article where the text puts them there."""
    levels = [step.unit.level for step in steps]
    return [
        _INSIDE_ARTICLE + _fraction(step)
        if _inside_article(steps, levels, place)
        else _RANK[step.unit.level] + _lettered(step)
        if step.unit.level is not Level.SECTION
        else _RANK[Level.SECTION] + _fraction(step)
        for place, step in enumerate(steps)
    ]


def _lettered(step: Step) -> float:
    """ "điểm c" stands inside "điểm 1.7"."""
    return 0.1 if step.unit.level is Level.POINT and step.unit.marker[:1].isalpha() else 0.0


def _fraction(step: Step) -> float:
    """Inside sections: III before 1 before 1.3 before a."""
    marker = step.unit.marker
    if step.outer:
        return 0.0
    if not marker[:1].isdigit():
        return 0.45
    return 0.4 if "." in marker else 0.3


def _inside_article(steps: list[Step], levels: list[Level | None], place: int) -> bool:
    if (
        levels[place] not in (Level.SECTION, Level.PART, Level.SUBSECTION, None)
        or Level.ARTICLE not in levels
    ):
        return False
    inner = {Level.CLAUSE, Level.POINT, Level.SUBPOINT, Level.DASH, Level.PARAGRAPH}
    before, after = set(levels[:place]), set(levels[place + 1 :])
    if (Level.ARTICLE in after and before & inner) or (Level.ARTICLE in before and after & inner):
        return True
    # Laws number a mục 1, 2 and put it in a chương; a mục V beside a Điều stands inside it.
    roman = steps[place].outer and Level.CHAPTER not in levels
    return roman or (
        place + 1 < len(levels) and levels[place + 1] is Level.ARTICLE and not steps[place + 1].comma
    )
