"""The answer without a language model: the sentences that answer, in the document's own words.

Units of the best passages are scored by nearness, by the share of the question's words they hold,
and by whether they carry the kind of thing asked for; the best one leads, an announced list comes whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from answer.answer import AnswerCitation, Sentence
from answer.coverage import Asked
from answer.demands import Demands
from corpus.address import spoken
from corpus.document import Document, Provision, Role, corrected, within
from corpus.sentences import sentence_spans
from corpus.vietnamese import fold, unmarked
from retriever.index import Index
from retriever.search import Hit, SearchResult

PASSAGES = 5  # hits that are looked into
SENTENCES = 3  # at most this many beside a list
ITEMS = 14  # longest list that is given whole
_NEAR = 0.15  # how far behind the best another unit may be and still be said

# A linear ranking of units, fitted on the development questions: nearness within the search,
# question words in the unit, the same with its headings, the passage's place, the kind of thing, the measure.
_WEIGHTS = (10.5, 0.70, 0.71, 0.64, 0.14, 0.37)


class Asks(StrEnum):
    """What kind of thing a question asks for."""

    FIGURE = "figure"
    AGENCY = "agency"
    DATE = "date"
    LIST = "list"
    OTHER = "other"


_ASKS: tuple[tuple[Asks, re.Pattern[str]], ...] = (
    (
        Asks.DATE,
        re.compile(
            r"\b(?:khi nao|bao gio|ngay nao|nam nao|thoi han|han (?:cuoi|chot|nop)|truoc ngay)\b"
            r"|\b(?:when|deadline)\b"
        ),
    ),
    (
        Asks.AGENCY,
        re.compile(
            r"\b(?:co quan nao|don vi nao|so nao|ban nao|ai|giao cho|dau moi|chiu trach nhiem)\b"
            r"|\b(?:which agency|who)\b"
        ),
    ),
    (
        Asks.FIGURE,
        re.compile(
            r"\b(?:bao nhieu|may|ty le|ti le|muc tieu .* dat|dien tich|tong thu|how (?:many|much))\b|多少|几"
        ),
    ),
    (Asks.LIST, re.compile(r"\b(?:nhung|cac|ke ten|liet ke|gom|bao gom|list|which)\b|哪")),
)
_CARRIES = {
    Asks.FIGURE: re.compile(r"\d"),
    Asks.DATE: re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\bngày\b|\btháng\b|\bnăm \d{4}|\b\d{4}\b"),
    Asks.AGENCY: re.compile(
        r"\b(?:Sở|UBND|Ủy ban|Uỷ ban|HĐND|Ban|Bộ|Cục|Trung tâm|Công an|Chánh|Chủ tịch|Thủ trưởng|Giám đốc)\b"
    ),
}
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of a provision that may be said."""

    document: Document
    provision: Provision
    text: str
    score: float
    measured: float  # as Demands.measured


def asks(question: str) -> Asks:
    """What kind of thing a question asks for, read with or without marks."""
    bare = unmarked(fold(question))
    return next((kind for kind, pattern in _ASKS if pattern.search(bare)), Asks.OTHER)


def extract(
    result: SearchResult, index: Index, what: Asked
) -> tuple[tuple[Sentence, ...], tuple[AnswerCitation, ...]]:
    """The sentences that answer and their numbered citations; both empty when nothing can be said."""
    kind = asks(result.query.text)
    found = sorted(_giving_the_measure(list(_units(result, index, what, kind))), key=lambda unit: -unit.score)
    if not found:
        return (), ()
    best = found[0]
    chosen = _announced_list(best, kind, what)
    if not chosen:
        chosen = [unit for unit in found if unit.score >= best.score - _NEAR][:SENTENCES]
    return _cited([_trimmed(unit, what, kind) for unit in chosen], kind)


def _units(result: SearchResult, index: Index, what: Asked, kind: Asks) -> Iterator[_Unit]:
    """The units of the best passages that could be the answer, each with its score."""
    hits = result.hits[:PASSAGES]
    demands = Demands(result.query)
    nearest = max((unit.cosine for hit in hits for unit in hit.units), default=0.0)
    carries = _CARRIES.get(kind)
    for hit in hits:
        document = index.documents[hit.passage.document]
        path = " ".join(hit.passage.path)
        around = f"{document.metadata.title} {path} {hit.passage.text}"
        for unit in hit.units:
            text = hit.passage.text[unit.start : unit.end]
            read = corrected(hit.passage.text, hit.passage.corrections, unit.start, unit.end)
            provision = _provision(document, hit, text)
            if provision is None or demands.ruled_out(provision.text.text, around):
                continue
            measured = demands.measured(read)
            values = (
                unit.cosine - nearest,
                what.covered(read),
                what.covered(f"{read} {path} {provision.heading.text}"),
                hit.score / hits[0].score,
                1.0 if carries and carries.search(text) else 0.0,
                measured,
            )
            score = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
            yield _Unit(document, provision, _unmarked(text, provision), score, measured)


