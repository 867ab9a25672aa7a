"""How the marks of a text nest, and which level word each of them takes there."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.address import Level
from ingest.markers import Mark, Marker

_LEVELS = {
    Mark.PART: Level.PART,
    Mark.CHAPTER: Level.CHAPTER,
    Mark.SECTION: Level.SECTION,
    Mark.SUBSECTION: Level.SUBSECTION,
    Mark.ARTICLE: Level.ARTICLE,
    Mark.CAPITAL: Level.SECTION,
    Mark.ROMAN: Level.SECTION,
    Mark.NUMBER: Level.SECTION,  # khoản where the text is built of Điều
    Mark.DOTTED: Level.SUBSECTION,
    Mark.LETTER: Level.POINT,
    Mark.SUBLETTER: Level.SUBPOINT,
    Mark.BRACKET: Level.SUBPOINT,
    Mark.LOWER_ROMAN: Level.SUBPOINT,
    Mark.DASH: Level.DASH,
    Mark.PLUS: Level.PLUS,
}
_STEP = 10  # room between two marks for those that stand elsewhere in some texts


class Nesting:
    """The order of marks in one text, by the markers that it holds in reading order."""

    def __init__(self, markers: Sequence[Marker]) -> None:
        first = {marker.mark: place for place, marker in reversed(list(enumerate(markers)))}
        self._built_of_articles = Mark.ARTICLE in first
        self._order = {mark: _STEP * mark for mark in Mark}
        if self._built_of_articles and first.get(Mark.ROMAN, len(markers)) < first[Mark.ARTICLE]:
            self._order[Mark.CAPITAL] = self._order[Mark.ARTICLE] - 2  # I. holds Điều here, not Điều I.
            self._order[Mark.ROMAN] = self._order[Mark.ARTICLE] - 1

    def level(self, mark: Mark) -> Level:
        """The level word of a unit with such a mark."""
        return Level.CLAUSE if mark is Mark.NUMBER and self._built_of_articles else _LEVELS[mark]

    def rank(self, marker: Marker) -> tuple[int, int]:
        """How deep a marker nests: larger stands below. "1.1.1" stands below "1.1"."""
        return self._order[marker.mark], marker.value.count(".") if marker.mark is Mark.DOTTED else 0

    @property
    def numbered(self) -> tuple[int, int]:
        """The rank of "1."."""
        return self._order[Mark.NUMBER], 0
