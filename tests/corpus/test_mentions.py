"""Extraction over the shipped texts against hand-made lists of all their citations: tests/data/mentions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.citation import parse_citations
from corpus.manifest import SHIPPED

LISTS = Path(__file__).parents[1] / "data" / "mentions"
NAMES = ("kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026")
Span = tuple[int, int]


def listed(name: str) -> list[dict[str, Any]]:
    """The hand-checked citations of a document, in the order of its text."""
    return [json.loads(line) for line in (LISTS / f"{name}.jsonl").read_text("utf-8").splitlines()]


def text_of(name: str) -> str:
    return (SHIPPED.parent / f"{name}.txt").read_text("utf-8")


def right(mention: dict[str, Any]) -> set[Span]:
    """The spans that are right for a mention."""
    return {tuple(span) for span in (mention["span"], *mention.get("also", ()))}


def read(name: str) -> list[Span]:
    return [citation.span for citation in parse_citations(text_of(name))]


def wanted(name: str) -> list[dict[str, Any]]:
    """What a reader of plain text must find: where a title alone ends, the text often does not show."""
    return [each for each in listed(name) if each["kind"] != "title" and not each.get("optional")]


@pytest.mark.parametrize("name", NAMES)
def test_the_lists_are_of_these_texts(name: str) -> None:
    text = text_of(name)
    assert [text[slice(*each["span"])] for each in listed(name)] == [each["text"] for each in listed(name)]


def shown(name: str, spans: Sequence[Span]) -> list[str]:
    return [text_of(name)[slice(*span)] for span in spans]


def test_nearly_all_that_is_read_is_a_citation() -> None:
    found = {name: read(name) for name in NAMES}
    fits = {name: set[Span]().union(*map(right, listed(name))) for name in NAMES}
    wrong = {name: [span for span in found[name] if span not in fits[name]] for name in NAMES}
    count = sum(map(len, found.values()))
    assert 1 - sum(map(len, wrong.values())) / count >= 0.99, {
        name: shown(name, wrong[name]) for name in NAMES
    }


def test_nearly_every_citation_is_read() -> None:
    found = {name: set(read(name)) for name in NAMES}
    lost = {name: [each for each in wanted(name) if not right(each) & found[name]] for name in NAMES}
    count = sum(len(wanted(name)) for name in NAMES)
    assert 1 - sum(map(len, lost.values())) / count >= 0.98, lost
