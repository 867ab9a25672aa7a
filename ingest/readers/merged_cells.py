"""Cells that Word has merged downwards: each lower part is a cell of its own in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.blocks import Block, Cell


@dataclass(slots=True)
class Part:
    """A cell of a row as Word has it: `goes_on` when it is a lower part of a merged one."""

    blocks: tuple[Block, ...]
    across: int
    goes_on: bool = False
    down: int = 1


def merged(rows: Sequence[Sequence[Part]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows with each merged cell once, where it begins."""
    tops: dict[int, Part] = {}  # by column: the cell that a lower part belongs to
    for row in rows:
        column = 0
        for part in row:
            top = tops.get(column)
            if part.goes_on and top is not None and top.across == part.across:
                top.down += 1
                top.blocks += part.blocks
            else:
                part.goes_on = False
                tops[column] = part
            column += part.across
    return tuple(
        tuple(Cell(part.blocks, part.across, part.down) for part in row if not part.goes_on) for row in rows
    )
