"""How many there are of a thing, where it lies and how far it reaches, said in another order.

"Số giường bệnh là 37" is "37 giường bệnh", "hai xã A và B" are "các xã A và B", "tỉnh X ở phía Bắc" is
"phía Bắc giáp tỉnh X": a figure stays with what it counts, a quarter with its neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from answer.capitals import capital, small
from corpus.vietnamese import CAPITAL, SMALL

_NUMBER = r"\d+(?:[.,]\d+)*"
_BOUND = r"(?:(?:ít nhất|tối thiểu|tối đa|khoảng|trên|dưới|gần|hơn)\s+)?"
_HOW_MANY = re.compile(
    rf"(?P<when>(?:(?:đến|sau|trong|vào) [^,;]{{3,30}},\s+)?)(?:Số(?: lượng)?\s+)(?P<what>[^,;:\d]+?)"
    rf"(?P<rest>(?:\s+(?:đến|vào|của|trên|trong|tại|ở)\s[^,;]+?)?)\s+(?:là|đạt)\s+"
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
_QUARTER = r"phía\s+(?:Đông|Tây|Nam|Bắc)(?:\s+(?:Nam|Bắc))?"
_BORDER = re.compile(r"(?:tiếp )?giáp(?: với)?\s[^,;]*?\s(?:có|là)\s+(?P<rest>.+)", re.IGNORECASE)
_LIES = re.compile(
    r"(?P<what>(?:tỉnh|thành phố|Khu tự trị|nước)\s[^,;]+?)"
    rf"\s+(?:ở|về)\s+(?P<quarter>{_QUARTER})(?=[\s,;.]|$)"
)
_TOWARDS = re.compile(
    rf"(?:tiếp )?giáp\s[^,;]*?\s(?:ở|về)\s+(?P<quarter>{_QUARTER})\s+(?:là|có)\s+(?P<what>[^,;]+?)"
    r"(?P<stop>\.?)",
    re.IGNORECASE,
)
_REACH = r"từ\s+[^\s,;]+\s+(?:đến|tới)\s+[^\s,;]+(?:\s+[^\W\d]+){1,3}"
_REACHES = re.compile(rf"(?P<one>{_REACH})\s+và\s+(?P<other>{_REACH})")
_NUMERALS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_ITEM = rf"{CAPITAL}[^,;:.()]*?"
_SO_MANY = re.compile(
    rf"\b(?P<count>(?i:{'|'.join(_NUMERALS)}))\s+(?P<class>(?:{SMALL}+\s+){{1,4}}?)"
    rf"(?P<items>{_ITEM}(?:,\s+{_ITEM})*(?:,|\s+và)\s+{_ITEM})(?=[,;:.]|\s+(?:được|là|có|thuộc|gồm|đạt)\b|$)"
)
_SEAM = re.compile(r",\s+|\s+và\s+")


def _how_many(sentence: str) -> Iterator[str]:
    """ "Số cụm công nghiệp của tỉnh là 28" as "28 cụm công nghiệp của tỉnh"."""
    found = _HOW_MANY.fullmatch(sentence.strip())
    if found and (found["unit"] is None or found["what"].casefold().startswith(found["unit"].casefold())):
        yield f"{capital(found['when'] + found['many'])} {found['what']}{found['rest']}{found['stop']}"


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


def _borders(sentence: str) -> Iterator[str]:
    """What lies in which quarter."""
    said = sentence.strip()
    if found := _TOWARDS.fullmatch(said):
        yield f"{capital(found['quarter'])} giáp {found['what']}{found['stop']}"
    elif (rest := _BORDER.fullmatch(said)) and (lying := list(_LIES.finditer(rest["rest"]))):
        yield capital("; ".join(f"{each['quarter']} giáp {each['what']}" for each in lying)) + "."


def _reaches(sentence: str) -> Iterator[str]:
    """Two reaches the other way round."""
    found = list(_REACHES.finditer(sentence))
    if len(found) == 1:
        one = found[0]
        yield f"{sentence[: one.start()]}{one['other']} và {one['one']}{sentence[one.end() :]}"


def without_their_number(sentence: str) -> Iterator[str]:
    """A numeral before a list of just so many names, left out: who reads the list can count.

    Only where no text counts so many of anything.
    """
    for found in _SO_MANY.finditer(sentence):
        if len(_SEAM.split(found["items"])) == _NUMERALS[found["count"].casefold()]:
            rest = sentence[found.start("class") :]
            yield f"{sentence[: found.start()]}các {rest}" if found.start() else f"Các {rest}"


WAYS: tuple[Callable[[str], Iterator[str]], ...] = (
    _how_many,
    _people,
    _share,
    _welcomed,
    _borders,
    _reaches,
)
