"""Vietnamese text: one spelling for comparing, and the way back to the text as received.

Everything here is a pure function of a string. Positions count code points, end exclusive.

The two foldings everything else builds on:

- `fold`      NFC, lower case, Đ for its look-alikes, tone marks placed the new way (hòa, thủy),
              one dash and one quotation mark: "Uỷ ban – TỈNH" and "ủy ban - tỉnh" become equal
- `unmarked`  the same without marks: "dieu", "uy ban"

`fold_with_map` gives either of them with the place of each character in the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse

# One letter, for a regular expression: Vietnamese capitals and small letters lie mixed in Unicode.
CAPITAL = "[" + "".join(filter(str.isupper, map(chr, range(0x1EFA)))) + "]"
SMALL = "[" + "".join(filter(str.islower, map(chr, range(0x1EFA)))) + "]"
NAME_WORD = rf"{CAPITAL}[^\W\d_]*"

_D_LOOKALIKES = {0xD0: "Đ", 0x189: "Đ", 0xF0: "đ", 0x256: "đ"}  # Icelandic eth, African D

_EQUAL = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣－", "-")
    | dict.fromkeys("“”„‟«»″＂", '"')
    | dict.fromkeys("‘’‚‛′`´＇", "'")
    | dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000", " ")
    | dict.fromkeys("／⁄∕", "/")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")  # invisible
    | dict.fromkeys(
        "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ""
    )  # directions
)

_TONES = "\u0300\u0301\u0309\u0303\u0323"
# A syllable that ends in oa, oe or uy with the tone on its last letter (old style); "quý" keeps it there.
_OLD_STYLE = re.compile(
    r"(?<![aeiouyăâêôơư])(?:o(?=[àáảãạèéẻẽẹ])|(?<!q)u(?=[ỳýỷỹỵ]))[àáảãạèéẻẽẹỳýỷỹỵ](?![^\W\d_])",
    re.IGNORECASE,
)

_LETTER = r"[^\W\d_]"
_SYLLABLE = re.compile(
    rf"\d+(?:[/:]\d{{4}})/{_LETTER}[^\W_]*(?:-[^\W_]+)*"  # 19/2025/NQ-HĐND, 59/2020/QH14, 02:2019/BLĐTBXH
    rf"|\d+/{_LETTER}[^\W_]*(?:-[^\W_]+)+"  # 258/KH-UBND
    rf"|\d+-{_LETTER}+[/-]{_LETTER}[^\W_]*(?:-[^\W_]+)*"  # 223-NQ/TU, 258-KH-UBND
    r"|\d+(?:[.,/:]\d+)+(?![^\W_])"  # 4.700.000, 3,5, 15/7/2025
    r"|[^\W_]+"
)

# What Latin-1 holds and Vietnamese spelling does not: the letters of TCVN3 and VNI fonts read as Unicode.
_LEGACY = re.compile("[µ¸¶·¹¨»¾¼½Æ©ÇË®ÎÏÑªÖ×ØÜÞßäå«æçëîïñ¬öøûüþÿ¡¢£¤¥¦§ÄÅÛ]")
_UNICODE_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9\u0300-\u0323]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the index in the original it comes from."""

    text: str
    offsets: tuple[int, ...]  # one entry a character of `text`, never falling
    original_length: int
    ends: tuple[int, ...]  # where in the original each character's source ends

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original, trailing combining marks included.

        Raises ValueError when the stretch is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such stretch: {start}:{end} of {len(self.text)}")
        return self.offsets[start], self.ends[end - 1]


def nfc(text: str) -> str:
    """Composed form, with the look-alikes of Đ (U+00D0 and others) replaced by Đ itself."""
    return unicodedata.normalize("NFC", text).translate(_D_LOOKALIKES)


def tone_placement(text: str) -> str:
    """Old style hoà, khoẻ, Uỷ → new style hòa, khỏe, Ủy; composed, same length as `nfc(text)`.

    Only where oa, oe, uy end the syllable: quý, quỳnh, hoàn, khuỷu stay as they are.
    """
    return _OLD_STYLE.sub(_move_tone, nfc(text))


