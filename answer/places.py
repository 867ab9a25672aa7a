"""Provinces of Vietnam other than the documents' own: the old 63 and the new 34, in three scripts.

A question about one of them is answered only by a text that names it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile

from corpus.vietnamese import fold, unmarked
from retriever.language import Language
from retriever.query import Query

# Vietnamese name -> other names. Lạng Sơn is not here, nor what means something else too: peace, an ocean.
_PLACES: Mapping[str, tuple[str, ...]] = {
    "cao bằng": ("高平",), "thái nguyên": ("太原省", "越南太原"), "bắc kạn": ("北件",),
    "bắc giang": ("北江",),
    "bắc ninh": ("北宁",), "quảng ninh": ("广宁", "hạ long"), "tuyên quang": ("宣光",), "hà giang": ("河江",),
    "phú thọ": ("富寿",), "vĩnh phúc": ("永福",), "lào cai": ("老街", "sa pa", "sapa"),
    "yên bái": ("安沛",),
    "lai châu": ("莱州",), "điện biên": ("奠边",), "sơn la": ("山罗",), "hà nội": ("河内", "hanoi"),
    "hải phòng": ("海防",), "hải dương": ("海阳",), "hưng yên": ("兴安",), "ninh bình": ("宁平",),
    "hà nam": ("河南省",), "nam định": ("南定",), "thanh hóa": ("清化",), "nghệ an": ("乂安",),
    "hà tĩnh": ("河静",), "quảng bình": ("广平",), "quảng trị": ("广治",), "huế": ("顺化",),
    "đà nẵng": ("岘港",), "quảng nam": ("广南", "hội an"), "quảng ngãi": ("广义",), "bình định": ("平定",),
    "phú yên": ("富安",), "khánh hòa": ("庆和", "nha trang"), "ninh thuận": ("宁顺",),
    "bình thuận": ("平顺",),
    "kon tum": ("昆嵩",), "gia lai": ("嘉莱",), "đắk lắk": ("多乐",), "đắk nông": ("多农",),
    "lâm đồng": ("林同", "đà lạt"), "bình phước": ("平福",), "đồng nai": ("同奈",),
    "tây ninh": ("西宁省",), "bà rịa": ("巴地", "vũng tàu"), "hồ chí minh": ("胡志明", "sài gòn", "saigon"),
    "long an": ("隆安",), "đồng tháp": ("同塔",), "tiền giang": ("前江",), "bến tre": ("槟椥",),
    "vĩnh long": ("永隆",), "trà vinh": ("茶荣",), "cần thơ": ("芹苴",), "hậu giang": ("后江",),
    "sóc trăng": ("朔庄",), "an giang": ("安江",), "kiên giang": ("坚江", "phú quốc"), "bạc liêu": ("薄辽",),
    "cà mau": ("金瓯",),
}  # fmt: skip


def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(name if name >= "\u3400" else rf"\b{name}\b" for name in names))


_NAMES = {place: _pattern((place, *others)) for place, others in _PLACES.items()}
_BARE = {place: _pattern(tuple(map(unmarked, (place, *others)))) for place, others in _PLACES.items()}


def places_asked(query: Query) -> frozenset[str]:
    """The other provinces that a question names, by their Vietnamese names, folded."""
    folded = fold(query.text)
    names = _NAMES if query.language is Language.VIETNAMESE else _BARE
    text = folded if query.language is Language.VIETNAMESE else unmarked(folded)
    return frozenset(place for place, pattern in names.items() if pattern.search(text))


_COMMUNE = re.compile(r"\b(?:xã|phường|thị trấn|huyện|kcn|khu công nghiệp) ((?:\w+ ?){2,3})", re.IGNORECASE)


def communes_asked(query: Query) -> frozenset[str]:
    """The communes, wards and industrial parks that a question names with capitals, folded."""
    found = (takewhile(lambda word: word[0].isupper(), name.split()) for name in _COMMUNE.findall(query.text))
    names = (list(words) for words in found)
    return frozenset(fold(" ".join(words)) for words in names if len(words) > 1)


def names(folded: str, place: str) -> bool:
    """Whether a folded text names a place of the table."""
    return bool(_NAMES[place].search(folded))
