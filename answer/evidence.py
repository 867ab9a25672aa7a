"""What of a question the nearest units carry: each demand against the units that could meet it.

A near miss speaks of the right subject and lacks what is asked of it: a price, another year, another
province. Something of that kind then stands only in a unit farther from the question than the nearest
one, or nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answer.kinds import Kind, counted, kinds_asked
from answer.places import communes_asked, names, places_asked
from corpus.document import corrected
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.search import SearchResult

LOOKED = 5  # passages whose units are looked at
NOWHERE = 0.1  # how far off, as a difference of cosines, what stands in no unit counts as

_ASKED_YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d/]|\.\d)")  # not of a date or a document's number
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_A_FIGURE = re.compile(r"\d")
_FIGURE = re.compile(
    r"\b(?:bao nhiêu|mấy|how (?:many|much))\b|多少"
    r"|\bwhat (?:was|were|is|will)\b.*\b(?:grdp|gdp|revenue|total|number|rate|population|budget)\b"
)


@dataclass(frozen=True, slots=True)
class Near:
    """A unit near a question, with what it takes its meaning from."""

    printed: str  # corrected
    folded: str
    above: str  # the headings, folded
    years: frozenset[str]  # it speaks of
    dated: frozenset[str]  # those, and the years of dates and documents' numbers in it
    cosine: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A demand of the question and how much farther than the nearest unit that stands which meets it."""

    demand: str  # "2035", "giá, phí", "cao bằng"
    far: float  # difference of cosines, 0..NOWHERE


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well the nearest units meet what is asked."""

    kinds: tuple[Gap, ...]  # of the kinds of thing asked for, in units of the right year and place
    counts: tuple[Gap, ...]  # of the things counted
    years: tuple[Gap, ...]
    places: tuple[Gap, ...]
    spoken_years: tuple[str, ...]  # of the nearest unit


def years_asked(text: str) -> frozenset[str]:
    """The years that a text names, not those inside a date or a document's number."""
    return frozenset(_ASKED_YEAR.findall(text))


def near(result: SearchResult, index: Index) -> tuple[Near, ...]:
    """The units of the best passages."""
    return tuple(_near(result, index))


def _near(result: SearchResult, index: Index) -> Iterator[Near]:
    for hit in result.hits[:LOOKED]:
        passage = hit.passage
        held = index.documents[passage.document].metadata
        above = fold(" ".join(passage.path))
        of_document = frozenset(_YEAR.findall(f"{held.title} {(held.date or '')[:4]}"))
        for unit in hit.units:
            printed = corrected(passage.text, passage.corrections, unit.start, unit.end)
            text = fold(printed)
            years = years_asked(text) or years_asked(above) or of_document
            yield Near(printed, text, above, years, years | frozenset(_YEAR.findall(text)), unit.cosine)


def evidence(result: SearchResult, index: Index) -> Evidence:
    """Hold the demands of a question against the units near it."""
    query, units = result.query, near(result, index)
    years, places = years_asked(query.text), places_asked(query)
    kinds, counts = kinds_asked(query), tuple(counted(query))
    # a figure stands beside its year, not beside a document's date
    figure = bool(kinds or counts or _FIGURE.search(fold(query.text)))
    of_year = [unit for unit in units if not years or years & (unit.years if figure else unit.dated)]
    of_place = [
        unit for unit in units if all(names(f"{unit.above} {unit.folded}", place) for place in places)
    ]
    local = communes_asked(query) if figure else frozenset()
    of_commune = [unit for unit in units if all(commune in unit.folded for commune in local)]
    fitting = [unit for unit in of_year if unit in of_place and unit in of_commune]
    nearest = max(units, key=lambda unit: unit.cosine, default=None)
    best = nearest.cosine if nearest else 0.0

    def gap(demand: str, meeting: list[Near]) -> Gap:
        farthest = max((unit.cosine for unit in meeting), default=best - NOWHERE)
        return Gap(demand, min(NOWHERE, best - farthest))

    def gaps(kinds: tuple[Kind, ...]) -> tuple[Gap, ...]:
        return tuple(
            gap(kind.name, [unit for unit in fitting if kind.is_in(unit.folded, unit.printed)])
            for kind in kinds
        )

    return Evidence(
        kinds=gaps(kinds),
        counts=gaps(counts),
        years=(gap(", ".join(sorted(years)), of_year),) if years else (),
        places=tuple(
            gap(place, [unit for unit in units if names(f"{unit.above} {unit.folded}", place)])
            for place in sorted(places)
        )
        + tuple(
            gap(commune, [unit for unit in of_commune if _A_FIGURE.search(unit.folded)])
            for commune in sorted(local)
        ),
        spoken_years=tuple(sorted(nearest.years)) if nearest else (),
    )
