"""What an answer is: sentences, each with the numbers of the citations it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.address import Address
from corpus.document import Correction, noted
from retriever.search import Hit


class Status(StrEnum):
    """The four things an answer can be."""

    ANSWERED = "answered"
    PARTIAL = "partial"  # `note` says which part is missing
    NOT_FOUND = "not_found"  # `note` says where it would stand
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer, verbatim from the provisions it cites on the extractive road."""

    text: str
    citations: tuple[int, ...]  # numbers of AnswerCitation, at least one
    bold: tuple[tuple[int, int], ...] = ()  # stretches of `text` that answer the question
    corrections: tuple[Correction, ...] = ()  # of `text`


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: what it is called and which sentences speak of it."""

    name: str  # "Năm 2030", or the document's short name
    sentences: tuple[int, ...]  # positions in Answer.sentences


@dataclass(frozen=True, slots=True)
class AnswerCitation:
    """A numbered source of an answer."""

    n: int  # 1-based, in order of first use
    address: Address
    document_name: str  # Metadata.short_name
    citation: str  # "khoản 2 mục V Điều 1"
    text: str  # the provision as a reader sees it
    evidence: tuple[tuple[int, int], ...]  # stretches of `text` the answer stands on
    caveat: str | None = None
    corrections: tuple[Correction, ...] = ()  # of `text`

    @property
    def label(self) -> str:
        """The whole citation: where in the document, and which document."""
        return f"{self.citation}, {self.document_name}"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question. Nothing in it is said without a citation, except `note`."""

    question: str
    status: Status
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[AnswerCitation, ...] = ()
    note: str | None = None  # our own words, for the user, in Vietnamese
    count: int | None = None  # items of the enumeration that the sentences give whole
    sides: tuple[Side, ...] = ()  # of a comparison, at least two; every sentence belongs to one
    nearest: tuple[Hit, ...] = ()  # on not_found: what stands closest, without claiming it answers
    confidence: float = 0.0  # 0..1, how sure the system is that the texts at hand answer the question
    hits: tuple[Hit, ...] = field(default=(), repr=False)  # everything the retriever found
    milliseconds: dict[str, float] = field(default_factory=dict, repr=False)  # "search", "encode", "answer"
    understood: str | None = None  # the whole question a follow-up was read as; None: as it was asked
    written_by: str | None = None  # the language model that wrote the sentences; None: they are extracts

    @property
    def text(self) -> str:
        """The answer as plain text with citation numbers: what one would paste."""
        if not self.sentences:
            return self.note or ""
        lines = [
            f"{noted(sentence.text, sentence.corrections)} {_numbers(sentence.citations)}"
            for sentence in self.sentences
        ]
        return "\n".join(lines + ([self.note] if self.note else []))


def _numbers(numbers: Sequence[int]) -> str:
    return "".join(f"[{number}]" for number in numbers)
