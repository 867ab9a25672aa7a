"""The question before with one slot changed: year for year, place for place, subject for subject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from answer.marks import folds_in_place, is_bare, marked, visible
from corpus.citation import Citation, parse_citations
from corpus.vietnamese import fold, syllables, unmarked
from retriever.segment import words

_YEAR = r"(?<![\d./-])(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?(?![\d/]|\.\d)"
YEARS = marked(
    r"(?:\b(?:(?:đến|tới|trong|vào|của|sau|trước|cho) )?(?:hết )?(?:năm|giai đoạn|thời kỳ) )?" + _YEAR
)
_NUMBER = re.compile(_YEAR)
_BESIDE_YEAR = marked(
    r"\b(?:thì|là|được|bao nhiêu|sao|thế nào|đạt|còn|đến|tới|vào|trong|khoảng|có|năm|giai đoạn|tính)\b"
)
_WORD = re.compile(r"[^\W_]+(?:[/-][^\W_]+)*")
# Words that end a noun phrase: what is said of it, or where, when and how much.
_END_WORDS = (
    "là có được thì đến đạt chiếm tăng giảm sẽ đã đang phải cần do để và với cho vào từ bao mấy nào gì ai "
    "khi năm giai trong ở tại theo của như thế gồm ra sao rồi mà hay hoặc bằng khoảng làm giáp trên tới "
    "về chưa không"
)
_ENDS, _BARE_ENDS = frozenset(_END_WORDS.split()), frozenset(unmarked(_END_WORDS).split())
_UNITS = frozenset(
    "phần % tỷ tỉ triệu nghìn tiền đồng lượt người ha km mét năm tuổi lần tháng ngày usd".split()
)
_EACH = frozenset("mỗi một hằng hàng so".split())
_CATEGORY = marked(r"\b(?:khu vực|ngành|lĩnh vực|mảng|nhóm|loại hình|khối) ")
_RECEIVER = marked(
    r"\b(?:hộ gia đình|hộ dân|tổ chức|cá nhân|doanh nghiệp|hợp tác xã|đội văn nghệ|câu lạc bộ|người dân"
    r"|người lao động|nghệ nhân|khôi phục|làm|mở|đào tạo|tập huấn)\b"
)
_DEED = marked(r"(?:khôi phục|làm|mở|đào tạo|tập huấn)\b")
_ONE_WHO = marked(r"\b(?:tôi|em|mình|nhà tôi|chúng tôi)(?: (?:muốn|định|đang|sẽ|mà))? $")
_DOES = marked(
    r" (?:làm|vào|để|về|theo)\b[^,?.;:]*?"
    r"(?= (?:thì |sẽ |có |đã )?(?:được|phải|cần|là|bao|mấy|những|gì|nào)\b)"
)
_PLACE = (
    r"(?:xã|phường|thị trấn|huyện|thành phố|tỉnh|cặp cửa khẩu|cửa khẩu|khu du lịch|hang|đền|chùa|làng|thôn)"
)
_PLACE_FIRST, _PLACE_BEFORE = marked(rf"{_PLACE}\b"), marked(rf"\b{_PLACE} $")
_COUNTED = marked(r"\b(?:bao nhiêu|mấy) (?=\S)")
_THAT = marked(
    r"\b(?P<type>văn bản|nghị quyết|quyết định|kế hoạch|tờ trình|chỉ thị|luật|nghị định|thông tư|đề án"
    r"|chương trình hành động) (?:đó|ấy|này|kia|trên|nói trên|vừa nêu)\b"
)
_NAMES_ONE = marked(r",[^,]*\blà\b[^,]*\b(?:đúng|phải) không\W*$")
_OF_IT = marked(r"\s+nó(?: (?:vậy|thế|ạ|nhỉ|hả))*\W*$")
_SECOND_CLAUSE = marked(r",|\b(?:và|rồi|mà|nhưng|hay|hoặc)\b")
_QUESTION = marked(
    r"\b(?:bao nhiêu(?: (?:phần trăm|tiền|đồng))?|là gì|như thế nào|thế nào|khi nào|bao giờ|ở đâu"
    r"|có phải|đúng không|phải không|ra sao|tên là gì|những gì|gì|nào|ai|mấy)\b"
)
_TRAILING = marked(r"[\s,]*\b(?:là|thì|có|khoảng|đạt|gồm|tên|được|chưa|không|vậy|ạ)[\s,]*$")


def with_slot(before: str, core: str, counts: bool = True) -> str | None:
    """`before` asked of `core` instead; None where it is not clear which part of it `core` stands for.

    `core` has no question word of its own: "năm 2030", "khách quốc tế", "ở nông thôn". `counts`: it may be
    what is counted, and no figure of its own.
    """
    before, core = visible(before), visible(core)
    if not (folds_in_place(before) and folds_in_place(core)):
        return None
    if YEARS.search(core):
        changed, rest = with_year(before, core)
        return with_slot(changed, rest, counts) if _WORD.search(rest) and not has_only_year(core) else changed
    rules = (_receiver, _same_head, _of_category, _place)
    for rule in (*rules, _counted) if counts else rules:
        if span := rule(before, core):
            return before[: span[0]] + cased(core, span[0]) + before[span[1] :]
    return None


def with_year(before: str, core: str) -> tuple[str, str]:
    """`before` with the years of `core` in place of its last, or after it where it names none.

    And what else `core` says. `core` names a year.
    """
    new, said = _NUMBER.search(core), YEARS.search(core)
    found = list(_NUMBER.finditer(before))
    assert new is not None and said is not None
    rest = (core[: said.start()] + core[said.end() :]).strip(" ,")
    if not found:
        return f"{before.rstrip(' ?.!')} năm {new[0]}?", rest
    return before[: found[-1].start()] + new[0] + before[found[-1].end() :], rest


def has_only_year(core: str) -> bool:
    """Whether a text says nothing but a year and words that ask or link."""
    found = YEARS.search(core)
    if found is None:
        return False
    rest = core[: found.start()] + core[found.end() :]
    while linking := _BESIDE_YEAR.search(rest):
        rest = rest[: linking.start()] + rest[linking.end() :]
    return not _WORD.search(rest)


def _same_head(before: str, core: str) -> tuple[int, int] | None:
    """The phrase of `before` that begins with the first word of `core` ("khách nội địa", "khách quốc tế")."""
    mine = [word[0] for word in _WORD.finditer(core)]
    theirs = list(_WORD.finditer(before))
    starts = _word_starts(before)
    like = unmarked if is_bare(before) or is_bare(core) else fold
    for count in (2, 1):
        if len(mine) < count + (count == 1):  # one syllable alone is no head: it is the whole core
            continue
        for place in range(len(theirs) - count, -1, -1):
            said = " ".join(word[0] for word in theirs[place : place + count])
            whole = count > 1 or theirs[place].start() in starts
            if whole and like(said) == like(" ".join(mine[:count])):
                return theirs[place].start(), _numbered(
                    before, core, phrase_end(before, theirs[place].start(), len(mine))
                )
    return None


def _numbered(before: str, core: str, end: int) -> int:
    """`end`, or where the number that follows it ends, where `core` ends with one too ("mục 2")."""
    number = re.match(r"[ ]\d+(?:\.\d+)*(?![\d/])", before[end:])
    return end + number.end() if number and re.search(r"\d$", core.rstrip(" .?")) else end


def _word_starts(text: str) -> frozenset[int]:
    """Where words of several syllables, and of one, begin in a text."""
    parts, starts, position = syllables(text), [], 0
    for part in parts:
        position = text.find(part, position)
        starts.append(position)
        position += len(part)
    kept, place = set(), 0
    for word in words(text):
        if place < len(starts):
            kept.add(starts[place])
        place += word.count("_") + 1
    return frozenset(kept)


def phrase_end(before: str, start: int, like: int | None = None) -> int:
    """Where the noun phrase that begins at `start` ends; where that is far, after `like` words."""
    folded, ends = fold(before), start
    stops = _BARE_ENDS if is_bare(before) else _ENDS
    limits: list[int] = []
    for word in _WORD.finditer(folded, start):
        between = folded[ends : word.start()]
        if limits and (word[0] in stops or re.search(r"[?.;:(]", between) or word[0][0].isdigit()):
            break
        ends = word.end()
        limits.append(ends)
    if like is None or len(limits) <= like + 1:
        return ends
    starts = _word_starts(before)
    while like < len(limits):  # no name and no word of several syllables is cut
        rest = before[limits[like - 1] :]
        after = limits[like - 1] + len(rest) - len(rest.lstrip(" -–"))
        if not before[after].isupper() and after in starts:
            break
        like += 1
    return limits[like - 1]


def _of_category(before: str, core: str) -> tuple[int, int] | None:
    """What stands after "khu vực", "ngành", "lĩnh vực" …, with that word where `core` has one too."""
    found = _CATEGORY.all(before)
    if not found:
        return None
    start = found[-1].start() if _CATEGORY.match(core) else found[-1].end()
    return start, phrase_end(before, start)


def _place(before: str, core: str) -> tuple[int, int] | None:
    """The last name of `before`, with the word for what it names where `core` has a word too."""
    named = list(names(before))
    if not named or not list(names(core)):
        return None
    start, end = named[-1]
    above = _PLACE_BEFORE.search(before[:start])
    if above and (_PLACE_FIRST.match(core) or core[:1].islower()):
        start = above.start()
    elif core[:1].islower() and _inside_phrase(before[:start]):
        return None  # a phrase of its own, not a name alone
    return start, end


def _inside_phrase(text: str) -> bool:
    """Whether a name after `text` only ends a noun phrase ("làng du lịch … Lân Nóng")."""
    *_, last = [word[0] for word in _WORD.finditer(fold(text))] or [""]
    return bool(last) and last not in (_BARE_ENDS if is_bare(text) else _ENDS)


def names(text: str) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words, abbreviations left out; the first word alone, or for a place, is none."""
    for capital, run in groupby(_WORD.finditer(text), key=lambda word: word[0][0].isupper()):
        parts = [word for word in run if not (len(word[0]) > 1 and word[0].isupper())]
        if capital and parts and parts[0].start() == 0 and (len(parts) < 2 or _PLACE_FIRST.match(text)):
            parts = parts[1:]
        if capital and parts:
            yield parts[0].start(), parts[-1].end()


