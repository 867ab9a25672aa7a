"""A short plan of an office, for tests that need a document with few provisions."""

from __future__ import annotations

import hashlib
from pathlib import Path

from corpus.document import Metadata, TextKind
from corpus.manifest import Entry

TEXT = """\
ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN
KẾ HOẠCH
Hỗ trợ hộ kinh doanh nhà nghỉ năm 2026

I. MỤC TIÊU
1. Hỗ trợ ít nhất 120 hộ kinh doanh nhà nghỉ tại xã Bắc Sơn sửa chữa phòng ở, mỗi hộ không quá 50 triệu đồng.
2. Sở Văn hóa, Thể thao và Du lịch chủ trì, hoàn thành trước ngày 30/6/2026, báo cáo kết quả hằng tháng.
II. TỔ CHỨC THỰC HIỆN
Các xã báo cáo kết quả sửa chữa nhà nghỉ trước ngày 15 hằng tháng để Sở Tài chính cấp tiền hỗ trợ.
"""


def office_entry(folder: Path, text: str = TEXT, identifier: str = "kh-45-2026") -> Entry:
    """The plan as a file in `folder`, and its manifest entry."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{identifier}.txt"
    file.write_text(text, encoding="utf-8")
    return Entry(
        Metadata(
            id=identifier,
            type="Kế hoạch",
            number="45/KH-UBND",
            issuer="UBND tỉnh Lạng Sơn",
            date="2026-02-28",
            title="Hỗ trợ hộ kinh doanh nhà nghỉ năm 2026",
            signer=None,
            file=file.name,
            sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
            kind=TextKind.OFFICIAL,
            source="Công báo tỉnh",
        ),
        file,
    )


def office_manifest(entry: Entry) -> None:
    """Write the manifest of one document beside its file."""
    about = entry.metadata
    keys = ("id", "type", "number", "issuer", "date", "title", "file", "sha256", "kind", "source")
    lines = ["[[document]]", *(f'{key} = "{getattr(about, key)}"' for key in keys)]
    entry.path.with_name("manifest.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
