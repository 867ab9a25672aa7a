"""Exact inner products, on the disk and off it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retriever.dense import Flat

ROWS = np.asarray([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)
QUERY = np.asarray([[0.8, 0.6]], dtype=np.float32)
COSINES = [0.8, 0.96, 0.6, -0.8]


@pytest.fixture(scope="module")
def flat() -> Flat:
    return Flat.build(ROWS)


def test_the_cosine_of_every_row_stands_at_the_rows_place(flat: Flat) -> None:
    assert flat.scores(QUERY) == pytest.approx(COSINES)


@pytest.mark.parametrize(("k", "expected"), [(1, [1]), (2, [1, 0]), (4, [1, 0, 2, 3]), (99, [1, 0, 2, 3])])
def test_the_best_rows_come_first(flat: Flat, k: int, expected: list[int]) -> None:
    scores, rows = flat.search(QUERY, k)
    assert list(rows) == expected
    assert list(scores) == pytest.approx([COSINES[row] for row in expected])


def test_it_equals_the_matrix_product_on_many_rows() -> None:
    rows = np.random.default_rng(0).normal(size=(500, 16)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert Flat.build(rows).scores(rows[7:8]) == pytest.approx(rows @ rows[7], abs=1e-5)


def test_what_is_saved_scores_the_same(flat: Flat, tmp_path: Path) -> None:
    flat.save(tmp_path / "units.faiss")
    opened = Flat.load(tmp_path / "units.faiss")
    assert len(opened) == len(flat) == 4
    assert np.array_equal(opened.scores(QUERY), flat.scores(QUERY))


@pytest.mark.parametrize("rows", [3, 5000])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_an_error_however_small_the_index(tmp_path: Path, rows: int) -> None:
    (tmp_path / "units.faiss").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        Flat.build(np.ones((rows, 8), dtype=np.float32)).save(tmp_path / "units.faiss")


def test_half_a_file_is_no_index(flat: Flat, tmp_path: Path) -> None:
    file = tmp_path / "units.faiss"
    flat.save(file)
    file.write_bytes(file.read_bytes()[:-8])
    with pytest.raises(RuntimeError):
        Flat.load(file)
