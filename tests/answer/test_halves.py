"""Two things asked in one sentence: each asked by itself, each answered from its own provision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answer.answer import Status
from answer.halves import HalfQuestion, half_questions
from answer.sides import sides

if TYPE_CHECKING:
    from answer.pipeline import Answerer

PLAN, DECISION = "kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"
DIGEST = "nq-19-2025-nq-hdnd"


def halves(answerer: Answerer, question: str) -> tuple[HalfQuestion, ...]:
    return half_questions(question, sides(question, answerer.index.documents), answerer.index)


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        # what only names a document is not searched, it chooses the document
        (
            "Năm 2026 có giải chạy nào ở Mẫu Sơn, còn quy hoạch đưa khu du lịch Mẫu Sơn lên cấp nào?",
            [
                ("năm 2026 có giải chạy nào ở mẫu sơn", None),
                ("đưa khu du lịch mẫu sơn lên cấp nào?", DECISION),
            ],
        ),
        # the subject before the colon or the comma is said of both
        (
            "Về thu gom rác thải: kế hoạch giao việc gì, quy hoạch đòi xây thêm công trình nào?",
            [
                ("về thu gom rác thải: giao việc gì", PLAN),
                ("về thu gom rác thải: đòi xây thêm công trình nào?", DECISION),
            ],
        ),
        (
            "Ở Chi Lăng, kế hoạch du lịch làm đường gì và quy hoạch tỉnh đặt nơi này vào vùng nào?",
            [
                ("ở chi lăng, làm đường gì", PLAN),
                ("ở chi lăng, đặt nơi này vào vùng nào?", DECISION),
            ],
        ),
        # what a half points at, or calls by a bare noun, stands in the other
        (
            "Bắc Sơn có làng du lịch nào và quy hoạch cho nơi đó lên đô thị loại gì?",
            [("bắc sơn có làng du lịch nào", None), ("bắc sơn. cho nơi đó lên đô thị loại gì?", DECISION)],
        ),
        (
            "Kế hoạch mở bao nhiêu lớp bồi dưỡng kiến thức, còn nghị quyết 19 cho một lớp như thế mấy tiền?",
            [
                ("mở bao nhiêu lớp bồi dưỡng kiến thức", PLAN),
                ("cho một lớp bồi dưỡng kiến thức như thế mấy tiền?", DIGEST),
            ],
        ),
        # only another year: the same asked of it
        (
            "Số buồng lưu trú năm 2026 là bao nhiêu, còn đến năm 2030 thì bao nhiêu?",
            [
                ("số buồng lưu trú năm 2026 là bao nhiêu", None),
                ("số buồng lưu trú năm 2030 là bao nhiêu", None),
            ],
        ),
        (
            "So sánh khách quốc tế năm 2026 với năm 2030",
            [("khách quốc tế năm 2026 là bao nhiêu", None), ("khách quốc tế năm 2030 là bao nhiêu", None)],
        ),
        # two documents held against each other in one clause
        (
            "So chỉ tiêu tổng thu năm 2026 ở kế hoạch du lịch với mốc 2030 ở quy hoạch thì chênh thế nào?",
            [
                ("chỉ tiêu tổng thu năm 2026 là bao nhiêu", PLAN),
                ("chỉ tiêu tổng thu năm 2030 là bao nhiêu", DECISION),
            ],
        ),
        # whether, and how much
        (
            "Sang Ấn Độ quảng bá có trong kế hoạch du lịch không, và nghị quyết 19 hỗ trợ mỗi lần bao nhiêu?",
            [("sang ấn độ quảng bá có không", PLAN), ("hỗ trợ mỗi lần bao nhiêu?", DIGEST)],
        ),
        # asked once of two measures
        (
            "Năng suất lao động và tỷ lệ hộ nghèo giảm mỗi năm là bao nhiêu?",
            [("năng suất lao động là bao nhiêu", None), ("tỷ lệ hộ nghèo giảm mỗi năm là bao nhiêu", None)],
        ),
        (
            "Toàn tỉnh được bao nhiêu căn nhà ở xã hội, tỷ lệ đô thị hóa lên bao nhiêu phần trăm?",
            [
                ("toàn tỉnh được bao nhiêu căn nhà ở xã hội", None),
                ("tỷ lệ đô thị hóa lên bao nhiêu phần trăm?", None),
            ],
        ),
    ],
)
def test_each_half_is_a_whole_question(
    answerer: Answerer, question: str, searched: list[tuple[str, str | None]]
) -> None:
    assert [(half.search.lower(), half.document) for half in halves(answerer, question)] == searched


@pytest.mark.parametrize(
    "question",
    [
        "Mỏ đá dài bao nhiêu, và ở đâu?",  # the second half leans on the first
        "Đến năm 2030 có bao nhiêu khu công nghiệp?",
        "Tỷ trọng nông, lâm nghiệp và thủy sản là bao nhiêu?",
        "Bao nhiêu phần trăm hộ dân, kể cả vùng cao, có điện?",
        "Sở Văn hóa, Thể thao và Du lịch phối hợp với ai?",
        "Nhà tôi ở Bắc Sơn, muốn làm homestay và đón khách thì được hỗ trợ bao nhiêu?",
        "Cặp cửa khẩu nào nối xã Thụy Hùng và Bình Nhi Quan?",
        "Chênh lệch giữa tổng thu và tổng chi là bao nhiêu?",
        "Thanh niên, phụ nữ và học sinh khởi nghiệp có mấy dự án một xã?",
        "Khách hỏi đường thế nào, năm nay có biển chỉ dẫn nào không?",
        "",
    ],
)
def test_a_question_of_one_thing_is_not_cut(answerer: Answerer, question: str) -> None:
    assert halves(answerer, question) == ()


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


def test_a_demand_of_one_half_is_not_made_of_the_other(answerer: Answerer) -> None:
    answer = answerer.answer(
        "Năng suất lao động đạt bao nhiêu triệu đồng một người, còn kế hoạch du lịch nâng cấp trang web nào?"
    )
    assert answer.status is Status.ANSWERED
    assert "320 triệu" in answer.sentences[0].text
    assert "dulichlangson" in answer.text


def test_the_half_that_nothing_answers_is_named(answerer: Answerer) -> None:
    answer = answerer.answer(
        "Kế hoạch du lịch cho thuê gian hàng ở lễ hội Hoa Đào giá bao nhiêu tiền một ngày, "
        "còn quy hoạch giữ tỷ lệ che phủ rừng ở mức bao nhiêu?"
    )
    assert answer.status is Status.PARTIAL
    assert "65%" in answer.sentences[0].text
    assert "giá bao nhiêu tiền một ngày" in (answer.note or "")


def test_one_provision_that_answers_both_halves_is_cited_once(answerer: Answerer) -> None:
    answer = answerer.answer(
        "Đến năm 2030 có bao nhiêu bác sĩ trên một vạn dân, và có bao nhiêu giường bệnh?"
    )
    assert len(answer.citations) == 1
    assert "13,5 bác sĩ" in answer.text and "37 giường bệnh" in answer.text


def test_who_signed_each_of_two_documents(answerer: Answerer) -> None:
    answer = answerer.answer("Người ký kế hoạch du lịch là ai, còn quyết định quy hoạch do ai ký?")
    assert [side.name.split(" (")[0] for side in answer.sides] == [
        "Kế hoạch của UBND tỉnh Lạng Sơn",
        "Quyết định của Chủ tịch UBND tỉnh Lạng Sơn",
    ]
