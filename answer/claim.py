"""One word, figure, time or number of a text, with how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from answer.claim_words import Bound


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    FIGURE = "figure"
    TIME = "time"  # a year, a period, a date
    NUMBER = "number"  # of a document
    CODE = "code"  # "4A", "Điều 66": a figure that counts nothing


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `key` is what it says, the rest how it says it."""

    kind: Kind
    key: str
    start: int  # in the folded text
    end: int
    before: str  # what stands between the token before and this one: signs, white space
    capital: bool = False
    first: bool = False  # of the text or of a sentence: a capital means nothing there
    node: bool = True  # carries meaning of its own: must stand in the source, in its place
    bounds: frozenset[Bound] = frozenset()  # of a figure
    unit: str = ""  # of a figure: "%", "đồng", or nothing that measures
    per: tuple[str, ...] = ()  # of a figure: ("năm",) for "mỗi năm"
    time: str = ""  # before a time: "sau", "trước", …

    @property
    def name(self) -> bool:
        """Whether it is part of a name: a capital that no sentence begins with."""
        return self.kind is Kind.WORD and self.capital and not self.first

    @property
    def exact(self) -> bool:
        """Whether it says something that must be equal: anything but an ordinary word."""
        return self.kind is not Kind.WORD or self.name
