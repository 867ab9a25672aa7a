"""The exported encoder: the same vectors as torch's, made once, and nobody is told of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retriever.bundled import bundled_model

if TYPE_CHECKING:
    from retriever.encoder import Encoder
    from ui.settings import Settings

TEXTS = [
    "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?",
    "x",
    "",
    "谅山省世界地质公园",
    "Đến năm 2030 có bao nhiêu khu công nghiệp? " * 80,  # longer than the model reads
    "a" * 9000,
]


def test_vectors_are_those_of_torch(encoder: Encoder, torch_encoder: Encoder) -> None:
    for ours, theirs in (
        (encoder.queries(TEXTS), torch_encoder.queries(TEXTS)),
        (encoder.passages(TEXTS), torch_encoder.passages(TEXTS)),
    ):
        assert float((ours * theirs).sum(axis=1).min()) > 0.999


_EXPORT = """
import sys
from pathlib import Path
told = []
sys.addaudithook(
    lambda event, _: told.append(event)
    if event in ("socket.connect", "socket.getaddrinfo", "os.fork", "subprocess.Popen")
    else None
)
from retriever.compiled import compiled_model
model = compiled_model(Path(sys.argv[1]))
print(model.encode(["xin chào"]).shape, told)
"""


def test_export_is_made_once_and_tells_nobody(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(
        bundled_model(settings.cache / "models"),
        folder,
        ignore=shutil.ignore_patterns("openvino"),
        copy_function=lambda source, target: Path(target).symlink_to(source),
    )
    run = [sys.executable, "-W", "error", "-c", _EXPORT, str(folder)]
    both = [subprocess.Popen(run, stdout=subprocess.PIPE, text=True) for _ in range(2)]  # at the same time
    assert [process.communicate(timeout=120)[0].strip() for process in both] == ["(1, 384) []"] * 2
    assert sorted(file.name for file in (folder / "openvino").iterdir()) == ["model.bin", "model.xml"]
    assert not list(folder.glob(".openvino-*"))
    before = (folder / "openvino" / "model.bin").stat().st_mtime_ns
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip() == "(1, 384) []"
    assert (folder / "openvino" / "model.bin").stat().st_mtime_ns == before


def test_a_batch_may_hold_texts_of_any_length(encoder: Encoder) -> None:
    alone = np.concatenate([encoder.passages([text]) for text in TEXTS])
    assert float((encoder.passages(TEXTS) * alone).sum(axis=1).min()) == pytest.approx(1, abs=1e-3)
