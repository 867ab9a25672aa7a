"""Lists that a question asks for by their length: "kể tên 12 tiểu vùng" wants names, not the number.

A text that only says how many there are does not answer; one that names about as many after saying so does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.vietnamese import fold, unmarked
from retriever.query import Query

_WORDS = ("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")  # from two on
_NUMBER = rf"(?P<digits>\d{{1,3}})|(?P<word>{'|'.join(_WORDS)})"
# A number, then what there are so many of: two syllables, the second of which may be another word's.
_COUNTED = re.compile(
    r"(?<![\w./,-])(?<!lớp )(?<!cấp )(?<!loại )(?<!số )(?<!quyết )(?<!định )(?<!hoạch )(?<!thứ )(?<!lộ )"
    rf"(?<!cả )(?:{_NUMBER})\s+(?P<noun>[^\W\d_]+(?: [^\W\d_]+)?)"
)
_NAMES_ASKED = re.compile(
    r"\b(?:kể|liệt kê|nêu|đọc)\b.{0,12}\b(?:tên|ra|đủ|hết|giúp|rõ|danh sách)\b|\bliệt kê\b|\bdanh sách\b"
    r"|\b(?:những|các)\b.*\b(?:nào|gì|đâu|ai)\b|\btên (?:là )?gì\b|\bgồm (?:những "
    r"|các )?(?:\w+ ){0,2}(?:nào|gì)\b"
    r"|\blà (?:những |các )?(?:\w+ ){0,3}(?:nào|gì)\b|\b(?:đặt|nằm|ở|tại) (?:những "
    r"|các )?(?:\w+ )?(?:nào|đâu)\b"
)
_NO_NOUN = frozenset(
    "năm tháng ngày quý giờ phút phần người triệu tỷ tỉ nghìn ngàn trăm chục đồng ha km m sao lần lượt "
    "khoản điều chương là và đến nay tới".split()
)
_ITEM = re.compile(r"[,;]| và |\(\w{1,3}\)|\n")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_MANY = 6  # names from which a list is told from other lists by its number
_SLACK = 2  # of so many names some are joined otherwise than by commas


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of a length: what it names and how many of them."""

    noun: str  # folded
    number: int

    @property
    def name(self) -> str:
        """What a note calls it."""
        return f"tên từng mục trong {self.number} {self.noun}"

    def speaks_of(self, folded: str) -> bool:
        """Whether a text speaks of such things at all."""
        return bool(re.search(rf"\b{re.escape(self.noun)}\b", folded))

    def is_counted_in(self, folded: str) -> bool:
        """Whether a text says how many there are."""
        return bool(re.search(self._numbered, folded))

    def is_in(self, folded: str, printed: str) -> bool:
        """Whether about as many names follow the noun in its sentence, or a list is opened there.

        Of many things the number must stand before them: other lists have commas too.
        """
        tails = list(self._tails(folded))
        if len(tails) >= max(2, self._least):  # each is named with its noun
            return True
        return any(
            len(_ITEM.findall(tail)) + 1 >= self._least or tail.rstrip().endswith(":") for tail in tails
        )

    @property
    def _least(self) -> int:
        return max(2, self.number - _SLACK)

    @property
    def _numbered(self) -> str:
        """A pattern: the number, as a figure or a word, and the noun near it."""
        word = f"|{_WORDS[self.number - 2]}" if self.number < len(_WORDS) + 2 else ""
        return rf"\b(?:0*{self.number}{word})\s+(?:[^\s,;.]+\s+){{0,3}}?{re.escape(self.noun)}\b"

    def _tails(self, folded: str) -> Iterator[str]:
        before = self._numbered if self.number > _MANY else rf"\b{re.escape(self.noun)}\b"
        for found in re.finditer(before, folded):
            end = _SENTENCE_END.search(folded, found.end())
            yield folded[found.end() : end.start() if end else len(folded)]


def listings(query: Query) -> Iterator[Listing]:
    """The lists that a question asks for."""
    folded = fold(query.text)
    if folded == unmarked(folded) or not _NAMES_ASKED.search(folded):
        return
    for found in _COUNTED.finditer(folded):
        first, *_ = found["noun"].split()
        number = int(found["digits"]) if found["digits"] else _WORDS.index(found["word"]) + 2
        # "năm" is a year more often than five, unless it comes first
        year = found["word"] == "năm" and found.start() > 0
        if number > 1 and first not in _NO_NOUN and not year and not _is_name(query.text, found):
            yield Listing(found["noun"], number)


def _is_name(text: str, found: re.Match[str]) -> bool:
    """Whether the number or its noun is part of a name: "Ba Sơn"."""
    printed = text[found.start() : found.end()].split()
    return len(printed) > 1 and printed[1][0].isupper()
