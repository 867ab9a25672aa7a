"""Is it the same instrument? Never surer than what is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citation import Instrument, parse_citations
from retriever.identity import agree, localised, province, same_instrument, title_within

HERE = "UBND tỉnh Lạng Sơn"

numbers = st.builds(
    lambda n, year, codes: f"{n}{year}/{codes}",
    st.integers(1, 400),
    st.sampled_from(["", "/2024", "/2025"]),
    st.sampled_from(["NQ-HĐND", "KH-UBND", "QĐ-TTg", "NQ-TU", "NĐ-CP", "QH15"]),
)
issuers = st.sampled_from([None, "HĐND", "HĐND tỉnh", "HĐND tỉnh Lạng Sơn", "UBND tỉnh Cao Bằng", "Quốc hội"])
dates = st.sampled_from([None, "2025", "2025-07", "2025-07-15", "2024-07-15"])
types = st.sampled_from([None, "Nghị quyết", "Kế hoạch", "Văn bản", "Chương trình", "Chương trình hành động"])
numbered = st.builds(Instrument, types, numbers, st.none(), issuers, dates)
laws = st.builds(
    Instrument, st.just("Luật"), st.none(), st.sampled_from(["Du lịch", "Quy hoạch"]), st.none(), dates
)


@given(numbered | laws)
def test_everything_is_itself(one: Instrument) -> None:
    assert same_instrument(one, one)


@given(numbered | laws, numbered | laws)
def test_sameness_goes_both_ways(one: Instrument, other: Instrument) -> None:
    assert same_instrument(one, other) == same_instrument(other, one)
    assert agree(one, other) == agree(other, one)


@given(numbered, st.sampled_from(["2023-01-01", "2025-07-16"]))
def test_another_day_is_another_instrument(one: Instrument, day: str) -> None:
    assert not same_instrument(replace(one, date="2025-07-15"), replace(one, date=day))


def read(text: str) -> Instrument:
    (citation,) = parse_citations(text)
    assert citation.instrument is not None
    return citation.instrument


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (
            "Nghị quyết số 19/NQ-HĐND ngày 15/7/2025",
            "Nghị quyết số 19/2025/NQ-HĐND ngày 15/7/2025 của HĐND tỉnh",
            True,
        ),
        ("Nghị quyết số 19/NQ-HĐND ngày 15/7/2024", "Nghị quyết số 19/2025/NQ-HĐND", False),
        ("Luật Du lịch số 09/2017/QH14", "Luật Du lịch ngày 19/6/2017", True),
        ("Luật Ngân sách nhà nước số 89/2025/QH15", "Luật Ngân sách nhà nước ngày 25/6/2015", False),
        ("Kế hoạch số 258/KH-UBND ngày 27/9/2025", "kế hoạch 258/KH-UBND", True),
        ("Kế hoạch số 258/KH-UBND ngày 27/9/2025", "Kế hoạch số 258/KH-UBND ngày 27/9/2024", False),
        (
            "Kế hoạch số 258/KH-UBND của UBND tỉnh Lạng Sơn",
            "Kế hoạch số 258/KH-UBND của UBND tỉnh Cao Bằng",
            False,
        ),
        ("Nghị quyết số 11-NQ/TW", "Nghị quyết số 11-NQ/TU", False),
        ("Luật Quy hoạch năm 2017", "Luật Quy hoạch ngày 24 tháng 11 năm 2017", True),
        ("Luật Quy hoạch năm 2017", "Luật Quy hoạch ngày 10 tháng 12 năm 2025", False),
        ("Luật Đầu tư", "Luật Đầu tư công", False),
        ("Nghị định số 08/2022/NĐ-CP", "Nghị định số 8/2022/ND-CP", True),
    ],
)
def test_as_far_as_they_say(one: str, other: str, same: bool) -> None:
    assert same_instrument(read(one), read(other)) is same


@pytest.mark.parametrize(
    ("named", "reader", "where"),
    [
        ("Nghị quyết số 03/2024/NQ-HĐND của HĐND tỉnh", HERE, "lang son"),
        ("Nghị quyết số 223-NQ/TU của Ban Thường vụ Tỉnh ủy", HERE, "lang son"),
        ("Nghị quyết số 03/2024/NQ-HĐND", HERE, "lang son"),
        ("Nghị quyết số 03/2024/NQ-HĐND của HĐND tỉnh Cao Bằng", HERE, "cao bang"),
        ("Nghị quyết số 03/2024/NQ-HĐND của HĐND tỉnh", "Chính phủ", None),
        ("Quyết định số 236/QĐ-TTg của Thủ tướng Chính phủ", HERE, None),
    ],
)
def test_whose_province(named: str, reader: str, where: str | None) -> None:
    assert province(read(named), reader) == where


def test_a_local_issuer_gets_its_province() -> None:
    plain = read("Nghị quyết số 03/2024/NQ-HĐND của HĐND tỉnh")
    assert localised(plain, HERE).issuer == "HĐND tỉnh Lạng Sơn"
    assert localised(plain, "Bộ Tài chính") == plain
    central = read("Nghị quyết số 82/NQ-CP của Chính phủ")
    assert localised(central, HERE) == central


@pytest.mark.parametrize(
    ("short", "long", "within"),
    [
        ("phát triển du lịch đến năm 2030", "phát triển du lịch tỉnh Lạng Sơn đến năm 2030", True),
        ("phát triển du lịch", "phát triển nguồn nhân lực du lịch tỉnh Lạng Sơn", True),
        ("phát triển du lịch", "xây dựng hạ tầng gắn với phát triển du lịch", False),
        ("phát triển du lịch năm 2025", "phát triển du lịch tỉnh Lạng Sơn đến năm 2030", False),
    ],
)
def test_a_short_title_within_a_long_one(short: str, long: str, within: bool) -> None:
    assert title_within(short, long) is within
