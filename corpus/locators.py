"""The locators of a citation: "điểm a, b khoản 2 Điều 5", "mục III.1.3", "Đ5 k2 đa".

`read_locators` reads a run of locators as written; `nested` turns the run into unit paths, outermost
first. A document may put mục inside Điều (the Decision) or Điều inside mục (a law): what stands
between what decides, never the level word alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from corpus.address import Level
from corpus.markers import ROMAN_LEVELS, follows, is_roman, read_marker
from corpus.tokens import Kind, Tokens, words
from corpus.vietnamese import unmarked

THIS = "này"  # the marker of "khoản này", "Điều này"


class CitedUnit(NamedTuple):
    """One step of a citation: the level word used (None: a bare number) and the marker, lower case."""

    level: Level | None
    marker: str


@dataclass(frozen=True, slots=True)
class Step:
    """One cited unit in a run, and where it stands in the folded text."""

    unit: CitedUnit
    until: str | None  # "Điều 5 đến Điều 9": the last marker
    start: int
    end: int
    weak: bool  # does not make a citation on its own
    short: bool  # "Đ5", "k2": an abbreviation
    comma: bool  # a comma or "và" stands before it
    outer: bool  # marker is Roman or a capital letter


class Path(NamedTuple):
    """Cited units outermost first, and the stretch of folded text that is this citation's own."""

    units: tuple[CitedUnit, ...]
    until: str | None
    start: int
    end: int
    weak: bool


_WORDS: tuple[tuple[str, Level], ...] = (
    ("gạch đầu dòng", Level.DASH),
    ("dấu gạch ngang", Level.DASH),
    ("dấu cộng", Level.PLUS),
    ("tiểu mục", Level.SUBSECTION),
    ("phụ lục", Level.ANNEX),
    ("chú thích", Level.FOOTNOTE),
    ("cước chú", Level.FOOTNOTE),
    ("chương", Level.CHAPTER),
    ("phần", Level.PART),
    ("mục", Level.SECTION),
    ("điều", Level.ARTICLE),
    ("khoản", Level.CLAUSE),
    ("điểm", Level.POINT),
    ("tiết", Level.SUBPOINT),
    ("đoạn", Level.PARAGRAPH),
    ("gạch", Level.DASH),
)
# Parts that stand once in a document and carry no number; their marker is "".
_ALONE: tuple[tuple[str, Level], ...] = (
    ("phần tiêu đề", Level.HEAD),
    ("phần mở đầu", Level.PREAMBLE),
    ("phần kết", Level.CLOSING),
    ("nơi nhận", Level.RECIPIENTS),
    ("phần ký", Level.SIGNATURE),
)
OPENERS = frozenset(unmarked(words).split()[0] for words, _ in _WORDS + _ALONE) | {"cac", "tu", "d", "k"}
_SHORT = {"đ": Level.ARTICLE, "d": Level.ARTICLE, "k": Level.CLAUSE}

# The word is the second half of another one: tài khoản, địa điểm, danh mục, thời tiết, huy chương …
_COMPOUNDS = {
    Level.CLAUSE: words("tài điều"),
    Level.POINT: words("địa quan thời trọng đặc ưu nhược thí tâm cao chấm yếu khuyết luận"),
    Level.SECTION: words("danh hạng chuyên thư"),
    Level.SUBPOINT: words("chi thời tình khí"),
    Level.CHAPTER: words("huy văn hiến niệm"),
    Level.PART: words("cổ thành góp một hai ba học"),
    Level.PARAGRAPH: words("giai công phân"),
}
_RANK: dict[Level | None, float] = {
    Level.ANNEX: 0.0,
    Level.PART: 1.0,
    Level.CHAPTER: 2.0,
    Level.SECTION: 3.0,
    None: 3.6,
    Level.SUBSECTION: 4.0,
    Level.ARTICLE: 5.0,
    Level.CLAUSE: 6.0,
    Level.POINT: 7.0,
    Level.SUBPOINT: 8.0,
    Level.PARAGRAPH: 8.5,
    Level.DASH: 9.0,
    Level.PLUS: 10.0,
    Level.FOOTNOTE: 9.5,
} | dict.fromkeys((Level.HEAD, Level.PREAMBLE, Level.CLOSING, Level.RECIPIENTS, Level.SIGNATURE), 1.0)
_FREE = frozenset({Level.POINT, Level.SUBPOINT, Level.PARAGRAPH, Level.DASH, Level.PLUS, Level.FOOTNOTE})
_INSIDE_ARTICLE = 5.5  # a mục that stands inside a Điều
_LIST_SIGNS = frozenset({",", ";"})
_LIST_WORDS = ("và", "hoặc", "hay", "cùng", "với")
_INNER_WORDS = ("tại", "của", "thuộc", "trong", "ở")
# What may follow the last number of a list ("khoản 1, 2 và 3 Điều 7") but not an amount ("và 3 xã").
_AFTER_LIST = words(
    "của tại thuộc trong theo ở và hoặc hay đến nghị quyết luật bộ thông pháp hiến kế chỉ "
    "này nêu nói quy là có thì được cho như phụ"
)


