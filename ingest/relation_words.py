"""What a document does to an instrument that it names, read from the words around the name.

Only what is done counts as done: "sửa đổi Quyết định số …" among the tasks of a plan amends nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.relation import CHANGES, RelationKind
from corpus.sentences import sentence_spans

# Instruments of these types change others by what they say; plans, reports and letters only speak of it.
_DISPOSITIVE = re.compile(
    r"(?:bộ luật|luật|hiến pháp|pháp lệnh|lệnh|nghị quyết|nghị định|quyết định|thông tư)\b"
)

_VERBS = (
    (
        RelationKind.AMENDS,
        r"sửa đổi(?:,?\s+(?:và\s+)?bổ sung)?|bổ sung|đính chính|điều chỉnh|thay thế (?:các )?(?:cụm )?từ",
    ),
    (RelationKind.REPLACES, r"thay thế"),
    (RelationKind.REPEALS, r"bãi bỏ|hủy bỏ|huỷ bỏ"),
)
_VERB = re.compile("|".join(f"(?P<{kind.name}>{words})" for kind, words in _VERBS))
# The verb is performed where a sentence, item or title begins with it, or "Nghị quyết này" is its subject.
_PERFORMED = re.compile(rf"(?:^|\bnày\b[^;]{{0,80}}?\b)(?:{_VERB.pattern.replace('?P<', '?P<x')})\b")
_TITLE_VERB = re.compile(
    r"(?:^|\n|(?:nghị quyết|nghị định|quyết định|thông tư|luật|pháp lệnh)\s+)"
    rf"(?:{_VERB.pattern.replace('?P<', '?P<x')})\b"
)
_NO_OBJECT = re.compile(r"\b(?:thực hiện|triển khai|(?<!kèm )theo|phù hợp|so với|căn cứ|để|nhằm|cho)\b")
_MARKER = re.compile(r"\W*(?:(?:điều|khoản|điểm|mục)\s+)?(?:\d+(?:\.\d+)*[a-zđ]?|[ivx]+|[a-zđ])[.):]\s+")
_PASSIVE = re.compile(
    r"(?<!này )(?<!này không )\b(?:"
    r"(?P<REPEALS>hết hiệu lực|không còn hiệu lực|chấm dứt hiệu lực|(?:được|bị) (?:bãi bỏ|hủy bỏ|huỷ bỏ))"
    r"|(?P<REPLACES>(?:được|bị) thay thế)|(?P<AMENDS>được (?:sửa đổi|bổ sung)))"
)
_BY_ANOTHER = re.compile(r"[^;.]{0,60}?\b(?:bởi|theo|tại|bằng)\b(?![^;.]{0,40}\bnày\b)")
_PART = re.compile(
    r"\b(?:một số|điều|khoản|điểm|mục|chương|phần|phụ lục|mẫu|biểu|bảng|danh mục|từ|quy định|nội dung)\b"
)
_CONDITION = re.compile(r"\b(?:khi|nếu|trước khi|cho đến|đến khi|trường hợp|đã)\b[^,;]*$")
_KEPT_THINGS = (
    r"\b(?:nội dung|quy định|điều khoản|điều|khoản|phần)\b[^;]*"
    r"\b(?:khác|còn lại|không (?:thuộc|được|bị|sửa|điều))\b"
)
_KEPT = re.compile(
    _KEPT_THINGS
    + r"[^;]*\b(?:tiếp tục|vẫn|giữ nguyên)\b[^;]*"
    + r"\b(?:theo|tại|của)(?: (?:quy định|nội dung)(?: tại| của)?)?\s*$"
)
_KEPT_SUBJECT = re.compile(_KEPT_THINGS + r"[^;]*\b(?:của|tại|trong)\s*$")
_KEPT_AFTER = re.compile(
    r"^[^;.]*?\b(?:(?:vẫn|tiếp tục)\s+(?:được\s+)?)?(?:giữ nguyên|có hiệu lực|thực hiện|áp dụng|thi hành)\b"
)
_BASIS = re.compile(r"(?:các )?căn cứ\b")
_CARRY_OUT = r"(?:thực hiện|triển khai|thi hành|cụ thể h[óo]a|cụ thể hoá|quán triệt)\b"
_IMPLEMENTS = re.compile(rf"\b{_CARRY_OUT}[^.]*$")
_LIST_LEAD = re.compile(rf"(?:tiếp tục |tổ chức |tập trung |để ){{0,2}}{_CARRY_OUT}")
_IN_A_LIST = re.compile(  # a later item of a list: its opening words speak for it
    r"[\s,]*(?:và\s+)?(?:các\s+)?"
    r"(?:$|nghị|quyết định|chỉ thị|kế hoạch|chương trình|thông|luật|kết luận|đề án)"
)
_ONLY_BY = re.compile(
    r"\b(?:theo|tại|phù hợp với|so với|căn cứ|theo quy định|quy định)(?:\s+(?:của|tại|quy định tại))?\s*$"
)
_OF_OTHER = re.compile(  # "Kế hoạch số … [về thực hiện] Nghị quyết số …": it is the plan that does it
    r"^\s*[,:]?\s*(?:(?:về|về việc|quy định|ban hành|hướng dẫn|phê duyệt|nhằm)\b[^;]*?)?"
    r"\b(?:(?P<IMPLEMENTS>thực hiện|triển khai|thi hành|hướng dẫn(?: thi hành)?|quy định chi tiết)"
    r"|(?P<AMENDS>(?:sửa đổi(?:,?\s+bổ sung)?|bổ sung|điều chỉnh)(?:\s+một số (?:điều|nội dung)(?: của)?)?)"
    r"|(?P<REPLACES>thay thế)|(?P<REPEALS>bãi bỏ))"
    r"(?:\s+(?:một số|các|điều|khoản|điểm|nội dung|của|\d+\w?|[a-zđ]))*\s*$"
)
_BY_OTHER = re.compile(  # "Nghị định số … được sửa đổi, bổ sung bởi Nghị định số …"
    r"^[\s(,]*(?:đã\s+)?(?:được|bị)\s+(?:(?P<AMENDS>sửa đổi(?:,?\s+bổ sung)?|bổ sung)|(?P<REPLACES>thay thế)"
    r"|(?P<REPEALS>bãi bỏ))[^;.]{0,60}?\b(?:bởi|bằng|theo|tại)"
    r"(?:\s+(?:một số điều(?: của)?|các|quy định tại))*\s*$"
)


def lowered(text: str) -> str:
    """`text` in small letters, as long as it was."""
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


@dataclass(frozen=True, slots=True)
class Around:
    """A citation among the words around it, all in small letters."""

    lead: str  # an announcing line above ("Bãi bỏ các văn bản sau:"), or ""
    sentence: str  # from the sentence's beginning to the citation
    clause: str  # from the last semicolon to the citation
    after: str  # from the citation to the end of the clause
    title: bool = False  # it stands in the document's own title
    preamble: bool = False


def around(
    text: str, start: int, end: int, lead: str = "", *, title: bool = False, preamble: bool = False
) -> Around:
    """The words around `text[start:end]`."""
    low, high = sentence_of(text, start, end)
    clause = max(low, text.rfind(";", low, start) + 1)
    stop = text.find(";", end, high)
    stop = high if stop < 0 else stop
    words = lowered(text)
    return Around(
        lowered(lead), words[low:start], words[clause:start], words[end:stop], title=title, preamble=preamble
    )


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds `text[start:end]`, wholly."""
    spans = list(sentence_spans(text))
    low = max((low for low, _ in spans if low <= start), default=0)
    high = min((high for _, high in spans if high >= end), default=len(text))
    return low, high


