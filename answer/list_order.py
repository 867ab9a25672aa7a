"""The items of a list in the order a text has them: "gồm C, A và B" as "gồm A, B và C".

The order of a list says nothing, unless the sentence goes through two lists "lần lượt". Only the items change
places: each must stand word for word in the text, next to the others, so that none comes from another list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from answer.conjuncts import IN_TURN
from corpus.vietnamese import CAPITAL, fold

# a list is parted by semicolons or by commas: what has both has items with parts of their own
_SEAMS = (
    re.compile(r";\s+(?:và\s+|hoặc\s+)?"),
    re.compile(r",\s+(?:và\s+|hoặc\s+)?|\s+và\s+|\s+hoặc\s+"),
)
_MOST = 30  # seams of a sentence that are looked at
# what is said of the item before it, parted by the sign that parts a list
_OF_ONE = re.compile(rf"\b(?:tại|ở|thuộc)\b|^(?:xã|phường|thị trấn|thôn)\s{CAPITAL}")
_APART = 60  # characters that may stand between two items, others of the list
_OTHERS = re.compile(r"[:.]\s|\b(?:trong đó|gồm|còn|các|những)\b")
_YEAR = re.compile(r"\bnăm \d{4}\b")
_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"\S+")

Span = tuple[int, int]


def in_their_order(sentence: str, text: str) -> str | None:
    """The sentence with the items of its longest list in another order as they follow each other in `text`.

    None where there is no such list.
    """
    if IN_TURN.search(sentence):
        return None
    folded = fold(text)
    for seam in _SEAMS:
        seams = [found.span() for found in seam.finditer(sentence)][:_MOST]
        for count in range(len(seams), 0, -1):
            for first in range(len(seams) - count + 1):
                items = _items(sentence, seams, first, count, folded)
                places = items and _places(sentence, items, folded)
                if items and places and places != sorted(places) and not _belongs(sentence, items, seam):
                    return _moved(sentence, items, places)
    return None


def _belongs(sentence: str, items: Sequence[Span], seam: re.Pattern[str]) -> bool:
    """Whether something among the items says where one of them is: only semicolons part such a list."""
    return seam is not _SEAMS[0] and any(_OF_ONE.search(sentence[low:high]) for low, high in items[1:])


def _items(
    sentence: str, seams: Sequence[Span], first: int, count: int, folded: str
) -> tuple[Span, ...] | None:
    """The spans of the items around `count` seams from `first` on, the outer ones as long as may be.

    Without the sign that ends the last of them.
    """
    run = seams[first : first + count]
    low = seams[first - 1][1] if first else 0
    high = seams[first + count][0] if first + count < len(seams) else len(sentence)
    inner = [(one[1], other[0]) for one, other in pairwise(run)]
    if not all(fold(sentence[a:b]) in folded for a, b in inner):
        return None
    starts = [low + word.start() for word in _WORD.finditer(sentence[low : run[0][0]])]
    ends = [run[-1][1] + word.end() for word in _WORD.finditer(sentence[run[-1][1] : high])]
    ends = [low + len(sentence[low:end].rstrip(".;,")) for low, end in ((run[-1][1], end) for end in ends)]
    begin = next((at for at in starts if _stands(sentence[at : run[0][0]], folded)), None)
    end = next((at for at in reversed(ends) if _stands(sentence[run[-1][1] : at], folded)), None)
    if begin is None or end is None:
        return None
    return ((begin, run[0][0]), *inner, (run[-1][1], end))


def _stands(item: str, folded: str) -> bool:
    return next(_starts(fold(item), folded), None) is not None


def _places(sentence: str, items: Sequence[Span], folded: str) -> list[int] | None:
    """Where the items stand in the text; None where they do not stand together."""
    said = [fold(sentence[low:high]) for low, high in items]
    if len(set(said)) < len(said) or len({bool(_FIGURE.search(_YEAR.sub("", each))) for each in said}) > 1:
        return None  # a figure beside a name is said of it
    for start in _starts(said[0], folded):
        places = [_nearest(each, start, folded) for each in said]
        spans = sorted((place, place + len(each)) for place, each in zip(places, said, strict=True))
        if all(_together(folded, one, other) for one, other in pairwise(spans)):
            return places
    return None


def _starts(item: str, folded: str) -> Iterator[int]:
    return (found.start() for found in re.finditer(rf"(?<!\w){re.escape(item)}(?!\w)", folded))


def _nearest(item: str, to: int, folded: str) -> int:
    return min(_starts(item, folded), key=lambda place: abs(place - to), default=-1)


def _together(folded: str, one: Span, other: Span) -> bool:
    """Whether two items follow each other in one list."""
    if one[0] < 0 or other[0] < one[1]:
        return False
    between = folded[one[1] : other[0]]
    joined = bool(re.match(r"[,;…]|\.{3}|\s+(?:và|hoặc)\b", between)) and not (
        between[0] == "," and ";" in between
    )
    return joined and len(between) <= _APART and not _OTHERS.search(between)


def _moved(sentence: str, items: Sequence[Span], places: Sequence[int]) -> str:
    """The items in the order of their places, the signs between them as they were."""
    said = [sentence[low:high] for low, high in items]
    order = [item for _, item in sorted(zip(places, said, strict=True))]
    made, position = "", 0
    for (low, high), item in zip(items, order, strict=True):
        made += sentence[position:low] + item
        position = high
    return made + sentence[position:]
