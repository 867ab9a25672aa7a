"""Fits the weights by which a provision is chosen for an answer: a listwise linear model, cross-validated.

    from eval.questions import read_questions
    from eval.unit_fit import report
    from ui.opening import open_searcher
    from ui.settings import Settings

    files = ("development", "answers", "refusal")
    questions = [each for name in files for each in read_questions(Path(f"eval/questions/{name}.jsonl"))]
    print(report(questions, open_searcher(Settings.read())))

prints the share of questions whose first choice holds a gold quote, each fold left out in its turn, and the
table that stands in answer/weights.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields

import numpy as np
import numpy.typing as npt

from answer.candidates import Signals, candidates
from answer.conversation import whole_question
from answer.coverage import asked
from eval.questions import Question
from retriever.search import Searcher

Rows = npt.NDArray[np.float64]  # shape (candidates, signals)
Right = npt.NDArray[np.bool_]  # shape (candidates,)
FOLDS = 5
SEEDS = 4
REGULAR = 0.1  # weight of the squared weights, signals at unit deviation
STEPS = 25


def table(questions: Sequence[Question], searcher: Searcher) -> tuple[list[Rows], list[Right]]:
    """The signals of every question's candidates, and which of them hold a gold quote."""
    rows, right = [], []
    for question in questions:
        if question.unanswerable:
            continue
        result = searcher.search(whole_question(question.question, question.history))
        found = candidates(result, searcher.index, asked(result.query, searcher.index))
        if found:
            rows.append(np.array([astuple(one.signals) for one in found], dtype=np.float64))
            right.append(
                np.array(
                    [
                        any(gold.stands_in(one.document.id, one.provision.own_text) for gold in question.gold)
                        for one in found
                    ]
                )
            )
    return rows, right


def fit(rows: Sequence[Rows], right: Sequence[Right]) -> npt.NDArray[np.float64]:
    """Weights, shape (signals,), under which right candidates are likeliest: softmax over each question.

    Newton's steps on the likelihood that one of the right candidates comes first, squared weights held down.
    """
    spread = np.concatenate(rows).std(axis=0) + 1e-9
    pairs = [(one / spread, yes) for one, yes in zip(rows, right, strict=True) if yes.any()]
    weights = np.zeros(len(spread))
    for _ in range(STEPS):
        slope, bend = -2 * REGULAR * weights, 2 * REGULAR * np.eye(len(weights))
        for one, yes in pairs:
            worth = one @ weights
            likely = np.exp(worth - worth.max())
            likely /= likely.sum()
            among = likely * yes / (likely @ yes + 1e-12)
            slope = slope + one.T @ (among - likely) / len(pairs)
            away = one - likely @ one
            bend = bend + (away.T * likely) @ away / len(pairs)
        weights = weights + np.linalg.solve(bend, slope)
    return np.asarray(weights / spread)


def left_out(rows: Sequence[Rows], right: Sequence[Right]) -> float:
    """Share of questions whose first choice is right under weights fitted without them."""
    hits = []
    for seed in range(SEEDS):
        order = np.random.default_rng(seed).permutation(len(rows))
        for fold in range(FOLDS):
            out = set(order[fold::FOLDS].tolist())
            kept = [number for number in range(len(rows)) if number not in out]
            weights = fit([rows[number] for number in kept], [right[number] for number in kept])
            hits += [bool(right[number][np.argmax(rows[number] @ weights)]) for number in out]
    return float(np.mean(hits))


def report(questions: Sequence[Question], searcher: Searcher) -> str:
    """What was found, as it is printed: the measure and the table for answer/weights.py."""
    rows, right = table(questions, searcher)
    weights = zip((each.name for each in fields(Signals)), fit(rows, right), strict=True)
    measured = f"{len(rows)} câu; lựa chọn đầu đúng, ngoài phần đã khớp: {100 * left_out(rows, right):.1f} %"
    return "\n".join([measured, *(f"    {name}={weight:.2f}," for name, weight in weights)])
