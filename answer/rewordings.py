"""A sentence said again with the same meaning, so that another order of its words is no fault.

    "37 giường bệnh và 13,5 bác sĩ"        = "13,5 bác sĩ và 37 giường bệnh"
    "Trước ngày 15/6, các đơn vị báo cáo"  = "Các đơn vị báo cáo trước ngày 15/6"
    "Các tuyến được nâng cấp theo quy mô …" = "Nâng cấp các tuyến theo quy mô …"
    "Tỉnh ủy có Nghị quyết số 1-NQ/TU"     = "Nghị quyết số 1-NQ/TU của Tỉnh ủy"

Every way changes the order of whole parts only: a figure stays with what it counts and a part with its own
words, so that what was false stays false. A sentence that tells several things of several others in their
order ("A và B đạt 1 và 2") is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice, permutations

from corpus.vietnamese import fold

_MOST = 24  # ways that are tried
_DEEP = 2  # changes on top of each other

_BEGIN = r"(?<![\w.,/-])"
_NUMBER = r"(?:\d+(?:[.,/]\d+)*)"
# what a figure counts: up to a sign, a joint, another figure, or a word that speaks of all the items
_COUNTED = (
    rf"{_NUMBER}%?(?:\s+(?!và\b|hoặc\b|của\b|trong\b|trên\b|tại\b|cho\b|để\b|với\b|theo\b|thuộc\b|được\b|là\b|đến\b|\d)"
    r"[^\s,;:.()]+){1,6}"
)
_NEXT = r"(?P<joint>\s+và\s+|,\s+)"
_COUPLE = re.compile(rf"{_BEGIN}(?P<one>{_COUNTED}){_NEXT}(?P<other>{_COUNTED})")
_TRIPLE = re.compile(rf"{_BEGIN}(?P<a>{_COUNTED}),\s+(?P<b>{_COUNTED}){_NEXT}(?P<c>{_COUNTED})")
# a number that counts: no day and no year
_COUNTS = rf"(?!\d+/\d|(?:19|20)\d\d\b)(?P<number>{_NUMBER})%?\s+(?!tháng|năm)"
_NO_NOUN = r"(?!(?:ở|tại|trong|trên|và|hoặc|của|đến|cho|là|được|để|với|theo|so|từ|vào)\b)"
_PAIR = re.compile(rf"{_BEGIN}{_COUNTS}{_NO_NOUN}(?P<word>[^\W\d]+)")
_BOUND = r"(?:(?:ít nhất|tối thiểu|tối đa|khoảng|trên|dưới|từ|gần|hơn)\s+)?"
_FIRST_FIGURE = re.compile(rf"{_BEGIN}{_BOUND}{_COUNTS}[^\W\d]")
_SEAM = re.compile(rf"(?:,|\s+và)\s+(?={_BOUND}{_COUNTS}[^\W\d])")
_JOINT = re.compile(r"\b(?:và|hoặc)\b", re.IGNORECASE)
_IN_TURN = re.compile(r"\blần lượt\b|\btương ứng\b", re.IGNORECASE)
_FRONT = re.compile(
    r"(?P<front>(?:(?:trước |sau |từ )?ngày|đến hết|đến|(?:từ |trong )?năm|trong|trên|tại|ở|theo)\b"
    r"[^,;:]{2,80}),\s+(?P<rest>[^;:]+?)(?P<stop>\.?)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"(?:việc\s+)?(?P<what>(?!(?:khi|trước|đến|trong|theo|tại|để|nếu|từ)\b)[^;:]{3,200}?)"
    r"\s+(?:đã |sẽ |cần |phải )?được\s+"
    r"(?P<verb>(?!bởi\b|do\b)\w+\s+\w+(?:\s+(?:lại|hóa|hoá|mới|lên)\b)?"
    r"(?:(?:,|\s+và)\s+(?!được\b)\w+\s+\w+(?=[\s,.]))?)(?P<rest>(?:\s+(?!bởi\b|do\b)[^;:]*?)?)(?P<stop>\.?)",
    re.IGNORECASE,
)
_INSTRUMENT = (
    r"(?:Nghị quyết|Nghị định|Quyết định|Kế hoạch|Chỉ thị|Thông tư|Chương trình hành động|Kết luận|Thông báo|"
    r"Đề án|Văn bản)\s+(?:số\s+)?\d[\w/-]*"
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
_BY = re.compile(r"\b(?:bởi|do)\b", re.IGNORECASE)
_CLAUSES = re.compile(r"(?P<one>[^,;]{6,}?)(?:;|,)\s+(?:còn|và)?\s*(?P<other>[^,;]{6,}?)(?P<stop>\.?)")
_TWO = re.compile(r"(?P<one>[^;]{6,}?)(?:;|,\s+(?:còn|trong khi))\s+(?P<other>[^;]{6,})")
_WHILE = re.compile(r"(?P<one>[^;]{12,}?)[,;]\s+(?:còn|trong khi)\s+(?P<other>(?:\S+\s+){3}[^;]+)")
# the second of two deeds, where nobody is named who does them
_MOREOVER = re.compile(r"(?P<one>[^;]+?\bđược\b[^;]+?),\s+đồng thời\s+(?P<other>(?:\S+\s+){3}[^;]+)")
_DUTY = re.compile(r"\b(?:giao|chủ trì|phối hợp|báo cáo|gửi|trình|đầu mối)\b", re.IGNORECASE)
_TO_WHOM = re.compile(
    r"(?P<deed>.+?) (?P<to>(?:về|cho|tới) (?:Sở|UBND|Ủy ban|Ban|Bộ|HĐND|Văn phòng|Trung tâm)\b.+)"
)
_EACH = re.compile(
    r"mỗi (?P<per>(?:xã|phường|huyện|tỉnh|trường)(?:, (?:xã|phường))?) (?P<deed>(?:phải )?(?:có|\w+ \w+)) "
    rf"(?P<figure>{_BOUND}\d+) (?P<noun>\w+ \w+)(?P<rest>(?: [^;.]+)?)(?P<stop>\.?)",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"(?P<before>(?:[^.;]+,\s+)?)(?:cứ )?(?P<per>(?:1|một) vạn dân)(?: thì)? có (?P<what>[^.;]+?)"
    r"(?P<stop>\.?)",
    re.IGNORECASE,
)
_IS = re.compile(
    r"(?:tuyến|nơi|cơ quan|đơn vị|địa phương) (?P<deed>\w+ [^,;]+?) là (?P<name>[^,;]+?)(?P<stop>\.?)",
    re.IGNORECASE,
)
_MONTH = re.compile(r"\btháng (?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_OWN_SUBJECT = re.compile(rf"(?:[^\W\d]+\s+){{2,}}.*?{_NUMBER}")


def rewordings(sentence: str) -> Iterator[str]:
    """Other orders of the sentence's parts that say the same, the nearest first; each once, not itself."""
    return islice(_spread(sentence), _MOST)


