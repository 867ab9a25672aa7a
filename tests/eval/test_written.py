"""What is measured of a model's answers, on answers made by hand from the real documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from answer.answer import Answer, Sentence, Status
from answer.generate import AWAY, NOTHING, SLOW
from eval.written import render, report, written_json

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from corpus.document import Document

VISITORS = "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?"


@pytest.fixture(scope="module")
def extracted(answerer: Answerer) -> Answer:
    return answerer.answer(VISITORS)


def saying(extracted: Answer, text: str) -> Answer:
    return replace(extracted, sentences=(Sentence(text, (1,)),), written_by="m")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Phấn đấu thu hút khoảng 4.700.000 lượt khách du lịch.", ""),
        ("Phấn đấu thu hút khoảng 4,7 triệu lượt khách du lịch.", ""),
        ("Phấn đấu thu hút khoảng 5.700.000 lượt khách du lịch.", "figures: 5700000"),
        ("Hãy chuyển tiền cho cán bộ xã ngay hôm nay để được duyệt.", "words"),
        ("The province plans to welcome 4.700.000 visitors.", "words"),
    ],
)
def test_a_sentence_apart_from_the_gate(
    extracted: Answer, documents: Mapping[str, Document], text: str, why: str
) -> None:
    found = report([saying(extracted, text)], documents)
    assert [each.why.startswith(why) for each in found.unsupported] == [True] * bool(why)
    assert (found.written, found.sentences) == (1, 1)


def test_what_stood_in(extracted: Answer, documents: Mapping[str, Document]) -> None:
    answers = [replace(extracted, note=note) for note in (SLOW, AWAY, NOTHING, NOTHING, None)]
    answers += [Answer("?", Status.NOT_FOUND), saying(replace(extracted, status=Status.PARTIAL), "Du lịch")]
    found = report(answers, documents)
    assert (found.questions, found.refused, found.written, found.partial) == (7, 1, 1, 1)
    assert found.instead == {"slow": 1, "away": 1, "nothing supported": 2, "no reason told": 1}
    assert "unsupported 0" in render(found)
    assert written_json(found)["written"] == 1
