"""A whole run scored by hand, and the report as text."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from answer.answer import Status
from corpus.document import Document
from corpus.errors import QuestionFileError
from eval.evidence import Gold
from eval.questions import Question
from eval.report import render, table, to_json
from eval.runfile import RunAnswer, RunCitation, RunLine, RunPassage, RunSentence
from eval.score import Report, score

PLAN = "kh-du-lich-cvdc-2026"
REVENUE = "Phấn đấu tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng."
LODGING = "Phấn đấu đạt khoảng 325 cơ sở lưu trú"
QUESTIONS = [
    Question("q1", "figure", "Tổng thu?", (Gold(PLAN, (REVENUE,)),), ("5.000 tỷ",)),
    Question("q2", "figure", "Bao nhiêu cơ sở lưu trú?", (Gold(PLAN, (LODGING,)),), ("325",)),
    Question("q3", "list", "Các mục tiêu?", (Gold(PLAN, (REVENUE,)), Gold(PLAN, (LODGING,)))),
    Question("q4", "unanswerable", "Giá phòng?", unanswerable=True),
    Question("q5", "unanswerable", "Chào bạn", unanswerable=True),
    Question("q6", "unanswerable", "Vé xe?", unanswerable=True),
]


def found(*texts: str) -> tuple[RunPassage, ...]:
    return tuple(RunPassage(rank, PLAN, "", "", text, 0.0) for rank, text in enumerate(texts, start=1))


def said(text: str, item: int, source: str) -> RunAnswer:
    citation = RunCitation(1, PLAN, f"{PLAN}/muc-ii/khoan-2/gach-{item}", "", source)
    return RunAnswer(Status.ANSWERED, f"{text} [1]", (RunSentence(text, (1,)),), (citation,))


REFUSAL = RunAnswer(Status.NOT_FOUND, "Không tìm thấy.")
LINES = [
    RunLine("q1", found(REVENUE), said(REVENUE, 2, REVENUE), {"search": 10, "answer": 20}),
    # q2 is missing
    RunLine("q3", found("khác", LODGING), said("Có 9 mục tiêu", 3, LODGING), {"search": 30, "answer": 40}),
    RunLine("q4", (), REFUSAL, {"search": 20, "answer": 30}),
    RunLine("q5", (), said(REVENUE, 2, REVENUE)),
    RunLine("q9", (), REFUSAL),
]


@pytest.fixture
def report(plan: Document) -> Report:
    return score(QUESTIONS, LINES, {PLAN: plan})


def means(report: Report, kind: str) -> dict[str, float]:
    (row,) = [row for row in report.rows if row.kind == kind]
    return {measure: round(found.mean, 4) for measure, found in row.estimates.items()}


def test_means_by_kind(report: Report) -> None:
    assert [(row.kind, row.questions) for row in report.rows] == [
        ("figure", 2),
        ("list", 1),
        ("unanswerable", 3),
        ("all", 6),
    ]
    half = dict.fromkeys(("hit@1", "complete@5", "complete@10", "complete@2000", "MRR@10", "nDCG@10"), 0.5)
    assert means(report, "figure") == half | {
        "facts": 0.5,
        "citation_precision": 0.5,
        "citation_recall": 0.5,
        "refused": 0.5,
    }
    assert means(report, "list") == {
        "hit@1": 0,
        "complete@5": 0,
        "complete@10": 0,
        "complete@2000": 0,
        "MRR@10": 0.5,
        "nDCG@10": 0.3869,  # (1 / log2 3) / (1 + 1 / log2 3)
        "citation_precision": 1,
        "citation_recall": 0.5,
        "refused": 0,
    }
    assert means(report, "unanswerable") == {"abstained": 0.3333}  # q6 is missing, so it did not abstain
    everything = means(report, "all")
    assert (everything["hit@1"], everything["MRR@10"]) == (0.3333, 0.5)
    assert (everything["facts"], everything["refused"]) == (0.5, 0.3333)


def test_what_holds_for_the_whole_run(report: Report) -> None:
    assert (report.questions, report.missing, report.unknown) == (6, ("q2", "q6"), ("q9",))
    assert report.sentences is not None
    assert (report.sentences.sentences, report.sentences.not_verbatim, report.sentences.strange_numbers) == (
        3,
        1,
        1,
    )
    assert report.sentences.words_median == 12  # of 12, 4 and 12 words
    assert report.milliseconds == {"search": (20.0, 29.0), "answer": (30.0, 39.0)}
    assert report.risk_coverage == ()


def test_a_refusal_earns_nothing_even_with_citations(plan: Document) -> None:
    lying = replace(said(REVENUE, 2, REVENUE), status=Status.NOT_FOUND)
    report = score(QUESTIONS[:1], [RunLine("q1", (), lying)], {PLAN: plan})
    assert means(report, "figure") | {"facts": 0, "citation_recall": 0, "refused": 1} == means(
        report, "figure"
    )


def test_a_run_of_searches_has_no_answer_measures(plan: Document) -> None:
    report = score(QUESTIONS, [replace(line, answer=None) for line in LINES], {PLAN: plan})
    assert "facts" not in means(report, "figure") and report.sentences is None
    assert "TRẢ LỜI" not in render(report)


def test_risk_and_coverage_where_confidence_is_told(plan: Document) -> None:
    told = {"q1": 0.9, "q3": 0.8, "q4": 0.1, "q5": 0.4}
    lines = [replace(line, confidence=told[line.id]) for line in LINES if line.id in told]
    asked = [question for question in QUESTIONS if question.id in told]
    # q1 has its fact, q3 cites one gold of two, q5 and q4 have no right answer
    coverage, risk = zip(*score(asked, lines, {PLAN: plan}).risk_coverage, strict=True)
    assert coverage == (0.25, 0.5, 0.75, 1.0)
    assert risk == pytest.approx((0, 1 / 2, 2 / 3, 3 / 4))


def test_a_run_of_other_questions_is_an_error(plan: Document) -> None:
    with pytest.raises(QuestionFileError, match="đúng bộ câu hỏi"):
        score(QUESTIONS, [RunLine("khác")], {PLAN: plan})


def test_render(report: Report) -> None:
    lines = render(report).splitlines()
    assert lines[0].startswith("6 câu hỏi.")
    assert "Thiếu kết quả của 2 câu, tính là 0: q2, q6." in lines
    assert "Bỏ qua 1 kết quả không thuộc bộ câu hỏi: q9." in lines
    retrieval = lines[lines.index("TRUY HỒI") + 1 :][:5]
    assert retrieval[0].split()[:4] == ["Loại", "Số", "câu", "hit@1"]
    assert retrieval[2].startswith("figure       2  50,0 [0–100]")
    assert retrieval[4].startswith("tất cả       3  33,3 [0–100]")  # the unanswerable are not counted here
    assert len({len(line) for line in retrieval}) == 1
    answers = lines[lines.index("TRẢ LỜI") + 1 :][:6]
    assert answers[4].split() == ["unanswerable", "3", "–", "–", "–", "33,3", "[0–100]", "–"]
    assert answers[5].split()[:3] == ["tất", "cả", "6"]
    assert "tìm kiếm  20,0  29,0" in lines


def test_to_json_is_json(report: Report) -> None:
    again = json.loads(json.dumps(to_json(report)))
    assert again["rows"][0]["estimates"]["hit@1"]["mean"] == 0.5
    assert again["outcomes"][1] == {
        "id": "q2",
        "kind": "figure",
        "values": {name: (1.0 if name == "refused" else 0.0) for name in again["outcomes"][0]["values"]},
    }


def test_table_without_rows() -> None:
    assert table(["Loại", "Số"], []) == "Loại  Số\n────  ──"
