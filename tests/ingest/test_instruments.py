"""Synthetic instruments in the real forms: every provision against a tree written by reading the text.

A line of tests/data/instruments/<name>.golden is one provision in reading order: its path, its role, whether
it has a heading, and its words (of a long one the first and last four).
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document, Provision
from corpus.manifest import SHIPPED, load
from ingest import structure
from ingest.readers import plain
from ingest.readers.source import Source
from ingest.repair import paragraphs, white_space
from retriever.lookup import Lookup, LookupStatus

FOLDER = Path(__file__).parents[1] / "data" / "instruments"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
# Read as plain lines, a line that begins with a small letter, a digit or a bracket goes on with a line that
# has not ended: these two have such lines.
JOINED = {"nghi-quyet-tinh-uy", "quyet-dinh-bieu-mau"}
ROADS = [(name, wrapped) for name in NAMES for wrapped in (False, True) if not (wrapped and name in JOINED)]
WORDS = 4


def source(name: str, *, wrapped: bool) -> Source:
    """The text of an instrument, as a file whose lines may be wrapped or one whose lines are paragraphs."""
    path = FOLDER / f"{name}.txt"
    return replace(plain.read(path.read_bytes(), path), wrapped=wrapped)


def line(node: Provision) -> str:
    """A provision as it stands in a golden tree."""
    words = node.own_text.split()
    said = words if len(words) <= 2 * WORDS else [*words[:WORDS], "…", *words[-WORDS:]]
    role = f"{node.role.value} +heading" if node.heading else node.role.value
    return f"{node.address.path}  {role}  {' '.join(said)}".rstrip()


def readings_of(root: Provision) -> list[tuple[int, int]]:
    """The stretches of the original that stand in a tree."""
    readings = (part for node in root.walk() for part in (node.marker, node.heading, node.text))
    return [(piece.start, piece.end) for reading in readings for piece in reading.pieces]


def test_there_are_enough_of_them() -> None:
    assert len(NAMES) >= 12
    assert {path.stem for path in FOLDER.glob("*.golden")} == set(NAMES)


@pytest.mark.parametrize(("name", "wrapped"), ROADS)
def test_the_tree_is_the_golden_one(name: str, wrapped: bool) -> None:
    root = structure.build("vb", paragraphs(source(name, wrapped=wrapped))[0])
    found = [line(node) for node in root.walk()][1:]
    golden = (FOLDER / f"{name}.golden").read_text(encoding="utf-8").splitlines()
    difference = difflib.unified_diff(golden, found, "golden", "found", n=1, lineterm="")
    assert found == golden, "\n".join(difference)


@pytest.mark.parametrize("name", NAMES)
def test_every_character_is_in_one_provision(name: str) -> None:
    text = source(name, wrapped=True)
    blocks, dropped = paragraphs(text)
    covered = readings_of(structure.build("vb", blocks))
    covered += [(gap.start, gap.end) for gap in dropped]
    white_space(text.text, covered)  # raises where a word is in no provision
    assert sum(end - start for start, end in covered) == len({at for a, b in covered for at in range(a, b)})


def looked_up(name: str, cited: str) -> tuple[LookupStatus, list[str]]:
    """What a citation leads to when the instrument is all that is held."""
    text = source(name, wrapped=False)
    root = structure.build("vb", paragraphs(text)[0])
    document = Document(replace(load(SHIPPED)[0].metadata, id="vb"), text.text, root, ())
    (found,) = Lookup({"vb": document}).resolve_text(cited)
    return found.status, [node.address.path for node in found.provisions]


@pytest.mark.parametrize(
    ("name", "cited", "path"),
    [
        ("thong-tu-sua-doi", "khoản 3 Điều 1", "dieu-1/3"),
        ("thong-tu-sua-doi", "điểm b khoản 3 Điều 1", "dieu-1/3/b"),
        ("luat-chuong-muc-dieu", "Điều 5", "phan-1/chuong-ii/2/1/dieu-5"),
        ("luat-chuong-muc-dieu", "điểm b.2 khoản 2 Điều 5", "phan-1/chuong-ii/2/1/dieu-5/2/b/b.2"),
        ("van-ban-hop-nhat", "khoản 1a Điều 2", "chuong-i/dieu-2/1a"),
        ("van-ban-hop-nhat", "điểm a1 khoản 1 Điều 5", "chuong-ii/dieu-5/1/a1"),
        ("nghi-quyet-kem-quy-dinh", "Điều 2", "dieu-2"),  # of the resolution itself
        ("nghi-quyet-kem-quy-dinh", "khoản 2 Điều 3", "phu-luc-quy-dinh/chuong-ii/dieu-3/2"),
        ("ke-hoach-bang-phu-luc", "khoản 2 mục I Phụ lục I", "phu-luc-i/i/2"),
    ],
)
def test_units_are_found_by_their_citation(name: str, cited: str, path: str) -> None:
    assert looked_up(name, cited) == (LookupStatus.EXACT, [path])


@pytest.mark.parametrize("cited", ["Điều 5", "Điều 5a", "khoản 3 Điều 5", "Chương IIa", "Điều 6a"])
@pytest.mark.parametrize("name", ["thong-tu-sua-doi", "luat-sua-doi-luat"])
def test_what_is_only_quoted_is_not_found_as_a_unit(name: str, cited: str) -> None:
    status, provisions = looked_up(name, cited)
    assert status is not LookupStatus.EXACT
    assert provisions == []
