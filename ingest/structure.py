"""Paragraphs become a tree of provisions.

Marks nest in the order of the document itself: a mark already open on the way down is a sibling,
a new one opens below. Unnumbered paragraphs, footnotes and the parts around the body
(head, preamble, closing, recipients, signature) are provisions too, so no text is without an address.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.address import Address, Level, Unit
from corpus.document import Provision, Reading, Role
from ingest.markers import Mark, Marker, marker_of
from ingest.readers.source import Source
from ingest.repair import Paragraph

_PREAMBLE = re.compile(r"Căn cứ|Thực hiện|Xét|Theo đề nghị|Để |Trên cơ sở")
_CLOSING = re.compile(r"Trên đây là")
_RECIPIENTS = re.compile(r"Nơi nhận\s*:")
ASIDE = re.compile(r"\(Chi tiết|Ghi chú\s*:")  # speaks for the whole unit, never for the item above it
_FOOTNOTE_MARK = "¹²³⁴⁵⁶⁷⁸⁹"
_HEADING_LIMIT = 300  # characters

# The level word of a mark depends on whether the document is built of Điều.
_LEVELS_WITH_ARTICLES = {Mark.NUMBER: Level.CLAUSE, Mark.DOTTED: Level.SUBSECTION}
_LEVELS_WITHOUT = {Mark.NUMBER: Level.SECTION, Mark.DOTTED: Level.SUBSECTION}
_LEVELS = {
    Mark.PART: Level.PART,
    Mark.CHAPTER: Level.CHAPTER,
    Mark.ARTICLE: Level.ARTICLE,
    Mark.ROMAN: Level.SECTION,
    Mark.LETTER: Level.POINT,
    Mark.BRACKET: Level.SUBPOINT,
    Mark.DASH: Level.DASH,
    Mark.PLUS: Level.PLUS,
}


@dataclass(slots=True)
class _Node:
    """A provision in the making."""

    level: Level | None
    value: str
    role: Role
    mark: Mark | None = None
    marker: Reading = field(default_factory=Reading)
    heading: Reading = field(default_factory=Reading)
    text: Reading = field(default_factory=Reading)
    children: list[_Node] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Its step in a path; `1.` and `(1)` below one parent would have the same."""
        return Unit(self.level, self.value).key if self.level else ""

    def add(self, child: _Node) -> _Node:
        """Append a child under a value that is free among its siblings."""
        if child.level in (Level.DASH, Level.PLUS, Level.PARAGRAPH):
            child.value = str(1 + sum(twin.level is child.level for twin in self.children))
        taken = {twin.key for twin in self.children}
        base, again = child.value, 2
        while child.key in taken:  # a document that prints one number twice
            child.value, again = f"{base}.lan{again}", again + 1
        self.children.append(child)
        return child

    def last_line(self) -> str:
        """The text read just before the next paragraph."""
        return self.children[-1].last_line() if self.children else (self.text or self.heading).text


def build(document: str, paragraphs: Sequence[Paragraph]) -> Provision:
    """The tree of the document `document`; its root carries no text of its own."""
    return _Builder(paragraphs).build(document)


def with_pages(root: Provision, source: Source) -> Provision:
    """The same tree with each provision's page, where the file has pages."""
    if not source.lines or source.lines[0].page is None:
        return root
    starts = [line.start for line in source.lines]
    return _paged(root, starts, [line.page for line in source.lines])


def _paged(node: Provision, starts: Sequence[int], pages: Sequence[int | None]) -> Provision:
    span = next((part.span for part in (node.marker, node.heading, node.text) if part.span), None)
    page = pages[bisect_right(starts, span[0]) - 1] if span else None
    return replace(node, page=page, children=tuple(_paged(child, starts, pages) for child in node.children))


