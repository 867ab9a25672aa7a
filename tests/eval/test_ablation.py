"""Stages alone and left out, over a few questions of the real index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from eval.ablation import KIND_MEASURE, AblationReport, ablate, ablation_json, render_ablation
from eval.evidence import Gold
from eval.measures import QUALITY
from eval.questions import Question
from eval.variants import FULL, WITHOUT_ENRICHMENT, alone, left_out, only, variants
from retriever.fusion import ASKED, OWN, Stage

if TYPE_CHECKING:
    from answer.pipeline import Answerer

DECISION = "qd-dieu-chinh-quy-hoach-2026"


def question(number: int, kind: str, text: str, *quotes: str) -> Question:
    return Question(f"q-{number}", kind, text, gold=(Gold(DECISION, quotes),) if quotes else ())


@pytest.fixture(scope="module")
def report(answerer: Answerer) -> AblationReport:
    quote = "Đến năm 2030 toàn tỉnh có 08 khu công nghiệp"
    asked = [
        question(1, "figure", "Đến năm 2030 có bao nhiêu khu công nghiệp?", quote),
        question(2, "figure", "Số khu công nghiệp đến 2030?", quote),
        question(3, "chinese", "全省规划了多少个工业园区?", quote),
        question(4, "figure", "x " * 2000, quote),  # cannot be searched: found by nothing
        Question("q-5", "unanswerable", "Giá vé máy bay?", unanswerable=True),
    ]
    return ablate(asked, answerer.searcher, lambda *_: None)


def test_every_stage_alone_and_left_out(report: AblationReport) -> None:
    assert report.questions == 4
    expected = {FULL, WITHOUT_ENRICHMENT}
    for stage in (*OWN, *ASKED):
        expected |= {only(stage), left_out(stage)}
    assert set(report.variants) == expected
    assert all(set(estimates) == set(QUALITY) for estimates in report.variants.values())
    assert all(one.n == 4 and one.mean <= 0.75 for each in report.variants.values() for one in each.values())


def test_what_words_cannot_find_meaning_does(report: AblationReport) -> None:
    assert (
        report.variants[only(Stage.SYLLABLES)]["complete@5"].mean < report.variants[FULL]["complete@5"].mean
    )
    assert report.variants[FULL]["complete@5"].mean == 0.75


def test_each_kind_has_its_best_stage(report: AblationReport) -> None:
    assert set(report.kinds) == {"figure", "chinese"}
    for best in report.kinds.values():
        assert best.stage.startswith("chỉ ")
        assert best.gained.mean == pytest.approx(best.whole.mean - best.alone.mean)


def test_the_report_as_text_and_json(report: AblationReport) -> None:
    shown = render_ablation(report)
    assert all(part in shown for part in ("4 câu hỏi", FULL, KIND_MEASURE, "chinese"))
    assert json.loads(json.dumps(ablation_json(report)))["variants"][FULL]["hit@1"]["n"] == 4


@pytest.mark.parametrize(
    ("enriched", "tokens", "count"), [(True, True, 18), (False, True, 11), (False, False, 9)]
)
def test_only_stages_that_are_there(enriched: bool, tokens: bool, count: int) -> None:
    found = variants(enriched=enriched, tokens=tokens)
    assert len(found) == count
    assert sum(map(alone, found)) == (count - 1 - enriched) // 2
