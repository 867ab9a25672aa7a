"""Tables become lines: a row a line, each cell after the head of its column.

A table that only puts text side by side ("UBND TỈNH … | CỘNG HÒA …", "Nơi nhận | chữ ký") is no table
to a reader: its cells are read one after the other.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.readers.blocks import Block, Cell, Table, Text, shown_lines
from ingest.readers.source import LineKind

_HEAD_OR_FOOT = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM|Nơi nhận\s*:|"
    r"^(?:TM|KT|TL|TUQ|Q)\.\s|^(?:XÁC NHẬN|CHỨNG NHẬN)",
    re.IGNORECASE | re.MULTILINE,
)
_COUNT_HEAD = re.compile(r"(?:S?TT|Số\s*TT|Số thứ tự|STT)\.?", re.IGNORECASE)
_COUNT = re.compile(r"\(?(?:\d{1,3}|[IVXLC]+|[a-zđA-Z])\)?[.)]?")
_FIGURE = re.compile(r"[\d.,%\s/+–=()-]*\d[\d.,%\s/+–=()-]*")
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-E])\)?(?:\s*=\s*[\d()+\-x*/\s]+)?")
_UNIT_START = re.compile(r"(?:Điều|ĐIỀU|Chương|CHƯƠNG)\s+[0-9IVXLC]+", re.MULTILINE)
_HEAD_LENGTH = 100  # characters; what is longer is no column head
_SHORT = 60  # characters: what is longer is no figure
_WIDEST = 200  # columns or rows that one cell covers: more is a fault of the file
_MOST_PLACES = 500_000  # of a table: above it the spans are a fault of the file

FlatLine = tuple[str, LineKind, int | None]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Every place of the table with the text shown there; a merged cell stands in all of its places."""

    texts: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Cell | None, ...], ...]

    @property
    def width(self) -> int:
        return len(self.texts[0]) if self.texts else 0


def settled(table: Table) -> list[Block]:
    """What a table is to a reader: itself, or, where it only places text, what its cells hold.

    Tables inside its cells must be settled already; inside a true table they become text.
    """
    if _is_layout(table):
        return [block for row in table.rows for cell in row for block in cell.blocks]
    rows = tuple(
        tuple(replace(cell, blocks=tuple(_as_texts(cell.blocks))) for cell in row) for row in table.rows
    )
    return [replace(table, rows=rows)]


def flat(blocks: Sequence[Block]) -> Iterator[FlatLine]:
    """Text, kind and table number of every line of settled `blocks`, in reading order."""
    numbers = itertools.count(1)
    for block in blocks:
        if isinstance(block, Table):
            yield from _rows(block, next(numbers))
        elif block.kind is LineKind.FOOTNOTE:
            if text := " ".join(shown_lines(block.text)):
                yield text, block.kind, None
        else:
            yield from ((line, block.kind, None) for line in shown_lines(block.text))


def _as_texts(blocks: Sequence[Block]) -> Iterator[Text]:
    for block in blocks:
        if isinstance(block, Text):
            yield block
            continue
        rows = list(_rows(block, 0))
        yield Text("; ".join(line for line, kind, _ in rows if kind is not LineKind.FOOTNOTE))
        yield from (Text(line, kind) for line, kind, _ in rows if kind is LineKind.FOOTNOTE)


def _rows(table: Table, number: int) -> Iterator[FlatLine]:
    grid = _grid(table)
    depth = _head_rows(table, grid)
    heads = [_head(grid, column, depth) for column in range(grid.width)]
    shown: set[str] = set()
    body: list[FlatLine] = []
    for place in range(depth, len(grid.texts)):
        texts, cells = grid.texts[place], grid.cells[place]
        if depth and texts in grid.texts[:depth]:
            continue  # the head again, on a new page
        line, used = _row(heads, texts, cells)
        if line:
            body.append((line, LineKind.ROW, number))
            shown |= used
        body += _notes(table.rows[place])
    if depth and {head for head in heads if head} - shown:
        yield "; ".join(dict.fromkeys(head for head in heads if head)), LineKind.ROW, number
    yield from (note for row in table.rows[:depth] for note in _notes(row))
    yield from body


