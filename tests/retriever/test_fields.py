"""How texts and questions are cut for BM25."""

from __future__ import annotations

import pytest

from corpus.enrichment import Enrichment
from retriever.fields import asked_of, by_syllable


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Khu công nghiệp", ["khu", "công", "nghiệp", "khu_công", "công_nghiệp"]),
        ("du lịch", ["du", "lịch", "du_lịch"]),
        ("Homestay", ["homestay"]),
        ("", []),
        ("谅山省旅游", ["谅山", "山省", "省旅", "旅游", "谅山_山省", "山省_省旅", "省旅_旅游"]),
        ("山", ["山"]),
    ],
)
def test_syllables_and_the_pairs_they_make(text: str, tokens: list[str]) -> None:
    assert by_syllable(text) == tokens


def test_all_that_is_written_beside_a_provision_is_read() -> None:
    one = Enrichment("a", "", "Tóm tắt", ("Ai lo?",), ("tiền",), "Gist", "摘要")
    assert asked_of([one]) == "Tóm tắt . Ai lo? . Gist . 摘要 . tiền"
    assert asked_of([]) == ""
