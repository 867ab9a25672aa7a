"""The report as one HTML page: plots inside, no script, nothing loaded from outside."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from eval import plots
from eval.content import Content, Table, notes, tables
from eval.questions import Question
from eval.runfile import RunLine
from eval.shown import Side, excerpt, side
from eval.worst import worst

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_PASSAGES = 3  # shown of a question
_CUT = 320  # characters of a passage or an answer

_STYLE = """
:root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #1c2430; background: #fff }
body { max-width: 72rem; margin: 0 auto; padding: 1.5rem }
h1 { font-size: 1.6rem; margin: 0 0 .3rem } h2 { font-size: 1.15rem; margin: 2rem 0 .4rem }
p { margin: .3rem 0 } .note { color: #55606e; font-size: .9rem }
.wide { overflow-x: auto }
table { border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums }
th, td { padding: .25rem .6rem; border-bottom: 1px solid #dde2e8; text-align: right; white-space: nowrap }
th:first-child, td:first-child { text-align: left } th { background: #f3f5f8 }
tr:last-child td { border-bottom: 2px solid #9aa5b1 }
.plots { display: flex; flex-wrap: wrap; gap: 1rem } figure { margin: 0; flex: 1 1 24rem; max-width: 40rem }
figure img { width: 100%; height: auto } figcaption { font-size: .9rem; color: #55606e }
article { border-left: 3px solid #9aa5b1; padding: .1rem 0 .1rem .9rem; margin: 1rem 0 }
article h3 { font-size: 1rem; margin: 0 } article ol { margin: .3rem 0; padding-left: 1.6rem }
li.right::marker { content: "✓ " } li { font-size: .9rem } blockquote { margin: .2rem 0; font-size: .9rem }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; font-size: .88rem }
dd { margin: 0; overflow-wrap: anywhere }
@media print { article, figure, table { break-inside: avoid } }
"""


def page(content: Content) -> str:
    """The whole page. Raises HoidapError where matplotlib is not installed."""
    body = "".join(
        (
            f"<header><h1>{escape(content.title)}</h1><p>{escape(content.date)}</p>",
            *(f'<p class="note">{escape(note)}</p>' for note in notes(content)),
            "</header><main>",
            *_plots(content),
            *map(_table, tables(content)),
            *_worst(content),
            "</main><footer>",
            _versions(content.versions),
            "</footer>",
        )
    )
    return (
        '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(content.title)}</title><style>{_STYLE}</style></head><body>{body}</body></html>\n"
    )


def _plots(content: Content) -> Iterator[str]:
    asked, runs = content.questions, content.runs
    drawn = (
        (plots.recall_at_k(asked, runs), "Phần bằng chứng tìm thấy trong k đoạn đầu."),
        (
            plots.risk_coverage(asked, runs),
            "Từ chối: tỷ lệ sai khi chỉ trả lời những câu chắc nhất; ngôi sao là mức đang dùng.",
        ),
        (plots.latency(asked, runs), "Thời gian: phần câu hỏi đã xong trong chừng ấy mili giây."),
    )
    yield '<div class="plots">'
    for svg, caption in drawn:
        if svg:
            data = b64encode(svg.encode()).decode()
            image = f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(caption)}">'
            yield f"<figure>{image}<figcaption>{escape(caption)}</figcaption></figure>"
    yield "</div>"


def _table(table: Table) -> str:
    note = f'<p class="note">{escape(table.note)}</p>' if table.note else ""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.header)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    return (
        f'<section><h2>{escape(table.title)}</h2>{note}<div class="wide"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></section>"
    )


def _worst(content: Content) -> Iterator[str]:
    run = content.runs[0]
    lines = {line.id: line for line in run.lines}
    for title, unanswerable in (("Những câu kém nhất", False), ("Những câu lẽ ra phải từ chối", True)):
        if found := worst(content.questions, run, content.worst, unanswerable):
            yield f"<section><h2>{title}: {escape(run.name)}</h2>"
            yield from (_question(question, lines.get(question.id)) for question in found)
            yield "</section>"


def _question(question: Question, line: RunLine | None) -> str:
    made = side(question, line, _PASSAGES)
    return "".join(
        (
            f"<article><h3>{escape(question.question)}</h3>",
            f'<p class="note">{escape(question.id)} · {escape(question.kind)}</p>',
            *(f'<p class="note">hỏi trước đó: {escape(text)}</p>' for text in question.history),
            *_wanted(question),
            f"<p>Tìm được{f' (hạng của bằng chứng: {made.places})' if made.places else ''}:</p>",
            f"<ol>{''.join(_passages(made))}</ol>" if made.passages else "<p>không có gì</p>",
            f"<p>Trả lời: {escape(excerpt(made.answer, _CUT))}</p>" if made.answer is not None else "",
            "</article>",
        )
    )


def _wanted(question: Question) -> Iterable[str]:
    if question.unanswerable:
        yield "<p>Cần: từ chối, vì văn bản không trả lời được.</p>"
    for gold in question.gold:
        quotes = " | ".join(f"“{quote}”" for quote in gold.quotes)
        yield f"<blockquote>Cần: {escape(quotes)} ({escape(gold.document)})</blockquote>"


def _passages(made: Side) -> Iterator[str]:
    for passage, right in zip(made.passages, made.right, strict=True):
        mark = ' class="right"' if right else ""
        yield f"<li{mark}><b>{escape(passage.citation)}</b> {escape(excerpt(passage.text, _CUT))}</li>"


def _versions(versions: Mapping[str, str]) -> str:
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in versions.items())
    return f"<h2>Phiên bản</h2><dl>{rows}</dl>"
