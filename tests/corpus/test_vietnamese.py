from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vietnamese import (
    fold,
    fold_with_map,
    has_marks_ratio,
    looks_like_tcvn3,
    nfc,
    syllables,
    tone_placement,
    unmarked,
)

WORDS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằếộửỹĐÐ –“”-/.,1 \u0301\u0323\n", max_size=40)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("khoẻ", "khỏe"),
        ("toạ đàm", "tọa đàm"),
        ("xã hội hoá, văn hoá.", "xã hội hóa, văn hóa."),
        ("hoá1", "hóa1"),
        ("quý", "quý"),
        ("quỳnh", "quỳnh"),
        ("Quỷ", "Quỷ"),
        ("hoàn", "hoàn"),
        ("khuỷu", "khuỷu"),
        ("ngoéo", "ngoéo"),
        ("hòa", "hòa"),
    ],
)
def test_tone_moves_only_where_it_ends_the_syllable(old: str, new: str) -> None:
    assert tone_placement(old) == new
    assert tone_placement(unicodedata.normalize("NFD", old)) == new


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÐIỀU 5", "Điều 5"),
        ("Uỷ ban – TỈNH", "ủy ban - tỉnh"),
        ("“văn hoá”", '"Văn hóa"'),
        ("2021\u20132030", "2021-2030"),
        ("Điều\u00a05", "điều 5"),
        ("Đi\u200bều", "Điều"),
    ],
)
def test_spellings_that_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_folding_keeps_words_apart_that_marks_keep_apart() -> None:
    assert fold("khoản") != fold("khoan")
    assert unmarked("Khoản 2 Điều ĐÐ") == "khoan 2 dieu dd"


def test_unmarked_is_as_long_as_the_composed_text() -> None:
    text = "Ủy ban nhân dân tỉnh Lạng Sơn – 19/2025/NQ-HĐND “đặc khu”"
    assert len(unmarked(text)) == len(nfc(unicodedata.normalize("NFD", text)))


def test_spans_survive_folding_of_decomposed_text() -> None:
    original = unicodedata.normalize("NFD", "Theo Điều 5 của Uỷ ban")
    folded = fold_with_map(original, marks=True)
    start = folded.text.index("ủy")
    first, last = folded.source_span(start, start + 2)
    assert unicodedata.normalize("NFC", original[first:last]) == "Uỷ"
    with pytest.raises(ValueError, match="no such stretch"):
        folded.source_span(3, 3)


@given(WORDS, st.booleans())
def test_map_leads_back_and_never_falls(text: str, marks: bool) -> None:
    folded = fold_with_map(text, marks=marks)
    assert len(folded.text) == len(folded.offsets) == len(folded.ends)
    assert list(folded.offsets) == sorted(folded.offsets)
    for place in range(len(folded.text)):
        start, end = folded.source_span(place, place + 1)
        assert 0 <= start < end <= len(text)


@given(WORDS)
def test_folding_is_stable_and_blind_to_normal_form(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert unmarked(unicodedata.normalize("NFD", text)) == unmarked(text)


def test_numbers_and_document_numbers_are_one_syllable() -> None:
    text = (
        "đón 4.700.000 lượt, tăng 3,5% từ 15/7/2025 (19/2025/NQ-HĐND, 258/KH-UBND, 223-NQ/TU, 59/2020/QH14)"
    )
    assert syllables(text) == [
        *("đón", "4.700.000", "lượt", "tăng", "3,5", "từ", "15/7/2025"),
        *("19/2025/NQ-HĐND", "258/KH-UBND", "223-NQ/TU", "59/2020/QH14"),
    ]
    assert syllables("2021-2030, 100/năm") == ["2021", "2030", "100", "năm"]


@pytest.mark.parametrize(
    ("text", "legacy"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", True),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", True),
        ("Cộng hòa xã hội chủ nghĩa Việt Nam", False),
        ("hoá toàn cầu ® 5 m²", False),
        ("Phi cau duong bao nhieu", False),
        ("« Geopark »", False),
        ("", False),
    ],
)
def test_legacy_font_encodings(text: str, legacy: bool) -> None:
    assert looks_like_tcvn3(text) is legacy


def test_share_of_marked_syllables() -> None:
    assert has_marks_ratio("khach du lich quoc te 2026") == 0
    assert has_marks_ratio("Khách du lịch") == pytest.approx(2 / 3)
    assert has_marks_ratio("2026") == 0
