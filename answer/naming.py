"""What of a question only says which document is meant, and the question without it.

"Theo Kế hoạch 2026", "Quy hoạch tỉnh điều chỉnh", "bên kế hoạch du lịch thì": such words are near to titles
and preambles, not to what is asked. They choose the document; what is searched are the other words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from answer.seams import INSTRUMENT
from answer.sides import meant
from answer.years import YEAR
from corpus.citation import parse_citations
from corpus.document import Document
from corpus.vietnamese import fold, syllables

_BEFORE = (
    r"(?:(?<!\w)(?:theo|trong|của|ở|tại|bên|phía|trên|cái|bản|nêu trong|ghi trong|nói trong|đối với)\s+){0,3}"
)
_REVISED = (
    r"(?:đã |vừa |được |sau )*(?:điều chỉnh|sửa đổi(?:, bổ sung)?|sửa lại|sửa)|phê duyệt|mới|này|đó|kia"
)
_COUNCILS = r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd|hội đồng nhân dân)"
_AFTER = r"(?:\s+(?:thì|mà|lại|của mình)\b)*"
_STARTS = 4  # syllables of a title from which its short form may begin: "(phát triển) du lịch"
_LONGEST = 16  # syllables of a title that a name may have
_EDGES = re.compile(r"^[\s,;:.–-]+|[\s,;:.–-]+$|\(\s*\)")
_GAPS = re.compile(r"\s*([,;:?])(?:\s*[,;:?])*")


@dataclass(frozen=True, slots=True)
class Named:
    """A question without the words that only name a document."""

    question: str
    document: str | None  # the id of the document it means, None for none


def without_names(question: str, documents: Mapping[str, Document], of: str | None = None) -> Named:
    """A folded question without the words that name the one document it means; `of` says which where it names
    several.

    With its words where it means none, or names a provision.
    """
    those = meant(question, documents)
    id_ = those[0] if len(those) == 1 else of
    if id_ is None or any(each.units for each in parse_citations(question)):
        return Named(question, id_)
    rest = _name(documents[id_]).sub(" ", question, count=0 if len(those) == 1 else 1)
    rest = _GAPS.sub(r"\1", " ".join(_EDGES.sub("", rest).split()))
    return Named(_EDGES.sub("", rest) or question, id_)


def _name(document: Document) -> re.Pattern[str]:
    """The ways of naming a document, with the little words before and after it."""
    held = document.metadata
    kinds = "|".join(sorted(set(INSTRUMENT.findall(fold(f"{held.type} {held.title}")))))
    years = "|".join(sorted({*YEAR.findall(held.date or ""), *YEAR.findall(held.title)}))
    title = fold(held.title)
    starts = [0, *(found.end() for found in INSTRUMENT.finditer(title))]
    runs = (_run(syllables(title[start:])[step:]) for start in starts for step in range(0, _STARTS, 2))
    ways = (
        rf"(?:năm )?(?:{years})(?![\d/]|\s*[-–]\s*\d)" if years else "",
        _numbers(fold(held.number or "")),
        _issued(fold(held.issuer)),
        *(f"năm nay|{_REVISED}|{kinds}", *runs),
    )
    one = "|".join(filter(None, ways))
    return re.compile(rf"{_BEFORE}(?<!\w)(?:{kinds})(?:\s+(?:về )?(?:{one})(?!\w))*(?!\w){_AFTER}")


def _issued(issuer: str) -> str:
    """Of whom it is: "của tỉnh", "của UBND tỉnh Lạng Sơn"."""
    _, level, name = issuer.rpartition("tỉnh")
    place = rf"(?:\s+{re.escape(name.strip())})?" if level and name.strip() else ""
    return rf"(?:của |do )?(?:{_COUNCILS} )?tỉnh{place}"


def _numbers(number: str) -> str:
    """Its whole number, or what stands before the first stroke, with its year or without."""
    first, *_ = re.split(r"[/-]", number)
    return rf"(?:số )?(?:{re.escape(number)}|{re.escape(first)}(?:/(?:19|20)\d\d)?(?![\d/]))" if first else ""


def _run(title: list[str]) -> str:
    """A pattern for the first words of a title in their order, two at least; "" where there are too few."""
    tail = ""
    for word in reversed(title[2:_LONGEST]):
        tail = rf"(?:\s+{re.escape(word)}{tail})?"
    return rf"{re.escape(title[0])}\s+{re.escape(title[1])}{tail}" if len(title) > 1 else ""
