"""`hoidap eval external`: the retriever's own stages over somebody else's questions.

The benchmark's passages become an index in memory, made of the same parts as the one in use: both BM25,
the encoder, FAISS. The last method is `retriever.search.Searcher` itself, fusion and all.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from corpus.address import Address
from corpus.document import Passage
from corpus.errors import HoidapError, QuestionError
from corpus.progress import Progress
from corpus.vietnamese import fold, syllables
from eval.benchmark import Benchmark
from eval.figures import decimal, percent
from eval.measures import Estimate, Ranks, estimate, hit, ndcg, reciprocal_rank
from eval.report import table
from eval.vector_cache import CachedEncoder
from retriever.dense import Flat
from retriever.diacritics import Restorer, general_words
from retriever.encoder import Encoder
from retriever.index import Index, tokens, units
from retriever.lexical import Bm25, Scores
from retriever.query import understand
from retriever.search import Searcher
from retriever.segment import words

DEPTH = 10  # ranks that are looked at
MEASURES: Mapping[str, Callable[[Ranks], float]] = {
    "hit@1": hit,
    "hit@5": lambda ranks: hit(ranks, 5),
    "hit@10": lambda ranks: hit(ranks, 10),
    "MRR@10": reciprocal_rank,
    "nDCG@10": ndcg,
}
SYLLABLES, WORDS, DENSE, FULL = METHODS = ("bm25-syllables", "bm25-words", "dense", "full")
_SHOWN = {
    SYLLABLES: "BM25 theo tiếng",
    WORDS: "BM25 theo từ",
    DENSE: "chỉ véc-tơ",
    FULL: "toàn bộ bộ truy hồi",
}


@dataclass(frozen=True, slots=True)
class ExternalReport:
    """What the methods scored on one benchmark."""

    benchmark: str
    encoder: str
    passages: int
    questions: int
    unsearchable: tuple[str, ...]  # questions the retriever turns down: zero for every method
    own_units: bool  # passages were also compared unit by unit, as in the index in use
    methods: Mapping[str, Mapping[str, Estimate]]  # by METHODS, then by MEASURES


def measure_external(
    benchmark: Benchmark, encoder: Encoder, cache: Path, progress: Progress, own_units: bool = False
) -> ExternalReport:
    """Scores the retriever and its parts on a benchmark.

    Vectors and word lists are kept below `cache`, so a second run, or one after an interruption, goes on
    from there. With `own_units` every passage is also compared unit by unit, as in the index in use; it
    takes several times longer. Otherwise a passage is one unit.
    Raises HoidapError when the disk cannot be written.
    """
    cached = CachedEncoder(encoder, cache / "vectors")
    index = _index(benchmark, cached, cache, progress, own_units)
    found = _found(benchmark, Searcher(index, cached), progress)
    ranks = {
        method: [
            _ranks(question.relevant, found.get(question.id, {}).get(method, ()))
            for question in benchmark.questions
        ]
        for method in METHODS
    }
    return ExternalReport(
        benchmark=benchmark.name,
        encoder=encoder.name,
        passages=len(benchmark.passages),
        questions=len(benchmark.questions),
        unsearchable=tuple(question.id for question in benchmark.questions if question.id not in found),
        own_units=own_units,
        methods={
            method: {name: estimate([value(one) for one in per_question]) for name, value in MEASURES.items()}
            for method, per_question in ranks.items()
        },
    )


def render_external(report: ExternalReport) -> str:
    """The report as lines of text for a terminal."""
    body = [
        [_SHOWN[method], *(percent(estimates[measure]) for measure in MEASURES)]
        for method, estimates in report.methods.items()
    ]
    parts = [
        f"{report.benchmark}: {decimal(report.passages, 0)} đoạn, {report.questions} câu hỏi. "
        "Đơn vị %, trong ngoặc vuông là khoảng tin cậy 95%.",
        f"Bộ mã hóa: {report.encoder}. "
        + ("Véc-tơ của cả đoạn và của từng phần." if report.own_units else "Mỗi đoạn một véc-tơ."),
        table(["Cách tìm", *MEASURES], body),
    ]
    if report.unsearchable:
        parts.append(f"Không tìm được, tính là 0: {', '.join(report.unsearchable)}.")
    return "\n\n".join(parts) + "\n"


def external_json(report: ExternalReport) -> dict[str, object]:
    """The report as plain JSON values, every field under its own name."""
    return asdict(report)


def _index(
    benchmark: Benchmark, encoder: CachedEncoder, cache: Path, progress: Progress, own_units: bool
) -> Index:
    here = Address("benchmark")
    passages = [
        Passage(identifier, here.document, (here,), identifier, (), text, 0, len(text))
        for identifier, text in benchmark.passages.items()
    ]
    read = [tokens(passage) for passage in passages]
    spans = [
        (owner, *span)
        for owner, passage in enumerate(passages)
        for span in (units(passage) if own_units else [(0, len(passage.text))])
    ]
    whole = [passage.text for passage in passages]
    compared = [whole[owner][low:high] for owner, low, high in spans]
    by_syllable = _kept(cache, SYLLABLES, read, lambda text: syllables(fold(text)), progress)
    by_word = _kept(cache, WORDS, read, words, progress)
    vectors = encoder.passages(
        [*whole, *(compared if own_units else ())], lambda done, total: progress("Tính véc-tơ", done, total)
    )
    passage_vectors = Flat.build(vectors[: len(whole)])
    return Index(
        folder=cache,
        encoder_name=encoder.name,
        documents={},
        passages=passages,
        units=np.asarray(spans, dtype=np.int32),
        restorer=Restorer.build(read, general_words()),
        syllables=by_syllable,
        words=by_word,
        unit_vectors=Flat.build(vectors[len(whole) :]) if own_units else passage_vectors,
        passage_vectors=passage_vectors,
    )


def _found(
    benchmark: Benchmark, searcher: Searcher, progress: Progress
) -> dict[str, dict[str, tuple[str, ...]]]:
    """The best passages' ids by question and method; a question that cannot be searched is left out."""
    texts: dict[str, str] = {}
    for question in benchmark.questions:
        with suppress(QuestionError):
            texts[question.id] = understand(question.text, searcher.index.restorer).text
    searcher.encoder.queries(list(texts.values()))  # all at once: kept in a few shards, not one a question
    asked = [question for question in benchmark.questions if question.id in texts]
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for done, question in enumerate(asked, start=1):
        found[question.id] = _by_stage(texts[question.id], searcher) | {
            FULL: tuple(hit.passage.id for hit in searcher.search(question.text, DEPTH).hits)
        }
        progress("Tìm kiếm", done, len(asked))
    return found


