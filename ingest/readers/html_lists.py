"""The numbers that a browser draws before list items, in the way that official texts write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ingest.readers.looks import list_type
from ingest.readers.numbering import shown

if TYPE_CHECKING:
    from lxml.etree import _Element

_WHOLE = re.compile(r"-?[0-9]{1,6}")
_FORMS = {
    "decimal": ("decimal", "{}. "),
    "lower-alpha": ("lowerLetter", "{}) "),  # points are written "a)" by decree, whatever a browser draws
    "lower-latin": ("lowerLetter", "{}) "),
    "upper-alpha": ("upperLetter", "{}. "),
    "upper-latin": ("upperLetter", "{}. "),
    "lower-roman": ("lowerRoman", "{}) "),
    "upper-roman": ("upperRoman", "{}. "),
}


class Lists:
    """The lists that are open, outermost first; each counts for itself."""

    def __init__(self) -> None:
        self._open: list[_List] = []

    def begin(self, element: _Element, looks: Mapping[str, str]) -> None:
        """An <ol> or <ul> begins."""
        kind = list_type(element, looks) or ("decimal" if element.tag == "ol" else "disc")
        start = element.get("start") or ""
        first = int(start) if _WHOLE.fullmatch(start) else None
        if element.get("reversed") is None:
            self._open.append(_List(kind, 1 if first is None else first, 1))
        else:
            size = sum(1 for _ in element.iterchildren("li"))
            self._open.append(_List(kind, size if first is None else first, -1))

    def end(self) -> None:
        """The innermost list ends."""
        self._open.pop()

    def label(self, element: _Element, looks: Mapping[str, str]) -> str:
        """What stands before an <li>: "1. ", "a) ", "- "; "+ " in a list of dashes inside another."""
        if not self._open:
            return ""
        last = self._open[-1]
        kind = list_type(element, looks) or last.kind
        own = element.get("value") or ""
        number = int(own) if _WHOLE.fullmatch(own) else last.number
        last.number = number + last.step
        if kind in _FORMS:
            form, pattern = _FORMS[kind]
            return pattern.format(shown(number, form) or number)
        if kind == "none":
            return ""
        return "- " if sum(each.kind not in _FORMS for each in self._open) < 2 else "+ "


class _List:
    def __init__(self, kind: str, number: int, step: int) -> None:
        self.kind, self.number, self.step = kind, number, step
