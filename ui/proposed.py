"""A proposed manifest entry as the user sees it before it is written, with what to look at twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.document import Document, TextKind, vietnamese_date
from ingest.differences import differences
from ingest.head import head
from ingest.margins import stamps
from ingest.proposal import Proposal
from ui.terminal import KINDS

_BLANK = "(để trống)"
_MOST_WARNINGS = 8
_MOST_PAGES = 20


def proposal_text(path: Path, document: Document, proposal: Proposal) -> str:
    """The entry as a table, then the warnings."""
    about = proposal.metadata
    rows = {
        "mã": about.id,
        "loại": about.type,
        "số": about.number or _BLANK,
        "ngày": vietnamese_date(about.date) if about.date else _BLANK,
        "cơ quan": about.issuer,
        "tên": about.title,
        "người ký": about.signer or _BLANK,
        "hiệu lực": _in_force(document, about.effective),
        "loại chữ": KINDS[about.kind],
        "nguồn": about.source,
        "mã băm": about.sha256,
    }
    lines = [str(path), *(f"  {name:<9} {value}" for name, value in rows.items())]
    told = list(dict.fromkeys(_warnings(document, proposal)))
    lines += [f"  ! {warning}" for warning in told[:_MOST_WARNINGS]]
    if len(told) > _MOST_WARNINGS:
        lines.append(f"  ! … và {len(told) - _MOST_WARNINGS} điều nữa; xem đủ sau khi nạp: hoidap ingest")
    return "\n".join(lines)


def _in_force(document: Document, effective: str | None) -> str:
    said = head(document).effective_said
    day = f"từ ngày {vietnamese_date(effective)}" if effective else ""
    words = f"“{said}”" if said else ""
    return ", ".join(part for part in (day, words) if part) or "không rõ"


def _warnings(document: Document, proposal: Proposal) -> Iterator[str]:
    about = proposal.metadata
    if held := proposal.steps_back:
        what = "văn bản đã rút" if held.withdrawn else KINDS[held.kind]
        yield f"Thay cho {what} đang giữ dưới mã “{held.id}”: {held.title}"
    if held := proposal.clashes:
        yield f"Thay cho {KINDS[held.kind]} đang giữ dưới mã “{held.id}”; tệp cũ vẫn được cất lại."
    if held := proposal.beside:
        yield f"Văn bản này đang được giữ dưới mã “{held.id}”: hai bản sẽ cùng được tra cứu."
    for stamp in stamps(document):
        yield f"Đầu văn bản có dấu “{stamp}”: hãy chắc rằng được phép nạp."
    yield from differences(head(document), about)
    if about.kind is TextKind.UNNUMBERED_COPY:
        yield "Số hoặc ngày để trống: sẽ dẫn là bản chưa ghi số, ngày. Nếu biết, hãy thêm --number, --date."
    if bad := [page for page in document.pages if page.bad]:
        worst = max(page.corruption for page in bad)
        where = _numbers([page.number for page in bad])
        yield f"Chữ đọc kém ở trang {where} (tới {worst:.0%} số từ): hãy đối chiếu với bản gốc."
    if scanned := [page.number for page in document.pages if page.scanned]:
        yield f"Chữ do máy nhận dạng từ ảnh ở trang {_numbers(scanned)}."
    yield from document.warnings


def _numbers(pages: list[int]) -> str:
    more = f" và {len(pages) - _MOST_PAGES} trang nữa" if len(pages) > _MOST_PAGES else ""
    return ", ".join(map(str, pages[:_MOST_PAGES])) + more
