"""Who signed: "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH / Nguyễn Văn A" → "Phó Chủ tịch Nguyễn Văn A"."""

from __future__ import annotations

import re

from corpus.vietnamese import unmarked
from ingest.agency import OFFICE, agency, opens_agency, position

_COLUMN_GAP = re.compile(r"\s{3,}|\t|\|")
_FOR_ANOTHER = re.compile(r"(?:kt|tl|tuq|tun|tm|t/m|k/t|t/l)\s*\.?\s*$")
_NAME_WORD = r"[^\W\d_]{1,8}"
_NAME = re.compile(rf"(?:(?:TS|ThS|PGS|GS|BS|KS)\.\s*)*(?P<name>{_NAME_WORD}(?: {_NAME_WORD}){{1,5}})\s*$")
_FAMILIES = frozenset(  # told by these where a name stands behind something else, or in capitals
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly doan luong vi nong ha to trieu"
    " chu dinh trinh mai cao thai ta la lam vuong phung luu vy lo lu quach hua dam dau dao kieu ma mac ninh"
    " quan tong truong tu ung van vien be sung giang chau mua khuong nghiem phuong thach than tang xa bach"
    " cung diep giap hau kha sam thieu chang vang".split()
)


def signer(foot: str) -> str | None:
    """Office and name of who signed, from the recipients and signature; None where no name is printed."""
    cells = [cell.strip() for line in foot.splitlines() for cell in _COLUMN_GAP.split(line) if cell.strip()]
    office: str | None = None
    name: str | None = None
    for cell in cells:
        if found := _office(cell):
            office, name = found, None
        elif office and (found := _name(cell)):
            name = found
    return f"{office} {name}" if office and name else None


def _office(cell: str) -> str | None:
    """The office that a cell ends with in capitals, other than the one that is only signed for."""
    capitals = _capital_tail(cell)
    bare = unmarked(capitals)
    for found in OFFICE.finditer(bare):
        if _FOR_ANOTHER.search(bare[: found.start()]):
            continue
        named = position(capitals[found.start() :])
        if named is not None:
            office, rest = named
            return f"{office} {agency(rest)}" if rest and opens_agency(rest) else office
    return None


def _capital_tail(cell: str) -> str:
    """The words at the end of a cell that hold no small letter: two columns may stand in one line."""
    words = cell.split()
    start = len(words)
    while start and words[start - 1] == words[start - 1].upper():
        start -= 1
    return " ".join(words[start:])


def _name(cell: str) -> str | None:
    """The person's name that a cell is, or ends with behind a recipient: "- Lưu: VT. Đoàn Thanh Sơn"."""
    if cell.startswith(("(", "Ký", "ký", "Người", "Cơ quan", "Thời gian", "Nơi nhận")):
        return None
    whole = _NAME.fullmatch(cell)
    if whole is not None:
        return _person(whole["name"].split(), known_family=cell.isupper())
    words = cell.split()
    for start in range(max(len(words) - 5, 1), len(words) - 1):
        before, tail = words[start - 1], words[start:]
        apart = before.isupper() or before.endswith((".", ";", ")"))
        if apart and all(word.isalpha() and word.istitle() for word in tail):
            return _person(tail, known_family=True)
    return None


def _person(words: list[str], *, known_family: bool) -> str | None:
    if not 2 <= len(words) <= 6 or not all(word[0].isupper() for word in words):
        return None
    if known_family and unmarked(words[0]) not in _FAMILIES:
        return None
    if opens_agency(" ".join(words)):
        return None
    return " ".join(word.capitalize() if len(word) > 1 and word.isupper() else word for word in words)
