"""From manifest entries to documents: no character lost, no address twice, and clear refusals."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document, Reading
from corpus.errors import DocumentError
from corpus.manifest import SHIPPED, Entry, load
from ingest.pipeline import cut, read_all, read_document
from ingest.repair import SPACE

NAMES = ["kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"]


def readings(document: Document) -> list[Reading]:
    """Every reading of a document, in reading order."""
    nodes = document.root.walk()
    return [part for node in nodes for part in (node.marker, node.heading, node.text) if part]


def entry(folder: Path, data: bytes, name: str = "vb.txt") -> Entry:
    """A manifest entry for a file of these bytes."""
    path = folder / name
    path.write_bytes(data)
    metadata = replace(load(SHIPPED)[0].metadata, id="vb", file=name, sha256=hashlib.sha256(data).hexdigest())
    return Entry(metadata, path)


@pytest.mark.parametrize("name", NAMES)
def test_every_character_is_in_one_provision_or_dropped(documents: Mapping[str, Document], name: str) -> None:
    document = documents[name]
    spans = [(piece.start, piece.end) for reading in readings(document) for piece in reading.pieces]
    spans += [(gap.start, gap.end) for gap in document.dropped]
    spans.sort()
    assert spans[0][0] == 0
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]
    assert spans[-1][1] == len(document.original)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_dropped_is_space_or_says_why(documents: Mapping[str, Document], name: str) -> None:
    document = documents[name]
    assert list(document.dropped) == sorted(document.dropped, key=lambda gap: gap.start)
    for gap in document.dropped:
        assert gap.reason
        assert (gap.reason == SPACE) is not bool(document.original[gap.start : gap.end].strip())


@pytest.mark.parametrize("name", NAMES)
def test_the_original_is_the_file(documents: Mapping[str, Document], name: str) -> None:
    (found,) = [one for one in load(SHIPPED) if one.metadata.id == name]
    assert documents[name].original == found.path.read_bytes().decode("utf-8-sig")
    assert documents[name].metadata == found.metadata


@pytest.mark.parametrize("name", NAMES)
def test_every_reading_keeps_its_invariant(documents: Mapping[str, Document], name: str) -> None:
    document = documents[name]
    for reading in readings(document):
        pieces = [piece.glue + document.original[piece.start : piece.end] for piece in reading.pieces]
        assert reading.text == "".join(pieces)
        assert {piece.glue for piece in reading.pieces} <= {"", " "}
        assert reading.pieces[0].glue == ""


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_reading_is_found_again_in_the_original(
    documents: Mapping[str, Document], name: str
) -> None:
    document = documents[name]
    for reading in readings(document):
        start = 0
        for word in reading.text.split():
            start = reading.text.index(word, start)
            low, high = reading.source_span(start, start + len(word))
            found = document.original[low:high].replace("*", "")
            assert "".join(found.split()) == word
            start += len(word)


@pytest.mark.parametrize("name", NAMES)
def test_addresses_are_unique_and_of_the_document(documents: Mapping[str, Document], name: str) -> None:
    nodes = list(documents[name].root.walk())
    counts = Counter(node.address.path for node in nodes)
    assert [path for path, count in counts.items() if count > 1] == []
    assert len({node.address.permalink for node in nodes}) == len(nodes)
    assert {node.address.document for node in nodes} == {name}


@pytest.mark.parametrize("name", NAMES)
def test_every_provision_but_the_root_and_the_preamble_says_something(
    documents: Mapping[str, Document], name: str
) -> None:
    silent = [node.address.path for node in documents[name].root.walk() if not node.own_text]
    assert silent == ["", "mo-dau"]


@pytest.mark.parametrize("name", NAMES)
def test_provisions_follow_the_original_but_for_footnotes(
    documents: Mapping[str, Document], name: str
) -> None:
    spans = [
        reading.span
        for node in documents[name].root.walk()
        if node.role != "footnote"
        for reading in (node.marker, node.heading, node.text)
    ]
    starts = [span[0] for span in spans if span]
    assert starts == sorted(starts)


def test_read_all_tells_its_progress_and_keeps_the_order() -> None:
    told: list[tuple[object, ...]] = []
    entries = load(SHIPPED)
    documents, passages = read_all(entries, lambda *step: told.append(step))
    assert list(documents) == [entry.metadata.id for entry in entries]
    assert told == [("Đọc văn bản", done, len(entries)) for done in range(1, len(entries) + 1)]
    assert list(dict.fromkeys(passage.document for passage in passages)) == list(documents)
    assert len({passage.id for passage in passages}) == len(passages) > 100


def test_a_document_taken_out_is_kept_and_not_searched(documents: Mapping[str, Document]) -> None:
    first, second = (documents[name] for name in NAMES)
    gone = replace(first, metadata=replace(first.metadata, withdrawn="2026-03-01"))
    assert {passage.document for passage in cut({gone.id: gone, second.id: second})} == {second.id}


def test_an_ending_that_lies_changes_nothing(tmp_path: Path) -> None:
    text = "Điều 1. Phạm vi\n\n1. Tỉnh Lạng Sơn.\n"
    told = [read_document(entry(tmp_path, text.encode(), name)).root for name in ("vb.txt", "vb.pdf", "vb")]
    assert told[0] == told[1] == told[2]


DECISION = """\
UBND TỈNH LẠNG SƠN
Số: 12/QĐ-UBND

