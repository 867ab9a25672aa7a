"""The run file: from an answer to a line, to a file, and back."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.answer import Answer, AnswerCitation, Sentence, Status
from corpus.address import Address, Level
from corpus.document import Passage
from corpus.errors import QuestionFileError
from eval.runfile import (
    RunAnswer,
    RunCitation,
    RunLine,
    RunPassage,
    RunSentence,
    read_run,
    run_line,
    write_run,
)
from retriever.search import Hit

ADDRESS = Address("qd").child(Level.ARTICLE, "1").child(Level.SECTION, "v").child(Level.CLAUSE, "2")
TEXT = "Đến năm 2030 toàn tỉnh có 08 khu công nghiệp."
HIT = Hit(Passage("qd#1", "qd", (ADDRESS,), "khoản 2 mục V Điều 1", ("Điều 1",), TEXT, 0, 45), 0.75)
ANSWER = Answer(
    "Bao nhiêu khu công nghiệp?",
    Status.ANSWERED,
    sentences=(Sentence(TEXT, (1,)),),
    citations=(AnswerCitation(1, ADDRESS, "Quyết định", "khoản 2 mục V Điều 1", TEXT, ((0, 45),)),),
    confidence=0.87654,
    hits=(HIT,),
    milliseconds={"search": 41.256, "encode": 30.0, "answer": 55.0},
)
LINE = RunLine(
    "d-1",
    (RunPassage(1, "qd", "qd/dieu-1/muc-v/khoan-2", "khoản 2 mục V Điều 1", TEXT, 0.75),),
    RunAnswer(
        Status.ANSWERED,
        TEXT + " [1]",
        (RunSentence(TEXT, (1,)),),
        (RunCitation(1, "qd", "qd/dieu-1/muc-v/khoan-2", "khoản 2 mục V Điều 1", TEXT),),
    ),
    {"search": 41.26, "encode": 30.0, "answer": 55.0},
    0.8765,
)


def test_a_line_is_what_the_format_says() -> None:
    assert json.loads(json.dumps(run_line("d-1", ANSWER, ANSWER.hits))) == {
        "id": "d-1",
        "passages": [
            {
                "rank": 1,
                "document": "qd",
                "address": "qd/dieu-1/muc-v/khoan-2",
                "citation": "khoản 2 mục V Điều 1",
                "text": TEXT,
                "score": 0.75,
            }
        ],
        "answer": {
            "status": "answered",
            "text": TEXT + " [1]",
            "sentences": [{"text": TEXT, "citations": [1]}],
            "citations": [
                {
                    "n": 1,
                    "document": "qd",
                    "address": "qd/dieu-1/muc-v/khoan-2",
                    "citation": "khoản 2 mục V Điều 1",
                    "text": TEXT,
                }
            ],
        },
        "latency_ms": {"search": 41.26, "encode": 30.0, "answer": 55.0},
        "confidence": 0.8765,
    }


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    out = tmp_path / "new" / "run.jsonl"
    write_run([run_line("d-1", ANSWER, ANSWER.hits), run_line("d-2", None, (HIT,), {"search": 3.0})], out)
    assert read_run(out) == (LINE, RunLine("d-2", LINE.passages, None, {"search": 3.0}))
    assert "Đến năm 2030" in out.read_text(encoding="utf-8")  # not escaped
    assert [file.name for file in out.parent.iterdir()] == ["run.jsonl"]


def test_a_broken_run_leaves_the_old_file(tmp_path: Path) -> None:
    def lines() -> object:
        yield {"id": "d-1"}
        raise KeyboardInterrupt

    out = tmp_path / "run.jsonl"
    out.write_text("cũ", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        write_run(lines(), out)  # type: ignore[arg-type]
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [
        ("run.jsonl", "cũ")
    ]


PASSAGE = {"rank": 1, "document": "qd", "address": "", "citation": "", "text": "", "score": 1}
CITATION = {"n": 1, "document": "qd", "address": "", "citation": "", "text": ""}
GIVEN = {"status": "answered", "text": "", "sentences": [], "citations": []}


def test_a_strangers_line_is_read_with_what_it_has(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    file.write_text(json.dumps({"id": "x", "passages": [PASSAGE], "engine": "khác", "confidence": 0.5}))
    assert read_run(file) == (RunLine("x", (RunPassage(1, "qd", "", "", "", 1.0),), confidence=0.5),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"passages": []}, "“id”"),
        ({"id": "d-1"}, "hai dòng kết quả"),
        ({"id": "x", "passages": [PASSAGE, PASSAGE]}, "“rank”"),
        ({"id": "x", "passages": [PASSAGE | {"rank": 2}]}, "“rank”"),
        ({"id": "x", "passages": [PASSAGE | {"rank": True}]}, "“rank”"),
        ({"id": "x", "passages": [PASSAGE | {"score": "1"}]}, "“score”"),
        ({"id": "x", "passages": [PASSAGE | {"score": 10**400}]}, "“score”"),
        ({"id": "x", "passages": [PASSAGE | {"score": float("nan")}]}, "“score”"),
        ({"id": "x", "passages": [PASSAGE | {"text": None}]}, "“text”"),
        ({"id": "x", "answer": "có"}, "“answer”"),
        ({"id": "x", "answer": GIVEN | {"status": "ok"}}, "“status” lạ"),
        ({"id": "x", "answer": GIVEN | {"sentences": [{"text": "", "citations": ["1"]}]}}, "“citations”"),
        ({"id": "x", "answer": GIVEN | {"citations": [CITATION, CITATION]}}, "cùng một số"),
        ({"id": "x", "latency_ms": {"search": "nhanh"}}, "“search”"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, line: dict[str, object], message: str) -> None:
    file = tmp_path / "run.jsonl"
    file.write_text(json.dumps({"id": "d-1"}) + "\n" + json.dumps(line), encoding="utf-8")
    with pytest.raises(QuestionFileError, match=message) as error:
        read_run(file)
    assert str(error.value).startswith(f"{file}:2: ")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(PASSAGE | GIVEN)), inner)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(["id", "passages", "answer", "latency_ms", "confidence"])


@given(st.dictionaries(KEYS, JSON).map(json.dumps) | st.text())
def test_whatever_stands_in_a_line_is_read_or_named(line: str) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "run.jsonl"
        file.write_text(line, encoding="utf-8", newline="")
        try:
            assert read_run(file)[0].id.strip()
        except QuestionFileError as error:
            assert str(error).startswith(f"{file}:")


def test_an_empty_run(tmp_path: Path) -> None:
    file = tmp_path / "run.jsonl"
    file.touch()
    with pytest.raises(QuestionFileError, match="hoidap eval run"):
        read_run(file)
