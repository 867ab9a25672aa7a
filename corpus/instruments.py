"""Naming an instrument: "Nghị quyết số 19/2025/NQ-HĐND ngày 15/7/2025 của HĐND tỉnh", "Luật Du lịch 2017".

`read_instrument` reads one where it stands; it never asks whether such an instrument exists. What it puts
together is read in corpus/instrument_types.py, cited_dates.py, issuers.py, cited_laws.py and title_words.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.cited_dates import read_date
from corpus.cited_laws import read_law_name
from corpus.document_numbers import ISSUER_CODES
from corpus.instrument_types import (
    ANNEXABLE,
    BY_NAME,
    EVERYDAY,
    OPENERS,
    TYPE_OF_CODE,
    opening_of,
    read_type,
    type_code,
)
from corpus.issuers import read_issuer
from corpus.title_words import FEWEST_OF_TITLE, ends_place, quoted_title, title_end, typed_end
from corpus.tokens import Kind, Token, Tokens, Words, phrase_set, words

__all__ = ["OPENERS", "Instrument", "name_of", "read_instrument", "type_code"]


@dataclass(frozen=True, slots=True)
class Instrument:
    """What a citation says of the instrument; None where it says nothing."""

    type: str | None = None  # "Nghị quyết"
    number: str | None = None  # "19/2025/NQ-HĐND", or as much as is said: "19", "19/2025"
    name: str | None = None  # "Bảo vệ môi trường", or words of the title
    issuer: str | None = None  # "HĐND tỉnh", as written
    date: str | None = None  # ISO 8601, as much as is said: "2025-07-15", "2026-02", "2020"
    this: bool = False  # "Nghị quyết này"
    annexed: str | None = None  # "Quy chế" of "Quy chế ban hành kèm theo Quyết định số …"
    above: bool = False  # "Luật nêu trên": one that was named before

    @property
    def is_law(self) -> bool:
        """Whether it is cited by name, as laws are."""
        return self.type in BY_NAME


# Cited by their bare number: "Nghị quyết 19", "NĐ 08/2022". "Kế hoạch 5 năm" is none of these.
BARE_NUMBERED = frozenset({"Nghị quyết", "Nghị định", "Quyết định", "Thông tư", "Chỉ thị", "Kế hoạch"})
_COUNTED = Words(
    words(
        "tháng ngày tỷ tỉ triệu nghìn ngàn đồng nội dự nhiệm khu điểm xã phường tỉnh huyện giai đợt "
        "lần quý nhóm chỉ mục việc vấn giải người hộ bước loại cấp khóa phút giờ tuần cuộc chương trang "
        "chữ tuổi thôn bản dòng trường hợp đơn vị văn bộ"
    )
)
_SHORT_NUMBER = re.compile(r"(?P<n>\d{1,4}[a-z]?)(?:\s*/\s*(?P<y>(?:19|20)\d\d))?(?![\w/%]|[.,]\d|\s*-\s*\d)")
_ANNEXED_BY = phrase_set(
    "được ban hành kèm theo", "ban hành kèm theo", "ban hành theo", "đính kèm theo", "kèm theo"
)
_THIS = phrase_set("này")
_ABOVE = phrase_set("nêu trên", "nói trên", "trên đây", "đã nêu", "đã dẫn")
_NATION = phrase_set(
    "nước cộng hòa xã hội chủ nghĩa việt nam", "nước chxhcn việt nam", "nước việt nam dân chủ cộng hòa"
)
_TITLE_LIMIT = 50  # words of what is annexed


def read_instrument(tokens: Tokens, index: int, *, located: bool) -> tuple[Instrument, int] | None:
    """The instrument named at `index` and the index after it, or None.

    `located`: a locator stands before it, so a bare type or title words are enough to name it.
    """
    typed = read_type(tokens, index, located=located)
    instrument, here = (
        (Instrument(typed.type, name=typed.name), typed.after) if typed else (Instrument(), index)
    )
    if typed is None and not _is_known_number(tokens[index]):
        return None
    while (read := _particular(tokens, here, instrument, located)) is not None:
        instrument, here = read
    if not _enough(instrument, tokens, index, located):
        return None
    return _with_type(instrument), here


def _is_known_number(token: Token) -> bool:
    """A document number whose codes leave no doubt; "02/ĐK" may be a form's."""
    if token.kind is not Kind.INSTRUMENT:
        return False
    alone = re.fullmatch(r"\d+[a-z]?/([^\W\d_]+)", token.number)
    return alone is None or alone[1] in TYPE_OF_CODE or alone[1] in _LETTER_WRITERS


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


