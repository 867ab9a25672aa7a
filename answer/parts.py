"""The demands of a question that has several, and which of them an answer leaves open.

"X bao nhiêu và ai chủ trì": a figure and an agency; "năm 2026 và năm 2030": two years; "kế hoạch …,
còn quy hoạch …": two documents. A part whose kind cannot be told is not called missing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from answer.answer import AnswerCitation, Sentence
from answer.kinds import counted, kinds_asked
from answer.marks import folds_in_place, marked, visible
from answer.sides import years_naming
from answer.validity import subject_of
from answer.years import YEAR, years_asked
from corpus.document import Document
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.query import Query

_LONGEST = 120  # characters of a part that a note repeats
_JOINT = marked(r"[,;?.]\s+(?:và |còn |rồi |đồng thời |thế )?|\s+(?:và|còn|đồng thời)\s+")
_AGENCY = marked(
    r"\b(?:ai|cơ quan nào|đơn vị nào|sở nào|ban nào|ngành nào|bên nào|nơi nào) (?:\w+ ){0,2}"
    r"(?:chủ trì|phụ trách|chịu trách nhiệm|thực hiện|phối hợp|làm|lo|quản lý|tham mưu|đầu mối|triển khai"
    r"|phê duyệt|quyết định|ký|tổ chức)\b|\b(?:giao|do|thuộc) (?:cho )?(?:ai|cơ quan nào|đơn vị nào|sở nào)\b"
)
_AN_AGENCY = re.compile(
    r"\b(?:Sở|UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Ban|Bộ|Cục|Chi cục|Trung tâm|Công an|Bộ Chỉ huy|Chánh|Chủ tịch"
    r"|Thủ trưởng|Giám đốc|Văn phòng|Báo|Đài|Hiệp hội|Trường)\b"
)
_DATE = marked(
    r"\b(?:khi nào|bao giờ|ngày nào|hôm nào|ngày mấy|tháng mấy|tháng nào|năm nào|thời hạn"
    r"|hạn (?:cuối|chót|nộp)|lúc nào)\b"
)
_A_DATE = re.compile(
    r"\d{1,2}/\d{1,2}/\d{4}|\btháng \d|\bngày \d|\bnăm \d{4}|\b(?:19|20)\d\d\b|\bquý [IV]+"
    r"|\bhằng (?:năm|quý|tháng)|\bkể từ\b|\bgiai đoạn\b|\bthường xuyên\b"
)
_FIGURE = marked(r"\b(?:bao nhiêu|mấy)\b")
_ASKS = marked(
    r"\b(?:bao nhiêu|bao giờ|khi nào|ở đâu|gì|nào|ai|thế nào|ra sao|tại sao|vì sao|thời hạn)\b"
    r"|\bmấy (?:phần trăm|tiền|tỷ|triệu|lượt|người|km|giờ|tháng|ngày|năm)\b"
    r"|\b(?:số|ngày|tháng|loại) mấy\b|\bmấy$"
)
_RANGE = re.compile(r"(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d")


def parts(question: str) -> tuple[str, ...]:
    """The parts of a question that each ask something, verbatim; one for a question that asks one thing."""
    text = visible(question).strip(" ?.!")
    if not folds_in_place(text):
        return (text,)
    cuts = [*(found.span() for found in _JOINT.all(text)), (len(text), len(text))]
    found: list[str] = []
    start = 0  # what asks nothing yet belongs to what follows
    for low, high in cuts:
        if _ASKS.search(text[start:low]):
            found.append(text[start:low].strip())
            start = high
    if text[start:].strip() and found:
        found[-1] = text[text.rindex(found[-1]) :]
    return tuple(found) if found else (text,)


def missing_parts(
    query: Query, sentences: Sequence[Sentence], citations: Sequence[AnswerCitation], index: Index
) -> tuple[str, ...]:
    """What of the question no sentence meets, in its own words or as "năm 2030"; () for all met."""
    asked = parts(query.text)
    said = "\n".join(sentence.text for sentence in sentences)
    named = _named(asked, index)
    cited = {citation.address.document for citation in citations}
    unmet = [
        part
        for part in asked
        if len(asked) > 1 and (not _met(part, query, said) or (part in named and named[part] not in cited))
    ]
    years = years_asked(query.text) if not _RANGE.search(query.text) else frozenset()
    years -= {year for names in years_naming(fold(query.text), index.documents).values() for year in names}
    spoken = {year for citation in citations for year in _years(citation, index)}
    left = [
        f"năm {year}"
        for year in sorted(years - spoken)
        if len(years) > 1 and not any(year in part for part in unmet)
    ]
    whole = len(unmet) == len(asked)  # then it is not a part that is missing: the answer stands or falls
    return (*(() if whole else unmet), *left)


def missing_note(missing: Sequence[str]) -> str:
    """One sentence that names the missing parts; "" for none."""
    named = "; ".join(f"“{part[:_LONGEST]}”" for part in missing)
    return f"Chưa tìm thấy trong kho phần: {named}." if missing else ""


def _met(part: str, query: Query, said: str) -> bool:
    """Whether something in an answer is of the kind that a part asks for."""
    if _AGENCY.search(part):
        return _AN_AGENCY.search(said) is not None
    if _DATE.search(part):
        return _A_DATE.search(said) is not None
    asked = replace(query, text=part)
    kinds = (*kinds_asked(asked), *counted(asked))
    if kinds:
        return all(kind.is_in(fold(said), said) for kind in kinds)
    return not _FIGURE.search(part) or any(char.isdigit() for char in said)


def _named(asked: Sequence[str], index: Index) -> dict[str, str]:
    """The document that each part names by its type or subject; nothing unless they name several."""
    named: dict[str, str] = {}
    for part in asked:
        found = [document.id for document in index.documents.values() if _names(part, document)]
        if len(found) == 1:
            named[part] = found[0]
    return named if len(set(named.values())) > 1 else {}


def _names(part: str, document: Document) -> bool:
    words = {fold(document.metadata.type), subject_of(document)} - {""}
    return any(re.search(rf"\b{re.escape(word)}\b", fold(part)) for word in words)


def _years(citation: AnswerCitation, index: Index) -> list[str]:
    """The years that a cited provision speaks of: its own, else its headings', else its document's."""
    document = index.documents[citation.address.document]
    above = " ".join(node.caption for node in document.ancestors(citation.address))
    held = document.metadata
    said = (citation.text, above, f"{held.title} {held.date or ''}")
    return next((years for text in said if (years := YEAR.findall(text))), [])
