"""The bundled model's transformer run by OpenVINO, as a module of sentence-transformers.

Exported once from the torch weights, beside them. Against torch in fp32 on the same machine (96 passages,
2 cores): 3.4 times as fast with bfloat16 where the processor has it (cosine ≥ 0.9999), else 1.2 times in
fp32 (cosine 1). What else was tried stands in docs/measure.md.
"""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule, Normalize
from sentence_transformers.sentence_transformer.modules import Pooling

from retriever.transformer import Transformer, exported, openvino, prompts


class CompiledTransformer(InputModule):
    """Token embeddings by OpenVINO; takes and gives torch tensors, as its neighbours in the model expect.

    Not for several threads at once.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._transformer = Transformer(folder)
        self.tokenizer = self._transformer.tokenizer

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """Token ids and attention mask of texts, shape (texts, tokens of the longest)."""
        ids, mask = self._transformer.ids([f"{prompt or ''}{text}" for text in inputs])
        return {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `token_embeddings`, shape (texts, tokens, dimensions)."""
        hidden = self._transformer.hidden(features["input_ids"].numpy(), features["attention_mask"].numpy())
        features["token_embeddings"] = torch.from_numpy(hidden)
        return features

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Not saved: the folder that it was made from is the model."""
        raise NotImplementedError(f"the model in {output_path} is made from the bundled weights")


def compiled_model(folder: Path) -> SentenceTransformer:
    """The sentence-transformers model of `folder` with its transformer run by OpenVINO, exported if need be.

    Raises OSError or ValueError where the folder cannot be read or written.
    """
    if not exported(folder).is_file():
        export(folder)
    whole = [CompiledTransformer(folder), Pooling.load(str(folder / "1_Pooling")), Normalize()]
    return SentenceTransformer(modules=whole, prompts=dict(prompts(folder)), device="cpu")


class _LastHiddenState(torch.nn.Module):
    """The transformer with two inputs and one output."""

    def __init__(self, transformer: torch.nn.Module) -> None:
        super().__init__()
        self.transformer = transformer

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> Any:
        return self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def export(folder: Path) -> None:
    """Write the exported transformer beside the weights in one step; two at once do no harm.

    Raises OSError or ValueError where the folder cannot be read or written.
    """
    engine = openvino()
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder
    from transformers import AutoModel
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # it wonders about a loss that nobody asks for
    transformer = AutoModel.from_pretrained(folder).eval()
    example = {name: torch.ones((2, 8), dtype=torch.int64) for name in ("input_ids", "attention_mask")}
    with warnings.catch_warnings():
        # tracing is deprecated, and says what it cannot follow: torch is pinned
        warnings.simplefilter("ignore")
        decoder = TorchScriptPythonDecoder(_LastHiddenState(transformer), example_input=example)
    # the front end itself: `openvino.convert_model` reports each conversion to its maker
    frontend = FrontEndManager().load_by_framework("pytorch")
    model = frontend.convert(frontend.load(decoder))
    target = exported(folder)
    staging = Path(tempfile.mkdtemp(prefix=f".{target.parent.name}-", dir=folder))
    try:
        engine.save_model(model, staging / target.name, compress_to_fp16=True)
        staging.chmod(0o755)  # mkdtemp made it for one user
        if not target.parent.is_dir():
            staging.rename(target.parent)
    except FileExistsError:
        pass  # another process was first, with the same result
    finally:
        shutil.rmtree(staging, ignore_errors=True)
