"""Known misreadings of a document, kept in `<id>.errata.toml` beside its file.

One table each; all keys are strings:

    [[erratum]]
    at = "dieu-1/muc-v/khoan-2"   # the provision: a path or permalink without the document's id
    wrong = "Phần đầu"            # the words as they stand there, found exactly once
    right = "Phấn đấu"            # what they should say
    reason = "lỗi nhận dạng chữ"  # for the user

The wording stays as it is: an erratum becomes a Correction of the Reading it stands in.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.address import path_of
from corpus.document import Correction, Provision, Reading
from corpus.errors import AddressError, DocumentError
from corpus.manifest import Entry

_KEYS = ("at", "wrong", "right", "reason")
_PARTS = ("marker", "heading", "text")


@dataclass(frozen=True, slots=True)
class Erratum:
    """One table of an errata file; `at` is a path inside the document."""

    at: str
    wrong: str
    right: str
    reason: str


def errata_file(entry: Entry) -> Path:
    """Where the errata of a document stand, whether there are any or not."""
    return entry.path.with_name(f"{entry.metadata.id}.errata.toml")


def read_errata(entry: Entry) -> tuple[Erratum, ...]:
    """The errata of a document, none where it has no such file.

    Raises DocumentError when the file is not what the module's docstring describes.
    """
    file = errata_file(entry)
    if not file.is_file():
        return ()
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DocumentError(f"{file}: không đọc được ({error}). Hãy sửa lại theo cú pháp TOML.") from error
    tables = content.pop("erratum", [])
    if content or not isinstance(tables, list):
        raise DocumentError(f"{file}: chỉ gồm các bảng mở đầu bằng [[erratum]]. Hãy bỏ phần khác.")
    return tuple(_erratum(table, number, file) for number, table in enumerate(tables, start=1))


def _erratum(table: Any, number: int, file: Path) -> Erratum:
    where = f"{file}, mục [[erratum]] thứ {number}"
    if not isinstance(table, dict) or sorted(table) != sorted(_KEYS):
        raise DocumentError(f"{where}: cần đúng các khóa {', '.join(_KEYS)}.")
    if not all(isinstance(value, str) for value in table.values()) or not table["wrong"].strip():
        raise DocumentError(f"{where}: các giá trị phải là chuỗi, “wrong” không rỗng.")
    try:
        _, path = path_of(f"x/{table['at']}")
    except AddressError as error:
        raise DocumentError(f"{where}: “at” sai. {error}") from error
    return Erratum(path, table["wrong"], table["right"], table["reason"])


def apply(root: Provision, errata: Sequence[Erratum]) -> tuple[Provision, tuple[str, ...]]:
    """The tree with its corrections, and a warning in Vietnamese for each erratum that fits nowhere."""
    wanted: dict[str, list[Erratum]] = defaultdict(list)
    for erratum in errata:
        wanted[erratum.at].append(erratum)
    warnings: list[str] = []
    corrected = _corrected(root, wanted, warnings)
    warnings += (_stale(erratum, "không có điều khoản này") for rest in wanted.values() for erratum in rest)
    return corrected, tuple(warnings)


def _corrected(node: Provision, wanted: dict[str, list[Erratum]], warnings: list[str]) -> Provision:
    parts: Mapping[str, Reading] = {part: getattr(node, part) for part in _PARTS}
    found: dict[str, list[Correction]] = {part: [] for part in _PARTS}
    for erratum in wanted.pop(node.address.path, ()):
        places = [part for part in _PARTS if parts[part].text.count(erratum.wrong) == 1]
        if len(places) == 1:
            found[places[0]].append(_tight(erratum, parts[places[0]].text.index(erratum.wrong)))
        else:
            warnings.append(_stale(erratum, "câu chữ này không có đúng một lần ở đó"))
    marker, heading, text = (_with(parts[part], found[part]) for part in _PARTS)
    children = tuple(_corrected(child, wanted, warnings) for child in node.children)
    return replace(node, marker=marker, heading=heading, text=text, children=children)


def _with(reading: Reading, found: Sequence[Correction]) -> Reading:
    return replace(reading, corrections=tuple(sorted(found, key=lambda each: each.start)))


def _tight(erratum: Erratum, start: int) -> Correction:
    """The words that differ, without those before and after that only say where they stand."""
    wrong, right = erratum.wrong.split(" "), erratum.right.split(" ")
    before = 0
    while before < min(len(wrong), len(right)) - 1 and wrong[before] == right[before]:
        before += 1
    after = 0
    while after < min(len(wrong), len(right)) - before - 1 and wrong[-1 - after] == right[-1 - after]:
        after += 1
    low = start + sum(len(word) + 1 for word in wrong[:before])
    high = start + len(erratum.wrong) - sum(len(word) + 1 for word in wrong[len(wrong) - after :])
    said = " ".join(right[before : len(right) - after])
    return Correction(low, high, said, erratum.reason)


def _stale(erratum: Erratum, why: str) -> str:
    return f"Đính chính “{erratum.wrong}” tại {erratum.at or 'gốc'}: {why}. Hãy sửa tệp đính chính."
