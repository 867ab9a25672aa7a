"""What was read before, on the disk: documents, and files that could not be read and why.

    <folder>/<key>.json     a document, as retriever.store writes it
    <folder>/<key>.failed   {"reason": …, "limits": …}

A key stands for everything a reading depends on: the file's hash, what the manifest and the errata say,
and the code that reads. A file appears whole or not at all; one that is damaged counts as missing.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
import weakref
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path

from corpus.code import TOP, digest
from corpus.document import Document, Metadata
from corpus.manifest import Entry
from ingest.errata import errata_file
from ingest.isolation import Limits
from retriever.store import document_from_json

_LONG = 3600  # seconds: what is younger may belong to another command that is running


class Readings:
    """The readings below one folder."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        """`folder` need not exist; where it cannot be written, readings last as long as this object."""
        self.limits = limits
        self._folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                self._written = folder
        except OSError:
            self._written = Path(tempfile.mkdtemp(prefix="hoidap-"))
            weakref.finalize(self, shutil.rmtree, self._written, ignore_errors=True)

    def key(self, entry: Entry) -> str:
        """What the reading of a document is kept under."""
        # a reading does not depend on these: a scan is not read again to be taken out
        read = replace(entry.metadata, source="", note=None, expired=None, withdrawn=None)
        made_from = hashlib.sha256(self._code.encode() + metadata_hash(read).encode())
        with suppress(OSError):
            made_from.update(errata_file(entry).read_bytes())
        return made_from.hexdigest()[:40]

    def holds(self, key: str) -> bool:
        """Whether a document is kept; it may turn out damaged."""
        return self._existing(f"{key}.json") is not None

    def document(self, entry: Entry) -> Document | None:
        """The document kept, with the entry's metadata; None where there is none or it is damaged."""
        file = self._existing(f"{self.key(entry)}.json")
        if file is None:
            return None
        try:
            document = document_from_json(json.loads(file.read_text(encoding="utf-8")))
            return replace(document, metadata=entry.metadata)
        except (OSError, KeyError, TypeError, ValueError):
            return None

    def failure(self, key: str) -> str | None:
        """Why the file could not be read when it was tried under the limits in force, None if it was not."""
        file = self._existing(f"{key}.failed")
        if file is None:
            return None
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            return str(kept["reason"]) if kept["limits"] == asdict(self.limits) else None
        except (OSError, KeyError, TypeError, ValueError):
            return None

    def place(self, key: str) -> Path:
        """Where a document is to be written."""
        return self._written / f"{key}.json"

    def keep_failure(self, key: str, reason: str) -> None:
        """Remember why a file could not be read, so that it is not tried again by itself."""
        text = json.dumps({"reason": reason, "limits": asdict(self.limits)}, ensure_ascii=False)
        with suppress(OSError):  # a full disk: the file is tried again, no more
            write_whole(self.place(key).with_suffix(".failed"), text)

    def forget_failure(self, key: str) -> None:
        """Let a file be tried again."""
        with suppress(OSError):
            self.place(key).with_suffix(".failed").unlink()

    def sweep(self, keys: Iterable[str]) -> None:
        """Remove what has long been kept under other keys: documents that changed or are gone, older code."""
        kept = set(keys)
        for file in self._written.iterdir():
            with suppress(OSError):
                if file.name.split(".")[0] not in kept and time.time() - file.stat().st_mtime > _LONG:
                    file.unlink()

    @cached_property
    def _code(self) -> str:
        readers = (f"ingest.readers.{file.stem}" for file in (TOP / "ingest" / "readers").glob("*.py"))
        return digest(["ingest.pipeline", "retriever.store", *readers], without=["ingest.passages"])

    def _existing(self, name: str) -> Path | None:
        places = (self._written / name, self._folder / name)
        return next((place for place in places if place.is_file()), None)


def metadata_hash(metadata: Metadata) -> str:
    """Changes when anything the manifest says of a document changes."""
    said = json.dumps(asdict(metadata), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def write_whole(file: Path, text: str) -> None:
    """Write a file in one step: it is there whole or not at all."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, prefix=".part-", delete=False
    ) as part:
        try:
            part.write(text)
            part.close()
            Path(part.name).replace(file)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
