"""A citation → the provision it names, or an exact account of why there is none. No model, no guess.

The words for the outcome are those of `LookupStatus`; the system only knows what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from corpus.address import Address, Level, Unit, annex_marker, spoken
from corpus.citation import THIS, Citation, CitedUnit, Instrument, normal, parse_citations
from corpus.document import STAND_INS, Document, Provision
from corpus.vietnamese import fold
from retriever.catalogue import Catalogue
from retriever.identity import ENOUGH_OF_NAME, held_as
from retriever.unit_path import Fit, PathStep, fit, kind_of, numerals, path_steps, readings

MENTIONS_SHOWN = 20  # provisions that name an instrument which is not held
_ANNEX_WORD = "phụ lục"


class LookupStatus(StrEnum):
    """What became of a citation."""

    EXACT = "exact"
    DOCUMENT_ONLY = "document_only"  # the text is held, the unit does not exist: see `missing`
    TEXT_NOT_HELD = "text_not_held"  # a digest or catalogue entry stands in for the text
    MENTIONED = "mentioned"  # not held; `candidates` are the provisions that name it
    AMBIGUOUS = "ambiguous"  # `candidates` are the provisions it may be
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Missing:
    """The level at which a held document does not go on as cited."""

    unit: CitedUnit  # what was asked
    under: Address  # the provision that was found, or the document
    available: tuple[str, ...]  # markers that stand there, as printed in addresses

    @property
    def message(self) -> str:
        """In Vietnamese, for the user."""
        where = "" if not self.under.units else f" trong {spoken(self.under)}"
        asked = normal(Citation((0, 0), (self.unit,)))
        there = f" Ở đó có: {', '.join(self.available)}." if self.available else ""
        return f"Không có {asked}{where}.{there}"


@dataclass(frozen=True, slots=True)
class Resolved:
    """One citation looked up."""

    status: LookupStatus
    citation: Citation | None  # None: nothing in the text reads as a citation
    document: str | None = None  # id
    provisions: tuple[Provision, ...] = ()  # EXACT: one, or all of a range; the root for a whole document
    candidates: tuple[Address, ...] = ()  # AMBIGUOUS: may be it; MENTIONED, DOCUMENT_ONLY: name it
    missing: tuple[Missing, ...] = ()  # one for each document it could have stood in

    @property
    def provision(self) -> Provision | None:
        """The first provision found."""
        return self.provisions[0] if self.provisions else None

    @property
    def permalink(self) -> str | None:
        """Of the first provision found."""
        return self.provisions[0].address.permalink if self.provisions else None

    @property
    def message(self) -> str:
        """What became of it and what to do next, in Vietnamese."""
        if self.status is LookupStatus.DOCUMENT_ONLY:
            said = dict.fromkeys(missing.message for missing in self.missing)
            pointing = f" Có {len(self.candidates)} chỗ trong kho dẫn tới phần đó." if self.candidates else ""
            return " ".join(said) + pointing
        return _MESSAGES[self.status].format(count=len(self.candidates))


_MESSAGES = {
    LookupStatus.EXACT: "Đã tìm thấy đúng điều khoản được dẫn.",
    LookupStatus.TEXT_NOT_HELD: (
        "Kho chưa có toàn văn của văn bản này. Hãy nạp bản chính thức để tra đến điều khoản."
    ),
    LookupStatus.MENTIONED: "Kho chưa có văn bản này; có {count} chỗ trong kho nhắc đến nó.",
    LookupStatus.AMBIGUOUS: (
        "Có {count} chỗ khớp với cách dẫn này. Hãy nêu rõ tên văn bản và đủ cấp điều, khoản, điểm."
    ),
    LookupStatus.UNKNOWN: "Kho không có văn bản này và không văn bản nào trong kho nhắc đến nó.",
    LookupStatus.UNREADABLE: (
        "Không đọc được cách dẫn này. Ví dụ cách viết: “khoản 2 mục V Điều 1 Quyết định …”."
    ),
}


@dataclass(frozen=True, slots=True)
class _Place:
    """A provision and its path, ready for matching."""

    provision: Provision
    steps: tuple[PathStep, ...]


class Lookup:
    """Citations → provisions of `documents`. Building is cheap; mentions are read when first needed."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._places = {document.id: _places(document) for document in documents.values()}

    def resolve_text(self, text: str, here: Address | None = None) -> tuple[Resolved, ...]:
        """Every citation of `text` looked up, in order; one UNREADABLE when the text holds none."""
        citations = parse_citations(text)
        if not citations:
            return (Resolved(LookupStatus.UNREADABLE, None),)
        return tuple(self.resolve(citation, here) for citation in citations)

    def resolve(self, citation: Citation, here: Address | None = None) -> Resolved:
        """Look `citation` up; `here`, where it was read, gives "Điều này", "Quyết định này" their meaning."""
        units = _absolute(citation.units, here)
        if units is None:
            return Resolved(LookupStatus.UNREADABLE, citation)
        instrument = citation.instrument
        if here is not None and (citation.relative and (instrument is None or instrument.this)):
            return self._in_documents(citation, units, [here.document], named=True)
        if instrument is not None and instrument.this:
            return Resolved(LookupStatus.UNREADABLE, citation)
        if instrument is None:
            return self._in_documents(citation, units, self._in_full, named=False)
        held = {id_: held_as(instrument, document.metadata) for id_, document in self._documents.items()}
        sure = [id_ for id_, score in held.items() if score >= ENOUGH_OF_NAME]
        best = [id_ for id_ in sure if held[id_] == max(held.values())]
        if best:
            return self._in_documents(
                citation, self._annexed(units, instrument, best), best, named=len(best) == 1
            )
        return self._not_held(citation, instrument, units, [id_ for id_, score in held.items() if score])

    @cached_property
    def _in_full(self) -> list[str]:
        """What a citation without an instrument may be of: a digest has no provisions to cite."""
        full = [id_ for id_, each in self._documents.items() if each.metadata.kind not in STAND_INS]
        return full or list(self._documents)

    def _annexed(
        self, units: tuple[CitedUnit, ...], instrument: Instrument, ids: Sequence[str]
    ) -> tuple[CitedUnit, ...]:
        """ "Điều 2 Quy định ban hành kèm theo Nghị quyết …": below that annex, where the document has it."""
        marker = annex_marker(instrument.annexed) if instrument.annexed else None
        annex = Unit(Level.ANNEX, marker).key if marker else None
        if annex is None or not any(annex in self._documents[id_].by_address for id_ in ids):
            return units
        return (CitedUnit(Level.ANNEX, marker or ""), *units)

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every instrument that the documents hold or name."""
        return Catalogue(self._documents)

    def _naming(self, instrument: Instrument) -> tuple[Address, ...]:
        """The provisions that name an instrument."""
        found = (place for known in self.catalogue.find(instrument) for place in known.places)
        return tuple(dict.fromkeys(found))[:MENTIONS_SHOWN]

    @cached_property
    def _annexes_named(self) -> tuple[tuple[Address, Citation], ...]:
        """Every citation in the provisions that speak of annexes."""
        return tuple(
            (node.address, citation)
            for document in self._documents.values()
            for node in document.root.walk()
            if _ANNEX_WORD in fold(node.own_text)
            for citation in parse_citations(node.own_text)
        )

    def _pointing(self, annex: CitedUnit, ids: Iterable[str]) -> tuple[Address, ...]:
        """The provisions of some documents that point to an annex of theirs."""
        found = (
            address
            for address, named in self._annexes_named
            if address.document in ids
            and annex in named.units
            and not (named.instrument and named.instrument.number)
        )
        return tuple(dict.fromkeys(found))[:MENTIONS_SHOWN]

    def _not_held(
        self, citation: Citation, instrument: Instrument, units: tuple[CitedUnit, ...], perhaps: Sequence[str]
    ) -> Resolved:
        """Who mentions it; else documents of its kind under another title: for the user to choose."""
        naming = self._naming(instrument)
        if naming:
            return Resolved(LookupStatus.MENTIONED, citation, candidates=naming)
        found = [place.provision.address for id_ in perhaps for place in self._matches(id_, units)]
        if found and not instrument.number:
            return Resolved(LookupStatus.AMBIGUOUS, citation, candidates=tuple(found))
        return Resolved(LookupStatus.UNKNOWN, citation)

    def _in_documents(
        self, citation: Citation, units: tuple[CitedUnit, ...], ids: Sequence[str], *, named: bool
    ) -> Resolved:
        if named and self._documents[ids[0]].metadata.kind in STAND_INS:
            return Resolved(LookupStatus.TEXT_NOT_HELD, citation, ids[0])
        found = [place.provision for id_ in ids for place in self._matches(id_, units)]
        if len(found) == 1:
            return self._exact(citation, found[0], units)
        if found:
            candidates = tuple(provision.address for provision in found)
            return Resolved(
                LookupStatus.AMBIGUOUS, citation, ids[0] if named else None, candidates=candidates
            )
        if not ids:
            return Resolved(LookupStatus.UNKNOWN, citation)
        pointing = self._pointing(units[0], ids) if units[0].level is Level.ANNEX else ()
        asked = list(dict.fromkeys(address.document for address in pointing)) or ids
        missing = _sharpest([self._missing(id_, units) for id_ in asked])
        document = missing[0].under.document if len(missing) == 1 else None
        return Resolved(LookupStatus.DOCUMENT_ONLY, citation, document, candidates=pointing, missing=missing)

    def _exact(self, citation: Citation, first: Provision, units: tuple[CitedUnit, ...]) -> Resolved:
        document = first.address.document
        if citation.until is None:
            return Resolved(LookupStatus.EXACT, citation, document, (first,))
        siblings = self._siblings(first)
        last = next((place for place, node in enumerate(siblings) if _marker(node) == citation.until), None)
        if last is None:
            until = units[-1]._replace(marker=citation.until)
            under = Address(document, first.address.units[:-1])
            missing = Missing(until, under, tuple(_marker(node) for node in siblings))
            return Resolved(LookupStatus.DOCUMENT_ONLY, citation, document, missing=(missing,))
        return Resolved(
            LookupStatus.EXACT, citation, document, tuple(siblings[siblings.index(first) : last + 1])
        )

    def _siblings(self, provision: Provision) -> list[Provision]:
        """The provision and its neighbours of the same level."""
        above = Address(provision.address.document, provision.address.units[:-1]).path
        level = provision.address.units[-1].level
        parent = self._documents[provision.address.document].by_address[above]
        return [node for node in parent.children if node.address.units[-1].level is level]

    def _matches(self, id_: str, units: tuple[CitedUnit, ...]) -> list[_Place]:
        """The provisions of a document that fit the units best; the whole document when there are none."""
        places = self._places[id_]
        if not units:
            return [_Place(self._documents[id_].root, ())]
        for steps in readings(path_steps(units)):
            fits = [(how, place) for place in places if (how := fit(steps, place.steps)) is not None]
            if fits:
                best = min(how for how, _ in fits)
                return [place for how, place in fits if how == best]
        return []

    def _missing(self, id_: str, units: tuple[CitedUnit, ...]) -> Missing:
        """How far the units lead into the document, and what stands where they stop."""
        steps = path_steps(units)
        for known in range(len(steps) - 1, 0, -1):
            for reading in numerals(steps):
                parents = _best(self._places[id_], reading[:known])
                if parents:
                    return _missing_under(parents, reading[known])
        return _missing_under([_Place(self._documents[id_].root, ())], steps[0])


def _places(document: Document) -> list[_Place]:
    return [
        _Place(node, path_steps((unit.level, unit.marker) for unit in node.address.units))
        for node in document.root.walk()
        if node.address.units
    ]


def _best(places: Iterable[_Place], steps: tuple[PathStep, ...]) -> list[_Place]:
    fits: list[tuple[Fit, _Place]] = [
        (how, place) for place in places if (how := fit(steps, place.steps)) is not None
    ]
    best = min((how for how, _ in fits), default=None)
    return [place for how, place in fits if how == best]


def _missing_under(parents: list[_Place], asked: PathStep) -> Missing:
    parent = parents[0].provision
    unit = CitedUnit(asked.level or _level_below(parent), asked.marker)
    if len(parents) > 1:  # which of them was meant is open, so nothing is said of what stands there
        return Missing(unit, Address(parent.address.document), ())
    return Missing(unit, parent.address, tuple(_marker(node) for node in _comparable(parent, asked)))


def _comparable(parent: Provision, asked: PathStep) -> list[Provision]:
    """The children that could have been meant: numbered like the unit asked for."""
    numbered = [node for node in parent.children if _marker(node)]
    same = [node for node in numbered if PathStep(node.address.units[-1].level, "").own == asked.own]
    if asked.own is None and not same and not parent.address.units:  # a mục asked of a text made of Điều
        same = [node for article in numbered for node in article.children if _marker(node)]
    return [node for node in same if PathStep(node.address.units[-1].level, "").own == asked.own]


def _level_below(parent: Provision) -> Level | None:
    """What the document calls the numbered units right below `parent`."""
    levels = (node.address.units[-1].level for node in parent.children)
    return next((level for level in levels if PathStep(level, "").own is None), None)


def _sharpest(missing: list[Missing]) -> tuple[Missing, ...]:
    """Of several documents, those that go furthest with the citation and number their units as it does."""
    deepest = max(len(each.under.units) for each in missing)
    kept = [each for each in missing if len(each.under.units) == deepest or deepest == 0]
    alike = [
        each for each in kept if kind_of(each.unit.marker) in {kind_of(marker) for marker in each.available}
    ]
    return tuple(alike or kept)


def _marker(node: Provision) -> str:
    return node.address.units[-1].marker if node.address.units else ""


def _absolute(units: tuple[CitedUnit, ...], here: Address | None) -> tuple[CitedUnit, ...] | None:
    """`units` with "Điều này" spelt out from `here`; None where that cannot be done."""
    places = [place for place, unit in enumerate(units) if unit.marker == THIS]
    if not places:
        return units
    if here is None:
        return None
    last = places[-1]
    depth = next((n for n, unit in enumerate(here.units) if unit.level is units[last].level), None)
    if depth is None:
        return None
    above = tuple(CitedUnit(unit.level, unit.marker) for unit in here.units[: depth + 1])
    return above + units[last + 1 :]
