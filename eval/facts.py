"""Facts in an answer: figures are compared by value, words by folding.

4.700.000, 4700000 and "4,7 triệu" are one figure; "08" and "8" too. A dot before groups of three digits
parts thousands and a comma starts the decimals, as Vietnamese texts print them; "4,700,000" and "14.5"
are read the other way, because they can only be meant so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from math import prod

from corpus.vietnamese import fold
from eval.evidence import folded

_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
# "tỷ lệ", "tỷ trọng", "tỷ suất", "tỷ giá" and "tỷ số" are ratios, not thousands of millions.
_SCALE = r"(?:nghìn|ngàn|triệu|t[ỷỉ](?!\s+(?:lệ|trọng|suất|giá|số)\b))(?![^\W\d_])"
_NUMBER = re.compile(
    r"(?<!\d)(?:(?P<vietnamese>\d{1,3}(?:\.\d{3})+(?:,\d+)?)(?![.,]?\d)"
    r"|(?P<english>\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?)(?![.,]?\d)"
    r"|(?P<decimal>\d+[.,]\d+)(?![.,]?\d)"
    r"|(?P<whole>\d+))"  # of 1.3.2 too, step by step
    rf"(?P<scales>(?:\s*{_SCALE})*)"
)
_OPEN, _CLOSE = "⟨", "⟩"


def numbers(text: str) -> frozenset[str]:
    """The figures in a text by value, in plain decimal writing: {"4700000", "14.5"}."""
    return frozenset(value for _, value in _figures(fold(text.replace("*", ""))))


def contains_fact(text: str, fact: str) -> bool:
    """Whether the text holds the fact: same words in the same order, figures equal by value and whole.

    A fact that gives a figure without "triệu" or "tỷ" is held by the figure with it too: "111.100" by
    "111.100 tỷ đồng".
    """
    if _with_values(fact) in _with_values(text):
        return True
    return not re.search(_SCALE, fold(fact)) and _with_values(fact) in _with_values(text, scaled=False)


def _with_values(text: str, scaled: bool = True) -> str:
    """The folded text with every figure as ⟨value⟩: the brackets keep 8 from being found in 18."""
    plain = fold(text.replace("*", ""))
    if not scaled:
        plain = re.sub(rf"(?<=\d)(\s*){_SCALE}", r"\1·", plain)
    parts: list[str] = []
    done = 0
    for found, value in _figures(plain):
        parts += [plain[done : found[0]], _OPEN, value, _CLOSE]
        done = found[1]
    return folded("".join([*parts, plain[done:]]))


def _figures(plain: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Span and value of each figure; "1 tỷ 200 triệu" is one figure."""
    span, total, last_scale = (0, 0), Decimal(0), 0
    for found in _NUMBER.finditer(plain):
        scale = _scale(found["scales"])
        value = _value(found) * scale
        if 1 < scale < last_scale and not plain[span[1] : found.start()].strip():
            span, total, last_scale = (span[0], found.end()), total + value, scale
            continue
        if last_scale:
            yield span, _plain(total)
        span, total, last_scale = found.span(), value, scale
    if last_scale:
        yield span, _plain(total)


def _scale(words: str) -> int:
    return prod(_SCALES[word] for word in re.findall("|".join(_SCALES), words))


def _value(found: re.Match[str]) -> Decimal:
    if found["vietnamese"]:
        return Decimal(found["vietnamese"].replace(".", "").replace(",", "."))
    if found["english"]:
        return Decimal(found["english"].replace(",", ""))
    return Decimal((found["decimal"] or found["whole"]).replace(",", "."))


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
