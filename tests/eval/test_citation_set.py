from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import QuestionFileError
from corpus.manifest import SHIPPED, load
from eval.citation_set import (
    ALL,
    FORMS,
    CitationReport,
    Row,
    check,
    is_citation_set,
    read_citation_set,
    render,
    report_json,
    score,
)
from ingest.pipeline import read_all
from retriever.lookup import LookupStatus

SHIPPED_SETS = Path(__file__).parents[2] / "eval" / "citations"
DECISION = "qd-dieu-chinh-quy-hoach-2026"
CLAUSE = f"{DECISION}/dieu-3/khoan-1"


@pytest.fixture(scope="module")
def real() -> Mapping[str, Document]:
    return read_all(load(SHIPPED))[0]


def expected(
    span_text: str, status: str = "exact", address: str | None = CLAUSE, **more: str
) -> dict[str, object]:
    return {"span_text": span_text, "status": status, "address": address, **more}


def case(text: str, *cited: dict[str, object], **more: object) -> dict[str, object]:
    return {"id": "c1", "text": text, "expected": list(cited), **more}


def written(folder: Path, *lines: dict[str, object]) -> Path:
    file = folder / "set.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return file


def scored(folder: Path, real: Mapping[str, Document], *lines: dict[str, object]) -> CitationReport:
    return score(read_citation_set(written(folder, *lines)), real)


def test_spans_are_found_in_order_and_only_as_whole_words(tmp_path: Path) -> None:
    text = "bản a: điểm a, b khoản 1 Điều 3; khoản 1 Điều 3"
    line = case(
        text, expected("điểm a"), expected("b khoản 1 Điều 3"), expected("khoản 1 Điều 3"), form="list"
    )
    (read,) = read_citation_set(written(tmp_path, line))
    assert [one.span for one in read.expected] == [(7, 13), (15, 31), (33, 47)]
    assert (read.form, read.place) == ("list", f"{tmp_path / 'set.jsonl'}:1")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (case("Điều 3", expected("Điều 4")), "“Điều 4” không có trong “text”"),
        (case("Điều 34", expected("Điều 3")), "“Điều 3” không có trong “text”"),
        (case("Điều 3, Điều 4", expected("Điều 4"), expected("Điều 3")), "không đúng thứ tự"),
        (
            case("Điều 3", expected("Điều 3", "found")),
            "kết quả lạ “found”. Các kết quả: exact, document_only",
        ),
        (case("Điều 3", {"span_text": "Điều 3", "status": "exact"}), "thiếu “address”"),
        (case("Điều 3", expected("Điều 3", adress="x")), "khóa lạ “adress”"),
        (case("Điều 3", form="strange"), "dạng lạ “strange”"),
        (case(" "), "“text” phải là một chuỗi không rỗng"),
        ({"id": "c1", "text": "Điều 3"}, "thiếu “expected”"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, line: dict[str, object], said: str) -> None:
    sound = case("Điều 3", expected("Điều 3")) | {"id": "c0"}
    with pytest.raises(QuestionFileError) as raised:
        read_citation_set(written(tmp_path, sound, line))
    assert str(raised.value).startswith(f"{tmp_path / 'set.jsonl'}:2: ") and said in str(raised.value)


def test_ids_are_given_once_and_an_empty_set_is_none(tmp_path: Path) -> None:
    line = case("Điều 3", expected("Điều 3"))
    with pytest.raises(QuestionFileError, match=r"set\.jsonl:2: id “c1” đã có ở .*:1"):
        read_citation_set(written(tmp_path, line, line))
    with pytest.raises(QuestionFileError, match="không có lượt tra nào"):
        read_citation_set(written(tmp_path))


def test_check_of_addresses_and_texts(tmp_path: Path, real: Mapping[str, Document]) -> None:
    lines = [
        case("Điều 3", expected("Điều 3", address=f"{DECISION}/3")),
        case("Điều 4", expected("Điều 4", address=f"{DECISION}/dieu-4")),
        case("Điều 5", expected("Điều 5", address=f"{DECISION}/dieu-5")),
        case("Điều 6", expected("Điều 6", address="Điều 6")),
        case("Điều 7", expected("Điều 7", address=None)),
        case("Luật A", expected("Luật A", "unknown", DECISION)),
        case("Điều 4", expected("Điều 4", address=f"{DECISION}/dieu-4")),
        case("Điều 9", expected("Điều 9", "document_only", None)),
    ]
    file = written(tmp_path, *(line | {"id": f"c{n}"} for n, line in enumerate(lines)))
    faults = [fault.removeprefix(f"{file}:") for fault in check(read_citation_set(file), real)]
    assert [fault.split(":")[0] for fault in faults] == ["1", "3", "4", "5", "6", "7"]
    assert f"không có điều khoản “{DECISION}/dieu-5”" in faults[1]
    assert f"lượt tra đã có ở {file}:2" in faults[5]


def test_level_words_may_be_left_out_of_an_address(tmp_path: Path, real: Mapping[str, Document]) -> None:
    line = case("khoản 1 Điều 3", expected("khoản 1 Điều 3", address=f"{DECISION}/dieu-3/1"))
    assert check(read_citation_set(written(tmp_path, line)), real) == ()
    assert scored(tmp_path, real, line).misses == ()