def conjuncts(sentence: str) -> tuple[str, ...]:
    """What a sentence says of two counted things, or in two clauses, one by one: both must hold; () for one.

    "Mở 02 lớp bồi dưỡng và 01 lớp truyền dạy": "Mở 02 lớp bồi dưỡng", "Mở 01 lớp truyền dạy".
    """
    said = sentence.strip()
    if _IN_TURN.search(said):
        return ()
    if clauses := (_two_clauses(_TWO, said) or _apart(said)):
        parts = clauses["one"], _capital(clauses["other"])
        return parts if parts[0].count("(") == parts[0].count(")") else ()
    seams = list(_SEAM.finditer(said))
    first = _FIRST_FIGURE.search(said)
    if len(seams) != 1 or first is None or first.start() >= seams[0].start():
        return ()
    return said[: seams[0].start()], said[: first.start()] + said[seams[0].end() :]


def _apart(said: str) -> re.Match[str] | None:
    """Two clauses that each say of themselves what they are about; none where one has a doer's duties."""
    if _DUTY.search(said):
        return None
    return _WHILE.fullmatch(said) or (None if _BY.search(said) else _MOREOVER.fullmatch(said))


def counted(text: str) -> frozenset[tuple[str, str]]:
    """Every number of a text with the word right behind it: ("61", "xã")."""
    return frozenset((number.lstrip("0"), word.casefold()) for number, word in _PAIR.findall(text))


def _spread(sentence: str) -> Iterator[str]:
    known = {sentence}
    layer = [sentence]
    for _ in range(_DEEP):
        following: list[str] = []
        for one in layer:
            for way in _WAYS:
                for other in way(one):
                    if other not in known:
                        known.add(other)
                        following.append(other)
                        yield other
        layer = following


def _couples(sentence: str) -> Iterator[str]:
    """Two counted things that stand side by side, the other way round."""
    found = list(_COUPLE.finditer(sentence))
    others = len(_JOINT.findall(sentence)) - sum(len(_JOINT.findall(pair[0])) for pair in found)
    if len(found) == 1 and not others and not _IN_TURN.search(sentence):  # two rows may go with each other
        pair = found[0]
        swapped = f"{pair['other']}{pair['joint']}{pair['one']}"
        yield sentence[: pair.start()] + swapped + sentence[pair.end() :]


