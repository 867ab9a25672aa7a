"""How badly a page's text was read: the share of its words that no Vietnamese text holds.

No word list of the language is needed for that: Vietnamese syllables have few shapes, and misread letters,
wrong encodings and letters of a fallback font gone astray break them at once. Names, numbers, English words,
abbreviations and document numbers are let through.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from corpus.document import Page
from corpus.spelling import spelt
from corpus.vietnamese import nfc
from ingest.readers.source import Source

_LEAST_WORDS = 12  # fewer say nothing of a page

_TOKEN = re.compile(r"\S+")
_EDGES = " .,;:!?…()[]{}\"'“”‘’«»/\\|–—-+=*•●■▪➢&%°<>_~"
_JOINTS = re.compile(r"[-–—/.,:;_&+'’()\[\]…%“”\"\\|]+")
_OF_VIETNAMESE = frozenset("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")
# "Khau Slao", "Phja Pò", "Lào", "Pháp": names are strange on purpose, and begin with a capital.
_NUMBER = re.compile(r"[0-9]+(?:[.,:/x×][0-9]+)*[a-zđA-Z]{0,3}[0-9²³]?|[0-9]*[¹²³⁴⁵⁶⁷⁸⁹⁰º°][0-9]*")
_CODE = re.compile(r"(?=.*[A-ZĐ])[A-ZĐƯÔ0-9]{1,12}[a-z]{0,3}[0-9¹²³⁴-⁹]*")
_GLUED_NOTE = re.compile(r"(?<=[^\W\d])(?:[0-9]{1,2}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)$|^[¹²³⁴⁵⁶⁷⁸⁹⁰]+(?=[^\W\d])")
_LATIN = re.compile(r"[A-Za-z]+")
_NO_VOWEL = re.compile(r"[^aeiouyAEIOUY]{5,}")
_CASE_MIX = re.compile(r"[a-z][A-Z]{2,}[a-z]|[a-zà-ỹ][A-ZĐ][a-zà-ỹ]*[A-ZĐ]")
_SHORT = frozenset(
    "đ đc tđ kv kw kwh mw kg km ha m cm mm ml l tr vv tp ths ts pgs gs bs ks hs www http https com vn".split()
)


def corruption(text: str) -> float:
    """Share of the words of `text` that no Vietnamese text holds, 0 to 1; 0 for a few words only."""
    words = [token.strip(_EDGES) or token for token in _TOKEN.findall(nfc(text))]
    words = [word for word in words if not _is_sign(word)]
    if len(words) < _LEAST_WORDS:
        return 0.0
    return sum(map(_broken, words)) / len(words)


def pages(source: Source) -> tuple[Page, ...]:
    """The pages of a file with how well each was read; a file that knows none is one page."""
    numbers = sorted({line.page for line in source.lines if line.page is not None})
    if not numbers:
        return (Page(1, 0, len(source.text), corruption(source.text), scanned=False),)
    starts: dict[int, int] = {}
    for line in source.lines:
        if line.page is not None:
            starts.setdefault(line.page, line.start)
    return tuple(_page(source, number, starts) for number in numbers)


def worst(found: Sequence[Page]) -> Page | None:
    """The page that was read worst, or None."""
    return max(found, key=lambda page: page.corruption, default=None)


def _page(source: Source, number: int, starts: dict[int, int]) -> Page:
    ordered = sorted(starts.values())
    start = starts[number]
    place = bisect_right(ordered, start)
    end = ordered[place] if place < len(ordered) else len(source.text)
    return Page(number, start, end, corruption(source.text[start:end]), number in source.scanned)


def _is_sign(word: str) -> bool:
    """Bullets, dashes, rules and leaders carry no letters and are no words."""
    return all(not char.isalnum() and char != "\ufffd" for char in word) and len(word.strip(_EDGES)) == 0


def _broken(word: str) -> bool:
    """Whether any part of a word, cut at its joints, is no Vietnamese, no name, no number and no code."""
    parts = [part for part in _JOINTS.split(word) if part]
    return any(map(_strange, parts)) if parts else True


def _strange(part: str) -> bool:
    if _NUMBER.fullmatch(part) or _CODE.fullmatch(part):
        return False
    part = _GLUED_NOTE.sub("", part)
    if part.lower() in _SHORT:
        return False
    if not part.isalpha():
        return True  # digits or signs inside letters, or a letter that no font names
    if _LATIN.fullmatch(part):
        return _strange_latin(part)
    if any(_foreign(char) for char in part):
        return True
    if part[0].isupper() and len(part) <= 3 and part.isupper():
        return False  # QĐ, HĐ, TĐC
    return not spelt(part) and not _abbreviation(part)


def _strange_latin(part: str) -> bool:
    """Unmarked letters: Vietnamese, English, a name; not "rn1lj" and not a lone consonant."""
    lower = part.lower()
    if spelt(part) or part.isupper():
        return False
    if len(part) == 1:
        return part.lower() not in "abcdeghiklmnopqrstuvxyw" or lower in "jfwz"
    return bool(_NO_VOWEL.search(part) or _CASE_MIX.search(part)) or not re.search("[aeiouy]", lower)


def _foreign(char: str) -> bool:
    return unicodedata.normalize("NFC", char.lower()) not in _OF_VIETNAMESE and not char.isascii()


def _abbreviation(part: str) -> bool:
    """ "HĐND", "UBND", "TTgCP": capitals with few small letters."""
    capitals = sum(char.isupper() for char in part)
    return capitals >= 2 and capitals >= len(part) - 2