# text, what is said to be in it → spans, statuses, addresses and look-ups that are right
SCORED = [
    ("khoản 1 Điều 3", [expected("khoản 1 Điều 3")], (1, 1, 1, 1)),
    ("xem khoản 1 Điều 3", [expected("xem khoản 1 Điều 3")], (0, 1, 1, 0)),
    ("khoản 2 Điều 3", [expected("khoản 2 Điều 3")], (1, 1, 0, 0)),
    ("khoản 1 Điều 3", [expected("khoản 1 Điều 3", "unknown", None)], (1, 0, 0, 0)),
    ("khoản 1 Điều 3", [expected("khoản 1 Điều 3", normal="khoản 1 Điều 3")], (1, 1, 1, 1)),
    ("khoản 1 Điều 3", [expected("khoản 1 Điều 3", normal="Điều 3")], (1, 1, 1, 0)),
    ("hôm nay", [expected("hôm nay", "unreadable", None)], (0, 0, 0, 0)),
    ("khoản 1 Điều 3", [], (0, 0, 0, 0)),
    ("38 điểm du lịch", [], (0, 0, 0, 1)),
    ("khoản 3 Điều 3", [expected("khoản 3 Điều 3", "document_only", f"{DECISION}/dieu-3")], (1, 1, 1, 1)),
    ("khoản 3 Điều 3", [expected("khoản 3 Điều 3", "document_only", DECISION)], (1, 1, 1, 1)),
    ("khoản 3 Điều 3", [expected("khoản 3 Điều 3", "document_only", None)], (1, 1, 1, 1)),
    ("khoản 3 Điều 3", [expected("khoản 3 Điều 3", "document_only", f"{DECISION}/dieu-4")], (1, 1, 0, 0)),
    ("QĐ 369", [expected("QĐ 369", "mentioned", f"{DECISION}/mo-dau/doan-8")], (1, 1, 1, 1)),
    ("QĐ 369", [expected("QĐ 369", "mentioned", f"{DECISION}/mo-dau/doan-9")], (1, 1, 0, 0)),
]


@pytest.mark.parametrize(("text", "cited", "right"), SCORED)
def test_what_counts_as_right(
    tmp_path: Path,
    real: Mapping[str, Document],
    text: str,
    cited: list[dict[str, object]],
    right: tuple[int, ...],
) -> None:
    report = scored(tmp_path, real, case(text, *cited))
    row = report.forms[0]
    assert (row.spans, row.statuses, row.addresses, row.exact) == right
    assert len(report.misses) == 1 - row.exact


def test_a_whole_list_as_the_span_of_each_member(tmp_path: Path, real: Mapping[str, Document]) -> None:
    whole = "khoản 1, 2 Điều 3"
    cited = [expected(whole), expected(whole, address=f"{DECISION}/dieu-3/khoan-2")]
    (row, _) = scored(tmp_path, real, case(f"xem {whole}.", *cited)).forms
    assert (row.expected, row.found, row.spans, row.addresses, row.exact) == (2, 2, 2, 2, 1)


def test_the_table_by_form(tmp_path: Path, real: Mapping[str, Document]) -> None:
    right = case("khoản 1 Điều 3", expected("khoản 1 Điều 3"), form="locator")
    wrong = case("Điều 3", expected("Điều 3", address=f"{DECISION}/dieu-4"), form="locator")
    spurious = case("Điều 4", form="trap")
    report = scored(tmp_path, real, right, wrong | {"id": "c2"}, spurious | {"id": "c3"})
    assert report.forms == (
        Row(ALL, cases=3, expected=2, found=3, spans=2, statuses=2, addresses=1, exact=1),
        Row("locator", cases=2, expected=2, found=2, spans=2, statuses=2, addresses=1, exact=1),
        Row("trap", cases=1, expected=0, found=1, spans=0, statuses=0, addresses=0, exact=0),
    )
    assert (report.forms[0].precision, report.forms[0].recall, report.forms[2].recall) == (2 / 3, 1, None)
    assert report.statuses == {"exact": (2, 2)}
    text = render(report, misses=1)
    assert "CHƯA ĐÚNG: 2 lượt tra" in text and "■ c2 (locator) Điều 3" in text and "■ c3" not in text
    assert "phải là qd-dieu-chinh-quy-hoach-2026/dieu-4" in text
    shown = json.loads(json.dumps(report_json(report, misses=2)))
    assert [miss["id"] for miss in shown["misses"]] == ["c2", "c3"]
    assert shown["misses"][1]["faults"] == ["đọc thừa “Điều 4” (exact)"]


def test_a_set_is_told_from_questions(tmp_path: Path) -> None:
    assert is_citation_set(written(tmp_path, case("Điều 3")))
    assert not is_citation_set(written(tmp_path, {"id": "q1", "question": "Điều 3?"}))
    assert not is_citation_set(written(tmp_path))


@pytest.mark.parametrize("part", ["development", "test"])
def test_the_shipped_sets_are_sound(real: Mapping[str, Document], part: str) -> None:
    cases = read_citation_set(SHIPPED_SETS / f"{part}.jsonl")
    assert check(cases, real) == ()


def test_the_development_part_has_every_form_and_status(real: Mapping[str, Document]) -> None:
    cases = read_citation_set(SHIPPED_SETS / "development.jsonl")
    assert {case.form for case in cases} == {*FORMS} - {"other"}
    statuses = {one.status for case in cases for one in case.expected}
    assert statuses == {*LookupStatus}


def test_the_parts_share_no_text() -> None:
    development, test = (
        {" ".join(case.text.casefold().split()) for case in read_citation_set(SHIPPED_SETS / f"{part}.jsonl")}
        for part in ("development", "test")
    )
    shared = development & test  # only these are shown when it fails
    assert not shared
