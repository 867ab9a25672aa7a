"""Spaces that a PDF tool put inside words, beside letters that it drew from another font: "ĐIỀ U".

A space goes where what it parts is no syllable and what it would join is one, and only at a letter that
Vietnamese does not share with its neighbours (ề, ơ, đ): two true words are never joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.spelling import spelt
from ingest.readers.source import Line

STRAY_SPACE = "khoảng trắng thừa giữa từ"

_FRAGMENTS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)+")
_OWN = frozenset(
    "ăđơưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹĂĐƠƯ"
)
_ONE_LETTER_WORDS = frozenset("ở ý y ô à ạ ừ ủ ổ ì ọ ế".split())
_MOST = 4  # fragments that one syllable was torn into, at most
_LEAST = 3  # torn syllables in a file before any is mended: a lone "b ở" is a list's letter and a word
_SHARE = 0.01  # of the words of the file


def stray_spaces(lines: Sequence[Line]) -> frozenset[int]:
    """Places in the original of the spaces to leave out; none where only a few words look torn."""
    words, torn = 0, 0
    places: list[int] = []
    for line in lines:
        words += len(line.text.split())
        for start, gaps in _torn(line.text):
            torn += 1
            places += [line.start + start + gap for gap in gaps]
    return frozenset(places) if torn >= max(_LEAST, _SHARE * words) else frozenset()


def _torn(text: str) -> Iterator[tuple[int, list[int]]]:
    """Where a torn syllable begins, and the places of the spaces in it."""
    for run in _FRAGMENTS.finditer(text):
        fragments = run[0].split(" ")
        place, first = run.start(), 0
        while first < len(fragments):
            count = _joined(fragments[first : first + _MOST])
            if count > 1:
                lengths = [len(fragment) for fragment in fragments[first : first + count]]
                yield place, [sum(lengths[: index + 1]) + index for index in range(count - 1)]
            place += sum(len(fragment) + 1 for fragment in fragments[first : first + count])
            first += count


def _joined(fragments: Sequence[str]) -> int:
    """How many of the fragments, from the first, are one torn syllable; 1 where the first stands alone."""
    for count in range(len(fragments), 1, -1):
        parts = fragments[:count]
        if _belong(parts) and spelt("".join(parts)) and not all(map(_word, parts)):
            return count
    return 1


def _word(part: str) -> bool:
    return part.lower() in _ONE_LETTER_WORDS if len(part) == 1 else spelt(part)


def _belong(parts: Sequence[str]) -> bool:
    """Whether every space stands at a letter of Vietnamese's own, and the case goes on."""
    word = "".join(parts)
    return (word.isupper() or word[1:].islower()) and all(
        left[-1] in _OWN or right[0] in _OWN for left, right in pairwise(parts)
    )
