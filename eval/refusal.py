"""`hoidap eval refusal`: which unanswerable questions are recognised, which answerable ones are refused.

The development part and a set of near misses and look-alikes (questions/refusal.jsonl) are held against the
weights in force, and against weights fitted without the question at hand. Questions with the note HELD
are never fitted on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, astuple, dataclass, replace

import numpy as np
import numpy.typing as npt

from answer.confidence import FEATURES, THRESHOLD, Weights, confidence, features, signals
from answer.conversation import whole_question
from answer.doubts import doubts
from answer.scope import beside
from corpus.errors import QuestionError
from corpus.progress import Progress
from eval.figures import decimal, percent
from eval.measures import Estimate, estimate, risk_coverage
from eval.questions import Question
from eval.refusal_fit import Cases, Chances, Right, cross_validated, fit
from eval.report import table
from retriever.search import Searcher

HELD = "held"  # the note of a question that is only reported
THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, THRESHOLD, 0.85, 0.9)
_Told = Callable[[int], None]  # hears how many questions are done
_COVERAGES = (0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Found:
    """One set of questions below one threshold."""

    recognised: Estimate  # of the unanswerable
    refused: Estimate  # of the answerable


@dataclass(frozen=True, slots=True)
class Side:
    """The questions with enrichment, or as if there were none."""

    in_force: dict[str, Found]  # by set, with the weights and the threshold of answer.confidence
    left_out: dict[str, dict[float, Found]]  # by set and threshold, cross-validated
    curve: tuple[tuple[float, float], ...]  # coverage and risk over what was cross-validated
    weights: Weights  # fitted on all but the held
    missed: tuple[str, ...]  # ids of unanswerable questions that the weights in force let through
    wrongly: tuple[str, ...]  # ids of answerable ones that they refuse


@dataclass(frozen=True, slots=True)
class RefusalReport:
    """Everything that `render_refusal` shows."""

    enriched: Side | None  # None where nothing is written about the documents
    alone: Side


def measure_refusal(
    natural: Sequence[Question], others: Sequence[Question], searcher: Searcher, progress: Progress
) -> RefusalReport:
    """Search every question twice, with enrichment and without, and judge it.

    `natural` come as people ask them and set the bias. A question that cannot be searched is refused.
    """
    questions, sets = [*natural, *others], [*["development"] * len(natural), *map(_set, others)]
    bare = Searcher(replace(searcher.index, asked=None), searcher.encoder)
    sides = [searcher, bare] if searcher.index.asked else [bare]
    found = [
        _side(questions, sets, one, lambda done: progress("Tìm kiếm", done, len(questions))) for one in sides
    ]
    return RefusalReport(found[0] if len(found) > 1 else None, found[-1])


def render_refusal(report: RefusalReport) -> str:
    """The report as lines of text for a terminal."""
    parts = [("Có phần làm giàu", report.enriched), ("Không có phần làm giàu", report.alone)]
    return "\n\n".join(f"== {name} ==\n\n{_rendered(side)}" for name, side in parts if side)


def refusal_json(report: RefusalReport) -> dict[str, object]:
    """The report as plain JSON values, every field under its own name."""
    return asdict(report)


def _set(question: Question) -> str:
    return "held" if question.note == HELD else "refusal"


def _side(questions: Sequence[Question], sets: Sequence[str], searcher: Searcher, done: _Told) -> Side:
    rows, now, outside = _judged(questions, searcher, done)
    right = np.array([not question.unanswerable for question in questions])
    names = np.array(sets)
    fitted = np.flatnonzero((names != "held") & ~outside)
    cases = Cases(rows[fitted], right[fitted], names[fitted] == "development")
    alone = searcher.index.asked is None
    said = np.zeros(len(questions))  # what is no question about documents stays refused
    said[fitted] = cross_validated(cases, alone=alone)
    kept = names != "held"
    places = {name: np.flatnonzero(names == name) for name in dict.fromkeys(sets)}
    below = now < THRESHOLD
    return Side(
        in_force={name: _found(now[some], right[some], THRESHOLD) for name, some in places.items()},
        left_out={
            name: {at: _found(said[some], right[some], at) for at in THRESHOLDS}
            for name, some in places.items()
            if name != "held"
        },
        curve=risk_coverage(said[kept].tolist(), right[kept].tolist()),
        weights=fit(cases, alone=alone),
        missed=tuple(questions[at].id for at in _places(~right & ~below & kept)),
        wrongly=tuple(questions[at].id for at in _places(right & below & kept)),
    )


def _judged(
    questions: Sequence[Question], searcher: Searcher, done: _Told
) -> tuple[npt.NDArray[np.float64], Chances, Right]:
    """Of each question its features, what the weights in force say, and whether it is turned away."""
    rows = np.zeros((len(questions), len(FEATURES)))
    now, outside = np.zeros(len(questions)), np.zeros(len(questions), dtype=bool)
    for place, question in enumerate(questions):
        done(place + 1)
        whole = whole_question(question.question, question.history)
        outside[place] = beside(question.question) is not None
        try:
            result = searcher.search(whole)
        except QuestionError:
            outside[place] = True
        if outside[place]:
            continue
        found = signals(result, doubts(result, searcher.index, searcher.lookup))
        rows[place], now[place] = features(found), confidence(found)
    return rows, now, outside


def _places(chosen: Right) -> list[int]:
    return [int(place) for place in np.flatnonzero(chosen)]


def _found(said: Chances, right: Right, threshold: float) -> Found:
    below = (said < threshold).astype(float)
    return Found(estimate(below[~right]), estimate(below[right]))


def _rendered(side: Side) -> str:
    header = ["Bộ câu hỏi", "nhận ra câu không trả lời được", "từ chối nhầm"]
    now = [[name, *_cells(found)] for name, found in side.in_force.items()]
    swept = [
        [f"{name} {decimal(at, 2)}", *_cells(found)]
        for name, by in side.left_out.items()
        for at, found in by.items()
    ]
    curve = ", ".join(f"{decimal(100 * at, 0)}%: {decimal(100 * _risk(side, at))}%" for at in _COVERAGES)
    weights = ", ".join(
        f"{name} {decimal(value, 2)}"
        for name, value in zip(("bias", *FEATURES), astuple(side.weights), strict=True)
    )
    return (
        f"Trọng số đang dùng, ngưỡng {decimal(THRESHOLD, 2)}\n{table(header, now)}\n\n"
        f"Kiểm chứng chéo (câu đang xét không có trong phần khớp)\n{table(header, swept)}\n\n"
        f"Sai khi chỉ trả lời những câu chắc nhất: {curve}\nTrọng số khớp lại: {weights}\n"
        f"Lọt: {', '.join(side.missed) or '–'}\nTừ chối nhầm: {', '.join(side.wrongly) or '–'}"
    )


def _cells(found: Found) -> tuple[str, str]:
    return percent(found.recognised), percent(found.refused)


def _risk(side: Side, coverage: float) -> float:
    """The risk of the first point that covers so much."""
    return next((risk for at, risk in side.curve if at >= coverage - 1e-9), 0.0)
