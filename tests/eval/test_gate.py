"""The gate lets a run through that lost nothing, stops one that did, and names what was lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from answer.pipeline import Answerer
from corpus.errors import QuestionFileError
from eval.gate import BASELINE, accept, judge, render
from eval.questions import Question, read_questions
from eval.run import run_questions
from eval.runfile import read_run
from eval.score import Outcome, Report, score
from retriever.fusion import Stage
from retriever.search import Searcher

DEVELOPMENT = BASELINE.parent / "questions" / "development.jsonl"
DAY = date(2026, 11, 22)


def report(values: Sequence[float], measure: str = "hit@1") -> Report:
    outcomes = tuple(Outcome(f"q{n}", "figure", {measure: value}) for n, value in enumerate(values))
    return Report(len(values), (), (), (), (), None, {}, (), outcomes)


def test_the_same_run_passes(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    accept(report([1, 0, 1, 1]), file, DAY)
    verdict = judge(report([1, 0, 1, 1]), file)
    assert verdict.passed
    assert verdict.accepted == "2026-11-22"
    assert verdict.lost == {}


@pytest.mark.parametrize(
    ("measure", "before", "after", "passes"),
    [
        ("hit@1", [1] * 30, [1] * 15 + [0] * 15, False),  # half of them lost
        ("hit@1", [1] * 30, [1] * 29 + [0], True),  # one of thirty: the interval touches 0
        ("hit@1", [0] * 30, [1] * 30, True),  # better is no drop
        ("refused", [0] * 30, [1] * 30, False),  # of refusals on answerable questions, more is worse
        ("refused", [1] * 30, [0] * 30, True),
    ],
)
def test_only_a_drop_beyond_the_interval_fails(
    tmp_path: Path, measure: str, before: list[float], after: list[float], passes: bool
) -> None:
    file = tmp_path / "baseline.json"
    accept(report(before, measure), file, DAY)
    verdict = judge(report(after, measure), file)
    assert verdict.passed is passes
    assert bool(verdict.lost) is not passes


def test_lost_questions_are_named_and_new_ones_decide_nothing(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    accept(report([1] * 20), file, DAY)
    verdict = judge(report([1] * 8 + [0] * 12 + [0, 0]), file)
    assert {measure: set(ids) for measure, ids in verdict.lost.items()} == {
        "hit@1": {f"q{n}" for n in range(8, 20)}
    }
    assert verdict.unknown == ("q20", "q21")
    question = Question("q8", "figure", "Bao nhiêu khu công nghiệp?")
    said = render(verdict, [question])
    assert "q8  Bao nhiêu khu công nghiệp?" in said
    assert "KHÔNG ĐẠT" in said


@pytest.mark.parametrize(
    "content", [None, "", "{", "[]", '{"accepted": "2026"}', '{"accepted": 1, "outcomes": 3}']
)
def test_without_a_readable_baseline_it_says_what_to_do(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "baseline.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(QuestionFileError, match="hoidap eval gate --accept"):
        judge(report([1]), file)


def test_retrieval_broken_on_purpose_is_stopped(answerer: Answerer, tmp_path: Path) -> None:
    questions = [
        q for q in read_questions(DEVELOPMENT) if q.kind in ("figure", "date", "legal", "entity", "list")
    ]
    documents = answerer.index.documents
    sound, broken = tmp_path / "sound.jsonl", tmp_path / "broken.jsonl"
    run_questions(answerer, questions, sound, progress=False)
    whole = answerer.searcher
    headings_alone = Searcher(whole.index, whole.encoder, set(Stage) - {Stage.HEADINGS})
    run_questions(Answerer(headings_alone), questions, broken, progress=False)
    file = tmp_path / "baseline.json"
    accept(score(questions, read_run(sound), documents), file, DAY)
    assert judge(score(questions, read_run(sound), documents), file).passed
    verdict = judge(score(questions, read_run(broken), documents), file)
    assert not verdict.passed
    assert verdict.lost["hit@1"]
