"""Putting questions to an answerer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from answer.answer import Answer, Status
from corpus.errors import IndexMissingError, QuestionError
from eval.questions import Question
from eval.run import run_questions
from eval.runfile import RunLine, read_run

QUESTIONS = [
    Question("q1", "figure", "Tổng thu?"),
    Question("q2", "follow-up", "Còn khách?", history=("Tổng thu?", "Năm nào?")),
    Question("q3", "unanswerable", "", unanswerable=True),
]


class Listener:
    """Remembers what it was asked; finds nothing; turns empty questions down."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        if not question:
            raise QuestionError("Câu hỏi trống.")
        return Answer(
            question, Status.NOT_FOUND, note="Không thấy.", milliseconds={"search": float(len(self.asked))}
        )


def test_every_question_with_its_history(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listener, out = Listener(), tmp_path / "run.jsonl"
    run_questions(listener, QUESTIONS, out, progress=False)
    assert listener.asked == [
        ("Tổng thu?", ()),  # to warm up
        ("Tổng thu?", ()),
        ("Còn khách?", ("Tổng thu?", "Năm nào?")),
        ("", ()),
    ]
    lines = read_run(out)
    assert [line.id for line in lines] == ["q1", "q2", "q3"]
    assert [line.latency_ms for line in lines] == [{"search": 2.0}, {"search": 3.0}, {}]
    assert lines[0].answer is not None and lines[0].answer.text == "Không thấy."
    assert lines[2] == RunLine("q3")  # could not be searched
    assert capsys.readouterr() == ("", "")


def test_the_progress_bar_goes_to_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_questions(Listener(), QUESTIONS, tmp_path / "run.jsonl", progress=True)
    printed = capsys.readouterr()
    assert printed.out == "" and "3/3" in printed.err


def test_any_other_error_ends_the_run_and_leaves_nothing(tmp_path: Path) -> None:
    class WithoutIndex(Listener):
        def answer(self, question: str, history: Sequence[str] = ()) -> Answer:
            if history:
                raise IndexMissingError("Chưa có chỉ mục.")
            return super().answer(question, history)

    with pytest.raises(IndexMissingError):
        run_questions(WithoutIndex(), QUESTIONS, tmp_path / "run.jsonl", progress=False)
    assert list(tmp_path.iterdir()) == []
