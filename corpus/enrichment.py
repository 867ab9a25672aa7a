"""What a reader would ask of a provision, kept in `<id>.enrichment.jsonl` beside the document's file.

One object a line, UTF-8:

    {"at": "iii/2/2.1",            the provision's path, without the document's id
     "text": "5f0c…",              16 hex digits: `text_hash` of the provision it was written for
     "gist": "…",                  what it says, in plain Vietnamese, one line
     "questions": ["…?", …],       what people would ask that it answers, in their own words
     "words": ["…", …],            other words for its key terms
     "gist_en": "…",               the gist in English
     "gist_zh": "…",               and in Chinese
     "questions_en": ["…?", …],    questions in English; a line may go without these two
     "questions_zh": ["…？", …]}   and in Chinese

It is searched, never shown as evidence and never quoted. A line whose hash no longer fits is stale:
it is left out and reported, so that a changed provision is never found by what it used to say.

An office may have lines of its own for a shipped document, in its data folder: a line there wins over the
shipped one for the same provision. `enrichment_files` is the one place that says which files count.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.address import path_of
from corpus.document import Document, Provision
from corpus.errors import AddressError, DocumentError
from corpus.manifest import SHIPPED, Entry

_TEXTS = ("at", "text", "gist", "gist_en", "gist_zh")
_LISTS = ("questions", "words")
_FOREIGN = ("questions_en", "questions_zh")  # lists too; files written before there were any lack them


@dataclass(frozen=True, slots=True)
class Enrichment:
    """One line of an enrichment file; `at` is a path inside the document."""

    at: str
    text: str
    gist: str
    questions: tuple[str, ...]
    words: tuple[str, ...]
    gist_en: str
    gist_zh: str
    questions_en: tuple[str, ...] = ()
    questions_zh: tuple[str, ...] = ()

    @property
    def vietnamese(self) -> tuple[str, ...]:
        """The gist and the questions: whole sentences."""
        return (self.gist, *self.questions)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every whole sentence, in all languages."""
        every = (*self.vietnamese, self.gist_en, *self.questions_en, self.gist_zh, *self.questions_zh)
        return tuple(sentence for sentence in every if sentence)


def text_hash(node: Provision) -> str:
    """What ties an enrichment to the wording it was written for: its corrected text, white space folded."""
    said = " ".join(node.own_repaired.split())
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def enrichment_file(entry: Entry) -> Path:
    """Where the enrichment of a document stands, whether there is any or not."""
    return entry.path.with_name(f"{entry.metadata.id}.enrichment.jsonl")


def enrichment_files(entry: Entry, office: Path) -> tuple[Path, ...]:
    """The files that may hold lines for a document, whether they exist or not; an earlier one wins.

    `office`: the data folder's documents folder. First what the office wrote, then what stands beside the
    document's file, then what was shipped: where an office replaced a shipped document by a newer version,
    the shipped lines go on serving the provisions whose wording has not changed.
    """
    beside = enrichment_file(entry)
    return tuple(dict.fromkeys((writable_file(entry, office), beside, SHIPPED.with_name(beside.name))))


def writable_file(entry: Entry, office: Path) -> Path:
    """Where new lines for a document are written: beside its file, or in `office` for a shipped one."""
    beside = enrichment_file(entry)
    return office / beside.name if beside.parent == SHIPPED.parent else beside


def read_enrichments(entry: Entry, office: Path) -> tuple[Enrichment, ...]:
    """The lines of all files of a document: one for each provision and wording, the office's before others.

    Raises DocumentError as `read_enrichment` does.
    """
    found: dict[tuple[str, str], Enrichment] = {}
    for file in reversed(enrichment_files(entry, office)):
        found |= {(line.at, line.text): line for line in read_enrichment(file)}
    return tuple(found.values())


def read_enrichment(file: Path) -> tuple[Enrichment, ...]:
    """The lines of an enrichment file in order, none where there is no such file.

    Raises DocumentError naming the file and the line that is not what the module's docstring describes.
    """
    if not file.is_file():
        return ()
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{file}: không đọc được ({error}). Hãy lưu lại tệp bằng UTF-8.") from error
    return tuple(_line(file, count, line) for count, line in enumerate(lines, start=1) if line.strip())


def write_enrichment(file: Path, lines: Iterable[Enrichment]) -> None:
    """Write a whole enrichment file in one step. Raises OSError when the disk cannot take it."""
    staging = file.with_name(f".{file.name}.writing")
    try:
        with staging.open("w", encoding="utf-8") as out:
            for line in lines:
                out.write(json.dumps(asdict(line), ensure_ascii=False) + "\n")
        staging.replace(file)
    finally:
        staging.unlink(missing_ok=True)


def fitting(
    lines: Sequence[Enrichment], document: Document
) -> tuple[Mapping[str, Enrichment], tuple[Enrichment, ...]]:
    """Those that fit the document's wording, by path, and those that no longer do and are not replaced."""
    by_path = document.by_address
    fresh = {
        line.at: line for line in lines if line.at in by_path and text_hash(by_path[line.at]) == line.text
    }
    return fresh, tuple(line for line in lines if line.at not in fresh)


def wanted(document: Document) -> tuple[Provision, ...]:
    """The provisions that an enrichment is written for: those with a text of their own."""
    return tuple(node for node in document.root.walk() if node.text.repaired.strip())


def _line(file: Path, count: int, line: str) -> Enrichment:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise _wrong(file, count, f"không phải JSON ({error})") from error
    if not isinstance(data, dict) or set(data) - set(_FOREIGN) != {*_TEXTS, *_LISTS}:
        raise _wrong(file, count, f"phải có đúng các khóa {', '.join((*_TEXTS, *_LISTS))}")
    lists = (*_LISTS, *(key for key in _FOREIGN if key in data))
    if not all(isinstance(data[key], str) for key in _TEXTS):
        raise _wrong(file, count, f"{', '.join(_TEXTS)} phải là chuỗi")
    if not all(_is_list_of_strings(data[key]) for key in lists):
        raise _wrong(file, count, f"{', '.join(lists)} phải là danh sách chuỗi")
    try:
        path_of(f"d/{data['at']}")
    except AddressError as error:
        raise _wrong(file, count, str(error)) from error
    return Enrichment(**data | {key: tuple(data[key]) for key in lists})


def _is_list_of_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _wrong(file: Path, count: int, what: str) -> DocumentError:
    return DocumentError(f"{file}, dòng {count}: {what}. Hãy sửa hoặc xóa dòng này.")
