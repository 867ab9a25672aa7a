"""Changes the office's manifest: whole or not at all, comments and order kept.

The new text is written beside the manifest, read back as a manifest, and takes its place in one step.
Files that came with it are there before it names them; they are taken away again when it fails.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Metadata
from corpus.errors import DocumentError, ManifestError
from corpus.manifest import Entry, load

if TYPE_CHECKING:
    from tomlkit import TOMLDocument
    from tomlkit.items import Table

_FIELDS = tuple(field.name for field in fields(Metadata))
_HEAD = "# Văn bản do cơ quan nạp thêm: mỗi văn bản là một bảng. Xem bằng lệnh `hoidap documents`.\n\n"


class ManifestEdit:
    """The manifest as it will be; used inside `editing`."""

    def __init__(self, manifest: Path) -> None:
        import tomlkit

        self._manifest = manifest
        self.entries: Mapping[str, Entry] = {}
        if manifest.is_file():
            # files may be missing or altered: that must not keep others from being added
            self.entries = {entry.metadata.id: entry for entry in load(manifest, faults={})}
        text = manifest.read_bytes().decode("utf-8-sig") if manifest.is_file() else _HEAD
        self._document: TOMLDocument = tomlkit.parse(text)
        self._copied: list[Path] = []

    def put(self, metadata: Metadata) -> None:
        """Add a document, or give the one of the same id these values."""
        import tomlkit

        table = self._table(metadata.id)
        if table is None:
            table = tomlkit.table()
            self._fill(table, metadata)
            if "document" not in self._document:
                self._document["document"] = tomlkit.aot()
            tables = self._document["document"]
            tables.append(table)  # type: ignore[union-attr, call-arg, arg-type]  # an array of tables
        else:
            self._fill(table, metadata)

    def drop(self, identifier: str) -> None:
        """Take a document's table out; its file stays."""
        tables = self._document["document"]
        place = next(at for at, table in enumerate(tables) if table["id"] == identifier)  # type: ignore[arg-type]
        del tables[place]  # type: ignore[union-attr, arg-type]

    def copy(self, name: str, data: bytes) -> str:
        """Put a file beside the manifest and return its name there; another file of that name stays."""
        target = self._manifest.parent / name
        again = 2
        while target.exists():
            if target.is_file() and target.read_bytes() == data:
                return target.name
            target, again = target.with_name(f"{Path(name).stem}-{again}{Path(name).suffix}"), again + 1
        self._copied.append(target)
        _write_whole(target, data)
        return target.name

    def _table(self, identifier: str) -> Table | None:
        tables = self._document.get("document", ())
        return next((table for table in tables if table["id"] == identifier), None)

    def _fill(self, table: Table, metadata: Metadata) -> None:
        for name in _FIELDS:
            value = getattr(metadata, name)
            if value is None:
                table.pop(name, None)
            elif table.get(name) != str(value):
                table[name] = str(value)

    def commit(self) -> None:
        """Put the new text in the manifest's place, if it is a good manifest."""
        import tomlkit

        data = tomlkit.dumps(self._document).encode()
        if self._manifest.is_file() and data == self._manifest.read_bytes():
            return
        part = self._manifest.with_name(f".{self._manifest.name}.part")
        try:
            _write(part, data)
            faults: dict[str, ManifestError] = {}
            load(part, faults=faults)
            part.replace(self._manifest)
            _sync_folder(self._manifest.parent)
        finally:
            part.unlink(missing_ok=True)
        self._copied.clear()

    def roll_back(self) -> None:
        """Take away the files copied for a change that did not come about."""
        for file in self._copied:
            file.unlink(missing_ok=True)


@contextmanager
def editing(manifest: Path) -> Iterator[ManifestEdit]:
    """Change a manifest; one process at a time. What the block did counts only when it ends without error.

    Raises ManifestError where the existing manifest is wrong, DocumentError where the disk cannot be written.
    """
    try:
        manifest.parent.mkdir(parents=True, exist_ok=True)
        with (manifest.parent / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            edit = ManifestEdit(manifest)
            try:
                yield edit
                edit.commit()
            except BaseException:
                edit.roll_back()
                raise
    except OSError as error:
        raise DocumentError(
            f"Không ghi được vào {error.filename or manifest.parent} ({error.strerror}). "
            "Hãy kiểm tra quyền ghi và dung lượng đĩa; kho vẫn như cũ."
        ) from error


def _write_whole(file: Path, data: bytes) -> None:
    """A file that is there whole or not at all."""
    part = file.with_name(f".{file.name}.part")
    try:
        _write(part, data)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(file.parent)


def _write(file: Path, data: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
