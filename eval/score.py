"""A run against its questions: the outcome of every question, and the report made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.errors import QuestionFileError
from eval import grounding, measures
from eval.evidence import Library
from eval.measures import Estimate
from eval.pairs import Difference, differences
from eval.questions import KINDS, Question
from eval.runfile import RunAnswer, RunLine
from eval.typing import Typing, variants

RETRIEVAL = ("hit@1", "complete@5", "complete@10", "complete@2000", "MRR@10", "nDCG@10")
ANSWERS = ("facts", "citation_precision", "citation_recall")
REFUSAL = ("abstained", "refused")  # on unanswerable (more is better), on answerable (less is better)
MEASURES = (*RETRIEVAL, *ANSWERS, *REFUSAL)
ALL = "all"
TIMES = ("search", "encode", "answer")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question scored; a measure that does not apply to it is left out."""

    id: str
    kind: str
    values: Mapping[str, float]  # each 0 to 1


@dataclass(frozen=True, slots=True)
class Row:
    """The questions of one kind, or of all."""

    kind: str
    questions: int
    estimates: Mapping[str, Estimate]  # by measure, those that apply to none left out


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the answers say, counted over the whole run."""

    sentences: int
    not_verbatim: int  # do not stand word for word in a text they cite
    strange_numbers: int  # say a figure that is in none of the texts they cite
    wrong_counts: int  # answers that give another number of items than the enumeration has
    words_median: float | None  # words of an answer that was given
    words_p90: float | None


@dataclass(frozen=True, slots=True)
class Typed:
    """Questions typed another way against the same questions as they stand, in pairs."""

    typing: Typing
    questions: int  # pairs
    missing: tuple[str, ...]  # variants without a line in the run: each counts as zero
    differences: tuple[Difference, ...]  # by measure, over all kinds


@dataclass(frozen=True, slots=True)
class Report:
    """Everything `render` shows."""

    questions: int
    missing: tuple[str, ...]  # questions without a line in the run: each counts as zero
    unknown: tuple[str, ...]  # lines of the run that belong to no question: passed over
    rows: tuple[Row, ...]  # in the order of KINDS, the row ALL last
    typed: tuple[Typed, ...]  # for each way of typing that the run holds
    sentences: Sentences | None  # None for a run of searches alone
    milliseconds: Mapping[str, tuple[float, float]]  # p50 and p95, by TIMES
    risk_coverage: tuple[tuple[float, float], ...]  # empty unless every line tells its confidence
    outcomes: tuple[Outcome, ...]  # in the order of the questions


def score(
    questions: Sequence[Question], run_lines: Sequence[RunLine], documents: Mapping[str, Document]
) -> Report:
    """Scores a run; `documents` by id tell which citations stand in one enumeration.

    A run without a single answer is taken for searches alone and gets no answer measures.
    Raises QuestionFileError when the run answers none of the questions.
    """
    lines = {line.id: line for line in run_lines}
    ids = {question.id for question in questions}
    if questions and not ids & lines.keys():
        raise QuestionFileError(
            "Tệp kết quả không có câu nào của bộ câu hỏi này. Hãy kiểm tra lại hai tệp, "
            "hoặc chạy lại `hoidap eval run` với đúng bộ câu hỏi."
        )
    answering = any(line.answer for line in run_lines)
    library = Library(documents)
    known = [lines.get(question.id, RunLine(question.id)) for question in questions]
    outcomes = _outcomes(questions, lines, library, answering)
    pairs = {typing: variants(questions, typing) for typing in Typing}
    held = {
        typing: [variant for _, variant in made]
        for typing, made in pairs.items()
        if any(variant.id in lines for _, variant in made)
    }
    ids |= {variant.id for made in held.values() for variant in made}
    return Report(
        questions=len(questions),
        missing=tuple(question.id for question in questions if question.id not in lines),
        unknown=tuple(line.id for line in run_lines if line.id not in ids),
        rows=_rows(outcomes),
        typed=tuple(
            _typed(typing, outcomes, _outcomes(made, lines, library, answering), lines)
            for typing, made in held.items()
        ),
        sentences=_sentences(known, library) if answering else None,
        milliseconds=_milliseconds(known),
        risk_coverage=_risk_coverage(questions, known, outcomes),
        outcomes=outcomes,
    )


def _outcomes(
    questions: Sequence[Question], lines: Mapping[str, RunLine], library: Library, answering: bool
) -> tuple[Outcome, ...]:
    """One a question; a question without a line counts as zero."""
    return tuple(
        Outcome(
            question.id,
            question.kind,
            _values(question, lines.get(question.id, RunLine(question.id)), library, answering),
        )
        for question in questions
    )


def _typed(
    typing: Typing, outcomes: Sequence[Outcome], typed: Sequence[Outcome], lines: Mapping[str, RunLine]
) -> Typed:
    after = {one.id.removesuffix(f"~{typing}"): one.values for one in typed}
    return Typed(
        typing,
        len(typed),
        missing=tuple(one.id for one in typed if one.id not in lines),
        differences=differences({one.id: one.values for one in outcomes}, after, MEASURES),
    )


def _values(question: Question, line: RunLine, library: Library, answering: bool) -> dict[str, float]:
    values = {} if question.unanswerable else measures.retrieval(question.gold, line.passages)
    if not answering:
        return values
    if question.unanswerable:
        return {"abstained": float(line.answer is not None and line.answer.abstains)}
    return values | _answered(question, line.answer, library)


def _answered(question: Question, answer: RunAnswer | None, library: Library) -> dict[str, float]:
    """Zero for what was turned down or is missing, even where a refusal carries citations."""
    given = answer if answer is not None and not answer.abstains else None
    values = {
        "citation_precision": grounding.citation_precision(question.gold, given, library) if given else 0.0,
        "citation_recall": grounding.citation_recall(question.gold, given, library) if given else 0.0,
        "refused": float(given is None),
    }
    if question.answer:
        values["facts"] = grounding.all_facts(question.answer, given) if given else 0.0
    return values


def _rows(outcomes: Sequence[Outcome]) -> tuple[Row, ...]:
    kinds = sorted({outcome.kind for outcome in outcomes}, key=KINDS.index)
    grouped = [[outcome for outcome in outcomes if outcome.kind == kind] for kind in kinds]
    return tuple(_row(kind, group) for kind, group in zip([*kinds, ALL], [*grouped, outcomes], strict=True))


def _row(kind: str, outcomes: Sequence[Outcome]) -> Row:
    estimates = {}
    for measure in MEASURES:
        values = [outcome.values[measure] for outcome in outcomes if measure in outcome.values]
        if values:
            estimates[measure] = measures.estimate(values)
    return Row(kind, len(outcomes), estimates)


def _sentences(lines: Iterable[RunLine], library: Library) -> Sentences:
    answers = [line.answer for line in lines if line.answer is not None]
    given = [float(grounding.words(answer)) for answer in answers if not answer.abstains]
    return Sentences(
        sentences=sum(len(answer.sentences) for answer in answers),
        not_verbatim=sum(map(grounding.not_verbatim, answers)),
        strange_numbers=sum(map(grounding.strange_numbers, answers)),
        wrong_counts=sum(grounding.wrong_count(answer, library) for answer in answers),
        words_median=measures.percentile(given, 50),
        words_p90=measures.percentile(given, 90),
    )


def _milliseconds(lines: Sequence[RunLine]) -> dict[str, tuple[float, float]]:
    found = {}
    for name in TIMES:
        times = [line.latency_ms[name] for line in lines if name in line.latency_ms]
        median, high = measures.percentile(times, 50), measures.percentile(times, 95)
        if median is not None and high is not None:
            found[name] = (median, high)
    return found


def _risk_coverage(
    questions: Sequence[Question], lines: Sequence[RunLine], outcomes: Sequence[Outcome]
) -> tuple[tuple[float, float], ...]:
    confidence = [line.confidence for line in lines if line.confidence is not None]
    if len(confidence) < len(lines):
        return ()
    right = [is_right(question, outcome) for question, outcome in zip(questions, outcomes, strict=True)]
    return measures.risk_coverage(confidence, right)


def is_right(question: Question, outcome: Outcome) -> bool:
    """Answered right: the facts are there, or all evidence is cited where the question names no facts."""
    return outcome.values.get("facts" if question.answer else "citation_recall", 0.0) == 1.0
