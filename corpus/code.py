"""The code behind a module: what decides whether something made by it must be made again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

TOP = Path(__file__).parent.parent

_IMPORT = re.compile(
    r"^\s*from\s+([\w.]+)\s+import\s+(\([^)]*\)|[^\n]*)|^\s*import\s+([^\n#]+)", re.MULTILINE
)
_NAME = re.compile(r"\w+(?:\s+as\s+\w+)?")


def digest(roots: Iterable[str], without: Iterable[str] = ()) -> str:
    """A hash of the source of these modules and of all of ours that they import, wherever they do.

    Modules named in `without` count as not imported. Names are dotted: "ingest.repair".
    """
    return _digest(tuple(roots), tuple(without), TOP)


@cache  # what runs is what was there when the process began, whatever is edited meanwhile
def _digest(roots: tuple[str, ...], without: tuple[str, ...], _top: Path) -> str:
    hashed = hashlib.sha256()
    for name in closure(roots, without):
        hashed.update(f"{name}\n".encode() + _file(name).read_bytes())
    return hashed.hexdigest()


def closure(roots: Iterable[str], without: Iterable[str] = ()) -> list[str]:
    """These modules and all of ours that they import, sorted by name."""
    waiting, found, left_out = list(roots), set[str](), frozenset(without)
    while waiting:
        name = waiting.pop()
        if name not in found and name not in left_out and _file(name).is_file():
            found.add(name)
            waiting += _imported(_file(name).read_text(encoding="utf-8"))
    return sorted(found)


def _imported(source: str) -> Iterator[str]:
    """What may be a module among the names of the import statements."""
    for module, names, whole in _IMPORT.findall(source):
        if module:
            yield module
            yield from (f"{module}.{name.split()[0]}" for name in _NAME.findall(names))
        else:
            yield from (name.split()[0] for name in whole.split(",") if name.strip())


def _file(name: str) -> Path:
    return TOP.joinpath(*name.split(".")).with_suffix(".py")
