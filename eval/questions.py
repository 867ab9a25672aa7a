"""The question file: one JSON object a line, the evidence given as verbatim quotes.

`{"id", "kind", "question", "history"?: [..], "gold": [{"document", "quotes": ["…", …]}, …],
"answer"?: ["fact", …], "unanswerable"?: true, "note"?}`

Quotes, not passage ids: the measure survives any change of how passages are cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from corpus.errors import QuestionFileError
from corpus.vietnamese import nfc
from eval.evidence import Gold, folded
from eval.facts import numbers
from eval.jsonl import Record, read_records

KINDS = (
    "figure",
    "list",
    "agency",
    "date",
    "entity",
    "legal",
    "definition",
    "effective",
    "paraphrase",
    "no-diacritics",
    "half-diacritics",
    "typo",
    "abbreviation",
    "english",
    "chinese",
    "cross",
    "follow-up",
    "digest",
    "unanswerable",
)
QUOTE_LENGTH = (20, 140)  # characters, white space folded and asterisks dropped
READING_LIKENESS = 0.75  # of a quote that differs from its alternative by an erratum or a stray mark


@dataclass(frozen=True, slots=True)
class Question:
    """One line of a question file."""

    id: str
    kind: str  # one of KINDS
    question: str
    gold: tuple[Gold, ...] = ()  # every entry is needed; none exactly where `unanswerable`
    answer: tuple[str, ...] = ()  # facts that a right answer contains
    history: tuple[str, ...] = ()  # what was asked before, oldest first
    unanswerable: bool = False
    note: str | None = None
    place: str = field(default="", compare=False)  # "questions.jsonl:12"


@dataclass(frozen=True, slots=True)
class QuoteCount:
    """How often a quote occurs in its document."""

    question: str  # id
    place: str
    document: str
    quote: str
    count: int  # occurrences; 0 only for the other reading of a quote that occurs


@dataclass(frozen=True, slots=True)
class Checked:
    """What `check` found: every quote with its count, and the faults, each naming file and line."""

    quotes: tuple[QuoteCount, ...]
    faults: tuple[str, ...]


def read_questions(file: Path) -> tuple[Question, ...]:
    """The questions of a file in order.

    Raises QuestionFileError, naming file and line, at the first thing that is not as the format wants it.
    """
    questions: dict[str, Question] = {}
    for record in read_records(file):
        question = _question(record)
        if question.id in questions:
            raise record.fault(f"id “{question.id}” đã có ở {questions[question.id].place}. Hãy đặt id khác.")
        questions[question.id] = question
    if not questions:
        raise QuestionFileError(f"{file}: không có câu hỏi nào. Mỗi dòng phải là một câu hỏi ở dạng JSON.")
    return tuple(questions.values())


def question_fields(question: Question) -> dict[str, object]:
    """The JSON object of a question, keys in the order of the format, empty ones left out."""
    fields: dict[str, object] = {"id": question.id, "kind": question.kind, "question": question.question}
    if question.history:
        fields["history"] = list(question.history)
    fields["gold"] = [{"document": gold.document, "quotes": list(gold.quotes)} for gold in question.gold]
    if question.answer:
        fields["answer"] = list(question.answer)
    if question.unanswerable:
        fields["unanswerable"] = True
    if question.note is not None:
        fields["note"] = question.note
    return fields


def check(questions: Sequence[Question], originals: Mapping[str, str]) -> Checked:
    """Proves the quotes against the documents' original texts, by document id.

    Of each gold entry at least one quote must occur. An alternative may be missing only where it is another
    reading of one that occurs (an erratum put right, a stray page number left out).
    """
    quotes: list[QuoteCount] = []
    faults: list[str] = []
    for question in questions:
        for gold in question.gold:
            if gold.document not in originals:
                known = ", ".join(sorted(originals))
                missing = f"{question.place}: không có văn bản “{gold.document}”."
                faults.append(f"{missing} Các văn bản hiện có: {known}.")
                continue
            counted = _counted(question, gold, originals[gold.document])
            quotes += counted
            faults += _missing(counted)
    return Checked(tuple(quotes), tuple(faults))


def _counted(question: Question, gold: Gold, original: str) -> list[QuoteCount]:
    whole = folded(original)
    return [
        QuoteCount(question.id, question.place, gold.document, quote, whole.count(folded(quote)))
        for quote in gold.quotes
    ]


def _missing(counted: Sequence[QuoteCount]) -> list[str]:
    standing = [one.quote for one in counted if one.count]
    return [
        f"{one.place}: trích dẫn “{one.quote}” không có trong văn bản {one.document}. "
        "Hãy chép lại nguyên văn từ văn bản gốc."
        for one in counted
        if not one.count and not any(_is_reading(one.quote, other) for other in standing)
    ]


def _is_reading(quote: str, other: str) -> bool:
    """Whether it is `other` put right: nearly the same letters, and no figure that `other` lacks."""
    likeness = SequenceMatcher(None, folded(quote), folded(other), autojunk=False).ratio()
    return likeness >= READING_LIKENESS and numbers(quote) <= numbers(other)


def _question(record: Record) -> Question:
    record.only("id", "kind", "question", "history", "gold", "answer", "unanswerable", "note")
    question = Question(
        id=record.text("id"),
        kind=record.text("kind"),
        question=record.text("question"),
        gold=tuple(_gold(entry) for entry in record.records("gold")),
        answer=record.texts("answer"),
        history=record.texts("history"),
        unanswerable=record.flag("unanswerable"),
        note=record.any_text("note") if record.has("note") else None,
        place=record.place,
    )
    if fault := _inconsistent(question):
        raise record.fault(fault)
    return question


def _gold(record: Record) -> Gold:
    record.only("document", "quotes")
    gold = Gold(record.text("document"), record.texts("quotes"))
    if not gold.quotes:
        raise record.fault("mỗi mục “gold” cần ít nhất một trích dẫn trong “quotes”.")
    shortest, longest = QUOTE_LENGTH
    for quote in gold.quotes:
        length = len(" ".join(nfc(quote).replace("*", "").split()))
        if not shortest <= length <= longest:
            raise record.fault(f"trích dẫn “{quote}” dài {length} ký tự; cần từ {shortest} đến {longest}.")
    return gold


def _inconsistent(question: Question) -> str | None:
    """What is wrong between the fields of a question, or None."""
    if question.kind not in KINDS:
        return f"loại câu hỏi lạ “{question.kind}”. Các loại: {', '.join(KINDS)}."
    if question.kind == "unanswerable" and not question.unanswerable:
        return "câu hỏi loại “unanswerable” phải có “unanswerable”: true."
    if question.unanswerable and (question.gold or question.answer):
        return "câu hỏi không trả lời được thì không có “gold” và “answer”."
    if not question.unanswerable and not question.gold:
        return "thiếu “gold”. Nếu văn bản không trả lời được câu hỏi, hãy ghi “unanswerable”: true."
    if question.kind == "follow-up" and not question.history:
        return "câu hỏi loại “follow-up” phải có “history”: các câu hỏi trước đó."
    if question.kind == "cross" and len({gold.document for gold in question.gold}) < 2:
        return "câu hỏi loại “cross” cần bằng chứng từ ít nhất hai văn bản."
    return None
