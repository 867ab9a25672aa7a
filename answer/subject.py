"""The question before asked of another subject: its asking words, year and document stay.

"Tỷ lệ thất nghiệp đến năm 2030 là bao nhiêu?" and "còn năng suất lao động?" make "Năng suất lao động đến năm
2030 là bao nhiêu?". What is asked of is the phrase at the head of a question; where an instrument or the
province stands there, it is what that one helps or gives.
"""

from __future__ import annotations

import re

from answer.marks import folds_in_place, marked, visible
from answer.slots import YEARS, cased, has_only_year, with_slot, with_year
from corpus.citation import parse_citations

_LONGEST = 12  # syllables of a phrase that can stand for another
_FAR = 40  # characters of the name of a plan before its year
_WORD = re.compile(r"[^\W_]+")
_ASKED = marked(
    r"\b(?:bao nhiêu|bao giờ|bao lâu|bao xa|mấy|khi nào|(?:ở|tại|về|vào|đến|tới)? ?(?:đâu|ngày nào|năm nào)"
    r"|như thế nào|thế nào|ra sao|(?:do |của |gồm |là |có )?(?:những |các )?(?:ai|gì)"
    r"|(?:(?:do|của|gồm|là|có|ở|tại|thuộc|theo|vào|những|các) ){0,3}(?!(?:do|của|gồm|là|có|ở|thuộc)\b)"
    r"[^\W\d_]+(?: [^\W\d_]+)? nào)\b"
)
# What is said of a subject begins with one of these; the one nearest to the asking words counts.
_SAID = marked(
    r"\b(?:là|có|được|thì|đạt|chiếm|sẽ|đã|đang|phải|cần|gồm|thuộc|do|nằm|bằng|hỗ trợ|duy trì ở"
    r"|(?<!tốc độ )(?<!nhịp độ )(?<!mức )(?<!tỷ lệ )(?<!tỉ lệ )(?:tăng|giảm))\b",
    r"\b(?:là|được|thì|đạt|chiếm|sẽ|phải|gồm|thuộc|hỗ trợ|có"
    r"|(?<!tốc độ )(?<!nhịp độ )(?<!mức )(?<!tỷ lệ )(?<!tỉ lệ )(?:tăng|giảm))\b",
)
_LINKS = marked(r"(?:\s+(?:thì|sẽ|đã|đang|cũng|có|là|được|phải|cần|còn|mà|khoảng|chừng|tầm)|\s*[,:;(])+\s*$")
_WHEN = marked(
    r"\b(?:(?:(?:tính )?(?:đến|tới)|trong|vào|của|sau|trước|cho|giai đoạn|năm|hết) )*(?:19|20)\d\d(?![\d/.])"
)
_WHERE = marked(
    r"\b(?:của|ở|tại|trên|trong|toàn)(?: cả| toàn)? (?:tỉnh|địa bàn|xã|phường|huyện|lạng sơn|đô thị)\b"
)
_FRAME = marked(  # the province, its offices and its papers: who acts, not what is asked of
    r"(?:theo )?(?:(?:cả|toàn) )?(?:tỉnh|kế hoạch|nghị quyết|quyết định|quy hoạch|tờ trình|văn bản|chính sách"
    r"|ubnd|hđnd|ủy ban|hội đồng|nhà nước|tôi|em|mình|anh|chị|chúng tôi|nhà tôi|người ta|lạng sơn|có|cứ|mỗi"
    r"|đón|thu hút|phấn đấu|phục vụ|đạt|đặt|được|cần|phải|trong|theo|ở|tại|trên|từ|để|khi|nếu"
    r"|cho|với|về|do|những|các|mấy|bao)\b"
)
_HELPS = marked(r"\bhỗ trợ (?:cho )?(?=\S)")
_UNIT = r"(?:mục|khoản|điểm|điều|phần|tiểu mục|chương|phụ lục|gạch) (?:\d|[a-zđ]\b|[ivx]+\b|đầu dòng|thứ\b)"
_NO_SUBJECT = marked(
    r"(?:ở|tại|để|cho|với|về|từ|theo|trong|ngoài|khi|nếu|sau|trước|vì|bằng|trên|dưới|đến|tới|do|là|được|đã|sẽ"
    r"|có|không(?! (?:gian|khí|quân)\b)|chưa|nữa|thêm|khác)\b"
    rf"|{_UNIT}",
    r"(?:ở|tại|để|với|từ|theo|trong|ngoài|khi|nếu|sau|trước|vì|bằng|trên|dưới|đến|là|được|sẽ"
    r"|không(?! (?:gian|khí|quân)\b)|chưa|nữa|thêm)\b"
    rf"|{_UNIT}",
)
_MEASURE = marked(
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tổng|tốc độ|chỉ số|năng suất|tuổi thọ|kim ngạch|grdp|dân số|diện tích"
    r"|mật độ|quy mô|doanh thu|thu nhập|thu nội địa|thu ngân sách|vốn|sản lượng|số|mức|lượng|cơ cấu|hdi)\b"
)
_HELPED = marked(r"\bhỗ trợ\b")
_SHARE = marked(  # heads that stay: it is of another thing that the share or the support is asked
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng"
    r"|(?:(?:mức|số tiền|tiền|kinh phí) )?hỗ trợ(?: tối đa)?(?: cho| đối với)?"
    r"|(?:mức|kinh phí|hạn|thời hạn|điều kiện|hồ sơ)(?: cho| của| đối với)) "
)
_QUALITY = marked(
    r"(?:bình quân|trung bình|tính (?:theo|trên)|(?:trên )?(?:mỗi )?đầu người|hằng năm|hàng năm)\b"
)
_DEED = marked(
    r"\b(?:ký|ban hành|phụ trách|chủ trì|quản lý|thực hiện|triển khai|tổ chức|xây dựng|phê duyệt|lập"
    r"|đầu mối|chịu trách nhiệm|tham mưu|làm|soạn|công nhận|dễ|bị|gặp|có nguy cơ)"
    r"(?: (?:về|việc|cho|nhiệm vụ|bị|xảy ra))* (?=\S)"
)
_PAPER = marked(
    r"(?:văn bản|nghị quyết|quyết định|kế hoạch|tờ trình|chỉ thị|luật|nghị định|thông tư|đề án|chương trình"
    r" hành động)\b"
)
_PAPER_ALONE = marked(
    r"^(?:bên |theo |trong |ở )?(?P<paper>(?:kế hoạch|quy hoạch|quyết định|nghị quyết)"
    r"(?: (?:tỉnh|du lịch|điều chỉnh|mới|này))*)(?: (?:thì|đến|tới|vào))?$"
)
_WHETHER = marked(r"(?:,? (?:đúng|phải|hay))?(?: không| chưa)$")
_MANY = marked(r"\b(?:bao nhiêu|mấy)\b")
_MANY_LAST = marked(
    r"[\s,]+(?:(?:thì|là|được|có|đạt|chiếm|khoảng|tối đa|hỗ trợ)\s+)*(?:bao nhiêu|mấy)"
    r"(?: (?:tiền|đồng|triệu|phần trăm|%|người))?\W*$"
)
_SAME_MANY = marked(r"\s+thì\b[^?]*\b(?:bao nhiêu|mấy)\W*$")
_DEED_ALONE = marked(r"^(?:thu|chi|tốn|mất|kiếm|tiêu|trả|góp|đóng|lãi|lời)$")  # of a sum, no subject
_THEN = marked(r"\bthì\b")
_ASKS_WHO = r"(?:ai|(?:cơ quan|đơn vị|sở|bên|nơi|người|ngành) nào)"
_ASKS_WHERE = r"(?:đâu|chỗ nào|nơi nào)"
_ASKS_WHEN = r"(?:khi nào|bao giờ|lúc nào|hôm nào|(?:ngày|tháng|năm) (?:nào|mấy))"
# What a question asks, and the same asked again at the end of the next, of another subject.
_ASKED_LAST = (
    (_MANY, _MANY_LAST),
    *(
        (marked(rf"\b{asked}\b"), marked(rf"[\s,]+thì (?:(?:là|do|ở|nằm ở|vào|từ)\s+)*{asked}\W*$"))
        for asked in (_ASKS_WHO, _ASKS_WHERE, _ASKS_WHEN)
    ),
)
# Words of which a question names one, and the next names another.
_CONTRASTS = tuple(
    tuple(marked(rf"\b{word}\b") for word in group)
    for group in (
        ("đô thị", "thành thị", "nông thôn"),
        ("quốc tế", "nội địa"),
        ("trong nước", "nước ngoài"),
        ("trực tiếp", "gián tiếp"),
        ("đông nam", "đông bắc", "tây nam", "tây bắc", "đông", "tây", "nam", "bắc"),
        ("cấp tỉnh", "cấp huyện", "cấp xã", "cấp thôn"),
        ("xuất khẩu", "nhập khẩu"),
        ("thành lập", "duy trì(?: hoạt động)?"),
        ("cả năm", "(?:06|6|sáu) tháng(?: đầu năm| cuối năm)?"),
    )
)
_BESIDE_CONTRAST = marked(r"(?:(?:ở|tại|về|để|khu vực|phía|hướng|là|thì)\s+)*$")


