"""Puts the questions of a file to an answerer and writes down what it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from answer.answer import Answer
from corpus.errors import QuestionError
from eval.questions import Question
from eval.runfile import run_line, write_run
from eval.typing import Typing, variants


class Answers(Protocol):
    """What can be evaluated: `answer.pipeline.Answerer` and whatever answers like it."""

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer to a question asked after those in `history`, oldest first."""
        ...


def run_questions(answerer: Answers, questions: Sequence[Question], out: Path, progress: bool) -> None:
    """Answers every question and writes the run file line by line; `out` is replaced only by a whole run.

    The first question is put once before, unrecorded: what a first call loads is in no answer's time.
    A question that cannot be searched is written down without passages and answer.
    """
    if questions:
        _line(answerer, questions[0])
    bar = tqdm(questions, desc="Đang hỏi", unit="câu", disable=not progress, dynamic_ncols=True)
    write_run(_lines(answerer, bar), out)


def with_variants(questions: Sequence[Question], typings: Iterable[Typing]) -> tuple[Question, ...]:
    """The questions, and after them those that can be typed in other ways, once for each way."""
    made = [variant for typing in typings for _, variant in variants(questions, typing)]
    return (*questions, *made)


def _lines(answerer: Answers, questions: Iterable[Question]) -> Iterator[dict[str, object]]:
    for question in questions:
        yield _line(answerer, question)


def _line(answerer: Answers, question: Question) -> dict[str, object]:
    try:
        answer = answerer.answer(question.question, question.history)
    except QuestionError:
        return run_line(question.id, None, ())
    return run_line(question.id, answer, answer.hits)
