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

from corpus.address import Level
from corpus.citation import parse_citations
from corpus.vietnamese import fold

_CAPITAL = r"[^\W\d_a-zà-ỹ][^\W\d_]*"
_CLASS = re.compile(
    r"\b(?P<class>(?:[Ll]àng|[Kk]hu|[Đđ]iểm|[Cc]ụm|[Tt]uyến|[Cc]ửa khẩu|[Tt]rung tâm|[Tt]rường|[Bb]ệnh viện)"
    rf"(?:\s[^\W\d_]+){{2,6}}?)\s(?P<name>{_CAPITAL}(?:\s{_CAPITAL})+)"
)
_SEQUENCE = re.compile(
    r"\b(?:kế đến|tiếp theo|tiếp đến|kế tiếp|rồi đến|rồi|sau đó|trước hết|đầu tiên|sau cùng|cuối cùng)\b"
)
_IN_ORDER = re.compile(r"\btheo thứ tự\b|\bthứ tự ưu tiên\b")
_ITEM = re.compile(r"\((?:i{1,3}|iv|v|vi{1,3}|ix|x)\)\s*")
_WORD = re.compile(r"[^\W\d_]+")


def strange_pair(sentence: str, texts: Sequence[str]) -> str:
    """What the sentence joins and the texts join with something else, in Vietnamese; "" for nothing."""
    return (
        _strange_article(sentence, texts)
        or _strange_class(sentence, texts)
        or _strange_order(sentence, texts)
    )


def _strange_article(sentence: str, texts: Sequence[str]) -> str:
    """An article of another instrument than in the texts."""
    for article, mine in _articles(sentence).items():
        theirs = frozenset[str]().union(*(_articles(text).get(article, frozenset()) for text in texts))
        if theirs and not mine <= theirs:
            return f"Điều {article} không phải của “{', '.join(sorted(mine - theirs))}”"
    return ""


@lru_cache(maxsize=512)
def _articles(text: str) -> Mapping[str, frozenset[str]]:
    """By the number of an article, the folded numbers or names of the instruments that it is cited of."""
    found: dict[str, set[str]] = defaultdict(set)
    for citation in parse_citations(text):
        of = citation.instrument and (citation.instrument.number or citation.instrument.name)
        for unit in citation.units:
            if of and unit.level is Level.ARTICLE:
                found[unit.marker].add(fold(of))
    return {article: frozenset(those) for article, those in found.items()}


def _strange_class(sentence: str, texts: Sequence[str]) -> str:
    """A name with the class that the texts give another: "Làng du lịch cộng đồng" with another village."""
    given = frozenset[tuple[str, str]]().union(*map(_classes, texts))
    for called, name in _classes(sentence):
        own = {there for there, other in given if other == name}
        others = {other for there, other in given if there == called}
        if own and called not in own and others - {name}:
            return f"“{called}” không phải là “{name}”"
    return ""


@lru_cache(maxsize=512)
def _classes(text: str) -> frozenset[tuple[str, str]]:
    """Each class of several words with the name behind it, folded."""
    return frozenset((fold(found["class"]), fold(found["name"])) for found in _CLASS.finditer(text))


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
