"""Types of instruments: "Nghị quyết", "QĐ", "BLDS"; the word that opens the naming of one."""

from __future__ import annotations

from typing import NamedTuple

from corpus.law_names import CODES_BY_INITIALS
from corpus.tokens import Kind, Phrases, Token, Tokens, Words, words


class Typed(NamedTuple):
    """A type where it stands."""

    type: str  # "Nghị quyết"
    name: str | None  # of a code cited by its initials
    after: int  # the index after it


# Longest first where one starts with another.
TYPES: dict[str, tuple[str, ...]] = {
    "Nghị quyết liên tịch": ("NQLT",),
    "Nghị quyết": ("NQ",),
    "Nghị định": ("NĐ",),
    "Quyết định": ("QĐ",),
    "Kế hoạch": ("KH",),
    "Thông tư liên tịch": ("TTLT",),
    "Thông tư": ("TT",),
    "Chỉ thị": ("CT",),
    "Chương trình hành động": (),
    "Chương trình": ("CTr",),
    "Tờ trình": ("TTr",),
    "Báo cáo thẩm định": (),
    "Báo cáo": ("BC",),
    "Kết luận": ("KL",),
    "Thông báo kết luận": ("TBKL",),
    "Thông báo": ("TB",),
    "Hướng dẫn": ("HD",),
    "Công điện": ("CĐ",),
    "Công văn": ("CV",),
    "Quy chế": ("QC",),
    "Quy định": ("QĐi", "QyĐ"),
    "Quy trình": ("QTr",),
    "Quy tắc": (),
    "Điều lệ": (),
    "Nội quy": (),
    "Danh mục": (),
    "Phương án": ("PA",),
    "Bộ tiêu chí": (),
    "Lệnh": ("L",),
    "Sắc lệnh": ("SL",),
    "Văn bản hợp nhất": ("VBHN",),
    "Đề án": ("ĐA",),
    "Bộ luật": (),
    "Luật": (),
    "Pháp lệnh": (),
    "Hiến pháp": (),
    "Quy chuẩn kỹ thuật quốc gia": (),
    "Quy chuẩn kỹ thuật địa phương": (),
    "Quy chuẩn": (),
    "Tiêu chuẩn quốc gia": (),
    "Tiêu chuẩn": (),
    "Văn bản": (),
}
BY_NAME = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
# These are everyday words too: without a number they name no instrument.
EVERYDAY = frozenset(
    {"Quy định", "Hướng dẫn", "Thông báo", "Báo cáo", "Kết luận", "Văn bản", "Quy chuẩn", "Tiêu chuẩn"}
    | {"Quy chuẩn kỹ thuật quốc gia", "Quy chuẩn kỹ thuật địa phương", "Tiêu chuẩn quốc gia", "Danh mục"}
    | {"Thông báo kết luận", "Quy trình", "Quy tắc", "Phương án", "Bộ tiêu chí", "Lệnh", "Sắc lệnh"}
    | {"Điều lệ", "Nội quy"}
)
# What is issued as an annex, with its own title before "ban hành kèm theo".
ANNEXABLE = frozenset(
    {"Quy chế", "Quy định", "Quy trình", "Quy tắc", "Điều lệ", "Nội quy", "Danh mục", "Phương án", "Kế hoạch"}
    | {"Bộ tiêu chí", "Chương trình", "Đề án", "Hướng dẫn", "Quy chuẩn"}
)
_SHORT_CODES = {code.casefold(): name for name, codes in TYPES.items() for code in codes if len(code) > 1}
_SHORT_TYPES = Phrases((_SHORT_CODES | {"vb": "Văn bản"}).items())
_LONG_TYPES = Phrases((name.casefold(), name) for name in TYPES)
TYPE_OF_CODE = {code: name for name, codes in TYPES.items() for code in codes}
NEW_INSTRUMENT = Phrases(
    (name.casefold(), None) for name in (*BY_NAME, "Nghị định", "Nghị quyết", "Thông tư", "Quyết định")
)
_NOT_BEFORE_LAW = Words(words("pháp quy kỷ định trọng án"))

_CODES = Phrases(CODES_BY_INITIALS.items())

# The first words, marks written, of everything that can open an instrument, document numbers apart.
OPENERS = _LONG_TYPES.openers | _SHORT_TYPES.openers | _CODES.openers


def read_type(tokens: Tokens, index: int, *, located: bool = False) -> Typed | None:
    """The type named at `index`, or None; `located`: a locator stands before it."""
    found = _LONG_TYPES.at(tokens, index)
    if found is None:
        return _code(tokens, index) or _short_type(tokens, index, located)
    name, after = found
    compound = name == "Luật" and tokens[index - 1] in _NOT_BEFORE_LAW
    apart = tokens[index].capital and not tokens[index - 1].capital  # "quy định Luật Di sản văn hóa"
    return None if compound and not apart else Typed(name, None, after)


def _code(tokens: Tokens, index: int) -> Typed | None:
    """ "BLDS 2015": a code by its initials, in capitals."""
    found = _CODES.at(tokens, index)
    if found is None or not tokens.is_upper(tokens[index].start, tokens[index].end):
        return None
    return Typed("Bộ luật", *found)


def _short_type(tokens: Tokens, index: int, located: bool) -> Typed | None:
    """ "NQ 19", "QĐ số 236": an abbreviation counts only before a number, or in capitals after a locator."""
    found = _SHORT_TYPES.at(tokens, index)
    if found is None:
        return None
    name, after = found
    after += tokens[after].says("số")
    token = tokens[index]
    upper, plain = tokens.is_upper(token.start, token.end), token in _PLAIN_CODES
    titled = (located and (upper or plain)) or (upper and plain)
    following = tokens[after]
    whole = located and plain and following.kind in (Kind.END, Kind.SIGN)  # "mục II.2 KH"
    if (
        following.kind not in (Kind.NUMBER, Kind.INSTRUMENT)
        and not whole
        and not (titled and _titled(tokens, following))
    ):
        return None
    return Typed(name, None, index + 1)


_PLAIN_CODES = Words(words("qđ nq nđ kh"))  # in small letters too, behind a locator


def _titled(tokens: Tokens, token: Token) -> bool:
    """Whether a title may begin here: "QĐ điều chỉnh quy hoạch", "QĐ ĐCQH tỉnh"."""
    initials = len(token.text) > 1 and tokens.is_upper(token.start, token.end)
    return token.kind is Kind.WORD and (not token.capital or initials)


def opening_of(tokens: Tokens, index: int, type_: str | None) -> int | None:
    """Where the type that ends right before `index` begins; None where it is abbreviated or stands apart."""
    opening = index - len((type_ or "").split())
    found = _LONG_TYPES.at(tokens, opening)
    return opening if found is not None and found[1] == index else None


def type_code(type_: str | None) -> str | None:
    """The code that a type has in numbers: "Nghị quyết" → "NQ"; None where it has none."""
    return next(iter(TYPES.get(type_ or "", ())), None)
