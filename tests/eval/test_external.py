"""Somebody else's benchmark: read from a folder, measured by stages, encoded once."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import HoidapError, QuestionFileError
from eval.benchmark import Article, read_benchmark
from eval.external import (
    MEASURES,
    ExternalReport,
    benchmark_passages,
    external_json,
    measure_external,
    render_external,
)
from eval.variants import FULL, left_out, only
from eval.vector_cache import SHARD, CachedEncoder
from retriever.encoder import Vectors
from retriever.fusion import Stage

PASSAGES = {
    "rung": ("Luật - Điều 1. Bảo vệ rừng", "Kiểm lâm tuần tra cháy rừng mùa khô."),
    "cho": ("Điều 2. Chợ phiên", "Chợ phiên họp mỗi tuần một lần ở trung tâm xã."),
    "duong": ("", "Đường tỉnh lộ nối cửa khẩu với trung tâm huyện."),
}
# The encoder below sees topics, not words: it knows that "gỗ" belongs to forests, and takes "họp" for a road.
TOPICS = (("rừng", "gỗ"), ("chợ", "bán"), ("đường", "họp"))
QUESTIONS = {
    "q1": ("Ai tuần tra cháy rừng?", ["rung"]),  # every stage: rank 1
    "q2": ("Khai thác gỗ trái phép bị xử lý ra sao?", ["rung"]),  # no word in common: dense alone
    "q3": ("Họp mỗi tuần một lần ở đâu?", ["cho", "duong"]),  # BM25: cho 1, rung 2; dense: duong 1, cho 2
}


class TopicEncoder:
    """A vector of three topic counts, with a little of a fourth thing in all; counts what it is given."""

    name = "chủ-đề/thử"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(texts)

    def passages(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        self.encoded += texts
        if progress:
            progress(len(texts), len(texts))
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        counts = [[1.0, *(10.0 * sum(map(text.lower().count, topic)) for topic in TOPICS)] for text in texts]
        vectors = np.array(counts, dtype=np.float32)
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


def silent(stage: str, done: int, total: int, detail: str = "") -> None:
    """A Progress that says nothing."""


def lines(*objects: Mapping[str, object]) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "nhỏ"
    made.mkdir()
    corpus = lines(*({"id": key, "title": title, "text": text} for key, (title, text) in PASSAGES.items()))
    (made / "corpus.jsonl.gz").write_bytes(gzip.compress(corpus.encode()))
    queries = lines(
        *(
            {"id": key, "text": text, "relevant": wanted, "split": "x"}
            for key, (text, wanted) in QUESTIONS.items()
        )
    )
    (made / "queries.jsonl").write_text(queries, encoding="utf-8")
    return made


SYLLABLES, WORDS, DENSE = map(only, (Stage.SYLLABLES, Stage.WORDS, Stage.UNITS))


def measured(folder: Path, cache: Path, encoder: TopicEncoder) -> ExternalReport:
    return measure_external(read_benchmark(folder), encoder, cache, silent)


def test_a_folder_packed_or_not(folder: Path) -> None:
    packed = read_benchmark(folder)
    assert packed.name == "nhỏ"
    assert packed.passages["rung"] == Article(
        "Luật - Điều 1. Bảo vệ rừng", "Kiểm lâm tuần tra cháy rừng mùa khô."
    )
    assert packed.passages["duong"] == Article("", "Đường tỉnh lộ nối cửa khẩu với trung tâm huyện.")
    assert [question.relevant for question in packed.questions] == [("rung",), ("rung",), ("cho", "duong")]
    (folder / "corpus.jsonl").write_bytes(gzip.decompress((folder / "corpus.jsonl.gz").read_bytes()))
    (folder / "corpus.jsonl.gz").unlink()
    assert read_benchmark(folder) == packed


def question(text: str = "b", *relevant: str) -> bytes:
    return lines({"id": "a", "text": text, "relevant": relevant}).encode()


def passage(**fields: object) -> bytes:
    return lines({"id": "a", "text": "b"} | fields).encode()


QUERIES, CORPUS = "queries.jsonl", "corpus.jsonl.gz"


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        (QUERIES, question("b", "cho") + b'{"id": ', "queries.jsonl:2: không phải JSON"),
        (QUERIES, question("b", "khong"), "queries.jsonl:1: .*“khong”, không có"),
        (QUERIES, question("b"), "queries.jsonl:1: .*ít nhất một"),
        (QUERIES, b"\n" + question(" ", "cho"), "queries.jsonl:2: “text”"),
        (QUERIES, question("b", "cho") * 2, "queries.jsonl:2: .*đã có"),
        (QUERIES, b"", "không có câu hỏi nào"),
        (CORPUS, gzip.compress(passage() * 2), "corpus.jsonl.gz:2: .*đã có"),
        (CORPUS, gzip.compress(passage(title=3)), "corpus.jsonl.gz:1: “title”"),
        (CORPUS, gzip.compress(passage())[:-9], "corpus.jsonl.gz: tệp nén"),
        (CORPUS, b"not packed", "corpus.jsonl.gz: tệp nén"),
        (CORPUS, None, "Không thấy corpus.jsonl"),
    ],
)
def test_faults_are_named_by_line(folder: Path, file: str, content: bytes | None, told: str) -> None:
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)
    with pytest.raises(QuestionFileError, match=told):
        read_benchmark(folder)


def test_figures_computed_by_hand(folder: Path, tmp_path: Path) -> None:
    """q1 is met at rank 1 by all. q2 shares no word with its passage. q3 wants two passages."""
    report = measured(folder, tmp_path / "cache", TopicEncoder())
    assert (report.passages, report.questions, report.unsearchable) == (3, 3, ())
    means = {name: {m: every[m].mean for m in MEASURES} for name, every in report.variants.items()}
    assert {FULL, SYLLABLES, left_out(Stage.UNITS)} < set(means)
    second = 1 / np.log2(3)  # the discount of rank 2
    # BM25 meets q1 at 1, nothing of q2, and one of the two passages of q3, at 1.
    assert means[SYLLABLES]["hit@1"] == pytest.approx(2 / 3)
    assert means[SYLLABLES]["hit@10"] == pytest.approx(2 / 3)
    assert means[WORDS]["hit@1"] == pytest.approx(2 / 3)
    # Dense: q1 and q2 at 1; q3 at 1 ("họp" is all a road to it) and its other passage at 2.
    assert means[DENSE] == pytest.approx(dict.fromkeys(MEASURES, 1.0))
    assert means[FULL]["hit@1"] == 1.0 and means[FULL]["MRR@10"] == 1.0
    assert means[SYLLABLES]["nDCG@10"] == pytest.approx((1 + 0 + 1 / (1 + second)) / 3)
    assert report.variants[DENSE]["hit@1"].n == 3


def test_a_question_that_cannot_be_searched_counts_as_zero(folder: Path, tmp_path: Path) -> None:
    with (folder / "queries.jsonl").open("a", encoding="utf-8") as file:
        file.write(lines({"id": "q4", "text": "rừng " * 500, "relevant": ["rung"]}))
    report = measured(folder, tmp_path / "cache", TopicEncoder())
    assert report.unsearchable == ("q4",)
    assert report.variants[DENSE]["hit@1"].mean == pytest.approx(3 / 4)
    assert "q4" in render_external(report)


def test_nothing_is_encoded_twice(folder: Path, tmp_path: Path) -> None:
    first, again = TopicEncoder(), TopicEncoder()
    report = measured(folder, tmp_path / "cache", first)
    assert sorted(first.encoded) == sorted(
        ["Điều 1. Bảo vệ rừng", "Điều 2. Chợ phiên", *(text for _, text in PASSAGES.values())]
    )
    assert measured(folder, tmp_path / "cache", again) == report
    assert again.encoded == []


def test_a_law_stands_above_its_articles(folder: Path) -> None:
    rung, cho, duong = benchmark_passages(read_benchmark(folder))
    assert rung.path == ("Luật", "Điều 1. Bảo vệ rừng")
    assert rung.text == f"Điều 1. Bảo vệ rừng\n{PASSAGES['rung'][1]}"
    assert (cho.path, cho.text) == (("Điều 2. Chợ phiên",), f"Điều 2. Chợ phiên\n{PASSAGES['cho'][1]}")
    assert (duong.path, duong.text) == ((), PASSAGES["duong"][1])


class Interrupted(TopicEncoder):
    """Ctrl-C in the middle of its second shard."""

    def passages(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> Vectors:
        if self.encoded:
            raise KeyboardInterrupt
        return super().passages(texts, progress)


def test_an_interruption_costs_one_shard(tmp_path: Path) -> None:
    texts = [f"rừng số {number}" for number in range(2 * SHARD + 5)]
    broken, whole = Interrupted(), TopicEncoder()
    with pytest.raises(KeyboardInterrupt):
        CachedEncoder(broken, tmp_path).passages(texts)
    seen: list[tuple[int, int]] = []
    vectors = CachedEncoder(whole, tmp_path).passages(texts, lambda done, total: seen.append((done, total)))
    assert len(broken.encoded) == SHARD and len(whole.encoded) == SHARD + 5
    assert not set(broken.encoded) & set(whole.encoded)
    assert seen[0] == (SHARD, len(texts)) and seen[-1] == (len(texts), len(texts))
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    np.testing.assert_array_equal(vectors, TopicEncoder().passages(texts))  # in the order asked for


def test_a_damaged_shard_is_encoded_again(tmp_path: Path) -> None:
    CachedEncoder(TopicEncoder(), tmp_path).passages(["rừng", "chợ"])
    (shard,) = tmp_path.rglob("*.npz")
    shard.write_bytes(shard.read_bytes()[:100])
    encoder = TopicEncoder()
    vectors = CachedEncoder(encoder, tmp_path).passages(["rừng", "chợ"])
    assert sorted(encoder.encoded) == ["chợ", "rừng"]
    np.testing.assert_array_equal(vectors, TopicEncoder().passages(["rừng", "chợ"]))


def test_encoders_and_questions_are_kept_apart(tmp_path: Path) -> None:
    class Other(TopicEncoder):
        name = "chủ-đề:thử"  # the same once made fit for a file name

    CachedEncoder(TopicEncoder(), tmp_path).passages(["rừng"])
    CachedEncoder(TopicEncoder(), tmp_path).queries(["chợ"])
    other, same = Other(), TopicEncoder()
    CachedEncoder(other, tmp_path).passages(["rừng"])
    CachedEncoder(same, tmp_path).passages(["chợ"])
    assert other.encoded == ["rừng"] and same.encoded == ["chợ"]


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("một tệp, không phải thư mục", encoding="utf-8")
    with pytest.raises(HoidapError, match="Không ghi được véc-tơ"):
        CachedEncoder(TopicEncoder(), tmp_path / "cache").passages(["rừng"])


def test_the_report_as_text_and_json(folder: Path, tmp_path: Path) -> None:
    report = measured(folder, tmp_path / "cache", TopicEncoder())
    shown = render_external(report)
    assert "nhỏ: 3 đoạn, 3 câu hỏi" in shown and FULL in shown
    for measure in MEASURES:
        assert measure in shown
    assert json.loads(json.dumps(external_json(report)))["variants"][DENSE]["hit@1"]["mean"] == 1.0
