"""Who signed: looked up under the document that is meant, never under another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answer.answer import Status

if TYPE_CHECKING:
    from answer.pipeline import Answerer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Ai ký quyết định điều chỉnh quy hoạch?", ["CHỦ TỊCH", "Nguyễn Cảnh Toàn"]),
        ("ai ky quyet dinh dieu chinh quy hoach", ["CHỦ TỊCH", "Nguyễn Cảnh Toàn"]),
        ("Kế hoạch du lịch 2026 do ai ký?", ["PHÓ CHỦ TỊCH", "Đoàn Thanh Sơn"]),
        ("Người ký kế hoạch du lịch năm 2026 là ai?", ["PHÓ CHỦ TỊCH", "Đoàn Thanh Sơn"]),
    ],
)
def test_the_office_and_the_name(answerer: Answerer, question: str, said: list[str]) -> None:
    answer = answerer.answer(question)
    assert answer.status is Status.ANSWERED
    assert [sentence.text for sentence in answer.sentences] == said
    for citation in answer.citations:
        assert citation.text[slice(*citation.evidence[0])] in said


@pytest.mark.parametrize(
    "question",
    [
        "Quyết định số 236/QĐ-TTg do ai ký?",
        "Kế hoạch du lịch 2025 do ai ký?",
        "Lạng Sơn đã ký kết thỏa thuận hợp tác với ai?",
    ],
)
def test_another_instrument_is_not_taken_for_a_held_one(answerer: Answerer, question: str) -> None:
    names = {"Nguyễn Cảnh Toàn", "Đoàn Thanh Sơn"}
    assert not names & {sentence.text for sentence in answerer.answer(question).sentences}
