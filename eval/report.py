"""The report as text for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from eval.figures import decimal, percent
from eval.measures import Estimate
from eval.pairs import Difference
from eval.score import ALL, ANSWERS, REFUSAL, RETRIEVAL, Report, Row, Sentences, Typed
from eval.typing import Typing

_HEADINGS = {
    "facts": "đủ dữ kiện",
    "citation_precision": "dẫn đúng",
    "citation_recall": "dẫn đủ",
    "abstained": "từ chối đúng",
    "refused": "từ chối nhầm",
}
TYPINGS = {Typing.NONE: "không dấu", Typing.HALF: "một nửa số dấu", Typing.TYPOS: "hai lỗi gõ"}
TIMES_SHOWN = {"search": "tìm kiếm", "encode": "riêng bộ mã hóa", "answer": "trả lời"}
_NAMED = 10  # ids listed before "…"


def render(report: Report) -> str:
    """The report as lines of text: tables by kind with intervals, then what holds for the whole run."""
    parts = [
        f"{report.questions} câu hỏi. Đơn vị %, trong ngoặc vuông là khoảng tin cậy 95%.",
        *_passed_over(report),
        _section("TRUY HỒI", report.rows, RETRIEVAL, RETRIEVAL[:1]),
    ]
    if report.sentences:
        parts += [_section("TRẢ LỜI", report.rows, (*ANSWERS, *REFUSAL), REFUSAL), _about(report.sentences)]
    parts += map(_typed, report.typed)
    if report.milliseconds:
        parts.append(_latency(report))
    return "\n\n".join(parts) + "\n"


def heading(measure: str) -> str:
    """What a measure is called in a table."""
    return _HEADINGS.get(measure, measure)


def differences_table(found: Sequence[Difference], before: str, after: str) -> str:
    """Measures under one another: before, after, the change with its interval, what to make of it."""
    header = ["Độ đo", "Số câu", before, after, "chênh lệch", "kết luận"]
    return table(header, [difference_cells(one) for one in found])


def difference_cells(one: Difference) -> list[str]:
    """A row of `differences_table`, values in %."""
    change = one.change
    return [
        heading(one.measure),
        str(change.n),
        decimal(100 * one.before),
        decimal(100 * one.after),
        f"{signed(100 * change.mean)} [{signed(100 * change.low)}; {signed(100 * change.high)}]",
        verdict(one),
    ]


def verdict(one: Difference) -> str:
    """What an interval lets one say."""
    if one.change.low == one.change.high == 0:
        return "như nhau"
    if not one.significant:
        return "không rõ"
    return "tốt hơn" if one.better else "kém đi"


def to_json(report: Report) -> dict[str, object]:
    """The report as plain JSON values, every field of `Report` under its own name."""
    return asdict(report)


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under a header, the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    rule = ["─" * width for width in widths]
    return "\n".join(_aligned(row, widths) for row in (header, rule, *rows))


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        cell.ljust(width) if place == 0 else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join([first, *others])


def _section(title: str, rows: Sequence[Row], measures: Sequence[str], counted: Sequence[str]) -> str:
    """A table by kind; the questions that `counted` was taken over are the ones it tells the number of."""
    header = ["Loại", "Số câu", *(heading(measure) for measure in measures)]
    body = [
        [
            "tất cả" if row.kind == ALL else row.kind,
            str(sum(row.estimates[measure].n for measure in counted if measure in row.estimates)),
            *(cell(row.estimates.get(measure)) for measure in measures),
        ]
        for row in rows
        if any(measure in row.estimates for measure in measures)
    ]
    return f"{title}\n{table(header, body)}"


def cell(estimate: Estimate | None) -> str:
    """A mean in % with its interval."""
    return "–" if estimate is None else percent(estimate)


def signed(value: float) -> str:
    """One decimal with its sign; 0,0 has none."""
    text = decimal(abs(value))
    return text if text == "0,0" else f"{'+' if value > 0 else '−'}{text}"


def _passed_over(report: Report) -> list[str]:
    notes = []
    if report.missing:
        notes.append(f"Thiếu kết quả của {len(report.missing)} câu, tính là 0: {_some(report.missing)}.")
    if report.unknown:
        notes.append(f"Bỏ qua {len(report.unknown)} kết quả không thuộc bộ câu hỏi: {_some(report.unknown)}.")
    return notes


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else "")


def _typed(typed: Typed) -> str:
    title = f"GÕ LẠI: {TYPINGS[typed.typing].upper()} (so từng cặp với {typed.questions} câu gõ đủ dấu)"
    missing = (
        f"\nThiếu kết quả của {len(typed.missing)} câu, tính là 0: {_some(typed.missing)}."
        if typed.missing
        else ""
    )
    return f"{title}\n{differences_table(typed.differences, 'đủ dấu', TYPINGS[typed.typing])}{missing}"


def _about(sentences: Sentences) -> str:
    lines = [
        f"Câu trong các câu trả lời: {sentences.sentences}; không nguyên văn trong nguồn đã dẫn: "
        f"{sentences.not_verbatim}; có số không thấy trong nguồn đã dẫn: {sentences.strange_numbers}; "
        f"danh sách đếm sai số mục: {sentences.wrong_counts}."
    ]
    if sentences.words_median is not None and sentences.words_p90 is not None:
        lines.append(
            f"Độ dài câu trả lời (số tiếng): trung vị {sentences.words_median:.0f}, "
            f"phân vị 90 là {sentences.words_p90:.0f}."
        )
    return "\n".join(lines)


def _latency(report: Report) -> str:
    rows = [
        [TIMES_SHOWN[name], decimal(median), decimal(high)]
        for name, (median, high) in report.milliseconds.items()
    ]
    return "THỜI GIAN (mili giây)\n" + table(["Bước", "p50", "p95"], rows)
