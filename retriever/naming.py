"""Who names what is not held: the sentences that mention an instrument or point to an annex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from corpus.address import Address
from corpus.citation import Citation, CitedUnit, Instrument, parse_citations
from corpus.document import Document
from corpus.relation import Mention
from corpus.sentences import sentence_spans
from retriever.catalogue import Catalogue
from retriever.identity import agree
from retriever.resolved import Mentioned
from retriever.unit_path import other_numeral

MENTIONS_SHOWN = 20  # provisions that name an instrument which is not held
MENTION_LIMIT = 300  # characters of the sentence around a mention
_ANNEX_WORD = re.compile(r"\bph\w{1,3}\s+l\w{1,3}c\b|\bpl\b", re.IGNORECASE)  # in whatever normal form


class Namings:
    """Mentions in `documents`. Building costs nothing; the texts are read when first asked."""

    def __init__(self, documents: Mapping[str, Document], catalogue: Catalogue) -> None:
        self._documents = documents
        self._catalogue = catalogue

    def of(self, instrument: Instrument) -> tuple[Mentioned, ...]:
        """The provisions that name an instrument, each once, in reading order."""
        found = (
            _mentioned(naming.mention)
            for known in self._catalogue.find(instrument)
            for naming in known.namings
        )
        return _each_once(found)

    def several(self, instrument: Instrument) -> tuple[tuple[Instrument, Mentioned], ...]:
        """The different instruments that one name may mean, each with who names it first; else empty.

        "Luật Quy hoạch" is that of 2017 and that of 2025; one that says no year is none apart.
        """
        known = [each for each in self._catalogue.find(instrument) if each.namings]
        apart = [
            each
            for each in known
            if any(other is not each and not agree(each.instrument, other.instrument) for other in known)
        ]
        return tuple((each.instrument, _mentioned(each.namings[0].mention)) for each in apart)

    def of_annex(self, annex: CitedUnit, ids: Iterable[str]) -> tuple[Mentioned, ...]:
        """The provisions of some documents that point to an annex of theirs."""
        wanted = set(ids)
        found = (
            Mentioned(address, self._sentence(address, cited.span))
            for each in dict.fromkeys(
                (annex, CitedUnit(annex.level, other_numeral(annex.level, annex.marker)))
            )
            for address, cited in self._annexes_named.get(each, ())
            if address.document in wanted
        )
        return _each_once(found)

    @cached_property
    def _annexes_named(self) -> Mapping[CitedUnit, list[tuple[Address, Citation]]]:
        """Annex → where a document points to it as its own."""
        named: dict[CitedUnit, list[tuple[Address, Citation]]] = {}
        for document in self._documents.values():
            for node in document.root.walk():
                text = node.own_text
                for citation in parse_citations(text) if _ANNEX_WORD.search(text) else ():
                    if not (citation.instrument and citation.instrument.number):
                        for unit in citation.units:
                            named.setdefault(unit, []).append((node.address, citation))
        return named

    def _sentence(self, address: Address, span: tuple[int, int]) -> str:
        text = self._documents[address.document].by_address[address.path].own_text
        low, high = next(
            ((low, high) for low, high in sentence_spans(text) if low <= span[0] < high), (0, len(text))
        )
        if high - low > MENTION_LIMIT:
            low = max(low, min(span[0] - MENTION_LIMIT // 3, high - MENTION_LIMIT))
            high = min(high, low + MENTION_LIMIT)
        return " ".join(text[low:high].split())


def _mentioned(mention: Mention) -> Mentioned:
    return Mentioned(mention.place, mention.text[:MENTION_LIMIT], mention.subject)


def _each_once(found: Iterable[Mentioned]) -> tuple[Mentioned, ...]:
    """The first mention of each provision, as many as are shown."""
    seen: dict[Address, Mentioned] = {}
    for each in found:
        seen.setdefault(each.address, each)
    return tuple(seen.values())[:MENTIONS_SHOWN]
