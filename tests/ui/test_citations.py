"""The citation object: what it holds for every outcome, and that what it quotes is what stands there."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Address
from corpus.document import STAND_INS, Document
from corpus.errors import QuestionError
from retriever.lookup import Lookup, LookupStatus
from retriever.validity import Validities
from ui.citations import (
    TOLD_LIMIT,
    as_json,
    citation_values,
    citations_value,
    provision_value,
    unreadable_value,
)
from ui.places import place_of

DAY = date(2026, 11, 1)
DECISION = "Quyết định điều chỉnh quy hoạch tỉnh"
PARKS = f"khoản 2 mục V Điều 1 {DECISION}"
KEYS = (
    "span text normal short status message document address permalink provision missing validity candidates "
    "mentions"
).split()
COPY = "Quyết định của Chủ tịch UBND tỉnh Lạng Sơn (năm 2026, bản chưa ghi số, ngày)"
Entry = dict[str, Any]
Made = Callable[..., list[Entry]]


@pytest.fixture(scope="module")
def made(documents: Mapping[str, Document]) -> Made:
    """Looks up the citations of a text on `DAY`."""
    lookup = Lookup(documents)
    validities = Validities(documents, lookup)

    def look_up(text: str, here: Address | None = None) -> list[Entry]:
        found: Any = citations_value(text, lookup, validities, documents, DAY, here)["citations"]
        return list(found)

    return look_up


@pytest.mark.parametrize(
    ("text", "status", "document", "address"),
    [
        (PARKS, "exact", "qd-dieu-chinh-quy-hoach-2026", "dieu-1/muc-v/khoan-2"),
        (f"điểm g {PARKS}", "document_only", "qd-dieu-chinh-quy-hoach-2026", None),
        ("Nghị quyết số 19/2025/NQ-HĐND", "text_not_held", "nq-19-2025-nq-hdnd", ""),
        ("khoản 3 Điều 5 Nghị quyết số 19/2025/NQ-HĐND", "text_not_held", "nq-19-2025-nq-hdnd", None),
        ("Quyết định số 236/QĐ-TTg", "mentioned", None, None),
        ("Nghị quyết số 999/2031/NQ-HĐND", "unknown", None, None),
        ("mục II", "ambiguous", None, None),
        ("khoản 2 Điều này", "unreadable", None, None),
    ],
)
def test_every_outcome_has_the_same_keys(
    text: str, status: str, document: str | None, address: str | None, made: Made
) -> None:
    (entry,) = made(text)
    assert list(entry) == KEYS
    assert (entry["status"], entry["document"], entry["address"]) == (status, document, address)
    assert entry["message"]
    assert (entry["provision"] is None) == (status not in ("exact", "text_not_held"))
    assert (entry["missing"] is not None) == (status == "document_only")
    assert bool(entry["candidates"]) == (status == "ambiguous")
    assert status != "mentioned" or entry["mentions"]


def test_a_provision_is_given_word_for_word(made: Made, documents: Mapping[str, Document]) -> None:
    (entry,) = made(f"Xem {PARKS}.")
    node = documents["qd-dieu-chinh-quy-hoach-2026"].by_address["dieu-1/v/2"]
    assert entry["provision"] == {
        "heading_path": [
            COPY,
            "Điều 1",
            "V. PHƯƠNG ÁN PHÁT TRIỂN CÁC KHU CHỨC NĂNG",
            "2. Phương án phát triển hệ thống khu công nghiệp",
        ],
        "text": node.full_text,
        "citation": f"Khoản 2 mục V Điều 1, {COPY}",
        "kind": "unnumbered_copy",
        "caveat": "Bản chưa ghi số, ngày ban hành: hãy đối chiếu với bản chính thức.",
    }
    assert entry["permalink"] == "/documents/qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v/khoan-2"
    assert entry["validity"] == {"state": "unknown", "by": None, "from": None}


def test_a_range_gives_all_of_it(made: Made, documents: Mapping[str, Document]) -> None:
    (entry,) = made(f"khoản 1 đến khoản 3 mục V Điều 1 {DECISION}")
    by_address = documents["qd-dieu-chinh-quy-hoach-2026"].by_address
    assert entry["address"] == "dieu-1/muc-v/khoan-1"
    assert entry["provision"]["text"] == "\n".join(by_address[f"dieu-1/v/{n}"].full_text for n in (1, 2, 3))
    assert entry["provision"]["citation"] == (f"Từ khoản 1 mục V Điều 1 đến khoản 3 mục V Điều 1, {COPY}")


def test_a_whole_document_is_named_not_quoted(made: Made, documents: Mapping[str, Document]) -> None:
    (entry,) = made("Quyết định này", Address("qd-dieu-chinh-quy-hoach-2026"))
    assert (entry["status"], entry["address"]) == ("exact", "")
    assert entry["provision"]["text"] == documents["qd-dieu-chinh-quy-hoach-2026"].metadata.title
    assert entry["provision"]["citation"] == COPY


@pytest.mark.parametrize(
    "text", ["Nghị quyết số 19/2025/NQ-HĐND", "điểm a khoản 1 Điều 3 NQ 19/2025/NQ-HĐND"]
)
def test_a_digest_is_never_passed_off_as_the_instrument(text: str, made: Made) -> None:
    (entry,) = made(text)
    provision = entry["provision"]
    assert provision["kind"] == "digest"
    assert "không phải lời văn chính thức" in provision["caveat"]
    assert provision["citation"].endswith("(bản tóm tắt)")
    assert provision["text"].startswith("BẢN TÓM TẮT")


def test_no_text_is_called_official_that_is_not(documents: Mapping[str, Document]) -> None:
    for document in documents.values():
        value = provision_value(document, (document.root,))
        assert value["kind"] == document.metadata.kind.value
        assert value["caveat"] or document.metadata.kind.value == "official"
        assert (value["text"] == document.root.full_text) == (document.metadata.kind in STAND_INS)


def test_a_missing_unit_says_where_the_document_ends(made: Made) -> None:
    (entry,) = made("mục XX Điều 1 " + DECISION)
    assert entry["missing"]["level"] == "mục"
    assert entry["missing"]["asked"] == "XX"
    assert entry["missing"]["under"] == "dieu-1"
    assert entry["missing"]["available"][:3] == ["I", "II", "III"]
    assert entry["permalink"] == "/documents/qd-dieu-chinh-quy-hoach-2026/dieu-1"


def test_who_mentions_it_is_told_in_its_own_sentence(made: Made, documents: Mapping[str, Document]) -> None:
    (entry,) = made("236/QĐ-TTg")
    for mention in entry["mentions"]:
        assert list(mention) == ["document", "address", "permalink", "normal", "text"]
        place = place_of(mention["permalink"], documents)
        assert mention["normal"].endswith(documents[place.document].metadata.short_name)
        said = documents[place.document].by_address[place.path].own_text
        assert " ".join(mention["text"].split()) in " ".join(said.split())
        assert "236/QĐ-TTg" in mention["text"]
        assert len(mention["text"]) <= 300


def test_candidates_can_be_told_apart(made: Made, documents: Mapping[str, Document]) -> None:
    (entry,) = made("mục II")
    assert len(entry["candidates"]) >= 2
    for candidate in entry["candidates"]:
        assert list(candidate) == ["document", "address", "permalink", "normal", "why"]
        assert place_of(candidate["permalink"], documents)
    assert len({candidate["normal"] for candidate in entry["candidates"]}) == len(entry["candidates"])


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spans_count_in_the_text_as_received(form: str, made: Made) -> None:
    text = unicodedata.normalize(form, f"😀 Căn cứ {PARKS}; theo\n236/QĐ-TTg.")  # type: ignore[arg-type]
    entries = made(text)
    assert [entry["status"] for entry in entries] == ["exact", "mentioned"]
    for entry in entries:
        assert text[slice(*entry["span"])] == entry["text"]


def test_no_citation_is_an_empty_list(made: Made) -> None:
    assert made("Trời hôm nay đẹp.") == made("") == []


def test_what_cannot_be_read_has_the_same_keys() -> None:
    entry = unreadable_value("không phải trích dẫn")
    assert list(entry) == KEYS
    assert (entry["status"], entry["span"]) == ("unreadable", [0, 20])


def test_here_gives_relative_citations_their_meaning(made: Made, documents: Mapping[str, Document]) -> None:
    here = place_of("/documents/qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v/khoan-2", documents)
    (entry,) = made("mục V Điều này", here)
    assert (entry["status"], entry["address"]) == ("exact", "dieu-1/muc-v")


def test_an_offset_moves_the_spans(documents: Mapping[str, Document]) -> None:
    lookup = Lookup(documents)
    (entry,) = citation_values(PARKS, lookup, Validities(documents, lookup), documents, DAY, offset=1000)
    assert entry["span"] == [1000, 1000 + len(PARKS)]


@pytest.mark.parametrize(
    ("cited", "status", "dropped"),
    [
        (f"Điều 1 {DECISION}; ", "exact", "provision"),
        ("khoản 1; ", "ambiguous", "candidates"),
        ("236/QĐ-TTg; ", "mentioned", "mentions"),
    ],
)
def test_a_text_full_of_citations_stays_small(cited: str, status: str, dropped: str, made: Made) -> None:
    entries = made((cited * (64_000 // len(cited)))[:64_000])
    assert len(entries) == 64_000 // len(cited)
    assert all(entry["status"] == status for entry in entries)
    assert len(as_json({"citations": entries})) < TOLD_LIMIT + 900 * len(entries)
    first, last = entries[0], entries[-1]
    assert first["provision"]["text"] if dropped == "provision" else first[dropped]
    assert not (last["provision"]["text"] if dropped == "provision" else last[dropped])
    assert "không kèm theo" in last["message"]
    assert (last["permalink"], last["normal"]) == (first["permalink"], first["normal"])


@pytest.mark.parametrize(
    ("permalink", "path"),
    [
        ("/documents/qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v", "dieu-1/v"),
        ("/v1/documents/qd-dieu-chinh-quy-hoach-2026/dieu-1/v/", "dieu-1/v"),
        ("qd-dieu-chinh-quy-hoach-2026", ""),
    ],
)
def test_a_permalink_names_a_place(permalink: str, path: str, documents: Mapping[str, Document]) -> None:
    assert place_of(permalink, documents).path == path


@pytest.mark.parametrize(
    ("permalink", "said"),
    [
        ("/documents/khong-co/dieu-1", "Không có văn bản “khong-co”"),
        ("/documents/qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-xx", "Ở dieu-1 có: .*muc-i, muc-ii"),
        ("/documents/qd-dieu-chinh-quy-hoach-2026/dieu-99", "Ở văn bản này có: .*dieu-1"),
        ("", "Không phải địa chỉ"),
        ("../../etc/passwd", "Không phải địa chỉ"),
    ],
)
def test_a_permalink_to_nowhere(permalink: str, said: str, documents: Mapping[str, Document]) -> None:
    with pytest.raises(QuestionError, match=said):
        place_of(permalink, documents)


WORDS = st.sampled_from(
    [
        PARKS,
        DECISION,
        "236/QĐ-TTg",
        "mục II",
        "Điều này",
        "19/2025/NQ-HĐND",
        "điểm a, b",
        " ",
        "\n",
        "; ",
        ".",
    ]
)


@given(st.lists(WORDS | st.text(max_size=8), max_size=12).map("".join))
def test_any_text_makes_a_sound_object(made: Made, text: str) -> None:
    entries = made(text)
    ends = 0
    for entry in entries:
        start, end = entry["span"]
        assert ends <= start < end <= len(text)
        assert entry["text"] == text[start:end]
        assert list(entry) == KEYS
        assert LookupStatus(entry["status"])
        ends = end if end > ends else ends
    written = as_json({"citations": entries})
    assert json.loads(written) == {"citations": entries}
    assert "\n" not in written
