"""What a mistyped syllable may have been meant to be, and how likely each slip is.

Keys that the input method did not take ("dduowngf", "đươngf", "d9u7o7ng2"), and one slip of the
fingers: a key struck twice, one missing, its neighbour instead or besides, two swapped. All syllables
here are folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.vietnamese import fold

# How likely each slip is in a word of a question; spread over the places where it can happen.
_KEYS_LEFT = 0.02
_TONE_FORGOTTEN = 0.05  # the share of these that lack the tone's key
_TWICE = 0.01
_MISSING = 0.01
_BESIDE = 0.01
_BRUSHED = 0.003  # a neighbour struck with it
_SWAPPED = 0.005

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
TONES = (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT)
_VOWELS = "aăâeêioôơuưy"
_TONED = [fold(vowel + tone) for vowel in _VOWELS for tone in ("", *TONES)]
_LETTERS = (*_TONED, *"bcdđghklmnpqrstvx")

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {key: (row, column) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys)}
_NEIGHBOURS = {
    key: [other for other, (down, over) in _PLACES.items() if abs(down - row) + abs(over - column) == 1]
    for key, (row, column) in _PLACES.items()
}


@dataclass(frozen=True, slots=True)
class _Method:
    """An input method: its keys for tones, those for shapes with what they make of a vowel, that of đ."""

    tones: Mapping[str, str]
    shapes: Mapping[str, Mapping[str, str]]
    stroke: str


_TELEX = _Method(
    dict(zip("fsrxj", TONES, strict=True)),
    {"a": {"a": "â"}, "e": {"e": "ê"}, "o": {"o": "ô"}, "w": {"a": "ă", "o": "ơ", "u": "ư"}},
    "d",
)
_VNI = _Method(
    dict(zip("21345", TONES, strict=True)),
    {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}},
    "9",
)
# Borrowed and shortened words that are everyday Vietnamese: "bus" is not "bú" with its key left.
FOREIGN = frozenset(
    "app bar blog booking bus cafe camera camping card casino chat check checkin club combo container cover "
    "email event export facebook fax file food free gas golf google homestay hotel import inbox internet "
    "karaoke ko laptop link live logistics logo mail marketing menu mobile net online pass pay phone photo "
    "playlist pub qr resort restaurant review sale service shop show sim slogan smartphone spa startup store "
    "stress tablet tag taxi team ticket tiktok toilet tour tourism trekking video villa visa visit voucher "
    "web website wifi wow zalo".split()
)
# Two digits or more, or one that is no number after a word: "d9u7o7ng2", "nu7oc", never "km2", "QL4".
_VNI_TOKEN = re.compile(r"[^\W\d_]+[1-9][^\W_]*[1-9][^\W\d_]*|[^\W\d_]+[6-9][^\W\d_]+")


def slips(typed: str) -> Iterator[tuple[str, float]]:
    """What a folded token may have been meant to be, with the probability of its being typed so.

    Not only real syllables: who asks knows which there are.
    """
    if any(map(str.isdigit, typed)):
        if _VNI_TOKEN.fullmatch(typed):
            yield from ((meant, _KEYS_LEFT * share) for meant, share in _taken(typed, _VNI).items())
        return
    yield from ((meant, _KEYS_LEFT * share) for meant, share in _taken(typed, _TELEX).items())
    for place, key in enumerate(typed):
        before, after = typed[:place], typed[place + 1 :]
        if before.endswith(key):
            yield before + after, _TWICE / len(typed)
        elif {before[-1:], after[:1]} & set(_NEIGHBOURS.get(key, ())):
            yield before + after, _BRUSHED / len(typed)
        for other in _NEIGHBOURS.get(key, ()):
            yield before + other + after, _BESIDE / len(typed) / 3
        for letter in _LETTERS:
            yield before + key + letter + after, _MISSING / len(typed)
        if after and after[0] != key:
            yield before + after[0] + key + after[1:], _SWAPPED / len(typed)


def _taken(typed: str, method: _Method) -> Mapping[str, float]:
    """What a method makes of keys, the tone on each vowel, and how likely; empty where they stay keys."""
    letters: list[str] = []
    tone = ""
    for place, key in enumerate(typed):
        if not tone and key in method.tones and _ends_vowels(letters, typed[place + 1 :]):
            tone = method.tones[key]
        elif key == method.stroke and letters[:1] == ["d"]:
            letters[0] = "đ"
        elif not _shaped(letters, method.shapes.get(key, {})):
            letters.append(key)
    plain = re.sub("ưo(?=.)", "ươ", "".join(letters))
    toned = {
        plain[:place] + fold(letter + mark) + plain[place + 1 :]: 1.0 if tone else _TONE_FORGOTTEN
        for place, letter in enumerate(plain)
        if letter in _VOWELS
        for mark in (tone or TONES)
    }
    return toned if tone else toned | {plain: 1.0} if plain != typed else {}


def _ends_vowels(before: Sequence[str], after: str) -> bool:
    """Whether a key for a tone is one here: all vowels stand before it ("visa" is not "vía")."""
    return any(letter in _VOWELS for letter in before) and not any(letter in _VOWELS for letter in after)


def _shaped(letters: list[str], shape: Mapping[str, str]) -> bool:
    """Give the last vowel that takes it a shape, and "uo" the horn twice; whether any took it."""
    for place in reversed(range(len(letters))):
        if letters[place] in shape:
            letters[place] = shape[letters[place]]
            if letters[place] == "ơ" and letters[place - 1 : place] == ["u"]:
                letters[place - 1] = "ư"
            return True
    return False
