"""How long a search takes, in collections of any size: how they are made, measured and shown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from corpus.document import PASSAGE_LIMIT, Document
from corpus.progress import silent
from eval.benchmark import Article, Benchmark, BenchmarkQuestion
from eval.search_speed import (
    Collection,
    SearchSpeedError,
    SearchSpeedReport,
    measure_search,
    render_search_speed,
    search_speed_json,
)
from eval.speed_corpus import MadeUp, again, cut, short, statutes
from eval.speed_worker import Timed
from ingest.passages import passages
from retriever.encoder import Prompt, TokenEncoder, TokenVectors, Vectors
from retriever.index import build
from retriever.segment import words

if TYPE_CHECKING:
    from ui.settings import Settings

LONG = " ".join(f"Câu thứ {number} của điều này nói về bảo vệ rừng." for number in range(60))
BENCHMARK = Benchmark(
    "nhỏ",
    {
        "1/2021#1": Article(
            "Luật A - Điều 1. Rừng", "Kiểm lâm tuần tra 12 lần mỗi năm. Chủ rừng báo cáo quý."
        ),
        "1/2021#2": Article("Luật A - Điều 2. Dài", LONG),
        "2/2022#7": Article("", "Chợ phiên họp mỗi tuần một lần ở trung tâm xã."),
    },
    (
        BenchmarkQuestion("q", "Ai tuần tra rừng?", ("1/2021#1",)),
        BenchmarkQuestion("p", "Chợ họp?", ("2/2022#7",)),
    ),
)


class Drawn:
    """Random vectors, different for every text, and as many tokens as words."""

    name = "ngẫu-nhiên"

    def queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([one.vector for one in self.tokens(texts, "query")])

    def passages(self, texts: Sequence[str], progress: object = None) -> Vectors:
        return self.queries(texts)

    def tokens(self, texts: Sequence[str], prompt: Prompt) -> list[TokenVectors]:
        found = []
        for text in texts:
            rows = np.random.default_rng(len(text)).normal(size=(1 + len(text.split()), 8)).astype(np.float32)
            vector = rows[0] / np.linalg.norm(rows[0])
            found.append(TokenVectors(vector, rows[1:], np.zeros(len(rows) - 1, np.int32)))
        return found


@pytest.fixture(scope="module")
def made_up() -> MadeUp:
    return MadeUp(Drawn(), [article.text for article in BENCHMARK.passages.values()])


@pytest.mark.parametrize("number", [1, 4, 50])
@pytest.mark.parametrize("make", [statutes, short])
def test_there_are_as_many_passages_as_asked_no_two_alike(make: type, number: int) -> None:
    found = list(make(BENCHMARK, number))
    assert len(found) == len({passage.id for passage in found}) == number
    assert all(passage.text.strip() and len(passage.text) <= PASSAGE_LIMIT for passage in found)
    assert all(passage.addresses[0].units for passage in found)


def test_statutes_are_cut_whole_before_they_are_repeated() -> None:
    once = list(islice(statutes(BENCHMARK, 100), 7))
    for identifier, article in BENCHMARK.passages.items():
        mine = [one.text for one in once if one.id.split("~")[0] == identifier]
        said = "".join("".join(text.split()) for text in mine)
        assert said.endswith("".join(article.text.split()))
    texts = [passage.text for passage in statutes(BENCHMARK, 30) if any(map(str.isdigit, passage.text))]
    assert len(set(texts)) == len(texts) > 20


def test_a_repeated_passage_differs_in_its_numbers_alone() -> None:
    first = next(iter(statutes(BENCHMARK, 1)))
    third = again(first, 2)
    assert third.text == first.text.replace("12", "14").replace("Điều 1", "Điều 3")
    assert third.document != first.document
    assert again(first, 0) == first


def test_made_up_vectors_are_of_unit_length_always_the_same_and_mostly_apart(made_up: MadeUp) -> None:
    texts = [f"đoạn {number}" for number in range(40)]
    vectors = made_up.passages(texts)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(40), abs=1e-5)
    assert np.array_equal(vectors[7:9], made_up.passages(texts[7:9]))
    assert len(np.unique(vectors.round(4), axis=0)) > 10  # of 27 that three vectors can make
    assert isinstance(made_up, TokenEncoder)


def test_made_up_tokens_are_as_many_as_real_ones(made_up: MadeUp) -> None:
    text = LONG[: len(LONG) // 2]
    (found,) = made_up.tokens([text], "passage")
    assert len(found.tokens) == pytest.approx(len(text.split()), rel=0.1)


@pytest.mark.parametrize("text", ["Điều 12. Ủy ban nhân dân tỉnh", "đến năm 2030, số 19/NQ-HĐND", "", "2030"])
def test_words_are_cut_as_for_any_index(text: str) -> None:
    assert cut(text) == words(text)


@pytest.mark.slow
def test_the_whole_measurement(settings: Settings, documents: Mapping[str, Document], tmp_path: Path) -> None:
    from retriever.bundled import bundled_model
    from retriever.light_encoder import LightEncoder

    folder = bundled_model(settings.cache / "models")
    some = [passage for document in documents.values() for passage in passages(document)[:3]]
    build(tmp_path / "index", {}, some, LightEncoder(folder), silent)
    statute = tmp_path / "luật"
    statute.mkdir()
    (statute / "corpus.jsonl").write_text(
        "".join(
            json.dumps({"id": key, "title": one.title, "text": one.text}) + "\n"
            for key, one in BENCHMARK.passages.items()
        )
    )
    (statute / "queries.jsonl").write_text(
        "".join(
            json.dumps({"id": one.id, "text": one.text, "relevant": list(one.relevant)}) + "\n"
            for one in BENCHMARK.questions
        )
    )
    told: list[str] = []
    asked = ["Có bao nhiêu lượt khách?", "Bao nhiêu khu công nghiệp?", "Ai chủ trì?"]
    report = measure_search(
        tmp_path / "index",
        asked,
        (str(folder), folder.name),
        True,
        told.append,
        [12],
        statute,
        tmp_path / "k",
    )
    own, larger = report.collections
    assert (own.made_up, own.passages, own.questions) == (False, len(some), 2)
    assert (larger.made_up, larger.passages, larger.questions) == (True, 12, 1)
    for one in report.collections:
        assert one.disk_bytes > 10_000
        assert one.ours.peak_bytes > 10_000_000
        assert all(
            0 < part < whole for part, whole in zip(one.ours.encoding, one.ours.milliseconds, strict=True)
        )
    assert any("12 đoạn" in line for line in told)
    assert "luật" in render_search_speed(report)


def test_a_large_collection_needs_text(tmp_path: Path) -> None:
    with pytest.raises(SearchSpeedError, match="--statutes"):
        measure_search(tmp_path, ["a"], ("m", "m"), True, print, [1000])


OURS = Timed(1000, 3000, 0.5, (10.0, 20.0, 30.0), (5.0, 5.0, 6.0), 500_000_000)
PEER = replace(OURS, rows=1000, milliseconds=(40.0, 40.0, 40.0), peak_bytes=1_000_000_000)
OWN = Collection(False, 1000, 3000, 25_000_000, 3, OURS, PEER, 0.1)


@pytest.mark.parametrize(
    ("report", "expected", "missing"),
    [
        (
            SearchSpeedReport("e5", (OWN,), None, ()),
            ["1.000 đoạn (đang dùng)", "40,0 ×2,00", "1.000 ×2,00", " 25", "Bộ mã hóa: e5"],
            ["Kho lớn", "bận việc", "LangChain: không đo"],
        ),
        (
            SearchSpeedReport("e5", (OWN, replace(OWN, made_up=True, load=2.5)), "zalo", ()),
            ["Kho lớn: văn bản của zalo", "tải 2,5 mỗi nhân"],
            ["LangChain: không đo"],
        ),
        (
            SearchSpeedReport("e5", (replace(OWN, peer=None),), None, ("langchain_community",)),
            ["LangChain: không đo (chưa cài langchain_community)"],
            ["LangChain + FAISS", "×"],
        ),
    ],
)
def test_the_report(report: SearchSpeedReport, expected: list[str], missing: list[str]) -> None:
    shown = render_search_speed(report)
    for text in expected:
        assert text in shown
    for text in missing:
        assert text not in shown
    assert json.loads(json.dumps(search_speed_json(report)))["encoder"] == "e5"
