"""Instruments cited by type and number alone, once their days and issuers are found right.

"Chỉ thị số 08/CT-TTg do Thủ tướng Chính phủ ban hành ngày 23/02/2024" tells three things of one instrument,
in any order: each is compared with what the text says of that number, and only the number is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from answer.claim_pairs import CHANGE
from answer.claims import read
from corpus.citation import parse_citations
from corpus.dates import dates
from corpus.vietnamese import fold

_ISSUED = re.compile(r"\s+ban hành\b")
_DAY = re.compile(r",?\s+(?:vào\s+)?ngày\s+")


@dataclass(frozen=True, slots=True)
class _Cited:
    """One instrument as a text cites it."""

    start: int
    end: int
    said: str  # its type and number
    number: str  # folded
    issuer: tuple[str, ...]  # what the name says, word by word; () for none
    date: str  # ISO 8601, "" for none


def with_bare_instruments(sentence: str, texts: Sequence[str]) -> tuple[str, tuple[str, ...]] | None:
    """The sentence and the texts so; None where it tells no day or issuer, or one that no text tells."""
    mine = tuple(_cited(sentence))
    given = [each for text in texts for each in _all_cited(text)]
    if CHANGE.search(sentence) or not any(each.issuer or each.date for each in mine):
        return None
    if not all(any(_is_told(each, other) for other in given) for each in mine):
        return None
    return _bare(sentence, mine), tuple(_bare(text, _all_cited(text)) for text in texts)


def _is_told(said: _Cited, given: _Cited) -> bool:
    """Whether a text says of an instrument all that the sentence says of it."""
    return (
        said.number == given.number
        and said.date in ("", given.date)
        and (not said.issuer or _one_issuer(said.issuer, given.issuer))
    )


def _one_issuer(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names are one issuer's: "HĐND tỉnh" is "HĐND tỉnh A", the Government no "Thủ tướng"."""
    shorter = min(len(one), len(other))
    return shorter > 0 and one[:shorter] == other[:shorter]


def told_otherwise(sentence: str, texts: Sequence[str]) -> str:
    """An instrument with another day or issuer than the texts give its number, in Vietnamese; "" for none."""
    given = [each for text in texts for each in _all_cited(text)]
    for said in _cited(sentence):
        those = [each for each in given if each.number == said.number]
        days = {each.date for each in those if each.date}
        issuers = {each.issuer for each in those if each.issuer}
        if said.date and days and said.date not in days:
            return f"“{said.said}” không phải của ngày {said.date}"
        if said.issuer and issuers and not any(_one_issuer(said.issuer, each) for each in issuers):
            return f"“{said.said}” của cơ quan khác"
    return ""


@lru_cache(maxsize=256)
def _all_cited(text: str) -> tuple[_Cited, ...]:
    return tuple(_cited(text))


def _cited(text: str) -> Iterator[_Cited]:
    for citation in parse_citations(text):
        instrument = citation.instrument
        if instrument is None or instrument.number is None or citation.units:
            continue
        start, end = citation.span
        if issued := _ISSUED.match(text, end):
            end = issued.end()
        date = instrument.date or ""
        if not date and _DAY.match(text, end):
            day = next((each for each in dates(fold(text[end : end + 40]))), None)
            if day and not fold(text[end : end + day.start]).strip(" ,").removesuffix("ngày").strip(" vào,"):
                date, end = day.value, end + day.end
        issuer = tuple(token.key for token in read(instrument.issuer)) if instrument.issuer else ()
        said = f"{instrument.type} số {instrument.number}" if instrument.type else instrument.number
        yield _Cited(start, end, said, fold(instrument.number), issuer, date)


def _bare(text: str, cited: Sequence[_Cited]) -> str:
    made, position = "", 0
    for each in cited:
        if each.start >= position:
            made += text[position : each.start] + each.said
            position = each.end
    return made + text[position:]
