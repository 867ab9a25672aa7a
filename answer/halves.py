"""The two halves of a question that asks two things, each made a question that can be searched by itself.

"Kế hoạch đòi soạn quy chế gì, còn quy hoạch xếp khu này vào vùng nào?": one search finds what is near to
both halves together; what answers only the second is found by asking it alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from answer.candidates import Candidate
from answer.coverage import Asked, asked
from answer.sides import Sides
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.query import understand

_ENOUGH = (3, 5)  # content words of the first and the second half; with fewer one leans on the other
_BEFORE_YEAR = r"\b(?:so với|với|và|còn|rồi|của|tới|đến)\s+"
_COMPARING = re.compile(
    r"\b(?:so sánh|so với|đối chiếu)\b|\b(?:và|với)\s+(?=năm\b)|\b(?:chênh|khác) nhau\b|^\W+"
)
_TOPIC = re.compile(r"[^:?;]{3,80}:\s")  # "Về rác: kế hoạch nói gì, quy hoạch nói gì?"


@dataclass(frozen=True, slots=True)
class Half:
    """What one half of a question found."""

    question: str
    what: Asked
    found: tuple[Candidate, ...]


def half_questions(question: str, compared: Sides, index: Index) -> tuple[str, ...]:
    """A whole question for each half, in their order; () where one leans on the other.

    Of two years compared each gets the question without the other.
    """
    if compared.parts:
        first, second = (part.strip() for part in compared.parts)
        topic = _TOPIC.match(first)
        whole = (first, f"{topic[0]}{second}" if topic else second)
        enough = (_words(each, index) >= least for each, least in zip(whole, _ENOUGH, strict=True))
        if all(enough):
            return whole
    if len(compared.years) == len(_ENOUGH) and not compared.documents:
        return tuple(_without(year, question) for year in reversed(compared.years))
    return ()


def _without(year: str, question: str) -> str:
    """A comparison of two years without one of them and without the words that compare."""
    named = rf"(?:{_BEFORE_YEAR})*(?:năm\s+)?\b{year}\b"
    left = re.sub(named, " ", fold(question))
    return " ".join(_COMPARING.sub(" ", left).split())


def _words(question: str, index: Index) -> int:
    return len(asked(understand(question, index.restorer, index.abbreviations), index).weights)