def _triples(sentence: str) -> Iterator[str]:
    """Three counted things in a row, in every other order."""
    found = _TRIPLE.search(sentence)
    if found is None or _IN_TURN.search(sentence):
        return
    before, after = sentence[: found.start()], sentence[found.end() :]
    if _JOINT.search(before) or _COUPLE.search(after):
        return
    for order in list(permutations(("a", "b", "c")))[1:]:
        one, two, three = (found[name] for name in order)
        yield f"{before}{one}, {two}{found['joint']}{three}{after}"


def _front(sentence: str) -> Iterator[str]:
    """The time, place or measure that a sentence begins with, at its end."""
    found = _FRONT.fullmatch(sentence.strip())
    if found:
        front, rest = _lower(found["front"]), _capital(found["rest"])
        yield f"{rest} {front}{found['stop']}"
        if way := _TO_WHOM.fullmatch(rest):
            yield f"{way['deed']} {front} {way['to']}{found['stop']}"


def _passive(sentence: str) -> Iterator[str]:
    """What is done, before what it is done to; not where it is said who does it."""
    found = _PASSIVE.fullmatch(sentence.strip())
    if found and not _BY.search(sentence) and sentence.count(" được ") == 1:
        yield f"{_capital(found['verb'])} {_lower(found['what'])}{found['rest']}{found['stop']}"


def _each(sentence: str) -> Iterator[str]:
    """So many for each: "Mỗi xã có ít nhất 01 dự án mới" as "Dự án mới (ít nhất 01 dự án/xã)"."""
    if found := _EACH.fullmatch(sentence.strip()):
        deed = "" if fold(found["deed"]).endswith("có") else f"{found['deed']} "
        said = f"{deed}{found['noun']}{found['rest']} ({found['figure']} {found['noun']}/{found['per']})"
        yield f"{_capital(said)}{found['stop']}"


def _rate(sentence: str) -> Iterator[str]:
    """So many for so many people: "cứ 1 vạn dân có 37 giường bệnh" as "37 giường bệnh trên 1 vạn dân"."""
    if found := _RATE.fullmatch(sentence.strip()):
        yield f"{found['before']}có {found['what']} trên {found['per']}{found['stop']}"


def _is_the_one(sentence: str) -> Iterator[str]:
    """ "Tuyến nối A với B là X" as "X nối A với B"."""
    if found := _IS.fullmatch(sentence.strip()):
        yield f"{_capital(found['name'])} {found['deed']}{found['stop']}"


def _months(sentence: str) -> Iterator[str]:
    """A month of a year as it is written in full."""
    if _MONTH.search(sentence):
        yield _MONTH.sub(r"tháng \g<month> năm \g<year>", sentence)


def _clauses(sentence: str) -> Iterator[str]:
    """Two clauses, each with its own subject and figure, the other way round."""
    found = _two_clauses(_CLAUSES, sentence.strip())
    if found and not _IN_TURN.search(sentence):
        yield f"{_capital(found['other'])}, {_lower(found['one'])}{found['stop']}"


def _two_clauses(parting: re.Pattern[str], said: str) -> re.Match[str] | None:
    """The two clauses of a sentence, where each has a subject and a figure of its own."""
    found = parting.fullmatch(said)
    return found if found and all(_OWN_SUBJECT.match(found[each]) for each in ("one", "other")) else None


def _issue(sentence: str) -> Iterator[str]:
    """Who issued what, and when, as instruments are cited: "Nghị quyết số … ngày … của …"."""
    said = sentence.strip()
    if approved := _APPROVED.fullmatch(said):
        told = f"{approved['by']} của {approved['who']} {approved['deed']} {approved['what']}"
        yield f"{_capital(told)}{approved['stop']}"
    found = _ISSUED.fullmatch(said) or _ISSUES.fullmatch(said)
    if found:
        parts = found.groupdict()
        day = parts.get("day") or parts["later"]
        told = f"{parts['what']} {_lower(day)}" if day else parts["what"]
        yield f"{_capital(told)} của {parts['who']}{parts['rest']}{parts['stop']}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """The first letter small, but for a name: a capital behind it tells one."""
    words = text.split(maxsplit=2)
    named = len(words) > 1 and words[1][:1].isupper()
    return text if named or text[:2].isupper() else text[:1].lower() + text[1:]


_WAYS: tuple[Callable[[str], Iterator[str]], ...] = (
    _couples,
    _triples,
    _front,
    _passive,
    _clauses,
    _issue,
    _months,
    _each,
    _rate,
    _is_the_one,
)
