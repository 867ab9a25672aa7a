"""The retriever whole, each of its stages alone, and each left out: what an ablation compares."""

from __future__ import annotations

from dataclasses import dataclass

from retriever.fusion import ASKED, OWN, Stage
from retriever.search import Hit, Searcher, Seen

FULL = "toàn bộ"
WITHOUT_ENRICHMENT = "không có lời gợi tìm"
_SHOWN = {
    Stage.SYLLABLES: "BM25 theo tiếng",
    Stage.WORDS: "BM25 theo từ",
    Stage.HEADINGS: "BM25 trên tiêu đề",
    Stage.UNITS: "véc-tơ từng phần",
    Stage.TOKENS: "véc-tơ từng tiếng",
    Stage.ASKED_SYLLABLES: "lời gợi tìm, BM25 theo tiếng",
    Stage.ASKED_WORDS: "lời gợi tìm, BM25 theo từ",
    Stage.ASKED_VECTORS: "lời gợi tìm, véc-tơ",
}


@dataclass(frozen=True, slots=True)
class Variant:
    """A retriever without some of its stages."""

    name: str
    without: frozenset[Stage]


def only(stage: Stage) -> str:
    """The name of a stage alone."""
    return f"chỉ {_SHOWN[stage]}"


def left_out(stage: Stage) -> str:
    """The name of all stages but one."""
    return f"bỏ {_SHOWN[stage]}"


def alone(variant: Variant) -> bool:
    """Whether a variant is one stage and nothing else."""
    return len((OWN.keys() | ASKED.keys()) - variant.without) == 1


def variants(*, enriched: bool, tokens: bool) -> tuple[Variant, ...]:
    """All variants of an index with or without enrichment and token vectors."""
    stages = [*OWN, *(ASKED if enriched else ())]
    if not tokens:
        stages.remove(Stage.TOKENS)
    found = [Variant(FULL, frozenset())]
    if enriched:
        found.append(Variant(WITHOUT_ENRICHMENT, frozenset(ASKED)))
    found += [Variant(only(stage), frozenset(Stage) - {stage}) for stage in stages]
    found += [Variant(left_out(stage), frozenset({stage})) for stage in stages]
    return tuple(found)


def found_by(searcher: Searcher, seen: Seen, k: int, variant: Variant) -> tuple[Hit, ...]:
    """What a variant finds, best first: without what no stage of it matches."""
    return tuple(hit for hit in searcher.ranked(seen, k, variant.without).hits if hit.score > 0)
