"""The answer without a language model: what answers, in the document's own words, with its citations.

The provisions of the best passages are weighed (candidates, weights), one is chosen, or one for each side of
a comparison (sides, choosing), and of a long one the clauses that answer are shown (shaping). An announced
list comes whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.answer import AnswerCitation, Sentence, Side
from answer.asks import Asks, asks, carries
from answer.candidates import Candidate, candidates, said
from answer.choosing import Choice, choose
from answer.coverage import Asked
from answer.figures import figures
from answer.of_the_thing import of_the_thing
from answer.shaping import Shown, joined, shown, shown_around
from answer.sides import Sides, sides
from corpus.address import Address, Level, spoken
from corpus.document import Document, Provision, Role
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.search import SearchResult

ITEMS = 14  # longest list that is given whole
_LEAD = range(6, 45)  # words of a lead-in that is put before an item: fewer are a heading
_LIST_WORDS = 110  # of a list; a longer one has its items cut
_TWO = 2  # from so many items it is a list
_PARTS = frozenset({Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.ARTICLE})
_NAMED = 0.8  # share of a question's words that a heading and its document's name hold
_ASKS_WHAT = re.compile(r"\b(?:gì|nào|những|các|nêu|liệt kê|kể)\b")

_DAY = re.compile(
    r"\d{1,2}/\d{1,2}/\d{4}|\bngày \d{1,2} tháng \d{1,2} năm \d{4}"
    r"|\b(?:trước|sau|từ|kể từ) ngày \w+(?: \w+){0,2}"
)


@dataclass(frozen=True, slots=True)
class Extract:
    """What can be said in a document's own words; all empty when nothing can."""

    sentences: tuple[Sentence, ...] = ()
    citations: tuple[AnswerCitation, ...] = ()
    count: int | None = None  # items of the enumeration that is given whole
    sides: tuple[Side, ...] = ()  # of a comparison


@dataclass(frozen=True, slots=True)
class _Line:
    """One sentence to be said."""

    document: Document
    provision: Provision
    shown: Shown
    side: str | None = None


def extract(
    result: SearchResult, index: Index, what: Asked, found: list[Candidate] | None = None, brief: bool = False
) -> Extract:
    """The sentences that answer and their numbered citations.

    `found`: the candidates of the result where they are known. `brief`: no list whose lead-in already gives
    the agency or the day that is asked for.
    """
    found = candidates(result, index, what) if found is None else found
    kind = asks(result.query.text)
    if result.cited:
        found = _named(found, result.cited, kind)
    if not found or all(one.barred for one in found):
        return Extract()
    compared = sides(result.query.text, index.documents)
    if compared == Sides():
        found = of_the_thing(found, result.query, index)
    if under := _under_heading(found, result.query.text, kind, what):
        above, items = under
        lines = [_item(above, item, what, kind, items) for item in items]
        return _made(lines, kind, len(items))
    chosen = choose(found, compared, what, kind)
    told = brief and kind in (Asks.AGENCY, Asks.DATE) and carries(kind, said(chosen[0].candidate.provision))
    listed = _listed(chosen[0].candidate, kind, what) if len(chosen) == 1 and not told else []
    if listed:
        lines = [_item(chosen[0].candidate, item, what, kind, listed) for item in listed]
        count = sum(line.provision.role in (Role.ITEM, Role.UNIT) for line in lines[1:])
        return _made(lines, kind, count)
    lines = [line for one in chosen for line in _lines(one, len(chosen) > 1)]
    return _made(lines, kind, None)


def _named(found: list[Candidate], cited: Sequence[Address], kind: Asks) -> list[Candidate]:
    """The provision that the question cites, where something in it is asked for what is below it too.

    All candidates where none stands there, or none that does carries what is asked for: who leads the tasks
    of a part is said elsewhere.
    """

    def depth(one: Candidate) -> int:
        address = one.provision.address
        return max((len(each.units) for each in (address, *address.ancestors()) if each in cited), default=0)

    deepest = max(map(depth, found), default=0)
    below = [one for one in found if depth(one) == deepest]
    itself = [one for one in below if len(one.provision.address.units) == deepest]
    if kind in (Asks.AGENCY, Asks.DATE) and not any(carries(kind, said(one.provision)) for one in below):
        return found
    return itself if itself and kind is Asks.OTHER else below


def _lines(choice: Choice, compared: bool) -> list[_Line]:
    """What is said of one choice: the lead-in above it where it needs one, then what answers of it."""
    one = choice.candidate
    lead = _lead_in(one) if not compared else None
    said_of_it = _Line(one.document, one.provision, _shown(one, choice.what, choice.kind), choice.side)
    if lead is None:
        return [said_of_it]
    above = _Line(one.document, lead, _whole(lead), choice.side)
    return [above, said_of_it]


def _shown(one: Candidate, what: Asked, kind: Asks) -> Shown:
    start = one.provision.own_text.index(one.provision.text.text)
    end = start + len(said(one.provision))
    return shown(one.provision, start, end, one.units, what, kind)


def _whole(provision: Provision) -> Shown:
    start = provision.own_text.index(provision.text.text)
    return joined(provision, start, len(provision.own_text), [(start, len(provision.own_text))])


def _lead_in(one: Candidate) -> Provision | None:
    """The short "…, phối hợp với …:" above an item, without which it says of nobody."""
    above = one.document.ancestors(one.provision.address)
    if not above or one.provision.role not in (Role.ITEM, Role.UNIT):
        return None
    if one.provision.address.units[-1].level in _PARTS:
        return None  # a part of a document stands by itself
    parent = above[-1]
    text = parent.text.text
    leads = text.endswith(":") and len(text.split()) in _LEAD and not parent.heading
    return parent if leads else None


