"""Questions with several demands, and which of them an answer leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answer.answer import AnswerCitation, Sentence, Status
from answer.parts import missing_note, missing_parts, parts
from retriever.query import understand

if TYPE_CHECKING:
    from answer.pipeline import Answerer

DECISION, PLAN = "qd-dieu-chinh-quy-hoach-2026", "kh-du-lich-cvdc-2026"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Năm 2026 đón bao nhiêu khách và ai chủ trì?", ("Năm 2026 đón bao nhiêu khách", "ai chủ trì")),
        ("nam 2026 don bao nhieu khach va ai chu tri", ("nam 2026 don bao nhieu khach", "ai chu tri")),
        ("Công viên và du lịch do sở nào phụ trách?", ("Công viên và du lịch do sở nào phụ trách",)),
        ("Kế hoạch giao ai, nộp khi nào, gửi về đâu ạ?", ("Kế hoạch giao ai", "nộp khi nào, gửi về đâu ạ")),
        ("Tôi mở homestay, xây thêm mấy phòng nữa, được hỗ trợ bao nhiêu?",
         ("Tôi mở homestay, xây thêm mấy phòng nữa, được hỗ trợ bao nhiêu",)),
        ("Tỷ lệ che phủ rừng", ("Tỷ lệ che phủ rừng",)),
        ("", ("",)),
    ],
)  # fmt: skip
def test_a_question_is_cut_where_each_side_asks(question: str, found: tuple[str, ...]) -> None:
    assert parts(question) == found


def missing(answerer: Answerer, question: str, *paths: tuple[str, str]) -> tuple[str, ...]:
    """What is missing from an answer that says the provisions at `paths`."""
    index = answerer.index
    nodes = [index.documents[document].by_address[path] for document, path in paths]
    cited = [AnswerCitation(n, node.address, "", "", node.own_text, ()) for n, node in enumerate(nodes, 1)]
    said = [Sentence(each.text, (each.n,)) for each in cited]
    return missing_parts(understand(question, index.restorer), said, cited, index)


VISITORS, VISITORS_2030 = (PLAN, "ii/2/gach-1"), (DECISION, "dieu-1/ii/2/b/gach-1/cong-9")


@pytest.mark.parametrize(
    ("question", "paths", "left"),
    [
        ("Năm 2026 đón bao nhiêu lượt khách và ai chủ trì?", [VISITORS], ("ai chủ trì",)),
        ("Đón bao nhiêu lượt khách, bao giờ phải báo cáo?", [VISITORS], ("bao giờ phải báo cáo",)),
        ("Đón bao nhiêu lượt khách, vé bao nhiêu tiền?", [VISITORS], ("vé bao nhiêu tiền",)),
        (
            "Ai thi hành quyết định và kinh phí bao nhiêu tiền?",
            [(DECISION, "dieu-4")],
            ("kinh phí bao nhiêu tiền",),
        ),
        ("Năm 2026 và năm 2030 đón bao nhiêu lượt khách?", [VISITORS_2030], ("năm 2026",)),
        ("Năm 2026 và năm 2030 đón bao nhiêu lượt khách?", [VISITORS, VISITORS_2030], ()),
        ("Thời kỳ 2021-2030 và năm 2035 đón bao nhiêu khách?", [VISITORS_2030], ()),
        ("Kế hoạch nói gì về khách, còn quy hoạch nói gì?", [VISITORS], ("quy hoạch nói gì",)),
        ("Kế hoạch nói gì về khách, còn quy hoạch nói gì?", [VISITORS, VISITORS_2030], ()),
        ("Năm 2026 đón bao nhiêu lượt khách?", [VISITORS], ()),
        ("Vé bao nhiêu tiền và ai phụ trách?", [VISITORS], ()),  # nothing of it is met: not a part
    ],
)
def test_the_part_that_nothing_meets_is_named(
    answerer: Answerer, question: str, paths: list[tuple[str, str]], left: tuple[str, ...]
) -> None:
    assert missing(answerer, question, *paths) == left


def test_the_note_repeats_the_users_words_shortened() -> None:
    assert (
        missing_note(["ai chủ trì", "năm 2030"]) == "Chưa tìm thấy trong kho phần: “ai chủ trì”; “năm 2030”."
    )
    assert missing_note([]) == ""
    assert len(missing_note(["x" * 5000])) < 200


def test_an_answer_to_one_of_two_demands_is_partial(answerer: Answerer) -> None:
    answer = answerer.answer("Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách và ai chủ trì?")
    assert answer.status is Status.PARTIAL
    assert any("4.700.000" in sentence.text for sentence in answer.sentences)
    assert "Chưa tìm thấy trong kho phần: “ai chủ trì”." in (answer.note or "")
