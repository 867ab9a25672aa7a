"""Patterns written with marks that also read what was typed without any."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from answer.kinds import without_marks
from corpus.vietnamese import fold, nfc, unmarked


@dataclass(frozen=True, slots=True)
class Marked:
    """A pattern over folded text; a text without a single mark is compared without them."""

    marked: re.Pattern[str]
    bare: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        """As re.search on the folded text, whose places are those of a composed text."""
        return self._of(text).search(fold(text))

    def match(self, text: str) -> re.Match[str] | None:
        """As re.match on the folded text."""
        return self._of(text).match(fold(text))

    def all(self, text: str) -> list[re.Match[str]]:
        """Every match in the folded text."""
        return list(self._of(text).finditer(fold(text)))

    def _of(self, text: str) -> re.Pattern[str]:
        return self.bare if is_bare(text) else self.marked


def marked(pattern: str, bare: str | None = None) -> Marked:
    """`bare`: where a pattern without marks must say more than the same without them."""
    return Marked(re.compile(pattern), re.compile(without_marks(pattern if bare is None else bare)))


def is_bare(text: str) -> bool:
    """Whether a text carries no mark at all."""
    return fold(text) == unmarked(text)


def visible(text: str) -> str:
    """`text` composed, without the characters that show nothing: joiners, marks of direction."""
    return "".join(letter for letter in nfc(text) if unicodedata.category(letter) not in ("Cf", "Cs"))


def folds_in_place(text: str) -> bool:
    """Whether places in `fold(text)` are places in `text`."""
    return len(fold(text)) == len(text)
