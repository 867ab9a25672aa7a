"""`hoidap add`: reads files, shows the manifest entries they would get, and writes them when told to."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from corpus.document import Document, Metadata, TextKind
from corpus.errors import DocumentError, HoidapError, ManifestError
from corpus.manifest import Entry, load
from corpus.manifest_writer import ManifestEdit, editing
from ingest.head import head
from ingest.isolation import Limits, Task, read_apart
from ingest.proposal import Proposal, propose
from retriever.store import document_from_json
from ui import opening
from ui.files_to_add import Refused, files_to_add
from ui.proposed import proposal_text
from ui.settings import Settings
from ui.terminal import Bars, agreed

FIELDS = ("id", "type", "number", "date", "title", "issuer", "signer", "effective", "kind", "source")
_OF_ONE_FILE = ("id", "number", "title")  # these cannot be right for several files


@dataclass(frozen=True, slots=True)
class Added:
    """How it went."""

    written: int  # documents that are held now
    failed: int  # files that are not, each named on standard error
    unasked: bool = False  # there was nobody to ask, and no --yes
    declined: bool = False


@dataclass(frozen=True, slots=True)
class _New:
    """A file to add, and the entry it is to get."""

    path: Path
    proposal: Proposal


def add(options: argparse.Namespace, settings: Settings) -> Added:
    """Read the files, show what would be written, ask, write. Files that cannot be added do not stop others.

    Raises HoidapError where nothing can be done at all.
    """
    refused = Refused()
    given = {name: str(value) for name in FIELDS if (value := getattr(options, name))}
    paths = list(files_to_add(options.files, refused))
    _only_one_of(paths, given)
    held = {entry.metadata.id: entry.metadata for entry in held_entries(settings)}
    entries = list(_unknown(paths, held.values(), refused))
    new: list[_New] = []
    for entry, document in _read(entries, settings, refused):
        try:
            proposal = _proposal(entry, document, given, held, new, options.replace)
        except DocumentError as error:
            refused(entry.path, str(error))
        else:
            new.append(_New(entry.path, proposal))
            print(proposal_text(entry.path, document, proposal), end="\n\n", flush=True)
    if not new:
        return Added(0, refused.count)
    if not options.yes:
        if not sys.stdin.isatty():
            return Added(0, refused.count, unasked=True)
        if not agreed(f"Ghi {len(new)} văn bản này vào kho?"):
            return Added(0, refused.count, declined=True)
    written = _write(new, settings, held, refused)
    return Added(written, refused.count)


def held_entries(settings: Settings) -> tuple[Entry, ...]:
    """Everything the manifests name; a file that is missing or altered is `ingest`'s to tell."""
    faults: dict[str, ManifestError] = {}
    return load(*opening.manifests(settings), faults=faults)


def _only_one_of(paths: Sequence[Path], given: Mapping[str, str]) -> None:
    alone = [f"--{name}" for name in _OF_ONE_FILE if name in given]
    if len(paths) > 1 and alone:
        error = HoidapError(f"{', '.join(alone)} chỉ dùng khi nạp một tệp, ở đây có {len(paths)} tệp.")
        error.exit_code = 64
        raise error


def _unknown(paths: Iterable[Path], held: Iterable[Metadata], refused: Refused) -> Iterator[Entry]:
    """A provisional entry for each file; one that is held already, byte for byte, is only told."""
    known = {other.sha256: other for other in held}
    before: dict[str, Path] = {}
    for path in paths:
        try:
            with path.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            refused(path, f"không mở được ({error.strerror}). Hãy kiểm tra quyền đọc.")
            continue
        if path.stat().st_size == 0:
            refused(path, "tệp rỗng (0 byte). Hãy chép lại bản gốc.")
        elif other := known.get(sha256):
            back = f"; đã rút, lấy lại: hoidap restore {other.id}" if other.withdrawn else ""
            print(f"{path}: đã có, mã “{other.id}”{back}.", file=sys.stderr, flush=True)
        elif twin := before.get(sha256):
            print(f"{path}: giống hệt {twin}, chỉ nạp một lần.", file=sys.stderr, flush=True)
        else:
            before[sha256] = path
            yield Entry(_provisional(path, sha256), path.absolute())


