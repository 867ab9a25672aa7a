"""Paragraphs become a tree of provisions.

Marks nest in the order of the document itself: a mark already open on the way down is a sibling,
a new one opens below. Unnumbered paragraphs, tables, footnotes, quoted amendments, annexes and the parts
around the body (head, preamble, closing, recipients, signature) are provisions too, so no text is without
an address.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from corpus.address import ANNEXED, Address, Level
from corpus.document import Provision, Reading, Role
from ingest.annexes import Annex, annexes, notes_apart
from ingest.body import ASIDE, Body
from ingest.frame import RECIPIENTS, SIGNS, body_floor, opens_preamble, tail
from ingest.markers import Mark, Marker, marker_of
from ingest.nodes import Node, absorb_only_paragraph, frozen, item, joined, paragraph
from ingest.quoted import Block, blocks
from ingest.readers.source import Source
from ingest.repair import Paragraph

__all__ = ["ASIDE", "build", "with_pages"]

_NAMED_PARTS = {
    Role.CLOSING: Level.CLOSING,
    Role.RECIPIENTS: Level.RECIPIENTS,
    Role.SIGNATURE: Level.SIGNATURE,
}


def build(document: str, paragraphs: Sequence[Paragraph]) -> Provision:
    """The tree of the document `document`; its root carries no text of its own."""
    found = blocks(notes_apart(paragraphs))
    texts, markers = _texts(found), _sure_markers(found)
    root, nodes = Node(None, "", Role.ROOT), list[Node]()
    starts = annexes(texts, markers)
    _Instrument(found[: starts[0].start if starts else len(found)], root, nodes, main=True).build()
    holder = root
    ends = [*(annex.start for annex in starts[1:]), len(found)]
    for annex, end in zip(starts, ends, strict=False):
        node = (holder if annex.inside else root).add(_annex(annex, found))
        nodes.append(node)
        _letterhead(node, [found[place].paragraph.reading for place in range(annex.start, annex.label)])
        _Instrument(found[annex.body : end], node, nodes, main=False).build()
        holder = node if annex.level is Level.ANNEX else holder
    absorb_only_paragraph(root, ASIDE)
    return frozen(root, Address(document))


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


def _texts(found: Sequence[Block]) -> list[str | None]:
    """The text of each block; None where it is a table row, a footnote or quoted: no mark counts there."""
    plain = (
        b.quotation is None and b.paragraph.footnote is None and b.paragraph.table is None for b in found
    )
    return [block.text if counts else None for block, counts in zip(found, plain, strict=True)]


def _sure_markers(found: Sequence[Block]) -> list[Marker | None]:
    return [marker_of(text) if text else None for text in _texts(found)]


def _annex(annex: Annex, found: Sequence[Block]) -> Node:
    """The unit of an annex: its label, its title as heading, its "(Kèm theo …)" as text."""
    label = found[annex.label].paragraph.reading
    node = Node(annex.level, annex.value, Role.UNIT, Mark.ANNEX, marker=label.cut(0, annex.marker_end))
    node.heading = label.cut(annex.marker_end, len(label.text))
    for place in annex.title:
        node.heading = joined(node.heading, found[place].paragraph.reading)
    for place in annex.note:
        node.text = joined(node.text, found[place].paragraph.reading)
    return node


def _letterhead(annex: Node, lines: Sequence[Reading]) -> None:
    if lines:
        head = annex.add(Node(Level.HEAD, "", Role.HEAD, text=lines[0]))
        for line in lines[1:]:
            head.add(paragraph(line))


class _Instrument:
    """One instrument, or one annex: the parts around its body, and the body."""

    def __init__(self, found: Sequence[Block], root: Node, nodes: list[Node], *, main: bool) -> None:
        self._blocks = found
        self._root = root
        self._nodes = nodes  # every node of the document so far, in reading order
        self._main = main
        self._texts = _texts(found)
        markers = _sure_markers(found)
        self._floor = body_floor(self._texts, markers) if main else 0
        named = main or root.value.partition(".")[0] in ANNEXED
        self._tail = tail(self._texts, markers, self._floor) if named else None
        end = self._tail.closing if self._tail else len(found)
        self._body = Body(found, self._floor, end, root, nodes)
        self._part: Node | None = None  # the unmarked part we are in
        self._note: Node | None = None  # the footnote whose further paragraphs follow

    def build(self) -> None:
        position = 0
        while position < len(self._blocks):
            position = self._take(position)

    def _take(self, position: int) -> int:
        """Place the block at `position`, and others that belong to it; the index behind them."""
        block = self._blocks[position]
        if self._body.takes_footnote(block):
            note = self._body.footnote(block)
            self._note = note if block.paragraph.footnote is None else None
            return position + 1
        if self._tail and position >= self._tail.closing:
            self._behind(position, block)
            return position + 1
        if self._body.started or self._body.starts(position) or not self._main:
            self._note = None
            return self._body.take(position)
        self._before(block)
        return position + 1

    def _before(self, block: Block) -> None:
        if self._part is None:
            self._part = self._new(Node(Level.HEAD, "", Role.HEAD))
        if self._part.role is Role.HEAD and block.paragraph.table is None and opens_preamble(block.text):
            self._part = self._new(Node(Level.PREAMBLE, "", Role.PREAMBLE))
        self._in_part(block)

    def _behind(self, position: int, block: Block) -> None:
        assert self._tail is not None
        text = self._texts[position]
        leaves_note = text and (RECIPIENTS.match(text) or SIGNS.match(text))
        if self._note is not None and block.paragraph.table is None and not leaves_note:
            self._nodes.append(self._note.add(paragraph(block.paragraph.reading)))
            return
        if text is None:
            role = None
        elif RECIPIENTS.match(text):
            role = Role.RECIPIENTS
        elif self._signs(position, text):
            role = Role.SIGNATURE
        else:
            role = Role.CLOSING if position == self._tail.closing < self._tail.behind else None
        if role and all(child.role is not role for child in self._root.children):
            self._part = self._new(Node(_NAMED_PARTS[role], "", role))
            self._note = None
        self._in_part(block)

    def _signs(self, position: int, text: str) -> bool:
        assert self._tail is not None
        listed = self._part is not None and self._part.role is Role.RECIPIENTS
        return position >= self._tail.behind and bool(
            SIGNS.match(text) or (listed and text.isupper() and len(text) > 5)
        )

    def _new(self, part: Node) -> Node:
        self._nodes.append(part)
        return self._root.add(part)

    def _in_part(self, block: Block) -> None:
        assert self._part is not None
        reading = block.paragraph.reading
        marker = marker_of(reading.text)
        if block.paragraph.table is not None:
            self._body.row(block, self._part)
        elif self._part.role is Role.RECIPIENTS and marker and marker.mark is Mark.DASH:
            self._part.add(item(reading, marker, Level.DASH))
        elif not self._part.children and not self._part.text and self._part.role is not Role.PREAMBLE:
            self._part.text = reading
        else:
            self._nodes.append(self._part.add(paragraph(reading)))
