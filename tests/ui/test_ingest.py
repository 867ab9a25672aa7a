"""`hoidap ingest`: only what changed is done, what fails is named, and the index serves all the while."""

from __future__ import annotations

import hashlib
import re
import time
from pathlib import Path

import pytest

from corpus.errors import SearchIndexError
from retriever.index import Index, open_index
from ui.cli import main

Captured = pytest.CaptureFixture[str]

UP_TO_DATE = "Chỉ mục đã mới nhất, không phải làm gì.\n"
GOOD = "Điều 1. Phạm vi\n\n1. Hỗ trợ xã Hữu Lũng 17 tỷ đồng.\n\n2. Tỉnh Lạng Sơn.\n".encode()
BROKEN = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


def table(name: str, sha256: str, more: str = "") -> str:
    """A table of the office's manifest."""
    return (
        f'[[document]]\nid = "{name}"\ntype = "Nghị quyết"\nissuer = "HĐND tỉnh Lạng Sơn"\n'
        f'title = "Về việc {name}"\nfile = "{name}.txt"\nsha256 = "{sha256}"\nkind = "official"\n'
        f'source = "thử"\n{more}\n'
    )


def hold(data: Path, **files: bytes) -> None:
    """Put these documents into the office's folder and manifest, and no others."""
    for name, content in files.items():
        (data / "documents" / f"{name}.txt").write_bytes(content)
    declare(data, *(table(name, hashlib.sha256(content).hexdigest()) for name, content in files.items()))


def declare(data: Path, *tables: str) -> None:
    (data / "documents" / "manifest.toml").write_text("\n".join(tables), encoding="utf-8")


def ingest(capsys: Captured, *options: str) -> tuple[int, str, list[str]]:
    """Exit code, standard output, and the lines on standard error that are no progress bar."""
    code = main(["ingest", *options])
    out, error = capsys.readouterr()
    return code, out, [line for line in re.split(r"[\r\n]+", error) if line and "|" not in line]


def index(data: Path) -> Index:
    return open_index(data / "index")


def test_the_summary_counts_everything(office: Path, capsys: Captured) -> None:
    hold(office, moi=GOOD)
    code, out, told = ingest(capsys)
    assert (code, told) == (0, [])
    opened = index(office)
    documents = opened.documents.values()
    provisions = sum(len(list(document.root.walk())) - 1 for document in documents)
    counts = (len(documents), len(documents), provisions, len(opened.passages))
    shown = "Đã lập chỉ mục {} văn bản, {} trang, {} điều khoản, {} đoạn, trong ".format(*counts)
    assert out.startswith(shown)
    assert str(office / "index") in out


def test_the_first_warnings_are_named_and_the_rest_counted(office: Path, capsys: Captured) -> None:
    wrong = "\n".join(
        f'[[erratum]]\nat = "dieu-{number}"\nwrong = "x"\nright = "y"\nreason = "thử"'
        for number in range(2, 14)
    )
    (office / "documents" / "moi.errata.toml").write_text(wrong, encoding="utf-8")
    hold(office, moi=GOOD)
    code, out, _ = ingest(capsys)
    assert code == 0
    count = re.search(r"^(\d+) điều cần chú ý:$", out, re.MULTILINE)
    assert count
    assert int(count[1]) >= 12
    assert out.count("\n  - ") == 8
    assert f"… và {int(count[1]) - 8} điều nữa. Xem theo từng văn bản: hoidap documents show" in out


@pytest.mark.parametrize("options", [[], ["--if-needed"]])
def test_unchanged_documents_cost_nothing(office: Path, options: list[str], capsys: Captured) -> None:
    folder = index(office).folder
    assert ingest(capsys, *options) == (0, UP_TO_DATE, [])
    assert index(office).folder == folder


