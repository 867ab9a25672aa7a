from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from corpus.address import Address, Level, Unit, spoken
from corpus.citation import parse_citations
from corpus.document import Document, Metadata, Provision, Reading, Role, TextKind
from retriever.lookup import Lookup, LookupStatus, Resolved
from retriever.unit_path import fit, path_steps

LAW = Metadata(
    id="nq-19-2025-nq-hdnd",
    type="Nghị quyết",
    number="19/2025/NQ-HĐND",
    issuer="HĐND tỉnh Lạng Sơn",
    date="2025-07-15",
    title="Quy định một số chính sách hỗ trợ phát triển du lịch cộng đồng",
    signer=None,
    file="nq.txt",
    sha256="",
    kind=TextKind.OFFICIAL,
    source="",
)


def provision(address: Address, text: str = "", *children: Provision) -> Provision:
    role = Role.UNIT if address.units else Role.ROOT
    return Provision(address, role, text=Reading(text), children=children)


def resolution(kind: TextKind = TextKind.OFFICIAL) -> Document:
    """Điều 1 with khoản 1 (điểm a, b, đ) and 2; Điều 2 with khoản 1; Phụ lục I with Điều 1 again."""
    root = Address(LAW.id)
    first, second = root.child(Level.ARTICLE, "1"), root.child(Level.ARTICLE, "2")
    clause = first.child(Level.CLAUSE, "1")
    annex = root.child(Level.ANNEX, "i")
    tree = provision(
        root,
        "",
        provision(
            first,
            "",
            provision(clause, "", *(provision(clause.child(Level.POINT, letter)) for letter in "abđ")),
            provision(first.child(Level.CLAUSE, "2"), "theo khoản 2 Điều 9 Luật Du lịch năm 2017"),
        ),
        provision(
            second,
            "",
            provision(second.child(Level.CLAUSE, "1"), "Nghị quyết số 17/2020/NQ-HĐND hết hiệu lực"),
        ),
        provision(annex, "", provision(annex.child(Level.ARTICLE, "1"))),
    )
    return Document(replace(LAW, kind=kind), "", tree, ())


@pytest.fixture(scope="module")
def real(documents: Mapping[str, Document]) -> Mapping[str, Document]:
    """The shipped documents whose own text is held."""
    stand_ins = (TextKind.DIGEST, TextKind.CATALOGUE)
    return {id_: each for id_, each in documents.items() if each.metadata.kind not in stand_ins}


@pytest.fixture(scope="module")
def lookup(real: Mapping[str, Document]) -> Lookup:
    return Lookup({**real, LAW.id: resolution()})


def one(lookup: Lookup, text: str, here: Address | None = None) -> Resolved:
    (resolved,) = lookup.resolve_text(text, here)
    return resolved


@pytest.mark.parametrize(
    ("cited", "permalink"),
    [
        ("điểm b khoản 1 Điều 1 Nghị quyết số 19/2025/NQ-HĐND", "dieu-1/khoan-1/diem-b"),
        ("Điều 1, khoản 1, điểm đ, NQ 19", "dieu-1/khoan-1/diem-đ"),
        ("khoản 1 Điều 2 Nghị quyết số 19/NQ-HĐND ngày 15/7/2025 của HĐND tỉnh", "dieu-2/khoan-1"),
        ("dieu 2 nghi quyet 19/2025/nq-hdnd", "dieu-2"),
        ("Điều 1 Phụ lục I Nghị quyết 19", "phu-luc-i/dieu-1"),
        ("Điều 1 Phụ lục 1 Nghị quyết 19", "phu-luc-i/dieu-1"),
        ("Điều 1 Nghị quyết 19", "dieu-1"),
        ("Nghị quyết số 19/2025/NQ-HĐND", ""),
    ],
)
def test_by_number(lookup: Lookup, cited: str, permalink: str) -> None:
    resolved = one(lookup, cited)
    assert (resolved.status, resolved.permalink) == (LookupStatus.EXACT, f"{LAW.id}/{permalink}".rstrip("/"))


