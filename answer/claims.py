"""What a text says, word by word: figures with unit and bound, years, dates, document numbers, names, words.

`read` gives the tokens in order. Two tokens say the same when their keys are equal: 4,7 triệu and
4.700.000, 15/6/2026 and "ngày 15 tháng 6 năm 2026", "UBND" and "Ủy ban nhân dân".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from answer.claim import Kind, Token
from answer.claim_figures import figure, is_per, numerals, ranges, time_word
from answer.claim_words import FREE, LEVELS, MEASURES, NEUTRAL, OFFICES, SAME, SAME_SYLLABLE
from corpus.amounts import amounts
from corpus.dates import dates
from corpus.vietnamese import fold_with_map

_LETTER = r"[^\W\d_¹²³⁰-₉¼-¾]"
_NUMBER = re.compile(
    rf"\d+(?:/\d{{4}})?/{_LETTER}[^\W_]*(?:-[^\W_]+)+|\d+/\d{{4}}/{_LETTER}[^\W_]*(?:-[^\W_]+)*"
    rf"|\d+-{_LETTER}+[/-]{_LETTER}[^\W_]*(?:-[^\W_]+)*|(?<![\d/.,])(?<!tháng )\d+/\d{{4}}(?![\d/.,])"
)
_PERIOD = re.compile(
    r"(?<![\d./,-])((?:19|20)\d\d)[^\S\n]*(?:-|đến|tới)[^\S\n]*(?:năm\s+)?((?:19|20)\d\d)(?![\d/]|[.,]\d)"
)
_DAY = re.compile(r"(?:(?<=ngày )|(?<=ngày  ))(\d{1,2})\s*/\s*(\d{1,2})(?![\d/]|[.,]\d)")
_YEAR = re.compile(r"(?<![\d./,-])(?:19|20)\d\d(?![\d/]|[.,]\d)")
_NUMBERED = re.compile(r"\((?:[ivx]{1,5}|\d{1,2}|[a-zđ])\)")  # "(ii)" in a line
_CODE = re.compile(r"(?<!\d)\d+(?:[./-]\d+)*[a-ln-zđ](?![^\W_])|\d+(?:[./,:-]\d+)*")
_WORD = re.compile(rf"{_LETTER}+|[%°‰]")
_LOCATOR = frozenset("điều khoản điểm mục phụ lục phần chương tiết ql ct loại cấp dự số thứ hạng".split())
_ENDS = re.compile(r"[.!?…]+[”\"')\]]*\s|\n")
_MARKER = re.compile(
    r"(?m)^[^\S\n]*(?:[-+*•]\s+|\(?\d{1,2}(?:\.\d{1,2})*[.)]\s+|[a-zđ]\)\s+|[ivx]{1,5}\.\s+)+"
)
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=2048)
def read(text: str) -> tuple[Token, ...]:
    """The tokens of a text."""
    folded = fold_with_map(text, marks=True)
    capitals = [text[place].isupper() for place in folded.offsets]
    plain = _MARKER.sub(lambda found: " " * len(found[0]), folded.text)
    tokens = list(_tokens(plain, capitals))
    tokens = _agencies_first(_one_writing(tokens))
    tokens = ranges(numerals(tokens), plain)
    return tuple(_completed(tokens))


def _tokens(text: str, capitals: Sequence[bool]) -> Iterator[Token]:
    done = 0
    opening = True
    for kind, key, start, end in sorted(_pieces(text), key=lambda piece: (piece[2], -piece[3])):
        if start < done:
            continue
        before = text[done:start]
        opening = opening or bool(_ENDS.search(before))
        yield Token(kind, key, start, end, before, capitals[start], opening)
        opening = opening and not _is_text(key)
        done = end


def _is_text(key: str) -> bool:
    """Whether a token begins a sentence; "a" of "a)", a number in a list do not."""
    return len(key) > 1 and not key[0].isdigit()


def _pieces(text: str) -> Iterator[tuple[Kind, str, int, int]]:
    """Kind, key, start and end of everything in a folded text, overlapping."""
    taken: list[tuple[int, int]] = []
    if "(" in text or any(map(str.isdigit, text)):
        for piece in _digits(text):
            if not any(low < piece[3] and piece[2] < high for low, high in taken):
                taken.append(piece[2:])
                yield piece
    for found in _WORD.finditer(text):
        yield Kind.WORD, SAME_SYLLABLE.get(found[0], found[0]), *found.span()


def _digits(text: str) -> Iterator[tuple[Kind, str, int, int]]:
    """Everything made with digits, what binds most first."""
    for found in _NUMBERED.finditer(text):
        yield Kind.CODE, found[0], *found.span()
    for found in _NUMBER.finditer(text):
        yield Kind.NUMBER, _SPACES.sub("", found[0]).replace("-", "/"), *found.span()
    for when in dates(text):
        yield Kind.TIME, when.value, when.start, when.end
    for found in _DAY.finditer(text):
        yield Kind.TIME, f"{int(found[2]):02}-{int(found[1]):02}", *found.span()
    for found in _PERIOD.finditer(text):
        yield Kind.TIME, f"{found[1]}-{found[2]}", *found.span()
    for found in _YEAR.finditer(text):
        if not _measured(text, found.end()):
            yield Kind.TIME, found[0], *found.span()
    codes = list(_CODE.finditer(text))
    for found in codes:
        if not found[0][-1].isdigit() or "/" in found[0]:
            yield Kind.CODE, found[0], *found.span()
    for amount in amounts(text):
        yield Kind.FIGURE, amount.value, amount.start, amount.end
    for found in codes:
        if not _footnote(text, found.start()):
            yield Kind.CODE, found[0].lstrip("0"), *found.span()


def _measured(text: str, end: int) -> bool:
    """Whether something that counts stands behind: "2026 ha" is no year."""
    after = _WORD.match(text, end + 1) if text[end : end + 1] == " " else _WORD.match(text, end)
    return after is not None and after[0] in MEASURES and after[0] not in ("năm", "tháng", "ngày", "quý")


def _footnote(text: str, start: int) -> bool:
    """Whether digits are glued to a word, as the sign of a note is: "phường1"."""
    return start > 3 and all(letter.isalpha() for letter in text[start - 4 : start])


def _one_writing(tokens: list[Token]) -> list[Token]:
    """Phrases that are written in two ways, in one."""
    made: list[Token] = []
    place = 0
    while place < len(tokens):
        phrase = next((phrase for phrase in _starting(tokens[place]) if _stands(tokens, place, phrase)), None)
        if phrase is None:
            made.append(tokens[place])
            place += 1
            continue
        one, last = tokens[place], tokens[place + len(phrase) - 1]
        said = SAME[phrase]
        made.append(replace(one, key=said[0], end=last.end))
        made += [replace(last, key=key, start=last.end, before=" ", capital=one.capital) for key in said[1:]]
        place += len(phrase)
    return made


_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
for _phrase in sorted(SAME, key=len, reverse=True):
    _BY_FIRST.setdefault(_phrase[0], []).append(_phrase)


def _starting(token: Token) -> list[tuple[str, ...]]:
    return _BY_FIRST.get(token.key, [])


def _stands(tokens: Sequence[Token], place: int, phrase: tuple[str, ...]) -> bool:
    """Whether a phrase stands there; commas may stand in it, other signs not."""
    part = tokens[place : place + len(phrase)]
    return tuple(token.key for token in part) == phrase and all(
        token.before.strip(" \n,") == "" for token in part[1:]
    )


def _agencies_first(tokens: list[Token]) -> list[Token]:
    """ "Sở Tài chính" is a name at the beginning of a sentence too."""
    made = list(tokens)
    for place, (token, after) in enumerate(pairwise(tokens)):
        short = token.key in ("ubnd", "hđnd")
        if token.first and token.capital and token.key in OFFICES and (after.capital or short):
            made[place] = replace(token, first=False)
    return made


def _completed(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens with bounds, units and times, and what carries no meaning of its own marked so."""
    spent: set[int] = set()
    done = list(tokens)
    for place, token in enumerate(tokens):
        if token.kind is Kind.FIGURE and place and _locates(tokens, place - 1):
            done[place] = replace(token, kind=Kind.CODE)
        elif token.kind is Kind.FIGURE:
            done[place] = figure(tokens, place, spent)
        elif token.kind is Kind.TIME:
            done[place] = replace(token, time=time_word(tokens, place))
    spent |= set(_neutral(tokens))
    for place, token in enumerate(done):
        if place not in spent and is_per(tokens, place):  # "mỗi xã", "/xã" away from the figure
            yield replace(token, kind=Kind.CODE, key=f"/{token.key}")
            continue
        plain = token.kind is Kind.WORD and not token.name and token.key in FREE
        yield replace(token, node=False) if plain or place in spent else token


def _locates(tokens: Sequence[Token], place: int) -> bool:
    """Whether the number behind a word says which one, not how many; "trong số 10" counts."""
    among = place > 0 and (tokens[place - 1].key, tokens[place].key) == ("trong", "số")
    return tokens[place].key in _LOCATOR and not among


def _neutral(tokens: Sequence[Token]) -> Iterator[int]:
    """The places of words that speak of the text, or of the province as a whole."""
    for place, token in enumerate(tokens):
        for phrase in NEUTRAL.get(token.key, ()):
            part = tokens[place : place + len(phrase)]
            if place and (tokens[place - 1].key, token.key) in LEVELS:
                continue
            if tuple(one.key for one in part) == phrase and not any(one.name for one in part):
                yield from range(place, place + len(phrase))
