"""What kind of thing a question asks for, and what the text that answers it carries."""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.vietnamese import fold, unmarked


class Asks(StrEnum):
    """What kind of thing a question asks for."""

    FIGURE = "figure"
    AGENCY = "agency"
    DATE = "date"
    LIST = "list"
    OTHER = "other"


_SOME = r"(?:dua|anh|chi|em|co|bac|ba con|ong|hom|bua|nha|cai nay|cai do)"  # "mấy đứa": some, not how many
_ASKS: tuple[tuple[Asks, re.Pattern[str]], ...] = (
    (
        Asks.DATE,
        re.compile(
            r"\b(?:khi nao|bao gio|ngay nao|nam nao|thoi han|han (?:cuoi|chot|nop)|truoc ngay)\b"
            r"|\b(?:when|deadline)\b"
        ),
    ),
    (
        Asks.AGENCY,
        re.compile(
            r"\b(?:co quan nao|don vi nao|so nao|ban nao|ai|giao cho|dau moi|chiu trach nhiem)\b"
            r"|\b(?:which agency|who)\b"
        ),
    ),
    (
        Asks.FIGURE,
        re.compile(
            rf"\b(?:bao nhieu|may(?! {_SOME}\b)|ty le|ti le|muc tieu .* dat|dien tich|tong thu"
            r"|how (?:many|much))\b|多少|几"
        ),
    ),
    (Asks.LIST, re.compile(r"\b(?:nhung|cac|ke ten|liet ke|gom|bao gom|list|which)\b|哪")),
)
_CARRIES = {
    Asks.FIGURE: re.compile(r"\d"),
    Asks.DATE: re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\bngày\b|\btháng\b|\bnăm \d{4}|\b\d{4}\b"),
    Asks.AGENCY: re.compile(
        r"\b(?:Sở|UBND|Ủy ban|Uỷ ban|HĐND|Ban|Bộ|Cục|Trung tâm|Công an|Chánh|Chủ tịch|Thủ trưởng|Giám đốc)\b"
    ),
}


def asks(question: str) -> Asks:
    """What kind of thing a question asks for, read with or without marks."""
    bare = unmarked(fold(question))
    return next((kind for kind, pattern in _ASKS if pattern.search(bare)), Asks.OTHER)


def carries(kind: Asks, text: str) -> bool:
    """Whether a text carries the kind of thing; False where any text would."""
    pattern = _CARRIES.get(kind)
    return bool(pattern and pattern.search(text))