@pytest.mark.parametrize(
    ("cited", "permalink"),
    [
        ("điểm a mục III.1.7 Kế hoạch du lịch", "kh-du-lich-cvdc-2026/muc-iii/muc-1/tieu-muc-1.7/diem-a"),
        ("điểm a 1.7 mục III Kế hoạch", "kh-du-lich-cvdc-2026/muc-iii/muc-1/tieu-muc-1.7/diem-a"),
        ("mục 1.3 phần III", "kh-du-lich-cvdc-2026/muc-iii/muc-1/tieu-muc-1.3"),
        ("mục II.2 Kế hoạch của UBND tỉnh Lạng Sơn (tháng 02/2026)", "kh-du-lich-cvdc-2026/muc-ii/muc-2"),
        ("mục II.2 Kế hoạch du lịch 2026", "kh-du-lich-cvdc-2026/muc-ii/muc-2"),
        ("khoản 2 mục V Điều 1", "qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v/khoan-2"),
        ("Điều 1 mục V khoản 2", "qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v/khoan-2"),
        ("khoản 2 mục V", "qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v/khoan-2"),
        ("mục V Điều 1", "qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v"),
        ("Điều 1 mục V", "qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v"),
        (
            "điểm h mục III.2 Quyết định điều chỉnh quy hoạch",
            "qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-iii/khoan-2/diem-h",
        ),
        ("dieu 4 quyet dinh dieu chinh quy hoach", "qd-dieu-chinh-quy-hoach-2026/dieu-4"),
        ("mục III.2 Kế hoạch CVĐC", "kh-du-lich-cvdc-2026/muc-iii/muc-2"),
    ],
)
def test_by_type_title_issuer_or_path_alone(lookup: Lookup, cited: str, permalink: str) -> None:
    resolved = one(lookup, cited)
    assert (resolved.status, resolved.permalink) == (LookupStatus.EXACT, permalink)


def test_every_provision_is_found_by_the_citation_it_is_shown_with(real: Mapping[str, Document]) -> None:
    lookup = Lookup(real)
    lost = []
    for document in real.values():
        for node in document.root.walk():
            cited = f"{spoken(node.address)}, {document.metadata.short_name}"
            if node.address.units and [r.provisions for r in lookup.resolve_text(cited)] != [(node,)]:
                lost.append(cited)
    assert lost == []


@pytest.mark.parametrize(
    "cited",
    [
        "III.2.g",
        "mục III.2.g Quyết định điều chỉnh quy hoạch",
        "điểm g khoản 2 mục III Điều 1",
        "điểm g khoản 2 mục III",
    ],
)
def test_the_missing_point_is_said_and_what_there_is(lookup: Lookup, cited: str) -> None:
    resolved = one(lookup, cited)
    assert resolved.status is LookupStatus.DOCUMENT_ONLY
    assert resolved.document == "qd-dieu-chinh-quy-hoach-2026"
    (missing,) = resolved.missing
    assert (missing.unit.level, missing.unit.marker) == (Level.POINT, "g")
    assert missing.under.path == "dieu-1/iii/2"
    assert missing.available == ("a", "b", "c", "d", "đ", "e", "h")
    assert resolved.message == ("Không có điểm g: khoản 2 mục III Điều 1 có các điểm a, b, c, d, đ, e, h.")


def test_the_level_that_fails_is_the_outermost_one(lookup: Lookup) -> None:
    (missing,) = one(lookup, "điểm a khoản 5 Điều 1 Nghị quyết 19").missing
    assert (missing.unit.level, missing.unit.marker, missing.available) == (Level.CLAUSE, "5", ("1", "2"))
    (missing,) = one(lookup, "Điều 9 Quyết định điều chỉnh quy hoạch").missing
    assert (missing.under.units, missing.available) == ((), ("1", "2", "3", "4"))


def test_an_absent_annex_names_the_provision_that_points_to_it(lookup: Lookup) -> None:
    resolved = one(lookup, "Phụ lục XXI")
    assert resolved.status is LookupStatus.DOCUMENT_ONLY
    assert [str(address) for address in resolved.candidates] == [
        "qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-ix/khoan-2/doan-3"
    ]


