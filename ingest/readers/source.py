"""What every reader gives: the decoded text and its lines with their positions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the original without its line end; positions in code points, end exclusive."""

    start: int
    end: int
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded file."""

    text: str
    lines: tuple[Line, ...]
