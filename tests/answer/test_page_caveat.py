"""A citation from a page that was read badly says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from answer.coverage import asked
from answer.extract import extract
from corpus.document import BAD_PAGE, Page

if TYPE_CHECKING:
    from answer.pipeline import Answerer

QUESTION = "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?"


@pytest.mark.parametrize(("corruption", "told"), [(BAD_PAGE + 0.01, True), (BAD_PAGE, False)])
def test_a_bad_page_is_told_with_the_citation(answerer: Answerer, corruption: float, told: bool) -> None:
    index = answerer.index
    pages = (Page(1, 0, 10, corruption, True),)
    held = {id_: replace(document, pages=pages) for id_, document in index.documents.items()}
    result = answerer.searcher.search(QUESTION)
    citations = extract(result, replace(index, documents=held), asked(result.query, index)).citations
    assert citations
    assert all(("Trang 1 của tệp đọc được kém" in (each.caveat or "")) is told for each in citations)
