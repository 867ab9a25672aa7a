"""Where the words of a title end: it has no end mark, so a stop word, a sign or a citation ends it."""

from __future__ import annotations

import re

from corpus.instrument_types import NEW_INSTRUMENT
from corpus.locators import starts_locator
from corpus.place_names import PLACES
from corpus.tokens import Kind, Phrases, Tokens, Words, phrase_set, words

# A title or an unknown law's name ends before one of these.
_STOPS = frozenset(
    words(
        "nói nêu ghi là có thì được bị để cho như ra sao gì nào hay hoặc của ngày "
        "số tại theo này trên do mà yêu cần phải không đã sẽ đang ai khi nếu nhằm "
        "dành giao thế đề đều cũng vẫn còn gồm"
    )
)
_BARE_STOPS = Words(words("của nói được thế này"))
_STOP_PAIRS = phrase_set(
    *("quy định", "ban hành", "sửa đổi", "hết hiệu", "năm nào", "đúng hay", "hiện hành", "hiện nay"),
    *("kèm theo", "bao nhiêu", "bao giờ", "bao lâu", "bao gồm", "đặt mục", "đặt ra", "xác định", "áp dụng"),
    *("liệt kê", "đề cập", "nhắc đến", "nhắc tới", "nhắc lại", "trình bày", "cho biết", "cho rằng", "chỉ rõ"),
    *("chỉ ra", "mô tả", "khẳng định", "nhấn mạnh", "dự kiến", "phân công", "viết rằng", "kể tên", "đưa ra"),
)
# What ends a sentence that is spoken: "đọc Quyết định … đi", "… Kế hoạch du lịch với ạ".
_PARTICLES = Words(words("đi nhé nha nhá ạ với vậy à hả luôn thôi đó đấy ấy chứ mà cơ"))
# Behind one of these a stop word is half of another word: "giao thông", "bao ton" typed without marks.
_NO_STOPS = phrase_set(
    *("giao thông", "giao dịch", "giao lưu", "giao đất", "giao rừng", "thế giới", "thế hệ", "đề án"),
    *("giáo dục", "giáo viên", "khí hậu", "khí tượng", "khí thải", "đô thị", "đo lường", "đo đạc"),
    *("trọng điểm", "trồng trọt", "trồng rừng", "trong nước", "số hóa", "yêu cầu", "phải thu"),
)
# Verbs that titles set side by side: "bảo tồn, tôn tạo, phát huy giá trị".
_TITLE_VERBS = phrase_set(
    *("bảo tồn", "bảo vệ", "bảo đảm", "bảo quản", "tôn tạo", "tu bổ", "phục hồi", "phục dựng", "phát huy"),
    *("phát triển", "quản lý", "khai thác", "sử dụng", "xây dựng", "cải tạo", "nâng cấp", "nâng cao"),
    *("đầu tư", "thu hút", "hỗ trợ", "khuyến khích", "tăng cường", "đẩy mạnh", "đổi mới", "quảng bá"),
    *("xúc tiến", "giữ gìn", "sưu tầm", "bồi dưỡng", "đào tạo", "điều chỉnh", "bổ sung", "thu gom"),
    *("vận chuyển", "xử lý", "kiểm tra", "giám sát", "phòng ngừa", "ứng phó", "khắc phục", "thu thập"),
)
# Halves of a title that a dash joins: "kinh tế - xã hội".
_DASHED = phrase_set("kinh tế", "văn hóa", "quốc phòng", "chính trị", "lịch sử", "khoa học", "hạ tầng")
_AFTER_PLACE = Words(words("và trong giai thời đến năm nhiệm khóa lần với về"))
_JOINTS = Words(words("và với hoặc hay cùng"))
NAME_LIMIT = 14  # words
_LONGER = 8  # words more for each comma inside
_TIMES = phrase_set(
    "thời kỳ",
    "giai đoạn",
    "nhiệm kỳ",
    "tầm nhìn đến năm",
    "tầm nhìn đến",
    "tầm nhìn",
    "đến năm",
    "định hướng đến năm",
    "định hướng đến",
)
_YEARS_OF_TITLE = re.compile(r"(?:19|20)\d\d(?:\s{0,3}-\s{0,3}(?:19|20)\d\d)?(?![\d/])")
_AFTER_YEAR = Words(words("tỉnh thành huyện trên của"))
_YEAR = re.compile(r"(?:19|20)\d\d")
FEWEST_OF_TITLE, _LONGEST_TITLE = 2, 60  # words
_ASKING = Words(words("gì nào sao bao mấy không đâu ai nói là có được bị ghi nêu hỏi"))


def title_end(tokens: Tokens, index: int) -> int:
    """The index after the words of a title that starts at `index`; `index` itself where there are none."""
    end, limit = index, index + NAME_LIMIT
    while end < limit:
        years = _years_end(tokens, end)
        if years is not None:
            end, limit = years, limit + years - end
            continue
        after_year = end > index and _YEAR.fullmatch(tokens[end - 1].text) is not None
        inside = end > index and tokens[end + 1].kind is Kind.WORD and _goes_on(tokens, end, index)
        if not inside and _ends_title(tokens, end, index, after_year):
            return end
        limit += _LONGER * (inside and tokens[end].text == ",")  # one that lists is a whole title
        end += 1
    return end