def test_no_document_named_and_several_fit(lookup: Lookup) -> None:
    resolved = one(lookup, "mục II.2")
    assert resolved.status is LookupStatus.AMBIGUOUS
    assert {address.permalink for address in resolved.candidates} == {
        "kh-du-lich-cvdc-2026/muc-ii/muc-2",
        "qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-ii/khoan-2",
    }


def test_a_title_that_fits_badly_is_never_taken_for_sure(lookup: Lookup) -> None:
    assert one(lookup, "phần III Kế hoạch phát triển kinh tế xã hội").status is LookupStatus.AMBIGUOUS


@pytest.mark.parametrize(
    ("cited", "first", "count"),
    [
        ("Nghị quyết số 223-NQ/TU", "kh-du-lich-cvdc-2026/mo-dau/doan-1", 3),
        ("Điều 3 NQ 223", "kh-du-lich-cvdc-2026/mo-dau/doan-1", 3),
        ("Luật Quy hoạch ngày 10/12/2025", "qd-dieu-chinh-quy-hoach-2026/mo-dau/doan-4", 1),
        ("QĐ 236", "qd-dieu-chinh-quy-hoach-2026/mo-dau/doan-9", 2),
        ("nghi quyet 17/2020/nq-hdnd", f"{LAW.id}/dieu-2/khoan-1", 1),
    ],
)
def test_not_held_but_mentioned(lookup: Lookup, cited: str, first: str, count: int) -> None:
    resolved = one(lookup, cited)
    assert resolved.status is LookupStatus.MENTIONED
    assert resolved.candidates[0].permalink == first
    assert len(resolved.candidates) >= count


def test_mentions_are_found_whether_stored_or_read_now(real: Mapping[str, Document]) -> None:
    bare = {id_: replace(each, mentions=()) for id_, each in real.items()}
    for cited in ("QĐ 236", "Nghị quyết số 82/NQ-CP", "Luật Bảo vệ môi trường năm 2020"):
        assert one(Lookup(bare), cited).candidates == one(Lookup(real), cited).candidates


@pytest.mark.parametrize(
    "cited",
    [
        "khoản 2 Điều 3 Thông tư 50/2017/TT-BTNMT",
        "Luật Thư viện",
        "Nghị quyết số 19/2024/NQ-HĐND",
        "Nghị quyết số 19/2025/NQ-HĐND của HĐND tỉnh Cao Bằng",
        "Nghị quyết số 17/2020/NQ-HĐND của HĐND tỉnh Cao Bằng",
        "Kế hoạch số 258/KH-UBND ngày 27/9/2024",
    ],
)
def test_another_year_or_province_is_another_instrument(lookup: Lookup, cited: str) -> None:
    assert one(lookup, cited).status is LookupStatus.UNKNOWN


def test_a_catalogue_entry_is_not_the_text(documents: Mapping[str, Document]) -> None:
    resolved = one(Lookup(documents), "Điều 3 Nghị quyết số 223-NQ/TU")
    assert (resolved.status, resolved.document) == (LookupStatus.TEXT_NOT_HELD, "nq-223-nq-tu")


def test_a_digest_is_not_the_text() -> None:
    lookup = Lookup({LAW.id: resolution(TextKind.DIGEST)})
    resolved = one(lookup, "Điều 1 Nghị quyết số 19/2025/NQ-HĐND")
    assert (resolved.status, resolved.document) == (LookupStatus.TEXT_NOT_HELD, LAW.id)


def test_lists_and_ranges(lookup: Lookup) -> None:
    listed = lookup.resolve_text("điểm a, b khoản 1 Điều 1 Nghị quyết 19")
    assert [resolved.permalink for resolved in listed] == [
        f"{LAW.id}/dieu-1/khoan-1/diem-a",
        f"{LAW.id}/dieu-1/khoan-1/diem-b",
    ]
    ranged = one(lookup, "từ điểm a đến điểm đ khoản 1 Điều 1 Nghị quyết 19")
    assert [node.address.units[-1].marker for node in ranged.provisions] == ["a", "b", "đ"]
    beyond = one(lookup, "khoản 1 đến khoản 9 Điều 1 Nghị quyết 19")
    assert beyond.status is LookupStatus.DOCUMENT_ONLY
    assert beyond.missing[0].available == ("1", "2")


