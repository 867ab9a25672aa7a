"""Plain text and Markdown files, in whatever encoding they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from ingest.readers.blocks import Cell, Table, Text
from ingest.readers.encoding import decode
from ingest.readers.source import Line, LineKind, Source
from ingest.readers.tables import flat

_LINE_ENDS = "\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029"
_RULE = re.compile(
    r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*"
)  # |---|:--:| under the heads of a pipe table
_PIPE = re.compile(r"(?<!\\)\|")


def read(data: bytes, path: Path) -> Source:
    """Decode `data`, each line with its page (1-based) where form feeds tell pages apart.

    `path` is only named in errors. Raises DocumentError when the encoding cannot be told.
    """
    decoded = decode(data, path)
    text, lines = _with_tables(decoded.text)
    return Source(text, tuple(lines), warnings=decoded.warnings)


def _with_tables(text: str) -> tuple[str, list[Line]]:
    """The text with pipe tables written out row by row, and its lines."""
    raws = text.splitlines(keepends=True)
    paged = "\f" in text
    said: list[str] = []
    lines: list[Line] = []
    start = place = tables = 0
    page = 1
    while place < len(raws):
        after = _table_end(raws, place)
        if after > place:
            tables += 1
            written: list[tuple[str, LineKind, int | None]] = [
                (f"{row}\n", LineKind.ROW, tables) for row in _rows(raws[place:after])
            ]
        else:
            after = place + 1
            written = [(raws[place], LineKind.TEXT, None)]
        for raw, kind, table in written:
            body = raw.rstrip(_LINE_ENDS)
            lines.append(Line(start, start + len(body), body, page if paged else None, kind, table))
            said.append(raw)
            start += len(raw)
        page += sum(raw.count("\f") for raw in raws[place:after])
        place = after
    return "".join(said), lines


def _table_end(raws: Sequence[str], place: int) -> int:
    """Where the pipe table that begins at `place` ends; `place` itself when none does."""
    if "|" not in raws[place] or place + 1 >= len(raws) or "|" not in raws[place + 1]:
        return place
    rule = raws[place + 1].rstrip(_LINE_ENDS)
    if not _RULE.fullmatch(rule) or len(_cells(rule)) != len(_cells(raws[place])):
        return place
    end = place + 2
    while end < len(raws) and "|" in raws[end]:
        end += 1
    return end


def _cells(raw: str) -> list[str]:
    row = raw.strip().removeprefix("|")
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return [cell.strip().replace("\\|", "|") for cell in _PIPE.split(row)]


def _rows(raws: Sequence[str]) -> Iterator[str]:
    """A pipe table row by row, each cell after the head of its column."""
    width = len(_cells(raws[0]))
    rows = [_cells(raw)[:width] for raw in (raws[0], *raws[2:])]
    cells = (tuple(Cell((Text(cell),) if cell else ()) for cell in row) for row in rows)
    yield from (row for row, _, _ in flat([Table(tuple(cells), heads=1, ruled=True)]))
