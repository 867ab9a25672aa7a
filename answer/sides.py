"""What a question compares: two documents, two years, or simply two things asked in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from answer.seams import AGAINST, INSTRUMENT, YEAR_NAMED, two_asked
from answer.years import YEAR
from corpus.document import Document
from corpus.vietnamese import fold

_KIND = INSTRUMENT.pattern
_NAMED_BY_YEAR = re.compile(r"(?P<words>[^\d,;?.:]{4,60}?)\s+(?P<year>(?:19|20)\d\d)(?![\d/]|\s*[-–]\s*\d)")
_REVISED = ("năm", "sửa", "đổi", "lại", "mới", "bản", "của", "này")
# "trong kế hoạch và trong quy hoạch", "kế hoạch năm nay và nghị quyết 19"
_BOTH = re.compile(rf"{_KIND}[^,;?.]{{0,20}} và (?:\w+ ){{0,1}}{_KIND}")


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a question; the first of these that is not empty tells them apart."""

    documents: tuple[str, ...] = ()  # ids of the documents compared
    years: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()  # of the question, folded


def sides(question: str, documents: Mapping[str, Document]) -> Sides:
    """What a question compares; nothing where it asks one thing."""
    folded = fold(question)
    parts = two_asked(folded)
    found = sorted((*_by_kind(folded, documents), *_by_number(folded, documents)))
    compared = tuple(dict.fromkeys(id_ for _, id_ in found))
    if not parts and not AGAINST.search(folded) and not (len(compared) == 2 and _BOTH.search(folded)):
        return Sides()
    years = tuple(dict.fromkeys(YEAR_NAMED.findall(folded)))
    if len(compared) == 2:
        return Sides(documents=compared, parts=parts)
    if len(years) == 2:
        return Sides(years=years, parts=parts)
    return Sides(parts=parts)


def meant(folded: str, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The documents that a question means: by their kind, else by their number."""
    return named(folded, documents) or numbered(folded, documents)


def named(folded: str, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The documents that a question means by a kind of instrument that only they are."""
    return tuple(dict.fromkeys(id_ for _, id_ in sorted(_by_kind(folded, documents))))


def numbered(folded: str, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The documents that a question means by their number."""
    return tuple(dict.fromkeys(id_ for _, id_ in sorted(_by_number(folded, documents))))


def years_naming(folded: str, documents: Mapping[str, Document]) -> dict[str, frozenset[str]]:
    """Of each document the year that only says which one is meant: "quy hoạch tỉnh sửa lại năm 2026".

    What such a document says need not be of that year. A plan for a year names it in its title: there what
    it says is of that year.
    """
    found: dict[str, frozenset[str]] = {}
    for start, id_ in _by_kind(folded, documents):
        held = documents[id_].metadata
        year = next(iter(YEAR.findall(held.date or "")), "")
        if not year or year in held.title:
            continue
        named = _NAMED_BY_YEAR.match(folded, start)
        about = {*fold(f"{held.type} {held.title} {held.issuer}").split(), *_REVISED}
        if named and named["year"] == year and about.issuperset(named["words"].split()):
            found[id_] = frozenset({year})
    return found


def _by_kind(folded: str, documents: Mapping[str, Document]) -> Iterator[tuple[int, str]]:
    """Where a question names a document by its kind, and the document."""
    kinds = {
        id_: set(INSTRUMENT.findall(fold(f"{document.metadata.type} {document.metadata.title}")))
        for id_, document in documents.items()
    }
    for word in INSTRUMENT.finditer(folded):
        meant = [id_ for id_, of in kinds.items() if word[0] in of]
        if len(meant) == 1:
            yield word.start(), meant[0]


def _by_number(folded: str, documents: Mapping[str, Document]) -> Iterator[tuple[int, str]]:
    """The same by number: "19/2025/nq-hđnd", "19/2025", "nghị quyết số 19"."""
    for id_, document in documents.items():
        number, kind = fold(document.metadata.number or ""), re.escape(fold(document.metadata.type))
        first, *rest = re.split(r"[/-]", number)
        year = rf"|{first}/{rest[0]}" if rest and YEAR_NAMED.fullmatch(rest[0]) else ""
        short = rf"|(?<={kind} ){first}|(?<={kind} số ){first}"
        ways = rf"(?<![\d/])(?:{re.escape(number)}{year}{short})(?![\d/])"
        if number and (at := re.search(ways, folded)):
            yield at.start(), id_
