"""What is spelt like a Vietnamese syllable, and what a wrong encoding makes of one."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from corpus.document import Document
from corpus.spelling import marked_words, spelling, spelt


@pytest.mark.parametrize(
    "word",
    """nghiêng nguyễn khuỷu thuở quỹ quốc giếng gì gìn giữa ạ ỷ ý hoà hòa thuỷ thủy khoẻ khỏe uỷ ủy huỳnh
    ngoằn ngoèo xoong yết khuya đĩa xuất bảy Đắk Lắk TRƯỜNG Ở ĐIỀU""".split(),
)
def test_a_syllable(word: str) -> None:
    assert spelt(word)


@pytest.mark.parametrize(
    "word",
    """Céng hoµ x· ViÖt Coäng Vieät Ä‘iá»u café Müller µm tiénh hocj thíêu phảt ngiên đảc
    naỵ ááo""".split(),
)
def test_no_syllable(word: str) -> None:
    assert not spelt(word)


def test_only_words_with_letters_beyond_ascii_tell() -> None:
    assert marked_words("Điều 5, QĐ-UBND của Ủy ban; 30°; “Zalo” – CVĐC") == ["Điều", "của", "Ủy"]
    assert spelling("plain English").share == 0


def test_the_shipped_documents_are_vietnamese(documents: Mapping[str, Document]) -> None:
    assert all(spelling(document.original).share > 0.995 for document in documents.values())
