"""What a run made of one question, ready to be shown: ranks of the evidence, first passages, answer."""

from __future__ import annotations

from dataclasses import dataclass

from eval.measures import first_ranks
from eval.questions import Question
from eval.runfile import RunLine, RunPassage

SHOWN = 5  # passages
_CUT = 160  # characters of a passage or an answer


@dataclass(frozen=True, slots=True)
class Side:
    """What one run made of a question."""

    ranks: tuple[int | None, ...]  # of the first right passage for each gold entry
    passages: tuple[RunPassage, ...]  # the first few
    right: tuple[bool, ...]  # whether each of these is right for some gold entry
    answer: str | None

    @property
    def places(self) -> str:
        """The ranks in words: "3, không thấy"; empty where the question needs no evidence."""
        return ", ".join("không thấy" if rank is None else str(rank) for rank in self.ranks)


def side(question: Question, line: RunLine | None, shown: int = SHOWN) -> Side:
    """What the line made of its question; a question without a line was answered with nothing."""
    line = line or RunLine(question.id)
    passages = line.passages[:shown]
    return Side(
        first_ranks(question.gold, line.passages),
        passages,
        tuple(any(first_ranks(question.gold, [passage])) for passage in passages),
        line.answer.text if line.answer else None,
    )


def excerpt(text: str, length: int = _CUT) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
