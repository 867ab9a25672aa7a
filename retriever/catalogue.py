"""The registry of instruments known to the holdings: held, digest, catalogue entry, or merely mentioned.

Nothing is typed by hand: it is what the documents say of themselves and of others, each instrument once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.address import Address
from corpus.citation import Instrument
from corpus.document import Document
from corpus.instruments import name_of, type_code
from corpus.vietnamese import unmarked
from retriever.gathering import Gathered, Naming, gather, is_document, keys, mentions_of
from retriever.identity import number_key, province, same_instrument

__all__ = ["Catalogue", "Known", "Naming", "mentions_of"]

_ID_WORDS = 10


@dataclass(frozen=True, slots=True)
class Known:
    """One instrument that the holdings hold or name."""

    id: str  # of the held document; otherwise made of type, number and year
    instrument: Instrument  # the best that is known of it
    subject: str | None
    document: Document | None  # the text that stands for it, digest and catalogue entry too
    namings: tuple[Naming, ...]  # in reading order
    province: str | None = None  # of a local instrument, without marks: "lang son"

    @property
    def name(self) -> str:
        """As a reader names it, on first mention."""
        if self.document is not None:
            return self.document.metadata.short_name
        titled = self.instrument.name and not (self.instrument.number or self.instrument.is_law)
        if titled and self.instrument.issuer:
            return f"{self.instrument.type} của {self.instrument.issuer} về {self.instrument.name}"
        return name_of(self.instrument)

    @property
    def places(self) -> tuple[Address, ...]:
        """The provisions that name it, each once."""
        return tuple(dict.fromkeys(naming.mention.place for naming in self.namings))


class Catalogue:
    """Every instrument known to `documents`. Gathered when first asked for."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """The held documents in their order, then what they name, in the order of first mention."""
        gathered = gather(self._documents.values())
        ids = _ids(gathered)
        return tuple(
            Known(
                id_,
                each.instrument,
                each.document.metadata.title if each.document else max(each.subjects, key=len, default=None),
                each.document,
                tuple(sorted(each.namings, key=lambda naming: naming.order)),
                each.province,
            )
            for id_, each in zip(ids, gathered, strict=True)
        )

    @cached_property
    def by_id(self) -> Mapping[str, Known]:
        """Every known instrument by its id."""
        return {each.id: each for each in self.known}

    def find(self, asked: Instrument) -> tuple[Known, ...]:
        """The known instruments that `asked` names, as far as it says; several are candidates."""
        where = province(asked, "")
        return tuple(
            each
            for each in self._alike(asked)
            if not (where and each.province and where != each.province)
            if (each.document is not None and is_document(asked, each.document))
            or same_instrument(asked, each.instrument)
            or same_instrument(each.instrument, asked)
        )

    def named_by(self, document: str) -> tuple[tuple[Known, Naming], ...]:
        """What a held document names, with each mention, in reading order."""
        return tuple(sorted(self._named.get(document, ()), key=lambda pair: pair[1].order))

    @cached_property
    def _named(self) -> Mapping[str, Sequence[tuple[Known, Naming]]]:
        named: dict[str, list[tuple[Known, Naming]]] = defaultdict(list)
        for each in self.known:
            for naming in each.namings:
                named[naming.mention.place.document].append((each, naming))
        return named

    def _alike(self, asked: Instrument) -> Iterable[Known]:
        wanted = keys(asked)
        places = {place for key in wanted for place in self._buckets.get(key, ())}
        return [self.known[place] for place in sorted(places)] if wanted else self.known

    @cached_property
    def _buckets(self) -> Mapping[str, Sequence[int]]:
        buckets: dict[str, list[int]] = defaultdict(list)
        for place, each in enumerate(self.known):
            for key in keys(each.instrument):
                buckets[key].append(place)
        return buckets


def _ids(gathered: Sequence[Gathered]) -> list[str]:
    """An id for each, never twice: a held document's own; else "qd-236-qd-ttg-2024"."""
    taken = {each.document.id for each in gathered if each.document}
    made: list[str] = []
    for each in gathered:
        if each.document is not None:
            made.append(each.document.id)
            continue
        wanted = _slug(each.instrument)
        count = 1
        free = wanted
        while free in taken:
            count += 1
            free = f"{wanted}-{count}"
        taken.add(free)
        made.append(free)
    return made


def _slug(instrument: Instrument) -> str:
    code = type_code(instrument.type) or instrument.type or "van ban"
    said = instrument.number or " ".join((instrument.name or "").split()[:_ID_WORDS])
    year = (instrument.date or "")[:4]
    if instrument.number and number_key(instrument.number).year:
        year = ""
    return re.sub(r"[^a-z0-9]+", "-", unmarked(f"{code} {said} {year}")).strip("-")
