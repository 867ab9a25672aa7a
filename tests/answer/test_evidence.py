"""Demands held against the units near a question: years, numbers, events, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answer.evidence import NOWHERE, evidence
from answer.near import Near, near

if TYPE_CHECKING:
    from answer.pipeline import Answerer


def unit(text: str) -> Near:
    return Near(text, text.lower(), "", frozenset(), frozenset(), frozenset(), "", (), 0.9)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Đạt khoảng 4.700.000 lượt khách năm 2026", True),
        ("trở thành tỉnh khá vào năm 2035", False),
        ("căn cứ Quyết định số 236/QĐ-TTg ngày 19 tháng 3 năm 2024", False),
        ("Nghị quyết số 16/2022/NQ-HĐND ngày 07/7/2022", False),
        ("Nghị quyết 223-NQ/TU", False),
        ("1. Quy định chung", False),
        ("1. Có 05 trường", True),
        ("tăng 10 - 11% giai đoạn 2026 - 2030", True),
    ],
)
def test_which_units_give_a_number(text: str, given: bool) -> None:
    assert unit(text).gives_a_number is given


@pytest.mark.parametrize(
    ("question", "met"),
    [
        ("Kể tên 12 tiểu vùng chức năng nguồn nước", True),
        ("Kể tên 28 cụm công nghiệp có đến năm 2030", False),
        ("Đến năm 2030 có 13 đô thị là những đô thị nào?", True),
    ],
)
def test_a_list_is_met_by_its_names(answerer: Answerer, question: str, met: bool) -> None:
    found = evidence(answerer.searcher.search(question), answerer.index)
    (gap,) = found.counts
    assert (gap.far < NOWHERE / 4) is met


@pytest.mark.parametrize(
    ("question", "met"),
    [
        ("Nghị quyết 82/NQ-CP ban hành ngày nào?", True),
        ("Công viên địa chất được ghi danh ngày nào?", False),
        ("Cao tốc Lạng Sơn - Tiên Yên khởi công ngày nào?", False),
    ],
)
def test_a_date_is_met_beside_its_event(answerer: Answerer, question: str, met: bool) -> None:
    found = evidence(answerer.searcher.search(question), answerer.index)
    (gap,) = found.kinds
    assert (gap.far < NOWHERE / 4) is met


def test_a_unit_of_the_first_passage_is_nearer_than_its_equal_below(answerer: Answerer) -> None:
    result = answerer.searcher.search("Đến năm 2030 có bao nhiêu khu công nghiệp?")
    units = near(result, answerer.index)
    cosines = [one.cosine for hit in result.hits[:5] for one in hit.units]
    dropped = [cosine - one.nearness for cosine, one in zip(cosines, units, strict=True)]
    first = len(result.hits[0].units)
    assert max(dropped[:first]) < max(dropped[first:])
