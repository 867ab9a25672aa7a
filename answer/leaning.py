"""Whether a question leans on the one before it, and what is left of it without the words that lean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from answer.marks import folds_in_place, is_bare, marked, visible
from answer.subjectless import has_no_subject
from answer.years import YEAR_ALONE
from corpus.citation import parse_citations
from corpus.vietnamese import fold, unmarked

_LONG = 20  # syllables: what is longer says itself what it is about
_SHORT = 8  # syllables of a question without a subject of its own
_ONE_WORD = 2  # syllables of content that a question with nothing of its own may have
_TOLD = 6  # syllables of content, besides a question word, that make a question whole

# "còn", "thế", "vậy", "thì" where they begin no word of their own: typed without marks they may be many more.
_OPENS = marked(
    r"^(?:(?:thế|vậy) (?:còn|thì)(?! lại)|và còn|còn(?! lại\b)|thế(?! (?:mạnh|giới|hệ|nào|nên|chấp|kỷ)\b)"
    r"|vậy(?! (?:mà|nên)\b)|thì|rồi|và)\b[\s,:]*",
    r"^(?:(?:thế|vậy) (?:còn|thì)(?! lại)|và còn"
    r"|còn(?! (?:lại|người|đường|số|dấu|giống|cái|em|gái|trai|sông|suối|phố|cháu)\b)"
    r"|thế(?! (?:mạnh|giới|hệ|nào|nên|thao|chế|bài|căn cước|đảng|bảo hiểm)\b)"
    r"|vay(?! (?:mà|vốn|tiền|ngân hàng|lãi|tín dụng|mua|thế chấp|ưu đãi)\b)"
    r"|thì(?! (?:trấn|trường|xã|hành|điểm|đua|đấu|tuyển|cử|nghiệm|công)\b)|rồi|và)\b[\s,:]*",
)
_CLOSES = marked(r"[\s,]*\bthì (?:sao|thế nào|như thế nào|ra sao|ntn)\b[\s.?!]*$")
_POLITE = marked(
    r"(?:[\s,]*\b(?:ạ|nhỉ|vậy|thế|hả|nhé|đi|cơ|cơ mà|giúp tôi|giúp mình|giúp em|với ạ|với))?[\s.?!]*$",
    r"(?:[\s,]*\b(?:nhỉ|vậy|nhé|giúp tôi|giúp mình|giúp em|với ạ))?[\s.?!]*$",
)
_I = r"(?:tôi|em|mình|tui|anh|chị|tớ)"
_CORRECTS = marked(
    r"^(?:(?:không(?: phải)?(?: vậy| thế)?|nhầm(?: rồi)?|à không|sai rồi|không đúng)[\s,.:;!-]+)?"
    rf"(?:ý (?:của )?{_I} (?:là|muốn (?:hỏi|nói)(?: là| về)?|hỏi)|{_I} (?:đang |muốn |định )?hỏi(?: là| về)?)"
    r"\b[\s,:]*(?:còn )?|^(?:không phải(?: vậy| thế)?|nhầm(?: rồi)?|à không|sai rồi)[\s,.:;!-]+(?=\S)"
)
_NOUN = (
    r"(?:trong|việc|văn bản|nghị quyết|quyết định|kế hoạch|quy hoạch|tờ trình|chỉ thị|luật|nghị định|đề án"
    r"|tài liệu|chính sách|quy định|cái|điều|khoản|mục|chỗ|nơi|dự án|công trình|số|khi|lúc|ở|những|người"
    r"|làng|xã|phường|thôn|danh hiệu|nhiệm vụ|chỉ tiêu|mục tiêu|nhóm|loại|ngành|cơ quan|đơn vị|từ|theo|lễ hội"
    r"|chương trình|khu|điểm)"
)
_POINTS = marked(
    r"\b(?:đó|ấy|nó|chúng|vừa nêu|vừa nói|nói trên|như trên|như vậy|cả hai|cả ba|hai cái|cái nào)\b"
    r"|^(?!.*\bthì\b).*\b(?:mấy|bao nhiêu) cái\W*$"
    rf"|\b{_NOUN} (?:này|kia|trên)(?= (?:là|có|do|được|thì|gồm|thuộc|ở|ai|khi|bao|đã|sẽ|phải)\b"
    r"|[\s?.!]*$)",
    rf"\b{_NOUN} (?:đó|ấy|này|kia|nói trên|vừa nêu|vừa nói)\b(?! (?:ai|sở|ubnd|hđnd)\b)|^(?:đó là|nó|chúng)\b"
    r"|\b(?:cả hai|cả ba|hai cái|cái nào|như trên|như vậy)\b|^(?!.*\bthì\b).*\b(?:mấy|bao nhiêu) cái\W*$",
)
_WITHIN = marked(r"^(?:trong|trong số|ở|theo) (?:đó|ấy)\b")
_OF_A_WHOLE = (
    r"\bcòn lại\b(?! (?:của|sau|trong|ở|tại|trên)\b)|\b(?:nào|gì|ai|đâu) (?:khác|nữa)\W*$|^riêng\b"
    r"|^cái (?:thứ|cũ|mới|đầu|cuối|sau|trước|khác)\b"
    r"|^(?:(?:những|các|mấy) )?(?:phần|nội dung|chỗ|đoạn|trường hợp|đối tượng|hạng mục|khoản|mục)"
    r" (?:không|chưa|khác|nằm ngoài|ngoài)\b"
    r"|\b(?:cao|thấp|nhiều|ít|lớn|nhỏ|rộng|dài|ngắn|sớm|muộn) hơn(?: (?:à|ạ|không|chưa|bao nhiêu|mấy))*"
    r"(?=\W*(?:$|,))|^(?:làm|như) (?:thế|vậy)\b(?! nào)"
)
# What is left of what was spoken of, one of several, one beside those named: and "đấy" said of a thing.
_PART_OF_IT = marked(
    rf"{_OF_A_WHOLE}|\b(?!bao |nhiêu |gì |nào |đâu |ai |mấy |không )[^\W\d_]+ đấy\b"
    r"(?=\s+(?!ạ|à|nhỉ|hả|nhé)\w)",
    _OF_A_WHOLE,
)
_ASKS = marked(
    r"\b(?:bao nhiêu|bao giờ|bao lâu|bao xa|khi nào|ở đâu|mấy|những gì|là gì|gì|nào|ai|tại sao|vì sao|thế nào"
    r"|ra sao|có phải|đúng không|phải không|không(?! (?:gian|khí|quân)\b)|chưa|đâu)\b(?=[\s,.?!]|$)",
    r"\b(?:bao nhiêu|bao giờ|bao lâu|bao xa|khi nào|ở đâu|mấy|những gì|là gì|gì|nào|ai|tại sao|vì sao|thế nào"
    r"|ra sao|có phải|đúng không|phải không|(?:không|chưa|đâu)(?=\W*$))\b(?=[\s,.?!]|$)",
)
# What a question without a subject begins with: a question word, or what is done, where or when it is so.
_ASKS_FIRST = marked(
    r"^(?:ai|do ai|bao giờ|khi nào|ở đâu|bao nhiêu|có bao nhiêu|mấy|tại sao|vì sao|gồm những gì|có mấy"
    r"|(?:vào )?(?:ngày|hôm|tháng) (?:nào|mấy)|số mấy|của ai)\b"
)
_WITH = r"^(?:được |sẽ |đã |phải |có |cần )?"
# What begins with one of these says it of a thing; of the others the province may be the one that does it.
_SAID_FIRST = marked(
    rf"^của\b|^(?:muốn|để) được\b"
    rf"|{_WITH}(?:áp dụng|ban hành|hiệu lực|nằm|thuộc|gồm|bao gồm|do|đạt|kéo dài|bắt đầu|kết thúc"
    r"|hoàn thành|xong|diễn ra|chiếm|rộng|dài|hết|mất|tốn|nói rõ|cụ thể|chi tiết|ví dụ|căn cứ"
    r"|tương đương|quy ra)\b"
)
_DONE_FIRST = marked(
    rf"{_WITH}(?:chiếu|phát|đăng trên|triển khai|thực hiện|chủ trì|phụ trách|phối hợp|tăng|giảm|kể tên|kể ra"
    r"|kể|nêu|liệt kê|giải thích|trích|dựa|ký|gửi|nộp|dành|tính|ở|tại|từ|cho|với|theo)\b"
)
_WHETHER_FIRST = marked(r"^(?:có|được|phải|cần)\b.*\b(?:không|chưa)\W*$")
_CONFIRMS = marked(r"\b(?:à|hả)\W*$", r"(?!)")  # "mỗi năm à?"
# A thing that every measure, paper or event has one of, asked for with nothing it would be of.
_PART_ALONE = marked(
    r"^(?:việc|nhiệm vụ|điều|ý|điểm|nội dung|mục tiêu|giải pháp) (?:đầu tiên|cuối cùng|thứ \w+)"
    r" (?:là|nói|gồm) gì\W*$"
    r"|^(?:tên|chức vụ|mức|điều kiện|hạn|hạn chót|thời hạn|địa chỉ|kinh phí|nguồn vốn|nguồn kinh phí|hồ sơ"
    r"|thủ tục|thời gian|địa điểm|cơ quan|đơn vị|cơ quan chủ trì|đơn vị chủ trì|người ký|ngày ban hành"
    r"|ngày ký|ngày hiệu lực|hiệu lực|quy mô|tiến độ)"
    r"(?: (?:hỗ trợ|chủ trì|phụ trách|nộp|báo cáo|cuối cùng|tối đa|tối thiểu|thực hiện|đầy đủ|tổ chức))?"
    r"(?: (?:cụ thể|là|thì|được|ở))*(?: (?:gì|nào|bao nhiêu|khi nào|bao giờ|ngày nào|thế nào|ra sao|đâu|ai"
    r"|như thế nào|gồm những gì|gồm gì|những gì))?\W*$"
)
_TELLS = marked(r"^(?:hãy )?(?:kể|nêu|liệt kê|giải thích|nói rõ|trích|cụ thể|chi tiết|ví dụ)\b")
_MONEY = frozenset(("USD", "VND", "EUR", "CNY"))
_FUNCTION_WORDS = (
    "ai bao nhiêu giờ mấy gì nào đâu khi tại sao vì thế như ra là có không chưa phải được thì mà của cho ở "
    "từ đến trong trên vào về với các những này đó ấy kia một và hay hoặc sẽ đã đang cũng còn rồi vậy à nhỉ "
    "giúp tôi mình em kể tên nêu cụ thể để hả"
)
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
_BARE_FUNCTION = frozenset(unmarked(_FUNCTION_WORDS).split())


# Asked of a paper, whatever the question before was about: who signed it, its number, when it takes effect.
_INSTRUMENT = marked(
    r"\b(?:văn bản|nghị quyết|quyết định|kế hoạch|quy hoạch|tờ trình|báo cáo|chỉ thị|luật|nghị định|thông tư"
    r"|đề án|chương trình hành động|kết luận|thông báo|công văn)\b"
)
_WHEN = r"(?:khi nào|bao giờ|(?:ngày|hôm) (?:nào|mấy))"
_OF_INSTRUMENT = marked(
    r"^(?:ai|người nào) (?:là người |đã )?(?:ký|ban hành)\b|^(?:cơ quan|cấp) nào (?:đã )?(?:ký|ban hành|ra)\b"
    rf"|^(?:(?:từ|kể từ) )?{_WHEN}(?: thì)? (?:có hiệu lực|(?:được )?áp dụng|ban hành|ký)\b"
    rf"|^(?:áp dụng|có hiệu lực|ban hành|ký) (?:(?:từ|kể từ|vào) )?{_WHEN}\b"
    r"|^(?:văn bản|nghị quyết|quyết định|quy định)(?: đó| này| ấy)? số (?:mấy|bao nhiêu|nào)\b"
)


def of_instrument(core: str) -> bool:
    """Whether a question without a subject of its own asks about a paper as such."""
    return _OF_INSTRUMENT.search(core) is not None


def speaks_of_instrument(question: str) -> bool:
    """Whether a question is about a paper: then what follows is asked of that one."""
    return _INSTRUMENT.search(question) is not None


class Lean(Enum):
    """How a question leans on the one before it."""

    NONE = "none"
    SURELY = "surely"
    PERHAPS = "perhaps"  # it may as well have a subject of its own


@dataclass(frozen=True, slots=True)
class Read:
    """A question read for what it leans with."""

    core: str  # without "còn …", "… thì sao", "không phải, ý tôi là …"; composed, marks as typed
    lean: Lean
    asks: bool  # the core has a question word of its own
    corrects: bool  # it takes back the question before
    links: bool = False  # it begins with "còn", "thế", "vậy"
    points: bool = False  # it says "cái kia", "việc đó": no subject that could stand for another


def read(question: str) -> Read:
    """Read a question that comes after another one."""
    text = " ".join(visible(question).split())
    if not folds_in_place(text):  # places in what is compared would not be places in the text
        return Read(text, Lean.NONE, True, False)
    corrected = _CORRECTS.match(text)
    core = text[corrected.end() :] if corrected else text
    opens = _OPENS.match(core)
    core = core[opens.end() :] if opens else core
    closes = _CLOSES.search(core) or _POLITE.search(core)
    topical = _CLOSES.search(core) is not None
    core = core[: closes.start()] if closes else core
    if not any(map(str.isalnum, core)):
        return Read(text, Lean.NONE, True, False)
    asks = any((_ASKS.search(core), _TELLS.match(core), _PART_ALONE.match(core), _CONFIRMS.search(core)))
    lean = _lean(core, asks, bool(opens) or topical, bool(corrected))
    return Read(core, lean, asks, bool(corrected), bool(opens), _points_back(core))


def _lean(core: str, asks: bool, links: bool, corrects: bool) -> Lean:
    count, told = len(core.split()), len(content(core))
    if count > _LONG:
        return Lean.NONE
    if corrects:
        return Lean.NONE if asks else Lean.SURELY
    named, points = _names_something(core), _points_back(core)
    if links:
        whole = asks and told > (_TOLD - 2 if named else _TOLD)
        return Lean.NONE if whole and not points else Lean.SURELY
    if points and (told <= _TOLD or _WITHIN.match(core)):
        return Lean.SURELY
    if count > _SHORT or named:
        return Lean.NONE
    if _PART_ALONE.match(core) or _SAID_FIRST.match(core) or has_no_subject(core):
        return Lean.SURELY
    if _DONE_FIRST.match(core):
        return Lean.SURELY if told <= _ONE_WORD else Lean.PERHAPS
    if _CONFIRMS.search(core) and told <= _ONE_WORD:
        return Lean.SURELY
    if _ASKS_FIRST.match(core) or _WHETHER_FIRST.match(core):
        return Lean.PERHAPS
    return Lean.NONE


def _points_back(core: str) -> bool:
    return _POINTS.search(core) is not None or _PART_OF_IT.search(core) is not None


def content(text: str) -> list[str]:
    """The syllables of a text that are no function words, without marks."""
    function = _BARE_FUNCTION if is_bare(text) else _FUNCTION
    return [unmarked(word) for word in re.findall(r"[^\W_]+", fold(text)) if word not in function]


def _names_something(core: str) -> bool:
    """Whether it names a year, an instrument or something in capitals of its own."""
    first, *rest = core.split()
    return bool(
        YEAR_ALONE.search(core)
        or any(word[0].isupper() for word in rest if word.strip(".,?!") not in _MONEY)
        or (len(first) > 1 and first.isupper())
        or any(each.instrument or each.units for each in parse_citations(core))
    )
