"""Reads and checks manifest.toml: which documents there are, and that their files are what they claim to be.

Keys of a `[[document]]` table (all strings; those marked * may be left out):
id, type, number*, issuer, date* (ISO 8601, as much as is known), title, signer*, file, sha256,
kind (official | unnumbered_copy | digest | catalogue), source, note*,
effective*, expired*, withdrawn* (dates too: in force from, no longer so from, taken out of the holdings).

The shipped manifest is read-only. A second one in the data folder holds what an office adds;
an entry there overrides the shipped entry of the same id.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from errno import EISDIR
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any, NoReturn

from corpus.document import Metadata, TextKind
from corpus.errors import DocumentError, ManifestError

SHIPPED = Path(__file__).parent / "documents" / "manifest.toml"

_REQUIRED = ("id", "type", "issuer", "title", "file", "sha256", "kind", "source")
_DATES = ("date", "effective", "expired", "withdrawn")
_KEYS = frozenset(field.name for field in fields(Metadata))
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document named by a manifest: what is known of it, and where its file lies."""

    metadata: Metadata
    path: Path

    def read(self) -> bytes:
        """The file's bytes, checked against the manifest.

        Raises DocumentError when the file is missing or has another hash.
        """
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise DocumentError(
                f"Không mở được tệp của văn bản “{self.metadata.id}”: {self.path} ({error.strerror}). "
                "Hãy đặt lại tệp vào đúng chỗ hoặc bỏ mục này khỏi manifest.toml."
            ) from error
        if hashlib.sha256(data).hexdigest() != self.metadata.sha256:
            raise DocumentError(
                f"Tệp {self.path} đã bị sửa kể từ khi đọc manifest.toml. Hãy khôi phục bản gốc rồi chạy lại."
            )
        return data


def load(*manifests: Path, faults: dict[str, ManifestError] | None = None) -> tuple[Entry, ...]:
    """The entries of all manifests, files checked; a later manifest overrides the same id of an earlier one.

    Raises ManifestError, which names the file and the line. With `faults`, what is wrong with a document's
    file (not with a manifest itself) is put there by the document's id instead, and the entry stays.
    """
    entries: dict[str, Entry] = {}
    wrong: dict[str, ManifestError] = {}
    for manifest in manifests:
        found, bad = _entries(manifest)
        if bad and faults is None:
            raise next(iter(bad.values()))
        added = {entry.metadata.id: entry for entry in found}
        entries |= added
        wrong = {identifier: why for identifier, why in wrong.items() if identifier not in added} | bad
    if faults is not None:
        faults.update(wrong)
    return tuple(entries.values())


