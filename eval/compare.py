"""Two runs of the same questions: what changed beyond chance, and which questions were won and lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.errors import QuestionFileError
from eval.figures import decimal
from eval.pairs import Difference, changed, differences
from eval.questions import KINDS, Question
from eval.report import difference_cells, differences_table, heading, table
from eval.runfile import RunLine
from eval.score import ALL, MEASURES, Outcome, score
from eval.shown import Side, excerpt, side

MEASURE = "complete@5"  # decides what is won and lost unless another is asked for


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that was won or lost."""

    question: Question
    values: tuple[float, float]  # of the measure that decides, before and after
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Run B against run A."""

    questions: int
    missing: tuple[int, int]  # questions without a line in A and in B: each counts as zero
    rows: Mapping[str, tuple[Difference, ...]]  # by kind in the order of KINDS, ALL last
    measure: str  # decided what follows
    won: tuple[Changed, ...]
    lost: tuple[Changed, ...]


def compare(
    questions: Sequence[Question],
    first: Sequence[RunLine],
    second: Sequence[RunLine],
    documents: Mapping[str, Document],
    measure: str = MEASURE,
) -> Comparison:
    """Compares two runs question by question; a missing line counts as zero.

    Raises QuestionFileError when a run answers none of the questions, or when the measure is not one that
    both runs have (a run of searches alone has no answers).
    """
    before, after = score(questions, first, documents), score(questions, second, documents)
    old, new = _values(before.outcomes), _values(after.outcomes)
    rows = _rows(before.outcomes, after.outcomes)
    if measure not in {one.measure for one in rows[ALL]}:
        known = ", ".join(one.measure for one in rows[ALL])
        message = f"Hai tệp kết quả không cùng có độ đo “{measure}”. Hãy chọn một trong: {known}."
        raise QuestionFileError(message)
    won, lost = changed(old, new, measure)
    asked = {question.id: question for question in questions}
    held, then = ({line.id: line for line in lines} for lines in (first, second))

    def shown(name: str) -> Changed:
        question = asked[name]
        sides = side(question, held.get(name)), side(question, then.get(name))
        return Changed(question, (old[name][measure], new[name][measure]), sides)

    return Comparison(
        questions=len(questions),
        missing=(len(before.missing), len(after.missing)),
        rows=rows,
        measure=measure,
        won=tuple(map(shown, won)),
        lost=tuple(map(shown, lost)),
    )


def render(comparison: Comparison, names: tuple[str, str] = ("A", "B")) -> str:
    """The comparison as lines of text."""
    parts = [
        f"{comparison.questions} câu hỏi, {names[1]} so với {names[0]}. Đơn vị %; chênh lệch từng cặp câu "
        "với khoảng tin cậy 95% (bootstrap); “không rõ” là khoảng ấy có chứa 0.",
        *_missing(comparison, names),
        f"TẤT CẢ\n{differences_table(comparison.rows[ALL], *names)}",
    ]
    if kinds := _changed_kinds(comparison):
        header = ["Loại", "Độ đo", "Số câu", *names, "chênh lệch", "kết luận"]
        parts.append(f"RIÊNG TỪNG LOẠI (những thay đổi rõ)\n{table(header, kinds)}")
    for title, changes in (("THUA", comparison.lost), ("THẮNG", comparison.won)):
        parts.append(f"{title} theo {heading(comparison.measure)}: {len(changes)} câu")
        parts += [_shown(change, names) for change in changes]
    return "\n\n".join(parts) + "\n"


def _values(outcomes: Sequence[Outcome]) -> dict[str, Mapping[str, float]]:
    return {outcome.id: outcome.values for outcome in outcomes}


def _rows(before: Sequence[Outcome], after: Sequence[Outcome]) -> dict[str, tuple[Difference, ...]]:
    new = _values(after)
    kinds = sorted({outcome.kind for outcome in before}, key=KINDS.index)
    rows = {
        kind: differences(_values([outcome for outcome in before if outcome.kind == kind]), new, MEASURES)
        for kind in kinds
    }
    return rows | {ALL: differences(_values(before), new, MEASURES)}


def _missing(comparison: Comparison, names: tuple[str, str]) -> list[str]:
    return [
        f"{name} thiếu kết quả của {count} câu, tính là 0."
        for name, count in zip(names, comparison.missing, strict=True)
        if count
    ]


def _changed_kinds(comparison: Comparison) -> list[list[str]]:
    return [
        [kind, *difference_cells(one)]
        for kind, found in comparison.rows.items()
        for one in found
        if kind != ALL and one.significant
    ]


def _shown(change: Changed, names: tuple[str, str]) -> str:
    question = change.question
    lines = [f"■ {question.id} ({question.kind}) {question.question}"]
    lines += [f"  hỏi sau: {text}" for text in question.history]
    lines += [f"  cần: “{' | '.join(gold.quotes)}” ({gold.document})" for gold in question.gold]
    for name, value, made in zip(names, change.values, change.sides, strict=True):
        places = f", hạng của bằng chứng: {made.places}" if made.places else ""
        lines.append(f"  {name}: {decimal(value, 2)}{places}")
        for passage, right in zip(made.passages, made.right, strict=True):
            mark = "✓" if right else " "
            lines.append(f"    {mark} {passage.rank}. [{passage.citation}] {excerpt(passage.text)}")
        if made.answer is not None:
            lines.append(f"    → {excerpt(made.answer)}")
    return "\n".join(lines)
