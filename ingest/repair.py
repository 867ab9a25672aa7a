"""Lines become paragraphs: wraps joined, page furniture and Markdown stars taken out, footnotes told apart.

The wording is never changed: a paragraph is a Reading, tied piece by piece to the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Dropped, Piece, Reading
from ingest.furniture import PAGE_NUMBER, furniture, page_number
from ingest.joining import Joiner, Row
from ingest.readers.source import Line, LineKind, Source
from ingest.spacing import STRAY_SPACE, stray_spaces
from ingest.superscript import LOWERED

STAR = "dấu nhấn Markdown"
SPACE = "khoảng trắng, xuống dòng"

_LINE_NOTE = re.compile(r"[0-9¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_RULE = re.compile(r"[\s_]{20,}$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the original; `footnote` is its number when it is the body of one.

    `table` is the number of the table that it is a row of.
    """

    reading: Reading
    footnote: str | None = None
    table: int | None = None


def paragraphs(source: Source) -> tuple[list[Paragraph], list[Dropped]]:
    """The paragraphs in reading order, and what was dropped other than white space."""
    dropped: list[Dropped] = []
    if not source.wrapped:
        return list(_whole_lines(source)), dropped
    rows = list(_rows(source, dropped))
    if not rows:
        return [], dropped
    joiner = Joiner(rows)
    groups: list[list[Row]] = []
    note: list[Row] = []  # the last footnote; it may go on at the foot of the next page
    text: list[Row] = []  # the last paragraph; a footnote may stand in the middle of it
    text_above = True  # the line above is text
    numbers: dict[int, str] = {}
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        number = joiner.note_number(row)
        if number is not None:
            note = [row]
            groups.append(note)
            numbers[id(note)] = number
            text_above = False
        elif note and (
            joiner.resumes_note(note, row) if text_above else joiner.continues_note(note, row, following)
        ):
            note.append(row)
        else:
            text_above = True
            if text and joiner.continues(text, row, following):
                text.append(row)
            else:
                text = [row]
                groups.append(text)
    return [
        Paragraph(_joined(group), numbers.get(id(group)), group[0].line.table) for group in groups
    ], dropped


def _whole_lines(source: Source) -> Iterable[Paragraph]:
    """Where the file itself says where paragraphs end, each line is one."""
    for line in source.lines:
        reading = Reading(line.text, (Piece(line.start, line.end),)).cut(0, len(line.text))
        if not reading:
            continue
        number = _LINE_NOTE.match(reading.text) if line.kind is LineKind.FOOTNOTE else None
        yield Paragraph(reading, _digits(number[0]) if number else None, line.table)


def white_space(original: str, covered: Iterable[tuple[int, int]]) -> list[Dropped]:
    """The stretches that nothing covers, as Dropped. Raises ValueError where one holds more than space."""
    rest: list[Dropped] = []
    position = 0
    for start, end in [*sorted(covered), (len(original), len(original))]:
        if position < start:
            if original[position:start].strip():
                raise ValueError(f"text lost at {position}: {original[position:start].strip()[:60]!r}")
            rest.append(Dropped(position, start, SPACE))
        position = max(position, end)
    return rest


def _rows(source: Source, dropped: list[Dropped]) -> Iterator[Row]:
    """The lines that carry text, cleaned; page numbers, running heads, stars, spaces go to `dropped`."""
    reasons = furniture(source.lines)
    strays = stray_spaces(source.lines)
    blanks, ruled, page = 2, False, None
    for line in source.lines:
        if not line.text.strip():
            blanks += 1
            ruled = ruled or bool(_RULE.match(line.text))
            continue
        reason = reasons.get(line.start)
        if reason is None and line.page is None and blanks >= 2 and page_number(line.text) < 1000:
            reason = PAGE_NUMBER
        if reason is not None:
            dropped.append(Dropped(line.start, line.end, reason))
            blanks = 0
            continue
        reading = _clean(line, strays, dropped)
        if reading:
            opens_page = line.page != page or (line.text[0].isspace() and blanks == 0)
            yield Row(line, reading, opens_page, ruled)
            page = line.page
        blanks, ruled = 0, False


def _clean(line: Line, strays: frozenset[int], dropped: list[Dropped]) -> Reading:
    """The line without the stars of Markdown and the spaces that a tool put inside words."""
    gaps = [(place, place + 1, STRAY_SPACE) for place in range(line.start, line.end) if place in strays]
    if line.page is None:  # a PDF's star is a star
        gaps += [
            (line.start + star.start(), line.start + star.end(), STAR)
            for star in re.finditer(r"\*+", line.text)
        ]
    pieces: list[Piece] = []
    position = line.start
    for start, end, reason in [*sorted(gaps), (line.end, line.end, "")]:
        if position < start:
            pieces.append(Piece(position, start))
        if start < end:
            dropped.append(Dropped(start, end, reason))
        position = end
    text = "".join(line.text[piece.start - line.start : piece.end - line.start] for piece in pieces)
    return Reading(text, tuple(pieces)).cut(0, len(text))


def _joined(group: Sequence[Row]) -> Reading:
    text, pieces = "", []
    for row in group:
        glue = "" if not text or _cut_inside_word(text, row.reading.text) else " "
        text += glue + row.reading.text
        first, *others = row.reading.pieces
        pieces += [Piece(first.start, first.end, glue), *others]
    return Reading(text, tuple(pieces))


def _cut_inside_word(before: str, after: str) -> bool:
    """ "2021-" + "2030", "11-" + "NQ/TW", "08/CT-" + "TTg": a sign that hugs what it follows stays within."""
    return bool(re.search(r"[^\W_][-–/]$", before)) and after[0].isalnum()


def _digits(number: str) -> str:
    return number.translate(LOWERED)
