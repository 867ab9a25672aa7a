"""`hoidap add`, `remove`, `restore`: real files, a data folder of its own, the real command."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus.document import Metadata, TextKind
from corpus.manifest import SHIPPED, Entry, active, load
from ui.cli import main

if TYPE_CHECKING:
    from ui.settings import Settings

Captured = pytest.CaptureFixture[str]
RESOLUTION = """\
HỘI ĐỒNG NHÂN DÂN
TỈNH LẠNG SƠN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 19/2025/NQ-HĐND

Lạng Sơn, ngày 15 tháng 7 năm 2025

NGHỊ QUYẾT

Quy định một số chính sách hỗ trợ phát triển du lịch cộng đồng

HỘI ĐỒNG NHÂN DÂN TỈNH LẠNG SƠN

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;

Điều 1. Phạm vi điều chỉnh

Nghị quyết này quy định chính sách hỗ trợ phát triển du lịch cộng đồng.

Điều 2. Hiệu lực thi hành

Nghị quyết này có hiệu lực thi hành sau 10 ngày kể từ ngày ký.

Nơi nhận:
- Như Điều 2;

CHỦ TỊCH

Đoàn Thị Hậu
"""
ID = "nq-19-2025-nq-hdnd"
OTHER = RESOLUTION.replace("19/2025", "27/2025").replace("du lịch cộng đồng", "chợ biên giới")
OTHER_ID = "nq-27-2025-nq-hdnd"
PLAN = (
    RESOLUTION.replace("Số: 19/2025/NQ-HĐND", "Số:      /KH-UBND")
    .replace("ngày 15 tháng 7", "ngày     tháng 7")
    .replace("NGHỊ QUYẾT\n", "KẾ HOẠCH\n")
    .replace("HỘI ĐỒNG", "ỦY BAN")
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, in force."""
    folder = tmp_path / "du-lieu"
    monkeypatch.setenv("HOIDAP_DATA", str(folder))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))  # nobody to ask
    return folder


def run(*arguments: str | Path) -> int:
    """The exit code, whether returned or raised; nothing is indexed."""
    try:
        return main([*map(str, arguments), "--no-ingest"])
    except SystemExit as ended:
        return int(ended.code or 0)


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def held(data: Path) -> Mapping[str, Entry]:
    """What the office holds."""
    manifest = data / "documents" / "manifest.toml"
    return {entry.metadata.id: entry for entry in load(manifest)} if manifest.exists() else {}


def everything(data: Path) -> Mapping[str, Metadata]:
    """What is held in all, the office's over what is shipped."""
    entries = load(SHIPPED, data / "documents" / "manifest.toml")
    return {entry.metadata.id: entry.metadata for entry in entries}


# --- one file -----------------------------------------------------------------------------------


def test_the_resolution_takes_the_digests_place(data: Path, tmp_path: Path, capsys: Captured) -> None:
    path = file(tmp_path, "Nghị quyết 19 (bản ký).txt", RESOLUTION)
    assert everything_shipped()[ID].kind is TextKind.DIGEST
    assert run("add", "--yes", path) == 0
    shown = capsys.readouterr().out
    assert "Thay cho bản tóm tắt đang giữ" in shown
    assert "19/2025/NQ-HĐND" in shown
    assert held(data)[ID].metadata == Metadata(
        id=ID,
        type="Nghị quyết",
        number="19/2025/NQ-HĐND",
        issuer="HĐND tỉnh Lạng Sơn",
        date="2025-07-15",
        title="Quy định một số chính sách hỗ trợ phát triển du lịch cộng đồng",
        signer="Chủ tịch Đoàn Thị Hậu",
        file=f"{ID}.txt",
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        kind=TextKind.OFFICIAL,
        source=f"Do người dùng nạp ngày {date.today():%d/%m/%Y}",
        effective="2025-07-25",
    )
    assert held(data)[ID].read() == path.read_bytes()
    assert everything(data)[ID].kind is TextKind.OFFICIAL
    assert everything(data)[ID].short_name.endswith("của HĐND tỉnh Lạng Sơn")


def everything_shipped() -> Mapping[str, Metadata]:
    return {entry.metadata.id: entry.metadata for entry in load(SHIPPED)}


