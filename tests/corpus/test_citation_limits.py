"""Hostile and very long texts: nothing raises, nothing takes longer than its length allows."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.citation import normal, parse_citations

LIMIT = 64_000  # code points that the API takes
SECONDS = 6.0  # generous: a busy machine takes a few times as long as a quiet one


def seconds(text: str) -> float:
    start = time.process_time()
    parse_citations(text)
    return time.process_time() - start


SEEDS = [
    *("khoản 1, ", "khoản 1 ", "các ", "từ ", "Điều 5 đến ", "Điều 5.1.1.1.1.1.1.", "Điều 5(2)"),
    *("1.", "I.1.", "(((Điều 5", "Luật ", "Luật sửa đổi ", "Luật sửa đổi, bổ sung một số điều của "),
    *("Quyết định của Bộ A ", "QUYẾT ĐỊNH CỦA BỘ ", "Nghị quyết ngày ", "Quy chế ", "Quy chế a kèm theo "),
    *("Kế hoạch a ", "1/NQ-", "1/2025/NQ-HĐND-", "-nq", "QCVN 1-", "đ5k2đa", "đ.", "Phụ lục kèm theo "),
    *("gạch 1 tiết b ", "mục V khoản 1 Điều 1 ", "như sau: “", 'như sau: "Điều 1 này ', "“", "và "),
    *("Nghị quyết nêu trên ", "Luật A, b, ", "e\u0301", "\u200b", "ß", "İ", "²", "Điều 5\n", "1     "),
    *("Kế hoạch thời kỳ 2021-2030, ", "điểm “a” ", "1/NQ-HĐND tỉnh Lạng Sơn "),
    "Điều " + ", ".join(map(str, range(1, 999))) + " mục I ",
]


@pytest.mark.parametrize("seed", SEEDS)
def test_time_grows_with_the_length_alone(seed: str) -> None:
    text = seed * (LIMIT // len(seed) + 1)
    assert seconds(text[:LIMIT]) < SECONDS
    # eight times the text; the square would be sixty-four times the time; a busy machine gets a second chance
    assert any(seconds(text[:LIMIT]) < 24 * max(seconds(text[: LIMIT // 8]), 0.01) for _ in range(4))


def test_five_thousand_citations() -> None:
    text = "; ".join(f"khoản {n % 90 + 1} Điều {n // 90 + 1}" for n in range(5000))
    found = parse_citations(text)
    assert len(found) == 5000
    assert seconds(text) < SECONDS


def test_a_run_too_long_to_nest_is_still_read_whole() -> None:
    found = parse_citations("khoản 1, " * 1000)
    assert len(found) == 1000
    assert {normal(citation) for citation in found} == {"khoản 1"}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([seed for seed in SEEDS if len(seed) < 60]), max_size=60).map("".join))
def test_never_raises(text: str) -> None:
    last = 0
    for citation in parse_citations(text):
        start, end = citation.span
        assert last <= start < end <= len(text)
        assert normal(citation)
        assert normal(citation, short=True)
        last = end


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=80), st.sampled_from(["Điều 5", "số 1/NQ-CP", "Luật "]))
def test_any_letters_around_a_citation(text: str, cited: str) -> None:
    for citation in parse_citations(f"{text}{cited}{text}"):
        assert normal(citation)
