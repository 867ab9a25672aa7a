"""The only owner of the index format: build beside the old one, swap in one step, open read-only.

    <root>/CURRENT            the name of the folder in use; replaced in one step
    <root>/<name>/index.json  format, hoidap's fingerprint, encoder, documents with their hashes
                  documents.jsonl, passages.jsonl, units.json, restorer.json
                  syllables/, words/    BM25
                  units.faiss, passages.faiss
                  units.keys, passages.keys, segmented.jsonl    what the next build need not do again

A unit is what is compared with a question: a line of a passage, or some sentences of a long one.
Small units are found, the passage around them is shown. What is searched is the corrected text;
positions count in the text as printed.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.code import digest
from corpus.document import Document, Passage, corrected
from corpus.errors import IndexMissingError, IndexVersionError, SearchIndexError
from corpus.progress import Progress
from corpus.sentences import sentence_spans
from corpus.vietnamese import fold, syllables
from retriever.dense import Flat
from retriever.diacritics import Restorer, general_words
from retriever.encoder import Encoder
from retriever.kept import SEGMENTED, Kept, save_keys, save_segmented
from retriever.lexical import Bm25
from retriever.segment import words
from retriever.store import document_from_json, document_to_json, passage_from_json, passage_to_json

FORMAT = 2
UNIT = 320  # characters: sentences of a long line are joined up to this length
_POINTER = "CURRENT"
_STAGING = ".building-"
_REBUILD = "Hãy chạy: hoidap ingest"


@dataclass(frozen=True)
class Index:
    """An opened index; nothing in it changes while it is in use."""

    folder: Path
    encoder_name: str
    documents: Mapping[str, Document]
    passages: Sequence[Passage]
    units: npt.NDArray[np.int32]  # row of units.faiss -> position in `passages`, start, end; shape (units, 3)
    restorer: Restorer
    syllables: Bm25
    words: Bm25
    unit_vectors: Flat
    passage_vectors: Flat

    @cached_property
    def by_id(self) -> Mapping[str, Passage]:
        """Passages by id."""
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def units_of(self) -> Sequence[range]:
        """For each passage, the rows of its units."""
        owners = self.units[:, 0]
        places = range(len(self.passages))
        starts, ends = np.searchsorted(owners, places, "left"), np.searchsorted(owners, places, "right")
        return [range(int(low), int(high)) for low, high in zip(starts, ends, strict=True)]


def tokens(passage: Passage) -> str:
    """What BM25 reads of a passage: its corrected text, then what stands above it."""
    return " . ".join((passage.repaired, *passage.path))


def units(passage: Passage) -> Iterator[tuple[int, int]]:
    """Start and end in the text of the stretches of a passage that get vectors of their own."""
    line = 0
    for text in passage.text.split("\n"):
        start = end = 0
        for low, high in sentence_spans(text):
            if end > start and high - start > UNIT:
                yield line + start, line + end
                start = low
            end = high
        yield line + start, line + end
        line += len(text) + 1


def unit_text(passage: Passage, start: int, end: int) -> str:
    """What is encoded of a unit: its corrected text."""
    return corrected(passage.text, passage.corrections, start, end)


def fingerprint(made_from: Mapping[str, str], encoder: str) -> str:
    """What decides whether an index is up to date: its documents, the encoder, and the code that makes it.

    `made_from` gives for each document's id a word that changes when the document does.
    """
    said = hashlib.sha256(f"{FORMAT}\n{encoder}\n{digest([__name__])}\n".encode())
    for identifier, word in sorted(made_from.items()):
        said.update(f"{identifier} {word}\n".encode())
    return said.hexdigest()


def is_current(root: Path, wanted: str) -> bool:
    """Whether the index in use has the fingerprint `wanted`."""
    try:
        header = _header(_folder_in_use(root))
    except (OSError, SearchIndexError):
        return False
    return bool(header.get("fingerprint") == wanted)


def served(root: Path) -> Mapping[str, str]:
    """The hashes of the files whose documents the index in use holds, by id; empty where there is none."""
    try:
        documents = _header(_folder_in_use(root)).get("documents", {})
    except (OSError, SearchIndexError):
        return {}
    return documents if isinstance(documents, dict) else {}


def build(
    root: Path,
    documents: Mapping[str, Document],
    passages: Sequence[Passage],
    encoder: Encoder,
    progress: Progress,
    made_from: Mapping[str, str] | None = None,
) -> Path:
    """Build an index below `root` and put it in use in one step; returns its folder.

    The old one serves until then, and stays when anything fails or the user interrupts. What it has
    segmented and encoded already is taken over. `made_from` is what `fingerprint` is asked with later,
    the files' hashes if it is not given. Raises SearchIndexError when the disk cannot be written.
    """
    if not passages:
        raise SearchIndexError(
            "Không có văn bản nào để lập chỉ mục. Hãy thêm văn bản rồi chạy lại: hoidap ingest"
        )
    if made_from is None:
        made_from = {document.id: document.metadata.sha256 for document in documents.values()}
    with _disk_errors(root):
        root.mkdir(parents=True, exist_ok=True)
        with _only_builder(root):
            _sweep(root)
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=root))
            try:
                _write(staging, documents, passages, encoder, progress, _kept(root, encoder.name))
                _write_header(staging, documents, passages, encoder.name, made_from)
                return _put_in_use(root, staging)
            finally:
                shutil.rmtree(staging, ignore_errors=True)


def open_index(root: Path) -> Index:
    """Open the index in use, read-only.

    Raises IndexMissingError where none has been built, IndexVersionError where another version built it,
    SearchIndexError where its files are damaged.
    """
    try:
        folder = _folder_in_use(root)
    except OSError as error:
        raise IndexMissingError(f"Chưa có chỉ mục nào trong {root}. {_REBUILD}") from error
    header = _header(folder)
    if header.get("format") != FORMAT:
        raise IndexVersionError(
            f"Chỉ mục trong {folder} thuộc phiên bản khác "
            f"(định dạng {header.get('format')}, cần {FORMAT}). {_REBUILD}"
        )
    try:
        return _opened(folder, header)
    except (
        OSError,
        EOFError,  # how NumPy fails on an empty file
        KeyError,
        TypeError,
        ValueError,
        RuntimeError,  # how FAISS fails
    ) as error:
        raise SearchIndexError(f"Chỉ mục trong {folder} bị hỏng ({error}). {_REBUILD}") from error


def _folder_in_use(root: Path) -> Path:
    """Raises OSError where no index has been built."""
    return root / (root / _POINTER).read_text(encoding="utf-8", errors="replace").strip()


def _opened(folder: Path, header: Mapping[str, Any]) -> Index:
    documents = [document_from_json(line) for line in _read_lines(folder / "documents.jsonl")]
    opened = Index(
        folder=folder,
        encoder_name=header["encoder"],
        documents={document.id: document for document in documents},
        passages=[passage_from_json(line) for line in _read_lines(folder / "passages.jsonl")],
        units=np.asarray(json.loads((folder / "units.json").read_text("utf-8")), dtype=np.int32),
        restorer=Restorer.from_json(json.loads((folder / "restorer.json").read_text("utf-8"))),
        syllables=Bm25.load(folder / "syllables"),
        words=Bm25.load(folder / "words"),
        unit_vectors=Flat.load(folder / "units.faiss"),
        passage_vectors=Flat.load(folder / "passages.faiss"),
    )
    if set(opened.documents) != set(header["documents"]) or _sizes(opened) != (header["passages"],) * 4:
        raise ValueError("các tệp không khớp nhau")
    if len(opened.units) != len(opened.unit_vectors):
        raise ValueError("các tệp không khớp nhau")
    return opened


def _sizes(index: Index) -> tuple[int, int, int, int]:
    """How many passages each part speaks of."""
    return (
        len(index.passages),
        len(index.passage_vectors),
        len(index.words),
        int(index.units[-1, 0]) + 1,
    )


def _kept(root: Path, encoder: str) -> Kept:
    """What the index in use can spare the next one; nothing where there is none or it is damaged."""
    try:
        folder = _folder_in_use(root)
        header = _header(folder)
    except (OSError, SearchIndexError):
        return Kept()
    same_encoder, same_segmenter = header.get("encoder") == encoder, header.get("segmenter") == _segmenter()
    return Kept.open(folder, vectors=same_encoder, segmented=same_segmenter)


def _segmenter() -> str:
    """What the segmented text depends on."""
    return f"{digest(['retriever.segment'])} underthesea {version('underthesea')}"


def _write(
    folder: Path,
    documents: Mapping[str, Document],
    passages: Sequence[Passage],
    encoder: Encoder,
    progress: Progress,
    kept: Kept,
) -> None:
    texts = [tokens(passage) for passage in passages]
    segmented = kept.segmented(texts, words, lambda done, total: progress("Tách từ", done, total))
    save_segmented(folder / SEGMENTED, texts, segmented)
    Bm25.build(segmented).save(folder / "words")
    Bm25.build([syllables(fold(text)) for text in texts]).save(folder / "syllables")
    owned = [(owner, span) for owner, passage in enumerate(passages) for span in units(passage)]
    texts_of = {
        "units": [unit_text(passages[owner], low, high) for owner, (low, high) in owned],
        "passages": [passage.repaired for passage in passages],
    }
    once = list(dict.fromkeys(text for group in texts_of.values() for text in group))
    vectors = kept.vectors(once, encoder, lambda done, total: progress("Tính véc-tơ", done, total))
    row = {text: number for number, text in enumerate(once)}
    for name, group in texts_of.items():
        Flat.build(vectors[[row[text] for text in group]]).save(folder / f"{name}.faiss")
        save_keys(folder / f"{name}.keys", group)
    _write_json(folder / "units.json", [[owner, *span] for owner, span in owned])
    _write_json(folder / "restorer.json", Restorer.build(texts, general_words()).to_json())
    _write_lines(folder / "documents.jsonl", (document_to_json(document) for document in documents.values()))
    _write_lines(folder / "passages.jsonl", (passage_to_json(passage) for passage in passages))


def _write_header(
    folder: Path,
    documents: Mapping[str, Document],
    passages: Sequence[Passage],
    encoder: str,
    made_from: Mapping[str, str],
) -> None:
    header = {
        "format": FORMAT,
        "encoder": encoder,
        "segmenter": _segmenter(),
        "documents": {document.id: document.metadata.sha256 for document in documents.values()},
        "passages": len(passages),
        "fingerprint": fingerprint(made_from, encoder),
    }
    _write_json(folder / "index.json", header)


def _put_in_use(root: Path, staging: Path) -> Path:
    name = "index-" + staging.name.removeprefix(_STAGING)
    before = _in_use(root)
    staging.chmod(0o755)  # mkdtemp made it for one user; a server may run as another
    staging.replace(root / name)
    pointer = root / f"{_POINTER}.{name}"
    pointer.write_text(name + "\n", encoding="utf-8")
    pointer.replace(root / _POINTER)
    for stray in root.glob(f"{_POINTER}.*"):  # of a build that was killed just here
        stray.unlink(missing_ok=True)
    for old in root.glob("index-*"):  # the one before stays: a process may be opening it this moment
        if old.name not in (name, before):
            shutil.rmtree(old, ignore_errors=True)
    return root / name


@contextmanager
def _only_builder(root: Path) -> Iterator[None]:
    """One build at a time in a folder; the lock ends with the process that holds it."""
    with (root / "LOCK").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SearchIndexError(
                f"Một lần lập chỉ mục khác đang chạy trong {root}. Hãy chờ nó xong rồi chạy lại nếu cần."
            ) from error
        yield


def _in_use(root: Path) -> str | None:
    pointer = root / _POINTER
    return pointer.read_text(encoding="utf-8", errors="replace").strip() if pointer.is_file() else None


def _sweep(root: Path) -> None:
    """Remove what a killed build left behind."""
    for stale in root.glob(f"{_STAGING}*"):
        shutil.rmtree(stale, ignore_errors=True)


def _header(folder: Path) -> Mapping[str, Any]:
    try:
        header = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SearchIndexError(f"Chỉ mục trong {folder} bị hỏng ({error}). {_REBUILD}") from error
    return header if isinstance(header, dict) else {}


@contextmanager
def _disk_errors(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            why = "hết dung lượng đĩa. Hãy giải phóng chỗ trống (cần khoảng 50 MB)"
        else:
            why = f"{error}. Hãy kiểm tra quyền ghi"
        raise SearchIndexError(
            f"Không ghi được chỉ mục vào {root}: {why}, rồi chạy lại. Chỉ mục cũ còn nguyên."
        ) from error


def _write_json(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _write_lines(file: Path, values: Iterator[Any]) -> None:
    with file.open("w", encoding="utf-8") as out:
        for value in values:
            out.write(json.dumps(value, ensure_ascii=False) + "\n")


def _read_lines(file: Path) -> list[Any]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
