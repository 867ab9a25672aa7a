"""The two halves of a question that asks two things, each made a question that can be searched by itself.

"Kế hoạch đòi soạn quy chế gì, còn quy hoạch xếp khu này vào vùng nào?": one search finds what is near to
both halves together; what answers only the second is found by asking it alone. What only names its document
chooses the document and is not searched; a half that leans on the other has what that one is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from answer.conversation import whole_question
from answer.coverage import asked
from answer.naming import Named, without_names
from answer.seams import perhaps_two, two_asked, verbatim
from answer.sides import Sides
from answer.slots import has_only_year, topic
from answer.years import YEAR_ALONE
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.query import understand

_TWO = 2
_ENOUGH = 2  # content words of a half; with fewer it asks nothing by itself
_BEFORE_YEAR = r"\b(?:so với|với|và|còn|rồi|của|tới|đến)\s+"
_COMPARING = re.compile(
    r"\b(?:so sánh|so với|đối chiếu)\b|\b(?:và|với)\s+(?=năm\b)|\b(?:chênh|khác) nhau\b|^\W+"
)
# "Về rác: kế hoạch nói gì, quy hoạch nói gì?", "Ở Mẫu Sơn, …"
_TOPIC = re.compile(
    r"[^:?;]{3,80}:\s|(?:về|với|ở|tại|đối với|riêng|trong|theo|đến|tới|năm|cho)\s[^:?;,]{2,60},\s"
)
_POINTS = re.compile(r"\b(?:này|đó|ấy|kia|nó|như thế|như vậy|ở đây)\b")


@dataclass(frozen=True, slots=True)
class HalfQuestion:
    """One half of a question of two things."""

    said: str  # as the question has it
    search: str  # what is searched
    document: str | None = None  # the id of the document that is meant, None where none is named


def half_questions(question: str, compared: Sides, index: Index) -> tuple[HalfQuestion, ...]:
    """A whole question for each half, in their order; () where one of them asks nothing by itself.

    Of two years compared each gets the question without the other.
    """
    folded = fold(question)
    parts = [part.strip(" ,;") for part in two_asked(folded) or perhaps_two(folded)]
    if parts and (made := _of_parts(parts, question, compared, index)):
        return made
    if len(compared.years) == _TWO and not compared.documents:
        return tuple(
            HalfQuestion(f"năm {year}", _without(other, question))
            for year, other in zip(compared.years, reversed(compared.years), strict=True)
        )
    return ()


def _of_parts(parts: list[str], question: str, compared: Sides, index: Index) -> tuple[HalfQuestion, ...]:
    those = compared.documents if len(compared.documents) == _TWO else (None, None)
    first, second = (without_names(part, index.documents, of) for part, of in zip(parts, those, strict=True))
    second = _with_topic(first, second, parts[0])
    halves = [
        HalfQuestion(verbatim(part, question), named.question, named.document)
        for part, named in zip(parts, (first, second), strict=True)
    ]
    return tuple(halves) if all(_words(each.search, index) >= _ENOUGH for each in halves) else ()


def _with_topic(first: Named, second: Named, whole_first: str) -> Named:
    """The second half with what only the first one says that it is about."""
    asked = second.question
    document = second.document
    if has_only_year(asked):
        before = re.sub(r"\bnăm nay\b", " ", first.question)
        return Named(fold(whole_question(asked, (" ".join(before.split()),))), document)
    about = _TOPIC.match(first.question)
    if about and not _TOPIC.match(asked) and not (YEAR_ALONE.search(about[0]) and YEAR_ALONE.search(asked)):
        return Named(f"{about[0]}{asked}", document)
    if _POINTS.search(asked) and not about:
        return Named(f"{topic(first.question)}. {asked}", document)
    return second


def _without(year: str, question: str) -> str:
    """A comparison of two years without one of them and without the words that compare."""
    named = rf"(?:{_BEFORE_YEAR})*(?:năm\s+)?\b{year}\b"
    left = re.sub(named, " ", fold(question))
    return " ".join(_COMPARING.sub(" ", left).split())


def _words(question: str, index: Index) -> int:
    return len(asked(understand(question, index.restorer, index.abbreviations), index).weights)
