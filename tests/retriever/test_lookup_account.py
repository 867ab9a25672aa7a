"""What a look-up tells besides the provision: reasons, mentions, what is missing; and where it was read."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

import pytest

from corpus.address import Address, Level, Unit
from corpus.citation import parse_citations
from corpus.document import Document, Metadata, Provision, Reading, Role, TextKind
from retriever.lookup import Lookup, LookupStatus, Resolved

RULES = Metadata(
    id="quy-che",
    type="Quyết định",
    number="63/2017/QĐ-UBND",
    issuer="UBND tỉnh Lạng Sơn",
    date="2017-12-20",
    title="Ban hành Quy chế quản lý di tích",
    signer=None,
    file="qd.txt",
    sha256="",
    kind=TextKind.OFFICIAL,
    source="",
)
ROOT = Address(RULES.id)
FIRST = ROOT.child(Level.ARTICLE, "1")
ANNEX = ROOT.child(Level.ANNEX, "quy-che")
INSIDE = ANNEX.child(Level.ARTICLE, "3")
QUOTED = FIRST.child(Level.QUOTED, "1")


def node(address: Address, *children: Provision) -> Provision:
    return Provision(address, Role.UNIT if address.units else Role.ROOT, text=Reading("…"), children=children)


def rules() -> Document:
    """A decision of two Điều, with words it puts into another text, and a Quy chế that begins at Điều 1."""
    own = [node(FIRST, node(QUOTED)), node(ROOT.child(Level.ARTICLE, "2"))]
    annexed = [node(ANNEX.child(Level.ARTICLE, number)) for number in ("1", "2")]
    clauses = [node(INSIDE.child(Level.CLAUSE, number)) for number in ("1", "2")]
    return Document(RULES, "", node(ROOT, *own, node(ANNEX, *annexed, node(INSIDE, *clauses))), ())


@pytest.fixture(scope="module")
def lookup(documents: Mapping[str, Document]) -> Lookup:
    return Lookup({**documents, RULES.id: rules()})


def one(lookup: Lookup, text: str, here: Address | None = None) -> Resolved:
    (resolved,) = lookup.resolve_text(text, here)
    return resolved


@pytest.mark.parametrize(
    ("cited", "here", "path"),
    [
        ("Điều 1", FIRST, "dieu-1"),
        ("Điều 1", INSIDE, "phu-luc-quy-che/dieu-1"),  # an annex begins at Điều 1 again
        ("khoản 2 Điều 3", INSIDE, "phu-luc-quy-che/dieu-3/2"),
        ("Điều 2 Quy chế này", INSIDE, "phu-luc-quy-che/dieu-2"),
        ("Điều 2 Quyết định này", INSIDE, "dieu-2"),
        ("khoản 2 Điều này", INSIDE.child(Level.CLAUSE, "1"), "phu-luc-quy-che/dieu-3/2"),
        ("Điều 1 Quyết định này", FIRST, "dieu-1"),
        ("Quyết định này", FIRST, ""),
    ],
)
def test_read_inside_a_document(lookup: Lookup, cited: str, here: Address, path: str) -> None:
    resolved = one(lookup, cited, here)
    assert resolved.status is LookupStatus.EXACT
    assert resolved.provision is not None
    assert (resolved.document, resolved.provision.address.path) == (RULES.id, path)


@pytest.mark.parametrize(
    ("cited", "here"),
    [
        ("Luật này", FIRST),  # a decision is no law
        ("Quy chế này", FIRST),  # read outside the Quy chế
        ("khoản 1 Điều này", QUOTED),  # the words are another instrument's
        ("Điều 2", QUOTED),
        ("mục 1 Chương này", FIRST),
        ("Điều này", Address("khong-co")),
    ],
)
def test_what_cannot_be_told_from_where_it_stands(lookup: Lookup, cited: str, here: Address) -> None:
    resolved = one(lookup, cited, here)
    assert resolved.status is LookupStatus.UNREADABLE
    assert resolved.message.startswith("Cách dẫn này chỉ hiểu được")


def test_what_an_amending_text_changes_is_none_of_ours(lookup: Lookup) -> None:
    assert one(lookup, "Sửa đổi khoản 2 Điều 3 như sau: “2. …”").status is LookupStatus.UNREADABLE
    named = lookup.resolve_text("một số điều của Nghị quyết số 82/NQ-CP: 1. Sửa đổi Điều 3 như sau: “3. …”")
    assert [each.status for each in named] == [LookupStatus.MENTIONED] * 2


def test_what_a_document_does_not_have_is_missing_there(lookup: Lookup) -> None:
    resolved = one(lookup, "Điều 9", FIRST)
    assert (resolved.status, resolved.document) == (LookupStatus.DOCUMENT_ONLY, RULES.id)
    assert resolved.message == "Không có Điều 9: văn bản có các Điều 1, 2."


def test_an_instrument_named_before_is_looked_up(lookup: Lookup) -> None:
    *_, above = lookup.resolve_text("theo Nghị quyết số 82/NQ-CP; Điều 2 Nghị quyết nêu trên")
    assert above.status is LookupStatus.MENTIONED
    assert [each.address for each in lookup.mentions(above)] == list(above.candidates)


def test_every_place_it_may_be_says_why(lookup: Lookup) -> None:
    resolved = one(lookup, "mục II.2")
    assert resolved.status is LookupStatus.AMBIGUOUS
    assert dict(zip(map(str, resolved.candidates), resolved.reasons, strict=True)) == {
        "kh-du-lich-cvdc-2026/muc-ii/muc-2": (
            "cùng mục II.2, thuộc Kế hoạch của UBND tỉnh Lạng Sơn (tháng 02/2026, bản chưa ghi số, ngày)"
        ),
        "qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-ii/khoan-2": (
            "cùng mục II.2, văn bản viết là khoản 2 mục II Điều 1, thuộc Điều 1 Quyết định của Chủ tịch UBND "
            "tỉnh Lạng Sơn (năm 2026, bản chưa ghi số, ngày)"
        ),
    }


def test_what_is_called_as_cited_comes_first(lookup: Lookup) -> None:
    resolved = one(lookup, "khoản 1")
    levels = [address.units[-1].level for address in resolved.candidates]
    assert levels[0] is Level.CLAUSE
    assert levels == sorted(levels, key=lambda level: level is not Level.CLAUSE)


def test_what_is_nearest_to_the_reader_comes_first(lookup: Lookup) -> None:
    here = Address(
        "qd-dieu-chinh-quy-hoach-2026",
        (Unit(Level.ARTICLE, "1"), Unit(Level.SECTION, "v"), Unit(Level.CLAUSE, "2")),
    )
    resolved = one(lookup, "khoản 1 Điều 1", here)
    assert resolved.status is LookupStatus.AMBIGUOUS
    assert resolved.candidates[0].path == "dieu-1/v/1"
    assert resolved.reasons[0].startswith("cùng khoản 1 Điều 1, thuộc mục V (PHƯƠNG ÁN")


def test_one_name_of_two_laws(lookup: Lookup) -> None:
    resolved = one(lookup, "Điều 5 Luật Quy hoạch")
    assert resolved.status is LookupStatus.AMBIGUOUS
    assert resolved.unheld
    assert [each.date for each in resolved.instruments] == ["2017-11-24", "2025-12-10"]
    assert "Luật Quy hoạch ngày 24/11/2017; Luật Quy hoạch ngày 10/12/2025" in resolved.message
    assert len(resolved.reasons) == len(resolved.candidates) == 2


def test_a_title_of_another_province_is_not_held(lookup: Lookup) -> None:
    cited = "Điều 2 Quyết định điều chỉnh quy hoạch tỉnh"
    assert one(lookup, f"{cited} Lạng Sơn").status is LookupStatus.EXACT
    assert one(lookup, f"{cited} Bắc Ninh").status is LookupStatus.UNKNOWN


def test_who_mentions_a_document_that_is_not_held(lookup: Lookup) -> None:
    resolved = one(lookup, "Quyết định số 236/QĐ-TTg")
    said = lookup.mentions(resolved)
    assert [each.address for each in said] == list(resolved.candidates)
    assert all("236/QĐ-TTg" in each.text and len(each.text) <= 300 for each in said)
    assert said[0].subject is not None
    assert said[0].subject.startswith("phê duyệt Quy hoạch tỉnh Lạng Sơn")


def test_who_mentions_a_document_of_which_only_a_digest_is_held(lookup: Lookup) -> None:
    resolved = one(lookup, "Điều 3 Nghị quyết số 223-NQ/TU")
    assert resolved.status is LookupStatus.TEXT_NOT_HELD
    assert lookup.mentions(resolved)[0].address.permalink == "kh-du-lich-cvdc-2026/mo-dau/doan-1"


@pytest.mark.parametrize("cited", ["Phụ lục XXI", "Phụ lục 21 Quyết định điều chỉnh quy hoạch"])
def test_who_points_to_an_annex_that_is_not_held(lookup: Lookup, cited: str) -> None:
    resolved = one(lookup, cited)
    assert resolved.status is LookupStatus.DOCUMENT_ONLY
    (said,) = lookup.mentions(resolved)
    assert said.text == "(Chi tiết tại Phụ lục XXI kèm theo)"
    assert resolved.message.startswith("Kho chưa có Phụ lục ")


def test_a_citation_that_is_found_has_no_mentions(lookup: Lookup) -> None:
    assert lookup.mentions(one(lookup, "khoản 2 Điều 2")) == ()
    assert lookup.mentions(one(lookup, "xin chào")) == ()


@pytest.mark.parametrize(
    ("cited", "message"),
    [
        ("khoản 2 Điều 4", "Không có khoản 2: Điều 4 không có khoản nào."),
        ("Điều 3 Kế hoạch du lịch", "Không có Điều 3: văn bản không có Điều nào."),
        ("mục V Kế hoạch du lịch", "Không có mục V: văn bản có các mục I, II, III, IV."),
        ("III.1.3.c", "Không có điểm c: mục III.1.3 không có điểm nào."),
        ("khoản 5 mục II Điều 1", "Không có khoản 5: mục II Điều 1 có các khoản 1, 2, 3, 4."),
    ],
)
def test_what_is_missing_and_what_there_is(
    documents: Mapping[str, Document], cited: str, message: str
) -> None:
    resolved = one(Lookup(documents), cited)
    assert (resolved.status, resolved.message) == (LookupStatus.DOCUMENT_ONLY, message)


def test_the_only_annex_needs_no_number() -> None:
    lookup = Lookup({RULES.id: rules()})
    resolved = one(lookup, "Phụ lục ban hành kèm theo Quyết định số 63/2017/QĐ-UBND")
    assert resolved.permalink == f"{RULES.id}/phu-luc-quy-che"


def test_what_is_remembered_is_told_of_each_citation_apart(lookup: Lookup) -> None:
    first, second = lookup.resolve_text("khoản 2 Điều 2; khoản 2 Điều 2")
    assert first.citation is not None
    assert second.citation is not None
    assert first.citation.span != second.citation.span
    assert replace(first, citation=None) == replace(second, citation=None)


def test_a_number_without_its_year_is_that_of_the_day_and_the_province(lookup: Lookup) -> None:
    same = one(lookup, "Nghị quyết số 19/NQ-HĐND ngày 15/7/2025 của HĐND tỉnh")
    assert (same.status, same.document) == (LookupStatus.TEXT_NOT_HELD, "nq-19-2025-nq-hdnd")
    for other in ("ngày 15/7/2024", "ngày 15/7/2025 của HĐND tỉnh Cao Bằng"):
        assert one(lookup, f"Nghị quyết số 19/NQ-HĐND {other}").status is LookupStatus.UNKNOWN


def test_a_whole_text_is_looked_up_in_time(lookup: Lookup, documents: Mapping[str, Document]) -> None:
    text = documents["kh-du-lich-cvdc-2026"].original
    lookup.resolve_text(text)
    start = time.process_time()
    assert len(lookup.resolve_text(text)) > 30
    assert time.process_time() - start < 0.5  # a quiet machine takes a tenth of it
    citations = parse_citations("khoản 1, " * 7000)
    start = time.process_time()
    assert {lookup.resolve(each).status for each in citations} == {LookupStatus.AMBIGUOUS}
    assert time.process_time() - start < 1
