"""A small document for the measures: one mục with a list, one điều with điểm, one plain paragraph."""

from __future__ import annotations

import pytest

from corpus.address import Address, Level
from corpus.document import Document, Metadata, Provision, Reading, Role, TextKind

PLAN = "kh-du-lich-cvdc-2026"
VISITORS = "Phấn đấu thu hút khoảng 4.700.000 lượt khách du lịch"
REVENUE = "Phấn đấu tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng."
LODGING = "Phấn đấu đạt khoảng 325 cơ sở lưu trú"
CHECKING = "Tổ chức kiểm tra, rà soát thực trạng phát triển du lịch"


def reading(text: str) -> Reading:
    return Reading(text)


def provision(
    address: Address, role: Role, marker: str, text: str, children: tuple[Provision, ...] = ()
) -> Provision:
    return Provision(address, role, marker=reading(marker), text=reading(text), children=children)


@pytest.fixture(scope="session")
def plan() -> Document:
    """II.2 with three dash items, III.1 with a paragraph of 1,500 characters."""
    root = Address(PLAN)
    targets = root.child(Level.SECTION, "ii").child(Level.CLAUSE, "2")
    items = tuple(
        provision(targets.child(Level.DASH, str(count)), Role.ITEM, "-", text)
        for count, text in enumerate((VISITORS, REVENUE, LODGING), start=1)
    )
    goals = provision(targets, Role.UNIT, "2.", "Mục tiêu cụ thể", items)
    tasks = provision(
        root.child(Level.SECTION, "iii").child(Level.CLAUSE, "1"), Role.UNIT, "1.", CHECKING + " và" * 500
    )
    sections = (
        provision(root.child(Level.SECTION, "ii"), Role.UNIT, "II.", "MỤC TIÊU", (goals,)),
        provision(root.child(Level.SECTION, "iii"), Role.UNIT, "III.", "NHIỆM VỤ, GIẢI PHÁP", (tasks,)),
    )
    metadata = Metadata(
        PLAN, "Kế hoạch", None, "UBND tỉnh Lạng Sơn", "2026-02", "Phát triển du lịch", None, "x.txt", "",
        TextKind.UNNUMBERED_COPY, "",
    )  # fmt: skip
    return Document(metadata, "", Provision(root, Role.ROOT, children=sections), ())
