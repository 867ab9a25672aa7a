"""Marks put back on questions typed without them, typing errors mended; what is right stays."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.enrichment import read_enrichment
from corpus.manifest import SHIPPED
from corpus.vietnamese import fold, nfc, syllables, unmarked
from eval.questions import read_questions
from eval.typing import Typing, has_variants, variants
from ingest.passages import passages
from retriever.diacritics import Restorer, general_words

QUESTIONS = Path(__file__).parents[2] / "eval" / "questions" / "development.jsonl"
SMALL = Restorer.build(["Khu công nghiệp. Cụm công nghiệp. Đến năm 2030 tỉnh có cửa khẩu."])


@pytest.fixture(scope="module")
def restorer(documents: Mapping[str, Document]) -> Restorer:
    """As an index has it: the documents, what is asked of them, Vietnamese at large."""
    texts = [
        " . ".join((passage.repaired, *passage.path))
        for document in documents.values()
        for passage in passages(document)
    ]
    files = sorted(SHIPPED.parent.glob("*.enrichment.jsonl"))
    asked = ["\n".join((*line.vietnamese, *line.words)) for file in files for line in read_enrichment(file)]
    return Restorer.build(texts, general_words(), asked)


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
        ("Mau Son, song Ky Cung, Huu Lung", "Mẫu Sơn, sông Kỳ Cùng, Hữu Lũng"),
        ("GRDP 2030", "GRDP 2030"),
        ("", ""),
        ("2030 - 2050?!", "2030 - 2050?!"),
    ],
)
def test_marks_are_put_back(restorer: Restorer, typed: str, meant: str) -> None:
    assert restorer.restore(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dduowngf cao toocs", "đường cao tốc"),  # Telex
        ("Đươngf cao tốc Huwux Nghij", "Đường cao tốc Hữu Nghị"),
        ("ddaau tuw", "đầu tư"),
        ("chuwong trình hành động", "chương trình hành động"),
        ("d9u7o7ng2 cao toc61", "đường cao tốc"),  # VNI
        ("hết baop nhiêu tiền", "hết bao nhiêu tiền"),  # a neighbour struck with it
        ("kahch du lịch", "khách du lịch"),
        ("khu vực biêên giới", "khu vực biên giới"),
        ("quy hoạhc tỉnh", "quy hoạch tỉnh"),
        ("cửa khẩi Hữu Nghị", "cửa khẩu Hữu Nghị"),
        ("nguời dân được hỗ trợ gì", "người dân được hỗ trợ gì"),  # one of two marks
        ("kahch du lich den Lang Son", "khách du lịch đến Lạng Sơn"),  # without marks as well
    ],
)
def test_typing_errors_are_mended(restorer: Restorer, typed: str, meant: str) -> None:
    assert restorer.restore(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "mở homestay, tour, website thì cần gì",
        "xe bus có chạy qua không, có wifi không",
        "UBND giao Sở KHĐT lập dự án BOT trên QL4A",
        "Nghị quyết 19/2025/NQ-HĐND và 16/2022/NQ-HDND",
        "vé 20.000 đồng, km2, CO2, 5G, khu 4a",
        "dự án loại III giai đoạn I",
        "Airbnb với Booking",
        "ông Vi Văn Thoòng",
        "có được ko, hết bn tiền",
    ],
)
def test_what_is_no_error_is_left_alone(restorer: Restorer, text: str) -> None:
    assert restorer.restore(text) == text


@pytest.mark.parametrize(("typing", "right"), [(Typing.NONE, 0.9), (Typing.HALF, 0.94), (Typing.TYPOS, 0.97)])
def test_most_syllables_of_questions_it_has_never_seen_come_back(
    restorer: Restorer, typing: Typing, right: float
) -> None:
    same = total = 0
    for question, variant in variants(read_questions(QUESTIONS), typing):
        meant = syllables(fold(question.question))
        got = syllables(fold(restorer.restore(variant.question)))
        total += len(meant)
        same += sum(one == other for one, other in zip(meant, got, strict=True))
    assert total > 3000
    assert same / total > right


def test_fully_marked_questions_come_back_as_they_are(restorer: Restorer) -> None:
    questions = [question.question for question in read_questions(QUESTIONS) if has_variants(question)]
    changed = [question for question in questions if restorer.restore(question) != question]
    assert len(questions) > 200
    assert len(changed) <= 1  # one has a typing error of its own


def test_readings_are_the_likeliest_ones_best_first(restorer: Restorer) -> None:
    text = "gop y ve quy hoach"
    readings = restorer.readings(text, 4)
    assert readings[0].text == "góp ý về quy hoạch" == restorer.restore(text)
    assert len({reading.text for reading in readings}) == 4
    chances = [reading.probability for reading in readings]
    assert chances == sorted(chances, reverse=True)
    assert 0.5 < sum(chances) <= 1 + 1e-9
    assert all(unmarked(reading.text) == text for reading in readings)


def test_readings_of_several_sentences_are_combined() -> None:
    model = Restorer.build(["năm. năm. nam. bảy. bảy. bay."])
    readings = model.readings("nam. bay.", 4)
    assert readings[0].text == "năm. bảy."
    assert {reading.text for reading in readings} == {"năm. bảy.", "năm. bay.", "nam. bảy.", "nam. bay."}
    assert 0.9 < sum(reading.probability for reading in readings) < 1


def test_no_readings_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="0"):
        SMALL.readings("nam", 0)


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
def test_typed_marks_are_never_changed(restorer: Restorer, kept: list[bool]) -> None:
    typed = [word if keep else unmarked(word) for word, keep in zip(MARKED, kept, strict=True)]
    for before, after in zip(typed, restorer.restore(" ".join(typed)).split(), strict=True):
        assert fold(unmarked(after)) == unmarked(before)
        if fold(before) != unmarked(before):
            assert fold(after) == fold(before)


@given(st.text(max_size=80))
def test_any_text_keeps_what_is_not_letters(text: str) -> None:
    def skeleton(said: str) -> list[str]:
        return [part for part in re.split(r"[^\W\d_]+", said) if part]

    once = SMALL.readings(text, 3)
    assert once[0].text == SMALL.restore(text)
    assert 0 < sum(reading.probability for reading in once) <= 1 + 1e-9
    if not any(map(str.isdigit, text)):  # VNI writes letters with digits
        assert skeleton(once[0].text) == skeleton(nfc(text))


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