class _Builder:
    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self._paragraphs = paragraphs
        self._markers = [None if p.footnote else marker_of(p.reading.text) for p in paragraphs]
        articles = any(marker and marker.mark is Mark.ARTICLE for marker in self._markers)
        self._levels = _LEVELS | (_LEVELS_WITH_ARTICLES if articles else _LEVELS_WITHOUT)
        self._root = _Node(None, "", Role.ROOT)
        self._open: list[_Node] = []  # units and items from the outermost down
        self._part: _Node | None = None  # the unmarked part we are in: head, preamble, recipients, signature

    def build(self, document: str) -> Provision:
        for position, paragraph in enumerate(self._paragraphs):
            self._take(position, paragraph)
        _absorb_only_paragraph(self._root)
        return _frozen(self._root, Address(document))

    def _take(self, position: int, paragraph: Paragraph) -> None:
        reading, text = paragraph.reading, paragraph.reading.text
        if paragraph.footnote:
            self._footnote(reading, paragraph.footnote)
        elif self._leaves_body(text):
            self._in_part(reading)
        elif marker := self._unit_marker(position):
            self._unit(reading, marker)
        elif not self._open:
            self._before_body(reading)
        else:
            self._paragraph(position, reading)

    # --- the parts around the body -------------------------------------------------------

    def _leaves_body(self, text: str) -> bool:
        """Whether we are, or have just come, behind the body of the document."""
        if self._open and _CLOSING.match(text):
            self._enter(Level.CLOSING, Role.CLOSING)
        elif _RECIPIENTS.match(text):
            self._enter(Level.RECIPIENTS, Role.RECIPIENTS)
        elif self._part and self._part.role is Role.RECIPIENTS and text.isupper() and len(text) > 5:
            self._enter(Level.SIGNATURE, Role.SIGNATURE)
        return self._part is not None and self._part.role in (Role.CLOSING, Role.RECIPIENTS, Role.SIGNATURE)

    def _enter(self, level: Level, role: Role) -> None:
        """Open a part that stands once; a second beginning is a paragraph of the part we are in."""
        if all(child.level is not level for child in self._root.children):
            self._part = self._root.add(_Node(level, "", role))

    def _before_body(self, reading: Reading) -> None:
        if self._part is None:
            self._part = self._root.add(_Node(Level.HEAD, "", Role.HEAD))
        if self._part.role is Role.HEAD and _PREAMBLE.match(reading.text):
            self._part = self._root.add(_Node(Level.PREAMBLE, "", Role.PREAMBLE))
        self._in_part(reading)

    def _in_part(self, reading: Reading) -> None:
        assert self._part is not None
        marker = marker_of(reading.text)
        if self._part.role is Role.RECIPIENTS and marker and marker.mark is Mark.DASH:
            self._part.add(_item(reading, marker, Level.DASH))
        elif not self._part.children and not self._part.text and self._part.role is not Role.PREAMBLE:
            self._part.text = reading
        else:
            self._part.add(_Node(Level.PARAGRAPH, "", Role.PARAGRAPH, text=reading))

    # --- the body ------------------------------------------------------------------------

    def _unit_marker(self, position: int) -> Marker | None:
        marker = self._markers[position]
        if marker is None:
            return None
        if not self._open and marker.mark in (Mark.DASH, Mark.PLUS, Mark.LETTER, Mark.BRACKET):
            return None  # a body begins with a numbered unit
        if marker.mark is Mark.ROMAN and not self._next_in_order(marker):
            return None
        return marker

    def _next_in_order(self, marker: Marker) -> bool:
        """A Roman numeral counts when it opens or goes on with a series: "C." may be an initial."""
        twins = [node for node in self._siblings(Mark.ROMAN) if node.mark is Mark.ROMAN]
        number = _roman(marker.value)
        return number is not None and number == (_roman(twins[-1].value) or 0) + 1 if twins else number == 1

    def _siblings(self, mark: Mark) -> Sequence[_Node]:
        above = [node for node in self._open if node.mark is not None and node.mark < mark]
        return (above[-1] if above else self._root).children

    def _unit(self, reading: Reading, marker: Marker) -> None:
        self._part = None
        self._close_for(marker)
        parent = self._open[-1] if self._open else self._root
        level = self._levels[marker.mark]
        node = _item(reading, marker, level) if marker.mark >= Mark.DASH else _unit(reading, marker, level)
        self._open.append(parent.add(node))

    def _close_for(self, marker: Marker) -> None:
        """Pop what the new mark ends: down to its own series if open, else to a mark that outranks it."""
        above = self._open[-1] if self._open else None
        first = marker.value in ("", "1", "a", "i")
        announced = above is not None and above.mark is not marker.mark and above.last_line().endswith(":")
        larger = above is not None and above.mark in (Mark.DASH, Mark.PLUS) and marker.mark < Mark.LETTER
        running = any(node.mark is marker.mark for node in self._open)
        if announced and first and not larger and not running:
            return  # "… gồm:" announces a list of its own, whatever its mark
        if running:
            while self._open[-1].mark is not marker.mark:
                self._open.pop()
            self._open.pop()
            return
        while self._open and (self._open[-1].mark or 0) > marker.mark:
            self._open.pop()

    def _paragraph(self, position: int, reading: Reading) -> None:
        if ASIDE.match(reading.text) or not self._speaks_for_item(position):
            while self._open[-1].mark in (Mark.DASH, Mark.PLUS, Mark.BRACKET) and len(self._open) > 1:
                self._open.pop()
        self._open[-1].add(_Node(Level.PARAGRAPH, "", Role.PARAGRAPH, text=reading))

    def _speaks_for_item(self, position: int) -> bool:
        """Whether an unnumbered paragraph belongs to the item above it.

        Between two items of one list it does; after the last only if the items before carry paragraphs too.
        """
        item = next((node for node in self._open if node.mark in (Mark.DASH, Mark.BRACKET)), None)
        if item is None or item.mark is None:
            return False
        for marker in self._markers[position + 1 :]:
            if marker and marker.mark <= item.mark:
                if marker.mark is item.mark:
                    return True
                break
        list_of = self._open[self._open.index(item) - 1]
        return any(child.role is Role.PARAGRAPH for twin in list_of.children for child in twin.children)

    def _footnote(self, reading: Reading, number: str) -> None:
        carrier = _carrier(self._root, number) or (self._open[-1] if self._open else self._root)
        sign = re.match(r"[\d" + _FOOTNOTE_MARK + r"]+\s*", reading.text)
        end = sign.end() if sign else 0
        node = _Node(Level.FOOTNOTE, number, Role.FOOTNOTE, marker=reading.cut(0, end))
        node.text = reading.cut(end, len(reading.text))
        carrier.add(node)


