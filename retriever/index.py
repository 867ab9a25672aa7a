"""The only owner of the index format: build beside the old one, swap in one step, open read-only.

    <root>/CURRENT            the name of the folder in use; replaced in one step
    <root>/<name>/index.json  format, hoidap's fingerprint, encoder, documents with their hashes
                  documents.jsonl, restorer.json
                  passages.jsonl, places/          the passages (retriever.passage_file)
                  syllables/, words/, headings/    BM25 over the passages (retriever.fields)
                  units.faiss, units.npy           a vector a unit, and where each unit stands
                  tokens/                          late interaction; missing where the encoder has no tokens
                  asked/                           what is made of enrichment; missing where there is none
                  provisions/                      BM25 over single provisions; missing without documents
                  *.keys, segmented.jsonl          what the next build need not do again

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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.code import digest
from corpus.document import Document, Passage, corrected
from corpus.enrichment import Enrichment
from corpus.errors import IndexMissingError, IndexVersionError, SearchIndexError
from corpus.progress import Progress
from corpus.sentences import sentence_groups
from retriever.abbreviations import Abbreviations
from retriever.asked import Asked, Enrichments, about, rows
from retriever.dense import VectorIndex
from retriever.diacritics import Restorer, general_words
from retriever.encoder import Encoder, TokenEncoder, Vectors
from retriever.fields import asked_of, by_syllable, headings
from retriever.kept import SEGMENTED, Kept, centre_hash, save_keys, save_segmented
from retriever.late_interaction import TokenSigns
from retriever.lexical import Bm25
from retriever.passage_file import Passages, write_passages
from retriever.pointer import POINTER, in_use
from retriever.provision_words import ProvisionWords
from retriever.segment import words
from retriever.store import document_from_json, document_to_json

FORMAT = 5
UNIT = 320  # characters: sentences of a long line are joined up to this length
_STAGING = ".building-"
_REBUILD = "Hãy chạy: hoidap ingest"


@dataclass(frozen=True)
class Index:
    """An opened index; nothing in it changes while it is in use."""

    folder: Path
    encoder_name: str
    documents: Mapping[str, Document]
    passages: Passages
    units: npt.NDArray[np.int32]  # row of units.faiss -> position in `passages`, start, end; shape (units, 3)
    restorer: Restorer
    abbreviations: Abbreviations
    syllables: Bm25
    words: Bm25
    headings: Bm25
    unit_vectors: VectorIndex
    tokens: TokenSigns | None
    asked: Asked | None
    provisions: ProvisionWords | None  # None where the passages are of no document: a benchmark

    @cached_property
    def unit_starts(self) -> npt.NDArray[np.int64]:
        """Where the units of each passage begin, and where the last end; shape (passages + 1,)."""
        return np.searchsorted(self.units[:, 0], np.arange(len(self.passages) + 1)).astype(np.int64)


def units(passage: Passage) -> Iterator[tuple[int, int]]:
    """Start and end in the text of the stretches of a passage that get vectors of their own."""
    line = 0
    for text in passage.text.split("\n"):
        for low, high in sentence_groups(text, UNIT):
            yield line + low, line + high
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
    enrichments: Enrichments | None = None,
    segment: Callable[[str], list[str]] = words,
) -> Path:
    """Build an index below `root` and put it in use in one step; returns its folder.

    The old one serves until then, and stays when anything fails or the user interrupts. What it has
    segmented and encoded already is taken over. `made_from` is what `fingerprint` is asked with later,
    the files' hashes if it is not given; `segment` cuts text into words.
    Raises SearchIndexError when the disk cannot be written.
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
                written = about(passages, enrichments or {})
                kept = _kept(root, encoder.name)
                _write(staging, documents, passages, written, encoder, segment, progress, kept)
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
    return root / (root / POINTER).read_text(encoding="utf-8", errors="replace").strip()


def _opened(folder: Path, header: Mapping[str, Any]) -> Index:
    documents = [document_from_json(line) for line in _read_lines(folder / "documents.jsonl")]
    opened = Index(
        folder=folder,
        encoder_name=header["encoder"],
        documents={document.id: document for document in documents},
        passages=Passages.open(folder),
        units=np.load(folder / "units.npy", mmap_mode="r", allow_pickle=False),
        restorer=Restorer.from_json(json.loads((folder / "restorer.json").read_text("utf-8"))),
        abbreviations=Abbreviations.from_json(json.loads((folder / "abbreviations.json").read_text("utf-8"))),
        syllables=Bm25.load(folder / "syllables"),
        words=Bm25.load(folder / "words"),
        headings=Bm25.load(folder / "headings"),
        unit_vectors=VectorIndex.load(folder / "units.faiss"),
        tokens=TokenSigns.load(folder / "tokens") if "tokens" in header["parts"] else None,
        asked=Asked.load(folder / "asked") if "asked" in header["parts"] else None,
        provisions=ProvisionWords.load(folder / "provisions") if "provisions" in header["parts"] else None,
    )
    if set(opened.documents) != set(header["documents"]) or _sizes(opened) != {header["passages"]}:
        raise ValueError("các tệp không khớp nhau")
    if len(opened.units) != len(opened.unit_vectors):
        raise ValueError("các tệp không khớp nhau")
    if opened.asked and opened.asked.written_for.shape != (len(opened.asked.vectors), 2):
        raise ValueError("các tệp không khớp nhau")
    return opened


def _sizes(index: Index) -> set[int]:
    """How many passages each part speaks of."""
    return {
        len(index.passages),
        len(index.syllables),
        len(index.words),
        len(index.headings),
        int(index.units[-1, 0]) + 1,
        *([len(index.tokens)] if index.tokens else []),
        *([len(index.asked.syllables), len(index.asked.words)] if index.asked else []),
        *([len(index.provisions.starts) - 1] if index.provisions else []),
    }