def _receiver(before: str, core: str) -> tuple[int, int] | None:
    """Who or what is helped: "hộ gia đình …" for "đội văn nghệ"."""
    mine = _RECEIVER.match(core)
    found = _RECEIVER.search(before) if mine else None
    if mine is None or found is None:
        return None
    end = phrase_end(before, found.start())
    does = _DOES.match(before[end:])  # what the one before does is not what this one does
    one = _ONE_WHO.search(before[: found.start()]) if not _DEED.match(core) else None
    return one.start() if one else found.start(), end + does.end() if does else end


def _counted(before: str, core: str) -> tuple[int, int] | None:
    """What is counted: "bao nhiêu giường bệnh" for "bác sĩ"; a unit of measure stays."""
    found = _COUNTED.search(before)
    if found is None or not core[:1].islower():
        return None
    counted = _WORD.match(fold(before), found.end())
    if counted is None or counted[0] in _UNITS | _ENDS | _EACH:
        return None
    return found.end(), phrase_end(before, found.end())


def cased(core: str, start: int) -> str:
    return core[:1].upper() + core[1:] if start == 0 else core


def topic(before: str) -> str:
    """What a question is about, without the words that ask: they would only mislead the search."""
    text = visible(before).rstrip(" ?!.")
    if not folds_in_place(text):
        return text
    kept, position = [], 0
    for found in _QUESTION.all(text):
        kept.append(text[position : found.start()])
        position = found.end()
    said = " ".join("".join((*kept, text[position:])).split())
    while (trailing := _TRAILING.search(said)) and trailing.start():
        said = said[: trailing.start()]
    return said


