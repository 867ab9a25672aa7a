"""Two things asked in one sentence: each asked by itself, each answered from its own provision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answer.answer import Status
from answer.halves import half_questions
from answer.sides import sides

if TYPE_CHECKING:
    from answer.pipeline import Answerer

PLAN, DECISION = "kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"


@pytest.mark.parametrize(
    ("question", "halves"),
    [
        (
            "Năm 2026 có giải chạy nào ở Mẫu Sơn, còn quy hoạch đưa khu du lịch Mẫu Sơn lên cấp nào?",
            (
                "năm 2026 có giải chạy nào ở mẫu sơn",
                "quy hoạch đưa khu du lịch mẫu sơn lên cấp nào?",
            ),
        ),
        # the subject before the colon is said of both
        (
            "Về thu gom rác thải: kế hoạch giao việc gì, quy hoạch đòi xây thêm công trình nào?",
            (
                "về thu gom rác thải: kế hoạch giao việc gì",
                "Về thu gom rác thải: quy hoạch đòi xây thêm công trình nào?",
            ),
        ),
        (
            "So sánh khách quốc tế năm 2026 với năm 2030",
            ("khách quốc tế năm 2026", "khách quốc tế năm 2030"),
        ),
        ("Mỏ đá dài bao nhiêu, và ở đâu?", ()),  # the second half leans on the first
        ("Đến năm 2030 có bao nhiêu khu công nghiệp?", ()),
        ("", ()),
    ],
)
def test_each_half_is_a_whole_question(answerer: Answerer, question: str, halves: tuple[str, ...]) -> None:
    index = answerer.index
    found = half_questions(question, sides(question, index.documents), index)
    assert tuple(each.lower() for each in found) == tuple(each.lower() for each in halves)


def test_each_half_is_answered_by_its_own_provision(answerer: Answerer) -> None:
    answer = answerer.answer(
        "Năm 2026 có giải chạy nào ở Mẫu Sơn, còn quy hoạch đưa khu du lịch Mẫu Sơn lên cấp nào?"
    )
    assert answer.status is Status.ANSWERED
    assert [citation.address.document for citation in answer.citations] == [PLAN, DECISION]
    assert "Mount Paths" in answer.sentences[0].text
    assert "quốc gia" in answer.sentences[1].text


def test_a_half_that_nothing_answers_is_not_answered_by_what_stands_near(answerer: Answerer) -> None:
    answer = answerer.answer(
        "Bệnh viện đa khoa tỉnh có bao nhiêu bác sĩ đầu ngành, "
        "và giá một giường bệnh theo yêu cầu là bao nhiêu tiền?"
    )
    assert answer.status is Status.NOT_FOUND
