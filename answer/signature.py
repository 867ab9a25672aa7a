"""Who signed a held document: the office and the name that stand under it."""

from __future__ import annotations

import re

from answer.answer import Sentence
from answer.extract import Extract, citation_of
from answer.sides import named, numbered
from answer.years import YEAR
from corpus.address import Level
from corpus.citation import parse_citations
from corpus.document import Document
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.lookup import Lookup
from retriever.search import SearchResult

_WHO = re.compile(
    r"\b(?:ai|người nào|ông nào|bà nào) (?:là người |đã |được )?ký\b(?! kết)|\bngười ký\b(?! kết)"
    r"|\bwho signed\b|谁签|签署人"
)
_LINES = 2  # the office and the name


def signature(result: SearchResult, index: Index, lookup: Lookup) -> Extract | None:
    """The last lines of the signature of the document that is asked about; None where that is not asked.

    None too where another instrument is cited, or another year than the document's: it may be another one.
    """
    question = fold(result.query.text)
    if not _WHO.search(question):
        return None
    meant = named(question, index.documents) or numbered(question, index.documents)
    if len(meant) != 1 or _of_another(result.query.text, index.documents[meant[0]], lookup):
        return None
    document = index.documents[meant[0]]
    lines = [
        node
        for node in document.root.walk()
        if node.address.units and node.address.units[0].level is Level.SIGNATURE and node.text.text.strip()
    ][-_LINES:]
    if len(lines) < _LINES:
        return None
    spans = [(node.own_text.index(node.text.text), node.text.text) for node in lines]
    return Extract(
        tuple(Sentence(text, (number,)) for number, (_, text) in enumerate(spans, 1)),
        tuple(
            citation_of(document, node, [(start, start + len(text))], number)
            for number, (node, (start, text)) in enumerate(zip(lines, spans, strict=True), 1)
        ),
    )


def _of_another(question: str, document: Document, lookup: Lookup) -> bool:
    """Whether a question cites an instrument by another number, or of a year that is not the document's."""
    held = document.metadata
    if set(YEAR.findall(question)) - set(YEAR.findall(f"{held.title} {held.date or ''}")):
        return True
    cited = (each for each in parse_citations(question) if each.instrument and each.instrument.number)
    return any(lookup.resolve(each).document != document.id for each in cited)
