"""Instruments named by their title alone ("Đề án phát triển du lịch tỉnh Lạng Sơn đến năm 2030"),
and what an instrument is about, in the words that follow its number.

Titles have no end mark, so a title is read only where the text shows one: a type written with a capital,
in quotation marks, with its years, as an item of a list, or in the words that enact and close an instrument
("ban hành Kế hoạch … như sau:", "Trên đây là Kế hoạch …"). Users' questions are not read this way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.citation import Citation, parse_citations
from corpus.instruments import Instrument
from corpus.vietnamese import CAPITAL

Span = tuple[int, int]

_TYPES = (
    "Nghị quyết",
    "Quyết định",
    "Kế hoạch",
    "Đề án",
    "Chương trình hành động",
    "Chương trình mục tiêu quốc gia",
    "Chiến lược",
    "Chỉ thị",
    "Kết luận",
)
_NO_TITLE = (
    "số|này|nêu|trên|đó|là|có|được|đã|bị|phải|cần|do|sẽ|đang|ngày|và|hoặc|hết"
    "|quy định|theo|thuộc|để|tại|trong"
)
_SIGNS = "¹²³⁴⁵⁶⁷⁸⁹⁰"  # of footnotes: they stand before a word without a space
_ANY_TYPE = "|".join(_TYPES).replace(" ", r"\s+")
_TYPE = re.compile(
    rf"(?<![^\W{_SIGNS}])(?P<type>{_ANY_TYPE})"
    rf"\s+(?!(?:{_NO_TITLE})\b)(?=[^\W\d_]|[“\"])"
)
_PLURAL = re.compile(r"\b(?:các|những|mọi|một số)\s+$", re.IGNORECASE)
_CONGRESS = re.compile(
    r"Nghị\s+quyết\s+Đại\s+hội(?P<kind>(?:\s+đại\s+biểu\s+toàn\s+quốc)?(?:\s+lần\s+thứ)?)\s+"
    r"(?P<numbers>[IVX]+(?:(?:,\s*|\s+và\s+)[IVX]+)*)\s+(?:của\s+)?Đảng\b"
)
_OF = re.compile(
    r"của\s+(?P<issuer>(?:(?!về\b|phê duyệt\b|ban hành\b)[^\W\d_]+\s+){1,8}?)"
    r"(?:về\s+việc|về|(?=phê duyệt|ban hành))\s*"
)
_QUOTED = re.compile(r"[“\"](?P<words>[^“”\"]+(?:[“\"][^“”\"]+[”\"][^“”\"]*)?)[”\"]")
_GOES_ON = r"(?=(?:nhiệm kỳ|giai đoạn|thời kỳ|tầm nhìn|định hướng|đến năm|giai đoạn)\b)"
_END = re.compile(
    r"\s*(?:[;:(){}\[\]“\"”" + _SIGNS + r"]|/(?![A-ZĐ\d])|[.,](?!\d)(?!\s*" + _GOES_ON + r")"
    r"|\s(?:phù hợp|thuộc|trên địa bàn các|có|được|đã|gắn với|trong đó|nêu|này|theo|là|sau khi|cho đến|để"
    r"|nhằm|phải|và(?=\s+(?:Quy hoạch|Đề án|Kế hoạch|Nghị|Quyết|Chương trình|Chiến lược|Chỉ thị)))\b)"
    r"|(?<=(?:19|20)\d\d)\s+và\b(?!\s+" + _GOES_ON + r")"  # nothing but more years follows its years
)
_ITEM_END = re.compile(rf";|\.\.\.|…|\.(?=\s+{CAPITAL}|\s*$)")
_JOINT = re.compile(r"(?:\s|,|\bvà|\bcác)+$")
# An instrument's own title, whole with its commas, where it is enacted and where it closes.
_ENACTS = re.compile(r"\b(?:ban hành|phê duyệt|thông qua)\s+$", re.IGNORECASE)
_CONTENTS = re.compile(
    r"(?:[^.;:]|\.(?=\d))*?(?=,?\s+(?:(?:với|gồm|cụ thể)\b[^.;:,]{0,40}\s)?(?:như\s+sau|sau\s+đây|sau)\s*:)"
)
_CLOSES = re.compile(r"\bTrên\s+đây\s+là\s+$")
_CLOSE = re.compile(
    r"(?:[^.,;:]|[.,](?=\d)|(?<!\d),(?!\s+(?:yêu cầu|đề nghị|giao|kính|trong quá trình|"
    + CAPITAL
    + r")|\s*$)"
    r"|,(?=\s*" + _GOES_ON + r"))+"
)
_ENDS_LINE = re.compile(r"[.;:!?…][”\"')/]*\s*$")
_OPENS_UNIT = re.compile(
    rf"\s*(?:[-–+•*{_SIGNS}]|\d+(?:\.\d+)*[.)]\s|[IVXLC]+\.\s|[^\W\d_]\)|(?:Điều|Chương|Mục|Phần|Phụ lục)\s)"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FEWEST, _MOST = 3, 60  # words of a title
_WIDEST = 1000  # characters: more than so many words fill


def cited_in(text: str) -> list[Citation]:
    """Every citation of `text`, those by title alone too, in order of their places.

    A title may hold the citation of another instrument: spans need not be apart.
    """
    read = parse_citations(text)
    named = [each.span for each in read if not each.relative and says_which(each.instrument)]
    return sorted([*read, *read_titled(text, named)], key=lambda citation: citation.span)


def says_which(instrument: Instrument | None) -> bool:
    """Whether more is said than a type: "Điều 7 Thông tư" means one named before."""
    return instrument is not None and bool(
        instrument.number or instrument.name is not None or instrument.date
    )


def read_titled(text: str, taken: Sequence[Span] = ()) -> Iterator[Citation]:
    """Instruments that `text` names by title, in order, none beginning inside `taken`.

    A title may hold the citation of another instrument: spans need not be apart.
    """
    yield from _congresses(text)
    for found in _TYPE.finditer(text):
        start = found.start()
        if (
            any(low <= start < high for low, high in taken)
            or _CONGRESS.match(text, start)
            or _PLURAL.search(text[max(0, start - 12) : start])
        ):
            continue
        of = _OF.match(text, found.end())
        body = of.end() if of else found.end()
        item = _is_item(text, start)
        end = _quote_end(text, start) or _own_end(text, start, body) or _title_end(text, body, item)
        title = _plain(text[body:end])
        sure = item or _YEAR.search(title) or "“" in title or '"' in title or not _opens_sentence(text, start)
        if sure and _FEWEST <= len(title.split()) <= _MOST:
            issuer = " ".join(of["issuer"].split()) if of else None
            type_ = " ".join(found["type"].split())
            yield Citation((start, end), (), Instrument(type_, name=title, issuer=issuer))


def _congresses(text: str) -> Iterator[Citation]:
    """ "các Nghị quyết Đại hội lần thứ XIII, XIV của Đảng": one for each, with what stands beside it."""
    for found in _CONGRESS.finditer(text):
        numbers = list(re.finditer(r"[IVX]+", text[slice(*found.span("numbers"))]))
        for place, number in enumerate(numbers):
            name = " ".join(f"Đại hội{found['kind']} {number[0]} của Đảng".split())
            start = found.start("numbers") + number.start() if place else found.start()
            end = found.start("numbers") + number.end() if number is not numbers[-1] else found.end()
            yield Citation((start, end), (), Instrument("Nghị quyết", name=name))


def subject_after(text: str, cited: Citation, limit: int, others: Sequence[Span]) -> str | None:
    """What the cited instrument is about, in the words after it up to `limit`, or None.

    `others`: spans of the text's other citations; one that is not part of the title ends it.
    """
    after = cited.span[1]
    opener = (_ABOUT if cited.units else _OPENER).match(text, after, limit)
    if opener is None:
        return None
    quoted = _QUOTED.match(text, opener.end(), limit)
    if quoted is not None:
        return " ".join(quoted["words"].split())
    end = limit
    for low, _ in others:
        if opener.end() <= low < end and not _PART_OF_TITLE.search(text, opener.start(), low):
            end = low
    stop = _SUBJECT_END.search(text, opener.end(), end)
    end = stop.start() if stop else end
    start = opener.end() if opener["about"] else opener.start("verb")
    return _plain(text[start:end].strip(" .;:,*/")) or None


_ABOUT = re.compile(r"\s*,?\s*(?P<about>về\s+việc|về|v/v)\s+(?P<verb>)")
_OPENER = re.compile(
    r"\s*[,:]?\s*(?:(?P<about>về\s+việc|về|v/v)\s+)?"
    r"(?P<verb>(?=[“\"]|quy định|phê duyệt|ban hành|hướng dẫn|sửa đổi|thông qua|công nhận|điều chỉnh"
    r"|thực hiện|triển khai)|(?(about)|(?!)))",
    re.IGNORECASE,
)
_PART_OF_TITLE = re.compile(
    r"\b(?:thực hiện|triển khai|thi hành|hướng dẫn|sửa đổi|bổ sung|thay thế|bãi bỏ|của)\s+$",
    re.IGNORECASE,
)
_SUBJECT_END = re.compile(
    r"[;\n]|[”\"]|\s(?:theo (?:quy định|đó|hướng)|trong đó|cho phù hợp|như sau|(?:có|hết) hiệu lực"
    r"|được (?:sửa|thay)|bị bãi bỏ|tại (?:Tờ trình|Báo cáo))\b|\.(?=\s+[A-ZĐÀ-Ỹ])"
)


def _plain(title: str) -> str:
    """A title without the quotation marks around it and the joint after it."""
    said = " ".join(_JOINT.sub("", title).split())
    return said[1:-1] if said[:1] in ("“", '"') and said[-1:] in ("”", '"') else said


def _quote_end(text: str, start: int) -> int | None:
    """The end of a title that stands in quotation marks together with its type."""
    if start == 0 or text[start - 1] not in '“"':
        return None
    end = min((found for mark in '”"' if (found := text.find(mark, start)) >= 0), default=-1)
    return None if end < 0 else end


def _is_item(text: str, start: int) -> bool:
    """Whether it is an item of a list parted by semicolons."""
    before = text[:start].rstrip()
    first = not before or before[-1] in ";:" + _SIGNS
    return first and (text.find(";", start) >= 0 or before.endswith(";"))


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" -–+")
    return not before or before[-1] in ".!?\n:)" or before.endswith("/.")


def _own_end(text: str, start: int, body: int) -> int | None:
    """The end of the title of an instrument that enacts or closes itself: such a title keeps its commas."""
    before = text[max(0, start - 20) : start]
    limit = _lines_end(text, body, item=False)
    if _ENACTS.search(before):
        whole = _CONTENTS.match(text, body, limit)
    else:
        whole = _CLOSE.match(text, body, limit) if _CLOSES.search(before) else None
    return len(text[: whole.end()].rstrip()) if whole else None


def _title_end(text: str, start: int, item: bool) -> int:
    limit = _lines_end(text, start, item)
    if item:
        stop = _ITEM_END.search(text, start, limit)
        return len(text[: stop.start() if stop else limit].rstrip())
    at = start
    while True:
        quoted = _QUOTED.match(text, at, limit)
        if quoted is not None:
            at = quoted.end()
        stop = _END.search(text, at, limit)
        if stop is not None and stop[0].strip() in ("“", '"') and _QUOTED.match(text, stop.end() - 1, limit):
            at = stop.end() - 1
            continue
        end = stop.start() if stop else limit
        return start + len(_JOINT.sub("", text[start:end]))


def _lines_end(text: str, start: int, item: bool) -> int:
    """The end of the lines a title may fill: one that goes on in the next has no end mark, and the next is
    no new unit; nor a capital, but in an item of a list, which its own mark ends."""
    most = min(len(text), start + _WIDEST)
    end = text.find("\n", start, most)
    while end >= 0:
        below = text[end : end + 40].lstrip()
        ended = _ENDS_LINE.search(text, max(start, end - 40), end) or _OPENS_UNIT.match(below)
        if ended or not below or not (item or below[0].islower()):
            return end
        end = text.find("\n", text.index(below[0], end), most)
    return most