def asked_of(before: str, core: str, corrects: bool = False) -> str | None:
    """`before` with `core` in place of the part it stands for; None where no part is.

    `corrects`: `core` takes `before` back, and may be of another sort: then only a slot it surely fits is
    changed.
    """
    before, core = visible(before), visible(core)
    if not (folds_in_place(before) and folds_in_place(core)):
        return None
    if changed := _instrument(before, core) or _contrast(before, core):
        return changed
    measured = _MEASURE.match(core) is not None
    if changed := with_slot(before, core, counts=not measured):
        return changed
    if YEARS.search(core) and not has_only_year(core):
        changed, rest = with_year(before, core)
        if paper := _PAPER_ALONE.match(rest):
            return f"Theo {paper['paper']}, {changed[:1].lower()}{changed[1:]}"
        return (asked_of(changed, rest, corrects) or None) if _WORD.search(rest) else None
    if corrects or not _stands_for_a_subject(core):
        return None
    figure = _measured(before, core) if measured else None
    if figure and _HELPED.search(before):  # no figure of that sort is helped
        return figure
    return _subject(before, core) or figure


def without_asked(before: str, core: str) -> str | None:
    """ "doanh nghiệp thì được bao nhiêu" without what it asks, where `before` asks the same; else None."""
    before, core = visible(before), visible(core)
    if not (folds_in_place(core) and folds_in_place(before)) or len(_WORD.findall(core)) > _LONGEST:
        return None
    for asked, closing in _ASKED_LAST:
        found = closing.search(core) if asked.search(before) else None
        if found and found.start() and not _DEED_ALONE.match(core[: found.start()]):
            return core[: found.start()]
    return None


