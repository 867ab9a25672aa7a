"""Which words of a question carry its subject, and how many of them a text holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answer.coverage import Asked, asked
from retriever.query import understand

if TYPE_CHECKING:
    from answer.pipeline import Answerer


def words_of(answerer: Answerer, question: str) -> Asked:
    return asked(understand(question, answerer.index.restorer), answerer.index)


@pytest.mark.parametrize(
    ("question", "held", "left_out"),
    [
        ("Đến năm 2030 có bao nhiêu khu công nghiệp?", {"2030", "khu", "công nghiệp"}, {"bao nhiêu", "có"}),
        ("Cho em hỏi tỷ lệ che phủ rừng ạ?", {"che phủ", "rừng"}, {"em", "hỏi", "ạ"}),
        ("ty le che phu rung", {"che phủ", "rừng"}, set()),
        ("How many industrial parks by 2030?", {"2030"}, {"industrial", "parks"}),
    ],
)
def test_content_words(answerer: Answerer, question: str, held: set[str], left_out: set[str]) -> None:
    weights = words_of(answerer, question).weights
    assert held <= set(weights)
    assert not left_out & set(weights)
    assert sum(weights.values()) == pytest.approx(1.0)
    assert all(weight > 0 for weight in weights.values())


def test_a_rare_word_weighs_more_than_a_common_one(answerer: Answerer) -> None:
    weights = words_of(answerer, "Khinh khí cầu và phát triển").weights
    assert max(weights, key=lambda word: weights[word]) != "phát triển"


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Có 08 KHU công nghiệp.", 0.75),
        ("khu vực", 0.25),
        ("khuôn viên công  nghiệp", 0.5),  # whole syllables, whatever stands between them
        ("", 0.0),
        ("đến 2030: khu công nghiệp", 1.0),
    ],
)
def test_the_weight_of_the_words_that_stand_in_a_text(text: str, covered: float) -> None:
    what = Asked({"khu": 0.25, "công nghiệp": 0.5, "2030": 0.25})
    assert what.covered(text) == pytest.approx(covered)


@pytest.mark.parametrize("question", ["là gì thế ạ?", "what is it for"])
def test_a_question_of_empty_words_covers_nothing(answerer: Answerer, question: str) -> None:
    nothing = words_of(answerer, question)
    assert nothing.weights == {}
    assert nothing.covered("bất cứ điều gì") == 0.0
