"""What is shown of a provision: word for word, in order, no longer than need be."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.asks import Asks
from answer.coverage import Asked
from answer.shaping import CUT, clauses, joined, shown
from corpus.address import Address
from corpus.document import Correction, Document, Provision, Reading, Role

GATES = "dieu-1/iii/1/c/gach-4"  # five border gates, (i) to (v), in one sentence


def provision(text: str, *corrections: Correction) -> Provision:
    return Provision(Address("d", ()), Role.PARAGRAPH, text=Reading(text, (), corrections))


def test_a_short_provision_is_shown_whole() -> None:
    made = shown(provision("Một câu ngắn."), 0, 13, (), Asked({}), Asks.OTHER)
    assert (made.text, made.stretches) == ("Một câu ngắn.", ((0, 13),))


def test_of_a_long_one_the_clause_that_speaks_of_it(documents: Mapping[str, Document]) -> None:
    node = documents["qd-dieu-chinh-quy-hoach-2026"].by_address[GATES]
    what = Asked({"bình nghi": 1.0})
    made = shown(node, 0, len(node.own_text), (), what, Asks.OTHER, whole=40, budget=30)
    assert "Bình Nghi" in made.text
    assert "Hữu Nghị" not in made.text
    assert made.text.startswith(CUT)
    assert len(made.text.split()) < len(node.own_text.split()) / 2


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["Một hai;"], "Một hai; …"),
        (["ba bốn;"], "… ba bốn; …"),
        (["Một hai;", "ba bốn;"], "Một hai; ba bốn; …"),
        (["Một hai;", "năm sáu."], "Một hai; … năm sáu."),
        (["Bảy."], "Bảy."),  # a sentence of its own: nothing is cut
    ],
)
def test_an_ellipsis_stands_where_a_sentence_is_cut(parts: list[str], text: str) -> None:
    node = provision("Một hai; ba bốn; năm sáu. Bảy.")
    starts = [node.own_text.index(part) for part in parts]
    stretches = [(start, start + len(part)) for start, part in zip(starts, parts, strict=True)]
    assert joined(node, 0, len(node.own_text), stretches).text == text


def test_a_correction_goes_with_its_words() -> None:
    node = provision("Một hai; ba bốm; năm.", Correction(12, 15, "bốn", "lỗi"))
    made = joined(node, 0, len(node.own_text), [(9, 16)])
    (correction,) = made.corrections
    assert made.text[correction.start : correction.end] == "bốm"


def test_nothing_is_cut_within_brackets() -> None:
    text = f"Có {'rất ' * 40}nhiều (một hai ba; bốn năm sáu; bảy) và tám chín mười; còn lại là ít."
    assert [text[low:high][-8:] for low, high in clauses(text)] == ["hín mười;"[-8:], "i là ít."]


@given(
    st.lists(
        st.sampled_from(["Đường bộ; ", "cầu, ", "(hồ; ao) ", "xã A. ", "Năm 2030 ", "“chợ; ” ", "\n"]),
        max_size=90,
    ),
    st.integers(1, 40),
)
def test_every_stretch_is_the_provisions_own(words: list[str], budget: int) -> None:
    node = provision("".join(words).strip() or "x")
    made = shown(node, 0, len(node.own_text), (), Asked({"cầu": 1.0}), Asks.FIGURE, budget, budget)
    ends = [at for stretch in made.stretches for at in stretch]
    assert ends == sorted(ends)
    rest = made.text
    for low, high in made.stretches:
        before, found, rest = rest.partition(node.own_text[low:high])
        assert found
        assert before.strip() in ("", CUT)
    assert rest.strip() in ("", CUT)
