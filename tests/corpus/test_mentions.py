"""Extraction over the shipped texts against hand-made lists of all their citations: tests/data/mentions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.citation import parse_citations
from corpus.document import Document, Provision
from corpus.manifest import SHIPPED
from corpus.titled import cited_in
from ingest.relations import citations_of

LISTS = Path(__file__).parents[1] / "data" / "mentions"
NAMES = ("kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026")
Span = tuple[int, int]
Read = dict[str, list[Span]]  # by document


def listed(name: str) -> list[dict[str, Any]]:
    """The hand-checked citations of a document, in the order of its text."""
    return [json.loads(line) for line in (LISTS / f"{name}.jsonl").read_text("utf-8").splitlines()]


def text_of(name: str) -> str:
    return (SHIPPED.parent / f"{name}.txt").read_text("utf-8")


def right(mention: dict[str, Any]) -> set[Span]:
    """The spans that are right for a mention."""
    return {tuple(span) for span in (mention["span"], *mention.get("also", ()))}


def in_file(node: Provision, span: Span) -> Span:
    """Where a stretch of a provision's own text stands in the file."""
    found: list[Span] = []
    start = 0
    for part in (node.marker, node.heading, node.text):
        low, high = max(span[0], start) - start, min(span[1] - start, len(part.text))
        if low < high:
            found.append(part.source_span(low, high))
        start += len(part.text) + 1 if part else 0
    return found[0][0], found[-1][1]


@pytest.fixture(scope="module", params=["without titles", "of the file", "of the provisions"])
def reader(request: pytest.FixtureRequest) -> str:
    """Who reads: the grammar alone, all that is read in a plain text, all that ingestion reads."""
    return str(request.param)


@pytest.fixture(scope="module")
def read(reader: str, documents: Mapping[str, Document]) -> Read:
    if reader == "without titles":
        return {name: [each.span for each in parse_citations(text_of(name))] for name in NAMES}
    if reader == "of the file":
        return {name: [each.span for each in cited_in(text_of(name))] for name in NAMES}
    return {
        name: [
            in_file(node, each.span) for node in documents[name].root.walk() for each in citations_of(node)
        ]
        for name in NAMES
    }


@pytest.fixture(scope="module")
def wanted(reader: str) -> dict[str, list[dict[str, Any]]]:
    """What must be read."""
    without = {"title"} if reader == "without titles" else set()
    return {
        name: [each for each in listed(name) if each["kind"] not in without and not each.get("optional")]
        for name in NAMES
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_lists_are_of_these_texts(name: str) -> None:
    text = text_of(name)
    assert [text[slice(*each["span"])] for each in listed(name)] == [each["text"] for each in listed(name)]


def shown(name: str, spans: Sequence[Span]) -> list[str]:
    return [text_of(name)[slice(*span)] for span in spans]


def test_nearly_all_that_is_read_is_a_citation(read: Read) -> None:
    fits = {name: set[Span]().union(*map(right, listed(name))) for name in NAMES}
    wrong = {name: [span for span in read[name] if span not in fits[name]] for name in NAMES}
    count = sum(map(len, read.values()))
    assert 1 - sum(map(len, wrong.values())) / count >= 0.99, {
        name: shown(name, wrong[name]) for name in NAMES
    }


def test_nearly_every_citation_is_read(read: Read, wanted: dict[str, list[dict[str, Any]]]) -> None:
    lost = {name: [each for each in wanted[name] if not right(each) & set(read[name])] for name in NAMES}
    count = sum(map(len, wanted.values()))
    assert 1 - sum(map(len, lost.values())) / count >= 0.98, lost


def test_nothing_is_read_twice(read: Read) -> None:
    assert {name: len(set(read[name])) for name in NAMES} == {name: len(read[name]) for name in NAMES}