def with_instrument(core: str, before: str) -> str | None:
    """`core` with the instrument that `before` names in place of "văn bản đó"; None where there is none."""
    found = _THAT.search(core)
    if found is None:
        return None
    text = visible(before)
    named = [each for each in parse_citations(text) if _fits(each, found["type"])]
    if not named:
        return None
    start, end = named[-1].span
    return core[: found.start()] + cased(text[start:end].strip(" ?.,"), found.start()) + core[found.end() :]


def about_it(question: str, before: str) -> str | None:
    """A question that ends with "nó", said of the paper that `before` begins with; else None.

    What a second clause or a phrase of its own may be of is left alone.
    """
    text, earlier = visible(question), visible(before)
    if not (folds_in_place(text) and folds_in_place(earlier)):
        return None
    found = None if _SECOND_CLAUSE.search(text) else _OF_IT.search(text)
    named = [each for each in parse_citations(earlier) if each.instrument and not each.instrument.this]
    if found is None or len(named) != 1 or named[0].span[0]:
        return None
    return f"{text[: found.start()]} {earlier[: named[0].span[1]].strip(' ?.,')}"


def without_the_one(before: str) -> str:
    """ "Có hai cực, một là đô thị Lạng Sơn phải không?" without the one named: the other is asked for."""
    text = visible(before)
    named = _NAMES_ONE.search(text) if folds_in_place(text) else None
    return text[: named.start()] if named and named.start() else text


def _fits(citation: Citation, said: str) -> bool:
    instrument = citation.instrument
    if instrument is None or instrument.this or instrument.above:
        return False
    kind = unmarked(instrument.type or "")
    return unmarked(said) == "van ban" or unmarked(said) in kind
