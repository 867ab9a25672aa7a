"""The questions a run did worst on."""

from __future__ import annotations

from collections.abc import Sequence

from eval.content import Scored
from eval.pairs import LESS_IS_BETTER
from eval.questions import Question
from eval.score import Outcome


def worst(
    questions: Sequence[Question], run: Scored, count: int, unanswerable: bool = False
) -> tuple[Question, ...]:
    """At most `count` questions that fall short on some measure, the lowest mean over all measures first.

    Either answerable questions or unanswerable ones: of these, the ones that were answered.
    """
    asked = {question.id: question for question in questions if question.unanswerable == unanswerable}
    means = {one.id: _mean(one) for one in run.report.outcomes if one.id in asked and one.values}
    short = [name for name, mean in means.items() if mean < 1]
    return tuple(asked[name] for name in sorted(short, key=lambda name: means[name])[:count])


def _mean(outcome: Outcome) -> float:
    values = [1 - value if name in LESS_IS_BETTER else value for name, value in outcome.values.items()]
    return sum(values) / len(values)
