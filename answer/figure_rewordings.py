"""How many there are of a thing and how far it reaches, said in another order.

"Số giường bệnh là 37" is "37 giường bệnh": a figure stays with what it counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from answer.capitals import capital, small
from corpus.vietnamese import SMALL

_NUMBER = r"\d+(?:[.,]\d+)*"
_BOUND = r"(?:(?:ít nhất|tối thiểu|tối đa|khoảng|trên|dưới|gần|hơn)\s+)?"
_HOW_MANY = re.compile(
    rf"(?P<when>(?:(?:đến|sau|trong|vào) [^,;]{{3,30}},\s+)?)(?:Số(?: lượng)?\s+)(?P<what>[^,;:\d]+?)"
    rf"(?P<rest>(?:\s+(?:của|trên)(?:\s+(?-i:{SMALL}+))+?)?)(?:\s+(?P<time>đến\s+năm\s+\d{{4}}))?\s+(?:là|đạt)\s+"
    rf"(?P<many>{_BOUND}{_NUMBER})(?:\s+(?P<unit>[^\W\d]+))?(?P<stop>\.?)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?P<before>(?:.*[,;]\s+)?)(?P<what>(?:lao động|cán bộ|học sinh|sinh viên|nhân viên)[^,;:\d]*?)"
    rf"\s+(?:là|đạt|có)\s+(?P<many>{_BOUND}{_NUMBER})\s+người(?P<stop>\.?)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?P<what>(?!(?:tỷ|tỉ) lệ\b)[^,;:\d]+?)\s+(?P<done>được\s+[^,;:\d]+?)\s+đạt\s+"
    rf"(?P<share>{_BOUND}{_NUMBER}%)"
    r"(?P<where>(?:\s+(?:tại|ở)\s[^,;]+?)?)(?P<stop>\.?)",
    re.IGNORECASE,
)
_WELCOMED = re.compile(
    rf"\b(?:tỉnh\s+)?(?:đón|thu hút)\s+(?:được\s+)?(?P<many>{_BOUND}{_NUMBER}(?:\s+(?:triệu|nghìn))?\s+lượt)"
    r"\s+(?P<who>khách(?:\s+du lịch)?(?:\s+(?:quốc tế|nội địa))?)",
    re.IGNORECASE,
)
_REACH = r"từ\s+[^\s,;]+\s+(?:đến|tới)\s+[^\s,;]+(?:\s+[^\W\d]+){1,3}"
_REACHES = re.compile(rf"(?P<one>{_REACH})\s+và\s+(?P<other>{_REACH})")


def _how_many(sentence: str) -> Iterator[str]:
    """ "Số cụm công nghiệp của tỉnh là 28" as "28 cụm công nghiệp của tỉnh"."""
    found = _HOW_MANY.fullmatch(sentence.strip())
    if found and (found["unit"] is None or found["what"].casefold().startswith(found["unit"].casefold())):
        when = f"{found['time']}, " if found["time"] else found["when"]
        yield f"{capital(when + found['many'])} {found['what']}{found['rest']}{found['stop']}"


def _people(sentence: str) -> Iterator[str]:
    """ "Lao động trực tiếp là 5.400 người" as "5.400 lao động trực tiếp"."""
    if found := _PEOPLE.fullmatch(sentence.strip()):
        yield f"{found['before']}{found['many']} {small(found['what'])}{found['stop']}"


def _share(sentence: str) -> Iterator[str]:
    """ "Hồ sơ được xử lý đạt 90% tại cấp xã" as "90% hồ sơ tại cấp xã được xử lý"."""
    if found := _SHARE.fullmatch(sentence.strip()):
        said = f"{found['share']} {small(found['what'])}{found['where']} {found['done']}"
        yield f"{capital(said)}{found['stop']}"


def _welcomed(sentence: str) -> Iterator[str]:
    """ "Tỉnh đón 6 triệu lượt khách" as "lượng khách đạt 6 triệu lượt"."""
    if _WELCOMED.search(sentence):
        yield capital(
            _WELCOMED.sub(lambda found: f"lượng {found['who']} đạt {found['many']}", sentence, count=1)
        )


def _reaches(sentence: str) -> Iterator[str]:
    """Two reaches the other way round."""
    found = list(_REACHES.finditer(sentence))
    if len(found) == 1:
        one = found[0]
        yield f"{sentence[: one.start()]}{one['other']} và {one['one']}{sentence[one.end() :]}"


WAYS: tuple[Callable[[str], Iterator[str]], ...] = (
    _how_many,
    _people,
    _share,
    _welcomed,
    _reaches,
)
