"""What belongs together and a sentence may not part: an article and its law, a class and a name, an order.

All are read from the words as they follow each other, before any of them is laid over a source: "Điều 21
Luật A và Điều 66 Nghị định B" has every word of "Điều 66 Luật A và Điều 21 Nghị định B".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from corpus.citation import parse_citations
from corpus.vietnamese import NAME_WORD, SMALL, fold

_CLASS = re.compile(
    r"\b(?P<class>(?:[Ll]àng|[Kk]hu|[Đđ]iểm|[Cc]ụm|[Tt]uyến|[Cc]ửa khẩu|[Tt]rung tâm|[Tt]rường|[Bb]ệnh viện)"
    rf"(?:\s[^\W\d_]+){{2,6}}?)\s(?P<name>{NAME_WORD}(?:\s{NAME_WORD})+)"
)
CHANGE = re.compile(r"\b(?:sửa đổi|bổ sung|thay thế|bãi bỏ)\b", re.IGNORECASE)
_SUFFERS = re.compile(r"\b(?:được|bị)\s+(?:sửa đổi,?\s+)?$", re.IGNORECASE)
_BY = re.compile(r"(?:,?\s+(?:bổ sung|một phần|toàn bộ))*\s+(?:bởi|bằng)\b", re.IGNORECASE)
_LIES = re.compile(
    rf"(?P<thing>(?!xã|phường|thị trấn){SMALL}+\s{NAME_WORD}(?:\s{NAME_WORD})*)"
    r"(?:,\s|\s(?:tại|ở|thuộc)\s|\s\()"
    rf"(?P<where>(?:xã|phường|thị trấn)\s{NAME_WORD}(?:\s{NAME_WORD})*)"
)
_QUOTED = re.compile(r"(?P<class>[^\W\d_]+)\s[“\"](?P<name>[^“”\"]{3,})[”\"]")
# what is said of a name itself, and not of what it does or has
_END = re.compile(
    rf"(?P<name>{NAME_WORD}(?:\s{NAME_WORD})+)\s(?P<end>mở rộng|cũ|mới|giai đoạn \d|cơ sở \d|\d)(?![^\W_])"
)
_SEQUENCE = re.compile(
    r"\b(?:kế đến|tiếp theo|tiếp đến|kế tiếp|rồi đến|rồi|sau đó|trước hết|đầu tiên|sau cùng|cuối cùng)\b"
    r"|\btrước\b(?! (?:ngày|năm|tháng|quý|hết|khi|đây|đó|mắt|tiên)\b)"
)
_IN_ORDER = re.compile(r"\btheo thứ tự\b|\bthứ tự ưu tiên\b")
_ITEM = re.compile(r"\((?:i{1,3}|iv|v|vi{1,3}|ix|x)\)\s*")
_WORD = re.compile(r"[^\W\d_]+")


def strange_pair(sentence: str, texts: Sequence[str]) -> str:
    """What the sentence joins and the texts join with something else, in Vietnamese; "" for nothing."""
    checks = (_strange_unit, _strange_change, _strange_class, _strange_end, _strange_place, _strange_order)
    return next((why for check in checks if (why := check(sentence, texts))), "")


def _strange_unit(sentence: str, texts: Sequence[str]) -> str:
    """An article of another instrument than in the texts, or a clause of another article."""
    for unit, mine in _units(sentence).items():
        theirs = frozenset[str]().union(*(_units(text).get(unit, frozenset()) for text in texts))
        if theirs and not mine <= theirs:
            return f"{unit} không phải của “{', '.join(sorted(mine - theirs))}”"
    return ""


@lru_cache(maxsize=512)
def _units(text: str) -> Mapping[str, frozenset[str]]:
    """By what is cited, as "dieu 66" or "khoan 6", what it is cited of: an instrument, the unit above it."""
    found: dict[str, set[str]] = defaultdict(set)
    for citation in parse_citations(text):
        of = citation.instrument and (citation.instrument.number or citation.instrument.name)
        above = fold(of) if of else ""
        for unit in citation.units:
            said = f"{unit.level.value if unit.level else ''} {unit.marker}".strip()
            if above:
                found[said].add(above)
            above = said
    return {unit: frozenset(those) for unit, those in found.items()}


def _strange_change(sentence: str, texts: Sequence[str]) -> str:
    """An instrument that changes another one, where a text says that the other changes it."""
    given = frozenset[tuple[str, str]]().union(*map(_changes, texts))
    for one, other in _changes(sentence):
        if (other, one) in given and (one, other) not in given:
            return f"“{other}” mới là văn bản sửa đổi, thay thế “{one}”"
    return ""


@lru_cache(maxsize=512)
def _changes(text: str) -> frozenset[tuple[str, str]]:
    """Each instrument that changes another, and that one: the numbers on both sides of the verb."""
    cited = [each for each in parse_citations(text) if each.instrument and each.instrument.number]
    found = set()
    for verb in CHANGE.finditer(text):
        before = [
            fold(each.instrument.number or "")
            for each in cited
            if each.instrument and each.span[1] <= verb.start()
        ]
        behind = [
            fold(each.instrument.number or "")
            for each in cited
            if each.instrument and each.span[0] >= verb.end()
        ]
        if before and behind:
            suffers = _SUFFERS.search(text[: verb.start()]) or _BY.match(text, verb.end())
            found.add((behind[0], before[-1]) if suffers else (before[-1], behind[0]))
    return frozenset(found)


def _strange_end(sentence: str, texts: Sequence[str]) -> str:
    """A name with the word behind it that the texts give another: "Tây Bắc mở rộng" as "Việt Bắc mở rộng"."""
    given = frozenset[tuple[str, str]]().union(*map(_ends, texts))
    for name, end in _ends(sentence):
        others = {there for there, word in given if word == end and there != name}
        stands = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", fold(text)) for text in texts)
        if (name, end) not in given and others and stands:
            return f"“{end}” không phải của “{name}”"
    return ""


@lru_cache(maxsize=512)
def _ends(text: str) -> frozenset[tuple[str, str]]:
    """Each name with the word that says more of it right behind it, folded."""
    return frozenset((fold(found["name"]), fold(found["end"])) for found in _END.finditer(text))


def _strange_class(sentence: str, texts: Sequence[str]) -> str:
    """A name, or a quotation, called as the texts call another: "Làng du lịch cộng đồng", "tour “…”"."""
    given = frozenset[tuple[str, str]]().union(*map(_classes, texts))
    for called, name in _classes(sentence):
        own = {there for there, other in given if other == name}
        others = {other for there, other in given if there == called}
        if own and called not in own and others - {name}:
            return f"“{called}” không phải là “{name}”"
    return ""


@lru_cache(maxsize=512)
def _classes(text: str) -> frozenset[tuple[str, str]]:
    """Each class of several words with the name behind it, and what a quoted name is called, folded."""
    return frozenset(
        (fold(found["class"]), fold(found["name"]))
        for pattern in (_CLASS, _QUOTED)
        for found in pattern.finditer(text)
    )


def _strange_place(sentence: str, texts: Sequence[str]) -> str:
    """A named thing told to lie in a commune where a text has another, itself lying elsewhere there."""
    given = frozenset[tuple[str, str]]().union(*map(_lying, texts))
    for thing, where in _lying(sentence):
        elsewhere = any(there == thing and place != where for there, place in given)
        if (thing, where) not in given and elsewhere and any(place == where for _, place in given):
            return f"“{thing}” không ở {where}"
    return ""


@lru_cache(maxsize=512)
def _lying(text: str) -> frozenset[tuple[str, str]]:
    """Each named thing with the commune it is said to lie in, folded."""
    return frozenset((fold(found["thing"]), fold(found["where"])) for found in _LIES.finditer(text))


def _strange_order(sentence: str, texts: Sequence[str]) -> str:
    """What comes first and what then, where a text puts numbered items in order and the sentence another."""
    said = fold(sentence)
    if not _SEQUENCE.search(said):
        return ""
    mine = _WORD.findall(said)
    for text in texts:
        folded = fold(text)
        _, *items = _ITEM.split(folded) if _IN_ORDER.search(folded) else [""]
        words = [frozenset(_WORD.findall(item)) for item in items]
        own = [each.difference(*(words[:at] + words[at + 1 :])) for at, each in enumerate(words)]
        places = [next((at for at, word in enumerate(mine) if word in each), None) for each in own]
        found = [place for place in places if place is not None]
        if any(one > other for one, other in pairwise(found)):
            return "thứ tự khác với điều khoản"
    return ""