def _carrier(root: _Node, number: str) -> _Node | None:
    """The provision whose text carries the footnote's sign, glued to a word."""
    sign = (
        re.compile(rf"[^\W\d](?:{_FOOTNOTE_MARK[int(number) - 1]}|{number})(?=[\s.,;:)]|$)")
        if number.isdigit() and 0 < int(number) < 10
        else re.compile(rf"[^\W\d]{re.escape(number)}(?=[\s.,;:)]|$)")
    )
    found = [node for node in _walk(root) if sign.search(node.text.text)]
    return found[-1] if found else None


def _walk(node: _Node) -> Iterator[_Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _item(reading: Reading, marker: Marker, level: Level) -> _Node:
    node = _Node(level, marker.value, Role.ITEM, marker.mark, reading.cut(0, marker.end))
    node.text = reading.cut(marker.end, len(reading.text))
    return node


def _unit(reading: Reading, marker: Marker, level: Level) -> _Node:
    node = _Node(level, marker.value, Role.UNIT, marker.mark, reading.cut(0, marker.end))
    rest = reading.cut(marker.end, len(reading.text))
    if _is_heading(rest.text, marker.mark):
        node.heading = rest
    else:
        node.text = rest
    return node


def _is_heading(text: str, mark: Mark) -> bool:
    if mark is Mark.BRACKET or len(text) > _HEADING_LIMIT:
        return False
    return not text.endswith((".", ";", "/", ",")) and not (text.endswith(":") and len(text) > 60)


def _roman(value: str) -> int | None:
    """`xi` → 11; None where the letters make no numeral."""
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    if not value or any(letter not in values for letter in value):
        return None
    numbers = [values[letter] for letter in value]
    return sum(-n if n < after else n for n, after in zip(numbers, [*numbers[1:], 0], strict=True))


def _absorb_only_paragraph(node: _Node) -> None:
    """A headed unit with one paragraph, asides apart, is cited as the unit: the paragraph is its text."""
    for child in node.children:
        _absorb_only_paragraph(child)
    texts = [child for child in node.children if not ASIDE.match(child.text.text)]
    if node.heading and not node.text and len(texts) == 1 and texts[0] is node.children[0]:
        only = texts[0]
        if only.role is Role.PARAGRAPH and not only.children:
            node.text = only.text
            node.children.remove(only)
            for number, aside in enumerate(node.children, start=1):
                aside.value = str(number)


def _frozen(node: _Node, address: Address) -> Provision:
    children = tuple(
        _frozen(child, address.child(child.level, child.value))
        for child in node.children
        if child.level is not None
    )
    return Provision(address, node.role, node.marker, node.heading, node.text, None, children)
