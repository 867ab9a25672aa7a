"""What long work tells while it goes on."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """`done` of `total` steps of the named stage; `detail` is more that a user may like to see."""

    def __call__(self, stage: str, done: int, total: int, detail: str = "") -> None: ...


def silent(stage: str, done: int, total: int, detail: str = "") -> None:
    """A Progress that says nothing."""