def _skip_joint(tokens: Tokens, index: int, known: Instrument) -> int:
    """Past a comma or bracket between the parts of a name, where a number, date or issuer follows."""
    joint = tokens[index].text in (",", "(", ".") and (known.number or known.name or known.type)
    return index + 1 if joint and not tokens.opens_line(index + 1) else index


def _annexed(tokens: Tokens, index: int, known: Instrument) -> tuple[Instrument, int] | None:
    """ "Quy chế … ban hành kèm theo Quyết định số …": the instrument is the decision."""
    if known.type is None or known.annexed or known.number or known.is_law:
        return None
    after = _ANNEXED_BY.at(tokens, index) or _past_title(tokens, index, known)
    inner = read_type(tokens, after[1]) if after is not None else None
    return (Instrument(inner.type, name=inner.name, annexed=known.type), inner.after) if inner else None


def _past_title(tokens: Tokens, index: int, known: Instrument) -> tuple[None, int] | None:
    """Past the title of what is annexed, where a numbered or a present instrument follows."""
    if known.type not in ANNEXABLE or known.name or known.issuer or known.date:
        return None
    opening = opening_of(tokens, index, known.type)
    if opening is None or not tokens[opening].capital:
        return None
    for end in range(index, index + _TITLE_LIMIT):
        token = tokens[end]
        if token.kind not in (Kind.WORD, Kind.NUMBER) and token.text not in (",", "-", "(", ")"):
            return None
        if (found := _ANNEXED_BY.at(tokens, end)) is not None:
            return found
        if token.capital and read_type(tokens, end) is not None:
            return None
    return None


def _numbered(tokens: Tokens, index: int, known: Instrument) -> tuple[Instrument, int] | None:
    if known.number:
        return None
    said = tokens[index].says("số")
    index += said
    index += said and tokens[index].text == ":"
    if tokens[index].kind is Kind.INSTRUMENT:
        return replace(known, number=tokens[index].number), index + 1
    if not (known.type in BARE_NUMBERED or (said and known.type)) or (known.name and not said):
        return None
    return _short_number(tokens, index, known, said)


def _short_number(tokens: Tokens, index: int, known: Instrument, said: bool) -> tuple[Instrument, int] | None:
    matched = tokens.match(index, _SHORT_NUMBER)
    if matched is None:
        return None
    found, after = matched
    if not said and not found["y"]:
        span = tokens[after].says("năm") and not re.fullmatch(r"(?:19|20)\d\d", tokens[after + 1].text)
        dated = tokens[after].says("ngày") and tokens[after + 1].kind is Kind.NUMBER
        counted = span or (tokens[after] in _COUNTED and not dated)
        typed = opening_of(tokens, index, known.type)
        verb = typed is not None and not tokens[typed].capital  # "quyết định 2 việc"
        small = len(found["n"]) < 2 and (known.type == "Kế hoạch" or verb)
        year = 1900 <= int(found["n"].rstrip("abcdefghijklmnopqrstuvwxyz")) <= 2100
        if counted or small or year:
            return None
    number = found["n"] + (f"/{found['y']}" if found["y"] else "")
    return replace(known, number=number), after


def _dated(tokens: Tokens, index: int, known: Instrument) -> tuple[Instrument, int] | None:
    read = None if known.date else read_date(tokens, index, bare_year=known.is_law)
    return (replace(known, date=read[0]), read[1]) if read else None


def _issued(tokens: Tokens, index: int, known: Instrument) -> tuple[Instrument, int] | None:
    read = None if known.issuer else read_issuer(tokens, index, known.number)
    return (replace(known, issuer=read[0]), read[1]) if read else None


def _this(tokens: Tokens, index: int, known: Instrument) -> tuple[Instrument, int] | None:
    if known.type is None or known.number:
        return None
    if (this := _THIS.at(tokens, index)) is not None:
        return replace(known, this=True), this[1]
    above = _ABOVE.at(tokens, index)
    return (replace(known, above=True), above[1]) if above is not None else None


def _named(tokens: Tokens, index: int, known: Instrument, located: bool) -> tuple[Instrument, int] | None:
    if known.name is not None or known.type is None:
        return None
    if known.number and tokens[index].capital and tokens.opens_line(index):
        return None  # a title on its own line, below "Luật số: …"
    if known.type == "Hiến pháp":
        nation = _NATION.at(tokens, index)
        return replace(known, name=""), nation[1] if nation else index
    if known.type in BY_NAME:
        law = read_law_name(tokens, index)
        return (replace(known, name=law[0]), law[1]) if law else None
    if known.number or (known.type in EVERYDAY and not (located and _is_title(tokens, index, known))):
        return None
    quoted = quoted_title(tokens, index)
    if quoted is not None and (located or tokens[index - 1].capital or known.issuer):
        return replace(known, name=tokens.written(tokens[index + 1].start, tokens[quoted - 2].end)), quoted
    if not located:
        return _whole_title(tokens, index, known)
    index += tokens[index].says("về")
    index += tokens[index].says("việc")
    end = title_end(tokens, index)
    if end == index + 1 and not known.date and re.fullmatch(r"20\d\d", tokens[index].text):
        end = title_end(tokens, end)  # "Quyết định 2026 phê duyệt …"
    if end == index:
        return None
    return replace(known, name=tokens.written(tokens[index].start, tokens[end - 1].end)), end


