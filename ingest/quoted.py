"""Amendments: the text that an instrument puts into another, between quotation marks, over any number of
paragraphs. It has marks of its own ("Điều 5.") that are not units of the instrument that quotes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.repair import Paragraph

OPENING = '“"„«'
_AMENDS = re.compile(r"(?i:sửa đổi|bổ sung|thay thế|thay cụm từ|thay bằng|như sau)")
_LONGEST = 500  # paragraphs in one quotation; a mark that closes it later belongs to another
_CLOSED = re.compile(r"[”\"»][.;,:/]*(?:\[[0-9]+\])?(?:\s*(?:và|hoặc))?[.;,/]*$")
# What goes on in the amending instrument when a closing quotation mark was forgotten.
_GOES_ON = re.compile(
    r"(?:(?:[0-9]{1,2}[a-eđ]?\.|[a-zđ]\)|Điều [0-9]+[a-zđ]?\.)\s*(?:Sửa đổi|Bổ sung|Thay|Bãi bỏ|H[uủ][yỷ] bỏ"
    r"|Khoản|Điểm|Điều|Tên|Đoạn|Cụm từ|Chương|Mục|Phụ lục|Hiệu lực|Tổ chức|Trách nhiệm)|Nơi nhận\s*:)"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, and the number of the quotation it belongs to."""

    paragraph: Paragraph
    quotation: int | None = None

    @property
    def text(self) -> str:
        return self.paragraph.reading.text


def blocks(paragraphs: Sequence[Paragraph]) -> list[Block]:
    """The paragraphs with quoted amendments told apart; one that opens inside a paragraph splits it."""
    texts = [None if p.footnote or p.table is not None else p.reading.text for p in paragraphs]
    made: list[Block] = []
    said, position, number = "", 0, 0  # what was last said outside of any quotation
    while position < len(paragraphs):
        text = texts[position]
        offset = _opens(text, said) if text is not None else None
        if text is None or offset is None:
            made.append(Block(paragraphs[position]))
            said = text or said
            position += 1
            continue
        end = _end(texts, position, offset)
        number += 1
        first = paragraphs[position]
        if offset:
            before, after = first.reading.cut(0, offset), first.reading.cut(offset, len(text))
            made.append(Block(replace(first, reading=before)))
            said, first = before.text, replace(first, reading=after)
        made += [Block(one, number) for one in (first, *paragraphs[position + 1 : end])]
        position = end
    return made


def _opens(text: str, said: str) -> int | None:
    """Where a quotation begins that goes over the end of the paragraph, or fills it; None where none does."""
    if text[:1] and text[0] in OPENING and _AMENDS.search(said) and _fills(text):
        return 0
    found = re.search(rf":\s*([{OPENING}])", text)
    if found and _AMENDS.search(text[: found.start()]) and _depth(text[found.start(1) :], found[1]) > 0:
        return found.start(1)
    return None


def _fills(text: str) -> bool:
    """Whether the quotation that opens `text` is open at its end, or ends with it: not “Một cửa” là …"""
    depth = 0
    for place, sign in enumerate(text):
        depth = _deeper(depth, sign, text[0])
        if depth == 0:
            return bool(_CLOSED.match(text[place:]))
    return True


def _deeper(depth: int, sign: str, opening: str) -> int:
    if opening == '"':
        return 1 - depth if sign == '"' else depth
    return depth + (sign in "“„«") - (sign in "”»")


def _depth(text: str, opening: str, depth: int = 0) -> int:
    """How many quotations are open at the end of `text`, `depth` at its beginning."""
    if opening == '"':
        return (depth + text.count('"')) % 2
    return depth + sum(text.count(sign) for sign in "“„«") - sum(text.count(sign) for sign in "”»")


def _end(texts: Sequence[str | None], start: int, offset: int) -> int:
    """The index behind the last paragraph of the quotation that opens at `offset` of `texts[start]`."""
    opening = (texts[start] or "")[offset]
    depth = 0
    for place in range(start, min(start + _LONGEST, len(texts))):
        depth = _depth((texts[place] or "")[offset if place == start else 0 :], opening, depth)
        if depth <= 0:
            return place + 1
    return _end_of_unbalanced(texts, start)


def _end_of_unbalanced(texts: Sequence[str | None], start: int) -> int:
    """A mark was forgotten: up to where the amending instrument visibly goes on, else one paragraph."""
    places = range(start, min(start + _LONGEST, len(texts)))
    closings = [place for place in places if _CLOSED.search(texts[place] or "")]
    for place in closings:
        following = next(
            (text for text in texts[place + 1 : start + _LONGEST] if text is not None), "Nơi nhận:"
        )
        if _GOES_ON.match(following) or following[0] in OPENING:
            return place + 1
    if closings:
        return closings[0] + 1
    return next((place for place in places[1:] if _GOES_ON.match(texts[place] or "")), start + 1)


def unquoted(text: str) -> int:
    """How many opening quotation marks and spaces `text` begins with."""
    return len(text) - len(text.lstrip(OPENING + " "))
