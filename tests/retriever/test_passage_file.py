"""Passages on the disk: the same when they are read back, found by document and by provision."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Document, Passage
from corpus.errors import SearchIndexError
from ingest.passages import passages
from retriever.lines import Lines, write_lines
from retriever.passage_file import Passages, write_passages


@pytest.fixture(scope="module")
def every(documents: Mapping[str, Document]) -> tuple[Passage, ...]:
    """All passages of the shipped documents, those of one in two places."""
    first, *others = [passages(document) for document in documents.values()]
    return (*first[:5], *(passage for other in others for passage in other), *first[5:])


@pytest.fixture(scope="module")
def folder(every: Sequence[Passage], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("passages")
    write_passages(made, every)
    return made


@pytest.fixture(scope="module")
def opened(folder: Path) -> Passages:
    return Passages.open(folder)


def test_they_are_a_sequence_of_what_was_written(opened: Passages, every: tuple[Passage, ...]) -> None:
    assert len(opened) == len(every)
    assert tuple(opened) == every
    assert [opened[number] for number in range(len(every))] == list(every)
    assert opened[-1] == every[-1]
    assert opened[2:9:3] == every[2:9:3]
    assert every[7] in opened
    assert opened.index(every[7]) == every.index(every[7])
    assert opened[np.int64(3)] == every[3]  # type: ignore[call-overload]  # as arrays of rows give it


@pytest.mark.parametrize("outside", [10**6, -(10**6)])
def test_there_is_no_more(opened: Passages, outside: int) -> None:
    with pytest.raises(IndexError):
        opened[outside]


def test_the_passages_of_documents(
    opened: Passages, every: Sequence[Passage], documents: Mapping[str, Document]
) -> None:
    for wanted in ({*documents}, set(), {"khong-co"}, *({id_} for id_ in documents)):
        assert opened.of(wanted).tolist() == [at for at, one in enumerate(every) if one.document in wanted]


def test_the_passages_of_every_provision(
    opened: Passages, every: Sequence[Passage], documents: Mapping[str, Document]
) -> None:
    for document in documents.values():
        for node in document.root.walk():
            named = node.address
            expected = [
                at for at, one in enumerate(every) if any(named.contains(each) for each in one.addresses)
            ]
            assert opened.under(named).tolist() == (expected if named.units else [])


def test_a_damaged_line_is_told_when_it_is_read(tmp_path: Path) -> None:
    write_lines(tmp_path / "x.jsonl", [{"a": 1}, {"b": 2}, {"c": "điều"}])
    whole = (tmp_path / "x.jsonl").read_bytes()
    (tmp_path / "x.jsonl").write_bytes(whole.replace(b'"b"', b"\xff\xfe{"))
    lines = Lines.open(tmp_path / "x.jsonl")
    assert (lines[0], lines[2]) == ({"a": 1}, {"c": "điều"})
    with pytest.raises(SearchIndexError, match=r"dòng 2 của .*hoidap ingest"):
        lines[1]


@pytest.mark.parametrize("values", [[], [1], ["một\nhai", {"ba": ["Đ", None]}, 4.5, "\u2028"]])
def test_lines_come_back(tmp_path: Path, values: list[object]) -> None:
    write_lines(tmp_path / "x.jsonl", values)
    lines = Lines.open(tmp_path / "x.jsonl")
    assert [lines[number] for number in range(len(lines))] == values
    assert [json.loads(line) for line in (tmp_path / "x.jsonl").read_text("utf-8").split("\n")[:-1]] == values


@pytest.mark.parametrize(
    "file", ["passages.jsonl", "passages.starts.npy", "places/keys.npy", "places/owners.npy"]
)
@pytest.mark.parametrize("harm", ["missing", "empty", "half"])
def test_what_is_not_whole_is_not_opened(
    every: Sequence[Passage], tmp_path: Path, file: str, harm: str
) -> None:
    write_passages(tmp_path, every[:3])
    damaged = tmp_path / file
    whole = damaged.read_bytes()
    if harm == "missing":
        damaged.unlink()
    else:
        damaged.write_bytes(b"" if harm == "empty" else whole[: len(whole) // 2])
    with pytest.raises((OSError, EOFError, ValueError)):
        Passages.open(tmp_path)
