"""What the words around a citation give it: "Nghị quyết nêu trên", and words quoted from another instrument.

"… Nghị quyết số 82/NQ-CP …; Điều 2 Nghị quyết nêu trên"        the resolution named before
"Sửa đổi Điều 5 Nghị định A như sau: “… khoản 2 Điều 7 …”"       Điều 7 of Nghị định A
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.vietnamese import nfc

if TYPE_CHECKING:
    from corpus.citation import Citation
    from corpus.instruments import Instrument

_ANNOUNCED = re.compile(r"như\s+sau\s*:\s*(?P<mark>[“\"])", re.IGNORECASE)
_CHANGES = re.compile(r"(?:sửa\s+đổi|bổ\s+sung|thay\s+thế|bãi\s+bỏ|hủy\s+bỏ)[^“”\".;:]*$", re.IGNORECASE)
_CHANGED = re.compile(r"[^“”\".;:]{0,80}?như\s+sau\s*:\s*[“\"]", re.IGNORECASE)


def with_meanings(text: str, found: Sequence[Citation]) -> tuple[Citation, ...]:
    """`found`, in the order of `text`, each with the instrument that the words around it give."""
    if not found:
        return ()
    composed = text if text.isascii() else nfc(text)
    text = composed if len(composed) == len(text) else text  # else positions would differ
    quoted = _Quoted(text)
    named: dict[str, Citation] = {}
    last: Citation | None = None
    told: list[Citation] = []
    for citation in found:
        instrument, inside = citation.instrument, quoted.start_of(citation)
        if instrument is not None and not (instrument.this or instrument.above):
            told.append(citation)
            if instrument.type and inside is None:
                named[instrument.type] = last = citation
            continue
        meant: Instrument | None = None
        changed = instrument is None and _is_changed(text, citation)
        if instrument is not None and instrument.above:
            meant = _meant(instrument, named)
        elif changed or inside is not None:
            meant = last.instrument if last is not None else None
        if inside is not None and not changed:
            changed = meant is not None or (bool(told) and told[-1].changed)
        told.append(replace(citation, meant=meant, changed=changed) if meant or changed else citation)
    return tuple(told)


def _is_changed(text: str, citation: Citation) -> bool:
    """Whether it is what an amending text changes: "Sửa đổi khoản 2 Điều 5 như sau: “…”"."""
    start, end = citation.span
    return (
        _CHANGED.match(text, end) is not None
        and _CHANGES.search(text[max(0, start - 60) : start]) is not None
    )


def _meant(above: Instrument, named: dict[str, Citation]) -> Instrument | None:
    """The last one named before of that type."""
    before = named.get(above.type or "")
    return before.instrument if before is not None else None


class _Quoted:
    """The stretches of a text that are put into another instrument: behind "như sau:", in quotation marks."""

    def __init__(self, text: str) -> None:
        self._spans = _quoted_spans(text)
        self._starts = [start for start, _ in self._spans]

    def start_of(self, citation: Citation) -> int | None:
        """Where the quotation that holds a citation begins, or None."""
        place = bisect_right(self._starts, citation.span[0]) - 1
        if place < 0 or citation.span[0] >= self._spans[place][1]:
            return None
        return self._starts[place]


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    end = 0
    for found in _ANNOUNCED.finditer(text):
        if found.start() < end:
            continue
        end = _closing(text, found.end("mark"), found["mark"])
        spans.append((found.end("mark"), end))
    return spans


def _closing(text: str, start: int, mark: str) -> int:
    """Where a quotation ends; quotations may stand inside one another."""
    depth = 1
    for found in re.compile("[“”]" if mark == "“" else '"').finditer(text, start):
        depth += 1 if found[0] == "“" else -1
        if depth == 0:
            return found.start()
    return len(text)
