"""The locators of a citation: "điểm a, b khoản 2 Điều 5", "mục III.1.3", "Đ5 k2 đa".

`read_locators` reads a run of locators as written; `nested` turns the run into unit paths.
"""

from __future__ import annotations

from dataclasses import replace

from corpus.address import Level
from corpus.cited_units import ALONE_WORDS, THIS, CitedUnit, words_of
from corpus.markers import LAST, follows, is_roman, is_spoken, read_marker
from corpus.nesting import Path, Step, nested
from corpus.tokens import Kind, Phrases, Token, Tokens, Words, phrase_set, words

__all__ = [
    "ALONE",
    "OPENERS",
    "THIS",
    "CitedUnit",
    "Path",
    "nested",
    "opens_unit",
    "read_locators",
    "starts_locator",
    "words_of",
]

_WORDS: Phrases[Level] = Phrases(
    (
        ("dấu gạch đầu dòng", Level.DASH),
        ("dấu gạch ngang đầu dòng", Level.DASH),
        ("dấu trừ đầu dòng", Level.DASH),
        ("dấu cộng đầu dòng", Level.PLUS),
        ("gạch ngang đầu dòng", Level.DASH),
        ("gạch đầu dòng", Level.DASH),
        ("dấu gạch ngang", Level.DASH),
        ("dấu trừ", Level.DASH),
        ("dấu -", Level.DASH),
        ("ý", Level.DASH),
        ("dấu cộng", Level.PLUS),
        ("dấu +", Level.PLUS),
        ("tiểu mục", Level.SUBSECTION),
        ("phụ lục", Level.ANNEX),
        ("chú thích", Level.FOOTNOTE),
        ("cước chú", Level.FOOTNOTE),
        ("biểu mẫu", Level.FORM),
        ("mẫu", Level.FORM),
        ("biểu", Level.TABLE),
        ("bảng", Level.TABLE),
        ("chương", Level.CHAPTER),
        ("phần", Level.PART),
        ("mục", Level.SECTION),
        ("điều", Level.ARTICLE),
        ("khoản", Level.CLAUSE),
        ("khỏan", Level.CLAUSE),  # the hook typed a letter early
        ("điểm", Level.POINT),
        ("tiết", Level.SUBPOINT),
        ("đoạn văn", Level.PARAGRAPH),
        ("đoạn", Level.PARAGRAPH),
        ("gạch", Level.DASH),
    )
)
_ALONE = Phrases(ALONE_WORDS)
ALONE = frozenset(level for _, level in ALONE_WORDS)  # levels that stand once and carry no number
OPENERS = _WORDS.openers | _ALONE.openers | {"các", "từ", "đ", "d", "k", "pl"}  # first words, marks written
_SHORT = {"đ": Level.ARTICLE, "d": Level.ARTICLE, "k": Level.CLAUSE}
# The word is the second half of another one: tài khoản, địa điểm, danh mục, thời tiết, huy chương …
_COMPOUNDS = {
    level: Words(words(line))
    for level, line in (
        (Level.CLAUSE, "tài điều"),
        (Level.POINT, "địa quan thời trọng đặc ưu nhược thí tâm cao chấm yếu khuyết luận"),
        (Level.SECTION, "danh hạng chuyên thư"),
        (Level.SUBPOINT, "chi thời tình khí"),
        (Level.CHAPTER, "huy văn hiến niệm"),
        (Level.PART, "cổ thành góp một hai ba học"),
        (Level.PARAGRAPH, "giai công phân"),
        (Level.DASH, "đồng chú lưu cho kiến nghĩa góp chủ đại cùng ngoài toại như"),
        (Level.FORM, "hình kiểu gương làm"),
        (Level.TABLE, "tiêu đại phát công đồ thời ngoại"),
    )
}
_LIST_SIGNS = frozenset({",", ";", "&", "+"})
_LIST_WORDS = Words(words("và hoặc hay cùng với"))
_JOINTS = frozenset({"-", "/", "(", ">", "›", "→", "»", "|", "["})
_INNER_WORDS = Words(words("tại của thuộc trong ở"))
# What may follow the last number of a list ("khoản 1, 2 và 3 Điều 7") but not an amount ("và 3 xã").
_AFTER_LIST = Words(
    words(
        "của tại thuộc trong theo ở và hoặc hay đến nghị quyết luật bộ thông pháp hiến kế chỉ "
        "này nêu nói quy là có thì được cho như phụ kèm ban đính qđ nq nđ kh tt ct pl"
    )
)
# Before "Điều này", "khoản này" that stand alone: elsewhere they may be everyday words.
_POINTING = Words(words("tại của theo trong thuộc ở khỏi định với và"))
_TO = Words(words("đến tới"))
_THIS_WORD = Words(["này"])
_ISSUED_WITH = phrase_set("được ban hành kèm theo", "ban hành kèm theo", "đính kèm", "kèm theo")
_LONGEST_RUN = 64  # locators; a longer run is read in pieces


