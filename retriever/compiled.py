"""The bundled model's transformer run by OpenVINO, as a module of sentence-transformers.

Exported once from the torch weights, beside them. Against torch in fp32 on the same machine (96 passages,
2 cores): 3.4 times as fast with bfloat16 where the processor has it (cosine ≥ 0.9999), else 1.2 times in
fp32 (cosine 1). What else was tried stands in docs/measure.md.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule, Normalize
from sentence_transformers.sentence_transformer.modules import Pooling
from tokenizers import Tokenizer

_FOLDER = "openvino"
_XML = "model.xml"
_FEATURES = ("input_ids", "attention_mask")
_MAX_TOKENS = 512


class CompiledTransformer(InputModule):
    """Token embeddings by OpenVINO; takes and gives torch tensors, as its neighbours in the model expect.

    Not for several threads at once: it keeps one inference request.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(_MAX_TOKENS)
        padding = self.tokenizer.token_to_id("<pad>")
        self.tokenizer.enable_padding(pad_id=padding, pad_token="<pad>")
        self._compiled = _openvino().Core().compile_model(folder / _FOLDER / _XML, "CPU")

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """Token ids and attention mask of texts, shape (texts, tokens of the longest)."""
        encoded = self.tokenizer.encode_batch([f"{prompt or ''}{text}" for text in inputs])
        rows = {
            "input_ids": [one.ids for one in encoded],
            "attention_mask": [one.attention_mask for one in encoded],
        }
        return {name: torch.tensor(values, dtype=torch.int64) for name, values in rows.items()}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `token_embeddings`, shape (texts, tokens, dimensions)."""
        given = {name: features[name].numpy() for name in _FEATURES}
        features["token_embeddings"] = torch.from_numpy(self._compiled(given)[0])
        return features

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Not saved: the folder that it was made from is the model."""
        raise NotImplementedError(f"the model in {output_path} is made from the bundled weights")


def compiled_model(folder: Path) -> SentenceTransformer:
    """The sentence-transformers model of `folder` with its transformer run by OpenVINO, exported if need be.

    Raises OSError or ValueError where the folder cannot be read or written.
    """
    if not (folder / _FOLDER / _XML).is_file():
        _export(folder)
    whole = [CompiledTransformer(folder), Pooling.load(str(folder / "1_Pooling")), Normalize()]
    return SentenceTransformer(modules=whole, prompts=_prompts(folder), device="cpu")


def _prompts(folder: Path) -> dict[str, str]:
    settings = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    return {str(name): str(prompt) for name, prompt in settings["prompts"].items()}


class _LastHiddenState(torch.nn.Module):
    """The transformer with two inputs and one output."""

    def __init__(self, transformer: torch.nn.Module) -> None:
        super().__init__()
        self.transformer = transformer

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        return self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def _export(folder: Path) -> None:
    """Write the exported transformer beside the weights in one step; two at once do no harm."""
    openvino = _openvino()
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder
    from transformers import AutoModel
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # it wonders about a loss that nobody asks for
    transformer = AutoModel.from_pretrained(folder).eval()
    example = {name: torch.ones((2, 8), dtype=torch.int64) for name in _FEATURES}
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # tracing is deprecated, and says what it cannot follow: torch is pinned
        decoder = TorchScriptPythonDecoder(_LastHiddenState(transformer), example_input=example)
    # the front end itself: `openvino.convert_model` reports each conversion to its maker
    frontend = FrontEndManager().load_by_framework("pytorch")
    model = frontend.convert(frontend.load(decoder))
    staging = Path(tempfile.mkdtemp(prefix=f".{_FOLDER}-", dir=folder))
    try:
        openvino.save_model(model, staging / _XML, compress_to_fp16=True)
        staging.chmod(0o755)  # mkdtemp made it for one user
        if not (folder / _FOLDER).is_dir():
            staging.rename(folder / _FOLDER)
    except FileExistsError:
        pass  # another process was first, with the same result
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _openvino() -> Any:
    """OpenVINO without its reports: merely importing it would send its maker a message."""
    if "openvino" not in sys.modules:
        sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # "not installed": its own stub is used
    import openvino

    return openvino
