"""Provisions become passages: what is indexed, found and shown as evidence.

A passage is one provision; or several short neighbours under one parent; or a part of a long one,
cut between sentences. Together the passages of a document hold every provision's own text once,
bare headings apart: those stand in the passages' paths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.address import Address, Level, spoken
from corpus.document import PASSAGE_LIMIT, Correction, Document, Passage, Provision, Reading, Role
from corpus.sentences import sentence_spans
from ingest.structure import ASIDE

GROUP = 800  # characters: short neighbours are joined up to this length
_LABELLED = (Level.ANNEX, Level.FORM)  # what stands under their label is the "(Kèm theo …)"
_LEAD_IN = 220  # characters: the longest text ending in ":" that is repeated in a path


@dataclass(frozen=True, slots=True)
class _Block:
    """Provisions that stay together as text."""

    nodes: tuple[Provision, ...]
    parent: Provision

    @property
    def text(self) -> str:
        return "\n".join(line for node in self.nodes if (line := node.own_text))

    @property
    def readings(self) -> Iterator[tuple[int, Reading, Provision]]:
        """The readings that `text` is made of, each with where it begins there and whose it is."""
        position = 0
        for node in self.nodes:
            for reading in (node.marker, node.heading, node.text):
                if reading:
                    yield position, reading, node
                    position += len(reading.text) + 1  # a space or line end stands between any two


def passages(document: Document) -> tuple[Passage, ...]:
    """All passages of a document in reading order; none is longer than PASSAGE_LIMIT characters."""
    found: list[Passage] = []
    for child in document.root.children:
        for block in _blocks(child, document.root):
            found.extend(_cut(block, document))
    return tuple(found)


def lead_in(node: Provision) -> str | None:
    """How a provision appears in the path of what stands below it: its heading, or its "… gồm:".

    Of a long "Sửa đổi … như sau:" above quoted text the beginning, so that the path says what is amended.
    """
    if node.heading or (node.marker and (not node.text or node.address.units[-1].level in _LABELLED)):
        return node.caption
    if not node.text.text.endswith(":"):
        return None
    if len(node.text.text) <= _LEAD_IN:
        return node.own_text
    if any(child.role is Role.QUOTED for child in node.walk()):
        return node.own_text[:_LEAD_IN].rpartition(" ")[0] + " …:"
    return None


def _blocks(node: Provision, parent: Provision) -> Iterator[_Block]:
    whole = tuple(node.walk())
    if len(node.full_text) <= GROUP or not node.children:
        yield _Block(whole, parent)
        return
    waiting: list[Provision] = [node] if node.text else []
    size = len(node.own_text) if node.text else 0
    for child in node.children:
        length = len(child.full_text)
        aside = bool(ASIDE.match(child.text.text))
        if waiting and not aside and size + length > GROUP:
            yield _Block(tuple(waiting), node)
            waiting, size = [], 0
        if length > GROUP and child.children:
            yield from _blocks(child, node)
            continue
        waiting.extend(child.walk())
        size += length
    if waiting:
        yield _Block(tuple(waiting), node)


def _cut(block: _Block, document: Document) -> Iterator[Passage]:
    text = block.text
    if not text:
        return
    spans = [(0, len(text))] if len(text) <= PASSAGE_LIMIT else list(_parts(text))
    for part, (start, end) in enumerate(spans, start=1):
        inside = [each for each in block.readings if each[0] < end and start < each[0] + len(each[1].text)]
        held = _Block(tuple({node.address: node for _, _, node in inside}.values()), block.parent)
        source = _source_span(inside, start, end)
        yield Passage(
            id=f"{document.id}#{block.nodes[0].address.path}" + (f"~{part}" if part > 1 else ""),
            document=document.id,
            addresses=tuple(node.address for node in held.nodes),
            citation=_citation(held if _begins_at_the_top(held, block) else block),
            path=_path(held, document),
            text=text[start:end],
            start=source[0],
            end=source[1],
            corrections=tuple(_corrections(inside, start, end)),
        )


def _begins_at_the_top(held: _Block, block: _Block) -> bool:
    """Whether the first provision of a part stands as high as the first of the whole block."""
    return len(held.nodes[0].address.units) == len(block.nodes[0].address.units)


def _source_span(inside: Sequence[tuple[int, Reading, Provision]], start: int, end: int) -> tuple[int, int]:
    """Where the readings stand in the original, as far as they lie between `start` and `end` of the text."""
    spans = [
        reading.source_span(max(start - at, 0), min(end - at, len(reading.text))) for at, reading, _ in inside
    ]
    return min(low for low, _ in spans), max(high for _, high in spans)


def _corrections(
    inside: Sequence[tuple[int, Reading, Provision]], start: int, end: int
) -> Iterator[Correction]:
    """The corrections of the readings that lie wholly between `start` and `end`, counted from `start`."""
    for at, reading, _ in inside:
        for each in reading.corrections:
            if start <= at + each.start and at + each.end <= end:
                yield replace(each, start=at + each.start - start, end=at + each.end - start)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Parts of about equal length between sentences, each within the limit."""
    wanted = len(text) / (len(text) // GROUP + 1)
    start = end = 0
    for low, high in sentence_spans(text):
        if end > start and (high - start > PASSAGE_LIMIT or end - start >= wanted):
            yield start, end
            start = low
        while high - start > PASSAGE_LIMIT:  # one sentence longer than the limit: cut between words
            space = text.rfind(" ", start + 1, start + PASSAGE_LIMIT + 1)
            cut = space if space > 0 else start + PASSAGE_LIMIT  # a word longer than the limit
            yield start, cut
            start = cut + 1 if space > 0 else cut
        end = high
    yield start, end


def _path(block: _Block, document: Document) -> tuple[str, ...]:
    first = block.nodes[0].address
    captions = (lead_in(above) for above in document.ancestors(first))
    return tuple(caption for caption in captions if caption)


def _citation(block: _Block) -> str:
    """The one provision, the parent when all of it is there, or the first and last of the neighbours."""
    first = block.nodes[0]
    neighbours = [node for node in block.nodes if len(node.address.units) == len(first.address.units)]
    if len(neighbours) == 1:
        return spoken(first.address)
    parent = Address(first.address.document, first.address.units[:-1])
    if len(neighbours) == len(block.parent.children) and parent.units:
        return spoken(parent)
    return _range(neighbours, parent)


def _range(neighbours: Sequence[Provision], parent: Address) -> str:
    first, last = neighbours[0].address.units[-1], neighbours[-1].address.units[-1]
    if neighbours[-1].role is Role.PARAGRAPH and first.level is not Level.PARAGRAPH:
        last = next(n.address.units[-1] for n in reversed(neighbours) if n.role is not Role.PARAGRAPH)
    if first == last:
        return spoken(neighbours[0].address)
    until = last.spoken.removeprefix(first.spoken.rsplit(" ", 1)[0]).strip()
    counted = first.level in (Level.DASH, Level.PLUS, Level.PARAGRAPH) and first.level is last.level
    above = f" {spoken(parent)}" if parent.units else ""
    return f"{first.spoken} đến {'thứ ' if counted else ''}{until}{above}"
