"""What is said where nothing answers: what was searched, why it does not answer, where it might stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from answer.coverage import Asked, asked
from answer.doubts import Doubts
from answer.places import places_asked
from answer.scope import Beside
from answer.validity import as_of_note, kept_elsewhere
from corpus.address import Address, Level, spoken
from corpus.citation import parse_citations
from corpus.document import STAND_INS, Document, Metadata, Provision, Role, TextKind
from corpus.sentences import sentence_spans
from retriever.index import Index
from retriever.lookup import Lookup
from retriever.query import Query
from retriever.search import Hit, Searcher, SearchResult

_EXAMPLE = "Ví dụ: Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?"
_ANNEX = re.compile(r"Phụ lục\s+(?:số\s+)?(?P<marker>[IVXLC]+|\d+)\b")
_LISTS = re.compile(r"\b(danh mục|danh sách|biểu|bảng|phân công|sơ đồ|bản đồ)\b", re.IGNORECASE)
_HELD_AS = {TextKind.DIGEST: "mới có bản tóm tắt", TextKind.CATALOGUE: "mới có tên, chưa có toàn văn"}
_ANNEXES = 2  # annexes that are named
_FAR = 140  # characters before the annex in which that is said
_WHAT = 60  # characters of what an annex is said to hold


def not_found_note(
    result: SearchResult, nearest: Sequence[Hit], against: Doubts, searcher: Searcher, as_of: date | None
) -> str:
    """The whole note, without claiming that what stands nearest answers."""
    index = searcher.index
    usable = searcher.usable(as_of) if as_of else index.documents
    names = "; ".join(index.documents[id_].metadata.short_name for id_ in usable)
    said = [
        f"Không tìm thấy trong kho văn bản. Đã tìm trong: {names}.",
        against.strongest.sentence if against.strongest else "",
        *absent_annexes(nearest[:1], index),
        *(() if _elsewhere(result.query, searcher.lookup) else _in_its_documents(result, nearest, searcher)),
        as_of_note((), searcher, as_of) if as_of else "",
    ]
    return " ".join(part for part in said if part)


def nothing_in_force(searcher: Searcher, day: date) -> str:
    """The note where no document may be in force on `day`."""
    return f"Không tìm thấy trong kho văn bản. {as_of_note((), searcher, day)}"


def out_of_scope_note(why: Beside) -> str:
    """What small talk, other errands and orders are told, with an example of what can be asked."""
    return why.value if why in (Beside.THANKS, Beside.GOODBYE) else f"{why.value} {_EXAMPLE}"


def _in_its_documents(result: SearchResult, nearest: Sequence[Hit], searcher: Searcher) -> Iterator[str]:
    yield from stand_ins(nearest, searcher.index)
    what = asked(result.query, searcher.index)
    settled = [hit for hit in nearest if _speaks_of(searcher.index.documents[hit.passage.document], what)]
    most = settled if 2 * len(settled) > len(nearest) else ()
    yield kept_elsewhere(most, searcher, result.query.text)


def _speaks_of(document: Document, what: Asked) -> bool:
    """Whether a question has a term, not only a syllable, of a document's title and headings."""
    headings = " ".join(node.heading.text for node in document.by_address.values() if node.heading)
    return any(" " in word for word in what.named(f"{document.metadata.title} {headings}"))


def _elsewhere(query: Query, lookup: Lookup) -> bool:
    """Whether a question is about another province, or about an instrument whose text is not held."""
    cited = [lookup.resolve(each) for each in parse_citations(query.text) if each.instrument]
    return bool(places_asked(query)) or any(each.unheld for each in cited)


def absent_annexes(hits: Sequence[Hit], index: Index) -> Iterator[str]:
    """Where what is asked may stand: annexes that the hits' own units refer to and that are not held."""
    told: dict[tuple[str, str], str] = {}
    for hit in hits:
        document = index.documents[hit.passage.document]
        for node, unit in _around(document, hit.passage.address):
            for marker, what in _annexes_in(node.own_text):
                if not _held(document, marker):
                    what = what or f"chi tiết của {spoken(unit)}"
                    place = f"{what} ở Phụ lục {marker} của {document.metadata.short_name}"
                    told.setdefault((document.id, marker), place)
    if told:
        places = "; ".join(list(told.values())[:_ANNEXES])
        yield f"Nội dung gần nhất dẫn sang phụ lục: {places}; kho không có phụ lục đó."


def _around(document: Document, address: Address) -> Iterator[tuple[Provision, Address]]:
    """What stands in a provision and, of an item or paragraph, beside it; each with its unit's address."""
    own = document.by_address[address.path]
    above = document.ancestors(address)
    nodes = list(own.walk())
    if own.role in (Role.ITEM, Role.PARAGRAPH) and above:
        nodes += [above[-1], *above[-1].children]
    for node in nodes:
        unit = node.role is Role.UNIT or len(node.address.units) < 2
        yield node, node.address if unit else Address(document.id, node.address.units[:-1])


def _annexes_in(text: str) -> Iterator[tuple[str, str]]:
    """Each annex that a text names and what stands there: "danh mục các cụm"; "" for details."""
    for low, high in sentence_spans(text):
        for found in _ANNEX.finditer(text, low, high):
            before = text[max(low, found.start() - _FAR) : found.start()]
            lists = _LISTS.search(before)
            what = before[lists.start() :].strip(" (,;:") if lists else ""
            yield found["marker"], _cut(re.sub(r"\s+(?:tại|theo|ở|trong)(?: các)?$", "", what))


def _cut(text: str) -> str:
    text = " ".join(text.split())
    text = text if len(text) <= _WHAT else text[:_WHAT].rsplit(None, 1)[0] + " …"
    return text[:1].lower() + text[1:]


def _held(document: Document, marker: str) -> bool:
    return any(
        unit.level is Level.ANNEX and unit.marker.lower().lstrip("0") == marker.lower().lstrip("0")
        for node in document.by_address.values()
        for unit in node.address.units[:1]
    )


def stand_ins(hits: Sequence[Hit], index: Index) -> Iterator[str]:
    """Of the document in which most of the nearest stand, where only a digest or a name stands for it."""
    first = [index.documents[hit.passage.document].metadata for hit in hits[:1]]
    for about in first:
        most = 2 * sum(hit.passage.document == about.id for hit in hits) > len(hits)
        if about.kind in STAND_INS and most:
            yield (
                f"Nội dung này có thể thuộc {_instrument(about)}, kho {_HELD_AS[about.kind]}: "
                "hãy xem bản chính thức."
            )


def place_of(address: Address, index: Index) -> str:
    """ "khoản 2 mục V Điều 1, Quyết định của …"."""
    return f"{spoken(address)}, {index.documents[address.document].metadata.short_name}"


def _instrument(about: Metadata) -> str:
    return f"{about.type} số {about.number}" if about.number else f"{about.type} của {about.issuer}"
