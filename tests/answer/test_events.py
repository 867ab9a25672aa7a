"""Events whose date is asked: in three languages, with and without marks; and how a text tells of them."""

from __future__ import annotations

import pytest

from answer.events import events_asked
from corpus.vietnamese import fold
from retriever.language import Language
from retriever.query import Query


def told(question: str, text: str) -> list[bool]:
    query = Query(question, question, Language.VIETNAMESE, False)
    return [event.is_in(fold(text)) for event in events_asked(query)]


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("Ngôi đền được xếp hạng năm nào?", "Đền được công nhận di tích ngày 1/2/2020.", [True]),
        ("Ngôi đền được xếp hạng năm nào?", "Nghị quyết về ngôi đền, ngày 1/2/2020.", [False]),
        ("ngoi den duoc xep hang nam nao", "Nghị quyết về ngôi đền, ngày 1/2/2020.", [False]),
        ("Cầu khởi công hôm nào, bao giờ thông xe?", "Động thổ cầu ngày 1/2/2020.", [True, False]),
        ("When was the site discovered?", "Phát hiện di chỉ năm 1906.", [True]),
        ("学校哪一年成立？", "Trường ra đời năm 1990.", [True]),
        ("Nghị quyết ban hành ngày nào?", "Nghị quyết ngày 1/2/2020.", []),
    ],
)
def test_an_event_and_its_date(question: str, text: str, found: list[bool]) -> None:
    assert told(question, text) == found
