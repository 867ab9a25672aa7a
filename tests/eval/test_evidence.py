"""The folding rule, and which list a piece of evidence stands in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.manifest import SHIPPED, load
from eval.evidence import Gold, Library, enumerations, folded
from ingest.pipeline import read_document

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
PLAN, DECISION = "kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Uỷ ban nhân dân", "ỦY BAN NHÂN DÂN"),
        ("xã hội hoá cao", "xã hội hóa cao"),
        ("10 - \n\n11%", "10–11%"),
        ("“*Lạng Sơn - điểm đến an toàn*”", '"Lạng Sơn — điểm đến an toàn"'),
        ("‘di sản’", "“di sản”"),
        ("khu\u00a0công nghiệp", "khu công\tnghiệp"),
        ("Quy hoạch", "Quy hoạch"),  # NFD
    ],
)
def test_equal_after_folding(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("phố", "phổ"), ("08 khu", "8 khu"), ("đường", "dường")])
def test_different_after_folding(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_a_quote_is_found_across_the_hard_wraps_of_the_original() -> None:
    original = (DOCUMENTS / "qd-dieu-chinh-quy-hoach-2026.txt").read_text(encoding="utf-8")
    gold = Gold("qd", ("toàn tỉnh có 08 khu công nghiệp, sau năm 2030 có thêm 11 khu công nghiệp",))
    assert gold.stands_in("qd", original)
    assert not gold.stands_in("kh", original)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng", ("ii/2",)),
        ("5.000 tỷ đồng. - Phấn đấu đạt khoảng 325 cơ sở", ("ii/2",)),  # over two items
        ("2. Mục tiêu cụ thể", ()),  # the line above the list
        ("Tổ chức kiểm tra, rà soát thực trạng", ()),  # in no list
        ("Phấn đấu đạt 9.000 cơ sở lưu trú", ()),  # nowhere
    ],
)
def test_enumerations(plan: Document, quote: str, expected: tuple[str, ...]) -> None:
    assert enumerations(Gold(PLAN, (quote,)), plan) == expected


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, Document]:
    return {entry.metadata.id: read_document(entry) for entry in load(SHIPPED)}


@pytest.mark.parametrize(
    ("document", "quote", "expected"),
    [
        (PLAN, "tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng", ("ii/2",)),
        (DECISION, "sau năm 2030 có thêm 11 khu công nghiệp", ()),  # a paragraph of its own
        (
            DECISION,
            "Tỷ lệ khu công nghiệp, khu chế xuất đang hoạt động có hệ thống xử lý",
            ("dieu-1/ii/2/b/gach-4",),
        ),
    ],
)
def test_enumerations_of_the_shipped_documents(
    shipped: Mapping[str, Document], document: str, quote: str, expected: tuple[str, ...]
) -> None:
    assert enumerations(Gold(document, (quote,)), shipped[document]) == expected


@pytest.mark.parametrize(
    ("document", "address", "inside"),
    [
        (PLAN, f"{PLAN}/muc-ii/khoan-2/gach-2", True),
        (PLAN, f"{PLAN}/muc-ii/khoan-2/gach-1", True),  # sibling
        (PLAN, f"{PLAN}/muc-ii/khoan-2", True),  # the list
        (PLAN, "ii/2/gach-3", True),  # a path does as well
        (PLAN, f"{PLAN}/muc-ii", False),
        (PLAN, f"{PLAN}/muc-ii/khoan-20", False),
        (PLAN, f"{PLAN}/muc-iii/khoan-1", False),
        (PLAN, PLAN, False),
        (PLAN, "không phải địa chỉ", False),
        (PLAN, "", False),
        ("qd", "qd/muc-ii/khoan-2", False),
    ],
)
def test_same_enumeration(plan: Document, document: str, address: str, inside: bool) -> None:
    gold = Gold(PLAN, ("tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng",))
    assert Library({PLAN: plan}).same_enumeration(gold, document, address) is inside


def test_a_document_that_is_not_held_has_no_lists() -> None:
    assert not Library({}).same_enumeration(Gold(PLAN, ("x" * 20,)), PLAN, f"{PLAN}/muc-ii")


@pytest.mark.parametrize(
    ("address", "leaf"), [("muc-iii/khoan-1", True), ("muc-ii/khoan-2", False), ("muc-x", False)]
)
def test_is_leaf(plan: Document, address: str, leaf: bool) -> None:
    assert Library({PLAN: plan}).is_leaf(PLAN, f"{PLAN}/{address}") is leaf
