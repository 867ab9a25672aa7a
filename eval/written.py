"""The road with a language model, measured: what it wrote, what stood in for it, and what got through.

The check of each sentence is apart from the gate and knows nothing of it: every figure stands in the cited
text (a year may stand in the headings above it), and so do nearly all words.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from answer.answer import Answer, AnswerCitation, Sentence, Status
from answer.generate import AWAY, NOTHING, SLOW
from corpus.document import Document, noted
from corpus.errors import QuestionError
from corpus.progress import Progress, silent
from corpus.vietnamese import fold, syllables
from eval.facts import numbers
from eval.questions import Question
from eval.run import Answers

COVERED = 0.8  # share of a sentence's words that its sources must hold
_YEAR = re.compile(r"(?:19|20)\d\d")
_INSTEAD = {"slow": SLOW, "away": AWAY, "nothing supported": NOTHING}


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A sentence that reached the reader and should not have."""

    question: str
    sentence: str
    why: str


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """How it went."""

    questions: int
    refused: int  # never put to the model
    written: int  # answers in the model's words
    partial: int  # of these, with sentences dropped or called incomplete
    instead: Mapping[str, int]  # extracts in its place, by reason
    sentences: int  # of the model that reached the reader
    unsupported: tuple[Unsupported, ...]
    seconds: float  # an answer, median
    slowest: float


def measure(
    answerer: Answers,
    questions: Sequence[Question],
    documents: Mapping[str, Document],
    progress: Progress = silent,
) -> WrittenReport:
    """Put every question to an answerer whose model writes; a question that cannot be searched is refused."""
    answers: list[Answer] = []
    for count, question in enumerate(questions, start=1):
        try:
            answers.append(answerer.answer(question.question, question.history))
        except QuestionError:
            answers.append(Answer(question.question, Status.OUT_OF_SCOPE))
        progress("Đang hỏi", count, len(questions))
    return report(answers, documents)


def report(answers: Sequence[Answer], documents: Mapping[str, Document]) -> WrittenReport:
    """What the answers amount to."""
    written = [answer for answer in answers if answer.written_by]
    refused = [answer for answer in answers if not answer.sentences]
    notes = [answer.note or "" for answer in answers if answer.sentences and not answer.written_by]
    seconds = [answer.milliseconds["answer"] / 1000 for answer in answers if "answer" in answer.milliseconds]
    return WrittenReport(
        questions=len(answers),
        refused=len(refused),
        written=len(written),
        partial=sum(answer.status is Status.PARTIAL for answer in written),
        instead=dict(Counter(_reason(note) for note in notes)),
        sentences=sum(len(answer.sentences) for answer in written),
        unsupported=tuple(
            Unsupported(answer.question, sentence.text, why)
            for answer in written
            for sentence in answer.sentences
            if (why := _fault(sentence, answer, documents))
        ),
        seconds=round(statistics.median(seconds), 1) if seconds else 0.0,
        slowest=round(max(seconds, default=0.0), 1),
    )


def _reason(note: str) -> str:
    return next((reason for reason, said in _INSTEAD.items() if said in note), "no reason told")


def _fault(sentence: Sentence, answer: Answer, documents: Mapping[str, Document]) -> str:
    """What the cited texts do not hold; "" where they hold it all."""
    cited = [source for source in answer.citations if source.n in sentence.citations]
    text = " ".join(noted(source.text, source.corrections) for source in cited)
    above = " ".join(_above(source, documents) for source in cited)
    years = {number for number in numbers(above) if _YEAR.fullmatch(number)}
    if strange := numbers(sentence.text) - numbers(text) - years:
        return f"figures: {', '.join(sorted(strange))}"
    said, held = set(syllables(fold(sentence.text))), set(syllables(fold(f"{text} {above}")))
    share = len(said & held) / len(said) if said else 0.0
    return "" if share >= COVERED else f"words: {share:.2f}"


def _above(source: AnswerCitation, documents: Mapping[str, Document]) -> str:
    document = documents[source.address.document]
    nodes = document.ancestors(source.address)
    return " ".join((source.document_name, document.metadata.title, *(node.own_text for node in nodes)))


def render(found: WrittenReport) -> str:
    """The report as lines."""
    instead = ", ".join(f"{reason} {count}" for reason, count in sorted(found.instead.items())) or "0"
    lines = [
        f"questions {found.questions}, refused before the model {found.refused}",
        f"written by the model {found.written} (partial {found.partial}); extract instead: {instead}",
        f"sentences of the model shown {found.sentences}, unsupported {len(found.unsupported)}",
        f"seconds an answer: median {found.seconds}, slowest {found.slowest}",
        *(f"  {each.question} | {each.sentence} | {each.why}" for each in found.unsupported),
    ]
    return "\n".join(lines)


def written_json(found: WrittenReport) -> dict[str, object]:
    """The report as JSON."""
    return asdict(found)
