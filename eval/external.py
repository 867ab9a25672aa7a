"""`hoidap eval external`: the retriever, its stages alone and left out, over somebody else's questions.

The benchmark's articles become an index like the one in use, kept below the cache: a title "law - article"
stands above a passage as headings do, and the article's name begins its text. An article is one passage,
however long. Nothing is written beside it, so there are no stages over enrichment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.address import Address
from corpus.document import Passage
from corpus.errors import QuestionError
from corpus.progress import Progress
from eval.benchmark import Benchmark
from eval.figures import decimal, percent
from eval.measures import Estimate, Ranks, estimate, hit, ndcg, reciprocal_rank
from eval.report import table
from eval.variants import Variant, found_by, variants
from eval.vector_cache import cached
from retriever.encoder import Encoder
from retriever.index import build, fingerprint, is_current, open_index
from retriever.search import Searcher

DEPTH = 10  # ranks that are looked at
MEASURES: Mapping[str, Callable[[Ranks], float]] = {
    "hit@1": hit,
    "hit@5": lambda ranks: hit(ranks, 5),
    "hit@10": lambda ranks: hit(ranks, 10),
    "MRR@10": reciprocal_rank,
    "nDCG@10": ndcg,
}


@dataclass(frozen=True, slots=True)
class ExternalReport:
    """What the retriever and its variants scored on one benchmark."""

    benchmark: str
    encoder: str
    passages: int
    questions: int
    unsearchable: tuple[str, ...]  # questions the retriever turns down: zero for every variant
    variants: Mapping[str, Mapping[str, Estimate]]  # by the variant's name, then by MEASURES


def measure_external(
    benchmark: Benchmark, encoder: Encoder, cache: Path, progress: Progress
) -> ExternalReport:
    """Scores the retriever and its parts on a benchmark.

    The index and the vectors are kept below `cache`, so a second run, or one after an interruption, goes on
    from there. Raises HoidapError when the disk cannot be written.
    """
    searcher = _searcher(benchmark, encoder, cache, progress)
    chosen = variants(enriched=False, tokens=searcher.index.tokens is not None)
    found = _found(benchmark, searcher, chosen, progress)
    nothing: Mapping[str, tuple[str, ...]] = {}
    ranks = {
        variant.name: [
            _ranks(question.relevant, found.get(question.id, nothing).get(variant.name, ()))
            for question in benchmark.questions
        ]
        for variant in chosen
    }
    return ExternalReport(
        benchmark=benchmark.name,
        encoder=encoder.name,
        passages=len(benchmark.passages),
        questions=len(benchmark.questions),
        unsearchable=tuple(question.id for question in benchmark.questions if question.id not in found),
        variants={
            name: {measure: estimate([value(one) for one in every]) for measure, value in MEASURES.items()}
            for name, every in ranks.items()
        },
    )


def render_external(report: ExternalReport) -> str:
    """The report as lines of text for a terminal."""
    body = [
        [name, *(percent(estimates[measure]) for measure in MEASURES)]
        for name, estimates in report.variants.items()
    ]
    parts = [
        f"{report.benchmark}: {decimal(report.passages, 0)} đoạn, {report.questions} câu hỏi. "
        f"Đơn vị %, trong ngoặc vuông là khoảng tin cậy 95%. Bộ mã hóa: {report.encoder}.",
        table(["Cách tìm", *MEASURES], body),
    ]
    if report.unsearchable:
        parts.append(f"Không tìm được, tính là 0: {', '.join(report.unsearchable)}.")
    return "\n\n".join(parts) + "\n"


def external_json(report: ExternalReport) -> dict[str, object]:
    """The report as plain JSON values, every field under its own name."""
    return asdict(report)


def benchmark_passages(benchmark: Benchmark) -> tuple[Passage, ...]:
    """The articles as passages, law and article named above each."""
    here = Address("benchmark")
    found = []
    for identifier, article in benchmark.passages.items():
        text, path = article.whole, tuple(filter(None, (article.law, article.heading)))
        found.append(Passage(identifier, here.document, (here,), identifier, path, text, 0, len(text)))
    return tuple(found)


def _searcher(benchmark: Benchmark, encoder: Encoder, cache: Path, progress: Progress) -> Searcher:
    passages = benchmark_passages(benchmark)
    said = hashlib.sha256()
    for passage in passages:
        said.update(repr((passage.id, passage.path, passage.text)).encode())
    made_from = {benchmark.name: said.hexdigest()}
    root = cache / "external" / f"{benchmark.name}-{said.hexdigest()[:12]}"
    keeping = cached(encoder, cache / "vectors")
    if not is_current(root, fingerprint(made_from, encoder.name)):
        build(root, {}, passages, keeping, progress, made_from)
    return Searcher(open_index(root), encoder)


def _found(
    benchmark: Benchmark, searcher: Searcher, chosen: Sequence[Variant], progress: Progress
) -> dict[str, dict[str, tuple[str, ...]]]:
    """The best passages' ids by question and variant; a question that cannot be searched is left out."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for done, question in enumerate(benchmark.questions, start=1):
        with suppress(QuestionError):
            seen = searcher.see(question.text)
            found[question.id] = {
                variant.name: tuple(hit.passage.id for hit in found_by(searcher, seen, DEPTH, variant))
                for variant in chosen
            }
        progress("Tìm kiếm", done, len(benchmark.questions))
    return found


def _ranks(relevant: Sequence[str], found: Sequence[str]) -> tuple[int | None, ...]:
    """Rank of each relevant passage, 1-based, None where it was not found."""
    place = {identifier: rank for rank, identifier in enumerate(found, start=1)}
    return tuple(place.get(identifier) for identifier in relevant)