def read_locators(tokens: Tokens, index: int) -> tuple[list[Step], int]:
    """The run of locators that starts at `index` and the index after it; an empty list when there is none."""
    steps: list[Step] = []
    here, comma = index, False
    while (read := _locator(tokens, here, steps[-1] if steps else None, comma)) is not None:
        added, index = read
        steps += added
        here, comma = _separator(tokens, index)
    return steps, index


def nested(steps: list[Step]) -> list[Path]:
    """The unit paths of a run, in text order; each step belongs to the path it was written for."""
    ranks = _ranks(steps)
    down = _goes_down(steps, ranks)
    order = range(len(steps)) if down else range(len(steps) - 1, -1, -1)
    _nest_neighbours(steps, ranks, list(order))
    paths: list[Path] = []
    stack: list[int] = []
    fresh: list[int] = []
    for place in order:
        if stack and ranks[stack[-1]] >= ranks[place]:
            paths.append(_path(steps, stack, fresh))
            fresh = []
        while stack and ranks[stack[-1]] >= ranks[place]:
            stack.pop()
        stack.append(place)
        fresh.append(place)
    if stack:
        paths.append(_path(steps, stack, fresh))
    return sorted(paths, key=lambda path: path.start)


def _nest_neighbours(steps: list[Step], ranks: list[float], order: list[int]) -> None:
    """Below khoản the order is free: what stands beside another level, no comma between, is in it."""
    for outer, inner in pairwise(order):
        comma = steps[max(outer, inner)].comma
        free = {steps[outer].unit.level, steps[inner].unit.level} <= _FREE
        if free and not comma and steps[outer].unit.level is not steps[inner].unit.level:
            ranks[inner] = max(ranks[inner], ranks[outer] + 0.01)


def _goes_down(steps: list[Step], ranks: list[float]) -> bool:
    """Whether the run is written from the outside in: "Điều 5, khoản 2, điểm a"."""
    for place in range(len(steps)):
        last = place
        while last + 1 < len(steps) and not steps[last + 1].comma:
            last += 1
        if ranks[place] != ranks[last]:  # words side by side tell; a comma may only part a list
            return ranks[place] < ranks[last]
    return len(steps) > 1 and all(ranks[0] < rank for rank in ranks[1:])


def _path(steps: list[Step], stack: list[int], fresh: list[int]) -> Path:
    own = [steps[place] for place in fresh]
    return Path(
        tuple(steps[place].unit for place in stack),
        steps[stack[-1]].until,
        min(step.start for step in own),
        max(step.end for step in own),
        len(stack) == 1 and steps[stack[0]].weak,
    )


def _ranks(steps: list[Step]) -> list[float]:
    """How far in each step stands; sections move inside an article where the text puts them there."""
    levels = [step.unit.level for step in steps]
    return [
        _INSIDE_ARTICLE + _fraction(step)
        if _inside_article(steps, levels, place)
        else _RANK[step.unit.level]
        if step.unit.level is not Level.SECTION
        else _RANK[Level.SECTION] + _fraction(step)
        for place, step in enumerate(steps)
    ]


def _fraction(step: Step) -> float:
    """Inside sections: III before 1 before 1.3 before a."""
    marker = step.unit.marker
    if step.outer:
        return 0.0
    if not marker[:1].isdigit():
        return 0.45
    return 0.4 if "." in marker else 0.3


