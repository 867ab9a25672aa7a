"""What the places of lines say of paragraphs: margins, indents, white between lines, lines left short.

Only for files that say where their lines stand (PDF, scans). Lengths are points.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.markers import Mark, marker_of
from ingest.readers.source import Box, Line

_EDGE = 0.6  # em: lines that end within it of each other end at one margin
_INDENT = 0.8  # em: a first line begins at least so far inside
_AT_MARGIN = 0.4  # em: what still counts as the margin
_MANY = 3  # lines that make a margin
_SHIFT = 2.0  # em: a page whose lines end further inside than the others' holds short lines, no other margin
_WIDER = 1.3  # of the usual distance of lines: white that parts paragraphs
_SMALL = 0.9  # of the body's em: the print of footnotes
_INDENTING = 0.7  # share of the paragraphs with one mark that begin inside, where such are indented
_STRETCHED = 0.3  # em: a stretched line ends that near the margin
_EXACTLY = 0.12  # em: what roundings make of the margin
_SPACE = 0.4  # em: a space, and what places may be off by
_NEARLY_ALL = 0.85
_ENDED = re.compile(r"[.;:]$")
_LONG = 40  # characters of a line that is no cell and no title


@dataclass(frozen=True, slots=True)
class _Frame:
    """The margins of a page."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The measures of one file."""

    frames: Mapping[int | None, _Frame]
    size: float  # em of the body
    pitch: float  # from one baseline of a paragraph to the next
    justified: bool  # whether lines inside a paragraph are stretched to the margin
    inside_marks: frozenset[Mark | None]  # what begins inside when it opens a paragraph; None: no mark
    spaced: bool  # whether white parts every paragraph from the next

    def full(self, line: Line, word: float) -> bool:
        """Whether the line goes to its end: stretched, or without room for a word of that width."""
        box = _box(line)
        free = self.frames[line.page].right - box.right
        return free < (_STRETCHED if self.justified else _SPACE) * box.size + (0 if self.justified else word)

    def stretched(self, line: Line) -> bool:
        """Whether the line was stretched to the margin: it goes on below."""
        box = _box(line)
        return self.justified and self.frames[line.page].right - box.right < _EXACTLY * box.size

    def begins_inside(self, mark: Mark | None) -> bool:
        """Whether paragraphs that begin with this mark are indented in this file."""
        return mark in self.inside_marks

    def below(self, line: Line, after: Line) -> bool:
        """Whether the second line stands under the first, or on a later page."""
        return line.page != after.page or _box(after).base > _box(line).base + _AT_MARGIN * _box(line).size

    def centred(self, line: Line) -> bool:
        """Whether the line stands in the middle, away from both margins."""
        box, frame = _box(line), self.frames[line.page]
        left, right = box.left - frame.left, frame.right - box.right
        return min(left, right) > _INDENT * box.size and abs(left - right) < _EDGE * box.size

    def inside(self, line: Line) -> bool:
        """Whether the line begins inside, as a first line does."""
        return _box(line).left - self.frames[line.page].left > _INDENT * _box(line).size

    def at_margin(self, line: Line) -> bool:
        """Whether the line begins where lines inside a paragraph do."""
        return abs(_box(line).left - self.frames[line.page].left) < _AT_MARGIN * _box(line).size

    def apart(self, line: Line, after: Line) -> bool:
        """Whether more white than usual parts two lines of one page."""
        return line.page == after.page and _box(after).base - _box(line).base > _WIDER * self.pitch

    def small(self, line: Line) -> bool:
        """Whether the line is printed as footnotes are."""
        return _box(line).size < _SMALL * self.size


def layout_of(lines: Iterable[Line]) -> Layout | None:
    """The measures of a file's lines; None where any line has no place."""
    found = [line for line in lines if line.text.strip()]
    if not found or any(line.box is None for line in found):
        return None
    size = median(_box(line).size for line in found for _ in line.text)
    body = [line for line in found if _box(line).size >= _SMALL * size]
    frames = _frames(found, body, size)
    pitch = _pitch(body, frames, size)
    inside = _inside_marks(body, frames)
    return Layout(frames, size, pitch, _justified(body, frames), inside, _spaced(body, pitch))


