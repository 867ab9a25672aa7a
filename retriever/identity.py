"""Is it the same instrument? Citation against citation, citation against what is held.

A number alone is not enough where it carries no year: 258/KH-UBND comes back every year and in every
province, so issuer and date must agree as far as both are said. `19/NQ-HĐND` of 15/7/2025 and
`19/2025/NQ-HĐND` are one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.document import Metadata
from corpus.instruments import Instrument
from corpus.place_names import province_in
from corpus.vietnamese import syllables, unmarked

ALL_OF_IT = 1.0
ENOUGH_OF_NAME = 0.6  # share of the cited title words that stand in the document's title
_LONG_FORMS = {
    "btv": "ban thuong vu",
    "bch": "ban chap hanh",
    "hdnd": "hoi dong nhan dan",
    "ubnd": "uy ban nhan dan",
    "ttg": "thu tuong chinh phu",
    "ttgcp": "thu tuong chinh phu",
    "ubtvqh": "uy ban thuong vu quoc hoi",
}


_LOCAL = frozenset({"hdnd", "ubnd", "tu"})  # in the numbers of a province's own instruments


_PLACE = re.compile(r"\b(?:tỉnh|thành phố|Tỉnh ủy|Thành ủy) (?P<name>[A-ZĐÀ-Ỹ].*)$")


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A document number taken apart: 19/2025/NQ-HĐND → 19, 2025, (nq, hdnd)."""

    n: str
    year: str | None
    codes: tuple[str, ...]


@lru_cache(maxsize=65536)
def number_key(number: str) -> NumberKey:
    """The parts of a number as printed or cited; only digits before the first separator count as `n`."""
    first, *rest = re.split(r"[/:-]", unmarked(number))
    years = [part for part in rest if re.fullmatch(r"(?:19|20)\d\d", part)]
    codes = tuple(part for part in rest if not part.isdecimal())
    return NumberKey(first.lstrip("0") or "0", years[0] if years else None, codes)


def same_number(one: Instrument, other: Instrument) -> bool:
    """Whether both carry a number and nothing said of it differs; "19" agrees with "19/2025/NQ-HĐND"."""
    if one.number is None or other.number is None:
        return False
    mine, theirs = number_key(one.number), number_key(other.number)
    years = {year for year in (mine.year or _year(one), theirs.year or _year(other)) if year}
    length = min(len(mine.codes), len(theirs.codes))
    return mine.n == theirs.n and mine.codes[:length] == theirs.codes[:length] and len(years) < 2


def same_instrument(one: Instrument, other: Instrument, reader: str = "") -> bool:
    """Whether two citations name the same instrument, as far as they say.

    `reader` is the issuer of the document in which `other` is named: its "HĐND tỉnh" is that province's.
    """
    if not agree(one, other, reader):
        return False
    if one.number and other.number:
        return same_number(one, other)
    return (
        one.name is not None and other.name is not None and title_words(one.name) == title_words(other.name)
    )


def agree(one: Instrument, other: Instrument, reader: str = "") -> bool:
    """Whether type, issuer, place and date do not contradict each other, as far as they are said."""
    return (
        same_type(one.type, other.type)
        and _same_issuer(one.issuer, other.issuer)
        and place_agrees(one, other, reader)
        and _same_date(_when(one), _when(other))
    )


def _when(instrument: Instrument) -> str | None:
    """Its date, or the year that its number carries: 83/2015/QH13 is no law of 2025."""
    if instrument.date or not instrument.number:
        return instrument.date
    return number_key(instrument.number).year


def localised(named: Instrument, reader: str) -> Instrument:
    """`named` with the province of the document that names it, whose issuer is `reader`, where it is a local
    instrument and says "HĐND tỉnh" alone."""
    if not (named.issuer and named.number and _LOCAL & set(number_key(named.number).codes)):
        return named
    found = _PLACE.search(reader)
    if (
        found is None
        or _place(named.issuer)
        or not re.search(r"\b(?:tỉnh|thành phố)$|ủy$", named.issuer.lower())
    ):
        return named
    return replace(named, issuer=f"{named.issuer} {found['name']}")


def title_within(short: str, long: str) -> bool:
    """Whether two titles begin alike and the words of one stand in the other in the same order:
    "phát triển du lịch đến năm 2030" in "phát triển du lịch tỉnh Lạng Sơn đến năm 2030"."""
    few, many = title_words(short), title_words(long)
    rest = iter(many)
    return few[:2] == many[:2] and all(word in rest for word in few)