def test_blanks_stay_blank(data: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run("add", "--yes", file(tmp_path, "kh.txt", PLAN)) == 0
    (entry,) = held(data).values()
    about = entry.metadata
    assert (about.type, about.number, about.date) == ("Kế hoạch", None, "2025-07")
    assert about.kind is TextKind.UNNUMBERED_COPY
    assert about.id.startswith("kh-quy-dinh-mot-so-chinh-sach")
    assert about.effective is None
    out = capsys.readouterr().out
    assert "(để trống)" in out
    assert "Số hoặc ngày để trống" in out


def test_what_the_user_says_wins_and_is_compared(data: Path, tmp_path: Path, capsys: Captured) -> None:
    path = file(tmp_path, "kh.txt", PLAN)
    given = ["--number", "45/KH-UBND", "--date", "5/7/2025", "--signer", "Phó Chủ tịch Trần Văn A"]
    assert run("add", "--yes", path, *given, "--source", "Công báo", "--title", "Kế hoạch chợ") == 0
    (entry,) = held(data).values()
    about = entry.metadata
    assert (about.id, about.number, about.date) == ("kh-45-kh-ubnd", "45/KH-UBND", "2025-07-05")
    assert (about.kind, about.source, about.title) == (TextKind.OFFICIAL, "Công báo", "Kế hoạch chợ")
    out = capsys.readouterr().out
    assert "Người ký: văn bản ghi “Chủ tịch Đoàn Thị Hậu”" in out
    assert "Tên văn bản: văn bản ghi" in out


def test_a_day_in_force_is_counted_from_the_date_that_the_user_gives(data: Path, tmp_path: Path) -> None:
    path = file(tmp_path, "nq.txt", OTHER.replace("ngày 15 tháng 7", "ngày     tháng 7"))
    assert run("add", "--yes", path, "--date", "2025-07-30") == 0
    assert held(data)[OTHER_ID].metadata.effective == "2025-08-09"


def test_an_ending_that_lies_is_seen_through(data: Path, tmp_path: Path) -> None:
    assert run("add", "--yes", file(tmp_path, "van-ban.pdf", RESOLUTION)) == 0
    assert len(held(data)) == 1


def test_a_name_that_is_no_safe_file_name(data: Path, tmp_path: Path) -> None:
    assert run("add", "--yes", file(tmp_path, "..;rm -rf $HOME\n“x”.T X T", RESOLUTION)) == 0
    assert held(data)[ID].path == data / "documents" / ID


# --- nobody said yes ----------------------------------------------------------------------------


def test_nothing_is_written_where_nobody_can_be_asked(data: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run("add", file(tmp_path, "nq.txt", RESOLUTION)) == 64
    out, error = capsys.readouterr()
    assert ID in out
    assert "--yes" in error
    assert not data.exists()


class Person(io.StringIO):
    """Standard input with somebody at it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "written"), [("c\n", 1), ("Có\n", 1), ("k\n", 0), ("\n", 0), ("", 0)])
def test_it_asks_before_it_writes(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, written: int
) -> None:
    monkeypatch.setattr("sys.stdin", Person(answer))
    assert run("add", file(tmp_path, "nq.txt", RESOLUTION)) == 0
    assert len(held(data)) == written


# --- what is held already -----------------------------------------------------------------------


def test_the_same_file_again_is_told_and_nothing_changes(
    data: Path, tmp_path: Path, capsys: Captured
) -> None:
    path = file(tmp_path, "nq.txt", RESOLUTION)
    assert run("add", "--yes", path) == 0
    before = (data / "documents" / "manifest.toml").read_bytes()
    assert run("add", "--yes", path) == 0
    assert f"đã có, mã “{ID}”" in capsys.readouterr().err
    assert (data / "documents" / "manifest.toml").read_bytes() == before


def test_a_shipped_document_is_known_by_its_bytes(data: Path, capsys: Captured) -> None:
    assert run("add", "--yes", SHIPPED.parent / "kh-du-lich-cvdc-2026.txt") == 0
    assert "đã có, mã “kh-du-lich-cvdc-2026”" in capsys.readouterr().err
    assert not held(data)


def test_another_text_of_one_number_needs_a_choice(data: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run("add", "--yes", file(tmp_path, "a.txt", OTHER)) == 0
    other = file(tmp_path, "b.txt", OTHER.replace("Như Điều 2", "Như Điều 1"))
    assert run("add", "--yes", other) == 65
    error = capsys.readouterr().err
    assert "kho đã có Nghị quyết số 27/2025/NQ-HĐND" in error
    assert "--replace" in error
    assert "--id" in error
    assert run("add", "--yes", "--replace", other) == 0
    assert held(data)[OTHER_ID].read() == other.read_bytes()
    assert (data / "documents" / f"{OTHER_ID}.txt").read_text(encoding="utf-8") == OTHER, "the old file stays"


def test_both_may_be_held_under_two_ids(data: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run("add", "--yes", file(tmp_path, "a.txt", OTHER)) == 0
    other = file(tmp_path, "b.txt", OTHER + "\n\n")
    assert run("add", "--yes", "--id", "nq-27-ban-hai", other) == 0
    assert set(held(data)) == {OTHER_ID, "nq-27-ban-hai"}
    assert "hai bản sẽ cùng được tra cứu" in capsys.readouterr().out


def test_one_number_of_two_provinces_is_two_instruments(data: Path, tmp_path: Path) -> None:
    there = OTHER.replace("LẠNG SƠN", "CAO BẰNG").replace("Lạng Sơn,", "Cao Bằng,")
    files = [file(tmp_path, "a.txt", OTHER), file(tmp_path, "b.txt", there)]
    assert run("add", "--yes", *files) == 0
    assert set(held(data)) == {OTHER_ID, f"{OTHER_ID}-cao-bang"}


def test_a_digest_does_not_push_an_official_text_out(data: Path, tmp_path: Path) -> None:
    assert run("add", "--yes", file(tmp_path, "a.txt", RESOLUTION)) == 0
    summary = file(tmp_path, "b.txt", RESOLUTION.replace("quy định chính sách", "nói về chính sách"))
    assert run("add", "--yes", "--kind", "digest", summary) == 65
    assert held(data)[ID].metadata.kind is TextKind.OFFICIAL


def test_the_issued_plan_meets_its_unnumbered_copy(data: Path, tmp_path: Path) -> None:
    """The office has the shipped plan with its number now: that must not stand beside the copy unseen."""
    text = (SHIPPED.parent / "kh-du-lich-cvdc-2026.txt").read_text(encoding="utf-8")
    issued = file(tmp_path, "kh.txt", text.replace("Số: /KH-UBND", "Số: 45/KH-UBND", 1))
    assert run("add", "--yes", issued) == 65
    assert run("add", "--yes", "--replace", issued) == 0
    assert held(data)["kh-du-lich-cvdc-2026"].metadata.number == "45/KH-UBND"


# --- several files, bad files -------------------------------------------------------------------


def test_a_folder_is_read_through_and_bad_files_stop_nothing(
    data: Path, tmp_path: Path, capsys: Captured
) -> None:
    folder = tmp_path / "vao"
    file(folder, "nq.txt", RESOLUTION)
    file(folder, "con/chau/khac.md", OTHER)
    file(folder, "con/trung.txt", OTHER)  # the same bytes
    file(folder, "con/hai.txt", OTHER + "\n\n")  # the same number
    file(folder, "bang.xlsx", "x")
    file(folder, ".an/nq.txt", OTHER)
    file(folder, "rong.txt", "")
    file(folder, "hong.pdf", "%PDF-1.7\nhỏng")
    file(folder, "truyen.txt", "Ngày xửa ngày xưa có một cô bé.\n")
    assert run("add", "--yes", folder, tmp_path / "khong-co.pdf") == 65
    error = capsys.readouterr().err
    for told in (
        "7 tệp; bỏ qua 1 tệp loại khác",
        "rong.txt: tệp rỗng",
        "hong.pdf",
        "truyen.txt: Không đọc được loại văn bản, cơ quan ban hành, tên văn bản",
        "--issuer",
        "khong-co.pdf: không có tệp này",
        "giống hệt",
        "trong lần nạp này",
    ):
        assert told in error, error
    assert "Traceback" not in error
    assert set(held(data)) == {ID, OTHER_ID}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--id", "NQ 19"], "chữ thường không dấu"),
        (["--date", "32/7/2025"], "cần một ngày"),
        (["--kind", "that"], "được chọn"),
    ],
)
def test_wrong_usage(data: Path, tmp_path: Path, capsys: Captured, arguments: list[str], told: str) -> None:
    assert run("add", "--yes", *arguments, file(tmp_path, "nq.txt", RESOLUTION)) == 64
    assert told in capsys.readouterr().err
    assert not data.exists()


def test_one_title_for_several_files_is_refused(data: Path, tmp_path: Path, capsys: Captured) -> None:
    files = [file(tmp_path, "a.txt", RESOLUTION), file(tmp_path, "b.txt", OTHER)]
    assert run("add", "--yes", "--title", "Một tên", *files) == 64
    assert "--title chỉ dùng khi nạp một tệp" in capsys.readouterr().err
    assert not held(data)


def test_a_pipe_is_no_file(data: Path, tmp_path: Path, capsys: Captured) -> None:
    os.mkfifo(tmp_path / "ong.txt")
    assert run("add", "--yes", tmp_path / "ong.txt") == 65
    assert "không phải là tệp" in capsys.readouterr().err


def test_interrupted_while_it_waits_for_an_answer_nothing_is_written(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(prompt: str) -> str:
        raise KeyboardInterrupt

    path = file(tmp_path, "nq.txt", RESOLUTION)
    monkeypatch.setattr("sys.stdin", Person(""))
    monkeypatch.setattr("builtins.input", interrupted)
    assert run("add", path) == 130
    assert not data.exists()


@pytest.mark.parametrize("after", [0.2, 0.35, 0.5, 0.7])
def test_killed_at_any_moment_the_holdings_open(data: Path, tmp_path: Path, after: float) -> None:
    files = [
        file(tmp_path, f"{number}.txt", OTHER.replace("27/2025", f"{number}/2025")) for number in range(1, 30)
    ]
    command = [sys.executable, "-m", "ui.cli", "add", "--yes", "--no-ingest", *map(str, files)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
    ) as adding:
        time.sleep(after)
        adding.send_signal(signal.SIGKILL)
    assert len(held(data)) in (0, 29)
    assert run("add", "--yes", *files) == 0
    assert len(held(data)) == 29


# --- taken out, and back ------------------------------------------------------------------------


def searched(data: Path) -> set[str]:
    entries = load(SHIPPED, data / "documents" / "manifest.toml")
    return {entry.metadata.id for entry in active(entries)}


def test_a_document_is_withdrawn_and_comes_back(data: Path, tmp_path: Path, capsys: Captured) -> None:
    path = file(tmp_path, "nq.txt", OTHER)
    assert run("add", "--yes", path) == 0
    before = held(data)[OTHER_ID].metadata
    assert run("remove", OTHER_ID) == 0
    assert held(data)[OTHER_ID].metadata.withdrawn == date.today().isoformat()
    assert held(data)[OTHER_ID].read() == path.read_bytes()
    assert OTHER_ID not in searched(data)
    assert run("remove", OTHER_ID) == 0
    assert run("add", "--yes", path) == 0
    out, error = capsys.readouterr()
    assert "đã được rút ra từ trước" in out
    assert f"hoidap restore {OTHER_ID}" in error
    assert run("restore", OTHER_ID) == 0
    assert held(data)[OTHER_ID].metadata == before
    assert run("restore", OTHER_ID) == 0
    assert "không phải lấy lại" in capsys.readouterr().out


def test_a_shipped_document_is_withdrawn_by_an_entry_over_it(data: Path) -> None:
    plan = "kh-du-lich-cvdc-2026"
    shipped = SHIPPED.read_bytes()
    assert run("remove", plan) == 0
    assert plan not in searched(data)
    assert everything(data)[plan].withdrawn == date.today().isoformat()
    assert run("restore", plan) == 0
    assert plan in searched(data)
    assert not held(data), "the shipped entry counts again, also when it is updated"
    assert not (data / "documents" / f"{plan}.txt").exists()
    assert SHIPPED.read_bytes() == shipped


def test_a_withdrawn_text_gives_way_to_a_new_one(data: Path, tmp_path: Path) -> None:
    assert run("add", "--yes", file(tmp_path, "a.txt", OTHER)) == 0
    assert run("remove", OTHER_ID) == 0
    assert run("add", "--yes", file(tmp_path, "b.txt", OTHER + "\n\n")) == 0
    assert held(data)[OTHER_ID].metadata.withdrawn is None


@pytest.mark.parametrize("command", ["remove", "restore"])
def test_an_unknown_id_is_told(data: Path, capsys: Captured, command: str) -> None:
    assert run(command, "khong-co") == 1
    assert "Không có văn bản “khong-co”. Trong kho có: kh-du-lich-cvdc-2026" in capsys.readouterr().err
    assert not held(data)


# --- the whole way ------------------------------------------------------------------------------


def test_what_is_added_is_found_and_what_is_withdrawn_is_not(
    settings: Settings, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """With the model and the index; only the new provisions are to be encoded."""
    from retriever.index import open_index

    monkeypatch.setenv("HOIDAP_CACHE", str(settings.cache))
    for known in (settings.index, settings.readings):
        if known.is_dir():
            shutil.copytree(known, data / known.name)
    assert main(["add", "--yes", str(file(tmp_path, "nq.txt", RESOLUTION))]) == 0
    assert main(["cite", "Điều 2 Nghị quyết số 19/2025/NQ-HĐND"]) == 0
    assert "sau 10 ngày kể từ ngày ký" in capsys.readouterr().out
    assert ID in {passage.document for passage in open_index(data / "index").passages}
    assert main(["remove", ID]) == 0
    assert ID not in {passage.document for passage in open_index(data / "index").passages}
