"""What a file that knows its paragraphs is made of, and how that becomes lines.

Word files and web pages give the same three things: paragraphs, footnotes, tables. This file turns them
into a Source; what is a table and what only looks like one is told in tables.py.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.source import Line, LineKind, Source

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_SPACES = dict.fromkeys(map(ord, "\t\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"), " ")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f]")
_GOES_ON = re.compile(r"[(“\"']?[^\W\d_]")
_TYPED_NOTE = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)\s*[^\W\d_]")
_SIGN = re.compile(r"(?<=[^\s⁰¹²³⁴⁵⁶⁷⁸⁹])[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph as it is shown; line breaks inside it are "\\n"."""

    text: str
    kind: LineKind = LineKind.TEXT
    bold: bool = False  # all of it


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table and how many columns and rows it covers."""

    blocks: tuple[Block, ...] = ()
    across: int = 1
    down: int = 1
    head: bool = False  # the file says that it is a column head


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as the file has them; a merged cell stands once, where it begins."""

    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0  # rows at the top that the file says are heads
    ruled: bool | None = None  # whether lines are drawn between its cells; None: the file does not say


Block = Text | Table


def source_of(blocks: Sequence[Block], warnings: Sequence[str] = ()) -> Source:
    """The decoded text of `blocks`, one paragraph or table row a line; no line is ever to be joined."""
    from ingest.readers.tables import flat

    lines: list[Line] = []
    start = 0
    signs: set[str] = set()
    for text, kind, table in flat(blocks):
        typed = _TYPED_NOTE.match(text)
        if typed and typed[1] in signs and kind is LineKind.TEXT:
            kind = LineKind.FOOTNOTE  # a footnote that was typed by hand at the end
        signs.update(_SIGN.findall(text))
        lines.append(Line(start, start + len(text), text, kind=kind, table=table))
        start += len(text) + 1
    return Source(
        "\n".join(line.text for line in lines), tuple(lines), wrapped=False, warnings=tuple(warnings)
    )


def shown_lines(text: str) -> Iterator[str]:
    """The lines of a paragraph as a reader sees them: clean, without empty ones.

    A line break inside a sentence is a space; one before a title is the end of a line.
    """
    said = ""
    for line in clean(text).splitlines():
        line = line.strip()
        if not line:
            continue
        if said and _inside_sentence(said, line):
            said += " " + line
            continue
        if said:
            yield said
        said = line
    if said:
        yield said


def clean(text: str) -> str:
    """NFC, spaces and line ends for white space, nothing invisible; three spaces or more are one."""
    text = _CONTROL.sub("", text).translate(_INVISIBLE).translate(_SPACES)
    return unicodedata.normalize("NFC", re.sub(" {3,}", " ", text))


def _inside_sentence(before: str, after: str) -> bool:
    if not _GOES_ON.match(after) or re.match(r"[a-zđ]\)", after):
        return False
    letter = next(char for char in after if char.isalpha())
    return letter.islower() and before[-1] not in ".;:!?…"