def _provisional(path: Path, sha256: str) -> Metadata:
    """What a file goes by until it is read; as a digest, so that nothing is compared with it."""
    return Metadata(
        id="van-ban-moi",
        type="Văn bản",
        number=None,
        issuer="",
        date=None,
        title=path.name,
        signer=None,
        file=path.name,
        sha256=sha256,
        kind=TextKind.DIGEST,
        source="",
    )


def _read(entries: Sequence[Entry], settings: Settings, refused: Refused) -> Iterator[tuple[Entry, Document]]:
    """The documents in the order of the files; each is read in a process apart, within the limits."""
    bars = Bars()
    with tempfile.TemporaryDirectory(prefix="hoidap-") as scratch:
        tasks = [Task(entry, Path(scratch) / f"{number}.json") for number, entry in enumerate(entries)]
        reasons: dict[Path, str] = {}
        limits = Limits(settings.file_seconds, settings.file_memory_mb)
        try:
            for done, (task, reason) in enumerate(read_apart(tasks, limits), start=1):
                if reason:
                    reasons[task.out] = reason
                if len(tasks) > 1:
                    bars("Đọc tệp", done, len(tasks), task.entry.path.name)
        finally:
            bars.close()
        for task in tasks:
            if task.out in reasons:
                refused(task.entry.path, reasons[task.out])
            else:
                yield task.entry, document_from_json(json.loads(task.out.read_text(encoding="utf-8")))


def _proposal(
    entry: Entry,
    document: Document,
    given: Mapping[str, str],
    held: Mapping[str, Metadata],
    new: Sequence[_New],
    replaces: bool,
) -> Proposal:
    """The entry for a file that was read. Raises DocumentError where the user must say more first."""
    taken = {one.proposal.metadata.id: one.path for one in new}
    known = {**held, **{one.proposal.metadata.id: one.proposal.metadata for one in new}}.values()
    suffix = entry.path.suffix.lower()
    suffix = suffix if suffix[1:].isalnum() and suffix.isascii() else ""
    said = head(document)
    proposal = propose(said, given, suffix, entry.metadata.sha256, known, date.today())
    held_now = proposal.clashes or proposal.steps_back
    if held_now and held_now.id in taken:
        raise DocumentError(
            f"cùng là văn bản “{held_now.id}” với tệp {taken[held_now.id]} trong lần nạp này. "
            "Hãy chọn một tệp, hoặc nạp riêng tệp kia với --id MÃ_KHÁC."
        )
    if proposal.clashes and not replaces:
        raise DocumentError(
            f"kho đã có {proposal.clashes.short_name}, mã “{proposal.clashes.id}”. "
            "Hãy chọn: --replace để thay bản đang giữ, hoặc --id MÃ_KHÁC để giữ cả hai."
        )
    return proposal


def _write(new: Sequence[_New], settings: Settings, held: Mapping[str, Metadata], refused: Refused) -> int:
    """Copy the files and write the manifest, all in one step."""
    written = 0
    with editing(settings.manifest) as edit:
        for one in new:
            about = one.proposal.metadata
            try:
                _put(edit, one.path, about, held.get(about.id))
            except DocumentError as error:
                refused(one.path, str(error))
            else:
                written += 1
    return written


def _put(edit: ManifestEdit, path: Path, about: Metadata, shown: Metadata | None) -> None:
    """Raises DocumentError where the file or the entry is no longer what the user was shown."""
    now = edit.entries.get(about.id)
    if now and now.metadata != shown:
        raise DocumentError(f"mã “{about.id}” vừa được một lệnh khác ghi. Hãy chạy lại lệnh này.")
    data = Entry(about, path).read()
    edit.put(replace(about, file=edit.copy(about.file, data)))
