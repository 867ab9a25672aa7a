"""Late interaction over signs: against the same thing written out, and by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import PASSAGE_LIMIT
from retriever.kept import windows
from retriever.late_interaction import Centre, TokenSigns, centre_of, signs, unit

DIMENSIONS = 16


def drawn(seed: int, *lengths: int) -> list[np.typing.NDArray[np.float32]]:
    """Token vectors of passages, all in one narrow cone."""
    chance = np.random.default_rng(seed)
    return [(3 + chance.normal(size=(length, DIMENSIONS))).astype(np.float32) for length in lengths]


def held(passages: list[np.typing.NDArray[np.float32]], centre: Centre) -> TokenSigns:
    return TokenSigns.joined([signs(tokens, centre) for tokens in passages], centre)


def best_cosines(
    question: np.typing.NDArray[np.float32], passages: list[np.typing.NDArray[np.float32]], centre: Centre
) -> np.typing.NDArray[np.float64]:
    """Of each passage (row) and token of the question (column), written out."""
    rows = []
    for tokens in passages:
        plus_or_minus = np.where(tokens > centre, 1.0, -1.0) / np.sqrt(DIMENSIONS)
        rows.append((unit(question - centre) @ plus_or_minus.T).max(axis=1))
    return np.asarray(rows)


def test_a_token_counts_for_as_much_as_the_best_passage_stands_out_by_it() -> None:
    *passages, question = drawn(1, 4, 1, 7, 3)
    centre = centre_of(passages, DIMENSIONS)
    best = best_cosines(question, passages, centre)
    weights = best.max(axis=0) - best.mean(axis=0)
    expected = best @ weights / weights.sum()
    stored = held(passages, centre)
    assert stored.scores(question, np.array([0, 1, 2])) == pytest.approx(expected, abs=1e-6)
    assert stored.scores(question, np.array([2, 1, 0])) == pytest.approx(expected[::-1], abs=1e-6)


def test_a_passage_alone_or_among_its_like_gets_the_plain_mean() -> None:
    passage, question = drawn(5, 6, 4)
    centre = centre_of([passage], DIMENSIONS)
    expected = best_cosines(question, [passage], centre).mean()
    for number in (1, 3):
        stored = held([passage] * number, centre)
        assert stored.scores(question, np.arange(number)) == pytest.approx([expected] * number, abs=1e-6)


def test_a_passage_is_nearest_to_itself() -> None:
    passages = drawn(2, 9, 9, 9, 9)
    stored = held(passages, centre_of(passages, DIMENSIONS))
    for place, tokens in enumerate(passages):
        assert int(np.argmax(stored.scores(tokens, np.arange(4)))) == place


def test_nothing_to_compare_is_as_far_as_can_be() -> None:
    passages = drawn(3, 2, 0, 2)
    stored = held(passages, centre_of(passages, DIMENSIONS))
    assert stored.scores(passages[0], np.array([1])).tolist() == [-1]
    assert stored.scores(passages[0], np.arange(3))[1] == -1
    assert stored.scores(passages[1], np.arange(3)).tolist() == [-1, -1, -1]
    assert stored.scores(passages[0], np.zeros(0, dtype=np.int64)).tolist() == []


def test_what_is_saved_is_opened_equal(tmp_path: Path) -> None:
    passages = drawn(4, 5, 0, 6)
    stored = held(passages, centre_of(passages, DIMENSIONS))
    stored.save(tmp_path / "tokens")
    opened = TokenSigns.load(tmp_path / "tokens")
    assert len(opened) == 3
    assert (
        opened.scores(passages[2], np.arange(3)).tolist() == stored.scores(passages[2], np.arange(3)).tolist()
    )
    assert (tmp_path / "tokens" / "tokens.npy").stat().st_size == 128 + 11 * DIMENSIONS // 8


def test_a_token_of_384_dimensions_takes_48_bytes() -> None:
    tokens = np.random.default_rng(5).normal(size=(10, 384)).astype(np.float32)
    assert signs(tokens, np.zeros(384, dtype=np.float32)).nbytes == 480


@given(st.text(alphabet="ab. \n", max_size=6000))
def test_windows_lose_nothing_but_white_space(text: str) -> None:
    assert "".join("".join(windows(text)).split()) == "".join(text.split())


def test_windows_are_cut_between_sentences() -> None:
    text = "Đây là một câu dài vừa phải về du lịch cộng đồng. " * 100
    found = list(windows(text))
    assert len(found) > 3
    assert all(len(part) <= PASSAGE_LIMIT for part in found)
    assert all(part.rstrip().endswith(".") for part in found)
    assert list(windows("Một câu.")) == ["Một câu."]
