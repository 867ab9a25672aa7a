"""Which index below a folder is in use: one small file names it, replaced in one step."""

from __future__ import annotations

from pathlib import Path

POINTER = "CURRENT"


def in_use(root: Path) -> str | None:
    """The name of the folder in use below `root`, another for every build; None where there is none."""
    try:
        return (root / POINTER).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None
