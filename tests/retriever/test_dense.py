"""Inner products, exact and in inverted lists, on the disk and off it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from retriever.dense import VectorIndex
from retriever.encoder import Vectors

ROWS = np.asarray([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)
QUERY = np.asarray([[0.8, 0.6]], dtype=np.float32)
COSINES = [0.8, 0.96, 0.6, -0.8]
MANY = 6000
EXACT, LISTS = MANY, 100  # what `build` is told to compare wholly


@pytest.fixture(scope="module")
def few() -> VectorIndex:
    return VectorIndex.build(ROWS)


@pytest.fixture(scope="module")
def rows() -> Vectors:
    """Vectors that lie together in topics, as those of texts do."""
    random = np.random.default_rng(0)
    topics = random.normal(size=(60, 48))
    found = topics[random.integers(len(topics), size=MANY)] + random.normal(size=(MANY, 48))
    unit: Vectors = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    return unit


@pytest.fixture(scope="module", params=[EXACT, LISTS], ids=["exact", "lists"])
def built(request: pytest.FixtureRequest, rows: Vectors) -> VectorIndex:
    """Both kinds, in turn."""
    return VectorIndex.build(rows, exact=request.param)


@pytest.fixture(params=["built", "opened"])
def many(request: pytest.FixtureRequest, built: VectorIndex, tmp_path: Path) -> VectorIndex:
    """As it was built, and as it comes back from the disk."""
    if request.param == "built":
        return built
    built.save(tmp_path / "units.faiss")
    return VectorIndex.load(tmp_path / "units.faiss")


def test_the_cosine_of_every_row_stands_at_the_rows_place(few: VectorIndex) -> None:
    assert few.scores(QUERY) == pytest.approx(COSINES)


@pytest.mark.parametrize(("k", "expected"), [(1, [1]), (2, [1, 0]), (4, [1, 0, 2, 3]), (99, [1, 0, 2, 3])])
def test_the_best_rows_come_first(few: VectorIndex, k: int, expected: list[int]) -> None:
    scores, rows = few.search(QUERY, k)
    assert list(rows) == expected
    assert list(scores) == pytest.approx([COSINES[row] for row in expected])


@pytest.mark.parametrize(
    ("count", "exact", "expected"), [(4, 4, True), (4, 3, False), (1, 0, False), (9, 100, True)]
)
def test_what_is_small_is_searched_exactly(rows: Vectors, count: int, exact: int, expected: bool) -> None:
    index = VectorIndex.build(rows[:count], exact)
    assert index.exact is expected
    assert len(index) == count
    assert list(index.search(rows[:1], count)[1])[:1] == [0]


def test_nearly_all_true_neighbours_are_found(many: VectorIndex, rows: Vectors) -> None:
    asked = rows[::60] + np.random.default_rng(1).normal(scale=0.05, size=(MANY // 60, 48)).astype(np.float32)
    wanted = np.argsort(-(asked @ rows.T), axis=1)[:, :10]
    found = [many.search(one[None, :], 600)[1][:10] for one in asked]
    shared = [len({*one.tolist()} & {*other.tolist()}) / 10 for one, other in zip(found, wanted, strict=True)]
    assert np.mean(shared) == 1 if many.exact else np.mean(shared) >= 0.98


def test_scores_are_exact_and_fall(many: VectorIndex, rows: Vectors) -> None:
    scores, found = many.search(rows[7:8], 50)
    assert len({*found.tolist()}) == len(found) == 50
    assert scores == pytest.approx(rows[found] @ rows[7], abs=1e-5)
    assert np.all(np.diff(scores) <= 0)


def test_every_row_can_be_asked_for_however_it_is_kept(many: VectorIndex, rows: Vectors) -> None:
    assert len(many) == MANY
    assert np.array_equal(many.rows([5, 0, MANY - 1, 5]), rows[[5, 0, MANY - 1, 5]])
    assert np.array_equal(many.rows(np.arange(MANY)), rows)
    assert many.scores(rows[7:8]) == pytest.approx(rows @ rows[7], abs=1e-5)


def test_a_search_that_finds_less_gives_less(rows: Vectors) -> None:
    lists = VectorIndex.build(rows, exact=LISTS)
    scores, found = lists.search(rows[:1], MANY)
    assert 10 <= len(found) == len(scores) < MANY  # a few of the lists
    assert found.min() >= 0


@pytest.mark.parametrize("count", [3, 5000])
@pytest.mark.parametrize("exact", [0, EXACT])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_an_error_however_small_the_index(
    rows: Vectors, tmp_path: Path, count: int, exact: int
) -> None:
    (tmp_path / "units.faiss").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        VectorIndex.build(rows[:count], exact).save(tmp_path / "units.faiss")


@pytest.mark.parametrize("left", [0, 0.5, 0.999])
def test_part_of_a_file_is_no_index(built: VectorIndex, tmp_path: Path, left: float) -> None:
    file = tmp_path / "units.faiss"
    built.save(file)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(left * len(whole))])
    with pytest.raises(RuntimeError):
        VectorIndex.load(file)


def test_what_is_opened_is_mapped_not_read(rows: Vectors, tmp_path: Path) -> None:
    file = tmp_path / "units.faiss"
    VectorIndex.build(rows).save(file)
    opened = VectorIndex.load(file)
    maps = Path("/proc/self/maps")
    if not maps.is_file():
        pytest.skip("only Linux tells what is mapped")
    assert str(file) in maps.read_text(encoding="utf-8")
    assert len(opened) == MANY
