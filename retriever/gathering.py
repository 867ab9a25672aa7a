"""Joins the mentions of all documents to instruments: one identity each (issuer, number, date).

The fullest mentions come first; one that says little joins the instrument it agrees with, if only one does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.citation import Instrument, parse_citations
from corpus.document import Document
from corpus.relation import Mention, RelationKind
from retriever.identity import (
    ALL_OF_IT,
    agree,
    held_as,
    held_words,
    localised,
    number_key,
    province,
    same_instrument,
    title_within,
    title_words,
)

_ENOUGH_WORDS = 4  # a title of fewer words is not taken for another instrument's subject


@dataclass(frozen=True, slots=True)
class Naming:
    """One mention of an instrument; not `sure` where it may as well mean another one."""

    mention: Mention
    order: int  # in reading order, over all documents
    sure: bool = True


@dataclass(eq=False, slots=True)
class Gathered:
    """An instrument while its mentions are gathered."""

    instrument: Instrument
    document: Document | None = None
    province: str | None = None  # of a local instrument
    subjects: dict[str, None] = field(default_factory=dict)  # in the order they were first said
    namings: list[Naming] = field(default_factory=list)
    named_in: set[str] = field(default_factory=set)  # ids of documents


def mentions_of(document: Document) -> Sequence[Mention]:
    """The mentions stored with a document; of one without, every instrument it cites, as a reference."""
    if document.mentions:
        return document.mentions
    return [
        Mention(node.address, citation, RelationKind.REFERS, node.own_text[slice(*citation.span)])
        for node in document.root.walk()
        for citation in parse_citations(node.own_text)
        if (named := citation.instrument) is not None
        if not (named.this or named.above or is_document(named, document))
    ]


def is_document(named: Instrument, document: Document) -> bool:
    """Whether a citation surely names this document: by number, or by title words that are all its own."""
    return held_as(named, document.metadata) == ALL_OF_IT


def keys(named: Instrument) -> list[str]:
    """Where to look for the same instrument: by its number without zeros, and by a law's name."""
    found = [number_key(named.number).n] if named.number else []
    if named.is_law and named.name is not None:
        found.append(f"{named.type}: {' '.join(title_words(named.name))}")
    return found


def gather(documents: Iterable[Document]) -> list[Gathered]:
    """The held documents in their order, then what they name, in the order of first mention."""
    return _Gatherer(list(documents)).all()


