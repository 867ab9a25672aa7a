"""Fitting how sure an answer is, and what `hoidap eval refusal` tells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from answer.confidence import ALONE, ENRICHED, FEATURES, Weights
from eval.evidence import Gold
from eval.questions import Question
from eval.refusal import HELD, RefusalReport, measure_refusal, refusal_json, render_refusal
from eval.refusal_fit import Cases, chances, cross_validated, fit

if TYPE_CHECKING:
    from answer.pipeline import Answerer

TRUE = Weights(bias=1.0, asked=1.5, far=0.0, cosine=1.0, kind=-3.0, count=-2.0, barred=-4.0)


def made(questions: int, seed: int) -> Cases:
    """Questions whose answerability the weights TRUE drew."""
    drawn = np.random.default_rng(seed)
    rows = drawn.uniform(-1, 1, (questions, len(FEATURES)))
    right = drawn.uniform(size=questions) < chances(TRUE, rows)
    return Cases(rows, right, np.ones(questions, dtype=bool))


def test_the_weights_that_made_the_answers_are_found_again() -> None:
    found = fit(made(20_000, 1))
    for name in FEATURES:
        assert getattr(found, name) == pytest.approx(getattr(TRUE, name), abs=0.2), name
    assert found.bias == pytest.approx(TRUE.bias, abs=0.1)


def test_the_bias_makes_the_mean_of_the_natural_right() -> None:
    cases = made(2000, 2)
    natural = cases.right | (np.arange(2000) % 4 == 0)  # few unanswerable among them
    found = fit(Cases(cases.rows, cases.right, natural))
    assert chances(found, cases.rows[natural]).mean() == pytest.approx(cases.right[natural].mean(), abs=1e-6)


def test_alone_leaves_out_what_enrichment_gives() -> None:
    found = fit(made(500, 3), alone=True)
    assert found.asked == found.far == 0.0 < found.cosine


def test_a_question_is_judged_without_itself() -> None:
    noise = np.random.default_rng(4)
    cases = Cases(
        noise.normal(size=(60, len(FEATURES))), noise.uniform(size=60) < 0.5, np.ones(60, dtype=bool)
    )
    seen = np.mean((chances(fit(cases), cases.rows) > 0.5) == cases.right)
    unseen = np.mean((cross_validated(cases) > 0.5) == cases.right)
    assert unseen < seen


@pytest.mark.parametrize("weights", [ENRICHED, ALONE])
def test_the_weights_in_force_have_the_right_signs(weights: Weights) -> None:
    assert weights.cosine > 0 > max(weights.kind, weights.count, weights.barred)


def question(number: int, text: str, *, answerable: bool, note: str | None = None) -> Question:
    gold = (Gold("qd-dieu-chinh-quy-hoach-2026", ("toàn tỉnh có 08 khu công nghiệp",)),) if answerable else ()
    kind = "figure" if answerable else "unanswerable"
    return Question(f"q-{number}", kind, text, gold=gold, unanswerable=not answerable, note=note)


@pytest.fixture(scope="module")
def report(answerer: Answerer) -> RefusalReport:
    answered = [f"Đến năm {year} có bao nhiêu khu công nghiệp?" for year in (2030, 2030, 2030, 2030, 2030)]
    asked = [*answered, "Số khu công nghiệp đến 2030?", "Kể tên 12 tiểu vùng chức năng nguồn nước"]
    beyond = ["Giá vé máy bay?", "Email của sở?", "Chợ mở cửa mấy giờ?", "Bí thư tên là gì?", "Xin chào!"]
    natural = [question(at, text, answerable=True) for at, text in enumerate(asked)]
    others = [question(20 + at, text, answerable=False) for at, text in enumerate(beyond)]
    others.append(question(40, "Giá phòng nghỉ một đêm?", answerable=False, note=HELD))
    others.append(question(41, "x " * 2000, answerable=True))  # cannot be searched
    return measure_refusal(natural, others, answerer.searcher, lambda *_: None)


def test_every_set_is_told_with_enrichment_and_without(report: RefusalReport) -> None:
    assert report.enriched is not None
    for side in (report.enriched, report.alone):
        assert set(side.in_force) == {"development", "refusal", "held"}
        assert set(side.left_out) == {"development", "refusal"}
        assert side.in_force["development"].refused.mean == 0.0
        assert side.in_force["refusal"].recognised.mean == 1.0
        assert side.in_force["held"].recognised.n == 1
        assert side.wrongly == ("q-41",)
        assert side.missed == ()


def test_it_is_rendered_and_is_json(report: RefusalReport) -> None:
    shown = render_refusal(report)
    assert "q-41" in shown
    assert "Kiểm chứng chéo" in shown
    assert set(json.loads(json.dumps(refusal_json(report)))) == {"enriched", "alone"}
