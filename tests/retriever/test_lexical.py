"""BM25 against scores worked out by hand, and the way to the disk and back."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.lexical import K1, B, Bm25

UNITS = (
    ("khu", "công_nghiệp", "hữu_lũng"),
    ("cụm", "công_nghiệp"),
    ("du_lịch", "du_lịch", "cộng_đồng", "hữu_liên"),
)
AVERAGE = 3.0  # tokens a unit


@pytest.fixture(scope="module")
def bm25() -> Bm25:
    return Bm25.build(UNITS)


def by_hand(times: int, length: int, holding: int) -> float:
    """The score of one query token, as Lucene computes BM25."""
    rarity = math.log(1 + (len(UNITS) - holding + 0.5) / (holding + 0.5))
    return rarity * times / (times + K1 * (1 - B + B * length / AVERAGE))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (["cụm"], [0, by_hand(1, 2, 1), 0]),
        (["công_nghiệp"], [by_hand(1, 3, 2), by_hand(1, 2, 2), 0]),
        (["du_lịch"], [0, 0, by_hand(2, 4, 1)]),
        (["khu", "công_nghiệp"], [by_hand(1, 3, 1) + by_hand(1, 3, 2), by_hand(1, 2, 2), 0]),
        (["khu", "không_có_trong_kho"], [by_hand(1, 3, 1), 0, 0]),
        (["không_có_trong_kho"], [0, 0, 0]),
        ([], [0, 0, 0]),
    ],
)
def test_scores(bm25: Bm25, query: list[str], expected: list[float]) -> None:
    assert bm25.scores(query) == pytest.approx(expected, abs=1e-5)


@given(
    st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), min_size=1, max_size=30),
    st.lists(st.sampled_from("abcdefghz"), max_size=6),
    st.data(),
)
def test_the_scores_of_some_are_those_among_all(
    units: list[list[str]], tokens: list[str], data: st.DataObject
) -> None:
    some = data.draw(st.lists(st.integers(0, len(units) - 1), max_size=5))
    built = Bm25.build(units)
    found = built.scores_of(tokens, np.asarray(some, dtype=np.int64))
    assert found == pytest.approx(built.scores(tokens)[some], abs=1e-5)


def test_scores_have_one_entry_a_unit_even_where_a_unit_is_empty() -> None:
    assert Bm25.build([["a"], [], ["b"]]).scores(["b"]).shape == (3,)


def test_a_rarer_token_weighs_more_and_an_unknown_one_most(bm25: Bm25) -> None:
    assert bm25.rarity("công_nghiệp") < bm25.rarity("khu") < bm25.rarity("không_có_trong_kho")
    assert bm25.rarity("khu") == pytest.approx(math.log(1 + 3))


def test_it_knows_its_tokens(bm25: Bm25) -> None:
    assert bm25.knows("hữu_liên")
    assert not bm25.knows("hữu")


def test_what_is_saved_scores_the_same(bm25: Bm25, tmp_path: Path) -> None:
    bm25.save(tmp_path / "words")
    opened = Bm25.load(tmp_path / "words")
    for query in (["du_lịch", "khu"], ["công_nghiệp"], ["lạ"]):
        assert np.array_equal(opened.scores(query), bm25.scores(query))
    assert opened.rarity("cụm") == bm25.rarity("cụm")


def test_nothing_on_the_disk_is_a_pickle(bm25: Bm25, tmp_path: Path) -> None:
    bm25.save(tmp_path / "words")
    for file in (tmp_path / "words").glob("*.npy"):
        np.load(file, allow_pickle=False)
    assert {file.suffix for file in (tmp_path / "words").iterdir()} <= {".npy", ".json", ""}
