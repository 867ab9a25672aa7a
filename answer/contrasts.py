"""Words that tell one figure from another, and whether what is shown speaks of them.

"Khách quốc tế" is not all visitors and "chi" is not "thu": where a question for a figure or a validity has
such a word and the provision it would be answered from neither has it, nor one that says the same, nor
stands under one, the figure is another thing's. What is written beside a provision counts too. A figure of
a whole period is none of one of its years, but of its last, up to which it counts.
"""

from __future__ import annotations

import re

from answer.asks import Asks, asks
from answer.beside import is_any_beside
from answer.kinds import counted, words_counted
from answer.seams import verbatim
from answer.years import PERIOD, YEAR, YEAR_ALONE
from corpus.document import Document, Provision
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.language import Language
from retriever.query import Query

_NATIONS = "trung quốc|hàn quốc|nhật bản|thái lan|ấn độ|malaysia|đài loan|pháp|anh|mỹ|đức|nga|úc|châu âu"
# what is asked -> what a text may call it; both folded
_OF_FIGURES: tuple[tuple[str, str], ...] = (
    (r"khách (?:du lịch )?(?:quốc tế|nước ngoài)|người nước ngoài", r"quốc tế|nước ngoài"),
    (r"khách (?:du lịch )?(?:nội địa|trong nước)", r"nội địa|trong nước"),
    (rf"khách (?:du lịch )?(?:người )?(?:{_NATIONS})", _NATIONS),
    (r"gián tiếp", r"gián tiếp"),
    (r"trực tiếp", r"trực tiếp"),
    (r"dân số|nhân khẩu|số dân", r"dân số|nhân khẩu|dân cư|người dân"),
    (r"dân số (?:đô thị|thành thị)", r"đô thị hóa|dân (?:số|cư) (?:đô thị|thành thị)"),
    (r"thất nghiệp", r"thất nghiệp|thiếu việc"),
    (r"đầu người|/ ?người|mỗi người dân|một người dân", r"đầu người|/ ?người|mỗi người|một người"),
    (r"kinh phí|ngân sách", r"kinh phí|ngân sách|vốn|nguồn lực|tài chính"),
    (r"(?:tổng|mức) chi\b|chi (?:tiêu|ngân sách|phí)", r"\bchi\b"),
    (r"thu ngân sách", r"ngân sách"),
    (r"đóng thuế|nộp thuế|thuế suất|tiền thuế", r"(?:đóng|nộp|miễn|giảm) thuế|thuế suất"),
    (r"xuất khẩu", r"xuất khẩu|xuất nhập khẩu"),
    (r"lấp đầy", r"lấp đầy"),
    (r"phạt", r"phạt"),
    (r"lợi nhuận|tiền lãi", r"lợi nhuận|lãi"),
    (r"tối thiểu|ít nhất|thấp nhất", r"tối thiểu|ít nhất|thấp nhất|trở lên|\btừ\b|trên"),
    (r"lao động (?:du lịch|trong ngành du lịch)|ngành du lịch", r"du lịch"),
    (r"hiện (?:có|nay|tại|đang)|đang có|tới giờ", r"hiện|đang|đã|đến hết|tính đến|còn|toàn tỉnh có|gồm"),
)
_OF_VALIDITY: tuple[tuple[str, str], ...] = (
    (
        r"hết hiệu lực|còn hiệu lực|còn áp dụng|hết hạn|còn (?:dùng|giá trị)|có còn",
        r"hết hiệu lực|bãi bỏ|thay thế|tiếp tục|giai đoạn|đến (?:hết )?năm|trước đó|thời kỳ",
    ),
    (
        r"(?:có )?hiệu lực (?:thi hành )?(?:từ|kể từ|khi|lúc|bắt đầu|ngày|bao giờ)"
        r"|(?:áp dụng|thi hành) (?:từ|kể từ|bắt đầu từ) (?:ngày|hôm|bao giờ|khi|lúc|tháng|năm)"
        r"|(?:bao giờ|khi nào|hôm nào) (?:thì )?(?:có hiệu lực|được áp dụng|bắt đầu áp dụng)",
        r"hiệu lực|áp dụng|thi hành|kể từ",
    ),
    (r"bãi bỏ|thay thế", r"bãi bỏ|thay thế|không (?:thuộc|còn)|tiếp tục|trước đó"),
)
_OF_PERIOD = re.compile(
    rf"\b(?:giai đoạn|thời kỳ)\s+{PERIOD.pattern}"
    r"\W*(?:\s*(?:là|đạt|từ|khoảng|tăng|giảm|trên|dưới|ít nhất|tối thiểu|tối đa))*\s+\d"
)


_OTHER = "Đoạn gần nhất có số liệu hoặc hiệu lực, nhưng không nói về “{}”."
_WHOLE = "Đoạn gần nhất có số liệu của cả giai đoạn {}, không nêu riêng năm {}."


def of_another(
    query: Query, document: Document, provision: Provision, index: Index, compared: bool = False
) -> str:
    """Why a provision gives another thing's figure or validity, in Vietnamese; "" for one that does not.

    `compared`: it is one side of a comparison, which is of figures whether it says so or not.
    """
    if word := _unspoken(query, document, provision, index, compared):
        return _OTHER.format(verbatim(word, query.text))
    year, period = _of_whole_period(query, provision)
    return _WHOLE.format(period, year) if period else ""


def _of_whole_period(query: Query, provision: Provision) -> tuple[str, str]:
    """The one year that a question names and the period that a provision's figure is of; "", "" for none."""
    asked, own = fold(query.text), fold(provision.own_repaired)
    years = set(YEAR_ALONE.findall(asked))
    if len(years) != 1 or PERIOD.search(asked) or years & set(YEAR_ALONE.findall(PERIOD.sub("", own))):
        return "", ""
    (year,) = years
    for found in _OF_PERIOD.finditer(own):
        if found[1] <= year < found[2]:
            return year, f"{found[1]}-{found[2]}"
    return "", ""


def _unspoken(query: Query, document: Document, provision: Provision, index: Index, compared: bool) -> str:
    """The first such word of a question that a provision does not speak of; "" for none."""
    if query.language is not Language.VIETNAMESE:
        return ""
    asked = fold(query.text)
    own = fold(f"{document.said_above(provision.address)} {provision.own_repaired}")
    figures = compared or asks(query.text) is Asks.FIGURE
    # a title speaks of what the document is about, not of how long it holds
    for word, ways in _OF_VALIDITY:
        if (found := _found(word, asked)) and not re.search(ways, own):
            return found
    titled = f"{fold(document.metadata.title)} {own}"
    for word, ways in _OF_FIGURES if figures else ():
        found = _found(word, asked)
        if found and not re.search(ways, titled) and not is_any_beside([found], provision.address, index):
            return found
    return ""


def uncounted(query: Query, provision: Provision, index: Index) -> str:
    """What a question counts and a provision gives no number of; "" for none.

    A number beside a word that what is written about the provision has will do.
    """
    own = f"{provision.caption} {provision.own_repaired}"
    folded = fold(own)
    for kind in counted(query):
        if kind.is_in(folded, own):
            continue
        words = words_counted(kind)
        numbered = re.search(r"\d", YEAR.sub(" ", folded))
        if not (numbered and is_any_beside(words, provision.address, index)):
            return words[0]
    return ""


def _found(words: str, asked: str) -> str:
    found = re.search(rf"(?<!\w)(?:{words})(?!\w)", asked)
    return found[0] if found else ""
