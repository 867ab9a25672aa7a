"""The plots of the report, each an SVG document of its own: letters are drawn, nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import cycle
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import HoidapError
from eval.content import Scored
from eval.measures import first_ranks, recall
from eval.questions import Question
from eval.score import is_right

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DEEPEST = 20  # passages, for recall at k
_SIZE = (6.4, 4.0)  # inches
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")  # told apart by all
_MARKERS = "osD^vPX"
_TIMES = (("search", "tìm kiếm", "-"), ("answer", "trả lời", "--"))


def recall_at_k(questions: Sequence[Question], runs: Sequence[Scored]) -> str:
    """SVG: the share of the gold entries met in the first k passages, k from 1 to DEEPEST, a line a run."""
    figure, axes = _figure("Số đoạn đầu được xem (k)", "Phần bằng chứng tìm thấy (%)")
    depths = range(1, DEEPEST + 1)
    for run, (colour, marker) in zip(runs, _looks(), strict=False):
        values = [100 * value for value in recalls(questions, run)]
        axes.plot(depths, values, color=colour, marker=marker, markersize=4, label=_label(run.name))
    axes.set_xticks([1, 5, 10, 15, 20])
    axes.set_ylim(0, 100)
    return _svg(figure, axes)


def recalls(questions: Sequence[Question], run: Scored) -> list[float]:
    """Recall at 1 … DEEPEST, the mean over the answerable questions; a missing line counts as zero."""
    lines = {line.id: line.passages for line in run.lines}
    ranks = [
        first_ranks(question.gold, lines.get(question.id, ()))
        for question in questions
        if not question.unanswerable
    ]
    return [sum(recall(one, k) for one in ranks) / max(1, len(ranks)) for k in range(1, DEEPEST + 1)]


def risk_coverage(questions: Sequence[Question], runs: Sequence[Scored]) -> str | None:
    """SVG: how often an answer is wrong when only the surest are given, a line a run, a star where it stands.

    None where no run tells its confidence.
    """
    figure, axes = _figure("Phần câu hỏi được trả lời (%)", "Sai trong số được trả lời (%)")
    drawn = [(run, look) for run, look in zip(runs, _looks(), strict=False) if run.report.risk_coverage]
    for run, (colour, _) in drawn:
        coverage, risk = zip(*run.report.risk_coverage, strict=True)
        axes.step(
            [100 * value for value in coverage],
            [100 * value for value in risk],
            where="post",
            color=colour,
            label=_label(run.name),
        )
        stands = in_force(questions, run)
        if stands:
            axes.plot(100 * stands[0], 100 * stands[1], marker="*", markersize=12, color=colour)
    axes.set_xlim(0, 100)
    axes.set_ylim(0, 100)
    return _svg(figure, axes) if drawn else None


def in_force(questions: Sequence[Question], run: Scored) -> tuple[float, float] | None:
    """Coverage and risk of the run as it answered; None where it answered nothing."""
    given = {line.id for line in run.lines if line.answer and not line.answer.abstains}
    right = [
        is_right(question, outcome)
        for question, outcome in zip(questions, run.report.outcomes, strict=True)
        if question.id in given
    ]
    return (len(right) / len(questions), 1 - sum(right) / len(right)) if right else None


def latency(questions: Sequence[Question], runs: Sequence[Scored]) -> str | None:
    """SVG: the share of the questions done within a time, a line a run and step; None without times."""
    figure, axes = _figure("Mili giây (thang logarit)", "Phần câu hỏi đã xong (%)")
    asked = {question.id for question in questions}
    drawn = False
    for run, (colour, _) in zip(runs, _looks(), strict=False):
        for name, step, line in _TIMES:
            times = sorted(
                one.latency_ms[name] for one in run.lines if one.id in asked and name in one.latency_ms
            )
            if times:
                shares = 100 * np.arange(1, len(times) + 1) / len(times)
                axes.step(
                    times,
                    shares,
                    where="post",
                    color=colour,
                    linestyle=line,
                    label=_label(f"{run.name}: {step}"),
                )
                drawn = True
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter("{x:g}")
    axes.set_ylim(0, 100)
    return _svg(figure, axes) if drawn else None


def _looks() -> Iterator[tuple[str, str]]:
    """A colour and a marker for each run."""
    return zip(cycle(_COLOURS), cycle(_MARKERS), strict=False)


def _figure(across: str, up: str) -> tuple[Figure, Axes]:
    """An empty plot, without pyplot: no window, no state between two plots."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise HoidapError(
            'Báo cáo cần matplotlib để vẽ biểu đồ. Hãy cài: python -m pip install -e ".[eval]"'
        ) from error
    figure = Figure(figsize=_SIZE, layout="constrained")
    axes = figure.subplots()
    axes.grid(alpha=0.3)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    return figure, axes


def _label(name: str) -> str:
    """A name that is drawn as it is: a dollar would open a formula, an underscore in front would hide it."""
    return "\u200b" * name.startswith("_") + name.replace("$", r"\$")


def _svg(figure: Figure, axes: Axes) -> str:
    from matplotlib import rc_context

    if axes.get_legend_handles_labels()[0]:
        axes.legend(fontsize="small")
    out = BytesIO()
    with rc_context({"svg.hashsalt": "hoidap"}):  # the same page twice from the same runs
        figure.savefig(out, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    return out.getvalue().decode("utf-8")
