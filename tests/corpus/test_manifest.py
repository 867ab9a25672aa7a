"""manifest.toml: what is accepted, and that each error names the line and says what to do, in Vietnamese."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.document import TextKind
from corpus.errors import DocumentError, ManifestError
from corpus.manifest import SHIPPED, active, is_identifier, load

TEXT = "Điều 1. Phạm vi\n\nNội dung.\n"
SHA = hashlib.sha256(TEXT.encode()).hexdigest()
TABLE = f"""\
[[document]]
id = "nq-19"
type = "Nghị quyết"
number = "19/2025/NQ-HĐND"
issuer = "HĐND tỉnh Lạng Sơn"
date = "2025-07-15"
title = "Chính sách hỗ trợ du lịch cộng đồng"
signer = "Chủ tịch Nguyễn Văn A"
file = "nq-19.txt"
sha256 = "{SHA}"
kind = "official"
source = "Công báo"
"""
OTHER = TABLE.replace('id = "nq-19"', 'id = "nq-20"')

Make = Callable[[str], Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes a manifest beside a good document file and gives its path."""
    (tmp_path / "nq-19.txt").write_text(TEXT, encoding="utf-8")

    def write(manifest: str) -> Path:
        path = tmp_path / "manifest.toml"
        path.write_text(manifest, encoding="utf-8")
        return path

    return write


def test_the_shipped_manifest_is_accepted() -> None:
    entries = {entry.metadata.id: entry for entry in load(SHIPPED)}
    kinds = {identifier: entry.metadata.kind for identifier, entry in entries.items()}
    assert kinds == {
        "kh-du-lich-cvdc-2026": TextKind.UNNUMBERED_COPY,
        "qd-dieu-chinh-quy-hoach-2026": TextKind.UNNUMBERED_COPY,
        "nq-19-2025-nq-hdnd": TextKind.DIGEST,
        "nq-223-nq-tu": TextKind.CATALOGUE,
    }
    for entry in entries.values():
        assert hashlib.sha256(entry.read()).hexdigest() == entry.metadata.sha256
        assert (entry.metadata.number is None) == (entry.metadata.kind is TextKind.UNNUMBERED_COPY)
    assert active(entries.values()) == tuple(entries.values())


def test_all_keys_are_read(make: Make) -> None:
    (entry,) = load(make(TABLE))
    assert entry.metadata.number == "19/2025/NQ-HĐND"
    assert entry.metadata.kind is TextKind.OFFICIAL
    assert entry.metadata.note is None
    assert entry.read().decode() == TEXT


def test_what_may_be_left_out_may_be_left_out(make: Make) -> None:
    short = "".join(
        line
        for line in TABLE.splitlines(keepends=True)
        if line.split(" ")[0] not in ("number", "date", "signer")
    )
    (entry,) = load(make(short))
    assert (entry.metadata.number, entry.metadata.date, entry.metadata.signer) == (None, None, None)


@pytest.mark.parametrize("date", ["2026", "2026-02", "2026-02-28", "2024-02-29"])
def test_a_date_says_as_much_as_is_known(make: Make, date: str) -> None:
    (entry,) = load(make(TABLE.replace("2025-07-15", date)))
    assert entry.metadata.date == date


@pytest.mark.parametrize("key", ["effective", "expired", "withdrawn"])
def test_the_other_dates_are_read_too(make: Make, key: str) -> None:
    (entry,) = load(make(TABLE + f'{key} = "2026-07-10"\n'))
    assert getattr(entry.metadata, key) == "2026-07-10"


def test_what_is_withdrawn_is_held_and_not_active(make: Make) -> None:
    entries = load(make(TABLE + 'withdrawn = "2026-07-10"\n\n' + OTHER))
    assert [entry.metadata.id for entry in entries] == ["nq-19", "nq-20"]
    assert [entry.metadata.id for entry in active(entries)] == ["nq-20"]


def test_an_end_that_may_lie_behind_the_beginning_is_accepted(make: Make) -> None:
    (entry,) = load(make(TABLE + 'effective = "2025-07-25"\nexpired = "2025"\n'))
    assert entry.metadata.expired == "2025"


@pytest.mark.parametrize(
    ("text", "good"), [("nq-19", True), ("nq--19", False), ("-nq", False), ("NQ", False)]
)
def test_what_can_be_an_id(text: str, good: bool) -> None:
    assert is_identifier(text) is good


def test_a_file_that_changes_is_hashed_again(make: Make, tmp_path: Path) -> None:
    path = make(TABLE)
    load(path)
    (tmp_path / "nq-19.txt").write_text(TEXT + "Thêm.", encoding="utf-8")
    with pytest.raises(ManifestError, match="mã băm"):
        load(path)


def test_with_faults_asked_for_a_bad_file_is_told_and_the_others_are_there(
    make: Make, tmp_path: Path
) -> None:
    faults: dict[str, ManifestError] = {}
    entries = load(make(TABLE + "\n" + OTHER.replace('"nq-19.txt"', '"nq-99.txt"')), faults=faults)
    assert [entry.metadata.id for entry in entries] == ["nq-19", "nq-20"]
    assert list(faults) == ["nq-20"]
    assert "nq-99.txt" in str(faults["nq-20"])


def test_an_empty_manifest_holds_no_document(make: Make) -> None:
    assert load(make("# chưa có văn bản nào\n")) == ()


def test_a_byte_order_mark_is_no_fault(make: Make) -> None:
    assert len(load(make("\ufeff" + TABLE))) == 1


