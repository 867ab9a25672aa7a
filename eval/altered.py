"""The gate on its own: altered sentences that it must stop and true ones that it must let through.

A line of the file: {"id", "document", "address", "sentence", "change", "supported"}; `address` is the path of
the provision that the sentence cites, `change` what was done to a true sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from answer.ground import Verdict, judge, source_of
from corpus.document import Document
from eval.figures import percent
from eval.jsonl import Record, read_records
from eval.measures import Estimate, estimate
from eval.report import table

TRUE = ("none", "reworded")
SWAPS = ("swap-figure", "swap-subject", "swap-year")
SIMPLE = ("figure", "unit", "year", "negation", "modality", "name", "agency", "citation")
CHANGES = (*SIMPLE, *SWAPS, *TRUE)
GROUPS: Mapping[str, tuple[str, ...]] = {
    "đổi một chỗ": SIMPLE,
    "đổi chỗ cho nhau": SWAPS,
    "câu đúng": TRUE,
}


@dataclass(frozen=True, slots=True)
class Altered:
    """One sentence with the verdict it should get."""

    id: str
    document: str
    address: str  # path within the document
    sentence: str
    change: str  # one of CHANGES
    supported: bool


@dataclass(frozen=True, slots=True)
class Wrong:
    """A sentence that got the other verdict."""

    case: Altered
    reason: str


@dataclass(frozen=True, slots=True)
class AlteredReport:
    """Share of the right verdicts by change and by group, and what went wrong."""

    changes: Mapping[str, Estimate]
    groups: Mapping[str, Estimate]
    wrong: tuple[Wrong, ...]


def read_altered(file: Path, documents: Mapping[str, Document]) -> tuple[Altered, ...]:
    """The sentences of a file; raises QuestionFileError that names the faulty line."""
    return tuple(_case(record, documents) for record in read_records(file))


def measure_altered(cases: Sequence[Altered], documents: Mapping[str, Document]) -> AlteredReport:
    """Every sentence judged against the provision it cites."""
    right: dict[str, list[bool]] = {change: [] for change in CHANGES}
    wrong: list[Wrong] = []
    for case in cases:
        document = documents[case.document]
        source = source_of(1, document, document.by_address[case.address])
        judged = judge(case.sentence, (1,), [source])
        good = (judged.verdict is Verdict.SUPPORTED) == case.supported
        right[case.change].append(good)
        if not good:
            wrong.append(Wrong(case, judged.reason))
    groups = {name: [one for change in changes for one in right[change]] for name, changes in GROUPS.items()}
    return AlteredReport(_estimates(right), _estimates(groups), tuple(wrong))


def render_altered(report: AlteredReport, misses: int) -> str:
    """The table, and the first `misses` sentences that got the wrong verdict."""
    rows = [[name, str(found.n), percent(found)] for name, found in (*report.changes.items(),)]
    rows += [[name, str(found.n), percent(found)] for name, found in report.groups.items()]
    lines = [table(("thay đổi", "số câu", "xử đúng, % [khoảng tin cậy]"), rows)]
    for wrong in report.wrong[:misses]:
        passed = "lẽ ra phải chặn" if not wrong.case.supported else "lẽ ra phải cho qua"
        lines.append(f"■ {wrong.case.id} ({wrong.case.change}, {passed}) {wrong.case.sentence}")
        lines.append(f"  {wrong.case.document}/{wrong.case.address}: {wrong.reason}")
    return "\n".join(lines)


def altered_json(report: AlteredReport, misses: int) -> dict[str, object]:
    """The same as JSON."""
    return {
        "changes": {name: _estimate_json(found) for name, found in report.changes.items()},
        "groups": {name: _estimate_json(found) for name, found in report.groups.items()},
        "wrong": [
            {"id": wrong.case.id, "change": wrong.case.change, "reason": wrong.reason}
            for wrong in report.wrong[:misses]
        ],
    }


def _case(record: Record, documents: Mapping[str, Document]) -> Altered:
    record.only("id", "document", "address", "sentence", "change", "supported")
    case = Altered(
        id=record.text("id"),
        document=record.text("document"),
        address=record.text("address"),
        sentence=record.text("sentence"),
        change=record.text("change"),
        supported=record.flag("supported"),
    )
    if case.change not in CHANGES:
        raise record.fault(f"thay đổi lạ “{case.change}”. Các thay đổi: {', '.join(CHANGES)}.")
    if case.supported != (case.change in TRUE):
        raise record.fault(f"“supported” phải là {'true' if case.change in TRUE else 'false'}.")
    if case.document not in documents or case.address not in documents[case.document].by_address:
        raise record.fault(f"không có điều khoản “{case.document}/{case.address}”.")
    return case


def _estimates(right: Mapping[str, Iterable[bool]]) -> dict[str, Estimate]:
    return {name: estimate([float(one) for one in found]) for name, found in right.items() if found}


def _estimate_json(found: Estimate) -> dict[str, float]:
    return {"mean": found.mean, "low": found.low, "high": found.high, "n": found.n}