def _giving_the_measure(units: list[_Unit]) -> list[_Unit]:
    """Where some unit gives a number of what is counted, those that do not are no answers."""
    giving = [unit for unit in units if unit.measured == 1.0]
    return giving or units


def _unmarked(text: str, provision: Provision) -> str:
    """The unit without the marker it may begin with: the citation says where it stands."""
    marker = provision.marker.text
    return text.removeprefix(marker).lstrip() if marker else text


def _provision(document: Document, hit: Hit, text: str) -> Provision | None:
    """The provision of the passage whose own text holds the unit."""
    for address in hit.passage.addresses:
        provision = document.by_address[address.path]
        if provision.text and text in provision.own_text and text != provision.caption:
            return provision
    return None


def _announced_list(best: _Unit, kind: Asks, what: Asked) -> list[_Unit]:
    """The whole enumeration where the best unit announces one ("… gồm:"), or where a list is asked for and
    what stands above the unit matches the question better than the unit itself."""
    document, provision = best.document, best.provision
    items = _items(provision)
    if items and best.text.endswith(":"):
        return [best, *(replace(best, provision=item, text=item.text.text) for item in items)]
    above = document.ancestors(provision.address)
    if kind is not Asks.LIST or not above or provision.role is not Role.ITEM:
        return []
    parent = above[-1]
    if what.covered(parent.own_text) <= what.covered(best.text):
        return []
    return [replace(best, provision=item, text=item.text.text) for item in _items(parent)]


def _items(provision: Provision) -> list[Provision]:
    items = [child for child in provision.children if child.role in (Role.ITEM, Role.UNIT) and child.text]
    return items if 2 <= len(items) <= ITEMS else []


def _trimmed(unit: _Unit, what: Asked, kind: Asks) -> _Unit:
    """Of a long unit, the sentences that speak of what is asked."""
    spans = list(sentence_spans(unit.text))
    if len(spans) < 2:
        return unit
    worth = [what.covered(unit.text[low:high]) + _bonus(unit.text[low:high], kind) for low, high in spans]
    kept = [place for place, value in enumerate(worth) if value >= 0.7 * max(worth)]
    low, high = spans[kept[0]][0], spans[kept[-1]][1]
    return replace(unit, text=unit.text[low:high])


def _bonus(text: str, kind: Asks) -> float:
    carries = _CARRIES.get(kind)
    return 0.15 if carries and carries.search(text) else 0.0


def _cited(units: Sequence[_Unit], kind: Asks) -> tuple[tuple[Sentence, ...], tuple[AnswerCitation, ...]]:
    sentences: list[Sentence] = []
    cited: dict[str, AnswerCitation] = {}
    for unit in units:
        key = unit.provision.address.permalink
        before = cited.get(key)
        start = unit.provision.own_text.index(unit.text)
        evidence = (*(before.evidence if before else ()), (start, start + len(unit.text)))
        cited[key] = AnswerCitation(
            n=before.n if before else len(cited) + 1,
            address=unit.provision.address,
            document_name=unit.document.metadata.short_name,
            citation=spoken(unit.provision.address),
            text=unit.provision.own_text,
            evidence=tuple(sorted(evidence)),
            caveat=_caveat(unit),
            corrections=unit.provision.own_corrections,
        )
        here = within(unit.provision.own_corrections, start, start + len(unit.text))
        sentences.append(Sentence(unit.text, (cited[key].n,), _bold(unit.text, kind), here))
    return tuple(sentences), tuple(cited.values())


def _caveat(unit: _Unit) -> str | None:
    said = (unit.document.metadata.caveat, unit.document.page_caveat(unit.provision))
    return " ".join(part for part in said if part) or None


def _bold(text: str, kind: Asks) -> tuple[tuple[int, int], ...]:
    if kind is not Asks.FIGURE:
        return ()
    return tuple(found.span() for found in _FIGURE.finditer(text) if not _is_year(found[0]))


def _is_year(number: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", number))
