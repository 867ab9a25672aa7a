"""The date of a cited instrument: "ngày 15/7/2025", "ngày 16 tháng 6 năm 2025", "năm 2020", "(2024)"."""

from __future__ import annotations

import re

from corpus.tokens import Tokens

_DATES = (
    re.compile(
        r"(?:ngay\s+){1,2}(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>(?:19|20)\d\d)(?!\d)"
    ),
    re.compile(r"(?:ngay\s+){1,2}(?P<d>\d{1,2})\s+thang\s+(?P<m>\d{1,2})\s+nam\s+(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"\(?\s*thang\s+(?P<m>\d{1,2})\s*(?:/|-|nam)\s*(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"\(?\s*nam\s+(?P<y>(?:19|20)\d\d)(?![\d-])"),
)
_BRACKETED_YEAR = re.compile(r"(?P<y>(?:19|20)\d\d)\s{0,3}(?=\))")
_BARE_YEAR = re.compile(r"\(?(?P<y>(?:19|20)\d\d)(?![\d-]|\s*[-/.]\s*\d)")


def read_date(tokens: Tokens, index: int, *, bare_year: bool) -> tuple[str, int] | None:
    """ISO 8601, as much as is said, and the index after it; `bare_year`: "Luật Du lịch 2017" has one."""
    patterns = (*_DATES, _BARE_YEAR) if bare_year else _DATES
    patterns = (*patterns, _BRACKETED_YEAR) if tokens[index - 1].text == "(" else patterns
    for pattern in patterns:
        matched = tokens.match(index, pattern)
        if matched is not None and (date := _iso(matched[0])) is not None:
            return date, _past_bracket(tokens, index, matched[1])
    return None


def _past_bracket(tokens: Tokens, start: int, index: int) -> int:
    """Past ", bản chưa ghi số, ngày)" where the date opened a bracket."""
    opened = tokens[start].text == "(" or tokens[start - 1].text == "("
    if not opened:
        return index
    closing = next((place for place in range(index, index + 12) if tokens[place].text == ")"), None)
    return index if closing is None else closing + 1


def _iso(found: re.Match[str]) -> str | None:
    parts = found.groupdict()
    month, day = int(parts.get("m") or 1), int(parts.get("d") or 1)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return "-".join([parts["y"], *(f"{int(parts[key]):02d}" for key in "md" if parts.get(key))])
