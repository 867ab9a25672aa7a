"""What a mistyped syllable may have been meant to be."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.vietnamese import fold, unmarked
from eval.typing import mistyped, telex
from retriever.typing_errors import slips

SYLLABLES = (
    "đường tỉnh khẩu nghiệp người Lạng thủy hóa quyết được trường phường hữu nghị trong theo khách biên "
    "chuyên gia quản thuế quốc giới ngoài khoáng sản thuật tuyến"
).split()


@pytest.mark.parametrize("meant", SYLLABLES)
def test_keys_of_telex_are_read_back(meant: str) -> None:
    keys = telex(fold(meant))
    assert keys == fold(meant) or fold(meant) in dict(slips(keys))


@pytest.mark.parametrize("meant", SYLLABLES)
def test_every_single_slip_is_read_back(meant: str) -> None:
    chance = random.Random(7)
    for wrong in {fold(mistyped(meant, chance)) for _ in range(40)}:
        assert fold(meant) in dict(slips(wrong)), wrong


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("d9u7o7ng2", "đường"),
        ("nu7o71c", "nước"),
        ("tie61ng", "tiếng"),
        ("d9a61t", "đất"),
        ("dduwowfng", "đường"),
        ("duongwdf", "đường"),
        ("ddaau", "đầu"),
        ("chuwong", "chương"),
        ("baop", "bao"),
        ("kahch", "khach"),
    ],
)
def test_other_ways_are_read_too(typed: str, meant: str) -> None:
    assert meant in dict(slips(typed))


@pytest.mark.parametrize("typed", ["km2", "4a", "ql4", "2030", "19/2025", "cvđc2", "a1"])
def test_numbers_and_codes_are_no_slips(typed: str) -> None:
    assert dict(slips(typed)) == {}


def test_a_tone_is_the_last_key_of_its_vowels() -> None:
    assert "vía" not in dict(slips("visa"))
    assert "việc" in dict(slips("vieecj"))


@given(st.sampled_from(SYLLABLES), st.randoms(use_true_random=False))
def test_what_is_yielded_has_a_probability(meant: str, chance: random.Random) -> None:
    wrong = fold(mistyped(meant, chance))
    assert all(0 < likely < 0.1 for _, likely in slips(wrong))
    assert unmarked(meant) in {unmarked(slip) for slip, _ in slips(wrong)}
