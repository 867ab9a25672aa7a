"""Footnotes of a web page: a sign in the text and a body at the end, each linked to the other.

Word, LibreOffice and portals all write them so: <a href="#_ftn1" name="_ftnref1">[1]</a> in the text,
<a href="#_ftnref1" name="_ftn1">[1]</a> before the body.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.readers.blocks import Block
from ingest.superscript import RAISED

if TYPE_CHECKING:
    from lxml.etree import _Element

_SIGN = re.compile(r"(\s*)[\[(]?([0-9]{1,3})[\])]?(\s*)")
_NOTE_ID = re.compile(r"_?(?:s?d?(?:footnote|endnote)|ftn|edn|fn|note)[-_:]?[0-9]+", re.IGNORECASE)
_BODY_TAGS = frozenset({"p", "li", "dd"})


class Notes:
    """The pairs of sign and body on a page, by the name that the sign links to."""

    def __init__(self, root: _Element) -> None:
        self.references: dict[_Element, str] = {}
        self.signs: dict[str, str] = {}  # as printed: "¹"
        self.bodies: dict[str, _Element] = {}
        self.texts: dict[str, Block] = {}  # to be filled in by whoever reads the bodies
        back: set[_Element] = set()
        named = _named(root)
        order = {element: place for place, element in enumerate(root.iter("*"))}
        for anchor in root.iter("a"):
            key = _local(anchor)
            found = _SIGN.fullmatch("".join(map(str, anchor.itertext())))
            target = named.get(key) if key else None
            if key is None or found is None or target is None or order[target] < order[anchor]:
                continue
            body = _body(target)
            link = _link_back(body, anchor, named) if body is not None else None
            if body is None or link is None or anchor in body.iterdescendants():
                continue
            if key in self.bodies or body not in self.bodies.values():
                self.references[anchor] = key
                self.signs[key] = found[2].translate(RAISED)
                self.bodies[key] = body
                back.add(link)
        self.back = frozenset(back)


def without_brackets(text: str) -> str | None:
    """The digits of a sign such as "[1]", with the space around them; None where `text` is none."""
    found = _SIGN.fullmatch(text)
    return "".join(found.groups()) if found else None


def _named(root: _Element) -> dict[str, _Element]:
    named: dict[str, _Element] = {}
    for element in root.iter("*"):
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                named.setdefault(name, element)
    return named


def _local(anchor: _Element) -> str | None:
    """The name on this page that an anchor links to."""
    _, hash_, name = (anchor.get("href") or "").partition("#")
    return name if hash_ and name else None


def _body(target: _Element) -> _Element | None:
    """The paragraph, or the box of paragraphs, that a footnote's body is in."""
    block: _Element | None = target
    while block is not None and block.tag not in _BODY_TAGS:
        if block.tag == "div" and _NOTE_ID.fullmatch(block.get("id") or ""):
            return block
        if block.tag in ("body", "div", "td", "table", "section", "article"):
            return None
        block = block.getparent()
    box = None if block is None else block.getparent()
    if box is not None and box.tag in ("div", "li") and _NOTE_ID.fullmatch(box.get("id") or ""):
        return box
    return block


def _link_back(body: _Element, anchor: _Element, named: dict[str, _Element]) -> _Element | None:
    """The anchor in `body` that leads back to `anchor`."""
    for link in body.iter("a"):
        key = _local(link)
        home = named.get(key) if key else None
        if home is not None and (
            home is anchor or anchor.getparent() is home or home.getparent() in (anchor, anchor.getparent())
        ):
            return link
    return None
