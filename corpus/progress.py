"""What long work tells while it goes on."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """`done` of `total` steps of the named stage."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


def silent(stage: str, done: int, total: int) -> None:
    """A Progress that says nothing."""
