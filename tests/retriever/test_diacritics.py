"""Marks put back on questions typed without them; marks that were typed stay."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vietnamese import fold, syllables, unmarked
from eval.questions import read_questions
from retriever.diacritics import Restorer, general_words

if TYPE_CHECKING:
    from answer.pipeline import Answerer

QUESTIONS = Path(__file__).parents[2] / "eval" / "questions" / "development.jsonl"
SMALL = Restorer.build(["Khu công nghiệp. Cụm công nghiệp. Đến năm 2030 tỉnh có cửa khẩu."])


@pytest.fixture(scope="module")
def restorer(answerer: Answerer) -> Restorer:
    return answerer.index.restorer


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nam 2026 tinh co bao nhieu khach du lich?", "năm 2026 tỉnh có bao nhiêu khách du lịch?"),
        ("den nam 2030 co bao nhieu khu cong nghiep?", "đến năm 2030 có bao nhiêu khu công nghiệp?"),
        ("ty le che phu rung", "tỷ lệ che phủ rừng"),
        ("uy ban nhan dan tinh", "ủy ban nhân dân tỉnh"),
        ("cong vien dia chat Lang Son", "công viên địa chất Lạng Sơn"),
        ("so van hoa the thao va du lich", "sở văn hóa thể thao và du lịch"),
        ("kinh phi lay tu dau", "kinh phí lấy từ đâu"),
        ("ai chiu trach nhiem chu tri", "ai chịu trách nhiệm chủ trì"),
        ("duong cao toc Huu Nghi - Chi Lang", "đường cao tốc Hữu Nghị - Chi Lăng"),
        ("KHU KINH TE CUA KHAU DONG DANG", "KHU KINH TẾ CỬA KHẨU ĐỒNG ĐĂNG"),
        ("quy hoach tinh thoi ky 2021-2030", "quy hoạch tỉnh thời kỳ 2021-2030"),
        ("ho tro du lịch cong dong", "hỗ trợ du lịch cộng đồng"),  # one word typed with its marks
        ("GRDP 2030", "GRDP 2030"),
        ("", ""),
        ("2030 - 2050?!", "2030 - 2050?!"),
    ],
)
def test_marks_are_put_back(restorer: Restorer, typed: str, meant: str) -> None:
    assert restorer.restore(typed) == meant


def test_most_syllables_of_questions_it_has_never_seen_come_back(restorer: Restorer) -> None:
    plain = [
        q.question
        for q in read_questions(QUESTIONS)
        if q.kind in ("figure", "agency", "list", "date", "paraphrase")
    ]
    right = total = 0
    for question in plain:
        meant, got = syllables(fold(question)), syllables(fold(restorer.restore(unmarked(question))))
        total += len(meant)
        right += sum(one == other for one, other in zip(meant, got, strict=True))
    assert total > 500
    assert right / total > 0.8


@pytest.mark.parametrize(
    "text",
    [
        "Đến năm 2030 có bao nhiêu khu công nghiệp?",
        "Phí cầu đường cao tốc qua Lạng Sơn hết bao nhiêu?",
        "Sở Văn hóa, Thể thao và Du lịch làm gì?",
    ],
)
def test_a_fully_marked_question_is_left_alone(restorer: Restorer, text: str) -> None:
    assert restorer.restore(text) == text
    assert restorer.restore(unicodedata.normalize("NFD", text)) == text


MARKED = "Năm 2026 tỉnh Lạng Sơn đặt mục tiêu đón khách du lịch quốc tế đến Công viên địa chất".split()


@given(st.lists(st.booleans(), min_size=len(MARKED), max_size=len(MARKED)))
def test_typed_marks_are_never_changed(kept: list[bool]) -> None:
    typed = [word if keep else unmarked(word) for word, keep in zip(MARKED, kept, strict=True)]
    for before, after in zip(typed, SMALL.restore(" ".join(typed)).split(), strict=True):
        assert unmarked(after) == unmarked(before)
        if fold(before) != unmarked(before):
            assert after == before


@given(st.text(max_size=80))
def test_any_text_keeps_its_letters(text: str) -> None:
    assert unmarked(SMALL.restore(text)) == unmarked(text)


def test_it_knows_syllables_with_any_marks() -> None:
    assert SMALL.knows("cong")
    assert SMALL.knows("nam")
    assert not SMALL.knows("tourism")


def test_what_is_written_is_read_back_equal(restorer: Restorer) -> None:
    again = Restorer.from_json(json.loads(json.dumps(restorer.to_json())))
    assert again.to_json() == restorer.to_json()
    assert again.restore("cong vien dia chat") == "công viên địa chất"


def test_documents_win_over_the_general_word_list() -> None:
    assert Restorer.build(["đông đăng"], ["đồng dằng"] * 5).restore("dong dang") == "đông đăng"
    assert Restorer.build([], ["đồng bằng"]).restore("dong bang") == "đồng bằng"


def test_the_general_word_list_is_there() -> None:
    assert len(general_words()) > 70_000
