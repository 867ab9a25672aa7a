"""What BM25 reads: of a passage its text and its headings, and what was written down about it.

Each field is an index of its own, so that long headings never drown a short text. A question is cut
the way the field was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from corpus.document import Passage
from corpus.enrichment import Enrichment
from corpus.vietnamese import fold, syllables
from retriever.quantities import canonical, number

_CHINESE = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")


def by_syllable(text: str) -> list[str]:
    """Folded syllables, each with the next as well; of Chinese every two characters that stand together.

    Most Vietnamese words have two syllables, and a pair says much more than its halves. Plain numbers stand
    for their value ("08" is "8"), and after the syllables come the amounts, dates and roads of the text in
    one writing each (`canonical`).
    """
    folded = fold(text)
    found: list[str] = []
    for syllable in syllables(folded):
        for run in _CHINESE.findall(syllable):
            chinese = "\u3400" <= run[0] <= "\u9fff" and len(run) > 1
            found += [run[at : at + 2] for at in range(len(run) - 1)] if chinese else [number(run)]
    return [*found, *("_".join(pair) for pair in pairwise(found)), *canonical(folded)]


def run_of(word: str) -> str:
    """The token that tells most of a word: of two syllables the pair; "" for no word."""
    return max(by_syllable(word), key=len, default="")


def headings(passage: Passage) -> str:
    """What stands above a passage."""
    return " . ".join(passage.path)


def asked_of(enrichments: Iterable[Enrichment]) -> str:
    """Everything that was written down about a passage's provisions."""
    return " . ".join(part for each in enrichments for part in (*each.sentences, *each.words))
