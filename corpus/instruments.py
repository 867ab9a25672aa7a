"""Naming an instrument: "Nghị quyết số 19/2025/NQ-HĐND ngày 15/7/2025 của HĐND tỉnh", "Luật Du lịch 2017".

`read_instrument` reads one where it stands; it never asks whether such an instrument exists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.law_names import LAW_NAMES
from corpus.tokens import Kind, Token, Tokens, words
from corpus.vietnamese import unmarked


@dataclass(frozen=True, slots=True)
class Instrument:
    """What a citation says of the instrument; None where it says nothing."""

    type: str | None = None  # "Nghị quyết"
    number: str | None = None  # "19/2025/NQ-HĐND", or as much as is said: "19", "19/2025"
    name: str | None = None  # "Bảo vệ môi trường", or words of the title
    issuer: str | None = None  # "HĐND tỉnh", as written
    date: str | None = None  # ISO 8601, as much as is said: "2025-07-15", "2026-02", "2020"
    this: bool = False  # "Nghị quyết này", "Luật nêu trên"
    annexed: str | None = None  # "Quy chế" of "Quy chế ban hành kèm theo Quyết định số …"

    @property
    def is_law(self) -> bool:
        """Whether it is cited by name, as laws are."""
        return self.type in _BY_NAME


# Longest first where one starts with another.
_TYPES: dict[str, tuple[str, ...]] = {
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
    "Thông báo": ("TB",),
    "Hướng dẫn": ("HD",),
    "Công điện": ("CĐ",),
    "Công văn": ("CV",),
    "Quy chế": ("QC",),
    "Quy định": ("QĐi", "QyĐ"),
    "Văn bản hợp nhất": ("VBHN",),
    "Đề án": ("ĐA",),
    "Bộ luật": (),
    "Luật": (),
    "Pháp lệnh": (),
    "Hiến pháp": (),
    "Quy chuẩn": (),
    "Tiêu chuẩn": (),
    "Văn bản": (),
}
_BY_NAME = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
# These are everyday words too: without a number they name no instrument.
_VERBS = frozenset(
    {"Quy định", "Hướng dẫn", "Thông báo", "Báo cáo", "Kết luận", "Văn bản", "Quy chuẩn", "Tiêu chuẩn"}
)
_SHORT_TYPES = {code.casefold(): name for name, codes in _TYPES.items() for code in codes} | {"vb": "Văn bản"}
_TYPE_OF_CODE = {code: name for name, codes in _TYPES.items() for code in codes}
# Cited by their bare number: "Nghị quyết 19", "NĐ 08/2022". "Kế hoạch 5 năm" is none of these.
_BARE_NUMBERED = frozenset({"Nghị quyết", "Nghị định", "Quyết định", "Thông tư", "Chỉ thị", "Kế hoạch"})
_NOT_BEFORE_LAW = ("pháp", "quy", "kỷ", "định", "trọng", "án")
_COUNTED = words(
    "năm tháng ngày tỷ tỉ triệu nghìn đồng nội dự nhiệm khu điểm xã phường tỉnh huyện giai đợt "
    "lần quý nhóm chỉ mục"
)

_DATES = (
    re.compile(r"(?:ngay\s+)+(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?:ngay\s+)+(?P<d>\d{1,2})\s+thang\s+(?P<m>\d{1,2})\s+nam\s+(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"\(?\s*thang\s+(?P<m>\d{1,2})\s*(?:/|-|nam)\s*(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"\(?\s*nam\s+(?P<y>(?:19|20)\d\d)(?![\d-])"),
)
_BARE_YEAR = re.compile(r"\(?(?P<y>(?:19|20)\d\d)(?![\d-]|\s*[-/.]\s*\d)")
_SHORT_NUMBER = re.compile(r"(?P<n>\d{1,4}[a-z]?)(?:\s*/\s*(?P<y>(?:19|20)\d\d))?(?![\w/%]|[.,]\d|\s*-\s*\d)")
_PLACE = r"(?:\s+(?:tinh|thanh pho|huyen|xa|phuong|thi xa|dac khu)\b)?"
_ISSUER = re.compile(
    (
        r"(?:"
        rf"(?:chu tich\s+)?(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd){_PLACE}"
        r"|ban (?:thuong vu|chap hanh)(?:\s+(?:tinh uy|thanh uy|dang bo tinh|trung uong(?:\s+dang)?))?"
        r"|thu tuong(?:\s+chinh phu)?|ttgcp|chinh phu|uy ban thuong vu quoc hoi|ubtvqh|quoc hoi"
        r"|bo chinh tri|ban bi thu|tinh uy|thanh uy|chu tich nuoc"
        r"|hoi dong tham phan|hoi dong tham dinh|toa an nhan dan toi cao|vien kiem sat nhan dan toi cao"
        r"|(?:bo truong\s+)?bo(?=\s)|(?:giam doc\s+)?so(?=\s)|tinh|trung uong"
        r")(?![^\W_])"
    ).replace(" ", r"\s+")
)
# A title or an unknown law's name ends before one of these.
_STOPS = frozenset(
    words(
        "nói nêu ghi là có thì được bị để cho như ra sao gì nào bao hay hoặc của ngày "
        "số tại theo này trên do mà yêu cần phải không đã sẽ đang ai khi nếu nhằm "
        "dành giao thế đề"
    )
)
_STOP_PAIRS = ("quy định", "ban hành", "sửa đổi", "hết hiệu", "năm nào", "đúng hay", "hiện hành", "hiện nay")
_NAME_LIMIT = 14  # words


# The bare first words of everything that can open an instrument, document numbers apart.
OPENERS = frozenset(unmarked(name).split()[0] for name in _TYPES) | frozenset(map(unmarked, _SHORT_TYPES))


def read_instrument(tokens: Tokens, index: int, *, located: bool) -> tuple[Instrument, int] | None:
    """The instrument named at `index` and the index after it, or None.

    `located`: a locator stands before it, so a bare type or title words are enough to name it.
    """
    typed = _type(tokens, index, located=located)
    instrument, here = typed if typed else (Instrument(), index)
    if typed is None and tokens[index].kind is not Kind.INSTRUMENT:
        return None
    while (read := _particular(tokens, here, instrument, located)) is not None:
        instrument, here = read
    if not _enough(instrument, tokens, index, located):
        return None
    return _with_type(instrument), here


def _particular(
    tokens: Tokens, index: int, known: Instrument, located: bool
) -> tuple[Instrument, int] | None:
    """One more thing said of the instrument: a number, date, issuer, name."""
    if known.this:
        return None
    skipped = _skip_joint(tokens, index, known)
    return (
        _annexed(tokens, index, known)
        or _numbered(tokens, skipped, known)
        or _dated(tokens, skipped, known)
        or _issued(tokens, skipped, known)
        or _this(tokens, index, known)
        or _named(tokens, index, known, located)
    )


def _type(tokens: Tokens, index: int, *, located: bool = False) -> tuple[Instrument, int] | None:
    for name in _TYPES:
        after = tokens.phrase(index, name.casefold())
        if after is not None:
            compound = name == "Luật" and any(tokens[index - 1].says(word) for word in _NOT_BEFORE_LAW)
            apart = tokens[index].capital and not tokens[index - 1].capital  # "quy định Luật Di sản văn hóa"
            return None if compound and not apart else (Instrument(type=name), after)
    return _short_type(tokens, index, located)


def _short_type(tokens: Tokens, index: int, located: bool) -> tuple[Instrument, int] | None:
    """ "NQ 19", "QĐ số 236": an abbreviation counts only before a number, or in capitals after a locator."""
    name = next((name for code, name in _SHORT_TYPES.items() if tokens[index].says(code)), None)
    after = index + 1
    after += tokens[after].says("số")
    if name is None:
        return None
    titled = located and tokens.is_upper(tokens[index].start, tokens[index].end)
    if tokens[after].kind not in (Kind.NUMBER, Kind.INSTRUMENT) and not (titled and _titled(tokens[after])):
        return None
    return Instrument(type=name), index + 1


def _titled(token: Token) -> bool:
    """Whether a title may begin here: "QĐ điều chỉnh quy hoạch"."""
    return token.kind is Kind.WORD and not token.capital


def _skip_joint(tokens: Tokens, index: int, known: Instrument) -> int:
    """Past a comma or bracket between the parts of a name, where a number, date or issuer follows."""
    if tokens[index].text in (",", "(", ".") and (known.number or known.name or known.type):
        index += 1
    return index


def _annexed(tokens: Tokens, index: int, known: Instrument) -> tuple[Instrument, int] | None:
    """ "Quy chế ban hành kèm theo Quyết định số …": the instrument is the decision."""
    after = tokens.any_phrase(index, ("ban hành kèm theo", "kèm theo", "ban hành theo"))
    if after is None or known.type is None or known.annexed or known.number:
        return None
    inner = _type(tokens, after)
    return (replace(inner[0], annexed=known.type), inner[1]) if inner else None


def _numbered(tokens: Tokens, index: int, known: Instrument) -> tuple[Instrument, int] | None:
    if known.number:
        return None
    said = tokens[index].says("số")
    index += said
    index += said and tokens[index].text == ":"
    if tokens[index].kind is Kind.INSTRUMENT:
        return replace(known, number=tokens[index].number), index + 1
    if not (known.type in _BARE_NUMBERED or (said and known.type)) or (known.name and not said):
        return None
    return _short_number(tokens, index, known, said)


def _short_number(tokens: Tokens, index: int, known: Instrument, said: bool) -> tuple[Instrument, int] | None:
    matched = tokens.match(index, _SHORT_NUMBER)
    if matched is None:
        return None
    found, after = matched
    if not said and not found["y"]:
        counted = any(tokens[after].says(word) for word in _COUNTED)
        small = known.type == "Kế hoạch" and len(found["n"]) < 2
        year = 1900 <= int(found["n"].rstrip("abcdefghijklmnopqrstuvwxyz")) <= 2100
        if counted or small or year:
            return None
    number = found["n"] + (f"/{found['y']}" if found["y"] else "")
    return replace(known, number=number), after


def _dated(tokens: Tokens, index: int, known: Instrument) -> tuple[Instrument, int] | None:
    if known.date:
        return None
    patterns = (*_DATES, _BARE_YEAR) if known.is_law else _DATES
    for pattern in patterns:
        matched = tokens.match(index, pattern)
        if matched is not None and (date := _iso(matched[0])) is not None:
            return replace(known, date=date), _past_bracket(tokens, index, matched[1])
    return None


def _past_bracket(tokens: Tokens, start: int, index: int) -> int:
    """Past ", bản chưa ghi số, ngày)" where the date opened a bracket."""
    opened = tokens[start].text == "(" or tokens[start - 1].text == "("
    if not opened:
        return index
    closing = next((place for place in range(index, index + 12) if tokens[place].text == ")"), None)
    return index if closing is None else closing + 1


def _iso(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    month, day = int(parts.get("m") or 1), int(parts.get("d") or 1)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return "-".join([parts["y"], *(f"{int(parts[key]):02d}" for key in "md" if parts.get(key))])


def _issued(tokens: Tokens, index: int, known: Instrument) -> tuple[Instrument, int] | None:
    if known.issuer or not (tokens[index].says("của") or tokens[index].says("do")):
        return None
    matched = tokens.match(index + 1, _ISSUER)
    if matched is None:
        return None
    start, after = tokens[index + 1].start, matched[1]
    after = _capitalised(tokens, after)
    return replace(known, issuer=tokens.written(start, tokens[after - 1].end)), after


def _capitalised(tokens: Tokens, index: int) -> int:
    """Past the name that goes on from an issuer: "… tỉnh Lạng Sơn", "Bộ Văn hóa, Thể thao và Du lịch"."""
    while True:
        step = index
        while tokens[step].text == "," or tokens[step].says("và"):
            step += 1
        word, after = tokens[step], tokens[step + 1]
        another = step > index and (_type(tokens, step) or tokens.match(step, _ISSUER))
        if word.kind is not Kind.WORD or not word.capital or another:
            return index
        lower_half = after.kind is Kind.WORD and not after.capital and after.spaced and word.text in _HALVES
        index = step + (2 if lower_half else 1)


_HALVES = frozenset(words("văn thể du công nông lao khoa giáo tài nội ngoại tư y thông kế xây dân"))


def _this(tokens: Tokens, index: int, known: Instrument) -> tuple[Instrument, int] | None:
    after = tokens.any_phrase(index, ("này", "nêu trên", "nói trên", "trên đây"))
    return None if after is None or known.type is None else (replace(known, this=True), after)


def _named(tokens: Tokens, index: int, known: Instrument, located: bool) -> tuple[Instrument, int] | None:
    if known.name is not None or known.type is None:
        return None
    if known.type == "Hiến pháp":
        return replace(known, name=""), index
    if known.type in _BY_NAME:
        return _law_name(tokens, index, known)
    if not located or known.number or known.type in _VERBS:
        return None
    index += tokens[index].says("về")
    end = _title_end(tokens, index)
    if end == index:
        return None
    return replace(known, name=tokens.written(tokens[index].start, tokens[end - 1].end)), end


def _law_name(tokens: Tokens, index: int, known: Instrument) -> tuple[Instrument, int] | None:
    amending = _amending_name(tokens, index)
    if amending is not None:
        return replace(known, name=tokens.written(tokens[index].start, tokens[amending - 1].end)), amending
    fixed = _known_law(tokens, index)
    if fixed is not None:
        return replace(known, name=fixed[0]), fixed[1]
    end = _title_end(tokens, index) if tokens[index].capital else index
    if end == index:
        return None
    return replace(known, name=tokens.written(tokens[index].start, tokens[end - 1].end)), end


def _amending_name(tokens: Tokens, index: int) -> int | None:
    """ "sửa đổi, bổ sung một số điều của 11 Luật liên quan đến quy hoạch": its own name, up to its date."""
    if not (tokens[index].says("sửa") and tokens[index + 1].says("đổi")):
        return None
    for end in range(index + 2, index + 50):
        token = tokens[end]
        if token.says("ngày") or (token.says("số") and tokens[end + 1].kind is Kind.INSTRUMENT):
            return end
        if token.kind is Kind.END or token.text in (";", ".", ")", ":", '"'):
            return end
    return None


def _known_law(tokens: Tokens, index: int) -> tuple[str, int] | None:
    if tokens[index].kind is not Kind.WORD:
        return None
    for spelling, name in _laws_by_first_word().get(tokens[index].bare, ()):
        after = _words_at(tokens, index, spelling)
        if after is not None:
            return name, after
    return None


def _words_at(tokens: Tokens, index: int, spelling: tuple[str, ...]) -> int | None:
    """The index after the words, commas between them or not; marks must agree where any are typed."""
    for word in spelling:
        index += tokens[index].text == ","
        if not tokens[index].says(word):
            return None
        index += 1
    return index


@lru_cache(maxsize=1)
def _laws_by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Bare first word → (words, printed name), longest name first."""
    laws: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in LAW_NAMES:
        spelling = tuple(name.casefold().replace(",", "").split())
        laws.setdefault(unmarked(spelling[0]), []).append((spelling, name))
    for same in laws.values():
        same.sort(key=lambda law: len(law[0]), reverse=True)
    return laws


