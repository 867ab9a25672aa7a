"""What a figure says with the words around it: ranges, numerals, bounds, units, "mỗi năm", "trước ngày"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from answer.claim import Kind, Token
from answer.claim_words import (
    AFTER_FIGURE,
    BEFORE_FIGURE,
    MEASURES,
    NUMERALS,
    OUTLOOKS,
    PER,
    PER_WHAT,
    TIMES,
    Bound,
)
from corpus.amounts import amounts

_SHARED = frozenset({"%", "sao", "đồng", "triệu", "tỷ", "°"})  # a unit that both ends of a range may have
_PEOPLE = (
    ("lao", "động"),
    ("cán", "bộ"),
    ("công", "nhân"),
    ("học", "sinh"),
    ("sinh", "viên"),
    ("nhân", "viên"),
)
_BETWEEN = frozenset("đạt là từ mức ở được có với đến lên thu hút khoản".split())  # a bound and its figure


def numerals(tokens: list[Token]) -> list[Token]:
    """ "bốn trụ cột" counts as "4 trụ cột" does."""
    made = list(tokens)
    for place, token in enumerate(tokens[:-1]):
        after = tokens[place + 1]
        least = place > 0 and tokens[place - 1].key in ("nhất", "đa", "thiểu", "quá", "dưới")
        named = after.capital or (token.capital and not token.first)
        counts = token.key in NUMERALS and not named
        if after.kind is Kind.WORD and (counts or (token.key == "một" and least)):
            made[place] = replace(token, kind=Kind.FIGURE, key=NUMERALS.get(token.key, "1"))
    return made


def ranges(tokens: list[Token], text: str) -> list[Token]:
    """ "10 - 11%", "từ 3 sao đến 5 sao": two figures are one."""
    made: list[Token] = []
    for token in tokens:
        low = _lower_end(made, token)
        if low is None:
            made.append(token)
            continue
        first = made[low]
        del made[low:]
        value = Decimal(first.key) * _scale(text[token.start : token.end])
        made.append(replace(first, key=f"{value.normalize():f}..{token.key}", end=token.end))
    return made


def _lower_end(made: Sequence[Token], token: Token) -> int | None:
    """The place of the figure that a range begins with, where `token` ends one."""
    if token.kind is not Kind.FIGURE or not made or "\n" in token.before + made[-1].before:
        return None
    place = len(made) - 1
    if token.before.strip() != "-":
        if made[place].key not in ("đến", "tới") or token.before.strip():
            return None
        place -= 1
    if place >= 1 and made[place].key in _SHARED and made[place - 1].kind is Kind.FIGURE:
        place -= 1
    first = made[place]
    return place if place >= 0 and first.kind is Kind.FIGURE and ".." not in first.key else None


def _scale(amount: str) -> Decimal:
    """What the words behind a number multiply it with: 10**12 of "270 nghìn tỷ"."""
    digits = re.match(r"[\d.,]*\d", amount)
    if digits is None or len(amount) == digits.end():
        return Decimal(1)
    whole, alone = list(amounts(amount)), list(amounts(digits[0]))
    return Decimal(whole[0].value) / Decimal(alone[0].value) if whole and alone else Decimal(1)


def figure(tokens: Sequence[Token], place: int, spent: set[int]) -> Token:
    """The figure with its bounds, unit and per; the words that say them are `spent`."""
    bounds = set(_bounds_before(tokens, place, spent)) or set(_bound_of_subject(tokens, place, spent))
    bounds |= set(_bounds_after(tokens, place, spent))
    after = place + 1
    unit = ""
    if after < len(tokens) and tokens[after].key in MEASURES and not tokens[after].before.strip():
        unit = tokens[after].key
        spent.add(after)
        after += 1
    elif tuple(token.key for token in tokens[after : after + 2]) in _PEOPLE:
        unit = "người"  # "5.400 lao động" are so many people
    per = tuple(_per(tokens, after, spent))
    return replace(tokens[place], bounds=frozenset(bounds), unit=unit, per=per)


def _bounds_before(tokens: Sequence[Token], place: int, spent: set[int]) -> Iterator[Bound]:
    """The bounds that stand before a figure: "đạt tối thiểu", "từ trên"."""
    end = place
    around = [token.key for token in tokens[max(0, place - 1) : place + 3]]
    if around[:1] == ["trên"] and around[2:] == ["vạn", "dân"]:
        return  # "37 giường bệnh trên 1 vạn dân" is a rate
    while end > 0 and not (end < place and tokens[end].before.strip()):
        for length in (3, 2, 1):
            phrase = tuple(token.key for token in tokens[max(0, end - length) : end])
            bound = BEFORE_FIGURE.get(phrase)
            if bound is not None:
                spent.update(range(end - length, end))
                end -= length
                yield bound
                break
        else:
            if tokens[end - 1].key not in _BETWEEN:
                return
            end -= 1


def _bound_of_subject(tokens: Sequence[Token], place: int, spent: set[int]) -> Iterator[Bound]:
    """ "mức hỗ trợ tối đa … là 500 triệu đồng": said of the subject, meant of the figure."""
    if not place or tokens[place - 1].key != "là":
        return
    for here in range(place - 2, 0, -1):
        if tokens[here].kind is Kind.FIGURE or any(sign in tokens[here + 1].before for sign in ";.\n"):
            return
        phrase = (tokens[here - 1].key, tokens[here].key)
        if phrase in (("tối", "đa"), ("tối", "thiểu")):
            spent.update((here - 1, here))
            yield BEFORE_FIGURE[phrase]
            return


def _bounds_after(tokens: Sequence[Token], place: int, spent: set[int]) -> Iterator[Bound]:
    begun = place > 0 and tokens[place - 1].key == "từ"  # "từ 02 tọa đàm, hội thảo trở lên"
    for here in range(place + 1, min(place + (16 if begun else 6), len(tokens) - 1)):
        if tokens[here].before.strip(" \n%," if begun else " \n%") or tokens[here].kind is Kind.FIGURE:
            return
        bound = AFTER_FIGURE.get((tokens[here].key, tokens[here + 1].key))
        if bound is not None:
            spent.update((here, here + 1))
            yield bound
            return


def _per(tokens: Sequence[Token], place: int, spent: set[int]) -> Iterator[str]:
    """What a figure is counted for: "mỗi năm", "/người", "một lớp", one behind the other."""
    while place < len(tokens):
        token = tokens[place]
        after = tokens[place + 1].key if place + 1 < len(tokens) else ""
        if token.before.strip() == "/" and token.key in PER_WHAT:
            spent.add(place)
            yield token.key
            place += 1
        elif token.key in PER and after in PER_WHAT and not token.before.strip():
            spent.update((place, place + 1))
            yield after
            place += 2
        else:
            return


def is_per(tokens: Sequence[Token], place: int) -> bool:
    token = tokens[place]
    each = place > 0 and tokens[place - 1].key in ("mỗi", "từng") and not token.before.strip()
    return token.key in PER_WHAT and (each or token.before.strip() == "/")


def time_word(tokens: Sequence[Token], place: int) -> str:
    """What stands before a year or date: "sau" of "sau ngày …"; "" for nothing that matters."""
    here = place - 1
    while (
        here >= 0
        and tokens[here].key in ("năm", "ngày", "tháng", "quý", "mới")
        and not tokens[here + 1].before.strip()
    ):
        here -= 1
    if here < 0 or tokens[here + 1].before.strip():
        return ""
    word = TIMES.get(tokens[here].key, "")
    title = (tokens[here - 2].key, tokens[here - 1].key) if here > 1 and word == "đến" else ()
    return " ".join(title) if title in OUTLOOKS else word
