"""What of a question the nearest units carry: each demand against the units that could meet it.

A near miss speaks of the right subject and lacks what is asked of it: a price, another year, another province.
Something of that kind then stands only in a unit farther from the question than the nearest one, or nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answer.kinds import Kind, counted, kinds_asked
from answer.places import names, places_asked
from corpus.document import corrected
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.search import SearchResult

LOOKED = 5  # passages whose units are looked at
NOWHERE = 0.1  # how far off, as a difference of cosines, what stands in no unit counts as

_YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d/]|\.\d)")


@dataclass(frozen=True, slots=True)
class Near:
    """A unit near a question, with what it takes its meaning from."""

    folded: str
    above: str  # the headings, folded
    years: frozenset[str]  # it speaks of
    cosine: float


@dataclass(frozen=True, slots=True)
class Gap:
    """A demand of the question and how much farther than the nearest unit that stands which meets it."""

    demand: str  # "năm 2035", "giá, phí", "Cao Bằng"
    far: float  # difference of cosines, 0..NOWHERE


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well the nearest units meet what is asked."""

    kinds: tuple[Gap, ...]  # of the kinds of thing asked for, in units of the right year and place
    counts: tuple[Gap, ...]  # of the things counted
    years: tuple[Gap, ...]
    places: tuple[Gap, ...]


def years_asked(text: str) -> frozenset[str]:
    """The years that a question names, not those inside a date or a document's number."""
    return frozenset(_YEAR.findall(text))


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
            text = fold(corrected(passage.text, passage.corrections, unit.start, unit.end))
            own = frozenset(_YEAR.findall(text)) or frozenset(_YEAR.findall(above))
            yield Near(text, above, own or of_document, unit.cosine)


def evidence(result: SearchResult, index: Index) -> Evidence:
    """Hold the demands of a question against the units near it."""
    query, units = result.query, near(result, index)
    years, places = years_asked(query.text), places_asked(query)
    of_year = [unit for unit in units if not years or years & unit.years]
    of_place = [unit for unit in units if all(names(f"{unit.above} {unit.folded}", place) for place in places)]
    fitting = [unit for unit in of_year if unit in of_place]
    best = max((unit.cosine for unit in units), default=0.0)

    def gap(demand: str, meeting: list[Near]) -> Gap:
        farthest = max((unit.cosine for unit in meeting), default=best - NOWHERE)
        return Gap(demand, min(NOWHERE, best - farthest))

    def gaps(kinds: tuple[Kind, ...]) -> tuple[Gap, ...]:
        return tuple(gap(kind.name, [unit for unit in fitting if kind.is_in(unit.folded)]) for kind in kinds)

    return Evidence(
        kinds=gaps(kinds_asked(query)),
        counts=gaps(tuple(counted(query))),
        years=(gap(f"năm {', '.join(sorted(years))}", of_year),) if years else (),
        places=tuple(
            gap(place, [unit for unit in units if names(f"{unit.above} {unit.folded}", place)])
            for place in sorted(places)
        ),
    )
