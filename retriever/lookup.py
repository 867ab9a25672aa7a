"""A citation → the provision it names, or an exact account of why there is none. No model, no guess.

    resolve(citation)           status, provision or candidates (each with its reason), what is missing
    resolve(citation, here)     the same for a citation read inside a document: "Điều này", "Quyết định này"
    mentions(resolved)          who names a document or annex that is not held, and in which words

The words for the outcome are those of `LookupStatus`; the system only knows what it holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from corpus.address import Address, Level, Unit, annex_marker
from corpus.citation import THIS, Citation, CitedUnit, Instrument, parse_citations
from corpus.document import STAND_INS, Document, Provision
from corpus.instruments import name_of
from retriever.catalogue import Catalogue
from retriever.identity import ENOUGH_OF_NAME, held_as, same_type
from retriever.naming import MENTIONS_SHOWN, Namings
from retriever.places import Places, marker_of, sharpest
from retriever.reasons import ranked, why
from retriever.resolved import LookupStatus, Mentioned, Missing, Resolved

__all__ = ["MENTIONS_SHOWN", "Lookup", "LookupStatus", "Mentioned", "Missing", "Resolved"]

CANDIDATES_SHOWN = 100  # places that an ambiguous citation may mean
_REMEMBERED = 4096  # citations; a text repeats the few it cites

Units = tuple[CitedUnit, ...]


class Lookup:
    """Citations → provisions of `documents`. Building is cheap; trees and mentions are read when needed.

    One Lookup may be shared by threads: what it remembers never changes an outcome.
    """

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._places: dict[str, Places] = {}
        self._known: dict[tuple[object, ...], Resolved] = {}

    def resolve_text(self, text: str, here: Address | None = None) -> tuple[Resolved, ...]:
        """Every citation of `text` looked up, in order; one UNREADABLE when the text holds none."""
        citations = parse_citations(text)
        if not citations:
            return (Resolved(LookupStatus.UNREADABLE, None),)
        return tuple(self.resolve(citation, here) for citation in citations)

    def resolve(self, citation: Citation, here: Address | None = None) -> Resolved:
        """Look `citation` up; `here`, where it was read, gives "Điều này", "Quyết định này" their meaning.

        A citation inside a document that names none is of that document, of its own annex first.
        """
        key = (citation.units, citation.instrument, citation.until, citation.meant, citation.changed, here)
        known = self._known.get(key)
        if known is None:
            known = self._looked_up(citation, here)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = known
        return known if known.citation is citation else replace(known, citation=citation)

    def mentions(self, resolved: Resolved) -> tuple[Mentioned, ...]:
        """Who names what is not held: of a document its mentions, of an absent annex what points to it.

        Empty for every other outcome. At most `MENTIONS_SHOWN`, each with the sentence around it.
        """
        citation = resolved.citation
        if citation is None:
            return ()
        if resolved.status in (LookupStatus.MENTIONED, LookupStatus.TEXT_NOT_HELD):
            named = citation.instrument
            told = named is not None and not (named.this or named.above)
            instrument = named if told else citation.meant
            return self._namings.of(instrument) if instrument is not None else ()
        if resolved.status is LookupStatus.DOCUMENT_ONLY and citation.units:
            shown = set(resolved.candidates)
            ids = {address.document for address in shown}
            return tuple(
                each for each in self._namings.of_annex(citation.units[0], ids) if each.address in shown
            )
        return ()

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every instrument that the documents hold or name."""
        return Catalogue(self._documents)

    @cached_property
    def _namings(self) -> Namings:
        return Namings(self._documents, self.catalogue)

    def _looked_up(self, citation: Citation, here: Address | None) -> Resolved:
        instrument = citation.instrument
        if citation.meant is not None and (instrument is None or instrument.this or instrument.above):
            return self._meant(citation, citation.meant)
        if citation.changed or (instrument is not None and instrument.above):
            return Resolved(LookupStatus.UNREADABLE, citation)
        if here is not None and (instrument is None or instrument.this):
            return self._from(citation, here)
        if citation.relative:
            return Resolved(LookupStatus.UNREADABLE, citation)
        if instrument is None:
            return self._in_documents(citation, citation.units, self._in_full, named=False)
        return self._named(citation, instrument, citation.units)

    def _meant(self, citation: Citation, meant: Instrument) -> Resolved:
        """Of the instrument that the words around give; "Điều này" of words quoted from it stays open."""
        if any(unit.marker == THIS for unit in citation.units):
            return Resolved(LookupStatus.UNREADABLE, citation)
        return self._named(citation, meant, citation.units)

    def _from(self, citation: Citation, here: Address) -> Resolved:
        """Of the document it was read in, of its own annex first."""
        held = self._documents.get(here.document)
        units = _absolute(citation.units, here)
        scope = None if held is None else _scope(citation.instrument, here, held)
        if held is None or units is None or scope is None or _is_quoted(here):
            return Resolved(LookupStatus.UNREADABLE, citation)
        if held.metadata.kind in STAND_INS and not citation.relative:
            return self._in_documents(citation, units, self._in_full, named=False)
        inside = units if units and units[0].level is Level.ANNEX else scope + units
        if inside != units and not self._of(held.id).matches(inside):
            inside = units  # what an annex does not have is of the instrument itself
        return self._in_documents(citation, inside, [held.id], named=citation.relative, here=here)

    def _named(self, citation: Citation, instrument: Instrument, units: Units) -> Resolved:
        held = {id_: held_as(instrument, document.metadata) for id_, document in self._documents.items()}
        highest = max(held.values(), default=0.0)
        if highest >= ENOUGH_OF_NAME:
            best = [id_ for id_, score in held.items() if score == highest]
            return self._in_documents(
                citation, self._annexed(units, instrument, best), best, named=len(best) == 1
            )
        return self._not_held(citation, instrument, units, [id_ for id_, score in held.items() if score])

    @cached_property
    def _in_full(self) -> list[str]:
        """What a citation without an instrument may be of: a digest has no provisions to cite."""
        full = [id_ for id_, each in self._documents.items() if each.metadata.kind not in STAND_INS]
        return full or list(self._documents)

    def _of(self, id_: str) -> Places:
        if id_ not in self._places:
            self._places[id_] = Places(self._documents[id_])
        return self._places[id_]

    def _annexed(self, units: Units, instrument: Instrument, ids: Sequence[str]) -> Units:
        """ "Điều 2 Quy định ban hành kèm theo Nghị quyết …": below that annex, where the document has it."""
        marker = annex_marker(instrument.annexed) if instrument.annexed else None
        annex = Unit(Level.ANNEX, marker).key if marker else None
        if annex is None or not any(annex in self._documents[id_].by_address for id_ in ids):
            return units
        return (CitedUnit(Level.ANNEX, marker or ""), *units)

    def _not_held(
        self, citation: Citation, instrument: Instrument, units: Units, perhaps: Sequence[str]
    ) -> Resolved:
        """Who mentions it; else documents of its kind under another title: for the user to choose."""
        several = self._namings.several(instrument)
        if several:
            return self._which(citation, several)
        naming = self._namings.of(instrument)
        if naming:
            return Resolved(
                LookupStatus.MENTIONED, citation, candidates=tuple(each.address for each in naming)
            )
        found = [node.address for id_ in perhaps for node in self._of(id_).matches(units)]
        if found and not instrument.number:
            return self._ambiguous(citation, units, found, None, title=instrument.name)
        return Resolved(LookupStatus.UNKNOWN, citation)

    def _which(self, citation: Citation, several: Sequence[tuple[Instrument, Mentioned]]) -> Resolved:
        """One name, several instruments: each with the first provision that names it."""
        return Resolved(
            LookupStatus.AMBIGUOUS,
            citation,
            candidates=tuple(said.address for _, said in several),
            reasons=tuple(
                f"nhắc đến {name_of(each)}, ở {self._documents[said.address.document].metadata.short_name}"
                for each, said in several
            ),
            instruments=tuple(each for each, _ in several),
        )

    def _in_documents(
        self,
        citation: Citation,
        units: Units,
        ids: Sequence[str],
        *,
        named: bool,
        here: Address | None = None,
    ) -> Resolved:
        if named and self._documents[ids[0]].metadata.kind in STAND_INS:
            return Resolved(LookupStatus.TEXT_NOT_HELD, citation, ids[0])
        found = [node for id_ in ids for node in self._of(id_).matches(units)]
        if len(found) == 1:
            return self._exact(citation, found[0], units)
        if found:
            document = ids[0] if len(ids) == 1 else None
            return self._ambiguous(citation, units, [node.address for node in found], document, here=here)
        if not ids:
            return Resolved(LookupStatus.UNKNOWN, citation)
        return self._no_such_unit(citation, units, ids)

    def _no_such_unit(self, citation: Citation, units: Units, ids: Sequence[str]) -> Resolved:
        """The document is held and does not go on as cited; of an absent annex, what points to it."""
        annex = units[0].level is Level.ANNEX
        pointing = tuple(each.address for each in self._namings.of_annex(units[0], ids)) if annex else ()
        asked = list(dict.fromkeys(address.document for address in pointing)) or ids
        missing = sharpest([self._of(id_).missing(units) for id_ in asked])
        document = missing[0].under.document if len(missing) == 1 else None
        return Resolved(LookupStatus.DOCUMENT_ONLY, citation, document, candidates=pointing, missing=missing)

    def _ambiguous(
        self,
        citation: Citation,
        units: Units,
        found: Sequence[Address],
        document: str | None,
        *,
        here: Address | None = None,
        title: str | None = None,
    ) -> Resolved:
        """The places it may be, likeliest first, each with its reason."""
        order = ranked(found, units, here)[:CANDIDATES_SHOWN]
        return Resolved(
            LookupStatus.AMBIGUOUS,
            citation,
            document,
            candidates=order,
            reasons=tuple(why(units, each, self._documents[each.document], title) for each in order),
            total=len(found),
        )

    def _exact(self, citation: Citation, first: Provision, units: Units) -> Resolved:
        document = first.address.document
        if citation.until is None or not units:
            return Resolved(LookupStatus.EXACT, citation, document, (first,))
        siblings = self._siblings(first)
        last = next((place for place, node in enumerate(siblings) if marker_of(node) == citation.until), None)
        if last is None:
            until = units[-1]._replace(marker=citation.until)
            under = Address(document, first.address.units[:-1])
            level = first.address.units[-1].level
            missing = Missing(until, under, tuple(marker_of(node) for node in siblings), level)
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


