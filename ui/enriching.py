"""`hoidap enrich`: tells what is missing, asks before anything is sent, has a model write it, sums up."""

from __future__ import annotations

import fcntl
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.document import Document, Provision
from corpus.enrichment import Enrichment, read_enrichments, writable_file
from corpus.errors import DocumentError, HoidapError
from corpus.manifest import Entry, active
from ui import opening
from ui.adding import held_entries
from ui.language_model import Endpoint, chat_model, endpoint, explained
from ui.settings import Settings
from ui.terminal import Bars, agreed

if TYPE_CHECKING:
    from ingest.enrich import Enriched

USAGE_ERROR = 64
_NAMED = 10  # paths of a kind that a report names


@dataclass(frozen=True, slots=True)
class _Task:
    """A document that lacks lines."""

    entry: Entry
    document: Document
    nodes: tuple[Provision, ...]


def chosen(identifiers: Sequence[str], everything: bool, settings: Settings) -> tuple[Entry, ...]:
    """The documents a command is about, in order. Raises HoidapError for unknown ones."""
    held = {entry.metadata.id: entry for entry in active(held_entries(settings))}
    if everything:
        return tuple(held.values())
    if not identifiers:
        raise _usage("Cần nêu mã văn bản, hoặc --all cho mọi văn bản. Xem mã bằng: hoidap documents")
    if unknown := [identifier for identifier in identifiers if identifier not in held]:
        raise _usage(f"Không có văn bản {', '.join(unknown)} đang được tra cứu. Có: {', '.join(held)}.")
    return tuple(held[identifier] for identifier in dict.fromkeys(identifiers))


def check(entries: Sequence[Entry], settings: Settings) -> bool:
    """Print what the lines of each document lack; whether nothing does."""
    from ingest.enrichment_check import review

    documents, good = opening.documents(settings), True
    for entry in entries:
        identifier = entry.metadata.id
        try:
            found = review(_lines(entry, settings), _document(identifier, documents))
        except DocumentError as error:
            print(f"{identifier}: {error}")
            good = False
            continue
        print(
            f"{identifier}: {found.wanted} điều khoản, {len(found.missing)} thiếu, "
            f"{len(found.stale)} dòng cũ, {len(found.faulty)} dòng sai."
        )
        _name("thiếu", found.missing)
        _name("cũ", found.stale)
        for path, wrong in found.faulty:
            print(f"  sai: {path}: {'; '.join(wrong)}")
        good = good and found.good
    if not good:
        print("Cách viết và sửa: docs/enrichment.md. Viết bằng mô hình: hoidap enrich MÃ")
    return good


def make(entries: Sequence[Entry], settings: Settings, unasked: bool) -> int:
    """Have the missing lines written; returns the exit code.

    `unasked`: send without asking first. Raises SettingsError where no model is set, LanguageModelError where
    it stops answering: what was written until then is kept.
    """
    tasks, unread = _tasks(entries, settings)
    if not tasks:
        if not unread:
            print("Mọi điều khoản đã có lời gợi tìm, không phải làm gì.")
        return 1 if unread else 0
    where = endpoint(settings.llm)
    _tell(_notice(tasks, where))
    if not unasked:
        if not sys.stdin.isatty():
            _tell("Chưa gửi gì. Nếu đồng ý gửi, hãy chạy lại lệnh này với --yes.")
            return USAGE_ERROR
        if not agreed("Gửi đi?"):
            _tell("Không gửi gì.")
            return 0
    with _alone(_office(settings)):
        left = _write(tasks, where, settings)
    return 1 if left or unread else 0


