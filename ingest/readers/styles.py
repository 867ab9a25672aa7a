"""What a Word file's styles say of a run: font, hidden, capitals; and of a paragraph: its list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SIDES = ("top", "bottom", "insideH", "insideV")


class Styles:
    """styles.xml, asked through the chain run → character style → paragraph style → default."""

    def __init__(self, root: _Element | None) -> None:
        self._styles: dict[str, _Element] = {}
        self._defaults: dict[str, str] = {}
        self._base: _Element | None = None
        if root is not None:
            for style in root.iterfind(W + "style"):
                key = style.get(W + "styleId") or ""
                self._styles[key] = style
                if style.get(W + "default") in ("1", "true"):
                    self._defaults[style.get(W + "type") or ""] = key
            self._base = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._of_style = lru_cache(maxsize=None)(self._look_in_style)

    def run(self, name: str, run: _Element, paragraph_style: str | None) -> _Element | None:
        """The property `name` in force for a run, such as "vanish"; None where nothing sets it."""
        return next(self._each(name, run, paragraph_style), None)

    def font(self, run: _Element, paragraph_style: str | None) -> str | None:
        """The font that Latin letters of a run are set in, where the file names one."""
        for fonts in self._each("rFonts", run, paragraph_style):
            if font := fonts.get(W + "hAnsi") or fonts.get(W + "ascii"):
                return font
        return None

    def _each(self, name: str, run: _Element, paragraph_style: str | None) -> Iterator[_Element]:
        own = run.find(W + "rPr")
        if own is not None and (found := own.find(W + name)) is not None:
            yield found
        style = None if own is None else value(own, "rStyle")
        for key in (style, paragraph_style or self._defaults.get("paragraph")):
            if key:
                yield from self._of_style(name, key)
        if self._base is not None and (found := self._base.find(W + name)) is not None:
            yield found

    def paragraph(self, name: str, style: str | None) -> Iterator[tuple[str, _Element]]:
        """The paragraph property `name` in `style` and the styles it is based on, with the style's key."""
        for key in self._chain(style or self._defaults.get("paragraph")):
            if (found := self._styles[key].find(f"{W}pPr/{W}{name}")) is not None:
                yield key, found

    def ruled(self, table: _Element) -> bool:
        """Whether lines are drawn between the cells of a table."""
        properties = table.find(W + "tblPr")
        own = None if properties is None else properties.find(W + "tblBorders")
        cells = table.findall(f"{W}tr/{W}tc/{W}tcPr/{W}tcBorders")
        drawn = sum(any(_is_line(side) for side in borders) for borders in cells)
        bare = sum(bool(len(borders)) and not any(_is_line(side) for side in borders) for borders in cells)
        whole = len(table.findall(f"{W}tr/{W}tc")) or 1
        if drawn * 2 >= whole or bare * 2 >= whole:
            return drawn >= bare
        sides = dict.fromkeys(_SIDES, False)
        style = None if properties is None else value(properties, "tblStyle")
        chain = [self._styles[key].find(f"{W}tblPr/{W}tblBorders") for key in self._chain(style)]
        for borders in (*reversed(chain), own):
            for side in _SIDES:
                if borders is not None and (found := borders.find(W + side)) is not None:
                    sides[side] = _is_line(found)
        return sides["insideH"] or sides["insideV"]

    def _look_in_style(self, name: str, style: str) -> tuple[_Element, ...]:
        found = (self._styles[key].find(f"{W}rPr/{W}{name}") for key in self._chain(style))
        return tuple(each for each in found if each is not None)

    def _chain(self, style: str | None) -> Iterator[str]:
        seen: set[str] = set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            yield style
            style = value(self._styles[style], "basedOn")


def value(parent: _Element, name: str) -> str | None:
    """`w:val` of the child `name`."""
    found = parent.find(W + name)
    return None if found is None else found.get(W + "val")


def is_on(toggle: _Element | None) -> bool:
    """Whether a property such as <w:vanish/> is there and not switched off."""
    return toggle is not None and toggle.get(W + "val") not in ("0", "false", "off", "none")


def _is_line(side: _Element) -> bool:
    return (side.get(W + "val") or "none") not in ("nil", "none")


def number(text: str | None, otherwise: int, most: int) -> int:
    """A whole number of at most `most` out of an attribute; `otherwise` where it holds none."""
    return min(int(text), most) if text and re.fullmatch(r"[0-9]{1,9}", text) else otherwise