def _inside_article(steps: list[Step], levels: list[Level | None], place: int) -> bool:
    if (
        levels[place] not in (Level.SECTION, Level.PART, Level.SUBSECTION, None)
        or Level.ARTICLE not in levels
    ):
        return False
    inner = {Level.CLAUSE, Level.POINT, Level.SUBPOINT, Level.DASH, Level.PARAGRAPH}
    before, after = set(levels[:place]), set(levels[place + 1 :])
    if (Level.ARTICLE in after and before & inner) or (Level.ARTICLE in before and after & inner):
        return True
    # Laws number a mục 1, 2 and put it in a chương; a mục V beside a Điều stands inside it.
    roman = steps[place].outer and Level.CHAPTER not in levels
    return roman or (
        place + 1 < len(levels) and levels[place + 1] is Level.ARTICLE and not steps[place + 1].comma
    )


def _separator(tokens: Tokens, index: int) -> tuple[int, bool]:
    """Past what may stand between two locators, and whether that was a comma or a conjunction."""
    comma = False
    if tokens[index].text == ")":
        index += 1
    if tokens[index].text in _LIST_SIGNS:
        index, comma = index + 1, True
    if any(tokens[index].says(word) for word in _LIST_WORDS):
        return index + 1, True
    if tokens[index].text in ("-", "/", "("):
        return index + 1, comma
    if any(tokens[index].says(word) for word in _INNER_WORDS):
        index += 1
    if tokens[index].text == "các":
        index += 1
    return index, comma


def _locator(tokens: Tokens, index: int, previous: Step | None, comma: bool) -> tuple[list[Step], int] | None:
    """One level word with its marker or markers."""
    start = tokens[index].start
    alone = _alone(tokens, index)
    if alone is not None:
        level, after = alone
        return [
            Step(CitedUnit(level, ""), None, start, tokens[after - 1].end, True, False, comma, False)
        ], after
    lead = index + 1 if tokens[index].says("các") or tokens[index].says("từ") else index
    worded = _level_word(tokens, lead)
    if worded is None:
        return _bare_number(tokens, index, previous, comma) or _glued_point(tokens, index, previous, comma)
    level, after, short = worded
    if tokens[after].says("này"):
        unit = CitedUnit(level, THIS)
        return [Step(unit, None, start, tokens[after].end, True, short, comma, False)], after + 1
    marked = read_marker(tokens, after, level)
    if marked is None:
        return None
    marker, end = marked
    until, end = _range(tokens, end, level, marker)
    weak = short or _weak(tokens, lead, level, marker, after)
    outer = _is_outer(tokens, after, marker)
    steps = [Step(CitedUnit(level, marker), until, start, tokens[end - 1].end, weak, short, comma, outer)]
    while (further := _next_in_list(tokens, end, level, steps[-1])) is not None:
        step, end = further
        steps.append(step)
    return steps, end


def _alone(tokens: Tokens, index: int) -> tuple[Level, int] | None:
    found = ((level, tokens.phrase(index, words)) for words, level in _ALONE)
    return next(((level, after) for level, after in found if after is not None), None)


def _level_word(tokens: Tokens, index: int) -> tuple[Level, int, bool] | None:
    """The level named at `index`, the index after the word, and whether it was abbreviated."""
    for spelling, level in _WORDS:
        after = tokens.phrase(index, spelling)
        if after is not None:
            before = tokens[index - 1]
            compound = any(before.says(word) for word in _COMPOUNDS.get(level, ()))
            return None if compound else (level, after, False)
    return _short_word(tokens, index)


def _short_word(tokens: Tokens, index: int) -> tuple[Level, int, bool] | None:
    """ "Đ5", "đ. 5", "k2": the abbreviation stands against its number or has a full stop."""
    level = _SHORT.get(tokens[index].text)
    if level is None:
        return None
    after = index + 1
    dotted = tokens[after].text == "." and not tokens[after].spaced
    after += dotted
    number = tokens[after]
    if number.kind is Kind.NUMBER and (dotted or not number.spaced):
        return level, after, True
    letter = number.kind is Kind.WORD and len(number.text) == 1 and dotted and level is Level.ARTICLE
    return (Level.POINT, after, True) if letter else None


def _glued_point(
    tokens: Tokens, index: int, previous: Step | None, comma: bool
) -> tuple[list[Step], int] | None:
    """ "đa" after "k2": điểm a."""
    token = tokens[index]
    near = previous is not None and previous.short
    follows = tokens[index + 1]
    first = follows.kind is Kind.WORD and follows.text in _SHORT and tokens[index + 2].kind is Kind.NUMBER
    if len(token.text) != 2 or token.text[0] not in "đd" or not (near or first):
        return None
    if not re.fullmatch(r"[a-eg-ik-ymqđ]", token.text[1]):
        return None
    unit = CitedUnit(Level.POINT, token.text[1])
    return [Step(unit, None, token.start, token.end, True, True, comma, False)], index + 1


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
    if marked is None or "." not in marked[0]:
        return None
    marker, end = marked
    if not roman:
        follows = _level_word(tokens, end)
        sections = (Level.PART, Level.SECTION)
        held = (
            previous is not None and previous.unit.level in sections and previous.outer and not previous.short
        )
        if not held and not (
            follows is not None and follows[0] in sections and read_marker(tokens, follows[1], follows[0])
        ):
            return None
    unit = CitedUnit(None, marker)
    return [Step(unit, None, token.start, tokens[end - 1].end, not roman, False, comma, roman)], end