def read_locators(tokens: Tokens, index: int) -> tuple[list[Step], int]:
    """The run of locators that starts at `index` and the index after it; an empty list when there is none.

    The marker of a unit that begins on its line is no locator, and is passed over.
    """
    steps: list[Step] = []
    here, comma, both = index, False, False
    while (
        len(steps) < _LONGEST_RUN
        and (read := _locator(tokens, here, steps[-1] if steps else None, comma)) is not None
    ):
        added, after = read
        if opens_unit(tokens, here, after):
            return (steps, index) if steps else ([], after)
        index = after
        steps += [replace(added[0], both=True), *added[1:]] if both else added
        here, comma, both = _separator(tokens, index)
    return steps, index


def opens_unit(tokens: Tokens, index: int, after: int) -> bool:
    """Whether a locator is the marker of the unit that begins on its line: "Điều 2. Tổ chức", "Chương II"
    above a heading in capitals."""
    line = index - 1 if tokens[index - 1].text == '"' else index  # “Điều 5. Nội dung chi
    if not tokens.opens_line(line) or tokens[line - 1] in _GOES_ON:
        return False
    if tokens[after].text == ".":
        return tokens[after + 1].spaced and tokens[after + 1].capital
    heading = tokens[after]
    alone = tokens[index].capital and tokens.opens_line(after)
    return alone and len(heading.text) > 1 and tokens.is_upper(heading.start, heading.end)


_GOES_ON = Words(words("tại theo của và hoặc với thuộc trong ở đến từ tới như là các , cả định"))


def starts_locator(tokens: Tokens, index: int) -> bool:
    """Whether a level word with its marker, or "này", stands at `index`: where a title ends."""
    if _ALONE.at(tokens, index) is not None:
        return True
    worded = _level_word(tokens, index)
    if worded is None:
        return False
    level, after, _ = worded
    return tokens[after] in _THIS_WORD or read_marker(tokens, after, level) is not None


def _separator(tokens: Tokens, index: int) -> tuple[int, bool, bool]:
    """Past what may stand between two locators; whether that was a comma or a conjunction, or the latter."""
    comma = False
    if tokens[index].text in (")", "]"):
        index += 1
    if tokens[index].text in _LIST_SIGNS:
        index, comma = index + 1, True
    if tokens[index] in _LIST_WORDS:
        return index + 1, True, True
    if tokens[index].text in _JOINTS or (tokens[index].text == "." and _joined(tokens, index + 1)):
        return index + 1, comma, False
    index += tokens[index].says("nằm") and tokens[index + 1] in _INNER_WORDS
    index += tokens[index].says("ở") and tokens[index + 1].says("trong")
    index += tokens[index] in _INNER_WORDS
    index += tokens[index].text == "các"
    return index, comma, False


def _joined(tokens: Tokens, index: int) -> bool:
    """Whether a locator stands right at `index`: the second of "Đ.5.k.2", "k1.đa", "Điều 3.Khoản 1"."""
    here = _level_word(tokens, index) is not None or _is_glued_point(tokens[index])
    return not tokens[index].spaced and here


