"""A cross-encoder reads the best again: a real one, small, and one that says what it is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retriever.encoder import EncoderError
from retriever.fusion import Stage
from retriever.lexical import Scores
from retriever.rerank import RERANKED, CrossEncoderReranker
from retriever.search import Searcher

if TYPE_CHECKING:
    from answer.pipeline import Answerer

PARKS = "Đến năm 2030 có bao nhiêu khu công nghiệp?"


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer with one score, its weights drawn at random."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"khu công nghiệp du lịch cụm".split()]
    inner = Tokenizer(models.WordLevel({word: row for row, word in enumerate(words)}, unk_token="[UNK]"))
    inner.pre_tokenizer = pre_tokenizers.Whitespace()
    folder = tmp_path_factory.mktemp("model") / "cross"
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=inner, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )
    torch.manual_seed(0)
    shape = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=1.0,  # far enough from nothing for scores to differ
        id2label={0: "relevant"},
    )
    BertForSequenceClassification(shape).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


class Told:
    """Says that the longest text is the best."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> Scores:
        self.read += texts
        return np.array([len(text) for text in texts], dtype=np.float32)


def test_a_real_cross_encoder_scores_each_pair(cross_encoder: Path) -> None:
    reranker = CrossEncoderReranker(str(cross_encoder))
    scores = reranker.scores("khu công nghiệp", ["cụm công nghiệp", "du lịch", "cụm công nghiệp"])
    assert scores.shape == (3,) and scores.dtype == np.float32
    assert scores[0] == pytest.approx(scores[2], abs=1e-5)
    assert scores[0] != pytest.approx(scores[1], abs=1e-5)


def test_it_has_half_the_say_over_the_best(answerer: Answerer) -> None:
    plain = answerer.searcher
    told = Told()
    searcher = Searcher(plain.index, plain.encoder, reranker=told)
    result = searcher.search(PARKS, 500)
    assert len(told.read) == RERANKED
    before = {hit.passage.id: hit.score for hit in plain.search(PARKS, 500).hits}
    low, high = min(map(len, told.read)), max(map(len, told.read))
    for hit in result.hits[:5]:
        said = (hit.stages[Stage.RERANKED] - low) / (high - low)
        assert hit.score == pytest.approx((before[hit.passage.id] + said) / 2, abs=1e-6)


def test_a_setting_is_all_it_takes(cross_encoder: Path, answerer: Answerer) -> None:
    searcher = Searcher(
        answerer.index, answerer.searcher.encoder, reranker=CrossEncoderReranker(str(cross_encoder))
    )
    hits = searcher.search(PARKS, 5).hits
    assert len(hits) == 5 and all(Stage.RERANKED in hit.stages for hit in hits)


def test_a_model_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"Không nạp được.*HOIDAP_RERANKER.*CrossEncoder"):
        CrossEncoderReranker(str(tmp_path / "không có")).scores("a", ["b"])
