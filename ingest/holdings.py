"""All documents of the manifests, incrementally: only what is new or changed is read, each file apart.

A file that cannot be read is named and does not stop the others. It is not tried again by itself: only
when it, its manifest entry, its errata, the reading code or the limits have changed, or on demand. Where
the index in use holds a reading of the very file that the manifest names (same hash), that goes on serving.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.document import Document, Metadata
from corpus.errors import HoidapError
from corpus.manifest import Entry
from corpus.progress import Progress, silent
from corpus.vietnamese import fold
from ingest.isolation import Task, read_apart
from ingest.readings import Readings, metadata_hash

STAGE = "Đọc văn bản"
_SPACE = "Hãy kiểm tra chỗ trống trên đĩa rồi chạy lại."


@dataclass(frozen=True, slots=True)
class Failure:
    """A document whose file could not be read."""

    id: str
    reason: str  # for the user, names the file
    served: bool  # an earlier reading of the same file goes on serving


@dataclass(frozen=True)
class Holdings:
    """What could be read."""

    documents: Mapping[str, Document]  # by id, in the order of the manifests
    failures: tuple[Failure, ...]
    made_from: Mapping[str, str]  # by id: changes when the document may have changed
    warnings: tuple[str, ...]  # about several documents together; each has its own besides


def read_holdings(
    entries: Sequence[Entry],
    faults: Mapping[str, HoidapError],
    readings: Readings,
    former: Callable[[], Mapping[str, Document]],
    retry: bool = False,
    progress: Progress = silent,
) -> Holdings:
    """Read what has not been read, and remember it.

    `faults`: by id, why a file cannot even be opened (corpus.manifest.load). `former`: the documents of the
    index in use, asked for only when a file fails. `retry`: try failed files again.
    """
    keys = {entry.metadata.id: readings.key(entry) for entry in entries}
    documents: dict[str, Document] = {}
    reasons = {identifier: str(error) for identifier, error in faults.items()}
    tasks: list[Task] = []
    for entry in entries:
        identifier, key = entry.metadata.id, keys[entry.metadata.id]
        if identifier in reasons:
            continue
        if (known := readings.failure(key)) and not retry:
            reasons[identifier] = known
        elif document := readings.document(entry):
            documents[identifier] = document
        else:
            tasks.append(Task(entry, readings.place(key)))
    _read(tasks, readings, documents, reasons, progress, len(entries))
    served = _served(entries, reasons, former)
    held = {**documents, **served}
    return Holdings(
        {identifier: held[identifier] for identifier in keys if identifier in held},
        tuple(
            Failure(identifier, reasons[identifier], identifier in served)
            for identifier in keys
            if identifier in reasons
        ),
        {
            identifier: _made_from(documents[identifier].metadata, keys[identifier])
            if identifier in documents
            else _made_from(served[identifier].metadata)
            for identifier in keys
            if identifier in held
        },
        twins(entries),
    )


def expected(
    entries: Sequence[Entry],
    faults: Mapping[str, HoidapError],
    readings: Readings,
    served: Mapping[str, str],
) -> tuple[Mapping[str, str], tuple[Failure, ...]] | None:
    """`made_from` and `failures` as `read_holdings` would give them, without opening a document.

    `served`: the hashes of the documents in the index in use, by id. None where a file must be read.
    """
    made_from: dict[str, str] = {}
    failures: list[Failure] = []
    for entry in entries:
        identifier, key = entry.metadata.id, readings.key(entry)
        fault = faults.get(identifier)
        reason = str(fault) if fault else readings.failure(key)
        if reason:
            goes_on = served.get(identifier) == entry.metadata.sha256
            failures.append(Failure(identifier, reason, goes_on))
            made_from |= {identifier: _made_from(entry.metadata)} if goes_on else {}
        elif readings.holds(key):
            made_from[identifier] = _made_from(entry.metadata, key)
        else:
            return None
    return made_from, tuple(failures)


def twins(entries: Sequence[Entry]) -> tuple[str, ...]:
    """A warning in Vietnamese for each number that several documents in force carry."""
    numbered: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.metadata.number and entry.metadata.withdrawn is None:
            numbered["".join(fold(entry.metadata.number).split())].append(entry)
    return tuple(
        f"{len(same)} văn bản cùng ghi số {same[0].metadata.number}: "
        f"{', '.join(entry.metadata.id for entry in same)}. "
        "Nếu là một văn bản, hãy bỏ bớt mục trong manifest.toml; nếu không, hãy kiểm tra lại số."
        for same in numbered.values()
        if len(same) > 1
    )


def _read(
    tasks: Sequence[Task],
    readings: Readings,
    documents: dict[str, Document],
    reasons: dict[str, str],
    progress: Progress,
    total: int,
) -> None:
    """Read the files of `tasks` into `documents`, or say in `reasons` why not."""
    done = total - len(tasks)
    pages = sum(len(document.pages) for document in documents.values())
    progress(STAGE, done, total, f"{pages} trang")
    for task, reason in read_apart(tasks, readings.limits):
        identifier, key = task.entry.metadata.id, task.out.stem
        document = readings.document(task.entry) if reason is None else None
        if document is not None:
            readings.forget_failure(key)
            documents[identifier] = document
            pages += len(document.pages)
        elif reason is not None:
            reasons[identifier] = reason
            readings.keep_failure(key, reason)
        else:
            reasons[identifier] = (
                f"{task.entry.path}: không ghi được kết quả đọc vào {task.out.parent}. {_SPACE}"
            )
        done += 1
        progress(STAGE, done, total, f"{pages} trang")


def _served(
    entries: Sequence[Entry],
    reasons: Mapping[str, str],
    former: Callable[[], Mapping[str, Document]],
) -> Mapping[str, Document]:
    """Earlier readings of files that cannot be read now, if the manifest still names the same bytes."""
    failed = {entry.metadata.id: entry.metadata for entry in entries if entry.metadata.id in reasons}
    before = former() if failed else {}
    return {
        identifier: replace(before[identifier], metadata=metadata)
        for identifier, metadata in failed.items()
        if identifier in before and before[identifier].metadata.sha256 == metadata.sha256
    }


def _made_from(metadata: Metadata, key: str = "served") -> str:
    """What a document in the index is made of: what the manifest says, and the reading it comes from."""
    return f"{metadata_hash(metadata)} {key}"
