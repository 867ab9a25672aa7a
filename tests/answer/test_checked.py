"""The gate on the extractive road: verbatim passes, what was spoilt is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answer.answer import Status
from answer.checked import checked
from answer.extract import Extract
from answer.pipeline import Answerer

QUESTIONS = (
    "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?",
    "Các khu công nghiệp đến năm 2030 được bố trí ở đâu?",
    "Hộ gia đình làm du lịch cộng đồng được hỗ trợ tối đa bao nhiêu?",
)


def extracted(answerer: Answerer, question: str) -> Extract:
    answer = answerer.answer(question)
    assert answer.status in (Status.ANSWERED, Status.PARTIAL)
    return Extract(answer.sentences, answer.citations, 3, answer.sides)


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_extract_passes_as_it_is(answerer: Answerer, question: str) -> None:
    made = extracted(answerer, question)
    assert checked(made, answerer.index.documents) is made


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_sentence_with_another_figure_is_left_out(answerer: Answerer, question: str) -> None:
    made = extracted(answerer, question)
    spoilt = replace(made.sentences[0], text=f"{made.sentences[0].text} Tổng cộng 987.654 lượt.")
    left = checked(replace(made, sentences=(spoilt, *made.sentences[1:])), answerer.index.documents)
    assert spoilt.text not in [each.text for each in left.sentences]
    assert len(left.sentences) == len(made.sentences) - 1
    assert left.count is None
    assert not left.sides


def test_what_is_left_is_numbered_anew(answerer: Answerer) -> None:
    first, second = (extracted(answerer, question) for question in QUESTIONS[:2])
    other = replace(second.citations[0], n=2)
    said = replace(second.sentences[0], citations=(2,))
    spoilt = replace(first.sentences[0], text="Đón khoảng 4.800.000 lượt khách.")
    left = checked(Extract((spoilt, said), (first.citations[0], other)), answerer.index.documents)
    assert [each.citations for each in left.sentences] == [(1,)]
    assert [(each.n, each.address) for each in left.citations] == [(1, other.address)]
