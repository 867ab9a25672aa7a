"""The units near a question, each with what it takes its meaning from: headings, years, its document.

How near one is, counts more than its cosine: where its passage was ranked, what is written about its
provision, and the question's words that stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from answer.coverage import asked
from answer.places import names
from answer.years import DATE, YEAR, without_asides, years_asked, years_of
from corpus.address import Address
from corpus.document import corrected
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.search import FoundUnit, Hit, SearchResult

_LOOKED = 5  # passages whose units are looked at
# What counts beside a unit's cosine: a whole fused score, because all stages together know more than one,
_RANKED = 0.2
_ASKED = 0.3  # how near what is written about its provision comes,
_WORDED = 0.03  # and that all content words of the question stand in it.

# the far end of a plan's name is the year of nothing in it: "thời kỳ 2021 - 2030, tầm nhìn đến năm 2050"
_OUTLOOK = re.compile(r"((?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d),? tầm nhìn (?:đến )?(?:năm )?(?:19|20)\d\d")
_NO_WORD = re.compile(r"\W+")
_A_FIGURE = re.compile(r"\d")
# Numbers that count nothing: documents' numbers, dates, years, what begins a list item.
_NO_FIGURE = re.compile(
    r"(?:số )?\d+(?:/(?:19|20)\d\d)?[-/][a-zđ][^\s,;]*|\d{1,2}/\d{1,2}(?:/\d{4})?|(?<!\d)(?:19|20)\d\d(?!\d)"
    r"|\b(?:ngày|tháng|số|điều|khoản|phụ lục) \d+(?!/)|^[\s(]*\d+[.)]"
)


@dataclass(frozen=True, slots=True, eq=False)  # each is itself alone: compared by the hundred
class Near:
    """A unit near a question, with what it takes its meaning from."""

    printed: str  # corrected
    folded: str
    above: str  # the headings, folded
    years: frozenset[str]  # it speaks of
    dated: frozenset[str]  # those, and the years of dates and documents' numbers in it
    of_document: frozenset[str]  # the years that its document's title and date name
    document: str  # id
    addresses: tuple[Address, ...]  # of the provisions that it stands in
    nearness: float  # its cosine, less for a passage ranked below the first
    asked: float | None = None  # how near the question comes to what is written beside it; None for nothing

    @property
    def gives_a_number(self) -> bool:
        """Whether it counts something."""
        return bool(_A_FIGURE.search(_NO_FIGURE.sub("", self.folded)))

    def names(self, place: str) -> bool:
        """Whether it or its headings name a province."""
        return names(f"{self.above} {self.folded}", place)


def near(result: SearchResult, index: Index) -> tuple[Near, ...]:
    """The units of the best passages."""
    return tuple(_near(result, index))


def _near(result: SearchResult, index: Index) -> Iterator[Near]:
    best = result.hits[0].score if result.hits else 0.0
    asked_best = max((cosine for hit in result.hits[:_LOOKED] for cosine in hit.asked.values()), default=0.0)
    content = {_spaced(word): weight for word, weight in asked(result.query, index).weights.items()}
    for hit in result.hits[:_LOOKED]:
        passage = hit.passage
        held = index.documents[passage.document].metadata
        above = _folded(" ".join(passage.path))
        headings = (years_asked(_OUTLOOK.sub(r"\1", _folded(each))) for each in reversed(passage.path))
        of_heading = next(filter(None, headings), None)
        of_document = years_of(held)
        for unit in hit.units:
            printed = corrected(passage.text, passage.corrections, unit.start, unit.end)
            text = _folded(printed)
            own = DATE.sub("", text)
            years = years_asked(without_asides(own)) or of_heading or years_asked(own) or of_document
            addresses = _standing(index, hit, unit)
            asked_for = max((hit.asked[each] for each in addresses if each in hit.asked), default=None)
            nearness = (
                unit.cosine
                + _RANKED * (hit.score - best)
                + _WORDED * _share(content, f"{text} {above}")
                + (_ASKED * (asked_for - asked_best) if asked_for is not None else 0.0)
            )
            dated = years | frozenset(YEAR.findall(text))
            yield Near(
                printed, text, above, years, dated, of_document, held.id, addresses, nearness, asked_for
            )


def _standing(index: Index, hit: Hit, unit: FoundUnit) -> tuple[Address, ...]:
    """The provisions of a passage that a unit of it stands in."""
    text, provisions = (
        hit.passage.text[unit.start : unit.end],
        index.documents[hit.passage.document].by_address,
    )
    return tuple(each for each in hit.passage.addresses if text and text in provisions[each.path].own_text)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """The same units come again and again."""
    return fold(text)


def _spaced(folded: str) -> str:
    """Its words between single spaces."""
    return f" {_NO_WORD.sub(' ', folded).strip()} "


def _share(content: Mapping[str, float], folded: str) -> float:
    """The weight of the content words that stand in a text, 0..1."""
    spaced = _spaced(folded)
    return sum(weight for word, weight in content.items() if word in spaced)
