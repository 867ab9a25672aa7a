"""The same question as it is typed on a phone: without marks, with half of them, with two typing errors.

Variants are made by machine from a fixed seed, each from its question's id alone, so a set gives the same
ones in any order and on any machine. Only fully marked Vietnamese questions have variants.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from corpus.vietnamese import has_marks_ratio, nfc
from eval.questions import Question

SEED = 20260228
ERRORS = 2  # typing errors a question
_FULLY_MARKED = 0.5  # share of marked syllables; ordinary Vietnamese lies well above
_OTHER_KINDS = frozenset({"no-diacritics", "half-diacritics", "typo", "english", "chinese"})
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_TONE_KEYS = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SHAPE_KEYS = {"\u0306": "w", "\u031b": "w"}  # breve and horn; a circumflex is the letter once more


class Typing(StrEnum):
    """How a question is typed."""

    NONE = "none"  # without marks
    HALF = "half"  # half of the marked words without theirs
    TYPOS = "typos"  # marks as they should be, ERRORS words mistyped


def has_variants(question: Question) -> bool:
    """Whether it is ordinary Vietnamese, fully marked, and long enough to be mistyped."""
    return (
        question.kind not in _OTHER_KINDS
        and has_marks_ratio(question.question) >= _FULLY_MARKED
        and len(_mistypable(nfc(question.question))) >= ERRORS
    )


def variants(questions: Sequence[Question], typing: Typing) -> tuple[tuple[Question, Question], ...]:
    """(original, variant) of every question that has variants; the id of a variant is "<id>~<typing>".

    What was asked before (`history`) stays as it is: the question alone is measured.
    """
    return tuple((question, _variant(question, typing)) for question in questions if has_variants(question))


def typed(text: str, typing: Typing, chance: random.Random) -> str:
    """A text typed another way."""
    text = nfc(text)
    match typing:
        case Typing.NONE:
            return bare(text)
        case Typing.HALF:
            marked = [found for found in _WORD.finditer(text) if bare(found[0]) != found[0]]
            return _replaced(text, chance.sample(marked, (len(marked) + 1) // 2), bare)
        case Typing.TYPOS:
            words = _mistypable(text)
            chosen = chance.sample(words, min(ERRORS, len(words)))
            return _replaced(text, chosen, lambda word: mistyped(word, chance))


def bare(text: str) -> str:
    """A text without marks, đ as d, case kept."""
    decomposed = unicodedata.normalize("NFD", text)
    kept = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", kept).replace("đ", "d").replace("Đ", "D")


def telex(word: str) -> str:
    """The keys of a word as Telex takes them, tone last: "đường" → "dduowngf"."""
    keys, tone = "", ""
    for letter in unicodedata.normalize("NFD", word):
        if letter in _TONE_KEYS:
            tone = _TONE_KEYS[letter]
        elif letter == "\u0302":
            keys += keys[-1].lower()
        elif letter in _SHAPE_KEYS:
            keys += _SHAPE_KEYS[letter]
        else:
            keys += {"đ": "dd", "Đ": "Dd"}.get(letter, letter)
    return keys.replace("uwow", "uow").replace("Uwow", "Uow") + tone


def mistyped(word: str, chance: random.Random) -> str:
    """A word with one typing error, never the word itself.

    A neighbour key, a letter twice, a letter missing, or what Telex leaves when it does not take:
    the whole word as keys, or the tone's key after it. A Telex error needs
    a mark, a neighbour a plain letter.
    """
    errors: list[Callable[[str, random.Random], str]] = [_doubled, _missing]
    if _plain(word):
        errors.append(_neighbour)
    if telex(word) != word:
        errors += [_raw, _tone_left]
    wrong = chance.choice(errors)(word, chance)
    return wrong if wrong != word else _doubled(word, chance)


def _variant(question: Question, typing: Typing) -> Question:
    chance = random.Random(f"{SEED} {question.id} {typing}")
    text = typed(question.question, typing, chance)
    return replace(question, id=f"{question.id}~{typing}", question=text)


def _mistypable(text: str) -> list[re.Match[str]]:
    """Words of three letters or more; capitals alone are an abbreviation, which a slip makes another one."""
    return [found for found in _WORD.finditer(text) if len(found[0]) > 2 and not found[0].isupper()]


def _replaced(text: str, words: Sequence[re.Match[str]], change: Callable[[str], str]) -> str:
    for found in sorted(words, key=lambda one: -one.start()):
        text = text[: found.start()] + change(found[0]) + text[found.end() :]
    return text


def _neighbour(word: str, chance: random.Random) -> str:
    """A key beside the right one, or under or over it."""
    place = chance.choice(_plain(word))
    wrong = chance.choice(_neighbours(word[place].lower()))
    return word[:place] + (wrong.upper() if word[place].isupper() else wrong) + word[place + 1 :]


def _plain(word: str) -> list[int]:
    """Places of the letters that are one key each."""
    return [place for place, letter in enumerate(word) if letter.lower() in "".join(_ROWS)]


def _neighbours(key: str) -> str:
    row = next(count for count, keys in enumerate(_ROWS) if key in keys)
    column = _ROWS[row].index(key)
    around = [(row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column)]
    return "".join(
        _ROWS[down][over] for down, over in around if 0 <= down < 3 and 0 <= over < len(_ROWS[down])
    )


def _doubled(word: str, chance: random.Random) -> str:
    place = chance.choice(_plain(word) or range(len(word)))
    return word[: place + 1] + word[place].lower() + word[place + 1 :]


def _missing(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word))
    return word[:place] + word[place + 1 :]


def _raw(word: str, chance: random.Random) -> str:
    return telex(word)


def _tone_left(word: str, chance: random.Random) -> str:
    """The letters with their shapes, the tone's key after them: "đường" → "đươngf"."""
    decomposed = unicodedata.normalize("NFD", word)
    letters = "".join(letter for letter in decomposed if letter not in _TONE_KEYS)
    keys = "".join(_TONE_KEYS[letter] for letter in decomposed if letter in _TONE_KEYS)
    return unicodedata.normalize("NFC", letters) + keys
