"""The letters of a PDF page put back into lines by where they stand, not by when they were drawn.

PDF makers draw the letters of a fallback font (the Vietnamese ones, where a face lacks them) after the
rest of the line; read in that order, "Quyết định" becomes "Quy t đ nhế ị". Places do not lie.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.vietnamese import nfc
from ingest.readers.source import Box
from ingest.superscript import RAISED

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

UNREADABLE = "\ufffd"  # a letter whose font does not say which it is

_WORD_GAP = 0.17  # em: white between two letters that is a space, drawn or not
_COLUMN_GAP = 3.0  # em: white on one line that parts two columns
_SAME_LINE = 0.25  # em: how far baselines of one line differ
_RAISED = (0.15, 0.6)  # em: how far a superscript stands above its line
_SMALL = 0.85  # of the line's em: a superscript is no larger
_TWICE = 0.12  # em: the same letter that near is bold made by drawing twice
# Symbol fonts carry no Unicode: their bullets and signs come from the private area.
_SYMBOLS = {"\uf02d": "-", "\uf02b": "+", "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\x02": "-"}


@dataclass(slots=True)
class _Letter:
    char: str
    left: float
    right: float
    base: float  # downwards
    size: float
    turn: int  # quarter turns anticlockwise


_Cluster = list[_Letter]  # a letter and the combining marks on it


@dataclass(slots=True)
class _Strip:
    """Letters drawn one after the other on one baseline, in whatever order across it."""

    letters: list[_Letter] = field(default_factory=list)
    base: float = 0.0
    size: float = 0.0
    turn: int = 0

    def add(self, letter: _Letter) -> None:
        self.letters.append(letter)
        if letter.size > self.size:
            self.base, self.size, self.turn = letter.base, letter.size, letter.turn

    def takes(self, letter: _Letter) -> bool:
        """Whether the letter stands on this baseline, or is raised above it in small print."""
        size = max(self.size, letter.size)
        smaller = min(self.size, letter.size) < _SMALL * size
        return (
            letter.turn == self.turn
            and abs(self.base - letter.base) < (_RAISED[1] if smaller else _SAME_LINE) * size
        )


def lines_of(page: PdfPage) -> list[tuple[str, Box]]:
    """The lines of a page in the order in which they are drawn, in NFC, columns apart."""
    strips: list[_Strip] = []
    for letter in _letters(page):
        if not strips or not strips[-1].takes(letter):
            strips.append(_Strip())
        strips[-1].add(letter)
    found = (_line(column, strip) for strip in strips for column in _columns(strip))
    return [(text, box) for text, box in found if text]


def _line(column: Sequence[_Cluster], strip: _Strip) -> tuple[str, Box]:
    drawn = [letter for cluster in column for letter in cluster if letter.char != " "]
    left = min((letter.left for letter in drawn), default=0.0)
    right = max((letter.right for letter in drawn), default=0.0)
    return _text(column, strip), Box(left, right, strip.base, strip.size)


def _letters(page: PdfPage) -> Iterator[_Letter]:
    """What the page draws, in its order; spaces that pdfium makes up are left out, places tell them."""
    import pypdfium2.raw as pdfium

    height = page.get_height()
    text = page.get_textpage()
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    try:
        for index in range(text.count_chars()):
            if pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            char = _char(pdfium.FPDFText_GetUnicode(text, index))
            if not char:
                continue
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            pdfium.FPDFText_GetLooseCharBox(text, index, box)
            pdfium.FPDFText_GetMatrix(text, index, matrix)
            size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
            turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
            edges = (box.left, box.right, box.bottom, box.top, x.value, y.value)
            yield _Letter(char, *_upright(edges, height, turn), max(size, 0.1), turn)
    finally:
        text.close()


def _upright(
    edges: tuple[float, float, float, float, float, float], height: float, turn: int
) -> tuple[float, float, float]:
    """Left, right and baseline as a reader sees them who turns the sheet until the letter stands."""
    left, right, bottom, top, x, y = edges
    if turn == 1:
        return bottom, top, x
    if turn == 2:
        return -right, -left, y
    if turn == 3:
        return -top, -bottom, -x
    return left, right, height - y


def _char(code: int) -> str:
    char = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else UNREADABLE
    char = _SYMBOLS.get(char, char)
    if code in (0, 0xFFFE, 0xFFFF):
        return UNREADABLE
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in ("Cc", "Cf") else char


def _columns(strip: _Strip) -> Iterator[list[_Cluster]]:
    """The letters from left to right, cut where wide white parts two columns."""
    column: list[_Cluster] = []
    right = -math.inf
    for cluster in _clusters(strip):
        if cluster[0].char == " ":
            column.append(cluster)
            continue
        if column and cluster[0].left - right > _COLUMN_GAP * strip.size:
            yield column
            column = []
        column.append(cluster)
        right = cluster[0].right
    yield column


def _text(column: Sequence[_Cluster], strip: _Strip) -> str:
    """What the letters say, one space where there is white, drawn or not."""
    said = ""
    right = column[0][0].left
    for cluster in column:
        first = cluster[0]
        if first.left - right > _WORD_GAP * first.size and first.char != " " and not said.endswith(" "):
            said += " "
        said += "".join(_raised(letter, strip) for letter in cluster)
        right = max(right, first.right)
    return " ".join(nfc(said).split())


def _clusters(strip: _Strip) -> list[_Cluster]:
    """Letters with the combining marks drawn after them, by place; drawn twice counts once."""
    clusters: list[_Cluster] = []
    for letter in strip.letters:
        if clusters and unicodedata.combining(letter.char):
            clusters[-1].append(letter)
        else:
            clusters.append([letter])
    clusters.sort(key=lambda cluster: cluster[0].left)
    return [
        cluster
        for index, cluster in enumerate(clusters)
        if not index or not _again(clusters[index - 1], cluster)
    ]


def _again(before: Sequence[_Letter], cluster: Sequence[_Letter]) -> bool:
    first, second = before[0], cluster[0]
    return first.char == second.char != " " and second.left - first.left < _TWICE * first.size


def _raised(letter: _Letter, strip: _Strip) -> str:
    """A small digit above the line as a superscript: "km²", the sign of a footnote."""
    above = strip.base - letter.base
    small = letter.size < _SMALL * strip.size
    return letter.char.translate(RAISED) if small and above > _RAISED[0] * strip.size else letter.char
