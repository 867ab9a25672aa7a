"""Question sets as a whole: counts, questions asked twice, rare words shared with the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.document import Document
from eval.balance import LEAST, balance, repeated
from eval.evidence import Gold
from eval.questions import KINDS, Question, read_questions
from eval.rarity import Vocabulary, words

QUESTIONS = Path(__file__).parents[2] / "eval" / "questions"
PLAN = "kh-du-lich-cvdc-2026"
LODGING = Gold(PLAN, ("Phấn đấu đạt khoảng 325 cơ sở lưu trú",))
CHECKING = Gold(PLAN, ("Tổ chức kiểm tra, rà soát thực trạng phát triển du lịch",))


def asked(text: str, gold: Gold = LODGING, kind: str = "figure", place: str = "f:1") -> Question:
    return Question(text, kind, text, (gold,), place=place)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- Mẫu Sơn, Khu 08 nhà nghỉ",
            [("Mẫu", False), ("Sơn", True), ("Khu", True), ("nhà", True), ("nghỉ", True)],
        ),
        ("thu: Tổng 19/2025/NQ-HĐND", [("thu", False), ("Tổng", False), ("NQ", False), ("HĐND", False)]),
        ("ba2 2a 4.700.000", []),  # figures
        ("tre\u0302\u0301 “Nhỏ”", [("trế", False), ("Nhỏ", False)]),
    ],
)
def test_words_of_a_line(text: str, expected: list[tuple[str, bool]]) -> None:
    assert [(word.text, word.inside) for word in words(text)] == expected


def test_a_line_of_capitals_is_told() -> None:
    assert [word.shouted for word in words("MỤC TIÊU\nMục tiêu")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "gold", "kind", "shared"),
    [
        ("Bao nhiêu cơ sở cho khách ngủ lại?", LODGING, "figure", {"cơ", "sở"}),
        ("BAO NHIÊU CHỖ LƯU TRÚ?", LODGING, "figure", {"lưu", "trú"}),
        ("phấn đấu", LODGING, "figure", {"phấn", "đấu"}),  # in three, and no name: opens lines only
        ("325 chỗ", LODGING, "figure", set()),  # a figure
        ("bao nhieu cho luu tru", LODGING, "figure", set()),  # other words, as they stand
        ("bao nhieu cho luu tru", LODGING, "no-diacritics", {"luu", "tru"}),
        ("rà soát cái gì", LODGING, "figure", set()),  # rare, in another provision
        ("rà soát cái gì", CHECKING, "figure", {"rà", "soát"}),
        ("rà soát cái gì", Gold("nq-0", CHECKING.quotes), "figure", set()),  # a document nobody has
    ],
)
def test_rare_words_on_a_small_document(
    plan: Document, text: str, gold: Gold, kind: str, shared: set[str]
) -> None:
    assert Vocabulary({PLAN: plan}).shared(asked(text, gold, kind)) == shared


@pytest.mark.parametrize(
    ("text", "gold", "shared"),
    [
        (  # Phja Pò is a name, "khủng long" stands once
            "Sống khủng long ở Phja Pò?",
            Gold(PLAN, ('con đường mòn địa chất "Kỳ vĩ sống khủng long - Đỉnh Phja Pò"',)),
            {"khủng"},
        ),
        (  # IUGS is written in brackets alone: in capitals it is a name all the same
            "IUGS là gì?",
            Gold(PLAN, ("Liên đoàn Quốc tế về Khoa học Địa chất (IUGS)",)),
            set(),
        ),
    ],
)
def test_names_on_the_real_documents(
    documents: Mapping[str, Document], text: str, gold: Gold, shared: set[str]
) -> None:
    found = Vocabulary(documents).shared(asked(text, gold))
    assert found >= shared and not found & {"phja", "pò", "đỉnh", "iugs"}


def test_more_than_a_third_is_a_fault(plan: Document) -> None:
    plain, rare = asked("Có mấy chỗ?"), asked("Mấy chỗ lưu trú?")
    two_thirds = [plain, asked("Mấy nơi ngủ?"), rare]
    talk = Question("t", "unanswerable", "lưu trú", unanswerable=True)
    assert balance([*two_thirds, talk], {PLAN: plan}).faults == ()
    assert balance([*two_thirds, talk], {PLAN: plan}).answerable == 3
    (fault,) = balance([plain, rare, talk], {PLAN: plan}).faults
    assert fault.startswith("1 trong 2 câu trả lời được") and "Mấy chỗ lưu trú? (lưu, trú)" in fault


def test_nothing_that_can_be_answered(plan: Document) -> None:
    assert balance([Question("t", "unanswerable", "?", unanswerable=True)], {PLAN: plan}).faults == ()


def test_too_few_of_a_kind_is_a_warning(plan: Document) -> None:
    questions = [asked(f"Câu {number}", kind="cross", place=f"f:{number}") for number in range(11)]
    found = balance(questions, {PLAN: plan})
    assert found.kinds == {"cross": 11}
    assert len(found.warnings) == len(KINDS)
    assert "loại “cross” có 11 câu; một phần của bộ câu hỏi cần ít nhất 12." in found.warnings
    questions.append(asked("Câu khác", kind="cross"))
    assert not any("cross" in warning for warning in balance(questions, {PLAN: plan}).warnings)
    assert set(LEAST) == set(KINDS)


def test_asked_twice() -> None:
    first = asked("Tổng thu năm 2026?", place="f:1")
    again = asked("tong thu, nam 2026", kind="no-diacritics", place="f:2")
    other = asked("Tổng thu năm 2025?", place="f:3")
    after = Question("x", "follow-up", "Tổng thu năm 2026?", history=("Khách?",), place="f:4")
    assert repeated([first, again, other, after]) == ("f:2: câu hỏi đã có ở f:1. Hãy bỏ một trong hai câu.",)
    assert len(repeated([again], before=[first])) == 1
    assert repeated([asked("?"), asked("!")]) == ()


@pytest.mark.parametrize("part", ["development", "test"])
def test_the_shipped_parts_are_sound(part: str, documents: Mapping[str, Document]) -> None:
    found = balance(read_questions(QUESTIONS / f"{part}.jsonl"), documents)
    assert (found.faults, found.warnings) == ((), ())
