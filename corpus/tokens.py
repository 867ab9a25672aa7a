"""Words, numbers and document numbers of a text, for the citation parsers.

The text is folded once; `text` keeps the marks and `bare` lacks them, character for character
side by side, so a regular expression on one speaks of the other. Positions are positions in the
folded text; `Tokens.span` leads back to the original.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from corpus.document_numbers import numbers_in
from corpus.vietnamese import fold, fold_with_map, nfc, unmarked

_Value = TypeVar("_Value")


def words(line: str) -> list[str]:
    """The words of a vocabulary written in one line."""
    return line.split()


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"  # digits only
    SIGN = "sign"  # one character
    INSTRUMENT = "instrument"  # a whole document number: "19/2025/nq-hđnd"
    END = "end"  # past the last token


class Token(NamedTuple):
    """One token; `text` is folded, `bare` has no marks."""

    kind: Kind
    text: str
    bare: str
    start: int
    end: int
    spaced: bool  # white space, or nothing, stands before it
    capital: bool  # the first letter is a capital in the original
    number: str = ""  # of an INSTRUMENT: as an official prints it

    def says(self, word: str) -> bool:
        """Whether it is `word`, or `word` typed wholly without marks."""
        return self.text == word or (self.text == self.bare and self.bare == _bare(word))


class Words:
    """A set of words, asked for a token as `Token.says` would be."""

    def __init__(self, said: Iterable[str]) -> None:
        self._marked = frozenset(said)
        self._bare = frozenset(map(_bare, self._marked))

    def __contains__(self, token: object) -> bool:
        return isinstance(token, Token) and (
            token.text in self._marked or (token.text == token.bare and token.bare in self._bare)
        )


class Phrases(Generic[_Value]):
    """Phrases (folded, marks written) and what each stands for; the first that fits is taken."""

    def __init__(self, phrases: Iterable[tuple[str, _Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], _Value]]] = {}
        self.openers: set[str] = set()  # the first words
        for phrase, value in phrases:
            said = tuple(phrase.split())
            self.openers.add(said[0])
            self._by_first.setdefault(_bare(said[0]), []).append((said, value))

    def at(self, tokens: Tokens, index: int) -> tuple[_Value, int] | None:
        """The value of the phrase that stands at `index` and the index after it, else None."""
        for said, value in self._by_first.get(tokens[index].bare, ()):
            if all(tokens[index + place].says(word) for place, word in enumerate(said)):
                return value, index + len(said)
        return None


def phrase_set(*phrases: str) -> Phrases[None]:
    """Phrases that all stand for the same."""
    return Phrases((phrase, None) for phrase in phrases)


_END = Token(Kind.END, "", "", 0, 0, True, False)
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_¹²³⁰-₉¼-¾]+)|(?P<number>\d+)|(?P<sign>\S)"
)  # a footnote sign is no letter
_KINDS = {"word": Kind.WORD, "number": Kind.NUMBER, "sign": Kind.SIGN}


class Tokens:
    """The tokens of a text; an index past either end gives a token of kind END."""

    def __init__(self, original: str) -> None:
        self._folded = fold_with_map(original, marks=True)
        self.original = original
        self.text = self._folded.text
        self.bare = "".join(map(_BARE_LETTERS.__getitem__, self.text))
        self._tokens = list(self._cut())
        self._starts = [token.start for token in self._tokens]
        self._count = len(self._tokens)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> Token:
        return self._tokens[index] if 0 <= index < self._count else _END

    def __iter__(self) -> Iterator[Token]:
        return iter(self._tokens)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span of a stretch of the folded text."""
        return self._folded.source_span(start, end)

    def written(self, start: int, end: int) -> str:
        """The original's text of a stretch of the folded text, composed, white space made single."""
        first, last = self.span(start, end)
        return " ".join(nfc(self.original[first:last]).split())

    def phrase(self, index: int, said: str) -> int | None:
        """The index after `said` (folded, marks written) where it stands at `index`, else None."""
        for word in said.split():
            if not self[index].says(word):
                return None
            index += 1
        return index

    def match(self, index: int, pattern: re.Pattern[str]) -> tuple[re.Match[str], int] | None:
        """`pattern` on the bare text at a token, and the index of the first token after the match."""
        if index >= self._count:
            return None
        found = pattern.match(self.bare, self[index].start)
        return (found, self.index_at(found.end())) if found else None

    def index_at(self, position: int) -> int:
        """The index of the first token that starts at or after `position`."""
        return bisect_left(self._starts, position)

    def opens_line(self, index: int) -> bool:
        """Whether a token is the first of a line that is not the text's first."""
        between = self.text[self[index - 1].end : self[index].start] if index else ""
        return "\n" in between

    def is_upper(self, start: int, end: int) -> bool:
        """Whether every letter of a stretch is a capital in the original."""
        first, last = self.span(start, end)
        return self.original[first:last].isupper()

    def _cut(self) -> Iterator[Token]:
        position = 0
        for start, end, printed in numbers_in(self.text, self.bare, self.is_upper):
            yield from self._plain(position, start)
            spaced = start == 0 or self.text[start - 1].isspace()
            yield Token(
                Kind.INSTRUMENT,
                self.text[start:end],
                self.bare[start:end],
                start,
                end,
                spaced,
                False,
                printed,
            )
            position = end
        yield from self._plain(position, len(self.text))

    def _plain(self, start: int, end: int) -> Iterator[Token]:
        text, bare, offsets, original = self.text, self.bare, self._folded.offsets, self.original
        for found in _TOKEN.finditer(
            text, start, end
        ):  # the innermost loop of all: no calls that can be spared
            low, high = found.span()
            kind = _KINDS[found.lastgroup or "sign"]
            spaced = low == 0 or text[low - 1].isspace()
            capital = original[offsets[low]].isupper()
            yield Token(kind, text[low:high], bare[low:high], low, high, spaced, capital)


@lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    return unmarked(fold(word))


class _BareLetters(dict[str, str]):
    """Letter → the same without marks, one for one; filled as letters are met."""

    def __missing__(self, letter: str) -> str:
        bare = unmarked(letter)
        if len(self) > 65536:  # the letters of a hostile text are not kept for ever
            self.clear()
        self[letter] = bare if len(bare) == 1 else letter
        return self[letter]


_BARE_LETTERS = _BareLetters()
