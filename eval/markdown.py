"""The report's tables as Markdown, for the documentation; no question is told."""

from __future__ import annotations

import re

from eval.content import Content, Table, notes, tables

_SPECIAL = re.compile(r"([\\`*_<>|\[\]#&])")


def markdown(content: Content) -> str:
    """Title, date, notes, tables and versions."""
    parts = [
        f"# {_plain(content.title)}",
        _plain(content.date),
        *map(_plain, notes(content)),
        *map(_table, tables(content)),
        "## Phiên bản",
        "\n".join(f"- {_plain(name)}: {_plain(value)}" for name, value in content.versions.items()),
    ]
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> str:
    rule = ["---", *["--:"] * (len(table.header) - 1)]
    rows = [
        f"| {' | '.join(row)} |"
        for row in (map(_plain, table.header), rule, *(map(_plain, row) for row in table.rows))
    ]
    return "\n\n".join(
        part for part in (f"## {_plain(table.title)}", _plain(table.note), "\n".join(rows)) if part
    )


def _plain(text: str) -> str:
    """On one line, nothing in it read as Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
