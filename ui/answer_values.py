"""Answers and search results as JSON: whole, as run lines with links, or event by event while they grow."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answer.answer import Answer, AnswerCitation, Sentence, Status
from eval.runfile import run_line
from ui.citations import Value
from ui.places import inside, permalink_of

if TYPE_CHECKING:
    from retriever.search import SearchResult


def searched_value(question_id: str, found: SearchResult) -> Value:
    """The run line of a search, a readable page beside each address."""
    line = run_line(question_id, None, found.hits, found.milliseconds)
    return line | {"passages": _linked(line["passages"])}


def answered_value(question_id: str, answer: Answer) -> Value:
    """The run line of an answer, with what a reader must be told beside it: notes, caveats, pages."""
    line = run_line(question_id, answer, answer.hits)
    told = line["answer"]
    assert isinstance(told, dict)
    told |= {
        "note": answer.note,
        "understood": answer.understood,
        "citations": [
            cited | _about(citation)
            for cited, citation in zip(told["citations"], answer.citations, strict=True)
        ],
    }
    return line | {"passages": _linked(line["passages"])}


def _linked(passages: object) -> list[Value]:
    assert isinstance(passages, Iterable)
    return [passage | {"permalink": f"/documents/{passage['address']}"} for passage in passages]


def _about(citation: AnswerCitation) -> Value:
    return {
        "permalink": permalink_of(citation.address),
        "label": citation.label,
        "caveat": citation.caveat,
    }


@dataclass(frozen=True, slots=True)
class Said:
    """The next sentence of an answer, and what it stands on."""

    n: int  # 1-based
    sentence: Sentence
    citations: tuple[AnswerCitation, ...]


@dataclass(frozen=True, slots=True)
class Restarted:
    """What was said so far is withdrawn: the language model failed, and an extract stands in."""


@dataclass(frozen=True, slots=True)
class Done:
    """The answer is whole."""

    answer: Answer


Event = Said | Restarted | Done


def events(answers: Iterable[Answer]) -> Iterator[Event]:
    """What is new in each of several growing answers; the last is Done."""
    said: tuple[tuple[str, tuple[int, ...]], ...] = ()
    answer: Answer | None = None
    for answer in answers:
        now = tuple((sentence.text, sentence.citations) for sentence in answer.sentences)
        if now[: len(said)] != said:
            yield Restarted()
            said = ()
        for n, sentence in enumerate(answer.sentences[len(said) :], start=len(said) + 1):
            yield Said(n, sentence, tuple(c for c in answer.citations if c.n in sentence.citations))
        said = now
    if answer is not None:
        yield Done(answer)


def event_value(event: Event) -> tuple[str, Value]:
    """The name of an event and its data; the citations of what it says are in each."""
    if isinstance(event, Said):
        citations = [_citation(citation) for citation in event.citations]
        return "sentence", {"n": event.n, "text": event.sentence.text, "citations": citations}
    if isinstance(event, Restarted):
        return "restart", {"note": "Bỏ các câu đã gửi: câu trả lời bắt đầu lại từ đây.", "citations": []}
    answer = event.answer
    return "done", {
        "status": answer.status.value,
        "complete": answer.status is Status.ANSWERED,
        "text": answer.text,
        "note": answer.note,
        "understood": answer.understood,
        "count": answer.count,
        "written_by": answer.written_by,
        "confidence": round(answer.confidence, 4),
        "citations": [_citation(citation) for citation in answer.citations],
    }


def _citation(citation: AnswerCitation) -> Value:
    return {
        "n": citation.n,
        "document": citation.address.document,
        "address": inside(citation.address),
        "citation": citation.citation,
        "text": citation.text,
        **_about(citation),
    }


def as_json(value: Mapping[str, object]) -> str:
    """One line of UTF-8, not escaped."""
    return json.dumps(value, ensure_ascii=False)
