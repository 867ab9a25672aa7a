"""Rare words a question shares with its evidence: with too many of them a set is won by looking words up.

A word is a syllable as it is written: a compound of common syllables is not rare. It is rare when it
stands in at most RARE provisions of the documents held. Figures and names are excepted. A word is a name
where it is written with a capital

- after a letter, a digit or a comma, in a line that is not all capitals ("khu du lịch Mẫu Sơn"),
- in two or more capitals anywhere in such a line ("(IUGS)"), or
- once anywhere in such a line, when the documents write it as in the first case and never without a capital.

A question typed without marks, or with half of them, is compared with marks left out on both sides.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.document import Document
from corpus.vietnamese import fold, nfc, unmarked
from eval.evidence import holders
from eval.questions import Question

RARE = 3  # provisions
_BARE_KINDS = frozenset({"no-diacritics", "half-diacritics"})
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line; figures and what is glued to them are none."""

    text: str  # as written
    inside: bool  # follows a letter, a digit or a comma: a capital is not owed to its place
    shouted: bool  # stands in a line of capitals alone


class Vocabulary:
    """The words of all provisions: how many hold each, and which are names."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        texts = [node.own_text for document in documents.values() for node in document.root.walk()]
        written = [tuple(words(text)) for text in texts]
        self._spread = {form: _spread(written, form) for form in (fold, unmarked)}
        self._names = _names(word for text in written for word in text)

    def shared(self, question: Question) -> frozenset[str]:
        """The rare words of the question that stand in its evidence, names and figures left out."""
        form = unmarked if question.kind in _BARE_KINDS else fold
        asked = {form(word.text) for word in words(question.question)}
        evidence = {form(word.text) for word in self._evidence(question) if not self._is_name(word)}
        return frozenset(word for word in asked & evidence if self._spread[form][word] <= RARE)

    def _evidence(self, question: Question) -> Iterator[Word]:
        """The words of the provisions that hold the evidence."""
        for gold in question.gold:
            if gold.document not in self._documents:
                continue
            for node in holders(self._documents[gold.document].root, gold):
                alone = gold.stands_in(gold.document, node.own_text)
                yield from words(node.own_text if alone else node.full_text)

    def _is_name(self, word: Word) -> bool:
        if word.text[0].islower() or word.shouted:
            return False
        short = len(word.text) > 1 and word.text.isupper()
        return word.inside or short or fold(word.text) in self._names


def words(text: str) -> Iterator[Word]:
    """The words of a text in order."""
    for line in nfc(text).split("\n"):
        for found in _WORD.finditer(line):
            before = line[: found.start()].rstrip()[-1:]
            yield Word(found[0], before.isalnum() or before == ",", line.isupper())


def _spread(texts: Iterable[Iterable[Word]], form: Callable[[str], str]) -> Counter[str]:
    """In how many texts each word stands."""
    return Counter(word for text in texts for word in {form(one.text) for one in text})


def _names(written: Iterable[Word]) -> frozenset[str]:
    """The words written with a capital inside sentences and never without one."""
    capital: dict[str, set[bool]] = defaultdict(set)
    for word in written:
        if not word.shouted and (word.inside or word.text[0].islower()):
            capital[fold(word.text)].add(not word.text[0].islower())
    return frozenset(word for word, seen in capital.items() if seen == {True})
