"""Whether a line goes on with the paragraph above it.

A file that says where its lines stand (PDF, scans) is judged by places first: margins, indents, lines left
short. Elsewhere the wording decides, and how wide the lines are by the metrics of the face.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.document import Reading
from ingest.layout import Layout, layout_of
from ingest.markers import Mark, marker_of
from ingest.readers.source import Line, LineKind
from ingest.superscript import LOWERED
from ingest.widths import first_word, percentile, plain_words, width

_ENDS_SENTENCE = re.compile(r"[.;:!?…][”\"')]*$")
_GOES_ON = re.compile(r"[,(“]$|[^\W_][-–/]$")  # nothing ends with a comma, or in the middle of "08/CT-"
_ANNEX_NOTE = re.compile(r"\((?:Chi tiết|Xem|Có)\b.{0,40}\bPhụ lục\b")
_STARTS_AFRESH = re.compile(
    r"Căn cứ |Theo đề nghị|Xét |Nơi nhận|Ghi chú|Trên đây là|\((?:Ban hành k|K)èm theo"
)
_TITLED = frozenset({Mark.PART, Mark.CHAPTER, Mark.SECTION, Mark.SUBSECTION, Mark.ANNEX, Mark.ROMAN})
_SUPERSCRIPT = re.compile(r"[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_NUMBERED_NOTE = re.compile(r"([1-9][0-9]?)(?=\s+[^\W\d])")
_GLUED = re.compile(r"(?<=[^\W\d]{2})([0-9]{1,2}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)(?=[\s.,;:)”\"]|$)")  # "phường1."
_SLACK = 0.3  # em: what the published metrics may miss of a line's true width
_UNKNOWN = float("inf")
_WIDEST = 75.0  # em: no sheet has longer lines, not A4 on its side in small print


@dataclass(frozen=True, slots=True)
class Row:
    """A line that carries text: its pieces without stars and outer white space."""

    line: Line
    reading: Reading
    new_page: bool  # a line that opens a page
    after_rule: bool  # stands under the rule above footnotes

    @property
    def text(self) -> str:
        """What the line says."""
        return self.reading.text

    @property
    def ended(self) -> bool:
        """Whether the line ends a sentence or announces a list."""
        return bool(_ENDS_SENTENCE.search(self.text))


class Joiner:
    """Knows the measures of a file, and which footnotes have been met so far."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._layout = layout_of([row.line for row in rows])
        self._widths = _widths(rows) if self._layout is None else _Widths(_UNKNOWN, _UNKNOWN)
        self._plain_words = plain_words([row.text for row in rows if not row.after_rule])
        self._signs: set[int] = set()  # of footnotes, glued to a word
        self._last_note = 0
        self._small_to_the_end = _small_to_the_end(rows, self._layout)

    # --- footnotes -----------------------------------------------------------------------

    def note_number(self, row: Row) -> str | None:
        """The number of the footnote whose body the line begins; to be asked of every line in order."""
        found = _SUPERSCRIPT.match(row.text) or _NUMBERED_NOTE.match(row.text)
        number = int(found[0].translate(LOWERED)) if found else 0
        if found and (_SUPERSCRIPT.match(row.text) or self._begins_note(row, number)):
            self._last_note = number
            self._signs.discard(number)
            return str(number)
        self._signs |= {int(sign.translate(LOWERED)) for sign in _GLUED.findall(row.text)}
        return None

    def _begins_note(self, row: Row, number: int) -> bool:
        if row.after_rule:
            return True
        if number not in (1, self._last_note + 1):
            return False
        return number in self._signs or row.line.start in self._small_to_the_end

    def continues_note(self, note: Sequence[Row], row: Row, following: Row | None) -> bool:
        """Whether the line goes on with the footnote above it: as small as it, on the same page."""
        if row.new_page:
            return False
        if self._layout and self._layout.small(note[-1].line):
            return self._layout.small(row.line)
        return self.continues(note, row, following)

    def resumes_note(self, note: Sequence[Row], row: Row) -> bool:
        """Whether the line, at the foot of a page, goes on with a footnote that the page before cut off."""
        page, before = row.line.page, note[-1].line.page
        cut = page is not None and before == page - 1 and not note[-1].ended
        return (cut or before == page) and page is not None and row.line.start in self._small_to_the_end

    # --- paragraphs ----------------------------------------------------------------------

    def continues(self, group: Sequence[Row], row: Row, following: Row | None) -> bool:
        """Whether the line goes on with the paragraph that `group` has begun."""
        if LineKind.ROW in (row.line.kind, group[-1].line.kind):
            return False
        if self._layout:
            said = _by_place(self._layout, group, row)
            if said is not None:
                return said
        return self._by_wording(group, row, following)

    def _by_wording(self, group: Sequence[Row], row: Row, following: Row | None) -> bool:
        last, text = group[-1], row.text
        if _ANNEX_NOTE.match(text) or _STARTS_AFRESH.match(text):
            return False
        head = marker_of(group[0].text)
        if head and head.mark in _TITLED and last.text.isupper():
            return text.isupper() and not marker_of(text)
        if marker_of(text):
            return False
        if text[0].islower() or _GOES_ON.search(last.text) or not (last.ended or text[0].isalpha()):
            return True
        if (last.ended or head) and self._widths.opens_paragraph(row, following):
            return False
        headed = head is not None and head.mark in (Mark.NUMBER, Mark.DOTTED, Mark.LETTER) and len(group) == 1
        if headed and not last.ended and first_word(text) in self._plain_words:
            return False  # a capital on a word that is no name: the heading above it is over
        return self._no_room(group, row)

    def _no_room(self, group: Sequence[Row], row: Row) -> bool:
        """Whether the line's first word no longer fitted on the line before."""
        if self._layout:
            return self._layout.full(group[-1].line, _first_word_points(row))
        return self._widths.room(group) < width(first_word(row.text) + " ")