def _years_end(tokens: Tokens, index: int) -> int | None:
    """Past what a title says of its time: "thời kỳ 2021-2030", ", tầm nhìn đến năm 2050", "đến năm 2030"."""
    led = _TIMES.at(tokens, index + (tokens[index].text == ","))
    years = tokens.match(led[1], _YEARS_OF_TITLE) if led is not None else None
    return years[1] if years is not None else None


def _ends_title(tokens: Tokens, index: int, first: int, after_year: bool) -> bool:
    token = tokens[index]
    if token.kind not in (Kind.WORD, Kind.NUMBER):
        return True
    if token.text in _STOPS and _NO_STOPS.at(tokens, index) is None:
        return True
    if token.capital and index > first and tokens.opens_line(index):  # a heading or a sentence
        return typed_end(tokens, index) is None
    if (
        token.kind is Kind.WORD
        and not token.capital
        and token not in _AFTER_PLACE
        and ends_place(tokens, index, typed=True)
    ):
        return True
    if after_year and token not in _AFTER_YEAR:  # "Kế hoạch du lịch 2026 thì …"
        return True
    if token.text == token.bare and token in _BARE_STOPS:
        return True
    if token.kind is Kind.NUMBER and not _YEAR.fullmatch(token.text):
        return True
    if token.says("năm") and tokens[index + 1].kind is Kind.NUMBER:
        return True
    if index > first and token in _PARTICLES and _ends_sentence(tokens, index + 1):
        return True
    if _STOP_PAIRS.at(tokens, index) is not None or _type_word(tokens, index, first):
        return True
    after = index + (token in _JOINTS)  # "… quy hoạch với mục 1.4 phần III kế hoạch"
    return starts_locator(tokens, after)


def _ends_sentence(tokens: Tokens, index: int) -> bool:
    """Whether only particles stand between `index` and the end of its sentence."""
    while tokens[index] in _PARTICLES:
        index += 1
    return tokens[index].kind is Kind.END or tokens[index].text in (".", "?", "!", ",", ";")


def _goes_on(tokens: Tokens, sign: int, first: int) -> bool:
    """Whether a comma, dash or "&" stands inside a title: "Phòng, chống tham nhũng", "bảo tồn, tôn tạo"."""
    before, after = tokens[sign - 1], tokens[sign + 1]
    if tokens[sign].text == ",":
        name = sign - 1 > first and tokens[sign - 2].capital  # "… tỉnh Lạng Sơn, hạn cuối"
        one = not after.capital and before.capital and not name  # after one word, before lower case
        return one or (_at(_TITLE_VERBS, tokens, sign - 2) and _at(_TITLE_VERBS, tokens, sign + 1))
    if tokens[sign].text == "-":
        return _at(_DASHED, tokens, sign - 2) and not after.capital
    return tokens[sign].text == "&"


def _at(phrases: Phrases[None], tokens: Tokens, index: int) -> bool:
    return phrases.at(tokens, index) is not None


def ends_place(tokens: Tokens, index: int, *, typed: bool = False) -> bool:
    """Whether "tỉnh Lạng Sơn" ends right before `index`; `typed`: in small letters as well."""
    for start in range(index - 4, index - 1):
        found = PLACES.at(tokens, start) if tokens[start - 1].says("tỉnh") else None
        if found is not None and found[1] == index and (typed or tokens[start].capital):
            return True
    return False


def _type_word(tokens: Tokens, index: int, first: int) -> bool:
    """Whether another instrument starts here, after "và" or not."""
    here = index + tokens[index].says("và")
    if here == first or not tokens[here].capital:
        return False
    return NEW_INSTRUMENT.at(tokens, here) is not None


def quoted_title(tokens: Tokens, index: int) -> int | None:
    """The index after a title that stands at `index` in quotation marks, or None."""
    if tokens[index].text != '"' or tokens[index + 1].kind is not Kind.WORD:
        return None
    for end in range(index + 2, index + _LONGEST_TITLE):
        token = tokens[end]
        if token.text == '"':
            return end + 1 if end - index > FEWEST_OF_TITLE else None
        if token.kind not in (Kind.WORD, Kind.NUMBER) and token.text not in (",", "-", "&"):
            return None
    return None


def typed_end(tokens: Tokens, index: int) -> int | None:
    """The end of a text that is nothing but a title, or None."""
    end = len(tokens)
    while end > index and tokens[end - 1].text in (".", ";", ","):
        end -= 1
    if not FEWEST_OF_TITLE <= end - index <= _LONGEST_TITLE:
        return None
    words_only = (
        token.kind in (Kind.WORD, Kind.NUMBER) or token.text in (",", "-", '"', "(", ")")
        for token in (tokens[place] for place in range(index, end))
    )
    other = any(tokens[place] in _ASKING or starts_locator(tokens, place) for place in range(index, end))
    return end if all(words_only) and not other else None
