"""Provisions in the making: nodes that still grow, and the tree they freeze into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from corpus.address import Address, Level, Unit
from corpus.document import Provision, Reading, Role
from ingest.markers import Mark, Marker

HEADING_LIMIT = 300  # characters
_COUNTED = (Level.DASH, Level.PLUS, Level.PARAGRAPH, Level.TABLE, Level.ROW, Level.QUOTED)


@dataclass(slots=True, eq=False)
class Node:
    """A provision in the making."""

    level: Level | None
    value: str
    role: Role
    mark: Mark | None = None
    rank: tuple[int, int] = (0, 0)  # how deep its mark nests; larger stands below
    marker: Reading = field(default_factory=Reading)
    heading: Reading = field(default_factory=Reading)
    text: Reading = field(default_factory=Reading)
    children: list[Node] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    _counts: dict[Level, int] = field(default_factory=dict)
    _printed: dict[str, int] = field(default_factory=dict)  # how often a number was printed, from 2

    @property
    def key(self) -> str:
        """Its step in a path; `1.` and `(1)` below one parent would have the same."""
        return Unit(self.level, self.value).key if self.level else ""

    def add(self, child: Node) -> Node:
        """Append a child under a value that is free among its siblings."""
        if child.level in _COUNTED:
            child.value = str(self._counts.get(child.level, 0) + 1)
            self._counts[child.level] = int(child.value)
        base, key = child.value, child.key
        while child.key in self._taken:  # a document that prints one number twice
            self._printed[key] = self._printed.get(key, 1) + 1
            child.value = f"{base}.lan{self._printed[key]}"
        self._taken.add(child.key)
        self.children.append(child)
        return child

    def recount(self) -> None:
        """Number the children anew after one of them was taken out or changed its level."""
        children, self.children = self.children, []
        self._taken, self._counts, self._printed = set(), {}, {}
        for child in children:
            child.value = child.value.partition(".lan")[0]
            self.add(child)

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def last_line(self) -> str:
        """The text read just before the next paragraph."""
        return self.children[-1].last_line() if self.children else (self.text or self.heading).text


def paragraph(reading: Reading) -> Node:
    """An unnumbered paragraph."""
    return Node(Level.PARAGRAPH, "", Role.PARAGRAPH, text=reading)


def item(reading: Reading, marker: Marker, level: Level) -> Node:
    """A dash or plus item: marker and text."""
    node = Node(level, marker.value, Role.ITEM, marker.mark, marker=reading.cut(0, marker.end))
    node.text = reading.cut(marker.end, len(reading.text))
    return node


def unit(reading: Reading, marker: Marker, level: Level) -> Node:
    """A numbered unit: marker, and the rest of its paragraph as heading or text."""
    node = Node(level, marker.value, Role.UNIT, marker.mark, marker=reading.cut(0, marker.end))
    rest = reading.cut(marker.end, len(reading.text))
    if _is_heading(rest.text, marker.mark):
        node.heading = rest
    else:
        node.text = rest
    return node


def _is_heading(text: str, mark: Mark) -> bool:
    if mark in (Mark.BRACKET, Mark.LOWER_ROMAN) or len(text) > HEADING_LIMIT:
        return False
    if mark <= Mark.SUBSECTION:
        return True
    if text.startswith("(") or text.endswith((".", ";", "/", ",", "…", ".”", ";”")):
        return False
    return not (text.endswith(":") and len(text) > 60)


def joined(first: Reading, second: Reading) -> Reading:
    """Two readings as one, a space between them."""
    if not first or not second:
        return first or second
    shift = len(first.text) + 1
    begin, *others = second.pieces
    moved = tuple(
        replace(each, start=each.start + shift, end=each.end + shift) for each in second.corrections
    )
    return Reading(
        f"{first.text} {second.text}",
        (*first.pieces, replace(begin, glue=" " + begin.glue), *others),
        (*first.corrections, *moved),
    )


def as_quoted(node: Node) -> None:
    """Make a unit of the quoted text, and all below it, a quotation: no unit of the quoting instrument."""
    if node.level not in (Level.TABLE, Level.ROW, Level.FOOTNOTE):
        node.level, node.role = Level.QUOTED, Role.QUOTED
    for child in node.children:
        as_quoted(child)
    node.recount()


def absorb_only_paragraph(node: Node, aside: re.Pattern[str]) -> None:
    """A headed unit with one paragraph, asides apart, is cited as the unit: the paragraph is its text."""
    for child in node.children:
        absorb_only_paragraph(child, aside)
    texts = [child for child in node.children if not aside.match(child.text.text)]
    bare_article = node.mark is Mark.ARTICLE and not node.heading
    if (node.heading or bare_article) and not node.text and len(texts) == 1 and texts[0] is node.children[0]:
        only = texts[0]
        if only.role is Role.PARAGRAPH and not only.children:
            node.text = only.text
            node.children.remove(only)
            node.recount()


def frozen(node: Node, address: Address) -> Provision:
    """The provision that a node has become, with everything below it."""
    children = tuple(
        frozen(child, address.child(child.level, child.value))
        for child in node.children
        if child.level is not None
    )
    return Provision(address, node.role, node.marker, node.heading, node.text, None, children)