def test_a_new_document_is_read_alone_and_found(office: Path, capsys: Captured) -> None:
    before = set((office / "readings").iterdir())
    hold(office, moi=GOOD)
    assert ingest(capsys)[0] == 0
    assert len(set((office / "readings").iterdir()) - before) == 1
    assert any("Hữu Lũng 17 tỷ đồng" in passage.text for passage in index(office).passages)
    hold(office)
    assert ingest(capsys)[0] == 0
    assert "moi" not in index(office).documents


def test_a_damaged_index_is_built_anew(office: Path, capsys: Captured) -> None:
    (index(office).folder / "units.faiss").write_bytes(b"")
    with pytest.raises(SearchIndexError, match="hoidap ingest"):
        index(office)
    code, out, _ = ingest(capsys)
    assert code == 0
    assert out.startswith("Đã lập chỉ mục")
    assert len(index(office).unit_vectors) > 100


def test_a_document_taken_out_stays_readable_and_is_not_searched(office: Path, capsys: Captured) -> None:
    (office / "documents" / "moi.txt").write_bytes(GOOD)
    declare(office, table("moi", hashlib.sha256(GOOD).hexdigest(), 'withdrawn = "2026-03-01"'))
    assert ingest(capsys)[0] == 0
    assert "moi" in index(office).documents
    assert "moi" not in {passage.document for passage in index(office).passages}


def test_two_documents_with_one_number_are_told(office: Path, capsys: Captured) -> None:
    for name in ("mot", "hai"):
        (office / "documents" / f"{name}.txt").write_bytes(GOOD)
    sha256 = hashlib.sha256(GOOD).hexdigest()
    declare(office, *(table(name, sha256, 'number = "12/2026/NQ-HĐND"') for name in ("mot", "hai")))
    code, out, _ = ingest(capsys)
    assert code == 0
    assert "2 văn bản cùng ghi số 12/2026/NQ-HĐND: mot, hai. Nếu" in out


# --- what cannot be read --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sha256", "told"),
    [
        (b"", None, r"hong\.txt rỗng; hãy"),
        (GOOD, "0" * 64, r"manifest\.toml, dòng 7: .*mã băm.*Hãy khôi phục"),
        (None, "0" * 64, r"manifest\.toml, dòng 6: không mở được tệp .*hong\.txt .*hãy"),
        ("folder", "0" * 64, r"manifest\.toml, dòng 6: không mở được tệp .*hong\.txt .*hãy"),
        (
            "pipe",
            "0" * 64,
            r"manifest\.toml, dòng 6: không mở được tệp .*hong\.txt \(không phải là tệp\).*hãy",
        ),
        (BROKEN, None, r"hong\.txt.*Hãy"),
        (b"\x00" * 5000, None, r"hong\.txt.*Hãy"),
    ],
    ids="empty altered missing folder pipe pdf zeros".split(),
)
def test_a_bad_file_is_named_and_the_others_are_indexed(
    office: Path, content: bytes | str | None, sha256: str | None, told: str, capsys: Captured
) -> None:
    import os

    file = office / "documents" / "hong.txt"
    if content == "folder":
        file.mkdir()
    elif content == "pipe":
        os.mkfifo(file)
    elif isinstance(content, bytes):
        file.write_bytes(content)
        sha256 = sha256 or hashlib.sha256(content).hexdigest()
    (office / "documents" / "moi.txt").write_bytes(GOOD)
    declare(office, table("hong", sha256 or ""), table("moi", hashlib.sha256(GOOD).hexdigest()))
    code, out, lines = ingest(capsys)
    assert code == 65
    assert out.startswith("Đã lập chỉ mục")
    assert lines[0].startswith("Lỗi: hong: ")
    assert re.search(told, lines[0])
    assert "Không đọc được 1 văn bản; các văn bản khác vẫn được phục vụ" in lines[1]
    assert {"moi", "qd-dieu-chinh-quy-hoach-2026"} <= set(index(office).documents)
    assert "hong" not in index(office).documents
    folder = index(office).folder
    assert ingest(capsys) == (65, UP_TO_DATE, lines)
    assert ingest(capsys, "--if-needed") == (65, UP_TO_DATE, lines)
    assert index(office).folder == folder