def _title_end(tokens: Tokens, index: int) -> int:
    for end in range(index, index + _NAME_LIMIT):
        token = tokens[end]
        comma = (
            token.text == "," and tokens[end + 1].kind is Kind.WORD and end > index and _listed(tokens, end)
        )
        if comma:
            continue
        if token.kind not in (Kind.WORD, Kind.NUMBER) or token.text in _STOPS:
            return end
        if token.text == token.bare and any(
            token.says(stop) for stop in ("của", "nói", "được", "thế", "này")
        ):
            return end
        if tokens.any_phrase(end, _STOP_PAIRS) is not None or _type_word(tokens, end, index):
            return end
        if token.kind is Kind.NUMBER and not re.fullmatch(r"(?:19|20)\d\d", token.text):
            return end
        if token.says("năm") and tokens[end + 1].kind is Kind.NUMBER:
            return end
    return index + _NAME_LIMIT


def _listed(tokens: Tokens, comma: int) -> bool:
    """ "Phòng, chống tham nhũng": a comma inside a name stands after one word and before lower case."""
    return not tokens[comma + 1].capital and tokens[comma - 1].capital


def _type_word(tokens: Tokens, index: int, first: int) -> bool:
    """Whether another instrument starts here, after "và" or not."""
    here = index + tokens[index].says("và")
    if here == first or not tokens[here].capital:
        return False
    return any(
        tokens.phrase(here, name.casefold()) for name in (*_BY_NAME, "Nghị định", "Nghị quyết", "Thông tư")
    )