def _scope(instrument: Instrument | None, here: Address, held: Document) -> Units | None:
    """What stands above a citation read at `here`: the annex it is in, or nothing; None where "Luật này" is
    neither the document nor its annex."""
    annex = here.units[0] if here.units and here.units[0].level is Level.ANNEX else None
    inside = (CitedUnit(Level.ANNEX, annex.marker),) if annex else ()
    if instrument is None:
        return inside
    if annex is not None and instrument.type and annex_marker(instrument.type) == annex.marker:
        return inside
    return () if same_type(instrument.type, held.metadata.type) else None


def _is_quoted(here: Address) -> bool:
    """Whether the words there are put into another instrument: their "Điều này" is of that one."""
    return any(unit.level is Level.QUOTED for unit in here.units)


def _absolute(units: Units, here: Address) -> Units | None:
    """`units` with "Điều này" spelt out from `here`; None where that cannot be done."""
    places = [place for place, unit in enumerate(units) if unit.marker == THIS]
    if not places:
        return units
    last = places[-1]
    depth = next((n for n, unit in enumerate(here.units) if unit.level is units[last].level), None)
    if depth is None:
        return None
    above = tuple(CitedUnit(unit.level, unit.marker) for unit in here.units[: depth + 1])
    return above + units[last + 1 :]
