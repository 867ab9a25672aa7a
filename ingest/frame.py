"""The frame of an instrument: where its body begins, and where closing words, recipients, signature begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingest.markers import Mark, Marker

RECIPIENTS = re.compile(r"N[ơƠ][iI] [nN][hH][ậẬ][nN]\s*:")
_OFFICES = (
    "CHỦ TỊCH|PHÓ CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|TỔNG BÍ THƯ|BÍ THƯ|PHÓ BÍ THƯ"
    "|GIÁM ĐỐC|PHÓ GIÁM ĐỐC|CHÁNH VĂN PHÒNG|PHÓ CHÁNH VĂN PHÒNG|CHỦ NHIỆM|PHÓ CHỦ NHIỆM|CỤC TRƯỞNG"
    "|TỔNG CỤC TRƯỞNG|VIỆN TRƯỞNG|CHÁNH ÁN|TỔNG THANH TRA|TỔNG KIỂM TOÁN|THỐNG ĐỐC|TRƯỞNG BAN|PHÓ TRƯỞNG BAN"
    "|CHÁNH THANH TRA"
)
SIGNS = re.compile(
    rf"(?:TM|KT|TL|TUQ|Q)\.\s?[^a-z]+$|[TK]/[MTL]\s[^a-z]+$|XÁC THỰC VĂN BẢN HỢP NHẤT|(?:{_OFFICES})"
    r"(?: QUỐC HỘI| NƯỚC| HỘI ĐỒNG NHÂN DÂN| ỦY BAN NHÂN DÂN| BỘ [^a-z]+| VĂN PHÒNG[^a-z]*)?$"
)
_CLOSING = re.compile(
    r"Trên đây là|(?:Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết) này (?:đã )?được .{3,90} thông qua"
)
_CITES = re.compile(r"Căn cứ|Xét ")  # a legal basis, whatever it ends with
_PROSE = re.compile(r"(?:Thực hiện|Theo |Để |Trên cơ sở|Thi hành|Triển khai).*[.;:,/]$")
_ENACTS = re.compile(r"[A-ZĐÀ-Ỹ ]+:$")  # "QUYẾT NGHỊ:"
_ADDRESSEE = re.compile(r"Kính gửi|Kính trình|Số\s*:|\(")
_LONG = 80  # characters: no line of a head that ends like a sentence is as long


class Tail(NamedTuple):
    """Indices at which the parts behind the body begin; the number of paragraphs where there is none."""

    closing: int
    behind: int  # the first of recipients and signature


def opens_preamble(text: str) -> bool:
    """Whether a paragraph of the head is the first of the preamble, or of the prose before the body."""
    if _CITES.match(text) or _PROSE.match(text):
        return True
    if text[0] in "-–+" or _ADDRESSEE.match(text) or text.isupper():
        return False
    return len(text) >= _LONG and text.endswith((".", ":", ";"))


def body_floor(texts: Sequence[str | None], markers: Sequence[Marker | None]) -> int:
    """The index before which no unit can stand.

    A consolidated law lists what amended it as 1., 2., … above its "Căn cứ"; its body begins below them.
    """
    words = (Mark.PART, Mark.CHAPTER, Mark.SECTION, Mark.ARTICLE)
    first = next((place for place, m in enumerate(markers) if m and m.mark in words), None)
    if first is None:
        return 0
    above = [
        place
        for place, text in enumerate(texts[:first])
        if text and (_CITES.match(text) or _ENACTS.match(text))
    ]
    return above[-1] + 1 if above else 0


def tail(texts: Sequence[str | None], markers: Sequence[Marker | None], floor: int) -> Tail:
    """Where the parts behind the body begin. `floor`: the first unit stands here or below."""
    first = next((n for n, m in enumerate(markers) if n >= floor and m and _opens_body(m)), len(texts))
    last = max((n for n, m in enumerate(markers) if m and Mark.PART <= m.mark <= Mark.ROMAN), default=-1)
    behind = next(
        (
            place
            for place, text in enumerate(texts)
            if text
            and (
                (RECIPIENTS.match(text) and (place > first or first == len(texts)))
                or (place > max(first, last) and SIGNS.match(text))
            )
        ),
        len(texts),
    )
    closing = behind
    for place in range(behind - 1, first, -1):
        text, marker = texts[place], markers[place]
        if marker is not None and marker.mark <= Mark.SUBLETTER:
            break
        if text and _CLOSING.match(text):
            closing = place
    return Tail(closing, behind)


def _opens_body(marker: Marker) -> bool:
    return Mark.PART <= marker.mark <= Mark.DOTTED
