"""The manifest entry proposed for a new document: from what its head says, and what the user says over it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from corpus.document import STAND_INS, Metadata, TextKind
from corpus.errors import DocumentError
from corpus.relation import Head
from corpus.vietnamese import unmarked
from ingest.differences import plain
from ingest.in_force import day_in_force

_CODES = {
    "Nghị quyết": "nq",
    "Nghị định": "nd",
    "Quyết định": "qd",
    "Kế hoạch": "kh",
    "Thông tư": "tt",
    "Thông tư liên tịch": "ttlt",
    "Nghị quyết liên tịch": "nqlt",
    "Chỉ thị": "ct",
    "Chương trình": "ctr",
    "Chương trình hành động": "ctr",
    "Tờ trình": "ttr",
    "Báo cáo": "bc",
    "Kết luận": "kl",
    "Thông báo": "tb",
    "Hướng dẫn": "hd",
    "Công điện": "cd",
    "Công văn": "cv",
    "Văn bản hợp nhất": "vbhn",
}
_ID_LIMIT = 60  # characters
_OPTIONS = {"type": "--type", "issuer": "--issuer", "title": "--title"}
_NAMES = {"type": "loại văn bản", "issuer": "cơ quan ban hành", "title": "tên văn bản"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry to add, and what it meets among those held."""

    metadata: Metadata
    steps_back: Metadata | None = (
        None  # a digest, catalogue or withdrawn entry of that id: gives way by itself
    )
    clashes: Metadata | None = None  # a text of that id: only the user can say that it gives way
    beside: Metadata | None = None  # the same instrument under another id, which stays


def propose(
    head: Head, given: Mapping[str, str], suffix: str, sha256: str, held: Iterable[Metadata], today: date
) -> Proposal:
    """The entry for a file with that head; `given` are the fields that the user names, as strings.

    Raises DocumentError when the text does not say, and the user did not, what an entry must have.
    """
    said = {name: getattr(head, name) for name in ("type", "number", "issuer", "date", "title", "signer")}
    said |= given
    if missing := [name for name in _OPTIONS if not said[name]]:
        raise DocumentError(
            f"Không đọc được {', '.join(_NAMES[name] for name in missing)} ở đầu văn bản. "
            f"Hãy nêu rõ: {' '.join(f'{_OPTIONS[name]} …' for name in missing)}"
        )
    complete = said["number"] and said["date"] and len(said["date"]) == 10
    kind = TextKind(given.get("kind") or (TextKind.OFFICIAL if complete else TextKind.UNNUMBERED_COPY))
    known = tuple(held)
    same = next((other for other in known if _is_same(said, other)), None)
    identifier = given.get("id") or (same.id if same else _free(_identifier(said), said, known))
    metadata = Metadata(
        id=identifier,
        type=said["type"],
        number=said["number"],
        issuer=said["issuer"],
        date=said["date"],
        title=said["title"],
        signer=said["signer"],
        file=f"{identifier}{suffix}",
        sha256=sha256,
        kind=kind,
        source=given.get("source") or f"Do người dùng nạp ngày {today:%d/%m/%Y}",
        effective=given.get("effective") or _effective(head, said["date"]),
    )
    before = next((other for other in known if other.id == identifier), None)
    if before and (before.withdrawn or (before.kind in STAND_INS and kind not in STAND_INS)):
        return Proposal(metadata, steps_back=before)
    beside = same if before is None else None  # the user named an id of its own
    return Proposal(metadata, clashes=before, beside=beside)


def _effective(head: Head, issued: str | None) -> str | None:
    """The day in force, counted anew where the user gave the date that the text leaves blank."""
    if head.effective or head.effective_said is None:
        return head.effective
    return day_in_force(head.effective_said, issued)


def _is_same(said: Mapping[str, str | None], other: Metadata) -> bool:
    """Whether `other` is the same instrument: by number and issuer, else by type, issuer and title."""
    if not _same_issuer(said["issuer"] or "", other.issuer):
        return False
    if said["number"] and other.number:
        return plain(said["number"]) == plain(other.number) and _same_year(said["date"], other.date)
    one, two = plain(said["title"] or ""), plain(other.title)
    return said["type"] == other.type and one == two and _same_year(said["date"], other.date)


def _same_issuer(one: str, other: str) -> bool:
    """ "Chủ tịch UBND tỉnh" and "UBND tỉnh" number their decisions in one series."""
    return plain(one).removeprefix("chutich") == plain(other).removeprefix("chutich")


def _same_year(one: str | None, other: str | None) -> bool:
    return not one or not other or one[:4] == other[:4]


def _identifier(said: Mapping[str, str | None]) -> str:
    """ "nq-19-2025-nq-hdnd", "kh-phat-trien-du-lich-2026": in the style of the ids that are held."""
    kind = said["type"] or ""
    code = _CODES.get(kind) or _slug(kind)
    year = (said["date"] or "")[:4]
    if number := said["number"]:
        return f"{code}-{_slug(number)}"
    words = re.sub(rf"^(?:ve viec|ve|v/v)\s+|\b{year or '$.'}\b", "", unmarked(said["title"] or ""))
    room = _ID_LIMIT - len(code) - 6
    return "-".join(
        part for part in (code, _slug(words)[:room].rpartition("-")[0] or _slug(words), year) if part
    )


def _free(identifier: str, said: Mapping[str, str | None], held: Iterable[Metadata]) -> str:
    """The id, or with the issuer's place or a count behind it where another instrument has it."""
    taken = {other.id for other in held}
    place = re.search(r"(?:tỉnh|thành phố|huyện|xã|phường|ủy)\s+(.+)$", said["issuer"] or "")
    if identifier in taken and place:
        identifier = f"{identifier}-{_slug(place[1])}"
    again = 2
    free = identifier
    while free in taken:
        free, again = f"{identifier}-{again}", again + 1
    return free


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", unmarked(text)).strip("-")