def _is_title(tokens: Tokens, index: int, known: Instrument) -> bool:
    """Whether "Quy định …" behind a locator is a name, not the verb: one capital, not all."""
    opening = opening_of(tokens, index, known.type)
    if opening is None or not tokens[opening].capital:
        return False
    return not tokens.is_upper(tokens[opening].start, tokens[index - 1].end)


def _whole_title(tokens: Tokens, index: int, known: Instrument) -> tuple[Instrument, int] | None:
    """A title without number or locator, where it is all that is typed, or its issuer is named too.

    In a running text nothing else shows where such a title ends.
    """
    opening = opening_of(tokens, index, known.type)
    opening = index - 1 if opening is None else opening  # "QĐ", "KH"
    if not tokens[opening].capital or known.issuer or known.date:
        return None
    if opening == 0 and known.type not in _NO_TITLE_ALONE:
        end = typed_end(tokens, index)
        if end is not None:
            return replace(known, name=tokens.written(tokens[index].start, tokens[end - 1].end)), end
    end = title_end(tokens, index)
    if end - index < FEWEST_OF_TITLE:
        return None
    begins = opening == 0 and not tokens.opens_line(index)  # else it is a text's own heading
    if _issued(tokens, end, known) is None and not (begins and _is_specific(tokens, index, end, known)):
        return None
    return replace(known, name=tokens.written(tokens[index].start, tokens[end - 1].end)), end


def _is_specific(tokens: Tokens, index: int, end: int, known: Instrument) -> bool:
    """Whether a title says where or when, so that it is no common word: "… tỉnh Lạng Sơn", "… năm 2026"."""
    if end - index < _SPECIFIC_TITLE or known.type in _NO_TITLE_ALONE:
        return False
    year = re.fullmatch(r"(?:19|20)\d\d", tokens[end - 1].text) is not None
    return year or ends_place(tokens, end) or read_date(tokens, end, bare_year=True) is not None


_SPECIFIC_TITLE = 4  # words at least
_NO_TITLE_ALONE = frozenset(
    {"Chương trình", "Chương trình hành động", "Đề án"}
)  # "Chương trình OCOP" is no text


def _enough(instrument: Instrument, tokens: Tokens, index: int, located: bool) -> bool:
    """Whether this much names an instrument where it stands."""
    if instrument.number or (instrument.is_law and instrument.name is not None):
        return True
    if instrument.this or instrument.above:
        return located or instrument.type not in EVERYDAY or tokens[index].capital
    if located:
        return instrument.type not in EVERYDAY or instrument.name is not None
    if instrument.type in EVERYDAY:
        return False
    return instrument.name is not None or (instrument.issuer is not None and instrument.date is not None)


def _with_type(instrument: Instrument) -> Instrument:
    """The type that the number's code tells, where the text does not say one."""
    if instrument.type or not instrument.number:
        return instrument
    code = re.search(r"[/-]([^\W\d_]+)(?=[-/])", instrument.number)
    if code is None:
        return instrument
    letter = "Công văn" if code[1] in _LETTER_WRITERS else None  # 4039/BGDĐT-GDTX: who writes stands first
    return replace(instrument, type=TYPE_OF_CODE.get(code[1], letter))


_LETTER_WRITERS = frozenset(ISSUER_CODES) - frozenset(TYPE_OF_CODE)


def name_of(instrument: Instrument, *, short: bool = False) -> str:
    """As an official writes it; `short` (after the first mention) leaves date and issuer out."""
    if instrument.this or instrument.above:
        pointer = "này" if instrument.this else "nêu trên"
        return " ".join(word for word in (instrument.type, instrument.name, pointer) if word)
    said = [instrument.type or ""]
    if instrument.name:
        said.append(instrument.name)
    if instrument.number:
        lettered = not instrument.number[0].isdigit()  # "QCVN 02:2019/BLĐTBXH" has no "số"
        said += [instrument.number] if lettered or not instrument.type else ["số", instrument.number]
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