def _row(heads: Sequence[str], texts: Sequence[str], cells: Sequence[Cell | None]) -> tuple[str, set[str]]:
    """A row as it is read, and the heads that stand in it."""
    parts: list[str] = []
    used: set[str] = set()
    across = {id(cell) for cell, text in zip(cells, texts, strict=True) if cell is not None and text}
    if len(across) == 1 and sum(bool(text) for text in texts) == len(texts) > 1:
        return texts[0], used  # one cell over all columns: a caption inside the table
    last: Cell | None = None
    for head, text, cell in zip(heads, texts, cells, strict=True):
        if text and (cell is None or cell is not last):
            parts.append(f"{head}: {text}" if head else text)
            used.add(head)
        last = cell
    return "; ".join(parts), used


def _head(grid: _Grid, column: int, depth: int) -> str:
    """Head of a column over all head rows, each said once: "Kinh phí - Năm 2026"."""
    texts = [grid.texts[row][column] for row in range(depth)]
    said = [text for text, _ in itertools.groupby(texts) if text]
    return " - ".join(said).rstrip(": ")


def _grid(table: Table) -> _Grid:
    """Spread merged cells over the places they cover."""
    places: dict[tuple[int, int], Cell] = {}
    width = 0
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in places:
                column += 1
            down = min(cell.down, len(table.rows) - row, _WIDEST)
            for below, right in itertools.product(range(max(down, 1)), range(min(cell.across, _WIDEST))):
                places.setdefault((row + below, column + right), cell)
            column += min(cell.across, _WIDEST)
            width = max(width, column)
    said = {id(cell): _cell_text(cell.blocks) for cell in places.values()}
    texts: list[tuple[str, ...]] = []
    cells_: list[tuple[Cell | None, ...]] = []
    spoken: set[int] = set()  # long cells are said in their first row only
    for row in range(len(table.rows)):
        found = tuple(places.get((row, column)) for column in range(width))
        texts.append(tuple("" if cell is None or id(cell) in spoken else said[id(cell)] for cell in found))
        cells_.append(found)
        spoken |= {id(cell) for cell in found if cell is not None and len(said[id(cell)]) > _HEAD_LENGTH * 3}
    return _Grid(tuple(texts), tuple(cells_))


def _cell_text(blocks: Sequence[Block]) -> str:
    """The text of a cell on one line; what its paragraphs list is told apart by commas."""
    said = ""
    for block in blocks:
        if isinstance(block, Table):
            text = "; ".join(line for line, kind, _ in _rows(block, 0) if kind is not LineKind.FOOTNOTE)
        elif block.kind is LineKind.FOOTNOTE:
            continue
        else:
            text = " ".join(shown_lines(block.text))
        if said and text:
            bold = isinstance(block, Text) and block.bold
            listed = said[-1].isalnum() and text[0].isupper() and not (said.isupper() or bold)
            said += (", " if listed else " ") + text
        else:
            said += text
    return said


def _notes(row: Sequence[Cell]) -> list[FlatLine]:
    """The footnotes that the cells of a row carry."""
    found = [block for cell in row for block in cell.blocks if isinstance(block, Text)]
    return list(flat([block for block in found if block.kind is LineKind.FOOTNOTE]))


# --- what is a table ------------------------------------------------------------------------


def _is_layout(table: Table) -> bool:
    """Whether the table only places text: read its cells one after the other."""
    if (
        sum(min(cell.across, _WIDEST) * min(cell.down, _WIDEST) for row in table.rows for cell in row)
        > _MOST_PLACES
    ):
        return True
    grid = _grid(table)
    rows = [row for row in grid.texts if any(row)]
    columns = [column for column in zip(*grid.texts, strict=True) if any(column)]
    if len(rows) < 2 or len(columns) < 2:
        return True
    if _HEAD_OR_FOOT.search(_raw_text(table)) and len(rows) <= 12:
        return True
    if table.heads or any(cell.head for row in table.rows for cell in row):
        return False
    if any(_COUNT_HEAD.fullmatch(text) for text in rows[0]):
        return False
    if table.ruled:
        return False
    if table.ruled is None:  # a web page rarely says: long texts side by side are no table
        longest = max(len(text) for row in rows for text in row)
        units = len(_UNIT_START.findall(_raw_text(table)))
        return longest > 1500 or units > len(rows) or (len(columns) == 2 and not _looks_headed(grid, 1))
    return not (len(columns) >= 3 and len(rows) >= 3 and _looks_headed(grid, 1))


