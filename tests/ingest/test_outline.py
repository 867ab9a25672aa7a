"""The whole trees of the shipped documents against outlines that were checked by hand, line by line.

A line of tests/data/outlines/<id>.jsonl is one provision, in reading order: `path`, `role`, `heading` where
it has one, and the first and last six words of marker, heading and text together.

Three line ends of the Decision leave open whether a paragraph ends there (their last lines are full and the
lines below would fit with and without an indent): in Điều 1, IX.1.d before "Thường xuyên duy tu", IX.2
before "Nâng cao hiệu quả công tác quản lý nhà nước" and X.6 before "Xây dựng, cải tạo". The outline joins
them.
"""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.document import Document, Provision

OUTLINES = Path(__file__).parent.parent / "data" / "outlines"
NAMES = ["kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"]
WORDS = 6


def line(provision: Provision) -> str:
    """A provision as it stands in an outline."""
    words = provision.own_text.split()
    found = {"path": provision.address.path, "role": provision.role.value}
    if provision.heading:
        found["heading"] = provision.heading.text
    found |= {"first": " ".join(words[:WORDS]), "last": " ".join(words[-WORDS:])}
    return json.dumps(found, ensure_ascii=False)


def outline(document: Document) -> list[str]:
    """Every provision of a document but its root, in reading order."""
    return [line(provision) for provision in list(document.root.walk())[1:]]


@pytest.mark.parametrize("name", NAMES)
def test_the_tree_is_the_one_checked_by_hand(documents: Mapping[str, Document], name: str) -> None:
    golden = (OUTLINES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    found = outline(documents[name])
    assert len(golden) > 100
    difference = difflib.unified_diff(golden, found, "checked by hand", "program", n=0, lineterm="")
    assert found == golden, "\n".join(difference)


@pytest.mark.parametrize("name", NAMES)
def test_every_character_is_accounted_for(documents: Mapping[str, Document], name: str) -> None:
    document = documents[name]
    nodes = list(document.root.walk())
    readings = [part for node in nodes for part in (node.marker, node.heading, node.text)]
    stretches = [(piece.start, piece.end) for reading in readings for piece in reading.pieces]
    stretches += [(gap.start, gap.end) for gap in document.dropped]
    seen = Counter(place for start, end in stretches for place in range(start, end))
    wrong = [place for place in range(len(document.original)) if seen[place] != 1]
    assert not wrong, document.original[wrong[0] : wrong[0] + 80]
    assert seen.total() == len(document.original)


# What stands in the file and in no provision, white space apart: page numbers and Markdown stars.
DROPPED = {
    "kh-du-lich-cvdc-2026": {"*": 20, "**": 2},
    "qd-dieu-chinh-quy-hoach-2026": {"5": 1, "6": 1, "16": 1, "31": 1},
}


@pytest.mark.parametrize("name", NAMES)
def test_only_page_numbers_and_stars_are_dropped(documents: Mapping[str, Document], name: str) -> None:
    document = documents[name]
    texts = [document.original[gap.start : gap.end].strip() for gap in document.dropped]
    assert Counter(text for text in texts if text) == DROPPED[name]
