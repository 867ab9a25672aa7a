"""What is said where nothing answers: where it might stand, without claiming that it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from answer.answer import Status
from answer.not_found import absent_annexes, stand_ins
from corpus.document import CAVEATS, Document, TextKind
from retriever.search import Hit
from ui.render import copied_answer

if TYPE_CHECKING:
    from answer.pipeline import Answerer

DECISION, PLAN = "qd-dieu-chinh-quy-hoach-2026", "kh-du-lich-cvdc-2026"
DIGEST, NAMED = "nq-19-2025-nq-hdnd", "nq-223-nq-tu"
KEPT = "236/QĐ-TTg"


def note(answerer: Answerer, question: str) -> str:
    """The note of an answer that must be a refusal with the nearest passages beside it."""
    answer = answerer.answer(question)
    assert answer.status is Status.NOT_FOUND
    assert (answer.sentences, answer.citations) == ((), ())
    assert answer.nearest
    return answer.note or ""


def test_an_absent_annex_is_named_with_what_stands_in_it(answerer: Answerer) -> None:
    said = note(answerer, "Khu công nghiệp đặt ở xã Hữu Lũng rộng bao nhiêu héc ta?")
    assert (
        "chi tiết của khoản 2 mục V Điều 1 ở Phụ lục II của Quyết định của Chủ tịch UBND tỉnh Lạng Sơn"
        in said
    )
    assert "kho không có phụ lục đó" in said
    assert KEPT in said


@pytest.mark.parametrize(
    ("document", "path", "told"),
    [
        (DECISION, "dieu-1/xi", "danh mục sơ đồ, bản đồ"),
        (PLAN, "iii/1/doan-1", "phân công nội dung, nhiệm vụ"),
        (DECISION, "dieu-1/v/3", "chi tiết của khoản 3 mục V Điều 1 ở Phụ lục III"),
        (DECISION, "dieu-4", None),
    ],
)
def test_annexes_are_read_from_the_nearest_unit(
    answerer: Answerer, document: str, path: str, told: str | None
) -> None:
    address = answerer.index.documents[document].by_address[path].address
    passage = replace(answerer.index.passages[0], document=document, addresses=(address,))
    said = " ".join(absent_annexes([Hit(passage, 1.0)], answerer.index))
    assert (told in said) if told else (said == "")


def test_what_only_a_stand_in_speaks_of_is_told_as_such(answerer: Answerer) -> None:
    hits = {
        id_: Hit(next(one for one in answerer.index.passages if one.document == id_), 1.0)
        for id_ in (DIGEST, NAMED, DECISION)
    }
    (digest,) = stand_ins([hits[DIGEST], hits[DIGEST], hits[DECISION]], answerer.index)
    assert digest.startswith(
        "Nội dung này có thể thuộc Nghị quyết số 19/2025/NQ-HĐND, kho mới có bản tóm tắt"
    )
    (named,) = stand_ins([hits[NAMED]], answerer.index)
    assert "Nghị quyết số 223-NQ/TU, kho mới có tên, chưa có toàn văn" in named
    assert list(stand_ins([hits[DECISION], hits[DIGEST]], answerer.index)) == []
    assert list(stand_ins([hits[DIGEST], hits[DECISION], hits[DECISION]], answerer.index)) == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Quy hoạch tỉnh cho phép xây nhà cao mấy mét ở xã Bắc Sơn?", True),
        ("Tỉnh Thái Nguyên đến 2030 quy hoạch bao nhiêu cụm công nghiệp?", False),
        ("Nghị quyết 16/2022/NQ-HĐND hỗ trợ tối đa bao nhiêu tiền cho một dự án đầu tư?", False),
        ("Vé vào hang Ngườm Moóc bao nhiêu tiền một người?", False),
    ],
)
def test_what_the_decision_did_not_adjust_is_told_of_planning_only(
    answerer: Answerer, question: str, told: bool
) -> None:
    assert (KEPT in note(answerer, question)) is told


def test_a_document_that_is_not_held_is_not_taken_for_another(answerer: Answerer) -> None:
    said = note(answerer, "Nghị quyết 16/2022/NQ-HĐND hỗ trợ tối đa bao nhiêu tiền cho một dự án đầu tư?")
    assert "Kho không có toàn văn Nghị quyết số 16/2022/NQ-HĐND" in said
    assert "có thể thuộc" not in said


@pytest.mark.parametrize(
    "question", ["Chào bạn", "Kể chuyện cười đi bạn", "Thời tiết hôm nay thế nào?", "写一首诗"]
)
def test_other_subjects_are_declined_politely_with_an_example(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.status is Status.OUT_OF_SCOPE
    assert answer.note is not None
    assert "các văn bản trong kho" in answer.note
    assert "Ví dụ:" in answer.note


def test_beside_a_digest_and_an_unnumbered_copy_stands_what_they_are(answerer: Answerer) -> None:
    digest = answerer.answer("Hộ gia đình làm du lịch cộng đồng được hỗ trợ tối đa bao nhiêu?")
    assert digest.citations[0].address.document == DIGEST
    assert "không phải lời văn chính thức" in (digest.citations[0].caveat or "")
    assert "(bản tóm tắt)" in digest.citations[0].label
    assert "không phải lời văn chính thức" in copied_answer(digest)
    copy = answerer.answer("Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?")
    assert copy.citations[0].caveat == CAVEATS[TextKind.UNNUMBERED_COPY]
    assert "bản chưa ghi số, ngày" in copy.citations[0].label
    assert "hãy đối chiếu với bản chính thức" in copied_answer(copy)


def test_the_documents_have_the_kinds_that_this_rests_on(documents: Mapping[str, Document]) -> None:
    kinds = {id_: document.metadata.kind for id_, document in documents.items()}
    assert (kinds[DIGEST], kinds[NAMED]) == (TextKind.DIGEST, TextKind.CATALOGUE)
    assert (kinds[PLAN], kinds[DECISION]) == (TextKind.UNNUMBERED_COPY, TextKind.UNNUMBERED_COPY)


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Có xây casino ở Mẫu Sơn không?", "casino"),
        ("Tỉnh có làm sân bay không ạ?", "sân bay"),
    ],
)
def test_what_no_text_names_is_not_answered_by_what_stands_near(
    answerer: Answerer, question: str, word: str
) -> None:
    answer = answerer.answer(question)
    assert answer.status is Status.NOT_FOUND
    assert f"Không điều khoản nào trong kho nhắc đến “{word}”." in (answer.note or "")


def test_an_unknown_word_bars_only_a_question_of_yes_or_no(answerer: Answerer) -> None:
    assert "nhắc đến" not in (answerer.answer("Khu du lịch Mẫu Sơn có casino thì làm sao?").note or "")
