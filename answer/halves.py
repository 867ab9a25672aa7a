"""The two halves of a question that asks two things, each made a question that can be searched by itself.

"Kế hoạch đòi soạn quy chế gì, còn quy hoạch xếp khu này vào vùng nào?": one search finds what is near to
both halves together; what answers only the second is found by asking it alone. What only names its document
chooses the document and is not searched; a half that leans on the other has what that one is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from answer.coverage import asked
from answer.naming import without_names
from answer.seams import AGAINST, ASKING, INSTRUMENT, WHETHER, YEAR_NAMED, perhaps_two, verbatim
from answer.sides import Sides, meant
from answer.slots import names, phrase_end, topic, with_year
from answer.years import YEAR_ALONE
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.query import understand

_TWO = 2
_ENOUGH = 2  # content words of a half; with fewer it asks nothing by itself
_BEFORE_YEAR = r"\b(?:so với|với|và|còn|rồi|của|tới|đến)\s+"
_COMPARING = re.compile(
    r"\b(?:so sánh|so với|đối chiếu)\b|\b(?:và|với)\s+(?=năm\b)|\b(?:chênh|khác) nhau\b|^\W+"
    r"|^so\b"
)
_AGAINST = re.compile(r"\s(?:so với|với|và|còn)\s")
_DIFFERENCE = re.compile(r"(?:\s+(?:thì|có))*\s+(?:chênh|khác|giống)(?: (?:nhau|lệch))?\b.*$")
# "Về rác: kế hoạch nói gì, quy hoạch nói gì?", "Ở Mẫu Sơn, …"
_TOPIC = re.compile(
    r"[^:?;]{3,80}:\s|(?:về|với|ở|tại|đối với|riêng|trong|theo|đến|tới|năm|cho)\s[^:?;,]{2,60},\s"
)
_HOW_MUCH = re.compile(r"(?:\b(?:là|đạt|được|có) )?\bbao nhiêu\b[^,;]{0,20}$")
_LEFT_OVER = re.compile(r"\blần lượt\s+")
_THIS_YEAR = re.compile(r"\bnăm nay\s*")
# a word that says what is asked about: no unit, no measure, no word of growth
_SUBJECT = re.compile(
    r"^(?!(?:nghìn|ngàn|triệu|tỷ|tỉ|trăm|phần|đồng|đạt|mức|mốc|con số|chỉ tiêu|mục tiêu|khoảng|lượt"
    r"|người|dự kiến|thêm|bổ sung|nữa|tăng|lên|định|chỗ|nơi|cái|đặt)\b)[^\W\d]"
)
# "kể tên mấy khu?", "có những khu nào", "một nghề như thế"
_BARE_NOUN = re.compile(
    r"\b(?:mấy|bao nhiêu|những|các|một|cái) (?P<noun>[^\W\d]+)"
    r"(?= (?:nào|như thế|như vậy|này|đó|ấy)\b|\s*[?.]*$)"
)
_POINTS = re.compile(r"\b(?:này|đó|ấy|kia|nó|như thế|như vậy|ở đây)\b")


@dataclass(frozen=True, slots=True)
class HalfQuestion:
    """One half of a question of two things."""

    said: str  # as the question has it
    search: str  # what is searched
    document: str | None = None  # the id of the document that is meant, None where none is named
    perhaps: str | None = None  # of the one that the other half means, where this one names none
    name: str | None = None  # what its side of a comparison is called; None: as the document it is from


def half_questions(question: str, compared: Sides, index: Index) -> tuple[HalfQuestion, ...]:
    """A whole question for each half, in their order; () where one of them asks nothing by itself.

    Of two years compared each gets the question without the other.
    """
    folded = fold(question)
    of_years = len(compared.years) == _TWO and not compared.documents
    two = compared.parts or _of_two_documents(folded, compared, index) or perhaps_two(folded)
    parts = [part.strip(" ,;") for part in two]
    if of_years and (AGAINST.search(folded) or not parts):
        return _of_years(compared.years, question)
    made = _of_parts(parts, question, compared, index) if parts else ()
    return made or (_of_years(compared.years, question) if of_years else ())


def _of_two_documents(folded: str, compared: Sides, index: Index) -> tuple[str, ...]:
    """ "So chỉ tiêu của kế hoạch với mốc của quy hoạch": what is asked of each; () where it is one thing."""
    if len(compared.documents) != _TWO:
        return ()
    for seam in _AGAINST.finditer(folded):
        halves = _how_much(folded[: seam.start()]), _DIFFERENCE.sub("", folded[seam.end() :])
        if tuple(meant(half, index.documents) for half in halves) == tuple(
            (id_,) for id_ in compared.documents
        ):
            return halves
    return ()


def _of_years(years: Sequence[str], question: str) -> tuple[HalfQuestion, ...]:
    others = zip(years, reversed(years), strict=True)
    return tuple(
        HalfQuestion(f"năm {year}", _without(other, question), name=f"Năm {year}") for year, other in others
    )


def _of_parts(parts: list[str], question: str, compared: Sides, index: Index) -> tuple[HalfQuestion, ...]:
    those = compared.documents if len(compared.documents) == _TWO else (None, None)
    said = [verbatim(part, question) for part in parts]
    first, second = (without_names(part, index.documents, of) for part, of in zip(parts, those, strict=True))
    if not WHETHER.search(parts[0]):
        first = replace(first, question=_with_what_is_asked(first.question, second.question))
    asked_then = _whole(first.question, second.question, said[0], index)
    perhaps = None if second.document else first.document
    years = tuple(f"Năm {year}" for year in compared.years) or (None, None)
    halves = (
        HalfQuestion(said[0], first.question, first.document, None, years[0]),
        HalfQuestion(said[1], asked_then, second.document, perhaps, years[1]),
    )
    return halves if all(_asks_enough(each, index) for each in halves) else ()


def _with_what_is_asked(first: str, second: str) -> str:
    """The first half with the second's "là bao nhiêu" where it asks nothing: "A và B là bao nhiêu?"."""
    if ASKING.search(first) or not (tail := _HOW_MUCH.search(second)):
        return first
    return f"{first} {tail[0].strip(' ?.')}"


