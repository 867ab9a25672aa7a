"""The bundled model's tokenizer and its exported transformer, run by OpenVINO: needs no torch."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Ids = npt.NDArray[np.int64]  # shape (texts, tokens of the longest)
Hidden = npt.NDArray[np.float32]  # shape (texts, tokens of the longest, dimensions)

_MAX_TOKENS = 512


class Transformer:
    """Texts → token ids → token vectors. Not for several threads at once: it keeps one inference request."""

    def __init__(self, folder: Path) -> None:
        """Load from a model's folder. Raises OSError, ValueError or RuntimeError for damaged files."""
        core = openvino().Core()
        with ThreadPoolExecutor(1) as beside:  # half a second each
            compiling = beside.submit(core.compile_model, exported(folder), "CPU")
            self.tokenizer = _tokenizer(folder / "tokenizer.json")
        self.special = special_ids(self.tokenizer)
        self._compiled = compiling.result()

    @property
    def dimensions(self) -> int:
        """Length of a token vector."""
        return int(self._compiled.output(0).get_partial_shape()[2].get_length())

    def ids(self, texts: Sequence[str]) -> tuple[Ids, Ids]:
        """Token ids, padded, and 1 where they are not padding."""
        encoded = self.tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        return ids, np.array([one.attention_mask for one in encoded], dtype=np.int64)

    def hidden(self, ids: Ids, mask: Ids) -> Hidden:
        """The last layer's vector of each token; rows of padding hold nothing of use."""
        found: Hidden = self._compiled({"input_ids": ids, "attention_mask": mask})[0]
        return found


def exported(folder: Path) -> Path:
    """Where the exported transformer of a model's folder lies, its weights (.bin) beside it."""
    return folder / "openvino" / "model.xml"


def prompts(folder: Path) -> Mapping[str, str]:
    """What stands before a text, by the name of its kind: "query", "passage"."""
    settings = json.loads((folder / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    return {str(name): str(prompt) for name, prompt in settings["prompts"].items()}


def special_ids(tokenizer: Tokenizer) -> frozenset[int]:
    """The ids of tokens that stand for no text; <unk> does stand for some."""
    added = tokenizer.get_added_tokens_decoder()
    return frozenset(id_ for id_, token in added.items() if token.special and token.content != "<unk>")


def openvino() -> Any:
    """OpenVINO without its reports: merely importing it would send its maker a message."""
    if "openvino" not in sys.modules:
        sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # "not installed": its own stub is used
    import openvino

    return openvino


def _tokenizer(file: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(_MAX_TOKENS)
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id("<pad>"), pad_token="<pad>")
    return tokenizer