def _write(tasks: Sequence[_Task], where: Endpoint, settings: Settings) -> int:
    """How many provisions got no line."""
    from langchain_core.exceptions import ModelError

    from ingest.enrich import enrich

    bars, failed = Bars(), 0
    with chat_model(where, settings.llm_key, settings.llm_seconds) as model:
        for task in tasks:
            file = writable_file(task.entry, _office(settings))
            try:
                done = enrich(task.document, task.nodes, file, model, bars)
            except ModelError as error:
                raise explained(error, where, settings.llm_key) from error
            finally:
                bars.close()
            _sum_up(task, done, file)
            failed += len(done.left)
    print("Đưa vào tìm kiếm: hoidap ingest")
    return failed


def _sum_up(task: _Task, done: Enriched, file: Path) -> None:
    print(f"{task.document.id}: đã viết {done.written} trong {len(task.nodes)} điều khoản, ghi ở {file}.")
    if done.left:
        print(
            f"  bỏ lại {len(done.left)} điều khoản vì câu trả lời không đạt; vẫn tìm được như thường. "
            "Có thể chạy lại, đổi mô hình, hoặc tự viết (docs/enrichment.md):"
        )
    for left in done.left[:_NAMED]:
        print(f"  {left.at}: {'; '.join(left.reasons[:3])}")
    if len(done.left) > _NAMED:
        print(f"  … và {len(done.left) - _NAMED} điều khoản khác")


def _tasks(entries: Sequence[Entry], settings: Settings) -> tuple[list[_Task], int]:
    """The documents that lack lines, and how many could not be looked at: those are told and stop nothing."""
    from ingest.enrich import unwritten

    documents = opening.documents(settings)
    tasks: list[_Task] = []
    unread = 0
    for entry in entries:
        try:
            document, lines = _document(entry.metadata.id, documents), _lines(entry, settings)
        except DocumentError as error:
            _tell(f"Bỏ qua: {error}")
            unread += 1
            continue
        if nodes := unwritten(document, lines):
            tasks.append(_Task(entry, document, nodes))
    return tasks, unread


def _notice(tasks: Sequence[_Task], where: Endpoint) -> str:
    """What will be sent, and where it goes."""
    from ingest.enrich import sent

    nodes = sum(len(task.nodes) for task in tasks)
    characters = f"{round(sum(sent(task.document, task.nodes) for task in tasks), -3) or 1000:,}"
    said = (
        f"Sẽ gửi {nodes} điều khoản của {len(tasks)} văn bản, khoảng {characters.replace(',', '.')} ký tự "
        f"kể cả lời dặn, tới mô hình “{where.model}” tại {where.url}"
    )
    if where.local:
        return f"{said}, ngay trên máy này."
    open_road = "" if where.encrypted else " Đường truyền http không mã hóa."
    return f"{said}.\nCHÚ Ý: địa chỉ này không ở trên máy này; nội dung văn bản sẽ rời khỏi máy.{open_road}"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One such command at a time: two would write over each other's lines. Raises DocumentError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".enrich.lock").open("w")
    except OSError as error:
        raise DocumentError(
            f"Không ghi được vào {folder} ({error.strerror}). Hãy kiểm tra quyền ghi."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DocumentError("Một lệnh hoidap enrich khác đang chạy. Hãy đợi lệnh ấy xong.") from error
        yield


def _office(settings: Settings) -> Path:
    return settings.manifest.parent


def _lines(entry: Entry, settings: Settings) -> tuple[Enrichment, ...]:
    return read_enrichments(entry, _office(settings))


def _document(identifier: str, documents: Mapping[str, Document]) -> Document:
    """Raises DocumentError where the document's file could not be read."""
    if identifier not in documents:
        raise DocumentError(f"“{identifier}” không đọc được nên chưa thể viết. Hãy xem lý do: hoidap ingest")
    return documents[identifier]


def _name(kind: str, paths: Sequence[str]) -> None:
    if paths:
        more = f" … và {len(paths) - _NAMED} nơi khác" if len(paths) > _NAMED else ""
        print(f"  {kind}: {', '.join(paths[:_NAMED])}{more}")


def _usage(message: str) -> HoidapError:
    error = HoidapError(message)
    error.exit_code = USAGE_ERROR
    return error


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
