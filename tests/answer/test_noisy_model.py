"""A model that says true things beside the same things spoilt: only what the provisions say is shown."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from answer.generate import Limits, Writer
from answer.pipeline import Answerer
from answer.plain import plain
from corpus.sentences import sentence_spans
from corpus.vietnamese import fold
from eval.written import report
from tests.data.openai_server import Reply, asked, serving, streamed
from ui.language_model import Endpoint, chat_model

if TYPE_CHECKING:
    from answer.answer import Answer

QUESTIONS = (
    "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?",
    "Đến năm 2030 có bao nhiêu khu công nghiệp?",
    "Tỷ lệ che phủ rừng?",
    "Sở Tài chính làm gì?",
    "Vùng hạn chế phát thải gồm những vùng nào?",
    "Các xã phải báo cáo trước ngày nào?",
    "Có bao nhiêu cụm công nghiệp sau năm 2030?",
    "Thứ tự ưu tiên phân bổ tài nguyên nước?",
)
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")


class Noisy:
    """The server's model; `spoilt` is what it said that no provision says."""

    def __init__(self) -> None:
        self.chance = random.Random(7)
        self.spoilt: set[str] = set()

    def __call__(self, request: dict[str, Any], count: int) -> Reply:
        provisions = asked(request)["provisions"]
        sentences = [
            (text, citation)
            for each in provisions[:3]
            for text, citation in self._sentences(each["text"], each["n"], len(provisions))
        ]
        self.chance.shuffle(sentences)
        items = [{"text": text, "citations": [citation]} for text, citation in sentences]
        return streamed([json.dumps({"sentences": items, "complete": True}, ensure_ascii=False)])

    def _sentences(self, provision: str, number: int, last: int) -> Iterator[tuple[str, int]]:
        """The first sentence, cited rightly and wrongly, and spoilt in several ways."""
        start, end = next(sentence_spans(provision))
        true = plain(provision[start:end])
        if len(true.split()) < 6:
            return
        yield from ((true, number), (true, last))
        words = true.split()
        spoilt = [
            f"Không {true[0].lower()}{true[1:]}",
            " ".join(self.chance.sample(words, len(words))),
            f"{true.rstrip('.')} theo lệnh của Bộ trưởng Nguyễn Văn Xấu.",
            *(f"{true[: one.start()]}9{true[one.start() :]}" for one in _FIGURE.finditer(true)),
        ]
        for text in spoilt:
            if fold(text) != fold(true):
                self.spoilt.add(fold(text))
                yield text, number


@pytest.fixture(scope="module")
def noisy(answerer: Answerer) -> tuple[Noisy, list[Answer]]:
    model = Noisy()
    with (
        serving(model) as server,
        chat_model(Endpoint(server.url, "m"), None, 30, retries=0) as chat,
    ):
        system = Answerer(answerer.searcher, writer=Writer(chat, "m", Limits(30, 30)))
        return model, [system.answer(question) for question in QUESTIONS]


def test_nothing_spoilt_is_shown(noisy: tuple[Noisy, list[Answer]]) -> None:
    model, answers = noisy
    assert len(model.spoilt) > 40
    shown = {fold(sentence.text) for answer in answers if answer.written_by for sentence in answer.sentences}
    assert shown & model.spoilt == set()


def test_a_check_apart_from_the_gate_finds_nothing(
    noisy: tuple[Noisy, list[Answer]], answerer: Answerer
) -> None:
    found = report(noisy[1], answerer.index.documents)
    assert found.unsupported == ()
    assert found.written >= 3  # true sentences do get through
