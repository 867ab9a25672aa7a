"""Footnotes: which provision carries the sign of one, and the node that its body becomes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.address import Level
from corpus.document import Reading, Role
from ingest.nodes import Node
from ingest.superscript import RAISED

_SIGN = re.compile(r"\[[0-9]+\]\s*|[0-9¹²³⁴-⁹⁰]+\s*")
_VALUE = re.compile(r"[0-9]{1,4}[a-zđ]?")


def footnote(reading: Reading, number: str) -> Node:
    """The body of footnote `number`, the sign it begins with as its marker."""
    value = number if _VALUE.fullmatch(number) else "1"
    sign = _SIGN.match(reading.text)
    end = sign.end() if sign else 0
    node = Node(Level.FOOTNOTE, value, Role.FOOTNOTE, marker=reading.cut(0, end))
    node.text = reading.cut(end, len(reading.text))
    return node


def carrier(nodes: Sequence[Node], number: str) -> Node | None:
    """The last of `nodes` whose heading or text carries the footnote's sign: "[1]", "¹" or a glued "1"."""
    raised = number.translate(RAISED)
    sign = re.compile(
        rf"\[{re.escape(number)}\]|(?<=[^\W\d])(?:{re.escape(raised)}|{re.escape(number)})(?=[\s.,;:)]|$)"
    )
    for node in reversed(nodes):
        if node.role is Role.FOOTNOTE:
            continue
        for said in (node.heading.text, node.text.text):
            if (number in said or raised in said) and sign.search(said):
                return node
    return None
