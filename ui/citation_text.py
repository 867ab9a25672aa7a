"""Looked-up citations as text for a terminal: one in full, or many as a table."""

from __future__ import annotations

import textwrap
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from corpus.document import vietnamese_date
from corpus.relation import State
from retriever.lookup import LookupStatus
from retriever.validity import STATE_WORDS

WIDTH = 100
STATUS_WORDS = {
    LookupStatus.EXACT: "đúng điều khoản",
    LookupStatus.DOCUMENT_ONLY: "không có phần này",
    LookupStatus.TEXT_NOT_HELD: "chưa có toàn văn",
    LookupStatus.MENTIONED: "có nơi nhắc đến",
    LookupStatus.AMBIGUOUS: "nhiều chỗ khớp",
    LookupStatus.UNKNOWN: "không có trong kho",
    LookupStatus.UNREADABLE: "không đọc được",
}
_HEADS = ("Dòng", "Trích dẫn", "Kết quả", "Dạng chuẩn và nơi tìm thấy")
_SHOWN = 10  # candidates or mentions of one citation
_GAP = "  "

Entry = dict[str, Any]  # one of ui.citations.citation_values


def cited_text(entry: Entry) -> str:
    """What became of one citation, with the provision's words or where else to look."""
    parts = [f"{entry['normal'] or '(không đọc được)'}: {entry['message']}"]
    provision = entry["provision"]
    if provision is not None:
        parts += [provision["citation"], f"  Đường dẫn: {entry['permalink']}"]
    if entry["validity"] is not None:
        parts.append(f"  Hiệu lực: {_validity(entry['validity'])}")
    if provision is not None:
        parts += [f"  Lưu ý: {provision['caveat']}"] if provision["caveat"] else []
        parts += ["", *(_wrapped(line, "  ") for line in provision["text"].split("\n"))]
    parts += _listed([f"- {one['normal']}\n{_wrapped(one['why'], '    ')}" for one in entry["candidates"]])
    parts += _listed(
        [f"- {one['permalink']}\n{_wrapped('“' + one['text'] + '”', '    ')}" for one in entry["mentions"]]
    )
    return "\n".join(parts) + "\n"


def table(text: str, entries: Sequence[Entry], columns: int) -> str:
    """A row for each citation of `text`, then how many of each kind there are."""
    if not entries:
        return "Không thấy trích dẫn nào trong văn bản này.\n"
    lines = [place for place, sign in enumerate(text) if sign == "\n"]
    widths = _widths(columns)
    rows = [_HEADS, tuple("-" * width for width in widths)]
    rows += [_row(entry, bisect_right(lines, entry["span"][0]) + 1) for entry in entries]
    drawn = [line for row in rows for line in _drawn(row, widths)]
    return "\n".join([*drawn, "", summary(entries)]) + "\n"


def summary(entries: Sequence[Entry]) -> str:
    """ "12 trích dẫn: 7 đúng điều khoản; 3 chưa có toàn văn; …"."""
    counted = Counter(LookupStatus(entry["status"]) for entry in entries)
    said = [f"{counted[status]} {words}" for status, words in STATUS_WORDS.items() if counted[status]]
    return f"{len(entries)} trích dẫn: {'; '.join(said)}."


def _row(entry: Entry, line: int) -> tuple[str, ...]:
    return (str(line), _one_line(entry["text"]), STATUS_WORDS[LookupStatus(entry["status"])], _where(entry))


def _where(entry: Entry) -> str:
    """The normal form, and below it the place, or what there is in its stead."""
    said = [entry["normal"]]
    if entry["status"] == LookupStatus.DOCUMENT_ONLY:
        said.append(entry["message"])
    if entry["permalink"]:
        said.append(entry["permalink"])
    said += [one["permalink"] for one in (entry["candidates"] or entry["mentions"])[:2]]
    more = len(entry["candidates"] or entry["mentions"]) - 2
    said += [f"và {more} chỗ nữa"] if more > 0 else []
    validity = entry["validity"]
    if validity is not None and validity["state"] not in (State.IN_FORCE, State.UNKNOWN):
        said.append(_validity(validity))
    return "\n".join(said)


def _validity(validity: Entry) -> str:
    since = f" từ ngày {vietnamese_date(validity['from'])}" if validity["from"] else ""
    by = f"; bởi {validity['by']}" if validity["by"] else ""
    return f"{STATE_WORDS[State(validity['state'])]}{since}{by}"


def _listed(lines: Sequence[str]) -> Iterable[str]:
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], f"… và {more} chỗ nữa (xem đủ bằng --json)"] if more > 0 else lines


def _widths(columns: int) -> tuple[int, int, int, int]:
    room = columns - len(_HEADS[0]) - 3 * len(_GAP)
    status = room // 5
    cited = room * 3 // 10
    return len(_HEADS[0]), cited, status, room - status - cited


def _drawn(row: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    """The lines of one row, each cell wrapped in its column."""
    cells = [_cell(cell, width) for cell, width in zip(row[:-1], widths[:-1], strict=True)]
    cells.append(_cell(row[-1], widths[-1], whole=True))
    for parts in zip_longest(*cells, fillvalue=""):
        yield _GAP.join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip()


def _cell(text: str, width: int, *, whole: bool = False) -> list[str]:
    """Numbers and links are not cut at hyphens; `whole`: nor where they are longer than the column."""
    composed = unicodedata.normalize("NFC", text)  # a mark of its own would take a column
    wrapper = textwrap.TextWrapper(width, break_on_hyphens=False, break_long_words=not whole)
    return [part for line in composed.split("\n") for part in wrapper.wrap(line)] or [""]


def _one_line(text: str) -> str:
    """Without line ends, and without signs that a terminal would act on."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _wrapped(line: str, indent: str) -> str:
    return textwrap.fill(line, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
