"""What the report page and its Markdown say: the same tables, in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.document import Document, vietnamese_date
from eval.figures import decimal
from eval.pairs import differences
from eval.questions import Question
from eval.report import TIMES_SHOWN, TYPINGS, cell, difference_cells, heading
from eval.runfile import RunLine
from eval.score import ALL, ANSWERS, MEASURES, REFUSAL, RETRIEVAL, Report, Row, score
from eval.versions import versions

_DIFFERENCE = ("Độ đo", "Số câu")


@dataclass(frozen=True, slots=True)
class Scored:
    """A run and what it scored."""

    name: str
    lines: tuple[RunLine, ...]
    report: Report


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the report is made of; the first run is the one it is about, the others stand beside it."""

    title: str
    date: str  # as it is printed
    questions: tuple[Question, ...]
    runs: tuple[Scored, ...]  # at least one
    versions: Mapping[str, str]
    worst: int  # questions shown with what was found instead; 0 for a part nobody may look at


def report_content(
    questions: Sequence[Question],
    runs: Mapping[str, Sequence[RunLine]],
    documents: Mapping[str, Document],
    facts: Mapping[str, str],
    worst: int,
) -> Content:
    """Scores the runs, which come by name; `facts` are printed before the versions of the packages.

    Raises QuestionFileError when a run answers none of the questions.
    """
    return Content(
        title="Chất lượng hỏi đáp văn bản",
        date=f"Ngày {vietnamese_date(date.today().isoformat())}",
        questions=tuple(questions),
        runs=tuple(
            Scored(name, tuple(lines), score(questions, lines, documents)) for name, lines in runs.items()
        ),
        versions={**facts, **versions()},
        worst=worst,
    )


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its title; the first column is text, the others figures."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def tables(content: Content) -> Iterator[Table]:
    """The tables in order: all runs side by side, the first by kind, in pairs, typing, sentences, time."""
    runs = content.runs
    yield _overview(runs, "Truy hồi", RETRIEVAL)
    if any(run.report.sentences for run in runs):
        yield _overview(runs, "Trả lời và từ chối", (*ANSWERS, *REFUSAL))
    for other in runs[1:]:
        yield _paired(runs[0], other)
    yield _by_kind(runs[0], "Truy hồi theo loại câu hỏi", RETRIEVAL, RETRIEVAL[:1])
    if runs[0].report.sentences:
        yield _by_kind(runs[0], "Trả lời và từ chối theo loại câu hỏi", (*ANSWERS, *REFUSAL), REFUSAL)
    for run in runs:
        yield from _typed(run)
    yield from _sentences(runs)
    yield from _times(runs)


def notes(content: Content) -> Iterator[str]:
    """What a reader must know of the runs before the tables."""
    yield (
        f"{len(content.questions)} câu hỏi. Đơn vị %, trong ngoặc vuông là khoảng tin cậy 95% "
        "(bootstrap theo câu)."
    )
    for run in content.runs:
        if run.report.missing:
            yield f"{run.name}: thiếu kết quả của {len(run.report.missing)} câu, tính là 0."
        if run.report.unknown:
            yield f"{run.name}: bỏ qua {len(run.report.unknown)} kết quả không thuộc bộ câu hỏi."


def _overview(runs: Sequence[Scored], title: str, measures: Sequence[str]) -> Table:
    rows = ((run.name, *(cell(_all(run).estimates.get(measure)) for measure in measures)) for run in runs)
    return Table(title, ("Lần chạy", *map(heading, measures)), tuple(rows))


def _by_kind(run: Scored, title: str, measures: Sequence[str], counted: Sequence[str]) -> Table:
    """The number of questions is that of the `counted` measures."""
    rows = (
        (
            "tất cả" if row.kind == ALL else row.kind,
            str(sum(row.estimates[measure].n for measure in counted if measure in row.estimates)),
            *(cell(row.estimates.get(measure)) for measure in measures),
        )
        for row in run.report.rows
        if any(measure in row.estimates for measure in measures)
    )
    return Table(f"{title}: {run.name}", ("Loại", "Số câu", *map(heading, measures)), tuple(rows))


def _all(run: Scored) -> Row:
    return run.report.rows[-1]


def _paired(first: Scored, other: Scored) -> Table:
    before, after = ({one.id: one.values for one in run.report.outcomes} for run in (first, other))
    return Table(
        f"{other.name} so với {first.name}",
        (*_DIFFERENCE, first.name, other.name, "chênh lệch", "kết luận"),
        tuple(tuple(difference_cells(one)) for one in differences(before, after, MEASURES)),
        "So từng cặp câu; “không rõ” là khoảng tin cậy 95% của chênh lệch có chứa 0.",
    )


def _typed(run: Scored) -> Iterator[Table]:
    for typed in run.report.typed:
        missing = f" Thiếu {len(typed.missing)} câu, tính là 0." if typed.missing else ""
        yield Table(
            f"Gõ lại, {TYPINGS[typed.typing]}: {run.name}",
            (*_DIFFERENCE, "đủ dấu", TYPINGS[typed.typing], "chênh lệch", "kết luận"),
            tuple(tuple(difference_cells(one)) for one in typed.differences),
            f"So từng cặp {typed.questions} câu gõ đủ dấu với chính câu ấy do máy gõ lại.{missing}",
        )


def _sentences(runs: Sequence[Scored]) -> Iterator[Table]:
    rows = tuple(
        (
            run.name,
            str(said.sentences),
            str(said.not_verbatim),
            str(said.strange_numbers),
            "–" if said.words_median is None else decimal(said.words_median, 0),
            "–" if said.words_p90 is None else decimal(said.words_p90, 0),
        )
        for run in runs
        if (said := run.report.sentences)
    )
    if rows:
        yield Table(
            "Câu trong các câu trả lời",
            ("Lần chạy", "số câu", "không nguyên văn", "có số lạ", "số tiếng, trung vị", "số tiếng, p90"),
            rows,
            "Đối chiếu với nguồn mà chính câu ấy dẫn.",
        )


def _times(runs: Sequence[Scored]) -> Iterator[Table]:
    rows = tuple(
        (f"{run.name}: {TIMES_SHOWN[name]}", decimal(median), decimal(high))
        for run in runs
        for name, (median, high) in run.report.milliseconds.items()
    )
    if rows:
        yield Table("Thời gian (mili giây, đã khởi động)", ("Bước", "p50", "p95"), rows)