def test_relatives_need_the_place_they_were_read_at(lookup: Lookup) -> None:
    here = Address(LAW.id, (Unit(Level.ARTICLE, "1"), Unit(Level.CLAUSE, "1"), Unit(Level.POINT, "a")))
    assert one(lookup, "khoản 2 Điều này", here).permalink == f"{LAW.id}/dieu-1/khoan-2"
    assert one(lookup, "điểm b khoản này", here).permalink == f"{LAW.id}/dieu-1/khoan-1/diem-b"
    assert one(lookup, "Điều 2 Nghị quyết này", here).permalink == f"{LAW.id}/dieu-2"
    assert one(lookup, "khoản 2 Điều này").status is LookupStatus.UNREADABLE
    assert one(lookup, "Điều 2 Nghị quyết này").status is LookupStatus.UNREADABLE


@pytest.mark.parametrize("text", ["chào bạn", "", "Khoản vay là gì?"])
def test_text_without_a_citation(lookup: Lookup, text: str) -> None:
    assert one(lookup, text) == Resolved(LookupStatus.UNREADABLE, None)


def test_nothing_held() -> None:
    assert one(Lookup({}), "Điều 5").status is LookupStatus.UNKNOWN


def test_every_status_says_something(lookup: Lookup) -> None:
    for cited in ("Điều 2 NQ 19", "III.2.g", "mục II.2", "QĐ 236", "Luật Thư viện", "xin chào"):
        assert one(lookup, cited).message.endswith((".", "”."))


def test_words_are_aliases_but_articles_are_not() -> None:
    clause = path_steps([(Level.ARTICLE, "1"), (Level.SECTION, "v"), (Level.CLAUSE, "2")])
    assert fit(path_steps(c.units[0] for c in parse_citations("mục 2")), clause) is not None
    assert fit(path_steps([(Level.ARTICLE, "2")]), clause) is None
    assert fit(path_steps([(Level.SECTION, "v.2")]), clause) == fit(
        path_steps([(Level.SECTION, "v"), (None, "2")]), clause
    )
    assert path_steps([(Level.SECTION, "1"), (Level.SUBSECTION, "1.7")]) == path_steps(
        [(Level.SECTION, "1"), (Level.SUBSECTION, "7")]
    )


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Điều 1 Quy định ban hành kèm theo Nghị quyết số 19/2025/NQ-HĐND", "phu-luc-quy-dinh/dieu-1"),
        ("Điều 1 Nghị quyết số 19/2025/NQ-HĐND", "dieu-1"),
        ("Điều 1 Quy chế ban hành kèm theo Nghị quyết số 19/2025/NQ-HĐND", "dieu-1"),  # no such annex
    ],
)
def test_what_is_annexed_under_a_name_is_cited_by_it(text: str, path: str) -> None:
    root = Address(LAW.id)
    annex = root.child(Level.ANNEX, "quy-dinh")
    own, annexed = root.child(Level.ARTICLE, "1"), annex.child(Level.ARTICLE, "1")
    tree = provision(root, "", provision(own), provision(annex, "", provision(annexed)))
    (found,) = Lookup({LAW.id: Document(LAW, "", tree, ())}).resolve_text(text)
    assert found.status is LookupStatus.EXACT
    assert found.provision is not None
    assert found.provision.address.path == path


def test_a_place_without_an_instrument_is_none_of_a_digest(documents: Mapping[str, Document]) -> None:
    (found,) = Lookup(documents).resolve_text("mục 2")
    assert {address.document for address in found.candidates} <= {
        "kh-du-lich-cvdc-2026",
        "qd-dieu-chinh-quy-hoach-2026",
    }
