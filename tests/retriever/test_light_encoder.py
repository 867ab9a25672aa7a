"""Token vectors from every encoder that gives them, and the bundled model without torch."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tokenizers import Tokenizer

from retriever.bundled import bundled_model
from retriever.encoder import BATCH, EncoderError, SentenceTransformerEncoder, own_tokens
from retriever.light_encoder import LightEncoder

if TYPE_CHECKING:
    from retriever.encoder import Prompt, TokenEncoder
    from ui.settings import Settings

QUESTION = "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?"
TEXTS = (
    QUESTION,
    "x",
    "",
    "  \n",
    "谅山省世界地质公园",
    "query: passage: query:",
    "<s> thử </s>",
    *(f"Điều {number}. Tỷ lệ che phủ rừng" for number in range(BATCH)),
)
LONG = "Đến năm 2030 có bao nhiêu khu công nghiệp? " * 80  # longer than the model reads


def test_light_vectors_are_those_of_sentence_transformers(
    light_encoder: TokenEncoder, compiled_encoder: TokenEncoder
) -> None:
    for ours, theirs in (
        (light_encoder.queries(TEXTS), compiled_encoder.queries(TEXTS)),
        (light_encoder.passages(TEXTS), compiled_encoder.passages(TEXTS)),
        (light_encoder.passages([LONG, "x"]), compiled_encoder.passages([LONG, "x"])),
    ):
        assert float(np.abs(ours - theirs).max()) <= 1e-6


@pytest.mark.parametrize("prompt", ["query", "passage"])
def test_light_tokens_are_those_of_sentence_transformers(
    light_encoder: TokenEncoder, compiled_encoder: TokenEncoder, prompt: Prompt
) -> None:
    both = light_encoder, compiled_encoder
    found = [[*one.tokens(TEXTS, prompt), *one.tokens([LONG, "x"], prompt)] for one in both]
    for ours, theirs in zip(*found, strict=True):
        assert ours.ids.tolist() == theirs.ids.tolist()
        assert float(np.abs(ours.vector - theirs.vector).max()) <= 1e-6
        assert ours.tokens == pytest.approx(theirs.tokens, abs=1e-6)


@pytest.mark.parametrize("prompt", ["query", "passage"])
def test_a_text_keeps_its_own_tokens_and_no_others(
    token_encoder: TokenEncoder, settings: Settings, prompt: Prompt
) -> None:
    tokenizer = Tokenizer.from_file(str(bundled_model(settings.cache / "models") / "tokenizer.json"))
    for text in (QUESTION, "谅山省", "query: a", "🜀🜁 ký tự lạ"):
        [found] = token_encoder.tokens([text], prompt)
        own = tokenizer.encode(text, add_special_tokens=False).ids
        space = tokenizer.token_to_id("▁")  # alone before a text, part of the prompt after one
        assert found.ids.tolist() == (own[1:] if own[0] == space else own)
        assert found.tokens.shape == (len(found.ids), len(found.vector))
        assert [part.dtype for part in (found.vector, found.tokens)] == [np.float32] * 2
        assert found.ids.dtype == np.int32


def test_tokens_come_with_the_vector_of_their_text(token_encoder: TokenEncoder) -> None:
    found = token_encoder.tokens(TEXTS, "query")
    assert np.stack([one.vector for one in found]) == pytest.approx(token_encoder.queries(TEXTS), abs=1e-6)
    assert [len(one.ids) for one in found[1:4]] == [1, 0, 0]


def test_no_texts_have_no_tokens(token_encoder: TokenEncoder) -> None:
    assert token_encoder.tokens([], "passage") == []


def test_a_model_without_token_vectors_gives_none(tiny_model: Path) -> None:
    encoder = SentenceTransformerEncoder(str(tiny_model))
    found = encoder.tokens(["khu công nghiệp", "đến năm 2030"], "query")
    assert [one.tokens.shape for one in found] == [(0, 32)] * 2
    assert np.stack([one.vector for one in found]) == pytest.approx(
        encoder.queries(["khu công nghiệp", "đến năm 2030"]), abs=1e-6
    )


@pytest.mark.parametrize(
    ("ids", "prompt", "own"),
    [
        ([0, 7, 8, 5, 6, 2], [0, 7, 8, 2], [3, 4]),
        ([0, 7, 9, 5, 2], [0, 7, 8, 2], [2, 3]),  # the prompt's last token ran together with the text's first
        ([0, 7, 8, 2], [0, 7, 8, 2], []),
        ([0, 5, 6, 2], [0, 2], [1, 2]),  # no prompt
        ([0, 7, 2], [0, 7, 8, 2], []),  # cut short within the prompt
        ([5], [], [0]),
        ([], [7], []),
    ],
)
def test_own_tokens(ids: Sequence[int], prompt: Sequence[int], own: Sequence[int]) -> None:
    found = own_tokens(np.array(ids, dtype=np.int64), {0, 2}, np.array(prompt, dtype=np.int64))
    assert found.tolist() == own


_WITHOUT_TORCH = """
import sys
from pathlib import Path
told = []
sys.addaudithook(
    lambda event, _: told.append(event)
    if event in ("socket.connect", "socket.getaddrinfo", "os.fork", "subprocess.Popen")
    else None
)
from retriever.light_encoder import LightEncoder
encoder = LightEncoder(Path(sys.argv[1]))
print(len(encoder.queries(["xin chào"])), len(encoder.tokens(["xin chào"], "query")), told)
print(sorted({"torch", "transformers", "sentence_transformers"} & set(sys.modules)))
"""


def test_it_imports_no_torch_and_tells_nobody(light_encoder: LightEncoder, settings: Settings) -> None:
    light_encoder.queries(["a"])  # exported by now
    run = [sys.executable, "-W", "error", "-c", _WITHOUT_TORCH, str(bundled_model(settings.cache / "models"))]
    said = subprocess.run(run, capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.splitlines() == ["1 1 []", "[]"]


def test_it_makes_the_export_where_there_is_none(
    light_encoder: LightEncoder, settings: Settings, tmp_path: Path
) -> None:
    for file in bundled_model(settings.cache / "models").iterdir():
        if file.name != "openvino":
            (tmp_path / file.name).symlink_to(file)
    made = LightEncoder(tmp_path).queries([QUESTION])
    assert made == pytest.approx(light_encoder.queries([QUESTION]), abs=1e-6)
    assert (tmp_path / "openvino" / "model.xml").is_file()


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"Không nạp được mô hình.*Hãy sửa HOIDAP_MODEL"):
        LightEncoder(tmp_path).queries(["xin chào"])