def _by_place(layout: Layout, group: Sequence[Row], row: Row) -> bool | None:
    """What the places alone say; None where they leave it to the wording."""
    last = group[-1]
    if not layout.below(last.line, row.line) or layout.small(last.line) is not layout.small(row.line):
        return False
    going_on = row.text[0].islower() and not last.ended
    if layout.apart(last.line, row.line) and not going_on:
        return False
    full = layout.full(last.line, _first_word_points(row))
    marker = marker_of(row.text)
    if layout.begins_inside(marker.mark if marker else None):
        if layout.inside(row.line) and not going_on and not _title(layout, last, row):
            return False
        if layout.at_margin(row.line) and full:
            return True
        return None
    # White follows a paragraph, or its last line is not stretched: then this one is not the last.
    told = layout.spaced or layout.stretched(last.line)
    return True if told and full and not last.ended and last.line.page == row.line.page else None


def _title(layout: Layout, last: Row, row: Row) -> bool:
    return layout.centred(last.line) and layout.centred(row.line)


def _first_word_points(row: Row) -> float:
    """Width of the line's first word as printed."""
    box = row.line.box
    assert box is not None
    return (box.right - box.left) * width(first_word(row.text)) / max(width(row.text), 0.1)


def _small_to_the_end(rows: Sequence[Row], layout: Layout | None) -> frozenset[int]:
    """Starts of the lines in small print that have nothing but small print below them, and text above."""
    found: set[int] = set()
    if layout is None:
        return frozenset()
    waiting: list[int] = []
    page, text_above = None, False
    for row in rows:
        if row.line.page != page:
            found.update(waiting)
            waiting, page, text_above = [], row.line.page, False
        if not layout.small(row.line):
            waiting, text_above = [], True
        elif text_above:
            waiting.append(row.line.start)
    return frozenset(found.union(waiting))


@dataclass(frozen=True, slots=True)
class _Widths:
    """How wide lines are in this file, in em; both infinite when it holds one paragraph a line."""

    full: float  # a line inside a paragraph
    first: float  # the first line of one, which is indented

    def room(self, group: Sequence[Row]) -> float:
        """What was left free at the end of the group's last line."""
        return (self.first if len(group) == 1 else self.full) - width(group[-1].text)

    def opens_paragraph(self, row: Row, following: Row | None) -> bool:
        """Whether `row` stopped short where the next word would have fitted a full line: it was indented."""
        if following is None or self.full == _UNKNOWN:
            return False
        after = following.text
        if marker_of(after) or not (after[0].islower() or not row.ended):
            return False  # nothing follows in the same paragraph that would have had to fit
        return width(row.text) + width(first_word(after) + " ") < self.full - _SLACK


def _widths(rows: Sequence[Row]) -> _Widths:
    body = [row for row in rows if not row.after_rule]
    widths = sorted(width(row.text) for row in body)
    if not widths or widths[-1] > 2.5 * max(widths[len(widths) // 2], 1.0) or widths[-1] > _WIDEST:
        return _Widths(_UNKNOWN, _UNKNOWN)
    indented = sorted(
        width(row.text)
        for row, after in pairwise(body)
        if marker_of(row.text) and after.text[0].islower() and not row.text.isupper()
    )
    full = percentile(widths, 0.97)
    return _Widths(full, min(full, percentile(indented, 0.97) if indented else full))