def _box(line: Line) -> Box:
    assert line.box is not None
    return line.box


def _frames(lines: Sequence[Line], body: Sequence[Line], size: float) -> dict[int | None, _Frame]:
    """Each page's margins; a page with few lines takes what is usual in the file."""
    pages: defaultdict[int | None, list[Box]] = defaultdict(list)
    for line in body:
        pages[line.page].append(_box(line))
    lefts = {page: _margin([box.left for box in boxes], size) for page, boxes in pages.items()}
    rights = {page: _margin([-box.right for box in boxes], size) for page, boxes in pages.items()}
    left = _usual(lefts.values(), min(box.left for boxes in pages.values() for box in boxes))
    right = -_usual(rights.values(), min(-box.right for boxes in pages.values() for box in boxes))
    frames = {}
    for page in {line.page for line in lines}:
        own_left, own_right = lefts.get(page), rights.get(page)
        frames[page] = _Frame(
            left if own_left is None or own_left > left + _SHIFT * size else own_left,
            right if own_right is None or -own_right < right - _SHIFT * size else -own_right,
        )
    return frames


def _margin(edges: Iterable[float], size: float) -> float | None:
    """The outermost place where several lines begin."""
    ordered = sorted(edges)
    for first, last in zip(ordered, ordered[_MANY - 1 :], strict=False):
        if last - first < _EDGE * size:
            return first
    return None


def _usual(found: Iterable[float | None], otherwise: float) -> float:
    known = [value for value in found if value is not None]
    return median(known) if known else otherwise


def _justified(body: Sequence[Line], frames: Mapping[int | None, _Frame]) -> bool:
    """Whether lines that certainly go on reach the margin."""
    ends = [
        frames[line.page].right - _box(line).right < _STRETCHED * _box(line).size
        for line, after in pairwise(body)
        if line.page == after.page and after.text[0].islower() and len(line.text) > _LONG
    ]
    return sum(ends) > _NEARLY_ALL * max(len(ends), 1)


def _inside_marks(body: Sequence[Line], frames: Mapping[int | None, _Frame]) -> frozenset[Mark | None]:
    """The marks that mostly stand inside; paragraphs without a mark go with the majority of the marked."""
    inside: Counter[Mark | None] = Counter()
    all_of: Counter[Mark | None] = Counter()
    for line in body:
        if marker := marker_of(line.text):
            within = _box(line).left - frames[line.page].left > _INDENT * _box(line).size
            for mark in (marker.mark, None):
                all_of[mark] += 1
                inside[mark] += within
    return frozenset(mark for mark in all_of if inside[mark] > _INDENTING * all_of[mark])


def _spaced(body: Sequence[Line], pitch: float) -> bool:
    """Whether more white than usual stands above marked paragraphs."""
    steps = [
        _box(after).base - _box(line).base > _WIDER * pitch
        for line, after in pairwise(body)
        if line.page == after.page and marker_of(after.text) and _ENDED.search(line.text)
    ]
    return len(steps) >= _MANY and sum(steps) > _NEARLY_ALL * len(steps)


def _pitch(body: Sequence[Line], frames: Mapping[int | None, _Frame], size: float) -> float:
    """The distance of a line to the next where the first is full and the second begins at the margin."""
    steps = Counter(
        round(_box(after).base - _box(line).base)
        for line, after in pairwise(body)
        if line.page == after.page
        and frames[line.page].right - _box(line).right < _EDGE * size
        and 0 < _box(after).base - _box(line).base < 4 * size
    )
    if not steps:
        return 2 * size
    ordered = sorted(steps.elements())
    return float(ordered[len(ordered) // 3])
