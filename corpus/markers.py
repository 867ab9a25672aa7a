"""Markers: what stands after a level word, "5a", "III.1.3", "đ", "thứ nhất", or only looks like one."""

from __future__ import annotations

import re

from corpus.address import Level
from corpus.tokens import Kind, Token, Tokens, Words, phrase_set, words

_ROMAN = re.compile(r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
ROMAN_LEVELS = frozenset({Level.PART, Level.CHAPTER, Level.SECTION, Level.ANNEX, None})
_LETTER_LEVELS = frozenset(
    {Level.POINT, Level.SUBPOINT, Level.SECTION, Level.SUBSECTION, Level.PART, Level.ANNEX}
)
ORDINALS = {
    "nhất": "1",
    "hai": "2",
    "nhì": "2",
    "ba": "3",
    "tư": "4",
    "bốn": "4",
    "năm": "5",
    "sáu": "6",
} | {
    "bảy": "7",
    "tám": "8",
    "chín": "9",
    "mười": "10",
}
# "khoản 5 triệu", "mục 2 lần": an amount, not a place.
_MONEY_WORDS = words("triệu tỷ tỉ nghìn ngàn đồng usd vnđ % ‰")
_MONEY = Words(_MONEY_WORDS)
_AMOUNTS = Words([*_MONEY_WORDS, *words("lượt người ha km m tháng ngày giờ phút lần tuổi buồng")])
_FIRST = phrase_set("đầu tiên", "đầu")
LAST = "cuối"  # the marker of "gạch đầu dòng cuối cùng"
_LAST = phrase_set("cuối cùng", "cuối", "sau cùng")
_LAST_LEVELS = frozenset(
    {Level.SECTION, Level.SUBSECTION, Level.ARTICLE, Level.CLAUSE, Level.POINT, Level.SUBPOINT}
    | {Level.PARAGRAPH, Level.DASH, Level.PLUS}
)
_ENDS_OF = Words(words("năm tháng tuần ngày quý kỳ đường tuyến nguồn cầu sông"))  # "đoạn cuối đường"
_ORDINAL_WORDS = {word: Words([word]) for word in ORDINALS}
_AROUND = {"(": ")", "[": "]", '"': '"', "'": "'"}
_DEEPEST = 6  # parts of a dotted number
# "khoản một Điều hai": a number without "thứ", where one of these or nothing follows.
_SPOKEN = {"một": "1"} | {
    word: number for word, number in ORDINALS.items() if word not in ("nhất", "nhì", "tư")
}
_TEENS = {
    "một": "11",
    "hai": "12",
    "ba": "13",
    "bốn": "14",
    "tư": "14",
    "lăm": "15",
    "năm": "15",
    "sáu": "16",
} | {
    "bảy": "17",
    "tám": "18",
    "chín": "19",
}
_CLOSE = Words(
    words("điều khoản mục phần chương điểm tiểu của thuộc tại luật nghị quyết bộ thông kế qđ nq kh")
)
_COUNTED_LEVELS = frozenset(
    {Level.ARTICLE, Level.CLAUSE, Level.SECTION, Level.PART, Level.CHAPTER, Level.PARAGRAPH, Level.DASH}
)
_LETTER_SIGN = frozenset("abcdđefghijklmnopqrstuvwxyz")
_LARGEST = 999  # beyond it a number is a year or an amount


def read_marker(tokens: Tokens, index: int, level: Level | None) -> tuple[str, int] | None:
    """A marker in lower case without leading zeros, and the index after it."""
    if tokens[index].says("số") and tokens[index + 1].kind in (Kind.NUMBER, Kind.WORD):
        index += 1
    if tokens[index].says("thứ"):
        return _ordinal(tokens, index + 1)
    if level in (Level.DASH, Level.PLUS, Level.PARAGRAPH) and (first := _FIRST.at(tokens, index)) is not None:
        return "1", first[1]
    if level in _LAST_LEVELS and (last := _LAST.at(tokens, index)) is not None:
        return None if tokens[last[1]] in _ENDS_OF else (LAST, last[1])
    if level in _COUNTED_LEVELS and is_spoken(tokens, index):
        return _SPOKEN[tokens[index].text], index + 1
    closing = _AROUND.get(tokens[index].text)
    if closing is not None:  # điểm “a”, khoản (2)
        inside = _component(tokens, index + 1, level)
        closed = inside is not None and tokens[inside[1]].text == closing
        return (inside[0], inside[1] + 1) if inside is not None and closed else None
    return _dotted_marker(tokens, index, level)


def is_spoken(tokens: Tokens, index: int) -> bool:
    """Whether a number is written out without "thứ" where a citation goes on or ends: "Điều hai"."""
    return tokens[index].text in _SPOKEN and _closes(tokens, index + 1)


def _closes(tokens: Tokens, index: int) -> bool:
    token = tokens[index]
    return token in _CLOSE or token.kind in (Kind.END, Kind.INSTRUMENT) or token.text in (",", ";", ".", ")")


def _dotted_marker(tokens: Tokens, index: int, level: Level | None) -> tuple[str, int] | None:
    first = _component(tokens, index, level)
    if first is None:
        return None
    parts, index = [first[0]], first[1]
    while len(parts) < _DEEPEST and (further := _dotted(tokens, index) or _slashed(tokens, index, parts)):
        parts.append(further[0])
        index = further[1]
    if 1 < len(parts) < _DEEPEST and _is_glued_letter(tokens, index):  # "III.1.7c"
        parts.append(tokens[index].text)
        index += 1
    if len(parts) == 1 and level in ROMAN_LEVELS and is_roman(parts[0]):
        spaced, index = _spaced_parts(tokens, index)
        parts += spaced
    if parts[0][0].isdigit() and _is_amount(tokens, index, level):
        return None
    return ".".join(parts), index


def _is_glued_letter(tokens: Tokens, index: int) -> bool:
    """Whether one letter stands right behind a number and against nothing else."""
    letter, after = tokens[index], tokens[index + 1]
    apart = after.spaced or after.kind is Kind.END or after.text in (",", ";", ")")
    return (
        letter.text in _LETTER_SIGN and not letter.spaced and tokens[index - 1].kind is Kind.NUMBER and apart
    )


def _component(tokens: Tokens, index: int, level: Level | None) -> tuple[str, int] | None:
    token = tokens[index]
    if token.kind is Kind.NUMBER:
        return read_number(tokens, index)
    if token.kind is not Kind.WORD:
        return None
    if level in ROMAN_LEVELS and is_roman(token.text):
        return token.text, index + 1
    if level is Level.POINT and token.text == "dd":  # đ on a keyboard without it
        return "đ", index + 1
    if level in _LETTER_LEVELS and token.text in _LETTER_SIGN:
        digit = tokens[index + 1]
        if digit.kind is Kind.NUMBER and not digit.spaced and len(digit.text) == 1:
            return token.text + digit.text, index + 2
        return token.text, index + 1
    return None


def read_number(tokens: Tokens, index: int) -> tuple[str, int] | None:
    """A number that can be a marker, with a letter against it: "5", "5a"; and the index after it."""
    digits = tokens[index].text.lstrip("0") or "0"
    if not digits.isascii() or len(digits) > 3 or int(digits) > _LARGEST or digits == "0":
        return None
    suffix = tokens[index + 1]
    if suffix.kind is not Kind.WORD or suffix.spaced:
        return digits, index + 1
    glued_next = tokens[index + 2].kind is Kind.NUMBER and not tokens[index + 2].spaced
    if glued_next or _is_glued_point(suffix):  # "đ5k2", "k2đa": the next locator
        return digits, index + 1
    return (digits + suffix.text, index + 2) if suffix.text in _LETTER_SIGN else None


def _is_glued_point(token: Token) -> bool:
    return len(token.text) == 2 and token.text[0] in "đd" and token.text[1] in _LETTER_SIGN


def _dotted(tokens: Tokens, index: int) -> tuple[str, int] | None:
    """ ".3", ".a", "(3)", "(a)" right behind a component."""
    dot, part = tokens[index], tokens[index + 1]
    beside = not dot.spaced or (part.text in _LETTER_SIGN and _closes(tokens, index + 3))  # "III.1.7 (c)"
    if dot.text == "(" and beside and tokens[index + 2].text == ")":  # "Điều 5(2)(a)"
        number = part.kind is Kind.NUMBER and len(part.text) <= 2 and part.text.isascii() and int(part.text)
        return (part.text.lstrip("0"), index + 3) if number or part.text in _LETTER_SIGN else None
    if dot.text != "." or dot.spaced or part.spaced:
        return None
    if part.kind is Kind.NUMBER and len(part.text) <= 2 and part.text.isascii() and int(part.text):
        return part.text.lstrip("0"), index + 2
    if part.kind is Kind.WORD and part.text in _LETTER_SIGN:
        then = tokens[index + 2]
        abbreviated = part.text in "kđ" and not then.spaced and (then.text == "." or then.kind is Kind.NUMBER)
        return None if abbreviated else (part.text, index + 2)  # "Đ.5.k.2"
    return None


def _slashed(tokens: Tokens, index: int, parts: list[str]) -> tuple[str, int] | None:
    """ "/2" of "mục II/2"."""
    part = tokens[index + 1]
    short = part.kind is Kind.NUMBER and len(part.text) <= 2 and not part.spaced and int(part.text)
    beside = (
        tokens[index].text == "/" and not tokens[index].spaced and tokens[index + 2].text not in ("/", "-")
    )
    return (part.text.lstrip("0"), index + 2) if short and beside and is_roman(parts[-1]) else None


def _spaced_parts(tokens: Tokens, index: int) -> tuple[list[str], int]:
    """The rest of "III. 1. 7. b": two parts at least, for "III. 1. Tổ chức" is a heading."""
    parts: list[str] = []
    here = index
    while len(parts) < _DEEPEST and tokens[here].text == ".":
        part = tokens[here + 1]
        number = part.kind is Kind.NUMBER and len(part.text) <= 2 and part.text.isascii() and int(part.text)
        if not number and not (part.text in _LETTER_SIGN and not part.capital):
            break
        parts.append(part.text.lstrip("0"))
        here += 2
    ended = tokens[here].text != "." and not tokens.opens_line(here - 1)
    return (parts, here) if len(parts) > 1 and ended else ([], index)


def _ordinal(tokens: Tokens, index: int) -> tuple[str, int] | None:
    token = tokens[index]
    if token.kind is Kind.NUMBER:
        return read_number(tokens, index)
    if token.kind is Kind.WORD and token.capital and is_roman(token.text):  # "Phần thứ III"
        return token.text, index + 1
    if token.says("mười") and (teen := _TEENS.get(tokens[index + 1].text)) is not None:
        return teen, index + 2
    number = next((number for word, number in ORDINALS.items() if token in _ORDINAL_WORDS[word]), None)
    return (number, index + 1) if number else None


def _is_amount(tokens: Tokens, index: int, level: Level | None) -> bool:
    """Whether a number that ends before `index` goes on as an amount, a decimal or a date."""
    after, then = tokens[index], tokens[index + 1]
    if after in (_MONEY if level in (Level.ARTICLE, Level.CLAUSE) else _AMOUNTS):
        return True
    if after.says("năm") and then.kind is not Kind.NUMBER and level is not Level.ARTICLE:
        return True
    if after.text == "." and not after.spaced and then.kind is Kind.NUMBER and not then.spaced:
        return True  # 3.000
    return after.text == "/" and then.kind is Kind.NUMBER


def follows(first: str, second: str) -> bool:
    """Whether `second` is of the same kind as `first` and comes after it in order."""
    one, two = _sort_key(first), _sort_key(second)
    return one is not None and two is not None and one[0] == two[0] and one < two


def _sort_key(marker: str) -> tuple[str, tuple[int, ...], str] | None:
    found = re.fullmatch(r"((?:\d+\.)*)(\d+)([a-zđ]?)", marker)
    if found:
        return "number", tuple(int(part) for part in (found[1] + found[2]).split(".")), found[3]
    if marker == LAST:
        return None
    if _ROMAN.fullmatch(marker) and (len(marker) > 1 or marker in "ivx"):
        return "roman", (roman_value(marker),), ""
    return ("letter", ("abcdđeghiklmnopqrstuvxyz".find(marker[:1]),), marker) if marker else None


def roman(value: int) -> str:
    """4 → "IV"; "" for 0."""
    said = ""
    for worth, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    ):
        said += sign * (value // worth)
        value %= worth
    return said


def roman_value(numeral: str) -> int:
    """ "xiv" → 14; lower case, i to l only."""
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def is_roman(marker: str) -> bool:
    """Whether a lower-case marker reads as a Roman numeral up to 89."""
    return _ROMAN.fullmatch(marker) is not None