def _locator(tokens: Tokens, index: int, previous: Step | None, comma: bool) -> tuple[list[Step], int] | None:
    """One level word with its marker or markers."""
    lead = index + 1 if tokens[index].says("các") or tokens[index].says("từ") else index
    start = tokens[lead].start  # "các" is no part of it, "từ … đến" is
    alone = _ALONE.at(tokens, index)
    if alone is not None:
        level, after = alone
        end = tokens[after - 1].end
        return [Step(CitedUnit(level, ""), None, tokens[index].start, end, True, False, comma, False)], after
    worded = _level_word(tokens, lead)
    if worded is None:
        return _bare_number(tokens, index, previous, comma) or _glued_point(tokens, index, previous, comma)
    level, after, short = worded
    if tokens[after] in _THIS_WORD:
        weak = not _points(tokens, lead, after, level)
        unit = CitedUnit(level, THIS)
        return [Step(unit, None, start, tokens[after].end, weak, short, comma, False)], after + 1
    read = _marked(tokens, lead, worded, comma) or _unnumbered(tokens, lead, worded, comma)
    if read is None or not (read[0][0].until and tokens[index].says("từ")):
        return read
    return [replace(read[0][0], start=tokens[index].start), *read[0][1:]], read[1]


def _unnumbered(
    tokens: Tokens, index: int, worded: tuple[Level, int, bool], comma: bool
) -> tuple[list[Step], int] | None:
    """ "Phụ lục ban hành kèm theo …": the only annex carries no number."""
    level, after, _ = worded
    if level is not Level.ANNEX or _ISSUED_WITH.at(tokens, after) is None:
        return None
    start, end = tokens[index].start, tokens[after - 1].end
    return [Step(CitedUnit(level, ""), None, start, end, True, False, comma, False)], after


def _marked(
    tokens: Tokens, lead: int, worded: tuple[Level, int, bool], comma: bool
) -> tuple[list[Step], int] | None:
    """The marker or markers behind a level word; a run of one kind is a list."""
    level, after, short = worded
    from_ = after + 1 if tokens[after].says("từ") else after  # "các điều từ 5 đến 9"
    if from_ > after and (inner := _level_word(tokens, from_)) is not None:  # "các điều từ Điều 5 …"
        return _marked(tokens, from_, inner, comma) if inner[0] is level else None
    marked = read_marker(tokens, from_, level)
    if marked is None:
        return None
    marker, end = marked
    until, end = _range(tokens, end, level, marker)
    if from_ > after and until is None:
        return None
    weak = short or _weak(tokens, lead, level, marker, from_)
    outer = _is_outer(tokens, from_, level, marker)
    start, unit = tokens[lead].start, CitedUnit(level, marker)
    steps = [Step(unit, until, start, tokens[end - 1].end, weak, short, comma, outer)]
    while (further := _next_in_list(tokens, end, level, steps[-1])) is not None:
        step, end = further
        steps.append(step)
    return steps, end


def _points(tokens: Tokens, index: int, this: int, level: Level) -> bool:
    """Whether "Điều này", "khoản này" can only be a place in a text: behind "tại", "của", "quy định"."""
    before, after = tokens[index - 1], tokens[this + 1]
    whole = before.kind is Kind.END and after.kind is Kind.END
    return level is not Level.POINT and (whole or before in _POINTING)


def _level_word(tokens: Tokens, index: int) -> tuple[Level, int, bool] | None:
    """The level named at `index`, the index after the word, and whether it was abbreviated."""
    found = _WORDS.at(tokens, index)
    if found is None:
        shown = _shown_sign(tokens, index + 1) if tokens[index].says("dấu") else None
        return _short_word(tokens, index) if shown is None else (shown, index + 4, False)
    level, after = found
    if level in _SIGNED and (shown := _shown_sign(tokens, after)) is not None:
        level, after = shown, after + 3
    compounds = _COMPOUNDS.get(level)
    return None if compounds is not None and tokens[index - 1] in compounds else (level, after, False)


