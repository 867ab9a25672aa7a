"""What an answer must carry besides the subject: the measure that is counted, the years, the province.

A passage near a question that speaks of another year, another province or another measure is the
commonest wrong answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from answer.asks import Asks, asks
from answer.kinds import MEASURES, Kind, counted_abroad, kinds_asked
from answer.places import names, places_asked
from answer.years import PERIOD, YEAR, without_asides
from corpus.vietnamese import fold
from retriever.language import Language
from retriever.query import Query

UNASKED = 0.5  # what a demand counts when the question makes none

_ASKED_YEAR = re.compile(r"(?<![\d./])(?:19|20)\d\d(?![\d./])")  # not of a date or a document's number

# a date, and the year in a document's number: what a text cites, not what it is of
_DATED = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}|\bngày \d{1,2} tháng \d{1,2} năm \d{4}|\d/\d{4}/\S+")
_COUNTED = re.compile(r"bao nhiêu\s+((?:[^\W\d_]+\s*){1,3})")  # "mấy" is as often a plural as a question
_NO_NOUN = frozenset(
    "thì là vậy thế rồi nữa ạ nhỉ đây và trong ở tại vào cho của so năm để được bị mới đến khi hả à "
    "ngày tháng".split()
)


def _years(text: str) -> Iterator[str]:
    """The years that a text names, and those between the two of a period."""
    yield from YEAR.findall(text)
    for first, last in PERIOD.findall(text):
        yield from map(str, range(int(first), int(last)))


@dataclass(frozen=True)
class Demands:
    """What a query demands of its answer."""

    query: Query
    naming: frozenset[str] = frozenset()  # years that only name the document looked at

    def ruled_out(self, near: str, around: str) -> bool:
        """Whether a text cannot be the answer, however near it is.

        It lacks the amount, price, area, share, length, number or address asked for, or the province,
        or it and all around it speak of other years.
        """
        if (self.strict or self.abroad) and self.measured(near) == 0.0:
            return True
        if self.places:
            folded = fold(f"{near} {around}")
            if not all(names(folded, place) for place in self.places):
                return True
        own = frozenset(_years(_DATED.sub(" ", without_asides(near))))
        if self.figure and self.years and own and not self.years & own:
            return True
        return bool(self.years) and not self.years & frozenset(YEAR.findall(f"{near} {around}"))

    @cached_property
    def strict(self) -> Kind | None:
        """The measure asked for, where it is one that cannot be said otherwise."""
        return next((kind for kind in kinds_asked(self.query) if kind.name in MEASURES), None)

    @cached_property
    def abroad(self) -> tuple[Kind, ...]:
        """What is counted in a question that is not Vietnamese: "how many visitors"."""
        return tuple(counted_abroad(self.query)) if self.query.language is not Language.VIETNAMESE else ()

    @cached_property
    def figure(self) -> bool:
        """Whether a figure is asked for: it is of the year that its own sentence names."""
        return asks(self.query.text) is Asks.FIGURE

    @cached_property
    def places(self) -> frozenset[str]:
        """Other provinces the question names."""
        return places_asked(self.query)

    @cached_property
    def years(self) -> frozenset[str]:
        """Years the question names."""
        return frozenset(_ASKED_YEAR.findall(self.query.text)) - self.naming

    @cached_property
    def counted(self) -> re.Pattern[str] | None:
        """What must stand in a text that gives the number of what is counted."""
        found = _COUNTED.search(fold(self.query.text))
        noun = [word for word in found[1].split() if word not in _NO_NOUN] if found else []
        if not noun or found is None or found[1].split()[0] in _NO_NOUN:
            return None
        return re.compile(rf"\d[\d.,]*\s+(?:\S+\s+){{0,2}}{re.escape(noun[0])}\b", re.IGNORECASE)

    def measured(self, near: str) -> float:
        """1 when the measure asked for stands in the text, 0 when not, UNASKED when none is asked for."""
        if self.strict:
            return float(self.strict.is_in(fold(near), near))
        if self.counted is not None:
            return float(bool(self.counted.search(fold(near))))
        folded = fold(near)
        return float(all(kind.is_in(folded, near) for kind in self.abroad)) if self.abroad else UNASKED
