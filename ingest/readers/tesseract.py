"""Letters recognised by the program tesseract, one page a call, with a limit on its time."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING

from corpus.errors import DocumentError
from corpus.vietnamese import nfc
from ingest.readers.paging import Placed
from ingest.readers.source import Box
from ingest.widths import width

if TYPE_CHECKING:
    from PIL.Image import Image

_POINTS = 72  # an inch
_SURE_TURN = 2.0  # confidence of tesseract above which a page is turned
_USUAL_SIZE = 14.0  # points: the print of Vietnamese official texts
_LONG, _TELLING = 40, 15  # characters of a line that tell how large its print is, well and roughly
_NEARLY = 0.15  # of the size: what widths of short lines are off by
_SPECKS = "_|¦"  # dirt and the edge of the sheet, taken for letters
_OSD_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of one page, and how sure the recogniser is of its words on average, 0 to 100."""

    lines: tuple[Placed, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    confidence: float
    left: int
    top: int
    right: int
    bottom: int


class TooSlowError(Exception):
    """A page took longer than its limit."""


@cache
def program() -> str:
    """The path of tesseract. Raises DocumentError when it, or its Vietnamese, is not installed."""
    found = shutil.which("tesseract")
    if found is None:
        raise DocumentError(
            "Trang là ảnh quét, cần chương trình nhận dạng chữ tesseract nhưng máy chưa cài. "
            "Hãy chạy: sudo apt install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd"
        )
    languages = subprocess.run(
        [found, "--list-langs"], capture_output=True, text=True, check=False, timeout=30
    ).stdout.split()
    if "vie" not in languages:
        raise DocumentError(
            "Trang là ảnh quét, nhưng tesseract chưa có tiếng Việt. "
            "Hãy chạy: sudo apt install tesseract-ocr-vie"
        )
    return found


def quarter_turn(image: Image) -> int:
    """By how many degrees (0, 90, 180, 270) the picture must be turned clockwise to stand upright."""
    small = image.reduce(2) if min(image.size) > 1600 else image
    try:
        said = _run(small, _OSD_SECONDS, "--psm", "0", "-l", "osd")
    except TooSlowError:
        return 0
    turn = re.search(r"Rotate: (\d+)", said)
    sure = re.search(r"Orientation confidence: ([\d.]+)", said)
    return int(turn[1]) if turn and sure and float(sure[1]) > _SURE_TURN else 0


def recognised(image: Image, dpi: float, seconds: float) -> Recognised:
    """The text of a grey picture that stands upright.

    Raises TooSlowError after `seconds`, DocumentError when tesseract fails.
    """
    table = _run(image, seconds, "--psm", "3", "-l", "vie", "--dpi", str(round(dpi)), output="tsv")
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if row.get("level") == "5" and (row.get("text") or "").strip()]
    lines = [
        [word for row in group if (word := _word(row)).text]
        for _, group in groupby(words, key=lambda row: (row["block_num"], row["par_num"], row["line_num"]))
    ]
    lines = [line for line in lines if any(char.isalnum() for word in line for char in word.text)]
    sure = [word.confidence for line in lines for word in line]
    return Recognised(tuple(_placed(lines, _POINTS / dpi)), sum(sure) / len(sure) if sure else 0.0)


def _run(image: Image, seconds: float, *options: str, output: str = "") -> str:
    picture = io.BytesIO()
    image.save(picture, "PNG", compress_level=1)
    command = [program(), "stdin", "stdout", *options, *([output] if output else [])]
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}  # its threads slow each other down
    try:
        done = subprocess.run(
            command,
            input=picture.getvalue(),
            capture_output=True,
            env=environment,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooSlowError from error
    if done.returncode and output:
        reason = done.stderr.decode(errors="replace").strip().splitlines()
        raise DocumentError(
            f"tesseract không nhận dạng được trang: {reason[-1] if reason else done.returncode}. "
            "Hãy thử quét lại trang rõ hơn."
        )
    return done.stdout.decode(errors="replace")


def _word(row: dict[str, str]) -> _Word:
    left, top, across, down = (int(row[key]) for key in ("left", "top", "width", "height"))
    printed = nfc(row["text"].strip())
    text = printed.lstrip(_SPECKS)
    specks = across * (len(printed) - len(text)) // max(len(printed), 1)
    return _Word(text.rstrip(_SPECKS), float(row["conf"]), left + specks, top, left + across, top + down)


def _placed(lines: Sequence[Sequence[_Word]], scale: float) -> Iterator[Placed]:
    """Each line with its place in points; the size of its print is told by how wide its words came out."""
    texts = [" ".join(word.text for word in line) for line in lines]
    sizes = [
        (line[-1].right - line[0].left) * scale / max(width(text), 0.1)
        for line, text in zip(lines, texts, strict=True)
    ]
    usual = median(
        [size for size, text in zip(sizes, texts, strict=True) if len(text) >= _LONG] or [_USUAL_SIZE]
    )
    size, above = usual, 0.0
    for line, text, own in zip(lines, texts, sizes, strict=True):
        base = median(word.bottom for word in line) * scale
        if len(text) >= _LONG or (len(text) >= _TELLING and abs(own - size) > _NEARLY * size):
            size = own
        elif len(text) < _TELLING and not 0 < base - above < 1.1 * size:
            size = usual  # a word tells nothing: it is printed as the line close above it, or as most are
        above = base
        yield text, Box(line[0].left * scale, line[-1].right * scale, base, size)
