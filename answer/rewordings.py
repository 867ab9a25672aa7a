"""A sentence said again with the same meaning, so that another order of its words is no fault.

    "37 giường bệnh và 13,5 bác sĩ"        = "13,5 bác sĩ và 37 giường bệnh"
    "Trước ngày 15/6, các đơn vị báo cáo"  = "Các đơn vị báo cáo trước ngày 15/6"
    "Các tuyến được nâng cấp theo quy mô …" = "Nâng cấp các tuyến theo quy mô …"
    "Tỉnh ủy có Nghị quyết số 1-NQ/TU"     = "Nghị quyết số 1-NQ/TU của Tỉnh ủy"

Every way changes the order of whole parts only: a figure stays with what it counts and a part with its own
words, and what comes of it is laid over the provision as any sentence is. A sentence that tells several
things of several others in their order ("A và B đạt 1 và 2") is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, permutations

from answer.capitals import capital, small
from answer.claim_words import SAME
from answer.conjuncts import BEGIN, BOUND, BY, COUNTS, IN_TURN, NUMBER, two_clauses
from answer.figure_rewordings import WAYS as FIGURES
from answer.instrument_rewordings import WAYS as INSTRUMENTS
from corpus.vietnamese import CAPITAL, NAME_WORD, fold

_MOST = 24  # ways that are tried
_NEAR = 6  # words between a number and what it counts
_DEEP = 2  # changes on top of each other

# what a figure counts: up to a sign, a joint, another figure, or a word that speaks of all the items
_COUNTED = (
    rf"{NUMBER}%?(?:\s+(?!và\b|hoặc\b|của\b|trong\b|trên\b|tại\b|cho\b|để\b|với\b|theo\b|thuộc\b|được\b|là\b|đến\b|\d)"
    r"[^\s,;:.()]+){1,6}"
)
_NEXT = r"(?P<joint>\s+và\s+|,\s+)"
_COUPLE = re.compile(rf"{BEGIN}(?P<one>{_COUNTED}){_NEXT}(?P<other>{_COUNTED})")
_TRIPLE = re.compile(rf"{BEGIN}(?P<a>{_COUNTED}),\s+(?P<b>{_COUNTED}){_NEXT}(?P<c>{_COUNTED})")
_NO_NOUN = r"(?!(?:ở|tại|trong|trên|và|hoặc|của|đến|cho|là|được|để|với|theo|so|từ|vào)\b)"
# no scale and no unit: "6 triệu" is 6.000.000, "5.400 người" are 5.400 workers
_NO_SCALE = r"(?!(?:triệu|nghìn|ngàn|tỷ|vạn|người)\b)"
_PAIR = re.compile(rf"{BEGIN}{COUNTS}{_NO_NOUN}{_NO_SCALE}(?P<word>[^\W\d]+)")
_SHARE = re.compile(rf"{NUMBER}%")
_WRITTEN_SHORT = frozenset(phrase[0] for phrase in SAME)  # "1 công viên địa chất" may be "1 CVĐC" there
_JOINT = re.compile(r"\b(?:và|hoặc)\b", re.IGNORECASE)
_FRONT = re.compile(
    r"(?P<front>(?:(?:trước |sau |từ )?ngày|đến hết|đến|(?:từ |trong )?năm|trong(?! (?:số|đó)\b)|trên|tại|ở"
    r"|theo)\b[^,;:]{2,80}),\s+(?P<rest>[^;:]+?)(?P<stop>\.?)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"(?:việc\s+)?(?P<what>(?!(?:khi|trước|đến|trong|theo|tại|để|nếu|từ)\b)[^;:]{3,200}?)"
    r"\s+(?:đã |sẽ |cần |phải )?được\s+"
    r"(?P<verb>(?!bởi\b|do\b)\w+\s+\w+(?:\s+(?:lại|hóa|hoá|mới|lên)\b)?"
    r"(?:(?:,|\s+và)\s+(?!được\b)\w+\s+\w+(?=[\s,.]))?)(?P<rest>(?:\s+(?!bởi\b|do\b)[^;:]*?)?)(?P<stop>\.?)",
    re.IGNORECASE,
)
_CLAUSES = re.compile(r"(?P<one>[^,;]{6,}?)(?:;|,)\s+(?:còn|và)?\s*(?P<other>[^,;]{6,}?)(?P<stop>\.?)")
_TO_WHOM = re.compile(
    r"(?P<deed>.+?) (?P<to>(?:về|cho|tới) (?:Sở|UBND|Ủy ban|Ban|Bộ|HĐND|Văn phòng|Trung tâm)\b.+)"
)
_EACH = re.compile(
    r"mỗi (?P<per>(?:xã|phường|huyện|tỉnh|trường)(?:, (?:xã|phường))?) (?P<deed>(?:phải )?(?:có|\w+ \w+)) "
    rf"(?P<figure>{BOUND}\d+) (?P<noun>\w+ \w+)(?P<rest>(?: [^;.]+)?)(?P<stop>\.?)",
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
_NAME = rf"{NAME_WORD}(?:\s{NAME_WORD})*"
_FRONT_ROW = re.compile(
    rf"(?P<front>(?:Tại|Ở|Trên địa bàn)\s(?:[^,;:\d]+?\s)?{_NAME}(?:,\s{_NAME})*(?:,?\svà\s{_NAME})?),\s+"
    rf"(?P<rest>(?!{CAPITAL})[^;:]+?)(?P<stop>\.?)"
)


def rewordings(sentence: str) -> Iterator[str]:
    """Other orders of the sentence's parts that say the same, the nearest first; each once, not itself."""
    return islice(_spread(sentence), _MOST)