def active(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that are searched: those withdrawn are kept and listed, and left out here."""
    return tuple(entry for entry in entries if entry.metadata.withdrawn is None)


def _entries(manifest: Path) -> tuple[list[Entry], dict[str, ManifestError]]:
    """The entries of one manifest, and by id what is wrong with their files."""
    text = _text(manifest)
    tables = _tables(manifest, text)
    lines = _Lines(manifest, text)
    entries = [_entry(table, position, lines) for position, table in enumerate(tables)]
    lines.no_twins([entry.metadata.id for entry in entries])
    faults: dict[str, ManifestError] = {}
    for position, entry in enumerate(entries):
        try:
            _check_file(entry, position, lines)
        except ManifestError as error:
            faults[entry.metadata.id] = error
    return entries, faults


def _text(manifest: Path) -> str:
    try:
        data = manifest.read_bytes()
    except OSError as error:
        raise ManifestError(
            f"Không mở được {manifest} ({error.strerror}). Hãy kiểm tra đường dẫn và quyền đọc."
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ManifestError(
            f"{manifest}, dòng {line}: không phải UTF-8. Hãy lưu lại tệp với bảng mã UTF-8."
        ) from error


def _tables(manifest: Path, text: str) -> list[dict[str, Any]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())  # else it says "at end of document"
        raise ManifestError(
            f"{manifest}, dòng {line}: sai cú pháp TOML. Mỗi văn bản là một bảng [[document]], "
            'mỗi dòng viết như: title = "Tên văn bản".'
        ) from error
    for key, value in content.items():
        if key != "document" or not isinstance(value, list) or not all(isinstance(t, dict) for t in value):
            line = _line_of(key, text)
            raise ManifestError(
                f"{manifest}, dòng {line}: “{key}” không đúng chỗ. "
                "Mỗi văn bản là một bảng mở đầu bằng [[document]]."
            )
    tables: list[dict[str, Any]] = content.get("document", [])
    return tables


def _line_of(key: str, text: str) -> int:
    """The line that first names a key or table of the top level."""
    named = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}\b")
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if named.match(line)), 1)


def _entry(table: Mapping[str, Any], position: int, lines: _Lines) -> Entry:
    for key, value in table.items():
        if key not in _KEYS:
            lines.fail(position, key, f"khóa lạ “{key}”. Các khóa hợp lệ: {', '.join(sorted(_KEYS))}")
        if not isinstance(value, str) or not value.strip():
            lines.fail(position, key, f"“{key}” phải là chuỗi không rỗng; nếu không biết thì bỏ hẳn dòng này")
    for key in _REQUIRED:
        if key not in table:
            lines.fail(position, None, f"thiếu khóa “{key}”")
    if not is_identifier(table["id"]):
        lines.fail(position, "id", "id chỉ gồm chữ thường không dấu, số và gạch nối")
    for key in _DATES:
        if key in table and not is_date(table[key]):
            lines.fail(position, key, "ngày phải viết như 2026-02-28, 2026-02 hoặc 2026")
    if _before(table.get("expired"), table.get("effective")):
        lines.fail(position, "expired", "ngày hết hiệu lực (expired) đứng trước ngày có hiệu lực (effective)")
    if table["kind"] not in set(TextKind):
        lines.fail(position, "kind", f"kind phải là một trong: {', '.join(TextKind)}")
    blank: dict[str, Any] = dict.fromkeys(field.name for field in fields(Metadata))
    metadata = Metadata(**(blank | dict(table) | {"kind": TextKind(table["kind"])}))
    return Entry(metadata, lines.manifest.parent / table["file"])


def _before(one: str | None, other: str | None) -> bool:
    """Whether `one` is earlier than `other` as far as both say."""
    said = min(len(one or ""), len(other or ""))
    return one is not None and other is not None and one[:said] < other[:said]


def is_identifier(text: str) -> bool:
    """Whether `text` can be the id of a document: small letters without marks, digits, single hyphens."""
    return _ID.fullmatch(text) is not None


def is_date(text: str) -> bool:
    """Whether `text` is a day, month or year that the calendar has."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def _check_file(entry: Entry, position: int, lines: _Lines) -> None:
    try:
        found = entry.path.stat()
        if not S_ISREG(found.st_mode):  # a pipe or a device could keep a reader waiting for ever
            raise IsADirectoryError(EISDIR, "không phải là tệp")
        digest, blank = _digest(entry.path, found.st_size, found.st_mtime_ns, found.st_ino)
    except OSError as error:
        why = f"không mở được tệp {entry.path} ({error.strerror})"
        lines.fail(position, "file", f"{why}; hãy đặt lại tệp vào đúng chỗ hoặc bỏ mục này")
    if blank:
        lines.fail(position, "file", f"tệp {entry.path} rỗng; hãy chép lại bản gốc")
    if digest != entry.metadata.sha256:
        lines.fail(
            position,
            "sha256",
            f"tệp {entry.path.name} có mã băm {digest}, khác với manifest: tệp đã bị sửa. "
            "Hãy khôi phục bản gốc, hoặc cập nhật sha256 nếu đây đúng là bản mới",
        )


@lru_cache(maxsize=16_384)
def _digest(path: Path, size: int, modified: int, inode: int) -> tuple[str, bool]:
    """Hash of a file, and whether it holds only white space.

    One command reads the manifests several times; a file that is still the same is hashed once.
    """
    if size < 4096:
        data = path.read_bytes()
        return hashlib.sha256(data).hexdigest(), not data.strip()
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest(), False


class _Lines:
    """Finds the line of a table or key again: tomllib keeps no positions."""

    def __init__(self, manifest: Path, text: str) -> None:
        self.manifest = manifest
        self._tables: list[dict[str, int]] = []
        for number, line in enumerate(text.splitlines(), start=1):
            if re.match(r"\s*\[\[\s*document\s*\]\]", line):
                self._tables.append({"": number})
            elif self._tables and (key := re.match(r"\s*([\w-]+)\s*=", line)):
                self._tables[-1].setdefault(key[1], number)

    def fail(self, position: int, key: str | None, why: str) -> NoReturn:
        """Raise ManifestError at the key's line, or at the table's."""
        known = self._tables[position] if position < len(self._tables) else {}
        line = known.get(key or "", known.get("", 1))
        raise ManifestError(f"{self.manifest}, dòng {line}: {why}.")

    def no_twins(self, ids: list[str]) -> None:
        """Raise ManifestError at the second of two documents with one id."""
        seen: set[str] = set()
        for position, identifier in enumerate(ids):
            if identifier in seen:
                self.fail(position, "id", f"hai văn bản cùng id “{identifier}”; mỗi id chỉ dùng một lần")
            seen.add(identifier)
