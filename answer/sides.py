"""What a question compares: two documents, two years, or simply two things asked in one sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.document import Document
from corpus.vietnamese import fold

_ASKING = re.compile(
    r"\b(?:gì|nào|ai|đâu|mấy|bao nhiêu|bao giờ|khi nào|thế nào|ra sao|sao|what|which|who|where|when|how)\b"
    r"|[谁哪几]|多少|什么"
)
# "A …, còn B …?", "A …, và B …?", "A …; B …?", "A …? B …?"
_SEAM = re.compile(
    r"[,;]\s*(?:còn|và|rồi|nhưng)\b|[;?]\s+|,\s+(?=(?:kế hoạch|quy hoạch|quyết định|nghị quyết)\b)"
)
_AGAINST = re.compile(r"\b(?:so với|so sánh|đối chiếu|khác (?:gì|nhau|nào)|chênh)\b|\bcompared?\b|相比|比较")
_YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d./])(?!\s*[-–])")
_INSTRUMENT = re.compile(
    r"\b(?:kế hoạch|quy hoạch|quyết định|nghị quyết|đề án|chương trình|chỉ thị|quy chế)\b"
)


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a question; the first of these that is not empty tells them apart."""

    documents: tuple[str, ...] = ()  # ids of the documents compared
    years: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()  # of the question, folded


def sides(question: str, documents: Mapping[str, Document]) -> Sides:
    """What a question compares; nothing where it asks one thing."""
    folded = fold(question)
    parts = _parts(folded)
    if not parts and not _AGAINST.search(folded):
        return Sides()
    compared = named(folded, documents)
    years = tuple(dict.fromkeys(_YEAR.findall(folded)))
    if len(compared) == 2:
        return Sides(documents=compared, parts=parts)
    if len(years) == 2:
        return Sides(years=years, parts=parts)
    return Sides(parts=parts)


def _parts(folded: str) -> tuple[str, ...]:
    """The two halves of a question that asks something in each, or of two years."""
    for seam in _SEAM.finditer(folded):
        before, after = folded[: seam.start()], folded[seam.end() :]
        asked = bool(_ASKING.search(before)), bool(_ASKING.search(after))
        years = _YEAR.findall(before), _YEAR.findall(after)
        if all(asked) or (any(asked) and all(years) and years[0] != years[1]):
            return before, after
    return ()


def named(folded: str, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The documents that a question means by a kind of instrument that only they are."""
    kinds = {
        id_: set(_INSTRUMENT.findall(fold(f"{document.metadata.type} {document.metadata.title}")))
        for id_, document in documents.items()
    }
    found = []
    for word in dict.fromkeys(_INSTRUMENT.findall(folded)):
        meant = [id_ for id_, of in kinds.items() if word in of]
        found += meant if len(meant) == 1 else []
    return tuple(dict.fromkeys(found))
