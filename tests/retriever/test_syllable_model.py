"""How likely a syllable is after two others."""

from __future__ import annotations

import json

import pytest

from retriever.general_words import general_words
from retriever.syllable_model import END, NUMBER, START, SyllableModel, tokens

MODEL = SyllableModel.build(
    [("Đến năm 2030 tỉnh có 28 cụm công nghiệp. Khu công nghiệp!", 1.0)], {"công viên": 0.5, "công cụ": 0.5}
)


def chance(model: SyllableModel, *line: str) -> float:
    first, second, last = map(model.id_of, line)
    return model.following(first, second, [last])[0]


def test_tokens_are_folded_and_numbers_are_one() -> None:
    assert tokens("Năm 2030, số 19/2025/NQ-HĐND: 4.700.000 đ") == ("năm", NUMBER, "số", NUMBER, NUMBER, "đ")


@pytest.mark.parametrize(
    "context", [("đến", "năm"), ("cụm", "công"), ("lạ", "công"), ("lạ", "lẫm"), (START, START)]
)
def test_what_may_follow_sums_to_one(context: tuple[str, str]) -> None:
    every = range(1, len(MODEL.syllables) + 1)  # all but START, and the unknown one
    first, second = map(MODEL.id_of, context)
    found = MODEL.following(first, second, every)
    assert sum(found) == pytest.approx(1, abs=0.01)
    assert min(found) > 0


def test_texts_win_over_vietnamese_at_large_and_both_over_nothing() -> None:
    said = chance(MODEL, "cụm", "công", "nghiệp")
    at_large = chance(MODEL, "cụm", "công", "viên")
    assert said > at_large > chance(MODEL, "cụm", "công", "tỉnh")


def test_sentences_begin_and_end() -> None:
    assert chance(MODEL, START, START, "khu") > chance(MODEL, START, START, "cụm")
    assert chance(MODEL, "công", "nghiệp", END) > chance(MODEL, "công", "nghiệp", "tỉnh")


def test_a_number_is_a_context() -> None:
    assert chance(MODEL, "đến", "năm", NUMBER) > 0.3


def test_it_holds_syllables_and_no_signs() -> None:
    assert "viên" in MODEL
    assert "lạ" not in MODEL
    assert END not in MODEL
    assert MODEL.share("công") > MODEL.share("viên") > MODEL.share("lạ") > 0


def test_an_empty_model_knows_nothing_and_works() -> None:
    empty = SyllableModel.build([], {})
    assert chance(empty, START, START, "lạ") > 0


def test_what_is_written_is_read_back_equal() -> None:
    written = json.loads(json.dumps(MODEL.to_json()))
    again = SyllableModel.from_json(written)
    assert again.to_json() == MODEL.to_json()
    assert chance(again, "cụm", "công", "viên") == chance(MODEL, "cụm", "công", "viên")


def test_general_words_are_weighted_less_than_what_documents_say() -> None:
    words = general_words()
    assert len(words) > 80_000
    assert 0 < min(words.values()) <= max(words.values()) < 1
    assert words["gian hàng"] > words["a dua"]
