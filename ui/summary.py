"""What `hoidap ingest` says when it has ended."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ingest.holdings import Failure
from ui.opening import Prepared

SHOWN = 8  # warnings named; the rest are counted


def summary_text(done: Prepared, index: Path) -> str:
    """What was read and built, and the first warnings."""
    lines = [
        f"Đã lập chỉ mục {_number(done.documents)} văn bản, {_number(done.pages)} trang, "
        f"{_number(done.provisions)} điều khoản, {_number(done.passages)} đoạn, trong {index}."
    ]
    if done.warnings:
        lines.append(f"{_number(len(done.warnings))} điều cần chú ý:")
        lines += [f"  - {warning}" for warning in done.warnings[:SHOWN]]
    if (rest := len(done.warnings) - SHOWN) > 0:
        lines.append(f"  … và {_number(rest)} điều nữa. Xem theo từng văn bản: hoidap documents show MÃ")
    return "\n".join(lines)


def failures_text(failures: Sequence[Failure]) -> str:
    """Every file that could not be read, with the reason; then what to do."""
    lines = [
        f"Lỗi: {failure.id}: {failure.reason}"
        + (" Bản đã đọc trước đây của đúng tệp này vẫn được dùng." if failure.served else "")
        for failure in failures
    ]
    lines.append(
        f"Không đọc được {_number(len(failures))} văn bản; các văn bản khác vẫn được phục vụ. "
        "Tệp lỗi không tự được đọc lại khi chưa đổi: sửa nguyên nhân rồi chạy hoidap ingest --retry"
    )
    return "\n".join(lines)


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
