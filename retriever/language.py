"""Which language a question is in, so that Vietnamese typed without marks is never taken for English.

Told by scripts, then word by word: a Latin word is English when it is a common English word that is no
Vietnamese syllable, Vietnamese when it is spelt like one. Names in capitals and borrowed words say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from enum import StrEnum

from corpus.vietnamese import fold, unmarked
from retriever.typing_errors import FOREIGN
from retriever.vietnamese_shape import is_syllable, is_telex


class Language(StrEnum):
    """Languages a question is told apart in."""

    VIETNAMESE = "vi"
    ENGLISH = "en"
    CHINESE = "zh"
    OTHER = "other"  # searched by meaning, like the foreign ones above


_LETTER = re.compile(r"[^\W\d_]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_WORD = re.compile(r"[^\W\d_]+")
_VOWEL = re.compile("[aeiouy]")
_MARKED = 3  # what a syllable with its marks counts, beside one that may as well be a foreign word
_STRANGE = 3  # words of no known language that make a foreign question
# Common English words; those spelt like a Vietnamese syllable ("the", "can") do not decide.
_ENGLISH = frozenset(
    "a about according after against agency agricultural agriculture airport all also am among amount an "
    "and annual another any application apply approve approved are area areas around article as at "
    "average bank be because before begin being below between billion border both bridge budget build "
    "built but by can cave chinese city committee commune communes cost costs could council cover covered "
    "cultural culture date day deadline decision decree department developed development did digital "
    "district do does during each economic economy effective eligible end ends energy english environment "
    "every export exports expressway expressways fee festival few first for forest from fund funds "
    "further gate gates geological geology geopark get give given global go goal goals goes going good "
    "got green growth guest guests had has have he health held her here heritage his hold hospital "
    "hospitals house household households housing how i if import imports in include includes including "
    "income industrial industry interest international into invest investment investor investors is "
    "issued it it's its job jobs just know labor labour land last law lead leads least less let level "
    "like list loan loans logistics made make makes many map market markets maximum may me might million "
    "mineral minimum mining money month more most much museum must my name national need new next no not "
    "now number of off office on one only open opened or other our out over own park parks people per "
    "percent percentage plan planned planning plans please policies policy population power price product "
    "products project projects province province's provincial railway rate resolution responsible revenue "
    "road roads rural same school schools service services shall share she should signed since site sites "
    "so social some square start started still such support supported sustainable take target targets "
    "tell than that's the their them then there these they this those thousand through to today tomorrow "
    "too total tourism tourist tourists toward towards town trade train training travel trillion under "
    "until up upon urban us use used very vietnamese village villages visitor visitors want ward wards "
    "was waste water we week well were what what's when where which while who who's whom whose why will "
    "with within without worker workers world would year yearly years yesterday you your zone zones".split()
)
# Words that ask in other languages of Europe; none is a Vietnamese syllable or an English word.
_ASKING = frozenset(
    "combien comment cuanto cuantos cuál cuántas cuánto cuántos cómo dónde perché pourquoi quanti quanto "
    "quel quelle quelles quels wann welche welcher welches wie wieviel".split()
)
# Borrowed, or the province's own name: they stand in questions of any language, and do not decide.
_BORROWED = FOREIGN | frozenset(
    "asean geopark farmstay fanpage festival trail unesco lang son lạng sơn".split()
)
_ENDING = re.compile(r"[a-z]{2,}(?:[ts]ions?|ments?|ness|[ai]ble|ously|ally|it(?:y|ies)|ings?|ated|ates)")


def language_of(text: str, knows: Callable[[str], bool]) -> Language:
    """The language of a text; VIETNAMESE where nothing speaks against it.

    `knows` says whether an unmarked syllable is one of the documents' or of Vietnamese at large.
    """
    letters = _LETTER.findall(text)
    if len(_CHINESE.findall(text)) * 3 > len(letters) > 0:
        return Language.OTHER if _KANA.search(text) else Language.CHINESE
    if sum(_LATIN.match(letter) is None for letter in letters) * 2 > len(letters):
        return Language.OTHER
    words = _WORD.findall(text)
    shouted = len(words) > 1 and not any(word[0].islower() for word in words)  # then names cannot be told
    words = [word.lower() for word in words] if shouted else words
    said = Counter(_says(word, number == 0, knows) for number, word in enumerate(words))
    vietnamese = said["vietnamese"] + (1 if shouted else _MARKED) * said["marked"]
    if said["english"] > vietnamese:
        return Language.ENGLISH
    strange = said["strange"] + _STRANGE * said["asking"]
    if strange >= _STRANGE and strange + said["english"] > vietnamese:
        return Language.ENGLISH if said["english"] else Language.OTHER
    return Language.VIETNAMESE


def _says(word: str, first: bool, knows: Callable[[str], bool]) -> str:
    """What a word speaks for: "english", "vietnamese", "marked", "asking", "strange" or, for nothing, ""."""
    folded = fold(word)
    syllable = is_syllable(folded)
    if folded in _ENGLISH and not syllable:
        return "english"
    if folded in _ASKING:
        return "asking"
    if folded in _BORROWED or folded in _ENGLISH or len(word) == 1 or (word[0].isupper() and not first):
        return ""  # a name, an abbreviation
    if syllable:
        bare = unmarked(folded)
        return "marked" if bare != folded else "vietnamese" if knows(bare) else "strange"
    if _ENDING.fullmatch(folded):
        return "english"
    if word.isupper() or is_telex(folded) or not _VOWEL.search(unmarked(folded)):
        return ""
    return "strange"
