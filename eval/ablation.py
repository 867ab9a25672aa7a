"""`hoidap eval stages`: what each stage of the retriever finds alone, and what is lost without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from answer.conversation import whole_question
from corpus.errors import QuestionError
from corpus.progress import Progress
from eval import measures
from eval.figures import percent
from eval.measures import QUALITY, Estimate, estimate
from eval.questions import Question
from eval.report import table
from eval.runfile import RunPassage
from eval.variants import FULL, alone, found_by, variants
from retriever.search import Hit, Searcher

KIND_MEASURE = "complete@5"
_DEPTH = 20


@dataclass(frozen=True, slots=True)
class BestStage:
    """Of one kind of question: the stage that is best alone, and the whole beside it, by KIND_MEASURE."""

    stage: str
    alone: Estimate
    whole: Estimate
    gained: Estimate  # whole less alone, question by question


@dataclass(frozen=True, slots=True)
class AblationReport:
    """What each variant scored on the questions that have an answer."""

    questions: int
    variants: Mapping[str, Mapping[str, Estimate]]  # by the variant's name, then by QUALITY
    kinds: Mapping[str, BestStage]


def ablate(questions: Sequence[Question], searcher: Searcher, progress: Progress) -> AblationReport:
    """Score every variant; a question that cannot be searched counts as not found."""
    asked = [question for question in questions if not question.unanswerable]
    index = searcher.index
    chosen = variants(enriched=index.asked is not None, tokens=index.tokens is not None)
    scored: dict[str, list[Mapping[str, float]]] = {variant.name: [] for variant in chosen}
    for done, question in enumerate(asked, start=1):
        try:
            seen = searcher.see(whole_question(question.question, question.history))
        except QuestionError:
            seen = None
        for variant in chosen:
            hits = found_by(searcher, seen, _DEPTH, variant) if seen else ()
            scored[variant.name].append(_values(question, hits))
        progress("Tìm kiếm", done, len(asked))
    return AblationReport(
        len(asked),
        {
            name: {measure: estimate([one[measure] for one in every]) for measure in QUALITY}
            for name, every in scored.items()
        },
        _by_kind(asked, scored, [variant.name for variant in chosen if alone(variant)]),
    )


def render_ablation(report: AblationReport) -> str:
    """The report as lines of text for a terminal."""
    body = [
        [name, *(percent(estimates[measure]) for measure in QUALITY)]
        for name, estimates in report.variants.items()
    ]
    kinds = [
        [kind, str(best.alone.n), best.stage, *map(percent, (best.alone, best.whole, best.gained))]
        for kind, best in report.kinds.items()
    ]
    return (
        f"{report.questions} câu hỏi có lời giải. Đơn vị %, trong ngoặc vuông là khoảng tin cậy 95%.\n\n"
        f"{table(['Cách tìm', *QUALITY], body)}\n\n"
        f"Từng loại câu hỏi: toàn bộ bên cạnh cách tìm đơn lẻ tốt nhất, {KIND_MEASURE}.\n\n"
        f"{table(['Loại', 'Số câu', 'đơn lẻ tốt nhất', 'đơn lẻ', 'toàn bộ', 'chênh lệch'], kinds)}\n"
    )


def ablation_json(report: AblationReport) -> dict[str, object]:
    """The report as plain JSON values, every field under its own name."""
    return asdict(report)


def _values(question: Question, hits: Sequence[Hit]) -> dict[str, float]:
    passages = [
        RunPassage(rank, hit.passage.document, "", "", hit.passage.text, hit.score)
        for rank, hit in enumerate(hits, start=1)
    ]
    return measures.retrieval(question.gold, passages)


def _by_kind(
    asked: Sequence[Question], scored: Mapping[str, Sequence[Mapping[str, float]]], stages: Sequence[str]
) -> dict[str, BestStage]:
    """Every kind with its best single stage; of equals the first."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, question in enumerate(asked):
        places[question.kind].append(place)
    found: dict[str, BestStage] = {}
    for kind, rows in places.items():
        values = {name: [scored[name][row][KIND_MEASURE] for row in rows] for name in (*stages, FULL)}
        best = max(stages, key=lambda name: sum(values[name]))
        gained = [whole - single for whole, single in zip(values[FULL], values[best], strict=True)]
        found[kind] = BestStage(best, estimate(values[best]), estimate(values[FULL]), estimate(gained))
    return found
