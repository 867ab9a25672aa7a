"""Lines become paragraphs: wraps joined, page numbers and Markdown stars taken out, footnotes told apart.

The wording is never changed: a paragraph is a Reading, tied piece by piece to the original.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.document import Dropped, Piece, Reading
from ingest.markers import Mark, marker_of
from ingest.readers.source import Line, LineKind, Source

PAGE_NUMBER = "số trang"
STAR = "dấu nhấn Markdown"
SPACE = "khoảng trắng, xuống dòng"

_ENDS_SENTENCE = re.compile(r"[.;:!?…][”\"')]*$")
_SUPERSCRIPT = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_DIGIT_OF = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_NUMBERED_NOTE = re.compile(r"([0-9]{1,2})(?=\s+[^\W\d])")
_LINE_NOTE = re.compile(r"[0-9¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_RULE = re.compile(r"[\s_]{20,}$")
_ANNEX_NOTE = re.compile(r"\((?:Chi tiết|Xem|Có)\b.{0,40}\bPhụ lục\b")
_STARTS_AFRESH = re.compile(r"Căn cứ |Theo đề nghị|Xét |Nơi nhận|Ghi chú|Trên đây là")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the original; `footnote` is its number when it is the body of one.

    `table` is the number of the table that it is a row of.
    """

    reading: Reading
    footnote: str | None = None
    table: int | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that carries text: its pieces without stars and outer white space."""

    line: Line
    reading: Reading
    width: float
    new_page: bool  # a line that opens a page in a PDF's text layer
    after_rule: bool  # stands under the rule above footnotes


def paragraphs(source: Source) -> tuple[list[Paragraph], list[Dropped]]:
    """The paragraphs in reading order, and what was dropped other than white space."""
    dropped: list[Dropped] = []
    if not source.wrapped:
        return list(_whole_lines(source)), dropped
    rows = list(_rows(source, dropped))
    if not rows:
        return [], dropped
    measure = _measure(rows)
    groups: list[list[_Row]] = []
    note: list[_Row] | None = None
    interrupted: list[_Row] | None = None  # the paragraph that the footnote stands in the middle of
    numbers: dict[int, str] = {}
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        number = _note_number(row)
        if number is not None:
            interrupted = groups[-1] if groups and note is None else interrupted
            note = [row]
            groups.append(note)
            numbers[id(note)] = number
        elif note is not None and not row.new_page and _continues(note, row, following, measure):
            note.append(row)
        else:
            last = interrupted if note is not None and interrupted else (groups[-1] if groups else None)
            note, interrupted = None, None
            if last is not None and _continues(last, row, following, measure):
                last.append(row)
            else:
                groups.append([row])
    return [Paragraph(_joined(group), numbers.get(id(group))) for group in groups], dropped


def _whole_lines(source: Source) -> Iterable[Paragraph]:
    """Where the file itself says where paragraphs end, each line is one."""
    for line in source.lines:
        reading = Reading(line.text, (Piece(line.start, line.end),)).cut(0, len(line.text))
        if not reading:
            continue
        number = _LINE_NOTE.match(reading.text) if line.kind is LineKind.FOOTNOTE else None
        yield Paragraph(reading, _digits(number[0]) if number else None, line.table)


def _digits(number: str) -> str:
    return number.translate(_DIGIT_OF)


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


def _rows(source: Source, dropped: list[Dropped]) -> Iterable[_Row]:
    blanks = 2
    ruled = False
    for line in source.lines:
        if not line.text.strip():
            blanks += 1
            ruled = ruled or bool(_RULE.match(line.text))
            continue
        if blanks >= 2 and re.fullmatch(r"\s*\d{1,3}\s*", line.text):
            dropped.append(Dropped(line.start, line.end, PAGE_NUMBER))
            blanks = 0
            continue
        reading = _starless(line, dropped)
        if reading:
            opens_page = line.text[0].isspace() and blanks == 0
            yield _Row(line, reading, _width(reading.text), opens_page, ruled)
        blanks, ruled = 0, False


def _starless(line: Line, dropped: list[Dropped]) -> Reading:
    pieces: list[Piece] = []
    position = 0
    for found in re.finditer(r"\*+|$", line.text):
        if position < found.start():
            pieces.append(Piece(line.start + position, line.start + found.start()))
        if found[0]:
            dropped.append(Dropped(line.start + found.start(), line.start + found.end(), STAR))
        position = found.end()
    text = line.text.replace("*", "")
    return Reading(text, tuple(pieces)).cut(0, len(text))


def _note_number(row: _Row) -> str | None:
    if found := _SUPERSCRIPT.match(row.reading.text):
        return _digits(found[0])
    if row.after_rule and (found := _NUMBERED_NOTE.match(row.reading.text)):
        return found[1]
    return None


def _continues(group: Sequence[_Row], row: _Row, following: _Row | None, measure: _Measure) -> bool:
    """Whether `row` goes on with the paragraph that `group` has begun."""
    last, text = group[-1].reading.text, row.reading.text
    if _ANNEX_NOTE.match(text) or _STARTS_AFRESH.match(text):
        return False
    head = marker_of(group[0].reading.text)
    if head and head.mark in (Mark.ROMAN, Mark.PART, Mark.CHAPTER) and last.isupper():
        return text.isupper() and not marker_of(text)
    if marker_of(text):
        return False
    ended = bool(_ENDS_SENTENCE.search(last))
    if text[0].islower() or last.endswith((",", "(", "“")) or not (ended or text[0].isalpha()):
        return True
    if (ended or head) and measure.opens_paragraph(row, following):
        return False
    headed = head is not None and head.mark in (Mark.NUMBER, Mark.DOTTED, Mark.LETTER) and len(group) == 1
    if headed and not ended and text.split(maxsplit=1)[0] in measure.plain_words:
        return False  # a capital on a word that is no name: the heading above it is over
    return measure.room(group) < _width(text.split(maxsplit=1)[0] + " ")


@dataclass(frozen=True, slots=True)
class _Measure:
    """How wide lines are in this file, in em; both infinite when it holds one paragraph a line."""

    full: float  # a line inside a paragraph
    first: float  # the first line of one, which is indented
    plain_words: frozenset[str] = frozenset()  # capitalised words that the file mostly writes small

    def room(self, group: Sequence[_Row]) -> float:
        """What was left free at the end of the group's last line."""
        return (self.first if len(group) == 1 else self.full) - group[-1].width

    def opens_paragraph(self, row: _Row, following: _Row | None) -> bool:
        """Whether `row` stopped short where the next word would have fitted a full line: it was indented."""
        if following is None or self.full == float("inf"):
            return False
        after = following.reading.text
        if marker_of(after) or not (after[0].islower() or not _ENDS_SENTENCE.search(row.reading.text)):
            return False  # nothing follows in the same paragraph that would have had to fit
        return row.width + _width(following.reading.text.split(maxsplit=1)[0] + " ") < self.full - _SLACK


