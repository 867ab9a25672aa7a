"""The provisions that could answer a question, each with what speaks for it.

A candidate is a provision of one of the best passages, with its own text only: what is cited is what was
compared. Each signal is a difference from, or a share of, the best candidate's, so that one table of weights
serves every question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from answer.coverage import Asked
from answer.demands import Demands
from answer.sides import Sides, meant, sides, years_naming
from corpus.address import Level
from corpus.document import Document, Provision, corrected
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.language import Language
from retriever.search import Hit, SearchResult

PASSAGES = 8  # hits that are looked into
_FRAME = frozenset({Level.HEAD, Level.PREAMBLE, Level.CLOSING, Level.RECIPIENTS})
_SOURCE = re.compile(r"\s*\(Nguồn: [^()]*\)\s*$")  # a stand-in's note of where it has its words from


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for a candidate; the names are those of `answer.weights`."""

    score: float  # its passage's, as a share of the best passage's
    cosine: float  # of its nearest unit, behind the best candidate's
    asked: float  # of the nearest question or gist written about it, behind the best candidate's
    abroad: float  # the same for a question that is not Vietnamese, 0 for one that is
    worded: float  # BM25 of it and of what is written about it, as a share of the best candidate's
    own: float  # share of the question's words it holds that do not merely name its document
    full: float  # share of the question's words that it, its headings or its lead-in hold
    measured: float  # as Demands.measured, -.5 to .5
    announces: float  # 1 where it ends in a colon: what it announces stands below it
    named: float  # 1 where the question names its document, -1 where another one; 0 where none, or two sides
    frame: float  # 1 for what frames a document: title, grounds, closing, recipients


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provision that could answer."""

    document: Document
    provision: Provision
    hit: Hit
    signals: Signals
    units: tuple[tuple[int, int, float], ...]  # its units: start and end in own_text, cosine
    barred: bool = False  # as Demands.ruled_out


def said(provision: Provision) -> str:
    """What a provision says: its text, without the note of a stand-in's source."""
    return _SOURCE.sub("", provision.text.text)


def candidates(result: SearchResult, index: Index, what: Asked) -> list[Candidate]:
    """The provisions of the best passages in the order they were found, each once."""
    found: dict[str, Candidate] = {}
    question = result.query.text
    folded = fold(question)
    naming = years_naming(folded, index.documents)
    alike = Demands(result.query)
    demands = {id_: Demands(result.query, years) for id_, years in naming.items()}
    # who asks of two things names the document of only one of them
    compares = sides(question, index.documents) != Sides()
    those = () if compares else meant(folded, index.documents)
    for hit in result.hits[:PASSAGES]:
        its = demands.get(hit.passage.document, alike)
        for candidate in _of(hit, index, its, what, result.hits[0].score, those):
            found.setdefault(candidate.provision.address.permalink, candidate)
    return _compared(list(found.values()), result.query.language is not Language.VIETNAMESE)


def _of(
    hit: Hit, index: Index, demands: Demands, what: Asked, best: float, meant: Sequence[str]
) -> Iterator[Candidate]:
    document = index.documents[hit.passage.document]
    around = f"{document.metadata.title} {' '.join(hit.passage.path)} {hit.passage.text}"
    naming = what.named(f"{document.metadata.type} {document.metadata.issuer} {document.metadata.title}")
    for provision, units in _provisions(document, hit):
        text = said(provision)
        read = corrected(provision.text.text, provision.text.corrections)
        signals = Signals(
            score=hit.score / (best or 1.0),
            cosine=max(cosine for *_, cosine in units),
            asked=hit.asked.get(provision.address, -1.0),
            abroad=0.0,
            worded=hit.worded.get(provision.address, 0.0),
            own=what.covered(_SOURCE.sub("", read), naming),
            full=what.covered(f"{document.said_above(provision.address)} {_SOURCE.sub('', read)}"),
            measured=demands.measured(read) - 0.5,
            announces=float(text.endswith(":")),
            named=(1.0 if document.id in meant else -1.0) if meant else 0.0,
            frame=float(provision.address.units[0].level in _FRAME),
        )
        barred = demands.ruled_out(provision.text.text, around)
        yield Candidate(document, provision, hit, signals, tuple(units), barred)


def _provisions(document: Document, hit: Hit) -> Iterator[tuple[Provision, list[tuple[int, int, float]]]]:
    """The passage's provisions that say something, each with its units, in reading order."""
    for address in hit.passage.addresses:
        provision = document.by_address[address.path]
        own, units = provision.own_text, []
        for unit in hit.units:
            text = hit.passage.text[unit.start : unit.end]
            if text and provision.text and text != provision.caption and (at := own.find(text)) >= 0:
                units.append((at, at + len(text), unit.cosine))
        if units and not _is_source(own, units):
            yield provision, units


def _is_source(own: str, units: list[tuple[int, int, float]]) -> bool:
    return all(own[low:high].startswith("(Nguồn: ") for low, high, _ in units)


def _compared(found: list[Candidate], foreign: bool) -> list[Candidate]:
    """With the signals measured against the best candidate's."""
    if not found:
        return []
    cosine = max(one.signals.cosine for one in found)
    asked = max(one.signals.asked for one in found)
    worded = max(one.signals.worded for one in found) or 1.0
    compared = []
    for one in found:
        behind = one.signals.cosine - cosine
        # of a provision that nothing is written about, its own words stand for what would be
        lag = one.signals.asked - asked if one.signals.asked > -1.0 else behind
        signals = replace(
            one.signals,
            cosine=behind,
            asked=lag,
            abroad=lag if foreign else 0.0,
            worded=one.signals.worded / worded,
        )
        compared.append(replace(one, signals=signals))
    return compared
