"""Who signed a held document: the office and the name that stand under it."""

from __future__ import annotations

import re

from answer.extract import Extract, quoted
from answer.sides import meant
from answer.years import YEAR, years_of
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
    those = meant(question, index.documents)
    if len(those) != 1 or _of_another(result.query.text, index.documents[those[0]], lookup):
        return None
    document = index.documents[those[0]]
    lines = [
        node
        for node in document.root.walk()
        if node.address.units and node.address.units[0].level is Level.SIGNATURE and node.text.text.strip()
    ][-_LINES:]
    if len(lines) < _LINES:
        return None
    return quoted(document, lines)


def _of_another(question: str, document: Document, lookup: Lookup) -> bool:
    """Whether a question cites an instrument by another number, or of a year that is not the document's."""
    if set(YEAR.findall(question)) - years_of(document.metadata):
        return True
    cited = (each for each in parse_citations(question) if each.instrument and each.instrument.number)
    return any(lookup.resolve(each).document != document.id for each in cited)
