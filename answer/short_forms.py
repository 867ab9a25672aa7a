"""What a short form stands for: "CVĐC viết tắt của gì?" is answered where a text gives both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answer.extract import Extract, quoted_around
from answer.sides import meant
from corpus.document import Document, Provision
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.search import SearchResult

_ASKED = re.compile(
    r"\b(?:viết|gọi|nói|ghi) (?:[“\"'‘][^”\"'’]{1,30}[”\"'’] )?(?:tắt|gọn|trống không|trống)\b"
    r"|\bviết đầy đủ\b|\btên đầy đủ của\b"
    r"|\bstands? for\b|缩写|简称"
)
_QUOTED = re.compile(r"[“\"'‘]([^“”\"'‘’]{1,30})[”\"'’]")
_CAPITALS = re.compile(r"(?<![\w-])[A-ZĐ][A-ZĐ0-9]{1,9}(?![\w-])")
_FULL = r"(?<=[\w)])\s*\((?:sau đây )?(?:(?:viết|gọi) tắt(?: chung)? )?(?:là )?[“\"]?"


def short_form(result: SearchResult, index: Index) -> Extract | None:
    """The clause of the first provision that has a short form behind what it stands for.

    Of the document that is meant before others; None where a question asks for none, or no text gives it.
    """
    question = result.query.original
    if not _ASKED.search(fold(question)):
        return None
    for short in (*_QUOTED.findall(question), *_CAPITALS.findall(question)):
        given = re.compile(rf"{_FULL}{re.escape(short)}[”\"]?\)")
        for document, provision in _in_order(fold(question), index):
            if found := given.search(provision.own_text):
                return quoted_around(document, provision, found.start(), found.end())
    return None


def _in_order(question: str, index: Index) -> Iterator[tuple[Document, Provision]]:
    those = meant(question, index.documents)
    for document in sorted(index.documents.values(), key=lambda one: one.id not in those):
        for provision in document.root.walk():
            if provision.text and provision.own_text:
                yield document, provision
