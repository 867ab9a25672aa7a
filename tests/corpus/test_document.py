"""Readings keep their place in the original; provisions, documents and metadata say what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Address, Level
from corpus.document import (
    CAVEATS,
    Document,
    Metadata,
    Piece,
    Provision,
    Reading,
    Role,
    TextKind,
    vietnamese_date,
)

DECISION = "qd-dieu-chinh-quy-hoach-2026"
PLAN = "kh-du-lich-cvdc-2026"
WORDS = st.text(alphabet="aăđếợ 1.-“\t\u00a0", min_size=1, max_size=6)
METADATA = Metadata(
    id="nq-19",
    type="Nghị quyết",
    number="19/2025/NQ-HĐND",
    issuer="HĐND tỉnh Lạng Sơn",
    date="2025-07-15",
    title="Chính sách hỗ trợ du lịch cộng đồng",
    signer=None,
    file="nq-19.txt",
    sha256="0" * 64,
    kind=TextKind.OFFICIAL,
    source="Công báo",
)


@st.composite
def readings(draw: st.DrawFn) -> tuple[str, Reading]:
    """An original with stretches left out, and the reading made of the rest."""
    original, text, pieces = "", "", []
    for number in range(draw(st.integers(1, 5))):
        original += draw(st.text(alphabet="*\n 5", max_size=3))
        body = draw(WORDS)
        glue = draw(st.sampled_from(["", " "])) if number else ""
        pieces.append(Piece(len(original), len(original) + len(body), glue))
        original += body
        text += glue + body
    return original, Reading(text, tuple(pieces))


def rebuilt(reading: Reading, original: str) -> str:
    """The text that the pieces of a reading stand for."""
    return "".join(piece.glue + original[piece.start : piece.end] for piece in reading.pieces)


def glued(reading: Reading) -> set[int]:
    """Positions in the text that stand nowhere in the original."""
    found: set[int] = set()
    seen = 0
    for piece in reading.pieces:
        found.update(range(seen, seen + len(piece.glue)))
        seen += len(piece.glue) + piece.end - piece.start
    return found


@given(readings(), st.data())
def test_a_cut_is_the_stripped_stretch_and_stays_tied_to_the_original(
    made: tuple[str, Reading], data: st.DataObject
) -> None:
    original, reading = made
    start = data.draw(st.integers(0, len(reading.text)))
    end = data.draw(st.integers(start, len(reading.text)))
    cut = reading.cut(start, end)
    assert cut.text == reading.text[start:end].strip()
    assert rebuilt(cut, original) == cut.text
    assert bool(cut) is bool(cut.text)


@given(readings())
def test_two_cuts_share_no_character(made: tuple[str, Reading]) -> None:
    _, reading = made
    middle = len(reading.text) // 2
    left, right = reading.cut(0, middle), reading.cut(middle, len(reading.text))
    if left.span and right.span:
        assert left.span[1] <= right.span[0]


@given(readings(), st.data())
def test_a_source_span_begins_and_ends_on_the_same_characters(
    made: tuple[str, Reading], data: st.DataObject
) -> None:
    original, reading = made
    start = data.draw(st.integers(0, len(reading.text) - 1))
    end = data.draw(st.integers(start + 1, len(reading.text)))
    low, high = reading.source_span(start, end)
    assert 0 <= low < high <= len(original)
    if not {start, end - 1} & glued(reading):
        assert (original[low], original[high - 1]) == (reading.text[start], reading.text[end - 1])


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 2), (2, 1), (-1, 2), (0, 5)])
def test_no_source_span_for_nothing_or_for_what_is_outside(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no such stretch"):
        Reading("abcd", (Piece(10, 14),)).source_span(start, end)


def test_the_glue_of_a_line_end_points_at_what_follows_it() -> None:
    reading = Reading("ba trăm", (Piece(0, 2), Piece(9, 13, " ")))
    assert reading.source_span(0, 7) == (0, 13)
    assert reading.source_span(3, 7) == (9, 13)
    assert reading.source_span(2, 3)[0] == 9


def test_an_empty_reading_is_nowhere() -> None:
    assert not Reading()
    assert Reading().span is None
    assert Reading("  ", (Piece(0, 2),)).cut(0, 2) == Reading()


def _provision(marker: str, heading: str, text: str, *children: Provision) -> Provision:
    first, second, third = (Reading(part, (Piece(0, len(part)),)) for part in (marker, heading, text))
    return Provision(Address("vb").child(Level.CLAUSE, "1"), Role.UNIT, first, second, third, None, children)


@pytest.mark.parametrize(
    ("marker", "heading", "text", "own", "caption"),
    [
        ("1.", "Mục tiêu", "Đón khách.", "1. Mục tiêu\nĐón khách.", "1. Mục tiêu"),
        ("1.", "Mục tiêu", "", "1. Mục tiêu", "1. Mục tiêu"),
        ("-", "", "Đón khách.", "- Đón khách.", "-"),
        ("", "", "Đón khách.", "Đón khách.", ""),
    ],
)
def test_the_own_text_of_a_provision(marker: str, heading: str, text: str, own: str, caption: str) -> None:
    provision = _provision(marker, heading, text)
    assert (provision.own_text, provision.caption) == (own, caption)


def test_the_full_text_holds_the_children_in_order_and_no_blank_line() -> None:
    items = (_provision("-", "", "Một;"), _provision("", "", ""), _provision("-", "", "Hai."))
    assert _provision("1.", "Gồm", "", *items).full_text == "1. Gồm\n- Một;\n- Hai."


@pytest.mark.parametrize("name", [DECISION, PLAN])
def test_every_provision_is_found_again_by_its_address(documents: Mapping[str, Document], name: str) -> None:
    document = documents[name]
    for provision in document.root.walk():
        assert document.by_address[provision.address.path] is provision
    assert document.by_address[""] is document.root


def test_ancestors_go_from_the_outermost_unit_to_the_parent(documents: Mapping[str, Document]) -> None:
    document = documents[DECISION]
    above = document.ancestors(document.by_address["dieu-1/v/2"].address)
    assert [node.caption for node in above] == ["Điều 1.", "V. PHƯƠNG ÁN PHÁT TRIỂN CÁC KHU CHỨC NĂNG"]
    assert document.ancestors(document.by_address["dieu-1"].address) == ()


@pytest.mark.parametrize(
    ("iso", "said"),
    [("2026-02-28", "28/02/2026"), ("2026-02", "tháng 02/2026"), ("2026", "năm 2026")],
)
def test_dates_as_officials_write_them(iso: str, said: str) -> None:
    assert vietnamese_date(iso) == said


@pytest.mark.parametrize(
    ("number", "date", "name"),
    [
        ("19/2025/NQ-HĐND", "2025-07-15", "Nghị quyết số 19/2025/NQ-HĐND của HĐND tỉnh Lạng Sơn"),
        (None, "2025-07", "Nghị quyết của HĐND tỉnh Lạng Sơn (tháng 07/2025)"),
        (None, None, "Nghị quyết của HĐND tỉnh Lạng Sơn"),
    ],
)
def test_the_short_name_never_invents_a_number(number: str | None, date: str | None, name: str) -> None:
    assert replace(METADATA, number=number, date=date).short_name == name


@pytest.mark.parametrize(
    ("kind", "number", "name"),
    [
        (
            TextKind.DIGEST,
            "19/2025/NQ-HĐND",
            "Nghị quyết số 19/2025/NQ-HĐND của HĐND tỉnh Lạng Sơn (bản tóm tắt)",
        ),
        (TextKind.DIGEST, None, "Nghị quyết của HĐND tỉnh Lạng Sơn (15/07/2025, bản tóm tắt)"),
        (
            TextKind.CATALOGUE,
            "223-NQ/TU",
            "Nghị quyết số 223-NQ/TU của HĐND tỉnh Lạng Sơn (chưa có toàn văn)",
        ),
        (TextKind.OFFICIAL, "19/2025/NQ-HĐND", "Nghị quyết số 19/2025/NQ-HĐND của HĐND tỉnh Lạng Sơn"),
        (TextKind.UNNUMBERED_COPY, "5/KH-UBND", "Nghị quyết số 5/KH-UBND của HĐND tỉnh Lạng Sơn"),
    ],
)
def test_the_short_name_says_what_stands_in_for_the_official_text(
    kind: TextKind, number: str | None, name: str
) -> None:
    assert replace(METADATA, kind=kind, number=number).short_name == name


def test_a_citation_of_the_shipped_digest_says_that_it_is_one(documents: Mapping[str, Document]) -> None:
    metadata = documents["nq-19-2025-nq-hdnd"].metadata
    assert metadata.short_name == "Nghị quyết số 19/2025/NQ-HĐND của HĐND tỉnh Lạng Sơn (bản tóm tắt)"
    assert metadata.caveat is not None
    assert metadata.caveat.startswith("Bản tóm tắt, không phải lời văn chính thức. Nguồn: báo Lao Động")


def test_only_an_official_text_goes_without_a_caveat() -> None:
    assert [kind for kind in TextKind if replace(METADATA, kind=kind).caveat is None] == [TextKind.OFFICIAL]
    assert "đối chiếu" in CAVEATS[TextKind.UNNUMBERED_COPY]


@pytest.mark.parametrize("name", [DECISION, PLAN])
def test_the_shipped_documents_are_unnumbered_copies(documents: Mapping[str, Document], name: str) -> None:
    metadata = documents[name].metadata
    assert metadata.number is None
    assert metadata.kind is TextKind.UNNUMBERED_COPY
    assert metadata.caveat
    assert "bản chưa ghi số, ngày" in metadata.short_name