def _by_stage(text: str, searcher: Searcher) -> dict[str, tuple[str, ...]]:
    """What each stage finds alone."""
    index = searcher.index
    by_syllable = index.syllables.scores(syllables(fold(text)))
    by_word = index.words.scores(words(text))
    _, nearest = index.passage_vectors.search(searcher.encoder.queries([text]), DEPTH)
    return {
        SYLLABLES: _best(by_syllable, index.passages),
        WORDS: _best(by_word, index.passages),
        DENSE: tuple(index.passages[row].id for row in nearest),
    }


def _best(scores: Scores, passages: Sequence[Passage]) -> tuple[str, ...]:
    order = np.argsort(-scores, kind="stable")[:DEPTH]
    return tuple(passages[row].id for row in order if scores[row] > 0)


def _ranks(relevant: Sequence[str], found: Sequence[str]) -> tuple[int | None, ...]:
    """Rank of each relevant passage, 1-based, None where it was not found."""
    place = {identifier: rank for rank, identifier in enumerate(found, start=1)}
    return tuple(place.get(identifier) for identifier in relevant)


def _kept(
    cache: Path, kind: str, texts: Sequence[str], cut: Callable[[str], list[str]], progress: Progress
) -> Bm25:
    """BM25 over `texts`, from the disk where the same texts were cut by the same code before."""
    folder = cache / "external" / f"{kind}-{_fingerprint(texts)}"
    if not folder.is_dir():
        cut_up = []
        for done, text in enumerate(texts, start=1):
            cut_up.append(cut(text))
            progress(f"Tách {'từ' if kind == WORDS else 'tiếng'}", done, len(texts))
        _keep(Bm25.build(cut_up), folder)
    return Bm25.load(folder)


def _keep(index: Bm25, folder: Path) -> None:
    """Write `index` as `folder`, whole or not at all."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
        try:
            index.save(staging)
            staging.replace(folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        if folder.is_dir():  # another run was first
            return
        raise HoidapError(
            f"Không ghi được vào {folder.parent}: {error.strerror}. "
            "Hãy kiểm tra quyền ghi và chỗ trống, rồi chạy lại."
        ) from error


def _fingerprint(texts: Sequence[str]) -> str:
    digest = hashlib.sha256()
    top = Path(__file__).parent.parent
    for file in ("corpus/vietnamese.py", "retriever/segment.py", "retriever/lexical.py"):
        digest.update((top / file).read_bytes())
    for text in texts:
        digest.update(hashlib.sha256(text.encode()).digest())
    return digest.hexdigest()[:16]
