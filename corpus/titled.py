"""Instruments named by their title alone ("Đề án phát triển du lịch tỉnh Lạng Sơn đến năm 2030"),
and what an instrument is about, in the words that follow its number.

Titles have no end mark, so a title is read only where the text shows one: a type written with a capital,
in quotation marks, with its years, or as an item of a list. Users' questions are not read this way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.citation import Citation
from corpus.instruments import Instrument

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
_TYPE = re.compile(rf"(?<!\w)(?P<type>{'|'.join(_TYPES)})\s+(?!(?:{_NO_TITLE})\b)(?=[^\W\d_]|[“\"])")
_PLURAL = re.compile(r"\b(?:các|những|mọi|một số)\s+$", re.IGNORECASE)
_CONGRESS = re.compile(
    r"Nghị quyết Đại hội(?P<kind>(?: đại biểu toàn quốc)?(?: lần thứ)?)\s+"
    r"(?P<numbers>[IVX]+(?:(?:,\s*|\s+và\s+)[IVX]+)*)\s+(?:của\s+)?Đảng\b"
)
_OF = re.compile(
    r"của\s+(?P<issuer>(?:(?!về\b|phê duyệt\b|ban hành\b)[^\W\d_]+\s+){1,8}?)"
    r"(?:về\s+việc|về|(?=phê duyệt|ban hành))\s*"
)
_QUOTED = re.compile(r"[“\"](?P<words>[^“”\"]+(?:[“\"][^“”\"]+[”\"][^“”\"]*)?)[”\"]")
_GOES_ON = r"(?=(?:nhiệm kỳ|giai đoạn|thời kỳ|tầm nhìn|định hướng|đến năm|giai đoạn)\b)"
_END = re.compile(
    r"\s*(?:[;:(){}\[\]“\"”\n¹²³⁴⁵⁶⁷⁸⁹]|/(?![A-ZĐ\d])|[.,](?!\d)(?!\s*" + _GOES_ON + r")"
    r"|\s(?:phù hợp|thuộc|trên địa bàn các|có|được|đã|gắn với|trong đó|nêu|này|theo|là|sau khi|cho đến|để"
    r"|nhằm|phải|và(?=\s+(?:Quy hoạch|Đề án|Kế hoạch|Nghị|Quyết|Chương trình|Chiến lược|Chỉ thị)))\b)"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FEWEST, _MOST = 3, 60  # words of a title


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
        end = _quote_end(text, start) or _title_end(text, body, item)
        title = _plain(text[body:end])
        sure = item or _YEAR.search(title) or "“" in title or '"' in title or not _opens_sentence(text, start)
        if sure and _FEWEST <= len(title.split()) <= _MOST:
            issuer = " ".join(of["issuer"].split()) if of else None
            yield Citation((start, end), (), Instrument(found["type"], name=title, issuer=issuer))


def _congresses(text: str) -> Iterator[Citation]:
    """ "các Nghị quyết Đại hội lần thứ XIII, XIV của Đảng": one for each."""
    for found in _CONGRESS.finditer(text):
        for number in re.finditer(r"[IVX]+", found["numbers"]):
            name = " ".join(f"Đại hội{found['kind']} {number[0]} của Đảng".split())
            end = found.start("numbers") + number.end()
            yield Citation((found.start(), end), (), Instrument("Nghị quyết", name=name))


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
    said = " ".join(re.sub(r"(?:\s|,|\bvà|\bcác)+$", "", title).split())
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
    first = not before or before[-1] in ";:¹²³⁴⁵⁶⁷⁸⁹"
    return first and (text.find(";", start) >= 0 or before.endswith(";"))


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" -–+")
    return not before or before[-1] in ".!?\n:)" or before.endswith("/.")


def _title_end(text: str, start: int, item: bool) -> int:
    if item:
        end = text.find(";", start)
        end = len(text) if end < 0 else end
        stop = re.compile(r"\.\.\.|…|\.\s*$|\.(?=\s+[A-ZĐ])|\n").search(text, start, end)
        return len(text[: stop.start() if stop else end].rstrip())
    at = start
    while True:
        quoted = _QUOTED.match(text, at)
        if quoted is not None:
            at = quoted.end()
        stop = _END.search(text, at)
        if stop is None:
            return len(text.rstrip())
        if stop[0].strip() and stop[0].strip() in '“"' and _QUOTED.match(text, stop.end() - 1):
            at = stop.end() - 1
            continue
        return stop.start()