def held_as(cited: Instrument, held: Metadata) -> float:
    """How surely `cited` is the held document: 0 not, `ALL_OF_IT` surely, between: some title words agree.

    A document without a number is never identified by one.
    """
    known = Instrument(held.type, held.number, held.title, held.issuer, held.date)
    if not (same_type(cited.type, held.type) and _same_issuer(cited.issuer, held.issuer)):
        return 0.0
    if cited.number:
        return ALL_OF_IT if _same_date(cited.date, held.date) and same_number(cited, known) else 0.0
    if not (_same_date(cited.date, held.date) or _year_in(held.title, cited.date)):
        return 0.0
    if cited.name and _elsewhere(cited.name, held):
        return 0.0
    if cited.is_law:
        return ALL_OF_IT if unmarked(cited.name or "") == unmarked(held.title) else 0.0
    if not cited.name:
        return ALL_OF_IT
    asked, title = title_words(cited.name), held_words(held)
    agreeing = sum(word in title or _is_initials(word, held) for word in asked)
    return max(agreeing / max(len(asked), 1), 0.01)


def _elsewhere(title: str, held: Metadata) -> bool:
    """Whether a title names a province that is not the held document's: "quy hoạch tỉnh Bắc Ninh"."""
    asked = province_in(title)
    return asked is not None and asked not in unmarked(f"{held.title} {held.issuer}")


def same_type(one: str | None, other: str | None) -> bool:
    if one is None or other is None or "Văn bản" in (one, other):
        return True
    return one.startswith(other) or other.startswith(one)


def _same_issuer(one: str | None, other: str | None) -> bool:
    """Whether one issuer says no more than the other: "HĐND tỉnh" and "HĐND tỉnh Lạng Sơn"."""
    if not one or not other:
        return True
    mine, theirs = _issuer_words(one), _issuer_words(other)
    return mine <= theirs or theirs <= mine


def place_agrees(one: Instrument, other: Instrument, reader: str) -> bool:
    """Whether a local instrument asked for with its province is that province's."""
    codes = {code for each in (one, other) if each.number for code in number_key(each.number).codes}
    asked, said = _place(one.issuer), _place(other.issuer) or _place(reader)
    return not (asked and said and codes & _LOCAL) or asked == said


def province(named: Instrument, reader: str) -> str | None:
    """The province of a local instrument: its issuer's, or that of `reader`, who names it; else None."""
    local = named.number is not None and _LOCAL & set(number_key(named.number).codes)
    return (_place(named.issuer) or _place(reader)) if local else None


@lru_cache(maxsize=4096)
def _place(issuer: str | None) -> str | None:
    """ "UBND tỉnh Lạng Sơn" → "lang son"."""
    found = re.search(
        r"\b(?:tinh uy|thanh uy|tinh(?! uy)|thanh pho|huyen|xa|phuong) ([a-z ]+)$", unmarked(issuer or "")
    )
    return found[1] if found else None


@lru_cache(maxsize=65536)
def title_words(title: str) -> tuple[str, ...]:
    """The words of a title without marks, in small letters."""
    return tuple(syllables(unmarked(title)))


def _is_initials(word: str, held: Metadata) -> bool:
    """Whether a word is the initials of words of the title: "CVĐC" of "Công viên địa chất"."""
    return len(word) > 1 and not _VOWEL.search(word) and word in _initials(held.title)


_VOWEL = re.compile("[aeiouy]")  # a syllable has one


@lru_cache(maxsize=4096)
def _initials(title: str) -> str:
    return "".join(word[0] for word in title_words(title))


@lru_cache(maxsize=4096)
def held_words(held: Metadata) -> frozenset[str]:
    """Every word of a held document's type, title and issuer."""
    return frozenset(title_words(f"{held.type} {held.title} {held.issuer}"))


@lru_cache(maxsize=4096)
def _issuer_words(issuer: str) -> frozenset[str]:
    words = (_LONG_FORMS.get(word, word) for word in syllables(unmarked(issuer)))
    return frozenset(" ".join(words).split())


def _same_date(one: str | None, other: str | None) -> bool:
    """Whether the shorter date is the beginning of the longer: "2026" and "2026-02-28"."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def _year_in(title: str, date: str | None) -> bool:
    return date is not None and len(date) == 4 and date in title


def _year(instrument: Instrument) -> str | None:
    return instrument.date[:4] if instrument.date else None
