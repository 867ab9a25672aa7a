"""Answers from a real llama.cpp server with a model so small that it is mostly wrong."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from answer.answer import Status
from answer.generate import AWAY, Limits, Writer
from answer.pipeline import Answerer
from eval.written import report
from tests.data.llama_process import llama
from ui.language_model import Endpoint, chat_model

pytest.importorskip("xllamacpp")
pytestmark = pytest.mark.slow  # ten seconds an answer on a free core, a minute on a busy one

SECONDS = 300
QUESTIONS = (
    "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?",
    "Đến năm 2030 có bao nhiêu khu công nghiệp?",
    "Tỷ lệ che phủ rừng?",
    "Sở Tài chính làm gì?",
    "Phí cầu đường cao tốc qua Lạng Sơn hết bao nhiêu?",
)


def test_nothing_unsupported_reaches_the_reader(answerer: Answerer, tmp_path: Path) -> None:
    with (
        llama(tmp_path) as (url, _),
        chat_model(Endpoint(url, "gemma"), None, SECONDS, retries=0) as model,
    ):
        system = Answerer(answerer.searcher, writer=Writer(model, "gemma", Limits.of(SECONDS)))
        found = report([system.answer(question) for question in QUESTIONS], answerer.index.documents)
    assert found.unsupported == ()
    assert found.refused >= 1
    assert found.written + sum(found.instead.values()) == len(QUESTIONS) - found.refused
    assert "away" not in found.instead  # the server answered each time


def test_a_server_that_dies(answerer: Answerer, tmp_path: Path) -> None:
    with (
        llama(tmp_path) as (url, process),
        chat_model(Endpoint(url, "gemma"), None, SECONDS, retries=0) as model,
    ):
        system = Answerer(answerer.searcher, writer=Writer(model, "gemma", Limits.of(SECONDS)))
        killer = threading.Timer(3, process.kill)  # while it reads or writes
        killer.start()
        began = time.monotonic()
        answer = system.answer(QUESTIONS[0])
        killer.cancel()
    assert time.monotonic() - began < SECONDS / 2
    assert answer.status in (Status.ANSWERED, Status.PARTIAL)
    assert answer.sentences
    assert AWAY in (answer.note or "")