def _enough(instrument: Instrument, tokens: Tokens, index: int, located: bool) -> bool:
    """Whether this much names an instrument where it stands."""
    if instrument.number or (instrument.is_law and instrument.name is not None):
        return True
    if instrument.this:
        return instrument.type not in _VERBS or tokens[index].capital
    if located:
        return instrument.type not in _VERBS
    return instrument.type not in _VERBS and instrument.issuer is not None and instrument.date is not None


def _with_type(instrument: Instrument) -> Instrument:
    """The type that the number's code tells, where the text does not say one."""
    if instrument.type or not instrument.number:
        return instrument
    code = re.search(r"[/-]([^\W\d_]+)(?=[-/])", instrument.number)
    return replace(instrument, type=_TYPE_OF_CODE.get(code[1]) if code else None)


def name_of(instrument: Instrument, *, short: bool = False) -> str:
    """As an official writes it; `short` (after the first mention) leaves date and issuer out."""
    if instrument.this:
        return " ".join(word for word in (instrument.type, instrument.name, "này") if word)
    said = [instrument.type or ""]
    if instrument.name:
        said.append(instrument.name)
    if instrument.number:
        said += ["số", instrument.number] if instrument.type else [instrument.number]
    if instrument.date and not (short and instrument.number):
        said.append(_spoken_date(instrument.date))
    if instrument.issuer and not (short and instrument.number):
        said += ["của", instrument.issuer]
    if instrument.annexed:
        said.insert(0, f"{instrument.annexed} ban hành kèm theo")
    return " ".join(word for word in said if word)


def _spoken_date(iso: str) -> str:
    parts = iso.split("-")
    if len(parts) == 1:
        return f"năm {iso}"
    return (
        f"ngày {int(parts[2])}/{int(parts[1])}/{parts[0]}"
        if len(parts) == 3
        else f"tháng {parts[1]}/{parts[0]}"
    )


def type_code(type_: str | None) -> str | None:
    """The code that a type has in numbers: "Nghị quyết" → "NQ"; None where it has none."""
    return next(iter(_TYPES.get(type_ or "", ())), None)
