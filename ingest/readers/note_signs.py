"""Signs of footnotes that a recogniser took for a quotation mark or a bracket: "phường'." is "phường¹.".

A page whose foot carries footnotes shows a sign for each. Where none can be read, and as many signs close
something that was never opened, those are the signs, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from ingest.readers.paging import Placed
from ingest.superscript import RAISED

_BODY = re.compile(r"([1-9][0-9]?)\s+[^\W\d]")
_GLUED = re.compile(r"(?<=[^\W\d])([¹²³⁴⁵⁶⁷⁸⁹⁰]+|[1-9][0-9]?)(?=[\s.,;:]|$)")
_ODD = re.compile(r"(?<=[^\W\d])(?:[!?*°'‘’´`]['‘’´`*°]?|[)”\"])(?=[.,;:]|\s|$)")
_OPENED_BY = {")": "(", "”": "“", '"': '"'}
_SMALL = 0.9  # of the print of the page


def with_note_signs(page: Sequence[Placed]) -> list[Placed]:
    """The lines of a recognised page, with the signs of its footnotes where they can be told."""
    lines = list(page)
    foot = _foot(lines)
    numbers = [int(found[1]) for text, _ in lines[foot:] if (found := _BODY.match(text))]
    numbers = [number for place, number in enumerate(numbers) if number == numbers[0] + place]
    body = [text for text, _ in lines[:foot]]
    if not numbers or any(_GLUED.search(text) for text in body):
        return lines
    odd = list(_odd(body))
    if len(odd) != len(numbers):
        return lines
    for number, (place, start, end) in reversed(list(zip(numbers, odd, strict=True))):
        text, box = lines[place]
        lines[place] = (text[:start] + str(number).translate(RAISED) + text[end:], box)
    return lines


def _foot(lines: Sequence[Placed]) -> int:
    """Where the small print at the foot of the page begins."""
    sizes = [box.size for text, box in lines if box for _ in text]
    usual = median(sizes) if sizes else 0.0
    place = len(lines)
    for text, box in reversed(lines):
        if box is None or (box.size >= _SMALL * usual and len(text) > 3):
            break
        place -= 1
    return place


def _odd(body: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Line, start and end of every sign behind a word that closes nothing."""
    text = "\n".join(body)
    starts = [0]
    for line in body:
        starts.append(starts[-1] + len(line) + 1)
    for found in _ODD.finditer(text):
        opening = _OPENED_BY.get(found[0])
        if opening is not None and _is_open(text[: found.start()], opening, found[0]):
            continue
        place = next(index for index in range(len(body)) if starts[index + 1] > found.start())
        yield place, found.start() - starts[place], found.end() - starts[place]


def _is_open(before: str, opening: str, closing: str) -> bool:
    if opening == closing:
        return before.count(opening) % 2 == 1
    depth = 0
    for sign in before:
        depth = depth + 1 if sign == opening else max(depth - 1, 0) if sign == closing else depth
    return depth > 0