def _asks_enough(half: HalfQuestion, index: Index) -> bool:
    return bool(half.search) and len(_content(half.search, index)) >= (
        _ENOUGH if half.document is None else 1
    )


def _whole(first: str, second: str, said_first: str, index: Index) -> str:
    """The second half with what only the first one says that it is about; "" where it says nothing itself.

    `said_first`: the first half with its capitals.
    """
    second = _LEFT_OVER.sub("", second)
    year = YEAR_ALONE.search(second)
    own = {word for word in _content(second, index) if _SUBJECT.search(word)}
    if year and not own:
        return fold(with_year(_THIS_YEAR.sub("", first), second)[0])
    if not own:
        return ""
    if named := _named_there(first, second):
        return named
    about = _TOPIC.match(first)
    if about and not _TOPIC.match(second) and not (year and YEAR_ALONE.search(about[0])):
        return f"{about[0]}{second}"
    if not about and (_POINTS.search(second) or own < set(_content(first, index))):
        return f"{_about(first, said_first)}. {second}"
    return second


def _named_there(first: str, second: str) -> str:
    """The second half with a bare noun as the first one names it, "khu bảo tồn" for "khu"; "" for no such."""
    if (found := _BARE_NOUN.search(second)) is None:
        return ""
    for there in re.finditer(rf"(?<!\w){re.escape(found['noun'])} (?=\w)", first):
        whole = first[there.start() : phrase_end(first, there.start())]
        if len(whole.split()) > _TWO:
            return f"{second[: found.start('noun')]}{whole}{second[found.end('noun') :]}"
    return ""


def _about(first: str, said: str) -> str:
    """What a half is about: what it names with capitals, else all that does not ask; without years."""
    named = [said[low:high] for low, high in names(said) if not INSTRUMENT.search(fold(said[low:high]))]
    return YEAR_NAMED.sub("", fold(", ".join(named)) or topic(first))


def _without(year: str, question: str) -> str:
    """A comparison of two years without one of them and without the words that compare."""
    named = rf"(?:{_BEFORE_YEAR})*(?:năm\s+)?\b{year}\b"
    return _how_much(re.sub(named, " ", fold(question)))


def _how_much(compared: str) -> str:
    """One side of a comparison without the words that compare: years, and plans, are compared by figures."""
    left = " ".join(_COMPARING.sub(" ", compared).split())
    return left if ASKING.search(left) else f"{left} là bao nhiêu"


def _content(question: str, index: Index) -> list[str]:
    """The content words of a question."""
    return list(asked(understand(question, index.restorer, index.abbreviations), index).weights)
