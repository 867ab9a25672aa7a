"""Our own text cut into sentences, each with the numbers in brackets that it cites: "… đạt 65% [1][2]."

`corpus.sentences` knows where Vietnamese may be cut; here a bracket that follows the full stop goes back to
the sentence it speaks for, and the markers of a list are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.sentences import sentence_spans

_CITED = re.compile(r"\s*\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_LEADING = re.compile(rf"(?:{_CITED.pattern})+")
_MARKER = re.compile(r"\s*(?:[-+*•]|\d{1,2}[.)]|[a-zđ]\))\s+")


def cited_sentences(text: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The sentences of `text` in order, brackets and list markers taken out, with what they cite."""
    found: list[tuple[str, tuple[int, ...]]] = []
    for start, end in sentence_spans(text):
        piece = text[start:end]
        behind = _LEADING.match(piece)
        if behind and found and "\n" not in text[:start][-2:]:
            said, cited = found[-1]
            found[-1] = said, _once((*cited, *_numbers(behind[0])))
            piece = piece[behind.end() :]
        said = " ".join(
            _CITED.sub("", _MARKER.sub("", piece, count=1) if _MARKER.match(piece) else piece).split()
        )
        if any(map(str.isalnum, said)):
            found.append((said, _once(tuple(_numbers(piece)))))
    return tuple(found)


def _numbers(text: str) -> Iterator[int]:
    for bracket in _CITED.findall(text):
        yield from map(int, re.findall(r"\d+", bracket))


def _once(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers))