def asked_alike(before: str, core: str) -> str | None:
    """`before` asked of the "X" in "X thì ai", "X thì ở đâu": nothing is said of X. None for any other."""
    core = visible(core)
    if not folds_in_place(core) or not _THEN.search(core) or _MEASURE.match(core):
        return None
    other = without_asked(before, core)
    return asked_of(before, other) if other else None


def of_the_other(before: str, core: str) -> str | None:
    """`before` asked of the other side that `core` begins with ("phía nam", "ở nông thôn thì bao nhiêu?").

    None where `core` says more than that side, and the same asking words as `before`.
    """
    before, core = visible(before), visible(core)
    if not (folds_in_place(before) and folds_in_place(core)):
        return None
    side = core[: found.start()] if (found := _SAME_MANY.search(core)) and _MANY.search(before) else core
    return _contrast(before, side)


def _stands_for_a_subject(core: str) -> bool:
    return len(_WORD.findall(core)) <= _LONGEST and not _NO_SUBJECT.match(core)


def _instrument(before: str, core: str) -> str | None:
    """An instrument for the one instrument that `before` names."""
    if not _PAPER.match(core) or len(parse_citations(core)) > 1:
        return None
    theirs = [each for each in parse_citations(before) if each.instrument and not each.units]
    if not theirs and (head := _paper_head(before)):
        return core + before[head:]
    if len(theirs) != 1:
        return None
    start, end = theirs[0].span
    named = before[start:end].rstrip(" ?!.,")
    return before[:start] + cased(core, start) + before[start + len(named) :]


def _paper_head(before: str) -> int:
    """Where the plainly named paper that `before` begins with ends, its year within; 0: it names none."""
    asks = _ASKED.search(before)
    if not _PAPER.match(before) or asks is None or not asks.start():
        return 0
    said = before[: asks.start()]
    year = YEARS.search(said[:_FAR])
    ends = [each.start() for each in _SAID.all(said)[:1]] + ([year.end()] if year else [])
    end = _trimmed(said, min(ends, default=0))
    return end if len(_WORD.findall(said[:end])) > 1 else 0