def _range(tokens: Tokens, index: int, level: Level, first: str) -> tuple[str | None, int]:
    """The last marker of "… đến Điều 9", "1 - 3", and the index after it; None when there is no range."""
    if not (tokens[index].text == "-" or tokens[index].says("đến") or tokens[index].says("tới")):
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
    outer = _is_outer(tokens, here, marker)
    return Step(unit, until, tokens[here].start, tokens[end - 1].end, last.weak, last.short, True, outer), end


def _list_sign(tokens: Tokens, index: int) -> tuple[int, bool]:
    start = index
    if tokens[index].text in _LIST_SIGNS:
        index += 1
    if any(tokens[index].says(word) for word in _LIST_WORDS):
        index += 1
    return index, index > start


def _closes_list(tokens: Tokens, index: int) -> bool:
    token = tokens[index]
    if token.kind is Kind.END or token.kind is Kind.INSTRUMENT or token.kind is Kind.SIGN:
        return token.text != "%"
    return _level_word(tokens, index) is not None or any(token.says(word) for word in _AFTER_LIST)


def _is_outer(tokens: Tokens, index: int, marker: str) -> bool:
    index += tokens[index].says("số") or tokens[index].says("thứ")
    first = marker.split(".")[0]
    return first.isalpha() and (tokens[index].capital or (len(first) > 1 and is_roman(first)))


def _weak(tokens: Tokens, index: int, level: Level, marker: str, after: int) -> bool:
    """Locators that are also ordinary words or pieces of a route, a score, a stage: they need company."""
    digit = marker[0].isdigit()
    ordinal = tokens[after].says("thứ")
    if level is Level.POINT:
        counted = tokens[index - 1].kind is Kind.NUMBER
        return digit or counted or (tokens[after].capital and not tokens[index].capital) or len(marker) > 2
    if level is Level.PART:
        return digit and not ordinal
    if level is Level.SECTION:
        return len(marker) == 1 and not digit and not tokens[after].capital
    if level is Level.DASH:
        return not ordinal and tokens[index].text == "gạch" and not tokens[index + 1].says("đầu")
    return level in (Level.SUBPOINT, Level.PARAGRAPH, Level.PLUS)


def words_of(units: tuple[CitedUnit, ...]) -> Iterator[str]:
    """Each unit as an official writes it, smallest first: "điểm a", "khoản 2", "mục V", "Điều 1"."""
    for unit in reversed(units):
        word = _SPOKEN[unit.level]
        if not unit.marker:
            yield word
            continue
        yield f"{word.removesuffix(' thứ')} này" if unit.marker == THIS else f"{word} {_printed(unit)}"


_SPOKEN: dict[Level | None, str] = {
    Level.ANNEX: "Phụ lục",
    Level.PART: "Phần",
    Level.CHAPTER: "Chương",
    Level.SECTION: "mục",
    None: "mục",
    Level.SUBSECTION: "tiểu mục",
    Level.ARTICLE: "Điều",
    Level.CLAUSE: "khoản",
    Level.POINT: "điểm",
    Level.SUBPOINT: "tiết",
    Level.PARAGRAPH: "đoạn thứ",
    Level.DASH: "gạch đầu dòng thứ",
    Level.PLUS: "dấu cộng thứ",
    Level.FOOTNOTE: "chú thích",
} | {level: words for words, level in _ALONE}


def _printed(unit: CitedUnit) -> str:
    if unit.level in (Level.DASH, Level.PLUS, Level.PARAGRAPH):
        return "nhất" if unit.marker == "1" else unit.marker
    if unit.level not in ROMAN_LEVELS:
        return unit.marker
    first, *rest = unit.marker.split(".")
    lettered = unit.level not in (Level.SECTION, None)
    return ".".join([first.upper() if is_roman(first) or lettered else first, *rest])
