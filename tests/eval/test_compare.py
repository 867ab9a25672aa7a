"""Two small runs compared by hand, and a run with questions typed another way."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace

import pytest

from answer.answer import Status
from corpus.document import Document
from corpus.errors import QuestionFileError
from eval.compare import Comparison, compare, render
from eval.evidence import Gold
from eval.questions import Question
from eval.report import render as render_report
from eval.runfile import RunAnswer, RunLine, RunPassage
from eval.score import ALL, Report, score
from eval.shown import excerpt, side
from eval.typing import Typing

PLAN = "kh-du-lich-cvdc-2026"
REVENUE = "Phấn đấu tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng."
LODGING = "Phấn đấu đạt khoảng 325 cơ sở lưu trú"
QUESTIONS = [
    Question("q1", "figure", "Tổng thu từ du lịch năm nay?", (Gold(PLAN, (REVENUE,)),)),
    Question("q2", "figure", "Có bao nhiêu cơ sở lưu trú?", (Gold(PLAN, (LODGING,)),)),
    Question("q3", "list", "Kể các mục tiêu?", (Gold(PLAN, (REVENUE,)), Gold(PLAN, (LODGING,)))),
    Question("q4", "unanswerable", "Giá phòng bao nhiêu?", unanswerable=True),
]


def found(*texts: str) -> tuple[RunPassage, ...]:
    return tuple(
        RunPassage(rank, PLAN, "", f"đoạn {rank}", text, 0.0) for rank, text in enumerate(texts, start=1)
    )


OLD = [RunLine("q1", found(REVENUE)), RunLine("q2", found("khác")), RunLine("q3", found(REVENUE, LODGING))]
NEW = [RunLine("q1", found("x", REVENUE)), RunLine("q2", found(LODGING)), RunLine("q3", found(LODGING))]


@pytest.fixture
def comparison(plan: Document) -> Comparison:
    return compare(QUESTIONS, OLD, NEW, {PLAN: plan})


def test_differences_by_hand(comparison: Comparison) -> None:
    everything = {one.measure: one for one in comparison.rows[ALL]}
    assert list(everything) == ["hit@1", "complete@5", "complete@10", "complete@2000", "MRR@10", "nDCG@10"]
    hit, complete = everything["hit@1"], everything["complete@5"]
    assert (hit.before, hit.after, hit.change.n) == pytest.approx((2 / 3, 2 / 3, 3))  # q1 lost, q2 won
    assert (complete.before, complete.after) == pytest.approx((2 / 3, 2 / 3))  # q2 won, q3 lost
    assert everything["MRR@10"].change.mean == pytest.approx((-0.5 + 1 + 0) / 3)
    assert not any(one.significant for one in everything.values())
    (list_hit, *_) = comparison.rows["list"]
    assert (list_hit.measure, list_hit.change.n, list_hit.change.mean) == ("hit@1", 1, 0)


def test_questions_won_and_lost(comparison: Comparison) -> None:
    (won,), (lost,) = comparison.won, comparison.lost
    assert (won.question.id, won.values, lost.question.id, lost.values) == ("q2", (0, 1), "q3", (1, 0))
    assert [made.ranks for made in lost.sides] == [(1, 2), (None, 1)]
    assert [made.right for made in lost.sides] == [(True, True), (True,)]
    assert comparison.missing == (1, 1)  # q4 in both


def test_by_another_measure(plan: Document) -> None:
    by_hit = compare(QUESTIONS, OLD, NEW, {PLAN: plan}, "hit@1")
    assert [change.question.id for change in (*by_hit.won, *by_hit.lost)] == ["q2", "q1"]


def test_a_missing_question_is_lost(plan: Document) -> None:
    gone = compare(QUESTIONS, OLD, NEW[1:], {PLAN: plan})
    assert [change.question.id for change in gone.lost] == ["q1", "q3"]
    assert gone.lost[0].sides[1] == side(QUESTIONS[0], None)
    assert gone.missing == (1, 2)


@pytest.mark.parametrize("measure", ["facts", "chính xác"])  # searches alone have no facts
def test_a_measure_that_is_not_there(plan: Document, measure: str) -> None:
    with pytest.raises(QuestionFileError, match=f"“{measure}”.*hit@1"):
        compare(QUESTIONS, OLD, NEW, {PLAN: plan}, measure)


def test_a_drop_beyond_chance(plan: Document) -> None:
    questions = [replace(QUESTIONS[0], id=f"q{number}") for number in range(12)]
    before = [RunLine(one.id, found(REVENUE)) for one in questions]
    after = [RunLine(one.id, found("khác")) for one in questions]
    dropped = compare(questions, before, after, {PLAN: plan})
    assert all(one.worse for one in dropped.rows[ALL])
    text = render(dropped, ("cũ", "mới"))
    assert "RIÊNG TỪNG LOẠI" in text and "THUA theo complete@5: 12 câu" in text
    assert re.search(r"hit@1 +12 +100,0 +0,0 +−100,0 \[−100,0; −100,0\] +kém đi", text)


def test_render(comparison: Comparison) -> None:
    lines = render(comparison, ("cũ", "mới")).splitlines()
    assert "cũ thiếu kết quả của 1 câu, tính là 0." in lines
    lost = lines[lines.index("THUA theo complete@5: 1 câu") + 2 :]
    assert lost[:8] == [
        "■ q3 (list) Kể các mục tiêu?",
        f"  cần: “{REVENUE}” ({PLAN})",
        f"  cần: “{LODGING}” ({PLAN})",
        "  cũ: 1,00, hạng của bằng chứng: 1, 2",
        f"    ✓ 1. [đoạn 1] {REVENUE}",
        f"    ✓ 2. [đoạn 2] {LODGING}",
        "  mới: 0,00, hạng của bằng chứng: không thấy, 1",
        f"    ✓ 1. [đoạn 1] {LODGING}",
    ]


def test_json(comparison: Comparison) -> None:
    again = json.loads(json.dumps(asdict(comparison)))
    assert again["lost"][0]["question"]["id"] == "q3"
    assert again["rows"]["all"][0]["change"]["n"] == 3


def test_excerpt() -> None:
    assert excerpt("a \n b") == "a b"
    assert excerpt("ab cd ef", 6) == "ab cd…"


@pytest.fixture
def typed(plan: Document) -> Report:
    """q1 without marks finds nothing, q2 is as good, q3 has no line; nobody asked half-marked ones."""
    refusal = RunAnswer(Status.NOT_FOUND, "Không thấy.")
    extra = [
        RunLine("q1~none", found("x")),
        RunLine("q2~none", found(LODGING)),
        RunLine("q4~none", (), refusal),
        RunLine("q9~none"),
    ]
    return score(QUESTIONS, [*OLD, RunLine("q4", (), refusal), *extra], {PLAN: plan})


def test_typing_in_pairs(typed: Report) -> None:
    assert (typed.missing, typed.unknown) == ((), ("q9~none",))
    assert typed.rows[-1].questions == 4  # the variants are in no other figure
    (none,) = typed.typed
    assert (none.typing, none.questions, none.missing) == (Typing.NONE, 4, ("q3~none",))
    by_measure = {one.measure: one for one in none.differences}
    hit = by_measure["hit@1"]
    assert (hit.before, hit.after) == pytest.approx((2 / 3, 1 / 3))
    assert hit.change.mean == pytest.approx((-1 + 1 - 1) / 3)
    assert (by_measure["abstained"].change.n, by_measure["abstained"].change.mean) == (1, 0)


def test_typing_in_the_report(typed: Report) -> None:
    text = render_report(typed)
    assert "GÕ LẠI: KHÔNG DẤU (so từng cặp với 4 câu gõ đủ dấu)" in text
    assert "Thiếu kết quả của 1 câu, tính là 0: q3~none." in text
    assert re.search(r"hit@1 +3 +66,7 +33,3 +−33,3 \[−100,0; \+100,0\] +không rõ", text)
    assert json.loads(json.dumps(asdict(typed)))["typed"][0]["typing"] == "none"
