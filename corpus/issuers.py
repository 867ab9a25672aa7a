"""Who issued an instrument, behind its number: "của Ban Thường vụ Tỉnh ủy", "của UBND tỉnh Lạng Sơn"."""

from __future__ import annotations

import re

from corpus.instrument_types import read_type
from corpus.locators import starts_locator
from corpus.place_names import PLACES, PROVINCES
from corpus.tokens import Kind, Tokens, phrase_set, words
from corpus.vietnamese import unmarked

_PLACE = r"(?:\s+(?:tinh|thanh pho|huyen|xa|phuong|thi xa|dac khu)\b)?"
_ISSUER = re.compile(
    (
        r"(?:"
        rf"(?:chu tich\s+)?(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd){_PLACE}"
        r"|(?:ban (?:thuong vu|chap hanh)|btv|bch)"
        r"(?:\s+(?:tinh uy|thanh uy|dang bo tinh|trung uong(?:\s+dang)?))?"
        r"|thu tuong(?:\s+chinh phu)?|ttgcp|chinh phu|uy ban thuong vu quoc hoi|ubtvqh|quoc hoi"
        r"|bo chinh tri|ban bi thu|tinh uy|thanh uy|chu tich nuoc"
        r"|hoi dong tham phan|hoi dong tham dinh|toa an nhan dan toi cao|vien kiem sat nhan dan toi cao"
        r"|(?:bo truong\s+)?bo(?=\s)|(?:giam doc\s+)?so(?=\s)|tinh|trung uong"
        r")(?![^\W_])"
    ).replace(" ", r"\s+")
)
_HALVES = frozenset(words("văn thể du công nông lao khoa giáo tài nội ngoại tư y thông kế xây dân"))
_PROVINCE = phrase_set("tỉnh", "thành phố")
_ISSUER_LIMIT = 16  # words of the name that goes on from an issuer


def read_issuer(tokens: Tokens, index: int, number: str | None) -> tuple[str, int] | None:
    """The issuer behind "của" or "do" at `index` and the index after it; `number`: said before it."""
    if not (tokens[index].says("của") or tokens[index].says("do")):
        return _placed(tokens, index, number)
    matched = tokens.match(index + 1, _ISSUER)
    if matched is None:
        return None
    start, after = tokens[index + 1].start, matched[1]
    after = _place_name(tokens, after) or _capitalised(tokens, after)
    said = tokens.written(start, tokens[after - 1].end)
    return _printed(said) or said, after


def _placed(tokens: Tokens, index: int, number: str | None) -> tuple[str, int] | None:
    """ "03/2024/NQ-HĐND tỉnh Lạng Sơn": the code says who, the words say where."""
    code = (number or "").rpartition("-")[2]
    local = code in ("HĐND", "UBND") and tokens[index - 1].kind is Kind.INSTRUMENT
    where = _PROVINCE.at(tokens, index) if local else None
    after = PLACES.at(tokens, where[1]) if where is not None else None
    if after is None:
        return None
    said = tokens.written(tokens[index].start, tokens[after[1] - 1].end)
    return f"{code} {_printed(said) or said}", after[1]


def _place_name(tokens: Tokens, index: int) -> int | None:
    """Past a province's name in whatever case: "ubnd tinh lang son"."""
    local = tokens[index - 1].says("tỉnh") or tokens[index - 1].says("ủy") or tokens[index - 1].says("phố")
    found = PLACES.at(tokens, index) if local else None
    return found[1] if found else None


def _capitalised(tokens: Tokens, index: int) -> int:
    """Past the name that goes on from an issuer: "… tỉnh Lạng Sơn", "Bộ Văn hóa, Thể thao và Du lịch"."""
    limit = index + _ISSUER_LIMIT
    while index < limit:
        step = index
        while tokens[step].text == "," or tokens[step].says("và"):
            step += 1
        word, after = tokens[step], tokens[step + 1]
        another = step > index and (
            read_type(tokens, step) or tokens.match(step, _ISSUER) or starts_locator(tokens, step)
        )
        if word.kind is not Kind.WORD or not word.capital or another or step > index + 1:
            return index
        lower_half = after.kind is Kind.WORD and not after.capital and after.spaced and word.text in _HALVES
        index = step + (2 if lower_half else 1)
    return index


def _printed(said: str) -> str | None:
    """ "hdnd tinh lang son" → "HĐND tỉnh Lạng Sơn"; None where it is written with care, or not all known."""
    if any(letter.isupper() for letter in said):
        return None
    rest, printed = unmarked(said).split(), []
    while rest:
        length = next((n for n in range(len(rest), 0, -1) if " ".join(rest[:n]) in _PRINTED), 0)
        if not length:
            return None
        printed.append(_PRINTED[" ".join(rest[:length])])
        rest = rest[length:]
    return " ".join(printed)


_PRINTED = {
    unmarked(name): name
    for name in (
        *("BTV BCH HĐND UBND TTgCP UBTVQH tỉnh huyện xã phường".split()),
        *("Hội đồng nhân dân", "Ủy ban nhân dân", "Chủ tịch", "thành phố", "Thủ tướng", "Chính phủ"),
        *("Thủ tướng Chính phủ", "Quốc hội", "Ủy ban Thường vụ Quốc hội", "Bộ Chính trị", "Ban Bí thư"),
        *("Tỉnh ủy", "Thành ủy", "Ban Thường vụ", "Ban Chấp hành", "Trung ương", "Đảng", "Chủ tịch nước"),
        *PROVINCES,
    )
}
