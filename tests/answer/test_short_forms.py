"""What a short form stands for is looked up where a text gives both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answer.answer import Status

if TYPE_CHECKING:
    from answer.pipeline import Answerer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("CVĐC viết tắt của gì?", "Công viên địa chất (CVĐC)"),
        ("Trong quyết định quy hoạch, GRDP viết tắt của cụm từ nào?", "Tổng sản phẩm trên địa bàn (GRDP)"),
        ("HDI là viết tắt của chỉ số nào?", "Chỉ số phát triển con người (HDI)"),
        ("What does HDI stand for?", "Chỉ số phát triển con người (HDI)"),
        ("Kế hoạch viết gọn “Công viên” là nói cái gì?", "UNESCO Lạng Sơn (Công viên)"),
    ],
)
def test_the_clause_that_gives_both_is_shown(answerer: Answerer, question: str, said: str) -> None:
    answer = answerer.answer(question)
    assert answer.status is Status.ANSWERED
    assert said in answer.text
    assert len(answer.citations) == 1


@pytest.mark.parametrize("question", ["ABC viết tắt của gì?", "XYZ là viết tắt của cụm từ nào?"])
def test_a_short_form_that_no_text_gives_is_not_found(answerer: Answerer, question: str) -> None:
    assert answerer.answer(question).status is Status.NOT_FOUND
