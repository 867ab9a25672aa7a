"""Every mention of another instrument in a document, with its place and what the document does to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.address import Level
from corpus.citation import Citation, CitedUnit, Instrument, parse_citations
from corpus.document import Document, Provision, Role
from corpus.relation import CHANGES, Mention, RelationKind
from corpus.titled import cited_in, says_which, subject_after
from ingest.relation_words import around, by_other, done_to, kind_of, of_other, performs, sentence_of
from retriever.identity import ALL_OF_IT, held_as, same_instrument

AROUND = 300  # characters of a mention's words
_SILENT = frozenset({Role.ROOT, Role.RECIPIENTS, Role.SIGNATURE})
_PROPOSER = re.compile(
    r"đề nghị của\s+(?:\w+\s+){0,3}?"
    r"(?P<issuer>(?:Sở|Bộ|Ban|UBND|Ủy ban|Thanh tra|Văn phòng)\b[^,;]*?)\s+tại\s+$"
)
_BESIDE = re.compile(r"\bvào (?:sau|trước)\s+$")


@dataclass(frozen=True, slots=True)
class _Above:
    """What the provisions above hand down to a provision."""

    lead: str = ""  # an announcing line: "Bãi bỏ các văn bản sau:"
    target: Instrument | None = None  # what the article above amends
    units: tuple[CitedUnit, ...] = ()  # and the part of it: "3. Sửa đổi một số khoản của Điều 7 như sau:"


def mentions(document: Document) -> tuple[Mention, ...]:
    """Every mention of another instrument in `document`, in reading order.

    The document's own number, and "Nghị quyết này", are no mentions.
    """
    return tuple(
        mention
        for mention in _below(document, document.root, _Above())
        if not _is_itself(document, mention.citation.instrument)
    )


def _below(document: Document, node: Provision, above: _Above) -> Iterator[Mention]:
    found: tuple[Mention, ...] = ()
    if node.role not in _SILENT:
        found = tuple(_in_provision(document, node, above))
        yield from found
    handed = _handed_down(node, found, above)
    for child in node.children:
        yield from _below(document, child, handed)


def _handed_down(node: Provision, found: tuple[Mention, ...], above: _Above) -> _Above:
    changed = {mention.citation.instrument for mention in found if mention.kind in CHANGES and not mention.by}
    target = changed.pop() if len(changed) == 1 else above.target
    parts = {mention.citation.units for mention in found if mention.kind in CHANGES and not mention.by}
    units = parts.pop() if len(parts) == 1 else ()
    own = node.own_text.rstrip()
    announces = own.endswith(":") or (node.heading and performs(node.heading.text) is not None)
    if node.role in (Role.ROOT, Role.HEAD, Role.PREAMBLE):
        return _Above(own if announces else "", None)
    return _Above(own.rsplit("\n", 1)[-1] if announces else "", target, units)


def citations_of(node: Provision) -> list[Citation]:
    """Every citation in a provision's own text, by title too, in order; not its marker ("Điều 1.")."""
    return [each for each in cited_in(node.own_text) if each.span[1] > len(node.marker.text)]


def _in_provision(document: Document, node: Provision, above: _Above) -> Iterator[Mention]:
    read = [citation for citation in citations_of(node) if not citation.relative]
    cited = [each for each in read if says_which(each.instrument)]
    for place, citation in enumerate(cited):
        itself = _enacted(document, node, citation)
        if not itself:
            yield from _mentioned(document, node, cited, place, above)
        yield from _inside_name(node, citation, None if itself else citation.instrument)
    if above.target is not None and node.role is not Role.QUOTED:
        yield from _amended_units(node, [each for each in read if each.instrument is None], above)


def _mentioned(
    document: Document, node: Provision, cited: list[Citation], place: int, above: _Above
) -> Iterator[Mention]:
    text, citation = node.own_text, cited[place]
    start, end = citation.span
    title, preamble = node.role is Role.HEAD, _in_preamble(node)
    words = around(text, start, end, above.lead, title=title, preamble=preamble)
    kind = kind_of(words, document.metadata.type, units=bool(citation.units))
    if node.role is Role.QUOTED and kind in CHANGES:
        kind = RelationKind.REFERS  # the words are another instrument's
    by = None
    before = cited[place - 1] if place else None
    if before is not None and before.instrument is not None:
        between = _between(text, before, citation)
        if ";" not in between and (other := of_other(between)) is not None:
            kind, by = other, before.instrument
        elif (done := by_other(between)) is not None:
            kind = RelationKind.REFERS
            yield _mention(node, before, done, cited, by=citation.instrument)
    yield _mention(node, citation, kind, cited, by=by)


def _between(text: str, before: Citation, citation: Citation) -> str:
    """The words between two citations; where one stands in the other's title, the title's words before it."""
    start = citation.span[0]
    if before.span[1] <= start:
        return text[before.span[1] : start]
    kind = before.instrument.type if before.instrument else None
    return text[before.span[0] + len(kind or "") : start]


