"""Automatic numbers of Word lists, as Word shows them: "Điều 3.", "1.2.", "b)", "IV.", "-".

The numbers stand nowhere in the text: numbering.xml says how each list counts, the paragraphs say which
list and level they are in, and one has to count along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.markers import roman
from ingest.readers.fonts import decoded, face_of, symbols
from ingest.readers.styles import W, value
from ingest.readers.styles import number as number_in

if TYPE_CHECKING:
    from lxml.etree import _Element

_LARGEST = 10_000  # a start above it is a fault of the file
_VIETNAMESE = "không một hai ba bốn năm sáu bảy tám chín mười".split()
_SPACED = {"tab": " ", "space": " ", "nothing": ""}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and is shown."""

    start: int = 1
    format: str = "decimal"
    text: str = ""  # "Điều %1.": the numbers of the levels put in
    restart: int | None = None  # starts afresh after a paragraph of this level (from 1); 0: never
    legal: bool = False  # all numbers in it are shown as 1, 2, 3
    after: str = " "
    style: str | None = None  # paragraphs of this style are at this level


@dataclass(slots=True)
class _List:
    """One <w:num>: a use of an abstract list, perhaps starting afresh."""

    abstract: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]
    begun: set[int] = field(default_factory=set)


class Numbering:
    """Counts along: `label` must be asked once for every numbered paragraph, in reading order."""

    def __init__(self, root: _Element | None) -> None:
        self._lists = dict(_lists(root)) if root is not None else {}
        self._counts: dict[str, dict[int, int]] = {}

    def level_of_style(self, number: str, style: str) -> int | None:
        """The level of list `number` that the paragraph style is tied to, if any."""
        found = self._lists.get(number)
        if found is None:
            return None
        return next((at for at, level in found.levels.items() if level.style == style), None)

    def label(self, number: str, level: int) -> str:
        """What Word puts before the next paragraph of list `number`, white space included; "" for none."""
        found = self._lists.get(number)
        how = found.levels.get(level) if found else None
        if found is None or how is None:
            return ""
        counts = self._counts.setdefault(found.abstract, {})
        if level in found.starts and level not in found.begun:
            counts[level] = found.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else self._start(found, level)
        found.begun.add(level)
        for above in range(level):  # "1.1." that begins a list stands for a 1. that is not there
            if above in found.levels:
                counts.setdefault(above, self._start(found, above))
        for deeper in [at for at in counts if at > level]:
            rule = found.levels[deeper].restart if deeper in found.levels else None
            if rule is None or level < rule:
                del counts[deeper]
        if how.format == "bullet":
            return _bullet(how.text) + how.after if how.text.strip() else ""
        said = re.sub(r"%([1-9])", lambda sign: self._shown(found, int(sign[1]) - 1, level), how.text)
        return said + how.after if said.strip() else ""

    def _shown(self, found: _List, at: int, level: int) -> str:
        if at > level or at not in found.levels:
            return ""
        return shown(
            self._counts[found.abstract][at],
            "decimal" if found.levels[level].legal else found.levels[at].format,
        )

    @staticmethod
    def _start(found: _List, level: int) -> int:
        return found.starts.get(level, found.levels[level].start)


def shown(value: int, form: str) -> str:
    """A number in one of Word's formats; a format that Vietnamese texts do not use is shown as 1, 2, 3."""
    match form:
        case "none" | "bullet":
            return ""
        case "upperRoman" | "lowerRoman" if value > 0:
            numeral = roman(value)
            return numeral if form == "upperRoman" else numeral.lower()
        case "upperLetter" | "lowerLetter":
            letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value <= 780 else ""
            return letter.upper() if form == "upperLetter" else letter
        case "decimalZero":
            return f"{value:02}"
        case "vietnameseCounting" if 0 <= value < len(_VIETNAMESE):
            return _VIETNAMESE[value]
        case _:
            return str(value)


def _bullet(text: str) -> str:
    """A dash or a plus as printed; the hollow bullets of second levels are pluses, all others dashes."""
    sign = symbols(text).strip()
    return "+" if sign in ("+", "o", "○", "◦") else sign if sign in ("–", "-") else "-"


def _lists(root: _Element) -> Iterator[tuple[str, _List]]:
    abstract = {each.get(W + "abstractNumId"): each for each in root.iterfind(W + "abstractNum")}
    by_style = {
        style: key
        for key, each in abstract.items()
        if key and (style := value(each, "styleLink")) is not None
    }
    levels = {key: dict(_levels(each)) for key, each in abstract.items() if key is not None}
    for number in root.iterfind(W + "num"):
        key, target = number.get(W + "numId"), value(number, "abstractNumId")
        if key is None or target not in levels:
            continue
        link = value(abstract[target], "numStyleLink")
        target = by_style.get(link, target) if link is not None else target
        own: dict[int, Level] = {}
        starts: dict[int, int] = {}
        for override in number.iterfind(W + "lvlOverride"):
            at = number_in(override.get(W + "ilvl"), 0, _LARGEST)
            own |= dict(_levels(override))
            if (start := value(override, "startOverride")) is not None:
                starts[at] = number_in(start, 1, _LARGEST)
        yield key, _List(target, levels[target] | own, starts)


def _levels(parent: _Element) -> Iterator[tuple[int, Level]]:
    for each in parent.iterfind(W + "lvl"):
        restart = value(each, "lvlRestart")
        legal = each.find(W + "isLgl")
        fonts = each.find(f"{W}rPr/{W}rFonts")
        font = None if fonts is None else fonts.get(W + "hAnsi") or fonts.get(W + "ascii")
        yield (
            number_in(each.get(W + "ilvl"), 0, _LARGEST),
            Level(
                start=number_in(value(each, "start"), 0, _LARGEST),
                format=value(each, "numFmt") or "decimal",
                text=decoded(value(each, "lvlText") or "", face_of(font)),
                restart=None if restart is None else number_in(restart, 0, _LARGEST),
                legal=legal is not None and legal.get(W + "val") not in ("0", "false"),
                after=_SPACED.get(value(each, "suff") or "tab", " "),
                style=value(each, "pStyle"),
            ),
        )