QUYẾT ĐỊNH
Về việc thử

Căn cứ Nghị quyết số 19/2025/NQ-HĐND;

Điều 1. Phạm vi

1. Tỉnh.
"""


def test_pages_head_mentions_and_differences_are_there(tmp_path: Path) -> None:
    document = read_document(entry(tmp_path, DECISION.encode()))
    assert [page.number for page in document.pages] == [1]
    assert document.head.number == "12/QĐ-UBND"
    assert "19/2025/NQ-HĐND" in [
        mention.citation.instrument.number for mention in document.mentions if mention.citation.instrument
    ]
    assert any("Quyết định" in warning for warning in document.warnings)  # the manifest says: Kế hoạch


def test_errata_stand_beside_the_wording(tmp_path: Path) -> None:
    (tmp_path / "vb.errata.toml").write_text(
        '[[erratum]]\nat = "dieu-1/1"\nwrong = "Phần đầu"\nright = "Phấn đấu"\nreason = "lỗi nhận dạng chữ"\n'
    )
    document = read_document(entry(tmp_path, "Điều 1. Mục tiêu\n\n1. Phần đầu đạt.\n".encode()))
    provision = document.by_address["dieu-1/1"]
    assert provision.text.text == "Phần đầu đạt."
    assert provision.text.repaired == "Phấn đấu đạt."


def test_reading_twice_gives_the_same(documents: Mapping[str, Document]) -> None:
    again = read_all(load(SHIPPED))[0]
    assert all(again[name].root == documents[name].root for name in NAMES)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (
            b"\x7fELF\x02\x01\x01\x00\x00\x00",
            "vb.pdf",
            r"Chưa đọc được định dạng của .*Hãy đổi sang một trong: PDF",
        ),
        (b"\xef\xbb\xbf\n \n", "vb.txt", r"vb\.txt.*Hãy"),
        (b"\n\n12\n\n**\n", "vb.txt", r"vb\.txt không có chữ nào đọc được\. Hãy"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, name: str, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        read_document(entry(tmp_path, data, name))


@pytest.mark.parametrize("name", ["vb.txt", "VB.TXT", "vb.md"])
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path, name: str) -> None:
    text = "Điều 1. Phạm vi\r\n\r\n1. Tỉnh **Lạng Sơn**.\r\n"
    document = read_document(entry(tmp_path, text.encode("utf-8-sig"), name))
    assert [node.address.path for node in document.root.walk()] == ["", "dieu-1", "dieu-1/1"]
    assert document.by_address["dieu-1/1"].text.text == "Tỉnh Lạng Sơn."
    assert document.original == text