def test_a_mended_file_is_read(office: Path, capsys: Captured) -> None:
    hold(office, hong=BROKEN)
    assert ingest(capsys)[0] == 65
    hold(office, hong=GOOD)
    assert ingest(capsys)[0] == 0
    assert "hong" in index(office).documents


@pytest.mark.parametrize(
    ("setting", "value", "size", "told"),
    [
        ("HOIDAP_FILE_SECONDS", "1", 40_000_000, "đọc quá 1 giây chưa xong nên đã dừng"),
        ("HOIDAP_FILE_MEMORY_MB", "256", 300_000_000, "cần hơn 256 MB bộ nhớ để đọc nên đã dừng"),
    ],
)
def test_a_file_that_costs_too_much_is_stopped_and_not_tried_again(
    office: Path,
    setting: str,
    value: str,
    size: int,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    monkeypatch.setenv(setting, value)
    line = b"1. Noi dung cua khoan nay.\n\n"
    hold(office, nang=line * (size // len(line)), moi=GOOD)
    code, _, lines = ingest(capsys)
    assert code == 65
    assert told in lines[0]
    assert setting in lines[0]
    assert "moi" in index(office).documents
    began = time.monotonic()
    assert ingest(capsys) == (65, UP_TO_DATE, lines)
    assert time.monotonic() - began < 3


def test_what_served_goes_on_when_its_file_is_lost(office: Path, capsys: Captured) -> None:
    hold(office, moi=GOOD)
    assert ingest(capsys)[0] == 0
    (office / "documents" / "moi.txt").unlink()
    code, _, lines = ingest(capsys)
    assert code == 65
    assert lines[0].endswith("Bản đã đọc trước đây của đúng tệp này vẫn được dùng.")
    assert any("Hữu Lũng 17 tỷ đồng" in passage.text for passage in index(office).passages)
    assert ingest(capsys) == (65, UP_TO_DATE, lines)
    main(["documents", "--json"])
    assert '"moi"' in capsys.readouterr().out


def test_a_new_version_that_cannot_be_read_is_left_out(office: Path, capsys: Captured) -> None:
    hold(office, moi=GOOD)
    assert ingest(capsys)[0] == 0
    hold(office, moi=BROKEN)
    code, _, lines = ingest(capsys)
    assert code == 65
    assert "vẫn được dùng." not in lines[0]
    assert "moi" not in index(office).documents


def test_retry_reads_a_failed_file_again(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    hold(office, hong=BROKEN)
    ingest(capsys)
    (failed,) = (office / "readings").glob("*.failed")
    before = failed.stat().st_mtime_ns
    ingest(capsys)
    assert failed.stat().st_mtime_ns == before
    assert ingest(capsys, "--retry")[0] == 65
    assert failed.stat().st_mtime_ns > before


def test_a_data_folder_that_cannot_be_written(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    (tmp_path / "tep").write_text("no folder")
    monkeypatch.setenv("HOIDAP_DATA", str(tmp_path / "tep" / "data"))
    code, out, lines = ingest(capsys)
    assert (code, out) == (69, "")
    assert re.search(r"Không ghi được chỉ mục vào .*Hãy kiểm tra quyền ghi", lines[-1])
    assert main(["cite", "khoản 2 mục V Điều 1 Quyết định điều chỉnh quy hoạch"]) == 0


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "nhiều"])
@pytest.mark.parametrize("setting", ["HOIDAP_FILE_SECONDS", "HOIDAP_FILE_MEMORY_MB"])
def test_limits_that_are_none(
    setting: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv(setting, value)
    assert main(["ingest"]) == 78
    assert f"{setting} phải là số nguyên từ" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["0", "0.5", '"nhanh"'])
def test_limits_from_the_file(office: Path, value: str, capsys: Captured) -> None:
    (office / "settings.toml").write_text(f"file_seconds = {value}\n")
    assert main(["ingest"]) == 78
    assert "HOIDAP_FILE_SECONDS" in capsys.readouterr().err
