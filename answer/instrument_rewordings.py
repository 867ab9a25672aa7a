"""Who issued which instrument when, as instruments are cited: "Nghị quyết số … ngày … của …"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from answer.capitals import capital, small

_INSTRUMENT = (
    r"(?:Nghị quyết|Nghị định|Quyết định|Kế hoạch|Chỉ thị|Thông tư|Chương trình hành động|Kết luận|Thông báo|"
    r"Đề án|Tờ trình|Báo cáo(?: thẩm định)?|Văn bản)\s+(?:số\s+)?\d[\w/-]*"
)
_DAY = r"ngày\s+(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})"
_ISSUES = re.compile(
    rf"(?:(?P<day>{_DAY}),\s+)?(?P<who>[^\W\d][^,;:]*?)\s+(?:đã\s+)?(?:có|ban hành|ra)\s+"
    rf"(?P<what>{_INSTRUMENT})(?:,?\s+(?P<later>{_DAY}))?(?P<rest>[^;]*?)(?P<stop>\.?)",
    re.IGNORECASE,
)
_ISSUED = re.compile(
    rf"(?P<what>{_INSTRUMENT})\s+(?:là\s+)?(?:do|được)\s+(?P<who>[^,;:]+?)\s+ban hành"
    rf"(?:\s+(?:vào\s+)?(?P<later>{_DAY}))?(?P<rest>[^;]*?)(?P<stop>\.?)",
    re.IGNORECASE,
)
_APPROVED = re.compile(
    r"(?P<what>[^;]+?)\s+(?:đã\s+)?được\s+(?P<who>[^,;]+?)\s+"
    r"(?P<deed>phê duyệt|thông qua|ban hành|công nhận)\s+"
    rf"(?:tại|bằng|theo)\s+(?P<by>{_INSTRUMENT}(?:,?\s+{_DAY})?)(?P<stop>\.?)",
    re.IGNORECASE,
)
# words of an issuer's name, none that says what happened on the day
_WHO = (
    r"[^\W\d_]+(?:\s+(?!(?:hết|có|từ|kể|đến|về|hiệu|được|là|quy định|sửa|thay|thi hành|áp dụng|bãi)\b)"
    r"[^\W\d_]+){0,9}?"
)
# "Chỉ thị số 8/CT-TTg của Thủ tướng ngày …", "… do Chính phủ ban hành ngày …": the day before who issued it
_DATED = re.compile(
    rf"(?P<what>{_INSTRUMENT})\s+(?:của|do|được)\s+(?P<who>{_WHO})"
    rf"(?:\s+ban hành)?(?:\s+vào)?\s+(?P<day>{_DAY})",
    re.IGNORECASE,
)
# "Nghị quyết số … ngày … về … là của Bộ Chính trị"
_OF_WHOM = re.compile(
    rf"(?P<what>{_INSTRUMENT}(?:,?\s+{_DAY})?)(?P<about>(?:\s+về\s+[^;]+?)?)\s+là\s+của\s+(?P<who>[^,;:\d]+?)"
    rf"(?:,\s+(?P<day>{_DAY}))?(?P<stop>\.?)",
    re.IGNORECASE,
)
_IN_A_ROW = re.compile(
    rf"(?P<lead>.+?\s)(?P<one>{_INSTRUMENT})(?P<more>(?:,\s+{_INSTRUMENT})*),?\s+và\s+(?P<last>{_INSTRUMENT})"
    r"(?P<stop>\.?)"
)
_ONE = re.compile(_INSTRUMENT)


def each_of_a_row(sentence: str) -> tuple[str, ...]:
    """What a sentence says of several instruments that end it, said of each; () for no such row."""
    found = _IN_A_ROW.fullmatch(sentence.strip())
    if found is None or _ONE.search(found["lead"]):
        return ()
    row = (found["one"], *_ONE.findall(found["more"]), found["last"])
    return tuple(f"{found['lead']}{each}{found['stop']}" for each in row)


def _issue(sentence: str) -> Iterator[str]:
    """A sentence that says who issued what, and when."""
    said = sentence.strip()
    if approved := _APPROVED.fullmatch(said):
        told = f"{approved['by']} của {approved['who']} {approved['deed']} {approved['what']}"
        yield f"{capital(told)}{approved['stop']}"
    found = _ISSUED.fullmatch(said) or _ISSUES.fullmatch(said)
    parts = found.groupdict() if found else {}
    days = {day for day in (parts.get("day"), parts.get("later")) if day}
    if parts and len(days) <= 1:  # of two days one is another instrument's, or something else's
        day = next(iter(days), None)
        told = f"{parts['what']} {small(day)}" if day else parts["what"]
        yield f"{capital(told)} của {parts['who']}{parts['rest']}{parts['stop']}"


def _dated(sentence: str) -> Iterator[str]:
    """Every instrument with its day before who issued it."""
    if _DATED.search(sentence):
        yield _DATED.sub(lambda found: f"{found['what']} {small(found['day'])} của {found['who']}", sentence)


def _of_whom(sentence: str) -> Iterator[str]:
    """Whose an instrument is."""
    if found := _OF_WHOM.fullmatch(sentence.strip()):
        day = f" {small(found['day'])}" if found["day"] else ""
        yield f"{found['what']}{day} của {found['who']}{found['about']}{found['stop']}"


WAYS: tuple[Callable[[str], Iterator[str]], ...] = (_issue, _dated, _of_whom)
