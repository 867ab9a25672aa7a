"""Whether a word is spelt as a Vietnamese syllable can be: initial, rhyme, tone.

No word list: the shapes are few, and text read in the wrong encoding breaks them at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_TONES = "\u0300\u0301\u0309\u0303\u0323"
_ACUTE_DOT = "\u0301\u0323"
_INITIAL = re.compile("(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?")
_RHYMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ă ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu iêch
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc ui um un ung uôc uôi uôm uôn uông uôt up ut uê uêch uênh uơ uy uya uych uyên uyêt
    uynh uyt uyu uyn ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu ưm ưn
    y yêm yên yêng yêt yêu ynh yt yn ych""".split()
)
_LONGEST = 10  # characters of "nghiêng", its marks apart
_SOFT = re.compile("(?:c|ng)[eêiy]|g[eê]")  # written k, ngh, gh
_FREE = frozenset({"oa", "oe", "uy"})  # hoà and hòa
_VOWELS = re.compile("[aeiouyăâêôơư]+")


_WORD = re.compile("[^\\s!-@[-`{-~“”„‘’…–—•→●■]+")
_ABBREVIATION = re.compile("[bcdghklmnpqrstvxzđBCDGHKLMNPQRSTVXZĐ]+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How many words of a text carry a letter beyond ASCII, and how many of those are Vietnamese."""

    marked: int
    spelt: int

    @property
    def share(self) -> float:
        """Share of the marked words that are Vietnamese, 0 to 1; 0 where nothing is marked."""
        return self.spelt / self.marked if self.marked else 0.0


def spelling(text: str) -> Spelling:
    """What the words of `text` with letters beyond ASCII look like."""
    return spelling_of(marked_words(text))


def spelling_of(marked: Sequence[str]) -> Spelling:
    """What words taken out by `marked_words` look like."""
    return Spelling(len(marked), sum(map(spelt, marked)))


def marked_words(text: str) -> list[str]:
    """The words of `text` that carry a letter beyond ASCII; abbreviations such as QĐ and HĐND left out."""
    return [word for word in _WORD.findall(text) if not word.isascii() and _tells(word)]


@lru_cache(maxsize=16384)
def _tells(word: str) -> bool:
    return any(map(str.isalpha, word)) and not _ABBREVIATION.fullmatch(word)


@lru_cache(maxsize=16384)
def spelt(word: str) -> bool:
    """Whether `word` (any case, composed or not) is a syllable of Vietnamese, its tone in the right place.

    Words without marks count too: "an", "do" and "in" are spelt like Vietnamese in English as well.
    """
    bare = _toneless(word.lower()) if len(word) <= _LONGEST else None
    if bare is None:
        return False
    letters, tone, place = bare
    initial = _INITIAL.match(letters)
    if _SOFT.match(letters):
        return False
    cuts = {initial.end() if initial else 0, *((1,) if letters.startswith("gi") else ())}  # "gì", "giếng"
    return any(_rhymes(letters[cut:], tone, place - cut) for cut in cuts)


def _toneless(word: str) -> tuple[str, str, int] | None:
    """The word without its tone, the tone, and the index of its letter; None for two tones."""
    letters: list[str] = []
    tone, place = "", -1
    for mark in unicodedata.normalize("NFD", word):
        if mark in _TONES:
            if tone:
                return None
            tone, place = mark, len(letters) - 1
        elif unicodedata.combining(mark) and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + mark)
        else:
            letters.append(mark)
    return "".join(letters), tone, place


def _rhymes(rhyme: str, tone: str, place: int) -> bool:
    if rhyme not in _RHYMES:
        return False
    if rhyme.endswith(("c", "ch", "k", "p", "t")):
        return tone != "" and tone in _ACUTE_DOT and place in _tone_places(rhyme)
    return not tone or place in _tone_places(rhyme)


@lru_cache(maxsize=1024)
def _tone_places(rhyme: str) -> tuple[int, ...]:
    """Where in the rhyme a tone may stand."""
    shaped = [index for index, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    if shaped:
        return (shaped[-1],)
    vowels = _VOWELS.match(rhyme)
    count = len(vowels[0]) if vowels else 0
    if count == 1:
        return (0,)
    if count == 3 or count < len(rhyme):
        return (1,)
    return (0, 1) if rhyme in _FREE else (0,)
