"""The body of an instrument: which paragraph is a unit, what it stands under, and what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.address import Level
from corpus.document import Reading, Role
from ingest.footnotes import carrier, footnote
from ingest.markers import Mark, Marker, marker_of, paragraph_marker_of, place_in_series
from ingest.nesting import Nesting
from ingest.nodes import HEADING_LIMIT, Node, as_quoted, item, joined, paragraph, unit
from ingest.quoted import Block, unquoted
from ingest.tables import captioned

# Speaks for the whole unit, never for the item above it.
ASIDE = re.compile(r"\(Chi tiết|\((?:Có|Xem|Theo|Kèm theo) .{0,40}[Pp]hụ lục|Ghi chú\s*:")
_NOTE = re.compile(r"Ghi chú\s*:")
_MID_SENTENCE = re.compile(
    r"(?:\b(?:tại|theo|và|của|hoặc|với|trong|ở|số)|\bkhoản [0-9]+[a-zđ]?|\bđiểm [a-zđ][0-9]?|,)$"
)
_ITEMS = (Mark.DASH, Mark.PLUS, Mark.BRACKET, Mark.LOWER_ROMAN)
_TITLED = (Mark.PART, Mark.CHAPTER, Mark.SECTION, Mark.SUBSECTION, Mark.ARTICLE)
_NO_UNIT = (Mark.ANNEX, Mark.FORM, Mark.NOTE)


class Body:
    """Grows the units of one instrument, annex or quotation below `root`, block by block."""

    def __init__(
        self,
        found: Sequence[Block],
        floor: int,
        end: int,
        root: Node,
        nodes: list[Node],
        *,
        quoted: bool = False,
    ) -> None:
        self._blocks = found
        self._floor = floor  # no unit stands before it
        self._end = end
        self._root = root
        self._nodes = nodes  # every node of the document so far, in reading order
        self._quoted = quoted
        self._markers = [self._readable(block)[:1] for block in found[:end]]
        self._nesting = Nesting([found[0] for found in self._markers[floor:] if found])
        self._open: list[Node] = []  # units and items from the outermost down
        self._tables: dict[int, Node] = {}
        self._article = 0  # the last Điều

    # --- what a block can be -------------------------------------------------------------

    @property
    def started(self) -> bool:
        """Whether a unit is open."""
        return bool(self._open)

    def starts(self, position: int) -> bool:
        """Whether the body begins at `position`."""
        marker = self._unit_marker(position)
        return marker is not None and marker.mark <= Mark.DOTTED

    def takes_footnote(self, block: Block) -> bool:
        """Whether the block is the body of a footnote: as the file says, or by a sign that is carried."""
        if block.paragraph.footnote:
            return True
        if block.quotation is not None or block.paragraph.table is not None:
            return False
        marker = marker_of(block.text)
        return bool(marker and marker.mark is Mark.NOTE and carrier(self._nodes, marker.value))

    def footnote(self, block: Block) -> Node:
        """Hang a footnote on the provision that carries its sign, else on the unit we are in."""
        marker = marker_of(block.text)
        number = block.paragraph.footnote or (marker.value if marker else "1")
        holder = carrier(self._nodes, number) or self._holder
        node = footnote(block.paragraph.reading, number)
        self._nodes.append(node)
        return holder.add(node)

    def take(self, position: int) -> int:
        """Place the block at `position`, and others that belong to it; the index behind them."""
        block = self._blocks[position]
        if block.paragraph.table is not None:
            self.row(block, self._holder_of_table())
        elif block.quotation is not None:
            return self._quotation(position)
        elif marker := self._unit_marker(position):
            self._unit(block.paragraph.reading, marker)
        elif self._is_title(position):
            self._open[-1].heading = joined(self._open[-1].heading, block.paragraph.reading)
        else:
            self._paragraph(position, block.paragraph.reading)
        return position + 1

    @property
    def _holder(self) -> Node:
        return self._open[-1] if self._open else self._root

    def _keep(self, holder: Node, node: Node) -> Node:
        self._nodes.append(node)
        return holder.add(node)

    # --- units ---------------------------------------------------------------------------

    def _readable(self, block: Block) -> tuple[Marker, ...]:
        """The markers the block may begin with, the sure one first; none in tables, footnotes, quotations."""
        if block.paragraph.footnote or block.paragraph.table is not None or block.quotation is not None:
            return ()
        shift = unquoted(block.text) if self._quoted else 0
        readings = paragraph_marker_of(block.text[shift:])
        return tuple(replace(m, end=m.end + shift) for m in readings if m.mark not in _NO_UNIT)

    def _unit_marker(self, position: int) -> Marker | None:
        if not self._floor <= position < self._end:
            return None
        readings = self._readable(self._blocks[position])
        return next((marker for marker in readings if self._counts(position, marker)), None)

    def _counts(self, position: int, marker: Marker) -> bool:
        if marker.mark <= Mark.ARTICLE:
            return self._is_level_word(position, marker)
        if marker.mark is Mark.DASH:
            return not marker.loose or self._announced(position)
        if marker.loose:
            return self._next_in_series(marker, 2)
        if marker.mark is Mark.ROMAN:
            return self._next_in_series(marker, 1) or self._late_roman(position, marker)
        return True

    def _is_level_word(self, position: int, marker: Marker) -> bool:
        """Whether "Điều 5." begins a unit, not the rest of a sentence that an early line end has cut."""
        before = self._said_before(position)
        expected = marker.mark is Mark.ARTICLE and place_in_series(marker) == self._article + 1
        bare = self._blocks[position].text[: marker.end].strip()[-1:] not in (".", ":")
        if marker.mark is Mark.ARTICLE and bare:
            return expected or self._quoted
        return expected or not _MID_SENTENCE.search(before)

    def _announced(self, position: int) -> bool:
        """Whether the paragraph above has ended, or is a heading: "- 100%" is no rest of a range there."""
        before = self._said_before(position)
        return before.endswith((".", ";", ":", "”")) or (self._holder.heading.text or "?").endswith(before)

    def _said_before(self, position: int) -> str:
        """The paragraph above; nothing above the first, or behind a table or footnote."""
        block = self._blocks[position - 1] if position else None
        apart = block is None or block.paragraph.footnote or block.paragraph.table is not None
        return "" if block is None or apart else block.text

    def _next_in_series(self, marker: Marker, leap: int) -> bool:
        """Whether the mark opens or goes on with a series: "C." may be an initial."""
        number, last = place_in_series(marker), self._last_of_series(marker)
        return number is not None and (last or 0) < number <= (last + leap if last else 1)

    def _late_roman(self, position: int, marker: Marker) -> bool:
        """Whether a Roman numeral out of order is a mistake in numbering: not the single letter of a name."""
        title = self._blocks[position].text[marker.end :].lstrip("./- ")
        last, number = self._last_of_series(marker), place_in_series(marker)
        if number is None or not title[:1].isupper():
            return False
        return len(marker.value) > 1 or (last is not None and last <= number and title.isupper())

    def _last_of_series(self, marker: Marker) -> int | None:
        twins = [node for node in self._siblings(marker) if node.mark is marker.mark]
        if not twins:
            return None
        return place_in_series(Marker(marker.mark, twins[-1].value.partition(".lan")[0], 0))

    def _siblings(self, marker: Marker) -> Sequence[Node]:
        rank = self._nesting.rank(marker)
        above = [node for node in self._open if node.rank < rank]
        return (above[-1] if above else self._root).children

    def _unit(self, reading: Reading, marker: Marker) -> None:
        rank = self._nesting.rank(marker)
        self._close_for(marker, rank)
        made = item if marker.mark >= Mark.DASH else unit
        node = made(reading, marker, self._nesting.level(marker.mark))
        node.rank = rank
        self._open.append(self._keep(self._holder, node))
        if marker.mark is Mark.ARTICLE:
            self._article = place_in_series(marker) or self._article_number(marker)

    def _article_number(self, marker: Marker) -> int:
        digits = re.match("[0-9]{1,6}", marker.value)  # "5a" comes after 5
        return int(digits[0]) if digits else self._article

    def _close_for(self, marker: Marker, rank: tuple[int, int]) -> None:
        """Pop what the new mark ends: down to its own series if open, else to a mark that outranks it."""
        above = self._open[-1] if self._open else None
        first = marker.value in ("", "1", "a", "i")
        announced = above is not None and above.mark is not marker.mark and above.last_line().endswith(":")
        larger = above is not None and above.mark in (Mark.DASH, Mark.PLUS) and marker.mark < Mark.LETTER
        running = any(node.rank == rank for node in self._open)
        if announced and first and not larger and not running and marker.mark >= Mark.CAPITAL:
            return  # "… gồm:" announces a list of its own, whatever its mark
        if running:
            while self._open[-1].rank != rank:
                self._open.pop()
            self._open.pop()
            return
        while self._open and self._open[-1].rank > rank:
            self._open.pop()

    # --- what has no mark ----------------------------------------------------------------

    def _is_title(self, position: int) -> bool:
        """Whether an unmarked line is (more of) the title of the chapter, or bare Điều, right above it."""
        node, text = self._open[-1] if self._open else None, self._blocks[position].text
        if (
            node is None
            or node.mark not in _TITLED
            or node.children
            or node.text
            or len(text) > HEADING_LIMIT
        ):
            return False
        if text.isupper() and node.mark is not Mark.ARTICLE:
            return not node.heading or node.heading.text.isupper()
        following = self._markers[position + 1] if position + 1 < self._end else ()
        return not node.heading and bool(following) and not text.endswith((".", ";", ":", ","))

    def _paragraph(self, position: int, reading: Reading) -> None:
        aside = bool(ASIDE.match(reading.text))
        if aside or not self._speaks_for_item(position):
            while len(self._open) > 1 and self._open[-1].mark in _ITEMS:
                self._open.pop()
        if aside:
            self._close_for_aside(position, note=bool(_NOTE.match(reading.text)))
        self._keep(self._holder, paragraph(reading))

    def _close_for_aside(self, position: int, *, note: bool) -> None:
        """At the end of several small units an aside speaks for the larger one that ends with them.

        A note climbs to the numbered unit; "(Chi tiết …)" only out of a list of plain sentences.
        """
        following = next((found[0] for found in self._markers[position + 1 : self._end] if found), None)
        rank = self._nesting.rank(following) if following else (0, 0)
        number = self._nesting.numbered
        while (
            len(self._open) > 1
            and max(number, rank) < self._open[-1].rank
            and (note or self._is_plain_list())
        ):
            self._open.pop()

    def _is_plain_list(self) -> bool:
        """Whether the open unit is one of a list of sentences: no headings, nothing below them."""
        twins = [node for node in self._open[-2].children if node.mark is self._open[-1].mark]
        return not any(twin.heading or twin.children for twin in twins)

    def _speaks_for_item(self, position: int) -> bool:
        """Whether an unnumbered paragraph belongs to the item above it.

        Between two items of one list it does; after the last only if the items before carry paragraphs too.
        """
        item = next((node for node in self._open if node.mark in _ITEMS and node.mark is not Mark.PLUS), None)
        if item is None or item.mark is None:
            return False
        for found in self._markers[position + 1 : self._end]:
            if found and self._nesting.rank(found[0]) <= item.rank:
                if found[0].mark is item.mark:
                    return True
                break
        place = self._open.index(item)
        list_of = self._open[place - 1] if place else self._root
        return any(child.role is Role.PARAGRAPH for twin in list_of.children for child in twin.children)

    def _quotation(self, position: int) -> int:
        """Place a whole quotation below the unit that quotes it; what it quotes keeps its own order."""
        number = self._blocks[position].quotation
        end = position
        while end < self._end and self._blocks[end].quotation == number:
            end += 1
        found = [replace(block, quotation=None) for block in self._blocks[position:end]]
        quotation = Node(None, "", Role.ROOT)
        inner = Body(found, 0, len(found), quotation, self._nodes, quoted=True)
        place = 0
        while place < len(found):
            if inner.takes_footnote(found[place]):
                inner.footnote(found[place])
                place += 1
            else:
                place = inner.take(place)
        for child in quotation.children:
            as_quoted(child)
            self._holder.add(child)
        return max(end, position + 1)

    # --- tables --------------------------------------------------------------------------

    def row(self, block: Block, holder: Node) -> None:
        """Add a table row to its table, which begins below `holder` with its first row."""
        number = block.paragraph.table
        assert number is not None
        if number not in self._tables:
            self._tables[number] = captioned(holder, self._nodes)
        self._keep(self._tables[number], Node(Level.ROW, "", Role.ROW, text=block.paragraph.reading))

    def _holder_of_table(self) -> Node:
        while len(self._open) > 1 and self._open[-1].mark in _ITEMS:
            if self._open[-1].last_line().endswith(":"):
                break
            self._open.pop()
        return self._holder
