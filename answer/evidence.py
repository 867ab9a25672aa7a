"""What of a question the nearest units carry: each demand against the units that could meet it.

A near miss speaks of the right subject and lacks what is asked of it: a price, another year, another
province. Something of that kind then stands only in a unit farther from the question than the nearest
one, or nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from answer.beside import is_any_beside
from answer.events import events_asked
from answer.kinds import COMMUNES, MEASURES, NUMBERS, TIMES, Kind, counted, kinds_asked, words_counted
from answer.listing import Listing, listings
from answer.near import Near, near
from answer.places import communes_asked, places_asked
from answer.sides import named, years_naming
from answer.years import DATE, years_asked
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.language import Language
from retriever.query import Query
from retriever.search import SearchResult

NOWHERE = 0.1  # how far off, as a difference of nearness, what stands in no unit counts as
_ALIKE, _ALIKE_ABROAD = 0.91, 0.93  # cosines from which a written question asks the same

_INSTRUMENT_OF_YEAR = re.compile(
    r"\b(?:luật|nghị quyết|nghị định|quyết định|chỉ thị|thông tư|kết luận)\b"
    r"[^.?!;,]{0,30}\bnăm (?:19|20)\d\d\b"
)
_TYPE_ASKED = re.compile(
    r"\b(chỉ thị|nghị quyết|quyết định|nghị định|thông tư|kế hoạch|chương trình hành động|công văn)"
    r" (?:số )?(?:mấy|nào|bao nhiêu)\b"
)
_FIGURE = re.compile(
    r"\b(?:bao nhiêu|mấy|how (?:many|much))\b|多少"
    r"|\bwhat (?:was|were|is|will)\b.*\b(?:grdp|gdp|revenue|total|number|rate|population|budget)\b"
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A demand of the question and how much farther than the nearest unit that stands which meets it."""

    demand: str  # "2035", "giá, phí", "cao bằng"
    far: float  # difference of nearness, 0..NOWHERE


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well the nearest units meet what is asked."""

    kinds: tuple[Gap, ...]  # of the kinds of thing asked for, in units of the right year and place
    counts: tuple[Gap, ...]  # of the things counted
    years: tuple[Gap, ...]
    places: tuple[Gap, ...]
    spoken_years: tuple[str, ...]  # of the nearest unit


def evidence(result: SearchResult, index: Index) -> Evidence:
    """Hold the demands of a question against the units near it."""
    issuers = fold(" ".join(document.metadata.issuer for document in index.documents.values()))
    meant = named(fold(result.query.text), index.documents)
    return _Held(result.query, near(result, index), issuers, index, meant).evidence()


@dataclass(frozen=True)
class _Held:
    """A question against the units near it."""

    query: Query
    units: tuple[Near, ...]
    issuers: str  # of the documents, folded: their own province is no commune
    index: Index
    meant: tuple[str, ...] = ()  # the documents that the question names by what only they are

    def evidence(self) -> Evidence:
        """Every demand with its gap."""
        nearest = max(self.units, key=lambda unit: unit.nearness, default=None)
        listed = [
            one for one in listings(self.query) if any(one.speaks_of(unit.folded) for unit in self.units)
        ]
        return Evidence(
            kinds=tuple(self._gap_of(kind, self._of_event(kind)) for kind in self._kinds),
            counts=(
                *(self._gap_of_count(one) for one in self._counted),
                *map(self._gap_of_list, listed),
            ),
            years=(self._year_gap(),) if self._years else (),
            places=(*self._place_gaps(), *self._commune_gaps()),
            spoken_years=tuple(sorted(nearest.years)) if nearest else (),
        )

    @cached_property
    def _years(self) -> frozenset[str]:
        return years_asked(DATE.sub("", fold(self.query.text)))

    @cached_property
    def _kinds(self) -> tuple[Kind, ...]:
        return kinds_asked(self.query)

    @cached_property
    def _counted(self) -> tuple[Kind, ...]:
        return tuple(counted(self.query))

    @cached_property
    def _number(self) -> bool:
        """Whether a number is asked for."""
        return bool(self._counted or _FIGURE.search(fold(self.query.text)))

    @cached_property
    def _amount(self) -> bool:
        """Whether a number is asked for that is no instrument's."""
        return self._number and not any(kind.name == NUMBERS for kind in self._kinds)

    @cached_property
    def _figure(self) -> bool:
        """Whether something is asked for that stands beside its year, not beside a document's date."""
        return self._number or any(kind.name not in (*TIMES, COMMUNES) for kind in self._kinds)

    @cached_property
    def _dates(self) -> bool:
        """Whether a year of the question is an instrument's own."""
        return bool(_INSTRUMENT_OF_YEAR.search(fold(self.query.text)))

    @cached_property
    def _communes(self) -> frozenset[str]:
        asked_for = communes_asked(self.query) if self._figure else frozenset()
        return frozenset(name for name in asked_for if name not in self.issuers)

    @cached_property
    def _of_year(self) -> list[Near]:
        return [unit for unit in self.units if self._is_of_year(unit)]

    def _is_of_year(self, unit: Near) -> bool:
        asked = self._years - self._naming.get(unit.document, frozenset())
        return (
            not asked
            or bool(asked & (unit.years if self._figure and not self._dates else unit.dated))
            # "kế hoạch du lịch 2026 …" says which plan, not of which year
            or (unit.document in self.meant and not self._amount and asked <= unit.of_document)
        )

    @cached_property
    def _naming(self) -> dict[str, frozenset[str]]:
        return years_naming(fold(self.query.text), self.index.documents)

    @cached_property
    def _of_commune(self) -> list[Near]:
        return [unit for unit in self.units if all(name in unit.folded for name in self._communes)]

    @cached_property
    def _fitting(self) -> list[Near]:
        """The units of the right year and place."""
        places = places_asked(self.query)
        return [
            unit
            for unit in self._of_year
            if unit in self._of_commune and all(unit.names(place) for place in places)
        ]

    def _of_event(self, kind: Kind) -> list[Near]:
        """A date answers only where the event that it is of stands beside it."""
        events = events_asked(self.query) if kind.name in TIMES else ()
        return [unit for unit in self._fitting if all(event.is_in(unit.folded) for event in events)]

    def _gap_of(self, kind: Kind | Listing, among: Sequence[Near]) -> Gap:
        """None of an amount that the nearest unit of its year gives: how far that is, the year tells."""
        meeting = [unit for unit in among if kind.is_in(unit.folded, unit.printed)]
        if kind.name == NUMBERS and (type_ := _TYPE_ASKED.search(fold(self.query.text))):
            numbered = [unit for unit in meeting if re.search(rf"\b{type_[1]} (?:số )?\d", unit.folded)]
            if numbered:  # the very kind of instrument, with its number
                return _gap(kind.name, numbered, numbered)
        nearest = max(self._fitting, key=lambda unit: unit.nearness, default=None)
        told = kind.name in MEASURES and self._years and nearest in meeting
        return _gap(kind.name, meeting, meeting if told else self.units)

    def _gap_of_count(self, kind: Kind) -> Gap:
        """A number of what is counted, or any number where what is written beside it has the word."""
        words = words_counted(kind)
        gap = self._gap_of(kind, self._fitting)
        if self._asked_of(unit for unit in self._fitting if kind.is_in(unit.folded, unit.printed)):
            return Gap(gap.demand, 0.0)
        told = [unit for unit in self._fitting if unit.gives_a_number and self._is_beside(words, unit)]
        return min(gap, _gap(kind.name, told, self.units), key=lambda one: one.far) if told else gap

    def _asked_of(self, units: Iterable[Near]) -> bool:
        """Whether what is written beside one of these is nearly the question, and nothing nearer."""
        nearest = max((unit.asked for unit in self.units if unit.asked is not None), default=-1.0)
        alike = _ALIKE if self.query.language is Language.VIETNAMESE else _ALIKE_ABROAD
        return nearest >= alike and any(unit.asked == nearest for unit in units)

    def _is_beside(self, words: Sequence[str], unit: Near) -> bool:
        return any(is_any_beside(words, address, self.index) for address in unit.addresses)

    def _gap_of_list(self, listing: Listing) -> Gap:
        """Where a unit says how many there are, the names stand there or nowhere."""
        counted_in = [unit for unit in self._fitting if listing.is_counted_in(unit.folded)]
        return self._gap_of(listing, counted_in or self._fitting)

    def _year_gap(self) -> Gap:
        """Of a number only units that give one are held against each other."""
        given = [unit for unit in self.units if unit.gives_a_number] if self._number else []
        demand, against = ", ".join(sorted(self._years)), given or self.units
        return _gap(demand, [unit for unit in against if unit in self._of_year], against)

    def _place_gaps(self) -> Iterator[Gap]:
        for place in sorted(places_asked(self.query)):
            yield _gap(place, [unit for unit in self.units if unit.names(place)], self.units)

    def _commune_gaps(self) -> Iterator[Gap]:
        for name in sorted(self._communes):
            yield _gap(name, [unit for unit in self._of_commune if re.search(r"\d", unit.folded)], self.units)


def _gap(demand: str, meeting: Sequence[Near], among: Sequence[Near]) -> Gap:
    """How much farther than the nearest of `among` the nearest is that meets the demand."""
    best = max((unit.nearness for unit in among), default=0.0)
    farthest = max((unit.nearness for unit in meeting), default=best - NOWHERE)
    return Gap(demand, min(NOWHERE, best - farthest))