def _mention(
    node: Provision,
    citation: Citation,
    kind: RelationKind,
    cited: list[Citation],
    by: Instrument | None = None,
) -> Mention:
    text = node.own_text
    start, end = citation.span
    low, high = sentence_of(text, start, end)
    clause = text.find(";", end, high)
    subject = None
    if citation.instrument is not None and citation.instrument.name is None:  # a name is a subject already
        others = [each.span for each in cited if each.span[0] >= end]
        subject = subject_after(text, citation, high if clause < 0 else clause, others)
    cited_so = _with_proposer(text, citation)
    return Mention(node.address, cited_so, kind, _words(text, citation.span, low, high), subject, by)


def _with_proposer(text: str, citation: Citation) -> Citation:
    """ "Theo đề nghị của Giám đốc Sở Tài chính tại Tờ trình số …": who issued it stands before it."""
    said = _PROPOSER.search(text, 0, citation.span[0])
    instrument = citation.instrument
    if (
        said is None
        or instrument is None
        or instrument.issuer
        or not text[: citation.span[0]].endswith(said[0])
    ):
        return citation
    return replace(citation, instrument=replace(instrument, issuer=said["issuer"]))


def _words(text: str, span: tuple[int, int], low: int, high: int) -> str:
    """At most `AROUND` characters of the sentence, with the citation in them, cut between words."""
    if high - low > AROUND:
        clause = max(low, text.rfind(";", low, span[0]) + 1)
        low = clause if span[1] - clause <= AROUND else max(low, span[0] - AROUND // 4)
        if low > 0 and not text[low - 1].isspace() and not text[low].isspace():
            low = text.find(" ", low, span[0] + 1) + 1 or span[0]
        if high - low > AROUND:
            high = max(text.rfind(" ", low + 1, low + AROUND + 1), low + 1)
    return " ".join(text[low:high].split())[:AROUND]


def _enacted(document: Document, node: Provision, citation: Citation) -> bool:
    """Whether it is the document's own title: "Quốc hội ban hành Luật sửa đổi …", where it begins."""
    before = node.own_text[: citation.span[0]]
    same = citation.instrument is not None and citation.instrument.type == document.metadata.type
    return same and _in_preamble(node) and re.search(r"\bban hành\s+$", before) is not None


def _inside_name(node: Provision, citation: Citation, by: Instrument | None) -> Iterator[Mention]:
    """The laws named in the name of one that amends them, which is `by`, or the document itself."""
    outer = citation.instrument
    if outer is None or not outer.is_law or not (outer.name or "").startswith("sửa đổi"):
        return
    text = node.own_text
    first = text.find("của", *citation.span)
    if first < 0:
        return
    for inner in parse_citations(text[first : citation.span[1]]):
        if inner.instrument is not None and inner.instrument.is_law:
            span = (first + inner.span[0], first + inner.span[1])
            undated = _without_outer_date(inner.instrument, outer)
            yield _mention(
                node, replace(inner, span=span, instrument=undated), RelationKind.AMENDS, [], by=by
            )


def _without_outer_date(inner: Instrument, outer: Instrument) -> Instrument:
    """The date at the end belongs to the amending law, not to the last law it names."""
    return replace(inner, date=None) if inner.date == outer.date else inner


def _amended_units(node: Provision, read: list[Citation], above: _Above) -> Iterator[Mention]:
    """ "1. Sửa đổi khoản 2 Điều 5 như sau:" under an article that amends another instrument."""
    text = node.own_text
    kind = performs(text)
    cited = _completed(text, [each for each in read if _unquoted(text, each.span[0])], above.units)
    for citation in cited[:1] if kind is None else cited:
        done = kind or done_to(text[citation.span[1] :])
        if done is not None:
            yield _mention(node, replace(citation, instrument=above.target), done, [])


def _completed(text: str, cited: list[Citation], above: tuple[CitedUnit, ...]) -> list[Citation]:
    """Citations with the units they stand in, said later or above; "vào sau Điều 5" amends nothing."""
    made: list[Citation] = []
    outer: tuple[CitedUnit, ...] = ()
    for citation in reversed(cited):
        deep = len(citation.units)
        if _BESIDE.search(text, 0, citation.span[0]):
            outer = citation.units[:-1]
            continue
        units = outer + citation.units if deep <= len(cited[-1].units) - len(outer) else citation.units
        if above and not any(unit.level is Level.ARTICLE for unit in units):
            units = above + units
        made.append(replace(citation, units=units))
    return made[::-1]


def _unquoted(text: str, position: int) -> bool:
    return text.count("“", 0, position) <= text.count("”", 0, position)


def _in_preamble(node: Provision) -> bool:
    return bool(node.address.units) and node.address.units[0].level is Level.PREAMBLE


def _is_itself(document: Document, instrument: Instrument | None) -> bool:
    """By its number, or by a title that says nothing but the document's own."""
    if instrument is None:
        return False
    printed = Instrument(document.metadata.type, document.head.number, date=document.head.date)
    return held_as(instrument, document.metadata) == ALL_OF_IT or (
        printed.number is not None and same_instrument(instrument, printed)
    )
