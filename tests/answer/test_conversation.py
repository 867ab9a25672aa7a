"""Follow-up questions made whole."""

from __future__ import annotations

import pytest

from answer.conversation import whole_question

FIRST = "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?"
SUBJECT = "Năm 2026 tỉnh đặt mục tiêu đón lượt khách."


@pytest.mark.parametrize(
    "question",
    [
        "còn năm 2030?",
        "con nam 2030",
        "Thế khách quốc tế?",
        "vậy tổng thu thì sao?",
        "Ai chủ trì?",
        "bao giờ xong?",
        "cái đó do ai làm",
        "Bao nhiêu tiền?",
    ],
)
def test_a_question_that_leans_on_the_one_before_takes_its_subject(question: str) -> None:
    assert whole_question(question, [FIRST]) == f"{SUBJECT} {question}"


@pytest.mark.parametrize(
    "question",
    [
        "Tỷ lệ che phủ rừng đến năm 2030 là bao nhiêu?",
        "Đến năm 2030 có bao nhiêu khu công nghiệp?",
        "Thế mạnh của tỉnh được xác định trong quy hoạch gồm những ngành nào và phát triển ra sao đến 2050?",
        "",
        "   ",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert whole_question(question, [FIRST]) == question


def test_without_history_nothing_is_added() -> None:
    assert whole_question("còn năm 2030?") == "còn năm 2030?"


def test_the_last_question_is_the_one_leant_on() -> None:
    assert whole_question("còn năm 2030?", ["Tỷ lệ che phủ rừng là gì?", FIRST]).startswith(SUBJECT)
