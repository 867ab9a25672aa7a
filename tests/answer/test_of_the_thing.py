"""Of provisions that are nearly alike the one that speaks of the very thing is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from answer.pipeline import Answerer


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # the instrument by its number
        ("Chỉ thị 08/CT-TTg nói về việc gì?", "08/CT-TTg"),
        ("Nghị quyết 82/NQ-CP về vấn đề gì?", "82/NQ-CP"),
        # the provision that is cited, whatever its parts are called
        ("Điểm h khoản 2 phần III Điều 1 quyết định điều chỉnh quy hoạch nói về gì?", "lực lượng vũ trang"),
        # a cited part that does not say who leads it
        ("Nhiệm vụ ở mục 2 phần III của kế hoạch 2026 do đơn vị nào đầu mối?", "Trung tâm Xúc tiến Đầu tư"),
        # the day that a policy takes effect, not the day of the paper
        ("Chính sách hỗ trợ làm homestay áp dụng kể từ ngày nào?", "25/7/2025"),
        # what is counted
        ("How many visitors is Lang Son targeting for 2026?", "4.700.000"),
        ("Năm 2026 tỉnh phấn đấu đón bao nhiêu lượt khách quốc tế?", "550.000"),
        # the item that says what the term is, not the one that only names it
        ("“Vùng khác” nghĩa là gì?", "không gian lãnh thổ"),
        ("Vùng hạn chế phát thải được hiểu là gì?", "Vùng đệm"),
        # a figure whose bracket speaks of another year
        ("Đến 2030 toàn tỉnh có bao nhiêu căn nhà ở xã hội?", "3.000 căn"),
    ],
)
def test_the_very_thing(answerer: Answerer, question: str, said: str) -> None:
    assert said in answerer.answer(question).text


@pytest.mark.parametrize(
    "question",
    ["Phân công nhiệm vụ phát triển du lịch ở phụ lục mấy?", "Việc bảo tồn phân công ở phụ lục nào?"],
)
def test_annexes_of_two_parts_do_not_disagree(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert len(answer.citations) == 1
    assert "nói khác nhau" not in (answer.note or "")
