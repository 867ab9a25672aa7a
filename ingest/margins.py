"""The text around a document's body: its head, its foot, and its whole wording, as plain lines.

Line ends are those of the file, so that two columns of a letterhead can still be told apart.
Every character folds to exactly one: positions in `unmarked(text)` are positions in `text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.address import Level
from corpus.document import Document, Provision, Role
from corpus.vietnamese import fold, nfc, unmarked

_HEAD_LIMIT = 6000  # characters
_LAST_LINES = 40  # where the structure told no signature apart
_STAMPS = {"du thao": "dự thảo", "mat": "mật", "toi mat": "tối mật", "tuyet mat": "tuyệt mật"}
_PARTS_OF_HEAD = (Role.HEAD, Role.TABLE, Role.FOOTNOTE)


def head_text(document: Document) -> str:
    """What stands before the preamble or the first unit."""
    after = (
        span[0]
        for node in document.root.children
        if node.role not in _PARTS_OF_HEAD and (span := _span(node)) is not None
    )
    return _plain(document, 0, min(next(after, _HEAD_LIMIT), _HEAD_LIMIT))


def stamps(document: Document) -> tuple[str, ...]:
    """Stamps in the head that speak against adding the document: "dự thảo", "mật"."""
    lines = (re.sub(r"[\s\d]+", " ", line).strip(" .:*()") for line in head_text(document).splitlines())
    return tuple(dict.fromkeys(_STAMPS[bare] for line in lines if (bare := unmarked(line)) in _STAMPS))


def foot_text(document: Document) -> str:
    """Recipients and signature of the instrument itself; the end of its text where neither was told apart."""
    own = [node for node in document.root.children if not _annexed(node)]
    feet = [node for node in own if node.role in (Role.RECIPIENTS, Role.SIGNATURE)]
    spans = [span for node in feet or own[-1:] if (span := _span(node)) is not None]
    if not spans:
        return ""
    text = _plain(document, min(start for start, _ in spans), max(end for _, end in spans))
    return text if feet else "\n".join(text.splitlines()[-_LAST_LINES:])


def whole_text(document: Document) -> str:
    """The whole original."""
    return _plain(document, 0, len(document.original))


def provisions(document: Document) -> Iterator[Provision]:
    """The provisions of the instrument itself: no annex, nothing it puts into another instrument."""
    for child in document.root.children:
        if not _annexed(child):
            yield from _unquoted(child)


def recased(printed: str, text: str) -> str:
    """A name printed in capitals as `text` writes it elsewhere; as printed where it does so nowhere."""
    words = [re.escape(word) for word in fold(printed).split()]
    if not printed.isupper() or not words:
        return printed
    for found in re.finditer(r"\s+".join(words), fold(text)):
        written = " ".join(text[found.start() : found.end()].split())
        if not written.isupper():
            return written[0].upper() + written[1:]
    return printed


def _annexed(node: Provision) -> bool:
    return any(unit.level is Level.ANNEX for unit in node.address.units)


def _unquoted(node: Provision) -> Iterator[Provision]:
    if node.role is not Role.QUOTED:
        yield node
        for child in node.children:
            yield from _unquoted(child)


def _span(node: Provision) -> tuple[int, int] | None:
    spans = [
        reading.span
        for below in node.walk()
        for reading in (below.marker, below.heading, below.text)
        if reading.span is not None
    ]
    return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else None


def _plain(document: Document, start: int, end: int) -> str:
    """The original without what was dropped, each character such that it folds to one."""
    original = document.original
    said: list[str] = []
    position = start
    for gap in document.dropped:
        if position <= gap.start and gap.end <= end and not original[gap.start : gap.end].isspace():
            said.append(original[position : gap.start])
            position = gap.end
    text = nfc("".join((*said, original[position:end])))
    return "".join(letter for letter in text if letter in "\n\f" or len(unmarked(letter)) == 1)
