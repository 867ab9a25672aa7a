"""Old Word files by way of LibreOffice: read where it is there, a clear word where it is not."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from ingest.readers import old_word

FILE = Path("cu.doc")
RTF = (
    rb"{\rtf1\ansi{\fonttbl{\f0 Times New Roman;}{\f1 .VnTime;}}\f0 Chuong I\line TONG\par "
    rb"C\u7897?ng ho\u224?\par \f1 C\'e9ng\par}"
)
with_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")


def program(folder: Path, script: str) -> None:
    """A stand-in for LibreOffice, first on the path."""
    file = folder / "soffice"
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


@with_office
def test_rich_text_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert old_word.read(RTF, FILE).text.splitlines() == ["Chuong I", "TONG", "Cộng hoà", "Cộng"]
    assert list(tmp_path.iterdir()) == []  # nothing is left behind


@with_office
def test_what_libreoffice_cannot_open_is_refused_with_the_remedy() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000) + "WordDocument".encode("utf-16-le")
    with pytest.raises(DocumentError, match=r"cu\.doc: LibreOffice không mở được .*Hãy mở tệp bằng Word"):
        old_word.read(data, FILE)


def test_without_libreoffice_the_way_out_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError, match=r"cu\.doc: cần LibreOffice .* Hãy cài .* lưu lại dạng \.docx"):
        old_word.read(RTF, FILE)


def test_what_takes_too_long_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "pid"
    program(tmp_path, f"sleep 60 &\necho $! > {noted}\nwait")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    started = time.monotonic()
    with pytest.raises(DocumentError, match="không đọc xong trong 1 giây"):
        old_word.read(RTF, FILE, time_limit=1)
    assert time.monotonic() - started < 10
    assert is_gone(int(noted.read_text()))


def is_gone(pid: int) -> bool:
    """Whether a process has ended, waited for by its parent or not."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False