def _listed(best: Candidate, kind: Asks, what: Asked) -> list[Provision]:
    """The lead-in and the items of the enumeration that the best candidate announces, or stands in where a
    list is asked for that its lead-in speaks of better; empty for no list."""
    items = _items(best.provision)
    if items and said(best.provision).endswith(":"):
        return [best.provision, *items]
    above = best.document.ancestors(best.provision.address)
    if kind is not Asks.LIST or not above or best.provision.role is not Role.ITEM:
        return []
    parent = above[-1]
    if not parent.text or what.covered(parent.own_text) <= what.covered(said(best.provision)):
        return []
    return [parent, *_items(parent)] if _items(parent) else []


def _under_heading(
    found: Sequence[Candidate], question: str, kind: Asks, what: Asked
) -> tuple[Candidate, list[Provision]] | None:
    """The list below the heading that a question asks for, all but naming its document; None for none."""
    folded = fold(question)
    if kind not in (Asks.LIST, Asks.OTHER) or not _ASKS_WHAT.search(folded):
        return None
    named: list[tuple[int, Candidate, list[Provision]]] = []
    for one in {one.document.id: one for one in reversed(found)}.values():
        held = one.document.metadata
        for node in one.document.by_address.values():
            heading = fold(node.heading.text).strip(" .:")
            if node.text or len(heading.split()) < _TWO or heading not in folded:
                continue
            about = f"{heading} {held.type} {held.issuer} {held.title}"
            if what.covered(about) >= _NAMED and (items := _leaves(node)):
                named.append((len(heading), one, items))
    longest = max(named, key=lambda each: each[0], default=None)
    return longest[1:] if longest else None


def _leaves(provision: Provision) -> list[Provision]:
    """The items below a heading, through headings that have only items; none where it is not one list."""
    items: list[Provision] = []
    for child in provision.children:
        items += [child] if child.text else _items(child)
    whole = _TWO <= len(items) <= ITEMS and all(
        item.role in (Role.ITEM, Role.UNIT) and not item.children for item in items
    )
    return items if whole and all(child.text or _items(child) for child in provision.children) else []


def _items(provision: Provision) -> list[Provision]:
    """The items of an enumeration; none where one is only a heading: it would not be given whole."""
    items = [child for child in provision.children if child.role in (Role.ITEM, Role.UNIT)]
    whole = _TWO <= len(items) <= ITEMS and all(child.text for child in items)
    return items if whole else []


def _item(
    best: Candidate, provision: Provision, what: Asked, kind: Asks, listed: Sequence[Provision]
) -> _Line:
    """An item of a list, cut where the whole list would be too long."""
    start = provision.own_text.index(provision.text.text)
    end = start + len(said(provision))
    long = sum(len(each.text.text.split()) for each in listed) > _LIST_WORDS
    room = max(12, _LIST_WORDS // len(listed)) if long else _LIST_WORDS
    return _Line(best.document, provision, shown(provision, start, end, (), what, kind, room, room))


def quoted(document: Document, provisions: Sequence[Provision]) -> Extract:
    """Provisions said whole, one after the other."""
    return _made([_Line(document, each, _whole(each)) for each in provisions], Asks.OTHER, None)


def quoted_around(document: Document, provision: Provision, start: int, end: int) -> Extract:
    """The clauses that a stretch of a provision's own text stands in."""
    return _made([_Line(document, provision, shown_around(provision, start, end))], Asks.OTHER, None)


def _made(lines: Sequence[_Line], kind: Asks, count: int | None) -> Extract:
    cited: dict[str, AnswerCitation] = {}
    sentences: list[Sentence] = []
    named: dict[str, list[int]] = {}
    for line in lines:
        key = line.provision.address.permalink
        before = cited.get(key)
        evidence = (*(before.evidence if before else ()), *line.shown.stretches)
        number = before.n if before else len(cited) + 1
        cited[key] = citation_of(line.document, line.provision, sorted(set(evidence)), number)
        if line.side:
            named.setdefault(line.side, []).append(len(sentences))
        text = line.shown.text
        sentences.append(Sentence(text, (cited[key].n,), _bold(text, kind), line.shown.corrections))
    compared = tuple(Side(name, tuple(numbers)) for name, numbers in named.items())
    return Extract(tuple(sentences), tuple(cited.values()), count, compared if len(compared) > 1 else ())


def citation_of(
    document: Document, provision: Provision, evidence: Sequence[tuple[int, int]], number: int
) -> AnswerCitation:
    """A provision cited; `evidence` are stretches of its own text."""
    caveats = (document.metadata.caveat, document.page_caveat(provision))
    return AnswerCitation(
        n=number,
        address=provision.address,
        document_name=document.metadata.short_name,
        citation=spoken(provision.address),
        text=provision.own_text,
        evidence=tuple(evidence),
        caveat=" ".join(part for part in caveats if part) or None,
        corrections=provision.own_corrections,
    )


def _bold(text: str, kind: Asks) -> tuple[tuple[int, int], ...]:
    """The figures or days of a text, where it is asked for one."""
    if kind is Asks.DATE:
        return tuple(found.span() for found in _DAY.finditer(text))
    return tuple(figures(text)) if kind is Asks.FIGURE else ()
