"""Where the words of a title end: it has no end mark, so a stop word, a sign or a citation ends it."""

from __future__ import annotations

import re

from corpus.instrument_types import NEW_INSTRUMENT
from corpus.locators import starts_locator
from corpus.tokens import Kind, Tokens, Words, phrase_set, words

# A title or an unknown law's name ends before one of these.
_STOPS = frozenset(
    words(
        "nói nêu ghi là có thì được bị để cho như ra sao gì nào bao hay hoặc của ngày "
        "số tại theo này trên do mà yêu cần phải không đã sẽ đang ai khi nếu nhằm "
        "dành giao thế đề"
    )
)
_BARE_STOPS = Words(words("của nói được thế này"))
_STOP_PAIRS = phrase_set(
    "quy định", "ban hành", "sửa đổi", "hết hiệu", "năm nào", "đúng hay", "hiện hành", "hiện nay", "kèm theo"
)
_JOINTS = Words(words("và với hoặc hay cùng"))
NAME_LIMIT = 14  # words
_TIMES = phrase_set(
    "thời kỳ",
    "giai đoạn",
    "nhiệm kỳ",
    "tầm nhìn đến năm",
    "tầm nhìn đến",
    "tầm nhìn",
    "đến năm",
    "định hướng đến năm",
    "định hướng đến",
)
_YEARS_OF_TITLE = re.compile(r"(?:19|20)\d\d(?:\s{0,3}-\s{0,3}(?:19|20)\d\d)?(?![\d/])")
_AFTER_YEAR = Words(words("tỉnh thành huyện trên của"))
_YEAR = re.compile(r"(?:19|20)\d\d")
FEWEST_OF_TITLE, _LONGEST_TITLE = 2, 60  # words
_ASKING = Words(words("gì nào sao bao mấy không đâu ai nói là có được bị ghi nêu hỏi"))


def title_end(tokens: Tokens, index: int) -> int:
    """The index after the words of a title that starts at `index`; `index` itself where there are none."""
    end, limit = index, index + NAME_LIMIT
    while end < limit:
        years = _years_end(tokens, end)
        if years is not None:
            end, limit = years, limit + years - end
            continue
        after_year = end > index and _YEAR.fullmatch(tokens[end - 1].text) is not None
        listed = end > index and tokens[end + 1].kind is Kind.WORD and _listed(tokens, end)
        if not (tokens[end].text == "," and listed) and _ends_title(tokens, end, index, after_year):
            return end
        end += 1
    return end


def _years_end(tokens: Tokens, index: int) -> int | None:
    """Past what a title says of its time: "thời kỳ 2021-2030", ", tầm nhìn đến năm 2050", "đến năm 2030"."""
    led = _TIMES.at(tokens, index + (tokens[index].text == ","))
    years = tokens.match(led[1], _YEARS_OF_TITLE) if led is not None else None
    return years[1] if years is not None else None


def _ends_title(tokens: Tokens, index: int, first: int, after_year: bool) -> bool:
    token = tokens[index]
    if token.kind not in (Kind.WORD, Kind.NUMBER) or token.text in _STOPS:
        return True
    if (
        token.capital and index > first and tokens.opens_line(index)
    ):  # the next line is a heading or a sentence
        return True
    if after_year and token not in _AFTER_YEAR:  # "Kế hoạch du lịch 2026 thì …"
        return True
    if token.text == token.bare and token in _BARE_STOPS:
        return True
    if token.kind is Kind.NUMBER and not _YEAR.fullmatch(token.text):
        return True
    if token.says("năm") and tokens[index + 1].kind is Kind.NUMBER:
        return True
    if _STOP_PAIRS.at(tokens, index) is not None or _type_word(tokens, index, first):
        return True
    after = index + (token in _JOINTS)  # "… quy hoạch với mục 1.4 phần III kế hoạch"
    return starts_locator(tokens, after)


def _listed(tokens: Tokens, comma: int) -> bool:
    """ "Phòng, chống tham nhũng": a comma inside a name stands after one word and before lower case."""
    return not tokens[comma + 1].capital and tokens[comma - 1].capital


def _type_word(tokens: Tokens, index: int, first: int) -> bool:
    """Whether another instrument starts here, after "và" or not."""
    here = index + tokens[index].says("và")
    if here == first or not tokens[here].capital:
        return False
    return NEW_INSTRUMENT.at(tokens, here) is not None


def typed_end(tokens: Tokens, index: int) -> int | None:
    """The end of a text that is nothing but a title, or None."""
    end = len(tokens)
    while end > index and tokens[end - 1].text in (".", ";", ","):
        end -= 1
    if not FEWEST_OF_TITLE <= end - index <= _LONGEST_TITLE:
        return None
    words_only = (
        token.kind in (Kind.WORD, Kind.NUMBER) or token.text in (",", "-", '"', "(", ")")
        for token in (tokens[place] for place in range(index, end))
    )
    other = any(tokens[place] in _ASKING or starts_locator(tokens, place) for place in range(index, end))
    return end if all(words_only) and not other else None