_SIGNED = {Level.DASH: "-", Level.PLUS: "+"}


def _shown_sign(tokens: Tokens, index: int) -> Level | None:
    """The level of the sign that is shown in brackets: "gạch đầu dòng (-) thứ hai", "dấu “+” thứ nhất"."""
    closing = {"(": ")", '"': '"', "'": "'"}.get(tokens[index].text)
    if closing is None or tokens[index + 2].text != closing:
        return None
    return next((level for level, sign in _SIGNED.items() if tokens[index + 1].text == sign), None)


def _short_word(tokens: Tokens, index: int) -> tuple[Level, int, bool] | None:
    """ "Đ5", "đ. 5", "k2": the abbreviation stands against its number or has a full stop."""
    level = _SHORT.get(tokens[index].text)
    if level is None:
        return _short_annex(tokens, index)
    after = index + 1
    dotted = tokens[after].text == "." and not tokens[after].spaced
    after += dotted
    number = tokens[after]
    if number.kind is Kind.NUMBER and (dotted or not number.spaced or _short_beside(tokens, index)):
        return level, after, True
    letter = number.kind is Kind.WORD and len(number.text) == 1 and dotted and level is Level.ARTICLE
    return (Level.POINT, after, True) if letter else None


def _short_annex(tokens: Tokens, index: int) -> tuple[Level, int, bool] | None:
    """ "PL II", "PL 01": an annex, where no year makes it a Pháp lệnh."""
    token, after = tokens[index], tokens[index + 1]
    if token.text != "pl" or not tokens.is_upper(token.start, token.end):
        return None
    marked = (after.kind is Kind.NUMBER and len(after.text) < 3) or (after.capital and is_roman(after.text))
    return (Level.ANNEX, index + 1, False) if marked and tokens[index + 2].text != "/" else None


def _short_beside(tokens: Tokens, index: int) -> bool:
    """ "Đ 5 k 2": written apart, they are locators only side by side."""
    return any(
        tokens[beside].text in _SHORT and tokens[beside + 1].kind is Kind.NUMBER
        for beside in (index - 2, index + 2)
    )


def _glued_point(
    tokens: Tokens, index: int, previous: Step | None, comma: bool
) -> tuple[list[Step], int] | None:
    """ "đa" after "k2": điểm a."""
    token = tokens[index]
    if not _is_glued_point(token):
        return None
    near = previous is not None and previous.short
    first = tokens[index + 1].kind is Kind.WORD and starts_locator(tokens, index + 1)
    if not (near or first):
        return None
    unit = CitedUnit(Level.POINT, token.text[1])
    return [Step(unit, None, token.start, token.end, True, True, comma, False)], index + 1


_GLUED = frozenset("abcdeghiklmqđ")


def _is_glued_point(token: Token) -> bool:
    return len(token.text) == 2 and token.text[0] in "đd" and token.text[1] in _GLUED


def _bare_number(
    tokens: Tokens, index: int, previous: Step | None, comma: bool
) -> tuple[list[Step], int] | None:
    """ "III.1.3" anywhere; "1.3" only before "phần III" or after it."""
    token = tokens[index]
    if tokens[index + 1].text != "." or tokens[index + 1].spaced or tokens[index - 1].text == ".":
        return None
    roman = token.kind is Kind.WORD and token.capital and is_roman(token.text)
    if not roman and token.kind is not Kind.NUMBER:
        return None
    marked = read_marker(tokens, index, None)
    if marked is None or "." not in marked[0] or _is_acronym(tokens, index, marked[1]):
        return None
    marker, end = marked
    if not roman and not (_holds_number(previous) or _section_follows(tokens, end)):
        return None
    unit = CitedUnit(None, marker)
    return [Step(unit, None, token.start, tokens[end - 1].end, not roman, False, comma, roman)], end


_SECTIONS = (Level.PART, Level.SECTION)


def _is_acronym(tokens: Tokens, index: int, end: int) -> bool:
    """ "V.I.P" has capitals behind its full stops, "III.2.g" has not."""
    return any(tokens[place].capital for place in range(index + 2, end, 2))


