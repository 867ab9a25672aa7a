"""What stands on every sheet and belongs to no text: page numbers, running heads."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ingest.markers import marker_of
from ingest.readers.source import Box, Line

PAGE_NUMBER = "số trang"
RUNNING_HEAD = "đầu trang, chân trang lặp lại"

# "5", "- 5 -", "5/31", "Trang 5", "Trang 5/31", "[5]"
_NUMBER = re.compile(r"[-–—\[(|.\s]*(?:[Tt]rang\s*)?([0-9]{1,4})(?:\s*(?:/|trên)\s*[0-9]{1,4})?[-–—\])|.\s]*")
_LONGEST_NUMBER = 14  # characters
_MISREAD = 5  # characters that a page number may have been taken for
_REPEATED = 3  # pages that carry a running head, at least
_SHARE = 0.5  # of the pages of its parity: left and right pages may differ
_EDGE_LINES = 2  # so many lines from the top or the bottom are looked at


def furniture(lines: Sequence[Line]) -> Mapping[int, str]:
    """Why a line is no text, by its start in the original; only for files with pages."""
    pages: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if line.page is not None and line.text.strip():
            pages[line.page].append(line)
    edges = {page: (_by_height(found)) for page, found in pages.items()}
    dropped: dict[int, str] = {}
    heads = _running_heads(edges)
    places = _places(edges)
    for page, ordered in edges.items():
        for side in (ordered[:_EDGE_LINES], ordered[::-1][:_EDGE_LINES]):
            for line in side:
                if _numbers_page(line, page, len(pages)) or _stands_in(line, places):
                    dropped[line.start] = PAGE_NUMBER
                elif _skeleton(line) in heads:
                    dropped[line.start] = RUNNING_HEAD
                else:
                    break
    return dropped


def page_number(text: str) -> float:
    """The number of its page where a line could be nothing else, infinite where it says more."""
    found = _NUMBER.fullmatch(text) if len(text.strip()) <= _LONGEST_NUMBER else None
    return int(found[1]) if found else math.inf


def _by_height(lines: Sequence[Line]) -> list[Line]:
    """From the top down; as drawn where the file does not say where lines stand."""
    return sorted(lines, key=lambda line: line.box.base if line.box else 0.0)


def _numbers_page(line: Line, page: int, pages: int) -> bool:
    number = page_number(line.text)
    # A part of a larger file goes on counting; a year alone on a line is no page number.
    return number < 1000 or abs(number - page) <= pages


def _places(edges: Mapping[int, Sequence[Line]]) -> Sequence[Box]:
    """Where most pages carry their number, if at one place."""
    found = [
        line.box
        for page, ordered in edges.items()
        for line in _outermost(ordered)
        if line.box and _numbers_page(line, page, len(edges))
    ]
    usual = [box for box in found if sum(_near(box, other) for other in found) > _SHARE * len(edges)]
    return usual[:1] if len(edges) >= _REPEATED else []


def _stands_in(line: Line, places: Sequence[Box]) -> bool:
    """Whether a few letters stand where the page numbers do: one that was misread."""
    return len(line.text) <= _MISREAD and line.box is not None and any(_near(line.box, box) for box in places)


def _near(box: Box, other: Box) -> bool:
    middle = abs(box.left + box.right - other.left - other.right) / 2
    return abs(box.base - other.base) < other.size and middle < _MISREAD * other.size / 2


def _running_heads(edges: Mapping[int, Sequence[Line]]) -> frozenset[str]:
    """What stands first or last on many pages, numbers apart."""
    counts: Counter[str] = Counter()
    for ordered in edges.values():
        counts.update({_skeleton(line) for line in _outermost(ordered)})
    least = max(_REPEATED, _SHARE * len(edges) / 2)
    return frozenset(
        text for text, count in counts.items() if count >= least and len(text) > 2 and not marker_of(text)
    )


def _outermost(ordered: Sequence[Line]) -> Iterator[Line]:
    yield from ordered[:_EDGE_LINES]
    yield from ordered[-_EDGE_LINES:]


def _skeleton(line: Line) -> str:
    return re.sub(r"[0-9]+", "0", " ".join(line.text.split()))
