"""The gate: a run against the last accepted state, question by question.

baseline.json holds the outcome of every question of that state. A measure whose paired 95% interval lies on
the unwanted side of 0 has dropped; the gate then fails and names the questions lost.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.errors import QuestionFileError
from eval.jsonl import whole_file
from eval.pairs import Difference, Values, changed, differences
from eval.questions import Question
from eval.report import differences_table, heading
from eval.score import MEASURES, Report

BASELINE = Path(__file__).parent / "baseline.json"
_NAMED = 12  # questions named for each measure that dropped
_DIGITS = 4  # what a stored value is rounded to


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of a run."""

    accepted: str  # date of the baseline, ISO 8601
    differences: tuple[Difference, ...]
    lost: Mapping[str, tuple[str, ...]]  # for each measure that dropped, the ids of the questions lost
    unknown: tuple[str, ...]  # questions that the baseline does not have: they decide nothing

    @property
    def passed(self) -> bool:
        """Whether no measure dropped beyond its interval."""
        return not self.lost


def accept(report: Report, file: Path = BASELINE, today: date | None = None) -> None:
    """Make a scored run the accepted state. A deliberate act: nothing else writes this file."""
    outcomes = {
        one.id: {name: round(value, _DIGITS) for name, value in one.values.items()} for one in report.outcomes
    }
    state = {"accepted": (today or date.today()).isoformat(), "outcomes": outcomes}
    with whole_file(file) as out:
        out.write(json.dumps(state, ensure_ascii=False, indent=0, sort_keys=True) + "\n")


def judge(report: Report, file: Path = BASELINE) -> Verdict:
    """Compare a scored run with the accepted state; a question without a line in the run counts as zero.

    Raises QuestionFileError when there is no accepted state or it cannot be read.
    """
    accepted, before = _read(file)
    after = {
        one.id: {name: round(value, _DIGITS) for name, value in one.values.items()} for one in report.outcomes
    }
    found = differences(before, after, MEASURES)
    lost = {one.measure: changed(before, after, one.measure)[1] for one in found if one.worse}
    return Verdict(accepted, found, lost, tuple(name for name in after if name not in before))


def render(verdict: Verdict, questions: Sequence[Question]) -> str:
    """The verdict for a terminal: every measure, and by name what was lost."""
    asked = {question.id: question.question for question in questions}
    lines = [f"So với mốc đã chấp nhận ngày {verdict.accepted}:", ""]
    lines.append(differences_table(verdict.differences, "mốc", "nay"))
    for measure, ids in verdict.lost.items():
        lines += ["", f"{heading(measure)}: giảm quá khoảng tin cậy; các câu đã mất:"]
        lines += [f"  {name}  {asked.get(name, '')}" for name in ids[:_NAMED]]
        lines += [f"  … và {len(ids) - _NAMED} câu nữa"] if len(ids) > _NAMED else []
    if verdict.unknown:
        lines += ["", f"{len(verdict.unknown)} câu chưa có trong mốc, không tính."]
    lines += [
        "",
        "ĐẠT" if verdict.passed else "KHÔNG ĐẠT: nếu thay đổi là có chủ ý, chạy `hoidap eval gate --accept`",
    ]
    return "\n".join(lines)


def _read(file: Path) -> tuple[str, Mapping[str, Values]]:
    try:
        state = json.loads(file.read_text(encoding="utf-8"))
        outcomes: Mapping[str, Values] = {name: dict(values) for name, values in state["outcomes"].items()}
        return str(state["accepted"]), outcomes
    except FileNotFoundError as error:
        raise QuestionFileError(f"Chưa có mốc {file}. Hãy chạy: hoidap eval gate --accept") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise QuestionFileError(
            f"Không đọc được mốc {file} ({error}). Hãy khôi phục tệp, hoặc chạy: hoidap eval gate --accept"
        ) from error