def _holds_number(previous: Step | None) -> bool:
    return previous is not None and previous.unit.level in _SECTIONS and previous.outer and not previous.short


def _section_follows(tokens: Tokens, index: int) -> bool:
    worded = _level_word(tokens, index)
    return worded is not None and worded[0] in _SECTIONS and bool(read_marker(tokens, worded[1], worded[0]))


def _range(tokens: Tokens, index: int, level: Level, first: str) -> tuple[str | None, int]:
    """The last marker of "… đến Điều 9", "1 - 3", and the index after it; None when there is no range."""
    if not (tokens[index].text == "-" or tokens[index] in _TO):
        return None, index
    after = index + 1
    after += tokens[after].says("hết")
    worded = _level_word(tokens, after)
    if worded is not None:
        if worded[0] is not level:
            return None, index
        after = worded[1]
    marked = read_marker(tokens, after, level)
    if marked is None or not follows(first, marked[0]):
        return None, index
    if worded is None and not _closes_list(tokens, marked[1]):
        return None, index
    return marked


def _next_in_list(tokens: Tokens, index: int, level: Level, last: Step) -> tuple[Step, int] | None:
    """The next marker of "điểm a, b và đ": same kind, later in order, and no amount."""
    here = index + 1 if tokens[index].text == ")" else index
    here, comma = _list_sign(tokens, here)
    if not comma or _level_word(tokens, here) is not None:
        return None
    marked = read_marker(tokens, here, level)
    if marked is None or not follows(last.until or last.unit.marker, marked[0]):
        return None
    marker, end = marked
    until, end = _range(tokens, end, level, marker)
    if not _closes_list(tokens, end):
        return None
    unit = CitedUnit(level, marker)
    outer = _is_outer(tokens, here, level, marker)
    return Step(unit, until, tokens[here].start, tokens[end - 1].end, last.weak, last.short, True, outer), end


def _list_sign(tokens: Tokens, index: int) -> tuple[int, bool]:
    start = index
    if tokens[index].text in _LIST_SIGNS:
        index += 1
    if tokens[index] in _LIST_WORDS:
        index += 1
    return index, index > start


def _closes_list(tokens: Tokens, index: int) -> bool:
    token = tokens[index]
    if token.kind is Kind.END or token.kind is Kind.INSTRUMENT or token.kind is Kind.SIGN:
        return token.text != "%"
    return token in _AFTER_LIST or _level_word(tokens, index) is not None


def _is_outer(tokens: Tokens, index: int, level: Level, marker: str) -> bool:
    index += tokens[index].says("số") or tokens[index].says("thứ")
    index += tokens[index].kind is Kind.SIGN  # mục “II”
    first = marker.split(".")[0]
    roman = is_roman(first) and (len(first) > 1 or (level is Level.SECTION and first in "ivx"))
    return first.isalpha() and (tokens[index].capital or roman)


def _weak(tokens: Tokens, index: int, level: Level, marker: str, after: int) -> bool:
    """Locators that are also ordinary words or pieces of a route, a score, a stage: they need company."""
    digit = marker[0].isdigit()
    ordinal = tokens[after].says("thứ")
    if marker == LAST or is_spoken(tokens, after):
        return True
    if level is Level.POINT:
        counted = tokens[index - 1].kind is Kind.NUMBER
        return digit or counted or (tokens[after].capital and not tokens[index].capital) or len(marker) > 2
    if level is Level.PART:
        return digit and not ordinal
    if level is Level.SECTION:
        return len(marker) == 1 and not digit and not tokens[after].capital
    if level is Level.DASH:
        short = tokens[index].says("gạch") and not tokens[index + 1].says("đầu")
        return tokens[index].says("ý") or (short and not ordinal)
    if level in (Level.FORM, Level.TABLE):
        return not (tokens[after].says("số") and tokens[index].capital)
    return level in (Level.SUBPOINT, Level.PARAGRAPH, Level.PLUS)
