"""The provision after or before the one that answered: "điểm tiếp theo nói gì?"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from answer.answer import Answer, Status
from answer.confidence import SURE
from answer.leaning import content
from corpus.address import Address, Level, spoken
from corpus.citation import parse_citations
from corpus.document import Document, Provision, Role
from corpus.errors import QuestionError
from retriever.lookup import Lookup, LookupStatus

_LEVELS = {
    "dieu": (Level.ARTICLE,),
    "chuong": (Level.CHAPTER,),
    "muc": (Level.SECTION, Level.SUBSECTION),
    "tieu muc": (Level.SUBSECTION,),
    "khoan": (Level.CLAUSE,),
    "diem": (Level.POINT,),
    "gach": (Level.DASH, Level.PLUS),
    "gach dau dong": (Level.DASH, Level.PLUS),
}
_ONE_WORD = 2  # syllables: what names no more may be of anything
_TITLE = 6  # words of a title that call an instrument without a number
_SAYS = " nói gì?"
_NO_NEIGHBOURS = (Role.FOOTNOTE, Role.TABLE, Role.SIGNATURE, Role.RECIPIENTS)


@dataclass(frozen=True, slots=True)
class Answered:
    """Where answers stand, by answering: nothing has to be kept between two questions."""

    lookup: Lookup
    documents: Mapping[str, Document]
    answer: Callable[[str], Answer]  # to a question that is whole
    restore: Callable[[str], str]  # puts the marks back

    def neighbour(self, question: str, word: str, step: int) -> str | None:
        """See `answer.conversation.Place`."""
        levels = _LEVELS.get(word, ())
        address = self._place(question, levels)
        if address is None:
            return None
        document = self.documents[address.document]
        beside = neighbour(document, address, levels, step)
        return f"{_cited_as(beside.address, document, self.lookup)}{_SAYS}" if beside else None

    def restored(self, text: str) -> str:
        """See `answer.conversation.Place`."""
        return self.restore(text)

    def stands(self, question: str, leant: str) -> bool:
        """See `answer.conversation.Place`."""
        asked, alone, both = set(content(question)), self._surely(question), self._surely(leant)
        if both is not None and asked <= set(content(both.text)):
            return alone is not None and _first(alone) == _first(both)
        return len(asked) > _ONE_WORD or alone is not None

    def instrument(self, question: str) -> str | None:
        """See `answer.conversation.Place`."""
        answer = self._surely(question)
        if answer is None or not answer.citations:
            return None
        held = self.documents[answer.citations[0].address.document].metadata
        return f"{held.type} {held.number or ' '.join(held.title.split()[:_TITLE])}"

    def _surely(self, question: str) -> Answer | None:
        """What surely answers a question; None where nothing does."""
        try:
            found = self.answer(question)
        except QuestionError:
            return None
        return found if found.status is Status.ANSWERED and found.confidence >= SURE else None

    def _place(self, question: str, levels: tuple[Level, ...]) -> Address | None:
        """The provision that a question names; where it asks what stands in it, the first that is cited."""
        named = self._named(question)
        if named and (named.units[-1].level in levels or question.endswith(_SAYS)):
            return named
        try:
            cited = self.answer(question).citations
        except QuestionError:
            return named
        within = [each.address for each in cited if named is None or named.contains(each.address)]
        return within[0] if within else named

    def _named(self, question: str) -> Address | None:
        for citation in parse_citations(question):
            resolved = self.lookup.resolve(citation) if citation.units else None
            if resolved and resolved.status is LookupStatus.EXACT and resolved.provision:
                return resolved.provision.address
        return None


def _first(answer: Answer) -> list[Address]:
    return [each.address for each in answer.citations[:1]]


def neighbour(document: Document, address: Address, levels: tuple[Level, ...], step: int) -> Provision | None:
    """The provision `step` places on among those that stand beside `address`, or beside the unit it is in.

    `levels`: what it is called; where nothing above `address` is called so, its own neighbours count.
    """
    above = [document.by_address[address.path], *reversed(document.ancestors(address))]
    units = [node for node in above if node.address.units]
    called = [node for node in units if node.address.units[-1].level in levels]
    for node in called[:1] or units:
        parent = document.by_address[Address(document.id, node.address.units[:-1]).path]
        beside = [child for child in parent.children if child.role not in _NO_NEIGHBOURS]
        place = next((place for place, child in enumerate(beside) if child.address == node.address), None)
        if place is not None and 0 <= place + step < len(beside):
            return beside[place + step]
    return None


def _cited_as(address: Address, document: Document, lookup: Lookup) -> str:
    """A citation that is read back as this very provision, with as much of the document's name as needed."""
    about = document.metadata
    where = spoken(address)
    short = f"{about.type} số {about.number}" if about.number else f"{about.type} của {about.issuer}"
    for name in (short, f"{about.type} {about.title}"):
        said = f"{where} {name}"
        found = [lookup.resolve(each) for each in parse_citations(said)]
        if found and found[0].provision is not None and found[0].provision.address == address:
            return said[:1].upper() + said[1:]
    return f"{where[:1].upper()}{where[1:]} {short}"
