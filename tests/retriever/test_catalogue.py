"""Every instrument known to the holdings, each once, whatever a mention leaves out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.address import Address, Level
from corpus.document import Document, Metadata, Provision, Reading, Role, TextKind
from corpus.instruments import Instrument
from retriever.catalogue import Catalogue, Known, mentions_of
from retriever.identity import same_instrument
from retriever.store import document_from_json, document_to_json

GOLDEN = Path(__file__).parents[1] / "data" / "mentioned.jsonl"
SHIPPED_TEXTS = ("kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026")


@pytest.fixture(scope="module")
def catalogue(documents: Mapping[str, Document]) -> Catalogue:
    return Catalogue(documents)


def made(id_: str, *texts: str, issuer: str = "UBND tỉnh Lạng Sơn", **about: str | None) -> Document:
    """A document of unnumbered paragraphs; what it mentions is read when first asked for."""
    metadata = Metadata(
        **{
            "id": id_,
            "type": "Kế hoạch",
            "number": None,
            "issuer": issuer,
            "date": "2026-05-01",
            "title": "Việc không ai nhắc tới",
            "signer": None,
            "file": "",
            "sha256": "",
            "kind": TextKind.OFFICIAL,
            "source": "",
        }
        | about  # type: ignore[arg-type]  # strings
    )
    root = Address(id_)
    nodes = tuple(
        Provision(root.child(Level.PARAGRAPH, str(place)), Role.PARAGRAPH, text=Reading(text))
        for place, text in enumerate(texts, start=1)
    )
    return Document(metadata, "", Provision(root, Role.ROOT, children=nodes), ())


def named(*documents: Document) -> list[Known]:
    """What is only mentioned."""
    known = Catalogue({document.id: document for document in documents}).known
    return [each for each in known if each.document is None]


# --- the shipped documents ----------------------------------------------------------------------


def test_what_both_documents_name_is_the_list_written_by_hand(catalogue: Catalogue) -> None:
    golden = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    found = []
    for each in catalogue.known:
        places = [
            [
                str(naming.mention.place),
                naming.mention.kind.value + (" (bởi văn bản khác)" * bool(naming.mention.by)),
            ]
            for naming in each.namings
            if naming.mention.place.document in SHIPPED_TEXTS
        ]
        said = {"held": each.id} if each.document else _said(each)
        found += [said | {"mentions": places}] if places else []
    assert found == golden
    assert len(golden) == 54


def _said(known: Known) -> dict[str, str]:
    about = known.instrument
    said = {"type": about.type, "number": about.number, "date": about.date, "issuer": about.issuer}
    said |= {"name": None if about.number else about.name, "subject": known.subject}
    return {name: value for name, value in said.items() if value is not None}


def test_each_is_there_once(catalogue: Catalogue) -> None:
    known = catalogue.known
    assert len({each.id for each in known}) == len(known)
    twins = [
        (one.id, other.id)
        for place, one in enumerate(known)
        for other in known[place + 1 :]
        if same_instrument(one.instrument, other.instrument)
    ]
    assert twins == []
    assert all(naming.sure for each in known for naming in each.namings)


def test_footnote_2_names_the_resolution_that_is_held(catalogue: Catalogue) -> None:
    places = {place.path for place in catalogue.by_id["nq-19-2025-nq-hdnd"].places}
    assert "iii/1/1.3/gach-5/chu-thich-2" in places


def test_the_draft_law_amended_in_2024_is_the_one_of_2017(catalogue: Catalogue) -> None:
    assert len(catalogue.by_id["luat-quy-hoach-2017"].namings) == 2
    assert len(catalogue.by_id["luat-quy-hoach-2025"].namings) == 1


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (Instrument("Quyết định", "236"), ["qd-236-qd-ttg-2024"]),
        (Instrument("Luật", name="Quy hoạch"), ["luat-quy-hoach-2017", "luat-quy-hoach-2025"]),
        (Instrument("Luật", name="Quy hoạch", date="2025"), ["luat-quy-hoach-2025"]),
        (Instrument("Nghị quyết", "223-NQ/TU"), ["nq-223-nq-tu"]),
        (Instrument("Nghị quyết", "19/2025/NQ-HĐND", issuer="HĐND tỉnh Cao Bằng"), []),
        (Instrument("Nghị quyết", "16/2022/NQ-HĐND", issuer="HĐND tỉnh Cao Bằng"), []),
        (Instrument("Nghị định", "999/2031/NĐ-CP"), []),
    ],
)
def test_asked_for(catalogue: Catalogue, asked: Instrument, ids: list[str]) -> None:
    assert [each.id for each in catalogue.find(asked)] == ids


def test_relations_go_both_ways(catalogue: Catalogue) -> None:
    for id_ in SHIPPED_TEXTS:
        for other, naming in catalogue.named_by(id_):
            assert naming in other.namings
            assert naming.mention.place.document == id_
    order = [naming.order for _, naming in catalogue.named_by(SHIPPED_TEXTS[0])]
    assert order == sorted(order)


def test_mentions_are_written_and_read_back(documents: Mapping[str, Document]) -> None:
    for document in documents.values():
        assert (
            document_from_json(json.loads(json.dumps(document_to_json(document)))).mentions
            == document.mentions
        )
        assert document.mentions


# --- what a mention leaves out ------------------------------------------------------------------


def test_a_short_mention_joins_the_only_one_it_agrees_with() -> None:
    (known,) = named(
        made("mot", "Kế hoạch 258/KH-UBND", "Kế hoạch số 258/KH-UBND ngày 27/9/2025 của UBND tỉnh"),
        made("hai", "Thực hiện Kế hoạch số 258/KH-UBND."),
    )
    assert (known.instrument.date, known.instrument.issuer) == ("2025-09-27", "UBND tỉnh Lạng Sơn")
    assert [naming.sure for naming in known.namings] == [True] * 3


def test_the_same_number_of_another_year_or_province_is_another() -> None:
    texts = ("Kế hoạch số 258/KH-UBND ngày 27/9/2025", "Kế hoạch số 258/KH-UBND ngày 1/9/2024")
    elsewhere = made("ba", "Kế hoạch số 258/KH-UBND ngày 27/9/2025", issuer="UBND tỉnh Cao Bằng")
    assert len(named(made("mot", *texts), elsewhere)) == 3


def test_a_mention_that_agrees_with_two_is_told_as_perhaps() -> None:
    texts = ("Kế hoạch số 258/KH-UBND ngày 27/9/2025", "Kế hoạch số 258/KH-UBND ngày 1/9/2024")
    known = named(made("mot", *texts), made("hai", "Kế hoạch số 258/KH-UBND"))
    assert [[naming.sure for naming in each.namings] for each in known] == [[True, False], [True, False]]


def test_in_one_document_the_short_mention_means_what_that_document_named() -> None:
    known = named(
        made("mot", "Kế hoạch số 258/KH-UBND ngày 27/9/2025", "Kế hoạch số 258/KH-UBND"),
        made("hai", "Kế hoạch số 258/KH-UBND ngày 1/9/2024"),
    )
    assert [len(each.namings) for each in known] == [2, 1]
    assert all(naming.sure for each in known for naming in each.namings)


def test_nobody_names_what_comes_later() -> None:
    laws = made("mot", "Luật Đất đai ngày 29/11/2013", "Luật Đất đai ngày 18/01/2024")
    earlier = made("hai", "Theo quy định của Luật Đất đai.", date="2016-03-01")
    known = named(laws, earlier)
    assert [[naming.sure for naming in each.namings] for each in known] == [[True, True], [True]]


def test_a_text_that_is_held_takes_the_mentions_of_its_number() -> None:
    held = made(
        "nq", "…", type="Nghị quyết", number="19/2025/NQ-HĐND", date="2025-07-15", issuer="HĐND tỉnh Lạng Sơn"
    )
    naming = made("mot", "Nghị quyết số 19/NQ-HĐND ngày 15/7/2025")
    assert named(held, naming) == []
    known = Catalogue({"nq": held, "mot": naming}).by_id["nq"]
    assert [place.document for place in known.places] == ["mot"]


def test_ids_never_collide() -> None:
    texts = (
        "Nghị quyết số 1/2025/NQ-HĐND của HĐND tỉnh Cao Bằng",
        "Nghị quyết số 1/2025/NQ-HĐND của HĐND tỉnh Hà Giang",
    )
    assert [each.id for each in named(made("mot", *texts))] == ["nq-1-2025-nq-hdnd", "nq-1-2025-nq-hdnd-2"]


def test_a_document_without_stored_mentions_is_read_when_asked(documents: Mapping[str, Document]) -> None:
    bare = replace(documents["qd-dieu-chinh-quy-hoach-2026"], mentions=())
    cited = {
        mention.citation.instrument.number for mention in mentions_of(bare) if mention.citation.instrument
    }
    assert {"236/QĐ-TTg", "11-NQ/TW"} <= cited
