"""Names of provinces and cities, so that an issuer is read whole in whatever case it is typed.

Those before and after the mergers of 2025; a name that is not listed is still read with its capitals.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.tokens import phrase_set
from corpus.vietnamese import unmarked

_NAMES = """
an giang, bà rịa - vũng tàu, bạc liêu, bắc giang, bắc kạn, bắc ninh, bến tre, bình dương, bình định,
bình phước, bình thuận, cà mau, cao bằng, cần thơ, đà nẵng, đắk lắk, đắk nông, điện biên, đồng nai,
đồng tháp, gia lai, hà giang, hà nam, hà nội, hà tĩnh, hải dương, hải phòng, hậu giang, hòa bình,
hồ chí minh, huế, hưng yên, khánh hòa, kiên giang, kon tum, lai châu, lạng sơn, lào cai, lâm đồng, long an,
nam định, nghệ an, ninh bình, ninh thuận, phú thọ, phú yên, quảng bình, quảng nam, quảng ngãi, quảng ninh,
quảng trị, sóc trăng, sơn la, tây ninh, thái bình, thái nguyên, thanh hóa, thừa thiên huế, tiền giang,
trà vinh, tuyên quang, vĩnh long, vĩnh phúc, yên bái
"""
PROVINCES = tuple(" ".join(name.split()).title() for name in _NAMES.split(","))
PLACES = phrase_set(*map(str.casefold, PROVINCES))


@lru_cache(maxsize=4096)
def province_in(text: str) -> str | None:
    """The first province or city that a text names with its word: "quy hoạch tỉnh Bắc Ninh" → "bac ninh"."""
    found = _province().search(" ".join(unmarked(text).split()))
    return found["name"] if found else None


@lru_cache(maxsize=1)
def _province() -> re.Pattern[str]:
    names = "|".join(sorted(map(unmarked, PROVINCES), key=len, reverse=True))
    return re.compile(rf"\b(?:tinh|thanh pho|tp\.?) (?P<name>{names})\b")
