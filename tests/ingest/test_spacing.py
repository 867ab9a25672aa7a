"""Spaces inside words are left out where a PDF tool tore them, and only there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from ingest.readers import plain
from ingest.repair import paragraphs
from ingest.spacing import STRAY_SPACE, stray_spaces


def mended(text: str) -> str:
    """The paragraphs of a text file, one a line."""
    found, _ = paragraphs(plain.read(text.encode(), Path("vb.txt")))
    return "\n".join(paragraph.reading.text for paragraph in found)


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("QUY Ế T Đ Ị NH PHÊ DUY Ệ T QUY HO Ạ CH", "QUYẾT ĐỊNH PHÊ DUYỆT QUY HOẠCH"),
        ("Điề u 5. Ph ạ m vi đi ề u ch ỉ nh, đ ố i t ượ ng", "Điều 5. Phạm vi điều chỉnh, đối tượng"),
        ("Căn c ứ Ngh ị quy ế t s ố 19 c ủ a H ộ i đ ồ ng", "Căn cứ Nghị quyết số 19 của Hội đồng"),
        ("ĐIỀ U 1. Quy đ ị nh chung c ủ a t ỉ nh", "ĐIỀU 1. Quy định chung của tỉnh"),
    ],
)
def test_torn_words_are_whole_again(torn: str, whole: str) -> None:
    assert mended(torn) == whole


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện theo điểm b ở phụ lục, điểm đ ý kiến thẩm định, mục a ưu tiên.",
        "Ủy ban nhân dân xã Ba Sơn, huyện Đảo ở ý kiến số 5",
        "Lớp 5 a ở trường, tổ 2 b ở xã, khu c ở phường",
    ],
)
def test_true_words_stay_apart(text: str) -> None:
    assert mended(text) == text


def test_the_space_left_out_is_told() -> None:
    source = plain.read("Ngh ị đ ị nh c ủ a Chính ph ủ".encode(), Path("vb.txt"))
    _, dropped = paragraphs(source)
    assert {gap.reason for gap in dropped} == {STRAY_SPACE}
    assert all(source.text[gap.start : gap.end] == " " for gap in dropped)


def test_nothing_is_left_out_of_the_shipped_documents(documents: Mapping[str, Document]) -> None:
    reasons = {gap.reason for document in documents.values() for gap in document.dropped}
    assert STRAY_SPACE not in reasons


@given(st.lists(st.text(alphabet="aềĐnQ u1.", max_size=30), max_size=6))
def test_only_spaces_are_ever_left_out(lines: list[str]) -> None:
    source = plain.read("\n".join(lines).encode(), Path("vb.txt"))
    assert all(source.text[place] == " " for place in stray_spaces(source.lines))
