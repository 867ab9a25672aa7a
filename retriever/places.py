"""The provisions of one document, found by the units of a citation, and where it does not go on as cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.address import Address, Level
from corpus.citation import CitedUnit
from corpus.document import Document, Provision
from corpus.markers import LAST
from retriever.resolved import Missing
from retriever.unit_path import Fit, PathStep, fit, kind_of, numerals, path_steps, readings


@dataclass(frozen=True, slots=True)
class _Place:
    """A provision and its path, ready for matching."""

    provision: Provision
    steps: tuple[PathStep, ...]


class Places:
    """Units → provisions of a document. A citation ends where a provision ends, so its last step finds it."""

    def __init__(self, document: Document) -> None:
        self._root = document.root
        self._by_last: Mapping[tuple[Level | None, str], Sequence[_Place]] = _by_last(document)

    @cached_property
    def _annexes(self) -> Sequence[_Place]:
        """What "Phụ lục" without a number may be."""
        return [place for (own, _), found in self._by_last.items() if own is Level.ANNEX for place in found]

    def matches(self, units: tuple[CitedUnit, ...]) -> list[Provision]:
        """The provisions that fit the units best, in reading order; without units the whole document."""
        if not units:
            return [self._root]
        last = next((place for place, unit in enumerate(units) if unit.marker == LAST), None)
        if last is not None:
            above = self.matches(units[:last])
            ends = [node for each in above if (node := _last_child(each, units[last])) is not None]
            return [node for end in ends for node in self.matches(_units_of(end) + units[last + 1 :])]
        asked = path_steps(units)
        top = self._has_part(asked[0])
        for steps in readings(asked, swapped=not top):
            fits = self._fits(steps, whole=top or swapped_roman(asked, steps))
            if fits:
                return _best(fits)
        return []

    def missing(self, units: tuple[CitedUnit, ...]) -> Missing:
        """How far the units lead into the document, and what stands where they stop."""
        steps = path_steps(units)
        top = self._has_part(steps[0])
        for known in range(len(steps) - 1, 0, -1):
            for reading in numerals(steps):
                whole = top or swapped_roman(steps[:known], reading[:known])
                parents = _best(self._fits(reading[:known], whole=whole))
                if parents:
                    return replace(_missing_under(parents, reading[known]), found=known)
        return _missing_under([self._root], steps[0])

    def _has_part(self, asked: PathStep) -> bool:
        """Whether "Phần thứ hai" stands on top, as II or 2: then it is no 2 deep inside."""
        if asked.level is not Level.PART:
            return False
        return any(self._fits(steps, whole=True) for steps in numerals((asked,)))

    def _fits(self, steps: tuple[PathStep, ...], *, whole: bool) -> list[tuple[Fit, Provision]]:
        """`whole`: nothing above the first unit may be left out."""
        last = steps[-1]
        ends = self._by_last.get((last.own, last.marker), self._annexes if not last.marker else ())
        return [
            (how, place.provision)
            for place in ends
            if (how := fit(steps, place.steps)) is not None and not (whole and how.starts_inside)
        ]


def swapped_roman(asked: Sequence[PathStep], read: Sequence[PathStep]) -> bool:
    """Whether a Roman numeral was read as digits: a "mục V" is no "1.5" deep inside."""
    return any(
        kind_of(one.marker) == "roman" and one.marker != two.marker
        for one, two in zip(asked, read, strict=True)
    )


def sharpest(missing: list[Missing]) -> tuple[Missing, ...]:
    """Of several documents, those that go furthest with the citation and number their units as it does."""
    furthest = max(each.found for each in missing)
    kept = [each for each in missing if each.found == furthest]
    alike = [
        each for each in kept if kind_of(each.unit.marker) in {kind_of(marker) for marker in each.available}
    ]
    return tuple(alike or kept)


def marker_of(node: Provision) -> str:
    """The printed marker of a provision; "" for the document."""
    return node.address.units[-1].marker if node.address.units else ""


def _last_child(parent: Provision, asked: CitedUnit) -> Provision | None:
    """ "gạch đầu dòng cuối cùng" of a provision."""
    own = PathStep(asked.level, "").own
    return next((node for node in reversed(parent.children) if marker_of(node) and _own(node) is own), None)


def _units_of(node: Provision) -> tuple[CitedUnit, ...]:
    return tuple(CitedUnit(unit.level, unit.marker) for unit in node.address.units)


def _by_last(document: Document) -> Mapping[tuple[Level | None, str], Sequence[_Place]]:
    places: dict[tuple[Level | None, str], list[_Place]] = defaultdict(list)
    for node in document.root.walk():
        if node.address.units:
            steps = path_steps((unit.level, unit.marker) for unit in node.address.units)
            places[steps[-1].own, steps[-1].marker].append(_Place(node, steps))
    return places


def _best(fits: Iterable[tuple[Fit, Provision]]) -> list[Provision]:
    every = list(fits)
    best = min((how for how, _ in every), default=None)
    return [node for how, node in every if how == best]


def _missing_under(parents: list[Provision], asked: PathStep) -> Missing:
    parent = parents[0]
    letter = asked.level is None and kind_of(asked.marker) == "letter"  # "III.1.3.c"
    unit = CitedUnit(asked.level or (Level.POINT if letter else _level_below(parent)), asked.marker)
    if len(parents) > 1:  # which of them was meant is open, so nothing is said of what stands there
        return Missing(unit, Address(parent.address.document), (), open=True)
    there = _comparable(parent, asked)
    level = there[0].address.units[-1].level if there else None
    return Missing(unit, parent.address, tuple(marker_of(node) for node in there), level)


def _comparable(parent: Provision, asked: PathStep) -> list[Provision]:
    """The children that could have been meant: numbered like the unit asked for."""
    numbered = [node for node in parent.children if marker_of(node)]
    same = [node for node in numbered if _own(node) == asked.own]
    if asked.own is None and not same and not parent.address.units:  # a mục asked of a text made of Điều
        same = [node for article in numbered for node in article.children if marker_of(node)]
    return [node for node in same if _own(node) == asked.own]


def _own(node: Provision) -> Level | None:
    return PathStep(node.address.units[-1].level, "").own


def _level_below(parent: Provision) -> Level | None:
    """What the document calls the numbered units right below `parent`."""
    levels = (node.address.units[-1].level for node in parent.children if node.address.units)
    return next((level for level in levels if PathStep(level, "").own is None), None)