def _kept(root: Path, encoder: str) -> Kept:
    """What the index in use can spare the next one; nothing where there is none or it is damaged."""
    try:
        folder = _folder_in_use(root)
        header = _header(folder)
    except (OSError, SearchIndexError):
        return Kept()
    same_encoder, same_segmenter = header.get("encoder") == encoder, header.get("segmenter") == _segmenter()
    same_centre = same_encoder and header.get("centre") == centre_hash()
    return Kept.open(folder, vectors=same_encoder, tokens=same_centre, segmented=same_segmenter)


def _segmenter() -> str:
    """What the segmented text depends on."""
    return f"{digest(['retriever.segment'])} underthesea {version('underthesea')}"


def _write(
    folder: Path,
    documents: Mapping[str, Document],
    passages: Sequence[Passage],
    written: Sequence[Sequence[Enrichment]],
    encoder: Encoder,
    segment: Callable[[str], list[str]],
    progress: Progress,
    kept: Kept,
) -> None:
    texts = [passage.repaired for passage in passages]
    above = [headings(passage) for passage in passages]
    beside = [asked_of(each) for each in written]
    _write_fields(folder, texts, above, beside, segment, kept, progress)
    _write_vectors(folder, passages, written, encoder, kept, progress)
    _write_tokens(folder, texts, encoder, kept, progress)
    if documents:
        ProvisionWords.build(documents, passages, written).save(folder / "provisions")
    read = [*map(" . ".join, zip(texts, above, strict=True))]
    said = ["\n".join((*one.vietnamese, *one.words)) for each in written for one in each]
    _write_json(folder / "restorer.json", Restorer.build(read, general_words(), said).to_json())
    _write_json(folder / "abbreviations.json", Abbreviations.build(texts).to_json())
    _write_lines(folder / "documents.jsonl", (document_to_json(document) for document in documents.values()))
    write_passages(folder, passages)


def _write_fields(
    folder: Path,
    texts: Sequence[str],
    above: Sequence[str],
    beside: Sequence[str],
    segment: Callable[[str], list[str]],
    kept: Kept,
    progress: Progress,
) -> None:
    cut = list(dict.fromkeys([*texts, *filter(None, beside)]))
    segmented = kept.segmented(cut, segment, lambda done, total: progress("Tách từ", done, total))
    save_segmented(folder / SEGMENTED, cut, segmented)
    words_of = dict(zip(cut, segmented, strict=True)) | {"": []}
    Bm25.build([words_of[text] for text in texts]).save(folder / "words")
    Bm25.build(list(map(by_syllable, texts))).save(folder / "syllables")
    Bm25.build(list(map(by_syllable, above))).save(folder / "headings")
    if any(beside):
        (folder / "asked").mkdir()
        Bm25.build([words_of[text] for text in beside]).save(folder / "asked" / "words")
        Bm25.build(list(map(by_syllable, beside))).save(folder / "asked" / "syllables")


def _write_vectors(
    folder: Path,
    passages: Sequence[Passage],
    written: Sequence[Sequence[Enrichment]],
    encoder: Encoder,
    kept: Kept,
    progress: Progress,
) -> None:
    owned = [(owner, *span) for owner, passage in enumerate(passages) for span in units(passage)]
    compared = [unit_text(passages[owner], low, high) for owner, low, high in owned]
    asked = rows(passages, written)
    once = list(dict.fromkeys([*compared, *(text for *_, text in asked)]))
    vectors = kept.vectors(once, encoder, lambda done, total: progress("Tính véc-tơ", done, total))
    row = {text: number for number, text in enumerate(once)}
    _write_rows(folder / "units", vectors[[row[text] for text in compared]], compared)
    np.save(folder / "units.npy", np.asarray(owned, dtype=np.int32), allow_pickle=False)
    if asked:
        texts = [text for *_, text in asked]
        _write_rows(folder / "asked" / "rows", vectors[[row[text] for text in texts]], texts)
        written_for = np.asarray([(owner, place) for owner, place, _ in asked], dtype=np.int32)
        np.save(folder / "asked" / "owners.npy", written_for, allow_pickle=False)


def _write_rows(stem: Path, vectors: Vectors, texts: Sequence[str]) -> None:
    VectorIndex.build(vectors).save(stem.with_suffix(".faiss"))
    save_keys(stem.with_suffix(".keys"), texts)


def _write_tokens(
    folder: Path, texts: Sequence[str], encoder: Encoder, kept: Kept, progress: Progress
) -> None:
    if not isinstance(encoder, TokenEncoder):
        return
    told = partial(progress, "Tính véc-tơ từng tiếng")
    kept.token_signs(texts, encoder, told).save(folder / "tokens")
    save_keys(folder / "tokens.keys", texts)


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
        "centre": centre_hash(),
        "documents": {document.id: document.metadata.sha256 for document in documents.values()},
        "passages": len(passages),
        "parts": [part for part in ("tokens", "asked", "provisions") if (folder / part).is_dir()],
        "fingerprint": fingerprint(made_from, encoder),
    }
    _write_json(folder / "index.json", header)


def _put_in_use(root: Path, staging: Path) -> Path:
    name = "index-" + staging.name.removeprefix(_STAGING)
    before = in_use(root)
    staging.chmod(0o755)  # mkdtemp made it for one user; a server may run as another
    staging.replace(root / name)
    pointer = root / f"{POINTER}.{name}"
    pointer.write_text(name + "\n", encoding="utf-8")
    pointer.replace(root / POINTER)
    for stray in root.glob(f"{POINTER}.*"):  # of a build that was killed just here
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
