"""Tables in the tree: the node a table becomes, and the caption that stands above it."""

from __future__ import annotations

import re

from corpus.address import Level
from corpus.document import Reading, Role
from ingest.nodes import Node

_CAPTION = re.compile(r"(?:Bảng|BẢNG|Biểu|BIỂU)(?: (?:số|SỐ))? [0-9IVX]")
_MEASURE = re.compile(r"\(?\s*(?:Đơn vị(?: tính)?|ĐVT)\s*:")
_LONGEST = 220  # characters


def captioned(holder: Node, nodes: list[Node]) -> Node:
    """A new table below `holder`; a caption just above becomes its heading, "Đơn vị tính" its text."""
    table = Node(Level.TABLE, "", Role.TABLE)
    measure = _last_paragraph(holder, nodes)
    if measure is not None and _MEASURE.match(measure.text.text):
        table.text = _taken(holder, nodes)
    caption = _last_paragraph(holder, nodes)
    if caption is not None and _names_table(caption.text.text):
        table.heading = _taken(holder, nodes)
    nodes.append(table)
    return holder.add(table)


def _last_paragraph(holder: Node, nodes: list[Node]) -> Node | None:
    """The paragraph read last, where it stands below `holder` and carries nothing."""
    last = holder.children[-1] if holder.children else None
    read = last is not None and nodes and nodes[-1] is last
    return last if read and last is not None and last.role is Role.PARAGRAPH and not last.children else None


def _names_table(text: str) -> bool:
    return len(text) <= _LONGEST and bool(_CAPTION.match(text) or text.endswith(":") or text.isupper())


def _taken(holder: Node, nodes: list[Node]) -> Reading:
    nodes.pop()
    last = holder.children.pop()
    holder.recount()
    return last.text