class _Gatherer:
    """Finds the instrument of a mention by number, law or title; never compares all with all."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._all: list[Gathered] = []
        self._buckets: dict[str, dict[Gathered, None]] = defaultdict(dict)
        self._held: dict[str, dict[Gathered, None]] = defaultdict(dict)  # by words of type, title, issuer
        for document in documents:
            about = document.metadata
            own = Instrument(about.type, about.number, None, about.issuer, about.date)
            own = replace(own, name=about.title) if own.is_law else own
            held = Gathered(own, document, province(own, about.issuer))
            self._add(held)
            for word in held_words(about):
                self._held[word][held] = None

    def all(self) -> list[Gathered]:
        """Every mention joined."""
        said = [(document, mention) for document in self._documents for mention in mentions_of(document)]
        for place, (document, mention) in sorted(enumerate(said), key=lambda each: _fulness(each[1][1])):
            self._join(place, document, mention)
        held, others = self._all[: len(self._documents)], self._all[len(self._documents) :]
        return held + sorted(others, key=lambda each: min(naming.order for naming in each.namings))

    def _add(self, fresh: Gathered) -> None:
        self._all.append(fresh)
        for key in _places(fresh.instrument):
            self._buckets[key][fresh] = None

    def _join(self, place: int, document: Document, mention: Mention) -> None:
        named = mention.citation.instrument
        assert named is not None
        reader = document.metadata.issuer
        named = localised(replace(named, annexed=None), reader)
        found = self._candidates(named, document, mention)
        if not found:
            found = [Gathered(named, province=province(named, reader))]
            self._add(found[0])
        for each in found:
            each.namings.append(Naming(mention, place, sure=len(found) == 1))
            each.named_in.add(document.id)
        if len(found) == 1:
            self._learn(found[0], named, mention.subject)

    def _candidates(self, named: Instrument, document: Document, mention: Mention) -> list[Gathered]:
        reader = document.metadata.issuer
        found = [each for each in self._near(named) if _fits(each, named, reader)]
        if len(found) > 1:  # nobody names what comes later
            latest = (mention.by.date if mention.by else None) or document.metadata.date or ""
            found = [each for each in found if _not_later(each.instrument.date, latest)] or found
        if len(found) > 1:  # officials write it in full once, then by its number
            found = [each for each in found if document.id in each.named_in] or found
        return found

    def _near(self, named: Instrument) -> Iterator[Gathered]:
        """What may be meant, each once: by number or law, else by a title's beginning or all its words."""
        seen: dict[Gathered, None] = {}
        for key in _places(named):
            seen |= self._buckets.get(key, {})
        if not keys(named):
            words = {*title_words(named.type or ""), *title_words(named.name or "")}
            rarest, *others = sorted((self._held.get(word, {}) for word in words), key=len) or [{}]
            seen |= {each: None for each in rarest if all(each in other for other in others)}
        return iter(seen)

    def _learn(self, known: Gathered, named: Instrument, subject: str | None) -> None:
        titled = named.name if known.instrument.number and not named.is_law else None
        for said in (subject, titled):
            if said and said not in known.subjects:
                known.subjects[said] = None
                self._buckets[_beginning(known.instrument.type, said)][known] = None
        if known.document is None:
            known.instrument = _fuller(known.instrument, replace(named, name=None) if titled else named)
            for key in _places(known.instrument):
                self._buckets[key][known] = None


def _fits(known: Gathered, named: Instrument, reader: str) -> bool:
    if known.province and (mine := province(named, reader)) and known.province != mine:
        return False  # a local number without its province means that of the document that names it
    if known.document is not None and is_document(named, known.document):
        return True
    if not agree(known.instrument, named, reader):
        return False
    if named.number or named.is_law:
        return same_instrument(known.instrument, named, reader)
    if known.instrument.type != named.type:
        return False
    if not named.name:  # by type, date and issuer alone
        return known.instrument.date == named.date and known.instrument.issuer == named.issuer
    if known.instrument.name and not known.instrument.is_law:
        return title_within(named.name, known.instrument.name)
    enough = len(title_words(named.name)) >= _ENOUGH_WORDS
    return enough and any(title_within(named.name, subject) for subject in known.subjects)


def _places(named: Instrument) -> list[str]:
    """All keys under which an instrument is kept: those of `keys`, else how its title begins or its date."""
    if found := keys(named):
        return found
    return [_beginning(named.type, named.name) if named.name else f"{named.type} @ {named.date}"]


def _beginning(type_: str | None, title: str) -> str:
    return f"{type_} ~ {' '.join(title_words(title)[:2])}"


def _not_later(date: str | None, latest: str) -> bool:
    return not date or date[: len(latest)] <= latest[: len(date)]


def _fulness(mention: Mention) -> tuple[int, int, int, int]:
    """Sort key: those that say most come first; titles without a number last, long ones first."""
    named = mention.citation.instrument
    assert named is not None
    return (
        0 if named.number or named.is_law else 1,
        -len(named.date or ""),
        -len(named.number or "") - (len(named.issuer or "") > 0),
        -len(title_words(named.name or "")),
    )


def _fuller(known: Instrument, named: Instrument) -> Instrument:
    """What both say, the longer saying where both say something; a name in capitals is a heading's."""
    if named.name and (known.name or "").isupper():
        known = replace(known, name=named.name)
    return replace(
        known,
        **{
            name: max((getattr(known, name), getattr(named, name)), key=lambda said: len(said or ""))
            for name in ("type", "number", "name", "issuer", "date")
        },
    )
