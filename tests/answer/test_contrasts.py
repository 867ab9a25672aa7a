"""A figure of all visitors is no figure of the foreign ones: words that tell one figure from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answer.answer import Status

if TYPE_CHECKING:
    from answer.pipeline import Answerer


@pytest.mark.parametrize(
    ("asked", "figure", "changed"),
    [
        ("Năm 2030 đón bao nhiêu lượt khách du lịch?", "6.000.000", "Khách quốc tế năm 2030 bao nhiêu lượt?"),
        (
            "Tổng thu từ du lịch năm 2026 bao nhiêu?",
            "5.000 tỷ",
            "Tổng kinh phí cho du lịch năm 2026 bao nhiêu tỷ?",
        ),
        ("Năm 2030 có bao nhiêu khu công nghiệp?", "08", "Năm 2030 tỷ lệ lấp đầy khu công nghiệp bao nhiêu?"),
        (
            "Quyết định điều chỉnh quy hoạch có hiệu lực từ ngày nào?",
            "kể từ ngày",
            "Nghị quyết 19 bao giờ hết hiệu lực?",
        ),
        (
            "Năm 2026 tỉnh thu hút bao nhiêu lượt khách?",
            "4.700.000",
            "Năm 2026 tỉnh thu hút bao nhiêu lượt khách Trung Quốc?",
        ),
    ],
)
def test_a_question_for_another_figure_is_not_answered_with_this_one(
    answerer: Answerer, asked: str, figure: str, changed: str
) -> None:
    assert figure in answerer.answer(asked).text
    other = answerer.answer(changed)
    assert other.status is Status.NOT_FOUND
    assert not other.sentences


def test_a_comparison_says_which_side_nothing_speaks_of(answerer: Answerer) -> None:
    answer = answerer.answer("So sánh khách quốc tế năm 2026 với năm 2030")
    assert answer.status is Status.PARTIAL
    assert "550.000" in answer.text
    assert "năm 2030" in (answer.note or "")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Khách nội địa năm 2026 bao nhiêu?", "4.150.000"),
        ("GRDP/người năm 2030 là bao nhiêu?", "130 triệu"),
        ("Năm 2026 tỉnh dự kiến đón bao nhiêu lượt khách nước ngoài?", "550.000"),
    ],
)
def test_a_figure_of_the_very_thing_is_given(answerer: Answerer, question: str, said: str) -> None:
    assert said in answerer.answer(question).text


@pytest.mark.parametrize(
    "question",
    [
        "GRDP năm 2026 tăng bao nhiêu?",
        "tốc độ tăng trưởng GRDP năm 2027",
        "Năm 2026 hộ nghèo giảm bao nhiêu phần trăm?",
    ],
)
def test_a_figure_of_a_whole_period_is_none_of_one_of_its_years(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.status is Status.NOT_FOUND
    assert answer.confidence < 0.5
    assert not answer.sentences


@pytest.mark.parametrize(
    "question",
    [
        "Giai đoạn 2026-2030 GRDP tăng bình quân bao nhiêu?",
        "Tốc độ tăng trưởng GRDP đến năm 2030 là bao nhiêu?",
    ],
)
def test_a_figure_of_a_period_is_given_for_the_period_and_up_to_its_end(
    answerer: Answerer, question: str
) -> None:
    assert "10 - 11%" in answerer.answer(question).text