def _contrast(before: str, core: str) -> str | None:
    """ "nông thôn" for "đô thị": the other of two that are told apart."""
    for group in _CONTRASTS:
        other = next((found for word in group if (found := word.search(core))), None)
        if other is None or other.end() < len(core.rstrip(" .,?")):
            continue
        if (beside := _BESIDE_CONTRAST.search(core[: other.start()])) is None or beside.start():
            continue
        named = next((each[-1] for word in group if (each := word.all(before))), None)
        if named is not None and named[0] != other[0]:
            return before[: named.start()] + core[other.start() : other.end()] + before[named.end() :]
    return None


def _subject(before: str, core: str) -> str | None:
    """`core` for the phrase at the head of `before`, or for what an instrument helps."""
    text = before.rstrip(" ?!.")
    asks = _ASKED.search(text)
    if asks and not asks.start():
        return _object(text, asks.end(), core)
    said = text[: asks.start()] if asks else text
    if not asks and not _MEASURE.match(core) and (of := _whether(text)):
        return f"{text[: of[0]]}{core}{text[of[1] :]}?"
    start = _lead(said)
    if _FRAME.match(said[start:]):
        helped = _HELPS.search(said)
        if helped is None or not said[helped.end() :].strip():
            return None
        start, end = helped.end(), _trimmed(said, len(said))
    else:
        end = _end(said, start)
    if end <= start or not _WORD.search(said[start:end]):
        return None
    if _QUALITY.match(core):
        return f"{before[:end].rstrip()} {core}{before[end:]}"
    share = _SHARE.match(said[start:end])
    if share and not _MEASURE.match(core):
        start += share.end()
    return before[:start] + cased(core, start) + before[end:]


def _whether(text: str) -> tuple[int, int] | None:
    """What a question for yes or no asks of; None where it is its subject."""
    closes = _WHETHER.search(text)
    if closes is None or not (said := _SAID.all(text[: closes.start()])):
        return None
    start, end = said[-1].end() + 1, closes.start()
    return (start, end) if _WORD.search(text[start:end]) else None


def _object(text: str, start: int, core: str) -> str | None:
    """`core` for what is done, where the question is who does it."""
    found = next((each for each in _DEED.all(text) if each.start() >= start), None)
    if found is None or len(text[start : found.start()].split()) > 1:
        return None
    when = None if _PAPER.match(core) else _WHEN.search(text[found.end() :])  # a paper has a year of its own
    end = found.end() + when.start() if when and when.start() else len(text)
    return f"{text[: found.end()]}{core} {text[end:]}".rstrip() + "?"


def _lead(said: str) -> int:
    """Where the subject begins: after the year, or the plan and its year, that a question begins with."""
    years = YEARS.search(said)
    if years is None:
        return 0
    of_a_plan = years.start() <= _FAR and _FRAME.match(said) and _after(said, years.end())
    if years.start() and not of_a_plan:
        return 0
    rest = said[years.end() :]
    return years.end() + len(rest) - len(rest.lstrip(" ,"))


def _after(said: str, place: int) -> bool:
    """Whether a subject may begin at `place`: not what is said of the plan itself."""
    rest = said[place:].lstrip(" ,")
    return bool(rest) and not _SAID.match(rest) and not _FRAME.match(rest)


def _end(said: str, start: int) -> int:
    """Where the subject ends: before the year, the place, and what is said of it."""
    rest = said[start:]
    ends = [len(rest)]
    if spoken := _SAID.all(rest):
        ends.append(spoken[-1].start())
    for pattern in (_WHEN, _WHERE):
        ends += [found.start() for found in pattern.all(rest)[:1] if found.start()]
    return _trimmed(said, start + min(ends))


def _trimmed(said: str, end: int) -> int:
    text = said[:end].rstrip()
    links = _LINKS.search(text)
    return links.start() if links else len(text)


def _measured(before: str, core: str) -> str | None:
    """A figure asked for after another: in the same year."""
    if not _MANY.search(before):
        return None
    years = YEARS.all(before)
    when = f" {before[years[-1].start() : years[-1].end()].strip()}" if years else ""
    return f"{cased(core, 0)}{when[:1]}{when[1:2].lower()}{when[2:]} là bao nhiêu?"
