"""What every encoder must do, and what the one in force does beside it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retriever.bundled import bundled_model
from retriever.encoder import BATCH, EncoderError, SentenceTransformerEncoder

if TYPE_CHECKING:
    from retriever.encoder import Encoder
    from ui.settings import Settings

TEXTS = (
    "Đến năm 2030 có 08 khu công nghiệp.",
    "Phấn đấu thu hút 4.700.000 lượt khách du lịch, trong đó có khách quốc tế và khách nội địa.",
    "Tỷ lệ che phủ rừng duy trì ở mức 65%.",
    "a",
    "谅山省世界地质公园",
)


def test_vectors_are_rows_of_unit_length(any_encoder: Encoder) -> None:
    queries, passages = any_encoder.queries(TEXTS), any_encoder.passages(TEXTS)
    assert queries.shape == passages.shape
    assert queries.shape[0] == len(TEXTS)
    for vectors in (queries, passages):
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_the_same_text_gives_the_same_vector(any_encoder: Encoder) -> None:
    assert any_encoder.queries(TEXTS[:2]) == pytest.approx(any_encoder.queries(TEXTS[:2]), abs=1e-6)


def test_each_row_belongs_to_its_text_whatever_the_order(any_encoder: Encoder) -> None:
    forward, backward = any_encoder.passages(TEXTS), any_encoder.passages(TEXTS[::-1])
    assert forward == pytest.approx(backward[::-1], abs=2e-3)  # bfloat16 rounds by what else is in the batch


def test_a_text_is_nearest_to_the_one_that_speaks_of_the_same(any_encoder: Encoder) -> None:
    query = any_encoder.queries(["Năm 2030 có bao nhiêu khu công nghiệp?"])
    assert int(np.argmax(any_encoder.passages(TEXTS) @ query[0])) == 0


def test_progress_rises_to_the_total(any_encoder: Encoder) -> None:
    told: list[tuple[int, int]] = []
    texts = [f"Điều {number}." for number in range(BATCH + 3)]
    any_encoder.passages(texts, lambda done, total: told.append((done, total)))
    assert all(before < after for (before, _), (after, _) in pairwise(told))
    assert {total for _, total in told} == {len(texts)}
    assert told[-1] == (len(texts), len(texts))


def test_an_encoder_has_a_name_for_the_index(any_encoder: Encoder) -> None:
    assert any_encoder.name.strip()


def test_no_passages_give_an_empty_matrix(encoder: Encoder) -> None:
    assert encoder.passages([]).shape == (0, encoder.queries(["a"]).shape[1])


def test_question_and_passage_prompts_differ(encoder: Encoder) -> None:
    assert float(encoder.queries(TEXTS[:1])[0] @ encoder.passages(TEXTS[:1])[0]) < 0.999


def test_two_models_of_one_name_are_told_apart_where_the_caller_names_them() -> None:
    assert SentenceTransformerEncoder("/models/a/e5").name == "e5"
    assert SentenceTransformerEncoder("/models/a/e5", name="/models/a/e5").name == "/models/a/e5"


@pytest.mark.usefixtures("encoder")  # its environment forbids asking a hub
@pytest.mark.parametrize("model", ["/khong/co/mo-hinh", "khong-co/mo-hinh-nay"])
def test_a_model_that_is_not_there(model: str) -> None:
    refused(SentenceTransformerEncoder(model))


@pytest.mark.usefixtures("encoder")
def test_a_folder_without_a_model(tmp_path: Path) -> None:
    refused(SentenceTransformerEncoder(str(tmp_path)))


def test_a_model_with_damaged_weights(settings: Settings, tmp_path: Path) -> None:
    whole = bundled_model(settings.cache / "models")
    for file in whole.rglob("*"):
        copy = tmp_path / file.relative_to(whole)
        if file.is_dir():
            copy.mkdir()
        elif file.name == "model.safetensors":
            copy.write_bytes(b"\xff" * 1000)
        else:
            copy.symlink_to(file)
    refused(SentenceTransformerEncoder(str(tmp_path)))


def refused(encoder: SentenceTransformerEncoder) -> None:
    """It fails as a user should see it: one line that says what to change."""
    with pytest.raises(EncoderError, match=r"Không nạp được mô hình.*Hãy sửa HOIDAP_MODEL") as failed:
        encoder.queries(["xin chào"])
    assert "\n" not in str(failed.value)
    assert failed.value.exit_code == 69