def counted(text: str) -> frozenset[tuple[str, str]]:
    """Every number of a text with the word right behind it: ("61", "xã")."""
    return frozenset((number.lstrip("0"), word.casefold()) for number, word in _PAIR.findall(text))


def strange_count(sentence: str, texts: Sequence[str]) -> str:
    """A number with a noun that stands in the texts, and far from that number; "" for none."""
    given = frozenset[tuple[str, str]]().union(*map(counted, texts))
    whole = fold("\n".join(texts))
    for number, noun in counted(_SHARE.sub(" ", sentence)) - given:
        if noun in _WRITTEN_SHORT:
            continue
        near = rf"(?<![\d.,])0*{re.escape(number)}\s+(?:[^\s.;]+\s+){{0,{_NEAR}}}{re.escape(noun)}(?!\w)"
        counts = any(one == number for one, _ in given)
        if counts and re.search(rf"(?<!\w){re.escape(noun)}(?!\w)", whole) and not re.search(near, whole):
            return f"“{number}” không đi với “{noun}”"
    return ""


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
    if len(found) == 1 and not others and not IN_TURN.search(sentence):  # two rows may go with each other
        pair = found[0]
        swapped = f"{pair['other']}{pair['joint']}{pair['one']}"
        yield sentence[: pair.start()] + swapped + sentence[pair.end() :]


def _triples(sentence: str) -> Iterator[str]:
    """Three counted things in a row, in every other order."""
    found = _TRIPLE.search(sentence)
    if found is None or IN_TURN.search(sentence):
        return
    before, after = sentence[: found.start()], sentence[found.end() :]
    if _JOINT.search(before) or _COUPLE.search(after):
        return
    for order in list(permutations(("a", "b", "c")))[1:]:
        one, two, three = (found[name] for name in order)
        yield f"{before}{one}, {two}{found['joint']}{three}{after}"


def _front(sentence: str) -> Iterator[str]:
    """The time, place or measure that a sentence begins with, at its end."""
    said = sentence.strip()
    if found := _FRONT_ROW.fullmatch(said) or _FRONT.fullmatch(said):
        front, rest = small(found["front"]), capital(found["rest"])
        yield f"{rest} {front}{found['stop']}"
        if way := _TO_WHOM.fullmatch(rest):
            yield f"{way['deed']} {front} {way['to']}{found['stop']}"


def _passive(sentence: str) -> Iterator[str]:
    """What is done, before what it is done to; not where it is said who does it."""
    found = _PASSIVE.fullmatch(sentence.strip())
    if found and not BY.search(sentence) and sentence.count(" được ") == 1:
        yield f"{capital(found['verb'])} {small(found['what'])}{found['rest']}{found['stop']}"


def _each(sentence: str) -> Iterator[str]:
    """So many for each: "Mỗi xã có ít nhất 01 dự án mới" as "Dự án mới (ít nhất 01 dự án/xã)"."""
    if found := _EACH.fullmatch(sentence.strip()):
        deed = "" if fold(found["deed"]).endswith("có") else f"{found['deed']} "
        said = f"{deed}{found['noun']}{found['rest']} ({found['figure']} {found['noun']}/{found['per']})"
        yield f"{capital(said)}{found['stop']}"


def _rate(sentence: str) -> Iterator[str]:
    """So many for so many people: "cứ 1 vạn dân có 37 giường bệnh" as "37 giường bệnh trên 1 vạn dân"."""
    if found := _RATE.fullmatch(sentence.strip()):
        yield f"{found['before']}có {found['what']} trên {found['per']}{found['stop']}"


def _is_the_one(sentence: str) -> Iterator[str]:
    """ "Tuyến nối A với B là X" as "X nối A với B"."""
    if found := _IS.fullmatch(sentence.strip()):
        yield f"{capital(found['name'])} {found['deed']}{found['stop']}"


def _clauses(sentence: str) -> Iterator[str]:
    """Two clauses, each with its own subject and figure, the other way round."""
    found = two_clauses(_CLAUSES, sentence.strip())
    if found and not IN_TURN.search(sentence):
        yield f"{capital(found['other'])}, {small(found['one'])}{found['stop']}"


_WAYS: tuple[Callable[[str], Iterator[str]], ...] = (
    _couples,
    _triples,
    _front,
    _passive,
    _clauses,
    *INSTRUMENTS,
    _each,
    _rate,
    _is_the_one,
    *FIGURES,
)
