"""The command line: help with examples, JSON for programs, exit codes, errors of one line in Vietnamese."""

from __future__ import annotations

import argparse
import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eval.runfile import RunLine, read_run
from ui import opening
from ui.cli import main, parser
from ui.terminal import Bars

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from ui.settings import Settings

PARKS = "Đến năm 2030 có bao nhiêu khu công nghiệp?"
TOLLS = "Phí cầu đường cao tốc qua Lạng Sơn hết bao nhiêu?"
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def opened(answerer: Answerer, monkeypatch: pytest.MonkeyPatch) -> Answerer:
    """The commands use the system that is open already instead of loading the model again."""
    monkeypatch.setattr(opening, "open_answerer", lambda settings: answerer)
    monkeypatch.setattr(opening, "open_searcher", lambda settings: answerer.searcher)
    return answerer


@pytest.fixture
def elsewhere(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder; the model is the one that is unpacked already."""
    monkeypatch.setenv("HOIDAP_CACHE", str(settings.cache))
    monkeypatch.setenv("HOIDAP_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def run(*arguments: str) -> int:
    """The exit code, whether returned or raised."""
    try:
        return main(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)


def one_line_error(capsys: Captured) -> str:
    """What was said on standard error: a single line in Vietnamese."""
    out, error = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in error
    assert error.endswith("\n")
    assert error.count("\n") == 1
    assert VIETNAMESE.search(error)
    return error


def commands(top: argparse.ArgumentParser, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command and command below a command."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield (*above, name)
                yield from commands(below, (*above, name))


# --- help ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [(), *commands(parser())], ids=" ".join)
def test_every_help_shows_an_example(command: tuple[str, ...], capsys: Captured) -> None:
    assert run(*command, "--help") == 0
    out, error = capsys.readouterr()
    assert error == ""
    assert out.startswith("Cách dùng: hoidap")
    assert re.search(rf"Ví dụ:\n  hoidap {' '.join(command) or 'ask'}", out)
    for english in ("usage:", "options:", "positional", "show this help"):
        assert english not in out


def test_the_commands_of_the_issue_are_there() -> None:
    assert {"ingest", "ask", "search", "cite", "documents", "serve", "eval"} <= {
        command[0] for command in commands(parser())
    }


def test_help_explains_the_exit_codes(capsys: Captured) -> None:
    run("--help")
    assert re.search(r"Mã thoát: 0 .* 3 .* 64 .* 65 .*69 .* 78 .* 130", capsys.readouterr().out, re.DOTALL)


@pytest.mark.parametrize("example", ['ask "GRDP?"', "search -k 20 x", "ingest --if-needed", "documents ma"])
def test_examples_can_be_typed(example: str) -> None:
    assert parser().parse_args(example.replace('"', "").split()).run


# --- wrong usage: 64 ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "còn thiếu LỆNH"),
        (["hoi"], "không có 'hoi'"),
        (["ask"], "còn thiếu CÂU_HỎI"),
        (["ask", "--nhanh", "x"], "không hiểu --nhanh"),
        (["search", "-k", "0", "x"], "cần một số nguyên dương"),
        (["search", "-k", "²", "x"], "cần một số nguyên dương"),
        (["search", "-k"], "cần một giá trị"),
        (["serve", "--port", "99999"], "số cổng từ 1 đến 65535"),
        (["serve", "--port", "0"], "số cổng từ 1 đến 65535"),
        (["eval", "score"], "còn thiếu --questions"),
    ],
)
def test_wrong_usage(arguments: list[str], told: str, capsys: Captured) -> None:
    assert run(*arguments) == 64
    out, error = capsys.readouterr()
    assert out == ""
    assert told in error
    assert "--help" in error.splitlines()[-1]
    assert "error:" not in error


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize(
    ("question", "what_to_do"),
    [
        ("", "Hãy gõ điều bạn muốn hỏi"),
        ("😀🎉", "Hãy gõ câu hỏi bằng chữ"),
        ("khu công nghiệp " * 625, "Hãy rút gọn"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Hãy chuyển bộ gõ sang Unicode"),
        ("<script>alert(1)</script>", "Hãy gõ"),
        ("du l\udce9ch", "Hãy gõ lại"),  # how Python passes on bytes that are no UTF-8
    ],
    ids="empty emoji 10000 tcvn3 script bytes".split(),
)
def test_bad_questions(command: str, question: str, what_to_do: str, capsys: Captured) -> None:
    assert run(command, question) == 64
    assert what_to_do in one_line_error(capsys)


# --- answers ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("opened")
def test_an_answer_with_its_sources(capsys: Captured) -> None:
    assert run("ask", PARKS) == 0
    out, error = capsys.readouterr()
    assert error == ""
    assert "08 khu công nghiệp" in out
    assert re.search(r"Nguồn:\n\[1\] khoản 2 mục V Điều 1, Quyết định", out)
    assert "Lưu ý: Bản chưa ghi số" in out


@pytest.mark.usefixtures("opened")
def test_what_is_not_found_says_what_is_nearest(capsys: Captured) -> None:
    assert run("ask", TOLLS) == 3
    out = capsys.readouterr().out
    assert out.startswith("KHÔNG TÌM THẤY\nKhông tìm thấy trong kho văn bản.")
    assert out.count("\n- ") == 3


@pytest.mark.usefixtures("opened")
def test_a_follow_up(capsys: Captured) -> None:
    assert run("ask", "--after", PARKS, "còn sau năm 2030?") == 0
    assert "khu công nghiệp" in capsys.readouterr().out


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(("given", "shown"), [([], 5), (["-k", "2"], 2), (["-k", "20"], 20)])
def test_a_search_shows_as_many_as_asked(given: list[str], shown: int, capsys: Captured) -> None:
    assert run("search", *given, PARKS) == 0
    ranks = re.findall(r"^(\d+)\. .*, (?:Kế hoạch|Quyết định)", capsys.readouterr().out, re.MULTILINE)
    assert ranks == [str(rank) for rank in range(1, shown + 1)]


def run_line(out: str, folder: Path) -> RunLine:
    """The one line that a program reads."""
    assert out.endswith("\n")
    assert out.count("\n") == 1
    assert "\\u" not in out
    assert "Điều 1" in out
    file = folder / "run.jsonl"
    file.write_text(out, encoding="utf-8")
    (line,) = read_run(file)
    return line


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(("given", "passages"), [([], 20), (["-k", "3"], 20), (["-k", "25"], 25)])
def test_search_for_a_program(given: list[str], passages: int, capsys: Captured, tmp_path: Path) -> None:
    assert run("search", "--json", *given, PARKS) == 0
    line = run_line(capsys.readouterr().out, tmp_path)
    assert len(line.passages) == passages
    assert line.answer is None
    assert line.latency_ms["search"] > 0


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(("question", "code"), [(PARKS, 0), (TOLLS, 3)])
def test_ask_for_a_program(question: str, code: int, capsys: Captured, tmp_path: Path) -> None:
    assert run("ask", "--json", question) == code
    line = run_line(capsys.readouterr().out, tmp_path)
    assert len(line.passages) >= 20
    assert line.answer is not None
    assert line.answer.abstains is (code == 3)
    assert line.latency_ms["answer"] > 0
    assert line.confidence is not None


@pytest.mark.usefixtures("settings")  # its index is there
def test_a_search_loads_only_what_it_needs() -> None:
    code = (
        f"import sys; from ui.cli import main; main(['search', '--local', '{PARKS}']);"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers', 'langchain_core')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "khu công nghiệp" in done.stdout


# --- citations and documents: no model ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("khoản 2 mục V Điều 1 Quyết định điều chỉnh quy hoạch", 0, "khu công nghiệp"),
        ("Khoản 99 Điều 77 Quyết định điều chỉnh quy hoạch", 3, ""),
        ("Nghị quyết số 999/2031/NQ-HĐND", 3, "999/2031"),
    ],
)
def test_citations(text: str, code: int, shown: str, capsys: Captured) -> None:
    assert run("cite", text) == code
    out, error = capsys.readouterr()
    assert error == ""
    assert shown in out


def test_citations_for_a_program(capsys: Captured) -> None:
    text = "Xem khoản 2 mục V Điều 1 Quyết định điều chỉnh quy hoạch; mục II.2 của Kế hoạch du lịch"
    assert run("cite", "--json", text) == 0
    found = json.loads(capsys.readouterr().out)["citations"]
    assert [one["status"] for one in found] == ["exact", "exact"]
    assert all(text[slice(*one["span"])] == one["text"] for one in found)


@pytest.mark.parametrize("form", [[], ["--json"]])
@pytest.mark.parametrize("text", ["du l\udce9ch", "không có gì ở đây"])
def test_a_text_without_citations(text: str, form: list[str], capsys: Captured) -> None:
    assert run("cite", *form, text) == 3
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("text", ["", "  "])
def test_no_citation_to_look_up(text: str, capsys: Captured) -> None:
    assert run("cite", text) == 64
    assert "Ví dụ: hoidap cite" in one_line_error(capsys)


def test_a_citation_loads_no_model() -> None:
    code = (
        "import sys; from ui.cli import main; main(['cite', 'khoản 2 mục V Điều 1 Quyết định quy hoạch']);"
        "print([name for name in ('torch', 'gradio', 'faiss', 'sentence_transformers', 'underthesea')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "khu công nghiệp" in done.stdout


def test_the_documents_and_their_outlines(capsys: Captured) -> None:
    assert run("documents", "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"} <= {line["id"] for line in lines}
    assert run("documents", "qd-dieu-chinh-quy-hoach-2026") == 0
    assert "[dieu-1/v/2]" in capsys.readouterr().out


def test_a_document_that_is_not_held(capsys: Captured) -> None:
    assert run("documents", "khong-co") == 1
    assert "Trong kho có: kh-du-lich-cvdc-2026" in one_line_error(capsys)


# --- what can go wrong: 65, 69, 78, 130 -----------------------------------------------------------


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("command", [["ask", PARKS], ["search", PARKS], ["eval"]])
def test_no_index_yet(command: list[str], capsys: Captured) -> None:
    assert run(*command) == 69
    assert "Hãy chạy: hoidap ingest" in one_line_error(capsys)


def test_an_index_of_another_version(elsewhere: Path, capsys: Captured) -> None:
    folder = elsewhere / "index" / "index-cu"
    folder.mkdir(parents=True)
    (folder / "index.json").write_text('{"format": 0}')
    (elsewhere / "index" / "CURRENT").write_text("index-cu\n")
    assert run("ask", PARKS) == 69
    assert re.search(r"phiên bản khác.*Hãy chạy: hoidap ingest", one_line_error(capsys))


@pytest.mark.usefixtures("settings")
def test_an_index_of_another_model(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv("HOIDAP_MODEL", "/mo-hinh/khac")
    assert run("ask", PARKS) == 69
    assert re.search(r"nay đang chọn “/mo-hinh/khac”.*hoidap ingest", one_line_error(capsys))


def test_a_port_in_use(taken_port: int, capsys: Captured) -> None:
    assert run("serve", "--port", str(taken_port)) == 69
    assert f"hoidap serve --port {taken_port % 65535 + 1}" in one_line_error(capsys)


def test_an_address_that_is_not_here(capsys: Captured) -> None:
    assert run("serve", "--host", "203.0.113.1") == 69
    assert "Không dùng được 203.0.113.1:" in one_line_error(capsys)


TABLE = """\
[[document]]
id = "nghi-quyet-moi"
type = "Nghị quyết"
issuer = "HĐND tỉnh Lạng Sơn"
title = "Về một việc mới"
file = "moi.txt"
sha256 = "{sha256}"
kind = "official"
source = "thử"
"""


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        ("[[document]\n", r"manifest\.toml, dòng 1: sai cú pháp TOML"),
        (TABLE + 'la = "x"\n', r"manifest\.toml, dòng 10: khóa lạ “la”"),
    ],
    ids="syntax key".split(),
)
def test_a_manifest_that_is_wrong(elsewhere: Path, manifest: str, told: str, capsys: Captured) -> None:
    folder = elsewhere / "documents"
    folder.mkdir()
    (folder / "manifest.toml").write_text(manifest, encoding="utf-8")
    assert run("ingest") == 65
    assert re.search(told, one_line_error(capsys))


@pytest.mark.parametrize("content", [b"{", b"[]\n", b"\xff\n", b'{"id": 5}\n', b""])
def test_a_run_file_that_is_none(content: bytes, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "run.jsonl").write_bytes(content)
    shipped = Path(__file__).parents[2] / "eval" / "questions" / "development.jsonl"
    assert run("eval", "score", "--questions", str(shipped), str(tmp_path / "run.jsonl")) == 65
    assert "run.jsonl" in one_line_error(capsys)


@pytest.mark.parametrize(("name", "value"), [("HOIDAP_PORT", "abc"), ("HOIDAP_PORT", "0")])
def test_a_wrong_setting(name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setenv(name, value)
    assert run("documents") == 78
    assert "HOIDAP_PORT phải là số cổng" in one_line_error(capsys)


def test_a_wrong_settings_file(elsewhere: Path, capsys: Captured) -> None:
    (elsewhere / "settings.toml").write_text("cong = 1\n")
    assert run("documents") == 78
    assert "thiết lập lạ cong" in one_line_error(capsys)


def test_ctrl_c_during_ingest(elsewhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def interrupt(bars: Bars, stage: str, done: int, total: int, detail: str = "") -> None:
        if stage == "Tách từ" and done == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(Bars, "__call__", interrupt)
    assert run("ingest") == 130
    assert "những gì có từ trước còn nguyên" in capsys.readouterr().err
    assert not list((elsewhere / "index").glob("*index-*"))
    assert not list((elsewhere / "index").glob(".building-*"))


@pytest.mark.usefixtures("settings")
def test_an_up_to_date_index_is_left_alone(capsys: Captured) -> None:
    assert run("ingest", "--if-needed") == 0
    assert capsys.readouterr().out == "Chỉ mục đã mới nhất, không phải làm gì.\n"