def _raw_text(table: Table) -> str:
    said: list[str] = []
    for row in table.rows:
        for cell in row:
            for block in cell.blocks:
                said.append(_raw_text(block) if isinstance(block, Table) else block.text.strip())
    return "\n".join(said)


def _head_rows(table: Table, grid: _Grid) -> int:
    """How many rows at the top are column heads."""
    depth = max(table.heads, _leading(all(cell.head for cell in row) for row in table.rows))
    if not depth:
        depth = _depth_of_merges(table)
        headed = _looks_headed(grid, depth) or (bool(table.ruled) and _are_titles(grid.texts[0]))
        if depth >= len(grid.texts) or not headed:
            return 0
    if depth < len(grid.texts) - 1 and _numbers_columns(grid.texts[depth]):
        depth += 1  # "(1) (2) (3)" under the heads
    longest = max((len(text) for row in grid.texts[:depth] for text in row), default=0)
    return depth if depth < len(grid.texts) and longest <= 3 * _HEAD_LENGTH else 0


def _leading(values: Iterator[bool]) -> int:
    return sum(1 for _ in itertools.takewhile(bool, values))


def _depth_of_merges(table: Table) -> int:
    """Rows that the heads take: as many as the tallest cell of the first, two below a wide one."""
    first = table.rows[0]
    split = any(cell.across > 1 for cell in first) and len(first) > 1
    return max(2, *(cell.down for cell in first)) if split else 1


def _looks_headed(grid: _Grid, depth: int) -> bool:
    """Whether the first rows read as column heads rather than as data."""
    first, body = grid.texts[0], grid.texts[depth:]
    if any(_COUNT_HEAD.fullmatch(text) for text in first):
        return True
    filled = [text for text in first if text]
    if len(filled) < max(2, len(first) - 1) or any(len(text) > _HEAD_LENGTH for text in filled):
        return False
    if any(_is_figure(text) for text in filled):
        return False
    if _all_bold(grid.cells[0]):  # unless the first column is bold as well: names and values side by side
        return len(first) > 2 or not all(_all_bold(row[:1]) for row in grid.cells[depth:])
    return any(
        any(column) and all(map(_is_figure, filter(None, column))) for column in zip(*body, strict=True)
    )


def _are_titles(texts: Sequence[str]) -> bool:
    """Whether a row of three cells or more holds nothing but short titles."""
    return len(set(texts)) >= 3 and all(
        0 < len(text) <= _HEAD_LENGTH // 2 and text[0].isupper() and text[-1] not in ".;,:" for text in texts
    )


def _numbers_columns(texts: Sequence[str]) -> bool:
    """Whether a row numbers the columns: (1) (2) (3), A B 1 2, 1 2 3=1+2."""
    found = [_COLUMN_NUMBER.fullmatch(text) for text in texts if len(text) <= _SHORT]
    labels = [match[1] for match in found if match]
    numbers = [label for label in labels if label.isdecimal()]
    letters = labels[: len(labels) - len(numbers)]
    return (
        len(labels) == len(texts) >= 2
        and letters == [*"ABCDE"[: len(letters)]]
        and numbers == [str(number) for number in range(1, len(numbers) + 1)]
    )


def _is_figure(text: str) -> bool:
    return len(text) <= _SHORT and bool(_FIGURE.fullmatch(text) or _COUNT.fullmatch(text))


def _all_bold(cells: Sequence[Cell | None]) -> bool:
    texts = [
        block
        for cell in cells
        if cell is not None
        for block in cell.blocks
        if isinstance(block, Text) and block.text.strip()
    ]
    return bool(texts) and all(block.bold for block in texts)
