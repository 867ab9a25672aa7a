"""What an answer must carry besides the subject: the measure that is counted, the years, the province.

A passage near a question that speaks of another year, another province or another measure is the
commonest wrong answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from corpus.vietnamese import fold, unmarked
from retriever.query import Query

UNASKED = 0.5  # what a demand counts when the question makes none

_YEAR = re.compile(r"(?<![\d./])(?:19|20)\d\d(?![\d./])")

# Measures that people name otherwise than documents do; every other noun is looked for as it is typed.
_MONEY = r"\d[\d.,]*\s*(?:-\s*\d[\d.,]*\s*)?(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng|vnd|usd)\b"
_MEASURES: tuple[tuple[str, str], ...] = (
    (
        r"(?:bao nhieu|may) (?:la )?(?:tien|kinh phi|von)"
        r"|(?:gia|ve|phi|le phi|cuoc|tien phong|hoc phi|muc phat)\b.*(?:bao nhieu|the nao|may)"
        r"|het (?:bao nhieu|may)|ton (?:bao nhieu|may)|how much",
        _MONEY,
    ),
    (r"(?:bao nhieu|may) (?:nghin |tram |chuc )?(?:ty|trieu)\b", _MONEY),
    (
        r"(?:bao nhieu|may) (?:ha|hec ?ta)\b|rong (?:bao nhieu|may)|dien tich",
        r"\d\s*(?:ha|héc ta|km2|km²|m2|m²)\b",
    ),
    (r"(?:bao nhieu|may) phan tram|ty le|ti le|what (?:share|percentage)", r"\d\s*%|\d\s*phần trăm"),
    (r"(?:bao nhieu|may) (?:met khoi|khoi|m3)", r"\d\s*(?:triệu\s*)?(?:m3|m³|mét khối)"),
    (r"(?:bao nhieu|may) (?:km|cay so|ki lo met|kilomet)|dai (?:bao nhieu|may)|how long", r"\d\s*(?:km|m)\b"),
    (r"so dien thoai|hotline|dien thoai|phone", r"\d{9,}|\d{3,4}[ .]\d{3,4}[ .]\d{3,4}"),
    (r"(?:may|luc may|bao nhieu) gio\b|gio mo cua|opening hours", r"\d+ ?(?:giờ|h)\b"),
    (r"\bemail\b|\bfanpage\b|dia chi (?:trang|web)|\bwebsite\b|trang web", r"www|http|@|\.vn|\.com"),
)
# What something costs is not what it is supported with: an amount counts only where a price is spoken of.
_PRICE = re.compile(
    r"\b(?:vé|giá(?! trị)|cước|lương(?! thực)|tiền phòng|mức phạt)\b|(?<!kinh )(?<!chi )\bphí\b"
)
_COUNTED = re.compile(r"bao nhiêu\s+((?:[^\W\d_]+\s*){1,3})")  # "mấy" is as often a plural as a question
# Of other provinces the documents say next to nothing: one that is asked about must stand in the answer.
# (Thái Bình is a commune of Lạng Sơn too, hòa bình is peace: left out.)
_PROVINCES = re.compile(
    r"\b(?:"
    r"cao bằng|thái nguyên|bắc ninh|quảng ninh|tuyên quang|phú thọ|lào cai|lai châu|điện biên|"
    r"sơn la|hà nội|hải phòng|hưng yên|ninh bình|thanh hóa|nghệ an|hà tĩnh|quảng trị|huế|"
    r"đà nẵng|quảng ngãi|gia lai|khánh hòa|đắk lắk|lâm đồng|đồng nai|hồ chí minh|tây ninh|"
    r"đồng tháp|vĩnh long|cần thơ|an giang|cà mau|bắc giang|bắc kạn|hà giang|yên bái|"
    r"vĩnh phúc|hải dương|nam định|hà nam"
    r")\b"
)
_NO_NOUN = frozenset(
    "thì là vậy thế rồi nữa ạ nhỉ đây và trong ở tại vào cho của so năm để được bị mới đến khi hả à "
    "ngày tháng".split()
)


@dataclass(frozen=True)
class Demands:
    """What a query demands of its answer."""

    query: Query

    def ruled_out(self, near: str, around: str) -> bool:
        """Whether a text cannot be the answer, however near it is.

        It lacks the amount, price, area, share, length, number or address asked for, or the province,
        or it and all around it speak of other years.
        """
        if self.strict and self.measured(near) == 0.0:
            return True
        if self.price and not _PRICE.search(fold(near)):
            return True
        folded = fold(f"{near} {around}")
        if any(name not in folded for name in self.provinces):
            return True
        return bool(self.years) and not self.years & frozenset(_YEAR.findall(f"{near} {around}"))

    @cached_property
    def provinces(self) -> frozenset[str]:
        """Other provinces that the question is about."""
        return frozenset(_PROVINCES.findall(fold(self.query.text)))

    @cached_property
    def strict(self) -> bool:
        """Whether the measure is one that cannot be said otherwise."""
        bare = unmarked(fold(self.query.text))
        return any(re.search(asked, bare) for asked, _ in _MEASURES)

    @cached_property
    def price(self) -> bool:
        """Whether a price is asked for: a ticket, a fee, a fare, a wage."""
        given = self.measure.pattern if self.measure else ""
        return given == _MONEY and bool(_PRICE.search(fold(self.query.text)))

    @cached_property
    def years(self) -> frozenset[str]:
        """Years the question names."""
        return frozenset(_YEAR.findall(self.query.text))

    @cached_property
    def measure(self) -> re.Pattern[str] | None:
        """What must stand in a text that gives the figure asked for."""
        bare = unmarked(fold(self.query.text))
        for asked, given in _MEASURES:
            if re.search(asked, bare):
                return re.compile(given, re.IGNORECASE)
        found = _COUNTED.search(fold(self.query.text))
        noun = [word for word in found[1].split() if word not in _NO_NOUN] if found else []
        if not noun or found is None or found[1].split()[0] in _NO_NOUN:
            return None
        return re.compile(rf"\d[\d.,]*\s+(?:\S+\s+){{0,2}}{re.escape(noun[0])}\b", re.IGNORECASE)

    def measured(self, near: str) -> float:
        """1 when the measure asked for stands in the text, 0 when not, UNASKED when none is asked for."""
        if self.measure is None:
            return UNASKED
        return 1.0 if self.measure.search(fold(near)) else 0.0
