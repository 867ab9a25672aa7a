"""`hoidap cite`: one citation typed, a whole file as a table, and the same object as JSON."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.manifest import SHIPPED
from retriever.lookup import Lookup
from retriever.validity import Validities
from ui.citations import as_json, citations_value
from ui.citing import stretches
from ui.cli import main

PLAN = SHIPPED.with_name("kh-du-lich-cvdc-2026.txt")
PARKS = "khoản 2 mục V Điều 1 Quyết định điều chỉnh quy hoạch"
TEXT = f"Căn cứ {PARKS};\nQuyết định số 236/QĐ-TTg; mục II; Nghị quyết số 19/2025/NQ-HĐND;\nđiểm g {PARKS}."
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "du-thao.txt"
    made.write_text(TEXT, encoding="utf-8")
    return made


def test_one_citation_is_shown_with_its_words(capsys: Captured) -> None:
    assert main(["cite", PARKS]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{PARKS}: Đã tìm thấy")
    assert (
        "Khoản 2 mục V Điều 1, Quyết định của Chủ tịch UBND tỉnh Lạng Sơn (năm 2026, bản chưa ghi số" in out
    )
    assert "/documents/qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v/khoan-2" in out
    assert "Đến năm 2030 toàn tỉnh có 08 khu công nghiệp" in out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Quyết định số 236/QĐ-TTg", "nhắc đến nó"),
        ("mục II", "- mục II Kế hoạch của UBND tỉnh Lạng Sơn"),
        ("Nghị quyết số 19/2025/NQ-HĐND", "Lưu ý: Bản tóm tắt, không phải lời văn chính thức"),
        ("khoản 2 Điều này", "khoản 2 Điều này: "),
        ("không có trích dẫn nào", "(không đọc được)"),
    ],
)
def test_what_is_not_found_says_where_to_look(text: str, said: str, capsys: Captured) -> None:
    assert main(["cite", text]) == 3
    assert said in capsys.readouterr().out


def test_a_file_is_a_table(file: Path, capsys: Captured) -> None:
    assert main(["cite", "--text", str(file)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("Dòng  Trích dẫn")
    rows = [line for line in out.splitlines() if line[:1].isdecimal()]
    assert [row.split()[0] for row in rows if "trích dẫn:" not in row] == ["1", "2", "2", "2", "3"]
    assert out.endswith(
        "\n5 trích dẫn: 1 đúng điều khoản; 1 không có phần này; 1 chưa có toàn văn; 1 có nơi nhắc đến; "
        "1 nhiều chỗ khớp.\n"
    )
    assert "/documents/qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v/khoan-2\n" in out


@pytest.mark.parametrize("columns", ["20", "80", "400"])
def test_a_table_fits_the_terminal(columns: str, file: Path, capsys: Captured, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    main(["cite", "--text", str(file)])
    width = min(max(int(columns), 72), 160)
    lines = capsys.readouterr().out.splitlines()[:-1]
    assert all(len(line) <= width or line.split()[-1].startswith("/documents/") for line in lines)


def test_no_sign_of_a_text_reaches_the_terminal_raw(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a.txt").write_text("Quyết định\u202e số\x1b[31m 236/QĐ-TTg; Quyết\u200b định số 236/QĐ-TTg")
    main(["cite", "--text", str(tmp_path / "a.txt")])
    assert not set("\x1b\u202e\u200b") & set(capsys.readouterr().out)


def test_standard_input_is_a_file(file: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    main(["cite", "--text", str(file)])
    expected = capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + TEXT.encode())))
    assert main(["cite", "--text", "-"]) == 0
    assert capsys.readouterr().out == expected


def test_json_is_the_object_of_the_api(
    file: Path, documents: Mapping[str, Document], capsys: Captured
) -> None:
    lookup = Lookup(documents)
    value = citations_value(TEXT, lookup, Validities(documents, lookup), documents, date.today())
    main(["cite", "--json", "--text", str(file)])
    assert capsys.readouterr().out == as_json(value) + "\n"
    main(["cite", "--json", TEXT])
    assert capsys.readouterr().out == as_json(value) + "\n"


def test_a_file_without_citations(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a.txt").write_text("Trời đẹp.")
    assert main(["cite", "--text", str(tmp_path / "a.txt")]) == 3
    assert capsys.readouterr().out == "Không thấy trích dẫn nào trong văn bản này.\n"
    assert main(["cite", "--json", "--text", str(tmp_path / "a.txt")]) == 3
    assert capsys.readouterr().out == '{"citations": []}\n'


def test_validity_is_told_as_of_a_day(capsys: Captured) -> None:
    main(["cite", "--json", "--as-of", "1/1/2025", "Nghị quyết số 19/2025/NQ-HĐND"])
    main(["cite", "--json", "--as-of", "2026-01-01", "Nghị quyết số 19/2025/NQ-HĐND"])
    before, after = (
        json.loads(line)["citations"][0]["validity"] for line in capsys.readouterr().out.split("\n")[:2]
    )
    assert (before["state"], after["state"]) == ("not_yet", "in_force")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("khong-co.txt", None, "Không có tệp"),
        ("", None, "là thư mục"),
        ("a.txt", "Điều 1".encode("utf-16"), "không phải chữ UTF-8"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "không phải chữ UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read(
    name: str, content: bytes | None, said: str, tmp_path: Path, capsys: Captured
) -> None:
    if content:
        (tmp_path / name).write_bytes(content)
    assert main(["cite", "--text", str(tmp_path / name)]) == 65
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert said in error


@pytest.mark.parametrize(
    ("arguments", "said"),
    [([], "cần một trong"), (["x", "--text", "y"], "không dùng cùng với"), (["--text"], "cần một giá trị")],
)
def test_what_is_no_use_of_it(arguments: list[str], said: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["cite", *arguments])
    assert ended.value.code == 64
    assert said in capsys.readouterr().err


def test_an_empty_file(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a.txt").write_text("\n")
    assert main(["cite", "--text", str(tmp_path / "a.txt")]) == 64
    assert "hoidap cite --text" in capsys.readouterr().err


def test_a_long_file_is_read_whole(tmp_path: Path, capsys: Captured) -> None:
    text = PLAN.read_text(encoding="utf-8") + "\n\n" + PLAN.read_text(encoding="utf-8")
    assert len(text) > 64_000
    (tmp_path / "dai.txt").write_text(text, encoding="utf-8")
    main(["cite", "--json", "--text", str(tmp_path / "dai.txt")])
    found = json.loads(capsys.readouterr().out)["citations"]
    assert all(text[slice(*one["span"])] == one["text"] for one in found)
    assert all(one["span"][1] <= other["span"][0] for one, other in pairwise(found))
    half = [one["text"] for one in found if one["span"][0] < len(text) // 2]
    assert half == [one["text"] for one in found if one["span"][0] > len(text) // 2]


@given(st.text(st.sampled_from("aĐ \n"), max_size=300), st.integers(min_value=1, max_value=40))
def test_stretches_leave_nothing_out(text: str, limit: int) -> None:
    pieces = list(stretches(text, limit))
    assert "".join(piece for _, piece in pieces) == text
    assert all(len(piece) <= limit for _, piece in pieces)
    assert all(start == len("".join(piece for _, piece in pieces[:n])) for n, (start, _) in enumerate(pieces))


def test_a_stretch_ends_with_a_paragraph_where_it_can() -> None:
    assert [piece for _, piece in stretches("a" * 30 + "\n\n" + "b" * 20, 40)] == [
        "a" * 30 + "\n\n",
        "b" * 20,
    ]


def processor_seconds(*command: str) -> float:
    """What the interpreter takes for it from cold, the best of three; the clock would count others' work."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def test_it_starts_at_once() -> None:
    """0.15 s here, interpreter and all; on a slower machine in proportion."""
    bare = processor_seconds(
        "-c", "import argparse, dataclasses, hashlib, json, tempfile, tomllib, unicodedata"
    )
    assert processor_seconds("-m", "ui.cli", "cite", PARKS) < 0.15 + 4 * bare


def test_nothing_heavy_is_imported() -> None:
    code = f"import sys; from ui.cli import main; main(['cite', {PARKS!r}]); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1]
    heavy = (
        "numpy torch faiss gradio fastapi pydantic openvino lxml langchain_core underthesea mcp pypdf".split()
    )
    assert [name for name in heavy if f"'{name}'" in loaded] == []
