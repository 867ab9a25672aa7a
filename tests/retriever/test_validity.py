"""What is in force on a day, of documents and of their provisions; without a date it stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.address import Address, Level
from corpus.document import Document, Metadata, Provision, Reading, Role, TextKind
from corpus.manifest import Entry
from corpus.relation import Head, RelationKind, State, Validity
from ingest.pipeline import read_document
from ingest.relations import mentions
from retriever.lookup import Lookup
from retriever.validity import Validities, effective_day, validity_text

INSTRUMENTS = Path(__file__).parents[1] / "data" / "instruments"
BEFORE, AFTER = date(2026, 6, 19), date(2026, 6, 20)  # around the day the amending circular takes effect


def metadata(id_: str, type_: str, number: str | None, day: str | None, **more: str) -> Metadata:
    about = {
        "issuer": "Bộ Tài chính",
        "title": "Hướng dẫn",
        "file": "",
        "sha256": "",
        "source": "",
        "signer": None,
    }
    about |= {"id": id_, "type": type_, "number": number, "date": day}
    return Metadata(**(about | {"kind": TextKind.OFFICIAL} | more))  # type: ignore[arg-type]


def circular() -> Document:
    """Thông tư 12/2024/TT-BTC, with the provisions that the other one amends."""
    root = Address("tt-12")
    articles = tuple(
        Provision(
            (article := root.child(Level.ARTICLE, number)),
            Role.UNIT,
            children=tuple(
                Provision(article.child(Level.CLAUSE, clause), Role.UNIT, text=Reading("…"))
                for clause in "1234"
            ),
        )
        for number in ("3", "5", "7", "9", "10", "11")
    )
    about = metadata("tt-12", "Thông tư", "12/2024/TT-BTC", "2024-02-06", effective="2024-04-01")
    return Document(about, "", Provision(root, Role.ROOT, children=articles), ())


def amending(**more: str) -> Document:
    """Thông tư 45/2026/TT-BTC, read from its file."""
    path = INSTRUMENTS / "thong-tu-sua-doi.txt"
    about = metadata("tt-45", "Thông tư", "45/2026/TT-BTC", "2026-05-05", effective="2026-06-20")
    about = replace(about, sha256=sha256(path.read_bytes()).hexdigest(), **more)  # type: ignore[arg-type]
    return read_document(Entry(about, path))


def validities(*documents: Document) -> Validities:
    held = {document.id: document for document in documents}
    return Validities(held, Lookup(held))


def ending(text: str, day: str | None = "2026-01-01") -> Document:
    """A resolution of one article that says `text`."""
    root = Address("nq-1")
    article = Provision(root.child(Level.ARTICLE, "1"), Role.UNIT, text=Reading(text))
    about = metadata("nq-1", "Nghị quyết", "1/2026/NQ-HĐND", day)
    bare = Document(about, "", Provision(root, Role.ROOT, children=(article,)), ())
    return replace(bare, mentions=mentions(bare))


def test_an_amended_circular_before_and_after() -> None:
    found = validities(circular(), amending())
    assert found.document("tt-12", BEFORE) == Validity(State.IN_FORCE, "2024-04-01")
    after = found.document("tt-12", AFTER)
    assert (after.state, after.since) == (State.PARTLY_AMENDED, "2026-06-20")
    assert {effect.by for effect in after.by} == {"Thông tư số 45/2026/TT-BTC của Bộ Tài chính"}
    assert found.document("tt-45", BEFORE).state is State.NOT_YET
    assert found.document("tt-45", AFTER) == Validity(State.IN_FORCE, "2026-06-20")


@pytest.mark.parametrize(
    ("path", "state", "place"),
    [
        ("dieu-5", State.PARTLY_AMENDED, "dieu-1/1"),
        ("dieu-5/2", State.PARTLY_AMENDED, "dieu-1/1"),  # what stands in it
        ("dieu-3/2", State.PARTLY_AMENDED, "dieu-1/4"),
        ("dieu-3", State.PARTLY_AMENDED, "dieu-1/4"),  # a part of it
        ("dieu-3/1", State.IN_FORCE, None),
        ("dieu-10/4", State.REPEALED, "dieu-1/5"),
        ("dieu-10", State.PARTLY_AMENDED, "dieu-1/5"),
        ("dieu-10/1", State.IN_FORCE, None),
        ("dieu-11", State.IN_FORCE, None),
    ],
)
def test_the_provisions_that_are_changed(path: str, state: State, place: str | None) -> None:
    held = circular()
    address = held.by_address[path].address
    found = validities(held, amending())
    assert found.provision(address, BEFORE).state is State.IN_FORCE
    after = found.provision(address, AFTER)
    assert after.state is state
    assert [effect.place.path for effect in after.by] == ([place] if place else [])


def test_an_amendment_without_a_day_is_told_and_changes_no_state() -> None:
    held = circular()
    undated = replace(amending(), head=Head())
    undated = replace(undated, metadata=replace(undated.metadata, date="2026", effective=None))
    found = validities(held, undated)
    assert found.document("tt-45", AFTER).state is State.UNKNOWN
    five = found.provision(held.by_address["dieu-5"].address, AFTER)
    assert (five.state, [effect.since for effect in five.by]) == (State.IN_FORCE, [None])
    assert "chưa rõ từ ngày nào" in validity_text(five)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bãi bỏ Thông tư số 12/2024/TT-BTC.", RelationKind.REPEALS),
        ("Nghị quyết này thay thế Thông tư số 12/2024/TT-BTC.", RelationKind.REPLACES),
        ("Thông tư số 12/2024/TT-BTC hết hiệu lực từ ngày Nghị quyết này có hiệu lực.", RelationKind.REPEALS),
    ],
)
def test_a_document_that_another_ends(text: str, kind: RelationKind) -> None:
    found = validities(circular(), ending(text))
    before, after = found.document("tt-12", date(2025, 12, 31)), found.document("tt-12", date(2026, 1, 1))
    assert before == Validity(State.IN_FORCE, "2024-04-01", "2026-01-01")
    assert (after.state, after.since, [effect.kind for effect in after.by]) == (
        State.REPEALED,
        "2026-01-01",
        [kind],
    )
    assert not after.usable
    inside = circular().by_address["dieu-5"].address
    assert found.provision(inside, date(2026, 1, 1)).state is State.REPEALED


def test_an_end_without_a_day_makes_it_unknown() -> None:
    found = validities(circular(), ending("Bãi bỏ Thông tư số 12/2024/TT-BTC.", None))
    after = found.document("tt-12", AFTER)
    assert (after.state, after.usable) == (State.UNKNOWN, True)
    assert "bãi bỏ nhưng chưa rõ từ ngày nào" in validity_text(after)


def test_a_repealed_unit_that_is_not_there_repeals_nothing_else() -> None:
    found = validities(circular(), ending("Bãi bỏ khoản 2 Điều 99 Thông tư số 12/2024/TT-BTC."))
    assert found.document("tt-12", AFTER).state is State.PARTLY_AMENDED
    assert found.provision(circular().by_address["dieu-5"].address, AFTER).state is State.IN_FORCE


@pytest.mark.parametrize(
    ("about", "day", "state"),
    [
        ({"date": "2026-02"}, date(2030, 1, 1), State.UNKNOWN),
        ({"date": None}, date(2030, 1, 1), State.UNKNOWN),
        ({"date": "2026-02-03"}, date(2026, 2, 2), State.NOT_YET),
        ({"date": "2026-02-03"}, date(2026, 2, 3), State.IN_FORCE),
        ({"date": "2026-02-03", "effective": "2026-03-01"}, date(2026, 2, 28), State.NOT_YET),
        ({"date": "2026-02-03", "expired": "2027-01-01"}, date(2026, 12, 31), State.IN_FORCE),
        ({"date": "2026-02-03", "expired": "2027-01-01"}, date(2027, 1, 1), State.EXPIRED),
        ({"date": "2026", "expired": "2027-01-01"}, date(2027, 1, 1), State.EXPIRED),
        ({"date": "2026-02-03", "kind": TextKind.CATALOGUE}, date(2027, 1, 1), State.UNKNOWN),
    ],
)
def test_by_its_own_dates(about: dict[str, str], day: date, state: State) -> None:
    held = replace(circular(), metadata=replace(metadata("vb", "Kế hoạch", None, None), **about))  # type: ignore[arg-type]
    found = validities(held).document("vb", day)
    assert found.state is state
    assert validity_text(found)


def test_the_head_tells_the_day_where_the_manifest_does_not() -> None:
    held = replace(circular(), metadata=metadata("vb", "Thông tư", None, "2026-05-05"))
    assert effective_day(held) == "2026-05-05"
    assert effective_day(replace(held, head=Head(effective="2026-06-20"))) == "2026-06-20"


def test_the_shipped_copies_are_unknown_and_say_why(documents: Mapping[str, Document]) -> None:
    found = Validities(documents, Lookup(documents))
    for id_ in ("kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"):
        validity = found.document(id_, date(2026, 6, 30))
        assert validity.state is State.UNKNOWN
        assert "chưa ghi đủ ngày" in validity_text(validity)
    resolution = found.document("nq-19-2025-nq-hdnd", date(2025, 7, 24))
    assert (resolution.state, resolution.since) == (State.NOT_YET, "2025-07-25")


def test_what_is_not_held_is_unknown_and_told_what_is_reported_of_it(
    documents: Mapping[str, Document],
) -> None:
    lookup = Lookup(documents)
    known = lookup.catalogue.by_id["nq-81-2023-qh15"]
    validity = Validities(documents, lookup).known(known, date(2026, 6, 30))
    assert validity.state is State.UNKNOWN
    assert [effect.kind for effect in validity.by] == [RelationKind.AMENDS]
    assert "252/2025/QH15" in validity.by[0].by