def test_a_later_manifest_overrides_the_same_id(make: Make, tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    (office / "nq-19.txt").write_text(TEXT, encoding="utf-8")
    (office / "manifest.toml").write_text(TABLE.replace("Công báo", "Văn thư"), encoding="utf-8")
    entries = load(make(OTHER + TABLE), office / "manifest.toml")
    assert [entry.metadata.id for entry in entries] == ["nq-20", "nq-19"]
    assert entries[1].metadata.source == "Văn thư"
    assert entries[1].path == office / "nq-19.txt"


BAD = {
    "wrong hash": (TABLE.replace(SHA, "0" * 64), 10, ["mã băm", SHA, "khôi phục bản gốc"]),
    "unknown key": (TABLE + 'color = "đỏ"\n', 13, ["khóa lạ “color”", "Các khóa hợp lệ", "sha256"]),
    "unknown key of the second": (TABLE + "\n" + OTHER + 'ghi_chu = "x"\n', 26, ["khóa lạ “ghi_chu”"]),
    "missing file": (TABLE.replace('"nq-19.txt"', '"nq-99.txt"'), 9, ["nq-99.txt", "đặt lại tệp"]),
    "a folder for a file": (TABLE.replace('"nq-19.txt"', '"."'), 9, ["không mở được tệp"]),
    "missing key": (
        TABLE.replace('title = "Chính sách hỗ trợ du lịch cộng đồng"\n', ""),
        1,
        ["thiếu", "“title”"],
    ),
    "missing key of the second": (
        TABLE + OTHER.replace('type = "Nghị quyết"\n', ""),
        13,
        ["thiếu", "“type”"],
    ),
    "two of one id": (TABLE + "\n" + TABLE, 15, ["hai văn bản cùng id “nq-19”"]),
    "word for a date": (TABLE.replace("2025-07-15", "15/7/2025"), 6, ["ngày phải viết như 2026-02-28"]),
    "day that is none": (TABLE.replace("2025-07-15", "2025-02-30"), 6, ["ngày phải viết như"]),
    "month that is none": (TABLE.replace("2025-07-15", "2025-13"), 6, ["ngày phải viết như"]),
    "a TOML date": (TABLE.replace('"2025-07-15"', "2025-07-15"), 6, ["“date” phải là chuỗi"]),
    "effective that is none": (TABLE + 'effective = "2025-7-25"\n', 13, ["ngày phải viết như"]),
    "withdrawn that is none": (TABLE + 'withdrawn = "hôm nay"\n', 13, ["ngày phải viết như"]),
    "ends before it begins": (
        TABLE + 'effective = "2025-07-25"\nexpired = "2025-06"\n',
        14,
        ["hết hiệu lực", "đứng trước"],
    ),
    "bad kind": (
        TABLE.replace('"official"', '"chính thức"'),
        11,
        ["kind phải là một trong", "unnumbered_copy"],
    ),
    "bad id": (TABLE.replace('"nq-19"', '"NQ 19"'), 2, ["id chỉ gồm chữ thường"]),
    "blank value": (TABLE.replace('"Công báo"', '"  "'), 12, ["“source” phải là chuỗi không rỗng"]),
    "number for text": (TABLE.replace('"19/2025/NQ-HĐND"', "19"), 4, ["“number” phải là chuỗi"]),
    "TOML syntax": (TABLE.replace('type = "Nghị quyết"', "type = Nghị quyết"), 3, ["sai cú pháp TOML"]),
    "TOML string left open": (TABLE + 'note = """dở', 13, ["sai cú pháp TOML"]),
    "key twice": (TABLE + 'id = "nq-20"\n', 13, ["sai cú pháp TOML"]),
    "single brackets": ("# một bảng\n" + TABLE.replace("[[document]]", "[document]"), 2, ["[[document]]"]),
    "misspelt table": (TABLE + "\n" + OTHER.replace("[[document]]", "[[documents]]"), 14, ["“documents”"]),
    "key before the tables": ('title = "Kho"\n' + TABLE, 1, ["“title” không đúng chỗ"]),
}


@pytest.mark.parametrize(("manifest", "line", "says"), BAD.values(), ids=BAD.keys())
def test_an_error_names_the_line_and_says_what_is_wrong(
    make: Make, manifest: str, line: int, says: list[str]
) -> None:
    path = make(manifest)
    with pytest.raises(ManifestError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}, dòng {line}: ")
    assert all(part in message for part in says), message
    assert message.endswith(".")


@pytest.mark.parametrize("content", [b"", b" \n\n"])
def test_an_empty_document_file_is_named_by_its_line(make: Make, tmp_path: Path, content: bytes) -> None:
    path = make(TABLE)
    (tmp_path / "nq-19.txt").write_bytes(content)
    with pytest.raises(ManifestError, match=r"dòng 9: .*nq-19\.txt rỗng; hãy chép lại bản gốc"):
        load(path)


def test_a_manifest_that_is_not_utf8_is_named_by_its_line(make: Make) -> None:
    path = make(TABLE)
    path.write_bytes(TABLE.replace("Công báo", "Cong bao").encode("utf-8") + "# Sở\n".encode("utf-16-le"))
    with pytest.raises(ManifestError, match=r"dòng 13: không phải UTF-8"):
        load(path)


def test_a_manifest_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"Không mở được .*manifest\.toml"):
        load(tmp_path / "manifest.toml")


def test_a_file_altered_after_the_manifest_was_read_is_refused(make: Make, tmp_path: Path) -> None:
    (entry,) = load(make(TABLE))
    (tmp_path / "nq-19.txt").write_text(TEXT + "Thêm.", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"nq-19\.txt đã bị sửa .*khôi phục"):
        entry.read()


def test_a_file_removed_after_the_manifest_was_read(make: Make, tmp_path: Path) -> None:
    (entry,) = load(make(TABLE))
    (tmp_path / "nq-19.txt").unlink()
    with pytest.raises(DocumentError, match=r"Không mở được tệp của văn bản “nq-19”.*đặt lại"):
        entry.read()
