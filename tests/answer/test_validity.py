"""What answers say of validity: as of a day, on changed provisions, and of what goes on elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from answer.answer import AnswerCitation, Status
from answer.pipeline import Answerer
from answer.validity import kept_elsewhere, marked
from corpus.address import Address, Level
from corpus.document import Document, Metadata, Provision, Reading, Role, TextKind
from ingest.relations import mentions
from retriever.search import Hit, Searcher

HOUSEHOLDS = "Hộ gia đình làm du lịch cộng đồng được hỗ trợ tối đa bao nhiêu?"
BEFORE, AFTER = date(2025, 7, 24), date(2026, 6, 30)


def test_as_of_a_day_before_it_took_effect_the_resolution_is_left_out(answerer: Answerer) -> None:
    before = answerer.answer(HOUSEHOLDS, as_of=BEFORE)
    assert not any(hit.passage.document == "nq-19-2025-nq-hdnd" for hit in before.hits)
    assert before.note is not None
    assert "Tính đến ngày 24/07/2025" in before.note
    assert "chưa có hiệu lực, có hiệu lực từ ngày 25/07/2025" in before.note


def test_afterwards_it_answers_and_the_day_is_said(answerer: Answerer) -> None:
    after = answerer.answer(HOUSEHOLDS, as_of=AFTER)
    assert after.status is Status.ANSWERED
    assert after.citations[0].address.document == "nq-19-2025-nq-hdnd"
    assert after.note is not None
    assert "Tính đến ngày 30/06/2026." in after.note


def test_documents_of_unknown_validity_stay_and_it_is_said(answerer: Answerer) -> None:
    found = answerer.answer("Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?", as_of=AFTER)
    assert found.status is Status.ANSWERED
    assert found.note is not None
    assert "Chưa xác định được hiệu lực vào ngày ấy của: Kế hoạch của UBND tỉnh Lạng Sơn" in found.note


def test_without_a_day_nothing_is_left_out(answerer: Answerer) -> None:
    found = answerer.answer(HOUSEHOLDS)
    assert found.citations[0].address.document == "nq-19-2025-nq-hdnd"
    assert "Tính đến ngày" not in (found.note or "")


def test_before_everything_nothing_is_found(answerer: Answerer) -> None:
    found = answerer.answer(HOUSEHOLDS, as_of=date(1999, 1, 1))
    assert found.status is Status.NOT_FOUND
    assert found.hits == () or all(hit.passage.document == "nq-223-nq-tu" for hit in found.hits)


def hits(answerer: Answerer, *documents: str) -> list[Hit]:
    """A hit in each of `documents`."""
    return [
        Hit(next(passage for passage in answerer.index.passages if passage.document == document), 1.0)
        for document in documents
    ]


def test_what_the_decision_does_not_adjust_goes_on_under_the_one_it_names(answerer: Answerer) -> None:
    decision, plan = "qd-dieu-chinh-quy-hoach-2026", "kh-du-lich-cvdc-2026"
    said = kept_elsewhere(hits(answerer, decision, plan, decision), answerer.searcher)
    assert said.startswith("Theo khoản 2 Điều 3, ")
    assert "Quyết định số 236/QĐ-TTg ngày 19/3/2024 của Thủ tướng Chính phủ; kho chưa có" in said
    assert kept_elsewhere(hits(answerer, plan, plan, decision), answerer.searcher) == ""
    assert kept_elsewhere([], answerer.searcher) == ""


@pytest.mark.parametrize(
    ("question", "added"),
    [
        ("Cụm công nghiệp ở xã Chi Lăng rộng bao nhiêu héc ta?", True),
        ("Quy hoạch chợ Kỳ Lừa rộng bao nhiêu mét vuông?", True),
        ("Giám đốc Sở Tài chính tên là gì?", False),  # it only stands near: no subject of the Decision
        ("Giá vé vào động Nhị Thanh là bao nhiêu?", False),
        ("Phí qua trạm ở Chi Lăng hết bao nhiêu?", False),
    ],
)
def test_it_is_added_to_what_was_not_found_of_its_subjects(
    answerer: Answerer, question: str, added: bool
) -> None:
    found = answerer.answer(question)
    assert found.status is Status.NOT_FOUND
    assert ("236/QĐ-TTg" in (found.note or "")) is added


def _document(id_: str, number: str, day: str, text: str) -> Document:
    root = Address(id_)
    article = Provision(root.child(Level.ARTICLE, "1"), Role.UNIT, text=Reading(text))
    about = Metadata(
        id_, "Nghị quyết", number, "HĐND tỉnh Lạng Sơn", day, "Một việc", None, "", "", TextKind.OFFICIAL, ""
    )
    bare = Document(about, "", Provision(root, Role.ROOT, children=(article,)), ())
    return replace(bare, mentions=mentions(bare))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Sửa đổi Điều 1 Nghị quyết số 1/2024/NQ-HĐND như sau:",
            "được sửa đổi, bổ sung bởi Nghị quyết số 2/2025",
        ),
        ("Bãi bỏ Nghị quyết số 1/2024/NQ-HĐND.", "đã bị thay thế hoặc bãi bỏ từ ngày 01/02/2025"),
        ("Thực hiện Nghị quyết số 1/2024/NQ-HĐND.", None),
    ],
)
def test_a_changed_provision_is_still_shown_and_marked(
    answerer: Answerer, text: str, told: str | None
) -> None:
    held = [
        _document("nq-1", "1/2024/NQ-HĐND", "2024-01-01", "Mức hỗ trợ là 5 triệu đồng."),
        _document("nq-2", "2/2025/NQ-HĐND", "2025-02-01", text),
    ]
    index = replace(answerer.index, documents={document.id: document for document in held})
    searcher = Searcher(index, answerer.searcher.encoder)
    address = held[0].by_address["dieu-1"].address
    citation = AnswerCitation(1, address, "Nghị quyết", "Điều 1", "Mức hỗ trợ là 5 triệu đồng.", ())
    (before,) = marked([citation], searcher, date(2025, 1, 31))
    (after,) = marked([citation], searcher, date(2025, 2, 1))
    assert before == citation
    assert after.text == citation.text
    assert (after.caveat is None) if told is None else (told in (after.caveat or ""))
