"""Addresses: path, permalink, the way an official says them, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import ANNEXED, Address, Level, Unit, annex_marker, path_of, spoken
from corpus.errors import AddressError

ALONE = [Level.HEAD, Level.PREAMBLE, Level.CLOSING, Level.RECIPIENTS, Level.SIGNATURE]
MARKERS = st.one_of(
    st.integers(0, 150).map(str),
    st.sampled_from([*"abcdđeghiklmnopqrstuvxy", "ii", "iii", "iv", "xxiv", "5a", "12đ", "1.lan2", "a.lan3"]),
    st.tuples(st.integers(1, 20), st.integers(1, 20)).map(lambda pair: f"{pair[0]}.{pair[1]}"),
)
UNITS = st.one_of(
    st.sampled_from(ALONE).map(Unit),
    st.builds(Unit, st.sampled_from([level for level in Level if level not in ALONE]), MARKERS),
)
ADDRESSES = st.builds(
    Address,
    st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,3}", fullmatch=True),
    st.lists(UNITS, max_size=6).map(tuple),
)


def address(*units: tuple[Level, str], document: str = "vb") -> Address:
    """An address in few words."""
    return Address(document, tuple(Unit(level, marker) for level, marker in units))


DECISION_POINT = address(
    (Level.ARTICLE, "1"), (Level.SECTION, "iii"), (Level.CLAUSE, "2"), (Level.POINT, "đ"), (Level.DASH, "1")
)
PLAN_POINT = address(
    (Level.SECTION, "iii"), (Level.SECTION, "1"), (Level.SUBSECTION, "1.7"), (Level.POINT, "đ")
)

CASES = [
    (
        DECISION_POINT,
        "dieu-1/iii/2/đ/gach-1",
        "vb/dieu-1/muc-iii/khoan-2/diem-đ/gach-1",
        "gạch đầu dòng thứ nhất điểm đ khoản 2 mục III Điều 1",
    ),
    (PLAN_POINT, "iii/1/1.7/đ", "vb/muc-iii/muc-1/tieu-muc-1.7/diem-đ", "điểm đ mục III.1.7"),
    (address((Level.SECTION, "ii"), (Level.SECTION, "2")), "ii/2", "vb/muc-ii/muc-2", "mục II.2"),
    (
        address((Level.ANNEX, "ii"), (Level.ARTICLE, "5a")),
        "phu-luc-ii/dieu-5a",
        "vb/phu-luc-ii/dieu-5a",
        "Điều 5a Phụ lục II",
    ),
    (
        address((Level.ANNEX, "quy-che"), (Level.ARTICLE, "3")),
        "phu-luc-quy-che/dieu-3",
        "vb/phu-luc-quy-che/dieu-3",
        "Điều 3 Quy chế ban hành kèm theo",
    ),
    (
        address((Level.ANNEX, "1"), (Level.FORM, "2"), (Level.SECTION, "i")),
        "phu-luc-1/mau-2/i",
        "vb/phu-luc-1/mau-2/muc-i",
        "mục I Mẫu số 2 Phụ lục 1",
    ),
    (
        address((Level.SECTION, "i"), (Level.DASH, "2"), (Level.FOOTNOTE, "1")),
        "i/gach-2/chu-thich-1",
        "vb/muc-i/gach-2/chu-thich-1",
        "chú thích 1 gạch đầu dòng thứ 2 mục I",
    ),
    (
        address((Level.PREAMBLE, ""), (Level.PARAGRAPH, "1")),
        "mo-dau/doan-1",
        "vb/mo-dau/doan-1",
        "đoạn thứ nhất phần mở đầu",
    ),
    (address(), "", "vb", "toàn văn"),
]


@pytest.mark.parametrize(("where", "path", "permalink", "said"), CASES)
def test_the_spellings_of_an_address(where: Address, path: str, permalink: str, said: str) -> None:
    assert (where.path, where.permalink, spoken(where)) == (path, permalink, said)
    assert str(where) == permalink


@given(ADDRESSES)
def test_permalink_and_path_name_the_same_place(where: Address) -> None:
    assert path_of(where.permalink) == (where.document, where.path)
    assert path_of(f"{where.document}/{where.path}") == (where.document, where.path)
    assert path_of(f"/{where.permalink}/") == (where.document, where.path)


@given(ADDRESSES)
def test_an_address_is_said_without_its_document(where: Address) -> None:
    said = spoken(where)
    assert said
    assert said == said.strip()
    assert spoken(Address("khac", where.units)) == said


@given(ADDRESSES, ADDRESSES)
def test_an_address_contains_its_descendants_only(where: Address, other: Address) -> None:
    below = Address(where.document, (*where.units, *other.units))
    assert where.contains(where)
    assert where.contains(below)
    assert below.contains(where) is not bool(other.units)
    assert all(above.contains(where) and above != where for above in where.ancestors())
    assert len(list(where.ancestors())) == len(where.units)


@pytest.mark.parametrize(
    ("where", "other"),
    [
        (address((Level.ARTICLE, "1")), address((Level.ARTICLE, "10"))),
        (address((Level.SECTION, "i")), address((Level.SECTION, "ii"))),
        (address((Level.ARTICLE, "1")), address((Level.ARTICLE, "1"), document="vb-khac")),
    ],
)
def test_neighbours_and_other_documents_are_not_contained(where: Address, other: Address) -> None:
    assert not where.contains(other)


def test_a_child_is_one_step_further_down() -> None:
    child = address((Level.ARTICLE, "2")).child(Level.CLAUSE, "1").child(Level.POINT, "đ")
    assert child.permalink == "vb/dieu-2/khoan-1/diem-đ"
    assert [above.path for above in child.ancestors()] == ["", "dieu-2", "dieu-2/1"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "Vb/dieu-1",
        "văn-bản/dieu-1",
        "vb//dieu-1",
        "vb/dieu-",
        "vb/dieu",
        "vb/dieu-1 ",
        "vb/khoan-A",
        "vb/tieu-de-3",
        "vb/1..",
        "vb/../1",
        "vb/diem-ă",
        "vb/dieu-1/khoản-2",
        "vb/dieu-1/dieu 2",
    ],
)
def test_what_is_no_address_is_refused_in_vietnamese(text: str) -> None:
    with pytest.raises(AddressError, match=r"địa chỉ|không mang số|Ký hiệu"):
        path_of(text)


@given(st.text(max_size=30))
def test_any_string_gives_an_address_or_an_address_error(text: str) -> None:
    try:
        document, path = path_of(text)
    except AddressError:
        return
    assert path_of(f"{document}/{path}") == (document, path)


@pytest.mark.parametrize(
    ("level", "marker"),
    [
        (Level.CLAUSE, ""),
        (Level.POINT, "Đ"),
        (Level.CLAUSE, "1."),
        (Level.CLAUSE, "1/2"),
        (Level.ARTICLE, "một"),
        (Level.HEAD, "1"),
        (Level.CLAUSE, "٣"),
    ],
)
def test_a_unit_takes_only_a_marker_that_an_address_can_hold(level: Level, marker: str) -> None:
    with pytest.raises(AddressError):
        Unit(level, marker)


@pytest.mark.parametrize(("marker", "name"), ANNEXED.items())
def test_what_is_annexed_under_a_name_has_an_address(marker: str, name: str) -> None:
    where = address((Level.ANNEX, marker))
    assert annex_marker(name) == annex_marker(name.upper()) == marker
    assert path_of(where.permalink) == ("vb", f"phu-luc-{marker}")
    assert spoken(where) == f"{name} ban hành kèm theo"


@pytest.mark.parametrize("permalink", ["vb/phu-luc-giay-moi", "vb/dieu-quy-che", "vb/quy-che"])
def test_no_other_name_stands_in_an_address(permalink: str) -> None:
    with pytest.raises(AddressError):
        path_of(permalink)
    assert annex_marker("Giấy mời") is None
