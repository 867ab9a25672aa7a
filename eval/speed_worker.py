"""One part of `hoidap eval search-speed` in a process of its own: `python -m eval.speed_worker NAME JOB OUT`.

NAME is `build`, `ours` or `langchain`; JOB and OUT are JSON files, the fields of `SpeedJob` and, of the
latter two, of `Timed`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QuestionError
from eval.peer_worker import peak_bytes

K = 10  # passages a question


@dataclass(frozen=True, slots=True)
class SpeedJob:
    """What every process is given."""

    index: str  # the root of the index
    model: str  # folder of a sentence-transformers model, or its name
    model_name: str
    bundled: bool  # whether that is the bundled one, which needs no torch
    questions: tuple[str, ...]
    benchmark: str | None = None  # build: the folder that text is taken from
    passages: int = 0  # build: how many


@dataclass(frozen=True, slots=True)
class Timed:
    """What searching cost, warm."""

    passages: int
    rows: int  # vectors that a search compares with, or would
    open_seconds: float  # from the files on the disk, or for LangChain the vectors, to the first answer
    milliseconds: tuple[float, ...]  # one a question, the encoder's part within
    encoding: tuple[float, ...]  # the encoder's part
    peak_bytes: int


def build(job: SpeedJob) -> None:
    """Make an index of made-up vectors."""
    from corpus.progress import silent
    from eval.benchmark import read_benchmark
    from eval.speed_corpus import SAMPLE, SHORT_FROM, MadeUp, cut, short, statutes
    from retriever import index

    assert job.benchmark
    benchmark = read_benchmark(Path(job.benchmark))
    make = short if job.passages > SHORT_FROM else statutes
    passages = list(make(benchmark, job.passages))
    sample = [passage.text for passage in passages[:: -(-len(passages) // SAMPLE)]]
    index.build(Path(job.index), {}, passages, MadeUp(_encoder(job), sample), silent, {}, segment=cut)


def ours(job: SpeedJob) -> Timed:
    """The index opened and searched."""
    from retriever.index import open_index
    from retriever.search import Searcher

    encoder = _encoder(job)
    encoder.queries(["xin chào"])
    began = time.perf_counter()
    searcher = Searcher(open_index(Path(job.index)), encoder)

    def find(question: str) -> float:
        return searcher.search(question, K).milliseconds["encode"]

    opened, milliseconds, encoding = _ask(job.questions, find, began)
    index = searcher.index
    return Timed(len(index.passages), len(index.unit_vectors), opened, milliseconds, encoding, peak_bytes())


def langchain(job: SpeedJob) -> Timed:
    """LangChain's FAISS store over the same passages, a vector each, as its tutorial makes it."""
    import faiss
    from langchain_community.docstore.in_memory import InMemoryDocstore
    from langchain_community.vectorstores import FAISS
    from langchain_core.documents import Document

    from eval.peer_methods import langchain_embeddings

    embeddings = _Timed(langchain_embeddings(job.model))
    embeddings.embed_query("xin chào")
    texts, vectors = _passages(Path(job.index))
    began = time.perf_counter()
    flat: Any = faiss.IndexFlatL2(vectors.shape[1])
    flat.add(vectors)
    ids = [str(number) for number in range(len(texts))]
    documents = {id_: Document(page_content=text) for id_, text in zip(ids, texts, strict=True)}
    store = FAISS(embeddings.embed_query, flat, InMemoryDocstore(dict(documents)), dict(enumerate(ids)))

    def find(question: str) -> float:
        store.similarity_search(question, k=K)
        return embeddings.last

    opened, milliseconds, encoding = _ask(job.questions, find, began)
    return Timed(len(texts), len(vectors), opened, milliseconds, encoding, peak_bytes())


class _Timed:
    """LangChain's embeddings, and how long the last question took."""

    def __init__(self, embeddings: Any) -> None:
        self._embeddings = embeddings
        self.last = 0.0  # milliseconds

    def embed_query(self, text: str) -> list[float]:
        began = time.perf_counter()
        vector: list[float] = self._embeddings.embed_query(text)
        self.last = 1000 * (time.perf_counter() - began)
        return vector


def _ask(
    questions: Sequence[str], find: Callable[[str], float], began: float
) -> tuple[float, tuple[float, ...], tuple[float, ...]]:
    """Seconds from `began` to the first answer, then of each further question its time and the encoder's."""
    first, *others = questions
    find(first)
    opened = time.perf_counter() - began
    milliseconds, encoding = [], []
    for question in others:
        began = time.perf_counter()
        try:
            encoding.append(find(question))
        except QuestionError:
            continue
        milliseconds.append(1000 * (time.perf_counter() - began))
    return opened, tuple(milliseconds), tuple(encoding)


def _passages(root: Path) -> tuple[list[str], Any]:
    """Text and vector of every passage of an index, read without mapping it: that would count as memory."""
    import faiss
    import numpy as np

    from retriever.pointer import in_use

    folder = root / (in_use(root) or "")
    with (folder / "passages.jsonl").open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    owners = np.load(folder / "units.npy", mmap_mode="r")[:, 0]
    firsts = np.searchsorted(owners, np.arange(len(texts)))
    held: Any = faiss.read_index(str(folder / "units.faiss"), faiss.IO_FLAG_MMAP_IFC)
    if hasattr(held, "make_direct_map"):
        held.make_direct_map()
    return texts, held.reconstruct_batch(firsts.astype(np.int64))


def _encoder(job: SpeedJob) -> Any:
    from retriever.encoder import SentenceTransformerEncoder
    from retriever.light_encoder import LightEncoder

    if job.bundled:
        return LightEncoder(Path(job.model), job.model_name)
    return SentenceTransformerEncoder(job.model, job.model_name)


def main(arguments: Sequence[str]) -> None:
    """NAME JOB OUT."""
    os.environ.update(HF_HUB_OFFLINE="1", LANGSMITH_TRACING="false", LANGCHAIN_TRACING_V2="false")
    name, job_file, out = arguments
    fields = json.loads(Path(job_file).read_text(encoding="utf-8"))
    job = SpeedJob(**(fields | {"questions": tuple(fields["questions"])}))
    if name == "build":
        build(job)
        return
    timed = {"ours": ours, "langchain": langchain}[name](job)
    Path(out).write_text(json.dumps(asdict(timed)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
