"""Where a question that asks two things is cut in two."""

from __future__ import annotations

import re

from corpus.vietnamese import fold

INSTRUMENT = re.compile(
    r"\b(?:kế hoạch|quy hoạch|quyết định|nghị quyết|đề án|chương trình|chỉ thị|quy chế)\b"
)
_WHO = r"(?<!chưa )(?<!không )(?<!chẳng )ai"
ASKING = re.compile(
    rf"\b(?:gì|nào|{_WHO}|đâu|mấy|bao nhiêu|bao giờ|khi nào|thế nào|ra sao|sao|what|which|who|where|when"
    r"|how)\b"
    r"|[谁哪几]|多少|什么"
)
AGAINST = re.compile(r"\b(?:so với|so sánh|đối chiếu|khác (?:gì|nhau|nào)|chênh)\b|\bcompared?\b|相比|比较")
YEAR_NAMED = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d./])(?!\s*[-–])")
# "A …, còn B …?", "A …, và B …?", "A …; B …?", "A …? B …?"
_SEAM = re.compile(
    r"[,;]\s*(?:còn|và|rồi|nhưng)\b|[;?]\s+|,\s+(?=(?:kế hoạch|quy hoạch|quyết định|nghị quyết)\b)|\s+và\b"
)
_SECOND = re.compile(r"[,;]?\s+(?:với lại|trong khi(?: đó)?|đồng thời)\b|\s+còn\b(?! (?:lại|có|nữa|được)\b)")
WHETHER = re.compile(r"\b(?:có|được|đã|sẽ)\s.{6,}\s(?:không|chưa)[\s?.!]*$")
# A comma joins one thing as often as two: both sides must ask for a figure, a time, a place or who does it.
_PERHAPS = re.compile(r",\s+(?=\S)")
_PLAINLY = re.compile(
    rf"\b(?:bao nhiêu|bao giờ|khi nào|ở đâu|{_WHO}|(?:cơ quan|đơn vị|sở|ban|ngành|bên|ngày|năm) nào)\b"
    r"|\b(?:có|được|làm|thành|là|lên|loại|thêm|ít nhất|tối đa|khoảng) mấy\b"
    r"|\bmấy (?:phần trăm|nghìn|triệu|tỷ|tiền)\b"
)
_ALONE = 4  # syllables of each side of a seam that may join one thing
_MEASURE = (
    r"(?:tổng|số|tỷ lệ|tỉ lệ|tỷ trọng|diện tích|dân số|tuổi thọ|mức|lượng|chỉ số|tốc độ|thu nhập|năng suất"
    r"|chỉ tiêu|doanh thu|kim ngạch|quy mô|sản lượng|grdp|hdi)"
)
# "tuổi thọ và tỷ lệ thất nghiệp là bao nhiêu?": asked once of two measures
_SHARED = re.compile(
    rf"^(?P<one>(?:.*[\s,])?{_MEASURE}\b.*?)\s*(?:,|,? và| với)\s+(?P<two>{_MEASURE}\b.*?)"
    r"(?P<tail>\s+(?:lần lượt\s+)?(?:(?:là|đạt|được|có)\s+)?bao nhiêu(?:\s+[^\W\d]+){0,3})[\s?.!]*$"
)
_OF_BOTH = re.compile(r"\bgiữa\b|\bnhân\b|\bchia\b")


def two_asked(folded: str) -> tuple[str, ...]:
    """The two halves of a question that asks something in each, or of two years; () for one."""
    for seam in _SEAM.finditer(folded):
        before, after = folded[: seam.start()], folded[seam.end() :]
        asked = tuple(bool(ASKING.search(each) or WHETHER.search(each)) for each in (before, after))
        years = YEAR_NAMED.findall(before), YEAR_NAMED.findall(after)
        if all(asked) or (any(asked) and all(years) and years[0] != years[1]):
            return before, after
    return ()


def perhaps_two(folded: str) -> tuple[str, ...]:
    """The same where only the answers can tell that it asks two things: of two measures, or after a comma."""
    if AGAINST.search(folded):
        return ()
    if (shared := _SHARED.search(folded)) and not _OF_BOTH.search(folded):
        return f"{shared['one']}{shared['tail']}", f"{shared['two']}{shared['tail']}"
    for seams, asks in ((_SECOND, ASKING), (_PERHAPS, _PLAINLY)):
        for seam in seams.finditer(folded):
            halves = folded[: seam.start()], folded[seam.end() :]
            if all(asks.search(half) and len(half.split()) >= _ALONE for half in halves):
                return halves
    return ()


def verbatim(part: str, question: str) -> str:
    """A folded half as the question has it; itself where it does not stand there as it is."""
    folded = fold(question)
    at = folded.find(part.strip())
    if at < 0 or len(folded) != len(question):
        return part.strip()
    return question[at : at + len(part.strip())]
