"""Reading question files, and proving their quotes on the real documents."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from corpus.errors import QuestionFileError
from eval.evidence import Gold
from eval.jsonl import json_line
from eval.questions import Question, check, question_fields, read_questions

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
PLAN, DECISION = "kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"
REVENUE = "tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng"
PARKS = "toàn tỉnh có 08 khu công nghiệp, sau năm 2030 có thêm 11 khu công nghiệp"
GOOD: dict[str, object] = {
    "id": "d-1",
    "kind": "figure",
    "question": "Tổng thu từ du lịch năm 2026?",
    "gold": [{"document": PLAN, "quotes": [REVENUE]}],
    "answer": ["5.000 tỷ đồng"],
}


@pytest.fixture(scope="module")
def originals() -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in DOCUMENTS.glob("*.txt")}


def written(folder: Path, *lines: object) -> Path:
    file = folder / "questions.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    file.write_text("\n".join(texts), encoding="utf-8")
    return file


def test_reads_every_field(tmp_path: Path) -> None:
    follow_up = {
        "id": "d-2",
        "kind": "follow-up",
        "question": "Còn sau năm 2030?",
        "history": ["Đến năm 2030 có bao nhiêu khu công nghiệp?"],
        "gold": [{"document": DECISION, "quotes": [PARKS]}],
        "note": "hai số trong một câu",
    }
    small_talk = {
        "id": "d-3",
        "kind": "unanswerable",
        "question": "Chào bạn",
        "gold": [],
        "unanswerable": True,
    }
    questions = read_questions(written(tmp_path, GOOD, "", follow_up, small_talk))
    assert questions == (
        Question(
            "d-1", "figure", "Tổng thu từ du lịch năm 2026?", (Gold(PLAN, (REVENUE,)),), ("5.000 tỷ đồng",)
        ),
        Question(
            "d-2",
            "follow-up",
            "Còn sau năm 2030?",
            (Gold(DECISION, (PARKS,)),),
            history=("Đến năm 2030 có bao nhiêu khu công nghiệp?",),
            note="hai số trong một câu",
        ),
        Question("d-3", "unanswerable", "Chào bạn", unanswerable=True),
    )
    assert questions[1].place.endswith("questions.jsonl:3")  # the blank line is counted


def test_what_is_written_reads_back_the_same(tmp_path: Path) -> None:
    questions = read_questions(written(tmp_path, GOOD))
    again = tmp_path / "again.jsonl"
    again.write_text("".join(json_line(question_fields(one)) for one in questions), encoding="utf-8")
    assert read_questions(again) == questions


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "không phải JSON hợp lệ"),
        ("[1]", "đối tượng JSON"),
        ("9" * 5000, "không phải JSON hợp lệ"),
        ("[" * 100_000, "không phải JSON hợp lệ"),
        (GOOD | {"anwser": []}, "khóa lạ “anwser”"),
        (GOOD | {"id": " "}, "“id” phải là một chuỗi"),
        (GOOD | {"question": 5}, "“question” phải là một chuỗi"),
        (GOOD | {"kind": "figures"}, "loại câu hỏi lạ “figures”"),
        (GOOD | {"gold": []}, "thiếu “gold”"),
        (GOOD | {"gold": "x"}, "“gold” phải là một danh sách"),
        (GOOD | {"gold": ["x"]}, "“gold” phải là danh sách các đối tượng"),
        (GOOD | {"gold": [{"document": PLAN, "quotes": []}]}, "ít nhất một trích dẫn"),
        (GOOD | {"gold": [{"document": PLAN, "quotes": ["quá ngắn"]}]}, "dài 8 ký tự"),
        (GOOD | {"gold": [{"document": PLAN, "quotes": ["*" * 30]}]}, "dài 0 ký tự"),
        (GOOD | {"gold": [{"document": PLAN, "quotes": ["dài " * 40]}]}, "dài 159 ký tự"),
        (GOOD | {"gold": [{"document": PLAN, "quote": [REVENUE]}]}, "khóa lạ “quote”"),
        (GOOD | {"answer": [5000]}, "“answer” phải là danh sách"),
        (GOOD | {"unanswerable": "yes"}, "true hoặc false"),
        (GOOD | {"unanswerable": True}, "không có “gold” và “answer”"),
        (GOOD | {"kind": "unanswerable"}, "phải có “unanswerable”: true"),
        (GOOD | {"kind": "follow-up"}, "phải có “history”"),
        (GOOD | {"kind": "cross"}, "ít nhất hai văn bản"),
        (GOOD, "đã có ở"),  # the id of line 1
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, line: object, message: str) -> None:
    file = written(tmp_path, GOOD, line)
    with pytest.raises(QuestionFileError, match=re.escape(message)) as error:
        read_questions(file)
    assert str(error.value).startswith(f"{file}:2: ")


def test_a_line_that_is_not_utf8(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(json.dumps(GOOD).encode() + b"\n" + "câu hỏi".encode("utf-16"))
    with pytest.raises(QuestionFileError, match=r"questions\.jsonl:2: không phải UTF-8"):
        read_questions(file)


@pytest.mark.parametrize("lines", [(), ("", "  ")])
def test_an_empty_file(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with pytest.raises(QuestionFileError, match="không có câu hỏi nào"):
        read_questions(written(tmp_path, *lines))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match="Không mở được tệp"):
        read_questions(tmp_path / "none.jsonl")


def asked(*golds: Gold) -> list[Question]:
    return [Question("q", "figure", "?", golds, place="f.jsonl:7")]


@pytest.mark.parametrize(
    ("document", "quotes", "counts"),
    [
        (PLAN, (REVENUE,), [1]),
        (PLAN, ("Công viên địa chất toàn cầu UNESCO Lạng Sơn năm 2026",), [4]),
        (PLAN, ("“Lạng Sơn – điểm đến an toàn, văn minh",), [2]),  # asterisks, dash
        (DECISION, (PARKS,), [1]),  # over a hard wrap
        (PLAN, ("Phần đầu tổng thu từ du lịch", "Phấn đấu tổng thu từ du lịch"), [1, 0]),  # erratum put right
        (DECISION, ("hội nhập quốc 6 tế; xây dựng khu vực", "hội nhập quốc tế; xây dựng khu vực"), [1, 0]),
    ],
)
def test_quotes_that_stand(
    originals: dict[str, str], document: str, quotes: tuple[str, ...], counts: list[int]
) -> None:
    checked = check(asked(Gold(document, quotes)), originals)
    assert checked.faults == ()
    assert [one.count for one in checked.quotes] == counts


@pytest.mark.parametrize(
    ("document", "quotes"),
    [
        (PLAN, ("tổng thu từ du lịch đạt khoảng 6.000 tỷ đồng",)),
        (PLAN, (REVENUE, "tổng thu từ du lịch đạt khoảng 6.000 tỷ đồng")),  # another figure is no reading
        (PLAN, (REVENUE, "Làng du lịch sinh thái cộng đồng Yên Thịnh")),
        (DECISION, (REVENUE,)),  # stands in the other document
    ],
)
def test_quotes_that_do_not_stand(originals: dict[str, str], document: str, quotes: tuple[str, ...]) -> None:
    (fault,) = check(asked(Gold(document, quotes)), originals).faults
    assert fault.startswith(f"f.jsonl:7: trích dẫn “{quotes[-1]}” không có trong văn bản {document}")


def test_a_document_nobody_has(originals: dict[str, str]) -> None:
    (fault,) = check(asked(Gold("nq-0", (REVENUE,))), originals).faults
    assert fault.startswith("f.jsonl:7: không có văn bản “nq-0”") and PLAN in fault
