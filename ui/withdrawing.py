"""`hoidap remove` and `restore`: a document leaves what is searched, and comes back. Nothing is deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.document import vietnamese_date
from corpus.errors import HoidapError
from corpus.manifest import SHIPPED, Entry, load
from corpus.manifest_writer import editing
from ui.adding import held_entries
from ui.settings import Settings


def remove(identifier: str, settings: Settings) -> str:
    """Keep a document and search it no more. Returns what to tell the user.

    Raises HoidapError when there is no such document.
    """
    with editing(settings.manifest) as edit:
        entry = _held(identifier, settings)
        if day := entry.metadata.withdrawn:
            return f"“{identifier}” đã được rút ra từ trước ({vietnamese_date(day)})."
        file = entry.metadata.file
        if identifier not in edit.entries:  # a shipped document: its own manifest is never changed
            file = edit.copy(entry.path.name, entry.read())
        edit.put(replace(entry.metadata, file=file, withdrawn=date.today().isoformat()))
    return (
        f"Đã rút “{identifier}”: văn bản vẫn được giữ, nhưng không được tra cứu nữa. "
        f"Lấy lại: hoidap restore {identifier}"
    )


def restore(identifier: str, settings: Settings) -> str:
    """Undo `remove`. Returns what to tell the user. Raises HoidapError when there is no such document."""
    shipped = {entry.metadata.id: entry.metadata for entry in load(SHIPPED, faults={})}
    copied: Path | None = None
    with editing(settings.manifest) as edit:
        entry = _held(identifier, settings)
        metadata = replace(entry.metadata, withdrawn=None)
        if metadata == entry.metadata:
            return f"“{identifier}” đang được tra cứu, không phải lấy lại."
        original = shipped.get(identifier)
        if original and replace(metadata, file=original.file) == original:
            edit.drop(identifier)  # made by `remove` alone: the shipped entry counts again
            others = (other.path for name, other in edit.entries.items() if name != identifier)
            copied = None if entry.path in others else entry.path
        else:
            edit.put(metadata)
    if copied:
        copied.unlink(missing_ok=True)
    return f"Đã lấy lại “{identifier}”: văn bản được tra cứu như trước."


def _held(identifier: str, settings: Settings) -> Entry:
    held = {entry.metadata.id: entry for entry in held_entries(settings)}
    if identifier not in held:
        raise HoidapError(f"Không có văn bản “{identifier}”. Trong kho có: {', '.join(held)}.")
    return held[identifier]
