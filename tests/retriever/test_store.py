"""Documents and passages are read back from JSON as they were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Address, Level
from corpus.document import (
    Document,
    Dropped,
    Metadata,
    Passage,
    Piece,
    Provision,
    Reading,
    Role,
    TextKind,
)
from corpus.errors import AddressError
from ingest.passages import passages
from retriever.store import document_from_json, document_to_json, passage_from_json, passage_to_json


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value, ensure_ascii=False))


def test_the_real_documents_come_back_equal(documents: Mapping[str, Document]) -> None:
    for document in documents.values():
        again = document_from_json(through_json(document_to_json(document)))
        assert again == document
        assert again.root.full_text == document.root.full_text


def test_the_real_passages_come_back_equal(documents: Mapping[str, Document]) -> None:
    found = [passage for document in documents.values() for passage in passages(document)]
    assert len(found) > 100
    assert [passage_from_json(through_json(passage_to_json(passage))) for passage in found] == found


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
OFFSETS = st.integers(0, 10**6)
READINGS = st.one_of(
    st.just(Reading()),
    st.builds(
        Reading,
        WORDS.filter(bool),
        st.lists(st.builds(Piece, OFFSETS, OFFSETS, st.sampled_from(["", " "])), max_size=3).map(tuple),
    ),
)
STEPS = st.one_of(
    st.tuples(
        st.sampled_from([Level.ARTICLE, Level.CLAUSE, Level.DASH]), st.sampled_from(["1", "2.3", "10"])
    ),
    st.tuples(st.sampled_from([Level.POINT, Level.SECTION]), st.sampled_from(["a", "đ", "iv"])),
    st.just((Level.PREAMBLE, "")),
)


@st.composite
def provisions(draw: st.DrawFn, address: Address, depth: int = 3) -> Provision:
    steps = draw(st.lists(STEPS, max_size=2)) if depth else []
    return Provision(
        address,
        draw(st.sampled_from(Role)),
        draw(READINGS),
        draw(READINGS),
        draw(READINGS),
        draw(st.none() | st.integers(1, 999)),
        tuple(draw(provisions(address.child(*step), depth - 1)) for step in steps),
    )


METADATA = st.builds(
    Metadata,
    id=st.just("van-ban"),
    type=WORDS,
    number=st.none() | WORDS,
    issuer=WORDS,
    date=st.none() | st.just("2026-02"),
    title=WORDS,
    signer=st.none() | WORDS,
    file=WORDS,
    sha256=WORDS,
    kind=st.sampled_from(TextKind),
    source=WORDS,
    note=st.none() | WORDS,
)
DOCUMENTS = st.builds(
    Document,
    METADATA,
    WORDS,
    provisions(Address("van-ban")),
    st.lists(st.builds(Dropped, OFFSETS, OFFSETS, WORDS), max_size=3).map(tuple),
)
PASSAGES = st.builds(
    Passage,
    id=WORDS,
    document=st.just("van-ban"),
    addresses=st.lists(
        st.lists(STEPS, max_size=3).map(lambda steps: _address(steps)), min_size=1, max_size=3
    ).map(tuple),
    citation=WORDS,
    path=st.lists(WORDS, max_size=3).map(tuple),
    text=WORDS,
    start=OFFSETS,
    end=OFFSETS,
)


def _address(steps: list[tuple[Level, str]]) -> Address:
    address = Address("van-ban")
    for step in steps:
        address = address.child(*step)
    return address


@given(DOCUMENTS)
def test_any_document_comes_back_equal(document: Document) -> None:
    assert document_from_json(through_json(document_to_json(document))) == document


@given(PASSAGES)
def test_any_passage_comes_back_equal(passage: Passage) -> None:
    assert passage_from_json(through_json(passage_to_json(passage))) == passage


@pytest.mark.parametrize(
    ("key", "value"),
    [("kind", "nghị quyết"), ("metadata", None), ("root", None), ("role", "??"), ("unit", ["dieu", "?"])],
)
def test_what_is_no_document_is_refused(documents: Mapping[str, Document], key: str, value: object) -> None:
    data = through_json(document_to_json(next(iter(documents.values()))))
    holder = {"kind": data["metadata"], "role": data["root"], "unit": data["root"]["children"][0]}
    holder.get(key, data)[key] = value
    with pytest.raises((KeyError, TypeError, ValueError, AddressError)):
        document_from_json(data)