_SLACK = 0.5  # em: what the published metrics may miss of a line's true width


def _measure(rows: Sequence[_Row]) -> _Measure:
    body = [row for row in rows if not row.after_rule]
    widths = sorted(row.width for row in body)
    if not widths or widths[-1] > 2.5 * max(widths[len(widths) // 2], 1.0) or widths[-1] > 90:
        return _Measure(float("inf"), float("inf"))
    indented = sorted(
        row.width
        for row, after in itertools.pairwise(body)
        if marker_of(row.reading.text) and after.reading.text[0].islower() and not row.reading.text.isupper()
    )
    full = _percentile(widths, 0.97)
    first = min(full, _percentile(indented, 0.97) if indented else full)
    return _Measure(full, first, _plain_words(body))


def _plain_words(rows: Sequence[_Row]) -> frozenset[str]:
    counts = Counter(word for row in rows for word in row.reading.text.split())
    return frozenset(
        word for word in counts if word[0].isupper() and counts[word.lower()] >= 4 * counts[word]
    )


def _percentile(values: Sequence[float], share: float) -> float:
    return values[min(int(len(values) * share), len(values) - 1)]


def _joined(group: Sequence[_Row]) -> Reading:
    text, pieces = "", []
    for row in group:
        glue = "" if not text or _cut_inside_word(text, row.reading.text) else " "
        text += glue + row.reading.text
        first, *others = row.reading.pieces
        pieces += [Piece(first.start, first.end, glue), *others]
    return Reading(text, tuple(pieces))


def _cut_inside_word(before: str, after: str) -> bool:
    """ "2021-" + "2030", "11-" + "NQ/TW": a hyphen that hugs a digit on its left joins without a space."""
    return bool(re.search(r"\d[-–/]$", before)) and after[0].isalnum()


# Advance widths of Times (Adobe's published metrics, 1/1000 em), the face of Vietnamese official texts.
_ADVANCE = {
    **dict.fromkeys(" .,", 250),
    **dict.fromkeys("ijlt/:;\\|", 278),
    **dict.fromkeys("frI-()[]!‘’", 333),
    **dict.fromkeys("sJ", 389),
    **dict.fromkeys("acez?“”", 444),
    **dict.fromkeys("FPS", 556),
    **dict.fromkeys("+=<>", 564),
    **dict.fromkeys("ELTZ", 611),
    **dict.fromkeys("BCR", 667),
    **dict.fromkeys("ADĐGHKNOQUVXYw", 722),
    **dict.fromkeys("m", 778),
    **dict.fromkeys("%", 833),
    **dict.fromkeys("M", 889),
    **dict.fromkeys("W", 944),
    **dict.fromkeys("…", 1000),
}


def _width(text: str) -> float:
    """Width of a line as printed, in em: counting characters misleads, capitals are half again as wide."""
    bare = (char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return sum(_ADVANCE.get(char, 500) for char in bare) / 1000
