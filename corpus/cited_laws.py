"""The name of a law where it is cited: listed, by its initials, amending others, or unlisted."""

from __future__ import annotations

from functools import lru_cache

from corpus.instrument_types import NEW_INSTRUMENT
from corpus.law_names import LAW_NAMES, law_of_initials
from corpus.title_words import NAME_LIMIT, title_end
from corpus.tokens import Kind, Tokens
from corpus.vietnamese import unmarked


def read_law_name(tokens: Tokens, index: int) -> tuple[str, int] | None:
    """The name that stands at `index`, as printed where it is listed, and the index after it."""
    amending = _amending_name(tokens, index)
    if amending is not None:
        return tokens.written(tokens[index].start, tokens[amending - 1].end), amending
    fixed = _known_law(tokens, index) or _law_initials(tokens, index) or _numbered_law(tokens, index)
    if fixed is not None:
        return fixed
    end = title_end(tokens, index) if tokens[index].capital else index
    if end == index:
        return None
    return tokens.written(tokens[index].start, tokens[end - 1].end), end


def _amending_name(tokens: Tokens, index: int) -> int | None:
    """ "sửa đổi, bổ sung một số điều của 11 Luật liên quan đến quy hoạch": its own name, up to its date."""
    if not (tokens[index].says("sửa") and tokens[index + 1].says("đổi")):
        return None
    for end in range(index + 2, index + 50):
        token = tokens[end]
        if token.says("ngày") or (token.says("số") and tokens[end + 1].kind is Kind.INSTRUMENT):
            return end
        below = token.capital and tokens.opens_line(end) and tokens[end - 1].text != ","
        if below and NEW_INSTRUMENT.at(tokens, end) is None:
            return end
        if token.kind is Kind.END or token.text in (";", ".", ")", ":", '"'):
            return end
    return None


def _numbered_law(tokens: Tokens, index: int) -> tuple[str, int] | None:
    """An unlisted name with its number behind it: "Pháp lệnh Ưu đãi người có công … số 02/2020/UBTVQH14"."""
    if not tokens[index].capital:
        return None
    for end in range(index, index + NAME_LIMIT):
        token = tokens[end]
        if token.says("số") and tokens[end + 1].kind is Kind.INSTRUMENT:
            return tokens.written(tokens[index].start, tokens[end - 1].end), end
        if (token.kind is not Kind.WORD and token.text != ",") or NEW_INSTRUMENT.at(tokens, end) is not None:
            return None
    return None


def _law_initials(tokens: Tokens, index: int) -> tuple[str, int] | None:
    """ "Luật BVMT", "luật đtc": initials that only one law has."""
    token = tokens[index]
    if token.kind is not Kind.WORD or not (len(token.text) > 2 or token.capital):
        return None
    name = law_of_initials(token.text)
    return (name, index + 1) if name else None


def _known_law(tokens: Tokens, index: int) -> tuple[str, int] | None:
    if tokens[index].kind is not Kind.WORD:
        return None
    for spelling, name in _laws_by_first_word().get(tokens[index].bare, ()):
        after = _words_at(tokens, index, spelling)
        if after is not None:
            return name, after
    return None


def _words_at(tokens: Tokens, index: int, spelling: tuple[str, ...]) -> int | None:
    """The index after the words, commas between them or not; marks must agree where any are typed."""
    for word in spelling:
        index += tokens[index].text == ","
        if not tokens[index].says(word):
            return None
        index += 1
    return index


@lru_cache(maxsize=1)
def _laws_by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Bare first word → (words, printed name), longest name first."""
    laws: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in LAW_NAMES:
        spelling = tuple(name.casefold().replace(",", "").split())
        laws.setdefault(unmarked(spelling[0]), []).append((spelling, name))
    for same in laws.values():
        same.sort(key=lambda law: len(law[0]), reverse=True)
    return laws
