"""Errata: the wording stays, the right reading stands beside it, and a stale erratum is said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.document import Document, Passage, Provision, corrected, noted
from corpus.errors import DocumentError
from corpus.manifest import SHIPPED, Entry, load
from ingest.errata import Erratum, apply, errata_file, read_errata
from ingest.passages import passages
from ingest.pipeline import read_document

PLAN = "kh-du-lich-cvdc-2026"


@pytest.fixture(scope="module", params=[entry.metadata.id for entry in load(SHIPPED)])
def entry(request: pytest.FixtureRequest) -> Entry:
    return next(entry for entry in load(SHIPPED) if entry.metadata.id == request.param)


def test_every_shipped_erratum_fits_where_it_says(entry: Entry) -> None:
    _, warnings = apply(read_document(entry).root, read_errata(entry))
    assert not warnings


def test_shipped_documents_carry_their_errata(documents: Mapping[str, Document]) -> None:
    first = documents[PLAN].by_address["ii/2/gach-1"]
    assert first.text.text.startswith("Phần đầu thu hút")
    assert first.text.repaired.startswith("Phấn đấu thu hút")
    (correction,) = first.own_corrections
    assert first.own_text[correction.start : correction.end] == "Phần đầu"
    assert "Phần đầu [đọc là: Phấn đấu] thu hút" in noted(first.own_text, first.own_corrections)


def test_passages_are_searched_as_corrected_and_shown_as_printed(documents: Mapping[str, Document]) -> None:
    found = [each for document in documents.values() for each in passages(document) if each.corrections]
    held = sum(len(node.own_corrections) for document in documents.values() for node in document.root.walk())
    assert sum(len(each.corrections) for each in found) == held > 0
    for passage in found:
        assert passage.repaired != passage.text
        assert all(_wrong(passage, place) for place in range(len(passage.corrections)))


def _wrong(passage: Passage, place: int) -> bool:
    each = passage.corrections[place]
    return passage.text[each.start : each.end] != each.right


def _root(documents: Mapping[str, Document]) -> Provision:
    return documents[PLAN].by_address[""]


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("Phần đầu thu hút", "Phấn đấu thu hút", ("Phần đầu", "Phấn đấu")),
        ("thu hút khoảng", "thu hút chừng", ("khoảng", "chừng")),
        ("thu hút khoảng", "thu hút độ khoảng", ("khoảng", "độ khoảng")),
        ("thu hút", "", ("thu hút", "")),
    ],
)
def test_a_correction_holds_only_the_words_that_differ(
    documents: Mapping[str, Document], wrong: str, right: str, expected: tuple[str, str]
) -> None:
    text = documents[PLAN].by_address["ii/2/gach-1"].text.text
    tree, warnings = apply(_root(documents), [Erratum("ii/2/gach-1", wrong, right, "thử")])
    assert not warnings
    (found,) = (c for node in tree.walk() for c in node.text.corrections if c.reason == "thử")
    assert (text[found.start : found.end], found.right) == expected
    assert corrected(text, [found]) == text.replace(wrong, right)


def test_a_stale_erratum_is_said_and_changes_nothing(documents: Mapping[str, Document]) -> None:
    stale = [Erratum("ii/2/gach-1", "không có chữ này", "x", "thử"), Erratum("ii/9", "Phần đầu", "x", "thử")]
    tree, warnings = apply(_root(documents), stale)
    assert [warning.split(":")[0] for warning in warnings] == [
        "Đính chính “không có chữ này” tại ii/2/gach-1",
        "Đính chính “Phần đầu” tại ii/9",
    ]
    assert not [c for node in tree.walk() for c in node.text.corrections]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[erratum]]\nat = 'ii/2'\nwrong = 'a'\nright = 'b'\n", "thứ 1: cần đúng các khóa"),
        ("[[erratum]]\nat = 'ii/2'\nwrong = ' '\nright = 'b'\nreason = 'c'\n", "“wrong” không rỗng"),
        ("[[erratum]]\nat = 'II.2'\nwrong = 'a'\nright = 'b'\nreason = 'c'\n", "“at” sai"),
        ("[[erratum]]\nat = 1\nwrong = 'a'\nright = 'b'\nreason = 'c'\n", "phải là chuỗi"),
        ("[erratum]\n", "chỉ gồm các bảng"),
        ("x = 1\n", "chỉ gồm các bảng"),
        ("[[erratum]\n", "không đọc được"),
    ],
)
def test_a_wrong_file_names_the_table(entry: Entry, tmp_path: Path, content: str, message: str) -> None:
    moved = Entry(entry.metadata, tmp_path / entry.metadata.file)
    errata_file(moved).write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError, match=message):
        read_errata(moved)
