"""What every reader gives: the decoded text and its lines with their positions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class LineKind(Enum):
    """What a reader knows of a line."""

    TEXT = auto()
    ROW = auto()  # a table row, rendered by the reader as "<column head>: <cell>; <column head>: <cell>"
    FOOTNOTE = auto()  # the body of a footnote; the line begins with its number


@dataclass(frozen=True, slots=True)
class Box:
    """Where a line stands on its page, in points (1/72 inch) from the upper left corner."""

    left: float
    right: float
    base: float  # its baseline, downwards
    size: float  # em of its largest letters


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the original without its line end; positions in code points, end exclusive."""

    start: int
    end: int
    text: str
    page: int | None = None
    kind: LineKind = LineKind.TEXT
    table: int | None = None  # rows of one table share a number, counted from 1
    box: Box | None = None  # where the file says where its lines stand (PDF, scans)


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded file. `text` is NFC; it is what "the original" means from here on.

    `wrapped`: a line may be part of a paragraph (PDF, scans, most .txt); False where the file itself
    says where paragraphs end (DOCX, HTML), so that no line is ever joined to the next.
    """

    text: str
    lines: tuple[Line, ...]
    wrapped: bool = True
    scanned: frozenset[int] = frozenset()  # pages whose letters were recognised from a picture
    warnings: tuple[str, ...] = ()  # what the reader noticed, in Vietnamese, with the page