def fold(text: str) -> str:
    """`text` for comparing: see the module docstring."""
    return fold_with_map(text, marks=True).text


def unmarked(text: str) -> str:
    """`fold(text)` without marks, đ as d; as long as `nfc(text)` for ordinary text."""
    return fold_with_map(text, marks=False).text


def fold_with_map(text: str, *, marks: bool) -> Folded:
    """`fold(text)` (marks kept) or `unmarked(text)` with the way back to `text`, which may be NFD."""
    plain = _one_for_one(text, marks)
    if plain is not None:
        folded = _OLD_STYLE.sub(_move_tone, plain) if marks else plain
        return Folded(folded, tuple(range(len(text))), len(text), tuple(range(1, len(text) + 1)))
    letters: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for letter in _folded_cluster(text[start:end], marks):
            letters.append(letter)
            offsets.append(start)
            ends.append(end)
    folded = "".join(letters)
    if marks:
        folded = _OLD_STYLE.sub(_move_tone, folded)  # keeps the length, so the map holds
    return Folded(folded, tuple(offsets), len(text), tuple(ends))


def syllables(text: str) -> list[str]:
    """Runs of letters and digits, composed, case kept.

    Numbers (4.700.000, 3,5, 15/7/2025) and document numbers (19/2025/NQ-HĐND, 223-NQ/TU) are one each.
    """
    return _SYLLABLE.findall(nfc(text))


def looks_like_tcvn3(text: str) -> bool:
    """Whether `text` was typed for a TCVN3 or VNI font ("Céng hoµ x· héi", "Coäng hoøa xaõ hoäi")."""
    words = [word for word in text.split() if any(map(str.isalpha, word))]
    if _UNICODE_VIETNAMESE.search(text):
        return False
    strange = sum(1 for word in words if _LEGACY.search(word))
    return strange >= 2 and strange / len(words) >= 0.25


def has_marks_ratio(text: str) -> float:
    """Share of the syllables that carry a mark or đ, 0 to 1; ordinary Vietnamese has about 0.8."""
    words = [word for word in syllables(text) if any(map(str.isalpha, word))]
    marked = sum(1 for word in words if unmarked(word) != word.casefold())
    return marked / len(words) if words else 0.0


def _one_for_one(text: str, marks: bool) -> str | None:
    """A composed text folded letter by letter, or None where a letter becomes none or several."""
    if not (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return None
    letters = list(map(_LETTERS[marks].__getitem__, text))
    folded = "".join(letters)
    return folded if len(folded) == len(text) and "" not in letters else None


def _clusters(text: str) -> list[tuple[int, int]]:
    """Spans of a character with the combining marks (or Hangul vowels and finals) that follow it."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return [(place, place + 1) for place in range(len(text))]
    starts = [place for place, letter in enumerate(text) if place == 0 or not _joins(letter)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _joins(letter: str) -> bool:
    return unicodedata.combining(letter) > 0 or "\u1160" <= letter <= "\u11ff"


@lru_cache(maxsize=8192)
def _folded_cluster(cluster: str, marks: bool) -> str:
    folded = nfc(nfc(cluster).translate(_EQUAL).casefold())
    if marks:
        return folded
    bare = filterfalse(unicodedata.combining, unicodedata.normalize("NFD", folded))
    return unicodedata.normalize("NFC", "".join(bare)).replace("đ", "d")


class _Letters(dict[str, str]):
    """Letter → the same folded; filled as letters are met."""

    def __init__(self, marks: bool) -> None:
        self._marks = marks

    def __missing__(self, letter: str) -> str:
        folded = self[letter] = _folded_cluster(letter, self._marks)
        return folded


_LETTERS = {marks: _Letters(marks) for marks in (True, False)}


def _move_tone(found: re.Match[str]) -> str:
    decomposed = unicodedata.normalize("NFD", found[0])  # three characters: o, a, tone
    return unicodedata.normalize("NFC", decomposed[0] + decomposed[2]) + decomposed[1]