def kind_of(words: Around, document_type: str, *, units: bool) -> RelationKind:
    """What the document does to the instrument; `units`: parts of it are cited, not the whole."""
    if _keeps(words):
        return RelationKind.KEEPS
    if _BASIS.match(unmarked_line(words.sentence)) or (words.preamble and _BASIS.match(words.lead)):
        return RelationKind.BASIS
    if _DISPOSITIVE.match(lowered(document_type)) and (change := _change(words, units)) is not None:
        return change
    return RelationKind.IMPLEMENTS if _implements(words) else RelationKind.REFERS


def of_other(between: str) -> RelationKind | None:
    """What the instrument before does to the one after, from the words between them; None: nothing."""
    return _named(_OF_OTHER.match(lowered(between)))


def by_other(between: str) -> RelationKind | None:
    """What is done to the instrument before by the one after, from the words between them; None: nothing."""
    return _named(_BY_OTHER.match(lowered(between)))


def performs(text: str) -> RelationKind | None:
    """What a line that begins an amendment does ("Sửa đổi khoản 2 Điều 5 như sau:"), or None."""
    return _named(re.match(rf"(?:{_VERB.pattern})\b", unmarked_line(lowered(text))))


def done_to(after: str) -> RelationKind | None:
    """What is done to what stands before: "… được sửa đổi, bổ sung như sau", or None."""
    return _named(re.match(r"\s*" + _PASSIVE.pattern, lowered(after)))


def _keeps(words: Around) -> bool:
    return bool(
        _KEPT.search(words.sentence)
        or (_KEPT_SUBJECT.search(words.sentence) and _KEPT_AFTER.match(words.after))
    )


def _change(words: Around, units: bool) -> RelationKind | None:
    passive = _done_by_this(words.after)
    if (
        passive
        and not _CONDITION.search(words.clause)
        and not _CONDITION.search(words.after[: passive.start()])
    ):
        return _named(passive)
    announced = _done_by_this(words.lead)
    if announced and not unmarked_line(words.clause).strip():
        return _named(announced)
    said = f"{words.lead} {words.sentence}" if performs(words.lead) else words.sentence
    said = unmarked_line(said)
    begun = (_TITLE_VERB if words.title else _PERFORMED).search(said)
    verbs = list(_VERB.finditer(said))
    if begun is None or not verbs or _NO_OBJECT.search(said, verbs[-1].end()):
        return None
    partial = not units and _PART.search(said, verbs[-1].end())  # "bãi bỏ Mẫu số 02 kèm theo Thông tư số …"
    return RelationKind.AMENDS if partial else _named(verbs[-1])


def _done_by_this(text: str) -> re.Match[str] | None:
    """What is said to be done, unless another instrument is said to do it."""
    found = _PASSIVE.search(text)
    return None if found is None or _BY_ANOTHER.match(text, found.end()) else found


def unmarked_line(text: str) -> str:
    """A line without the marker it may begin with."""
    found = _MARKER.match(text)
    return text[found.end() if found else 0 :].lstrip(" -–+*•\n")


def _implements(words: Around) -> bool:
    if _ONLY_BY.search(words.clause):
        return False
    if _IMPLEMENTS.search(words.clause):
        return True
    return bool(_IN_A_LIST.match(words.clause) and _LIST_LEAD.match(unmarked_line(words.sentence)))


def _named(found: re.Match[str] | None) -> RelationKind | None:
    if found is None:
        return None
    return next(
        (kind for kind in (*CHANGES, RelationKind.IMPLEMENTS) if found.groupdict().get(kind.name)), None
    )
