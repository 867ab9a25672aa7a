"""What a question set must be as a whole: enough of every kind, nothing twice, not won by rare words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from corpus.document import Document
from corpus.vietnamese import unmarked
from eval.questions import KINDS, Question
from eval.rarity import RARE, Vocabulary

LEAST = {
    **dict.fromkeys(KINDS, 10),
    "figure": 25,
    "paraphrase": 25,
    "unanswerable": 40,
    "cross": 12,
    "follow-up": 12,
    "english": 12,
    "chinese": 12,
}
RARE_SHARE = Fraction(1, 3)  # of the answerable questions, at most
_NAMED = 10  # questions listed before "…"


@dataclass(frozen=True, slots=True)
class Balance:
    """What `balance` found."""

    kinds: Mapping[str, int]  # in the order of KINDS, those that occur
    answerable: int
    rare: Mapping[str, frozenset[str]]  # question id -> the rare words it shares with its evidence
    warnings: tuple[str, ...]  # kinds that a part of a set has too few questions of
    faults: tuple[str, ...]


def balance(
    questions: Sequence[Question], documents: Mapping[str, Document], before: Sequence[Question] = ()
) -> Balance:
    """Counts the kinds and looks for what is wrong with the set as a whole.

    Faults are questions asked twice, here or in `before` (the other parts), and more than RARE_SHARE of the
    answerable questions that share a rare word (`eval.rarity`) with their evidence. Too few of a kind is a
    warning: not every file is a whole part.
    """
    counted = Counter(question.kind for question in questions)
    answerable = [question for question in questions if not question.unanswerable]
    vocabulary = Vocabulary(documents)
    shared = {question.id: vocabulary.shared(question) for question in answerable}
    rare = {name: words for name, words in shared.items() if words}
    return Balance(
        kinds={kind: counted[kind] for kind in KINDS if counted[kind]},
        answerable=len(answerable),
        rare=rare,
        warnings=tuple(_too_few(counted)),
        faults=(*repeated(questions, before), *_too_rare(rare, len(answerable))),
    )


def repeated(questions: Iterable[Question], before: Iterable[Question] = ()) -> tuple[str, ...]:
    """A fault for every question asked earlier in the file or in `before`, marks and punctuation apart.

    The same words after another history are another question.
    """
    first = {_said(question): question.place for question in before}
    faults = []
    for question in questions:
        said = _said(question)
        if said in first:
            faults.append(f"{question.place}: câu hỏi đã có ở {first[said]}. Hãy bỏ một trong hai câu.")
        first.setdefault(said, question.place)
    return tuple(faults)


def _said(question: Question) -> tuple[str, ...]:
    return tuple(_bare(text) for text in (*question.history, question.question))


def _bare(text: str) -> str:
    """Letters and digits alone; a text without any stays as it is."""
    return re.sub(r"[\W_]", "", unmarked(text)) or text


def _too_few(counted: Mapping[str, int]) -> list[str]:
    return [
        f"loại “{kind}” có {counted[kind]} câu; một phần của bộ câu hỏi cần ít nhất {least}."
        for kind, least in LEAST.items()
        if counted[kind] < least
    ]


def _too_rare(rare: Mapping[str, frozenset[str]], answerable: int) -> list[str]:
    if len(rare) <= RARE_SHARE * answerable:
        return []
    some = ", ".join(f"{name} ({', '.join(sorted(words))})" for name, words in list(rare.items())[:_NAMED])
    return [
        f"{len(rare)} trong {answerable} câu trả lời được có từ hiếm (ở không quá {RARE} điều khoản) chung "
        f"với bằng chứng; nhiều nhất là một phần ba. Hãy đặt lại bằng lời khác, chẳng hạn: {some}"
        f"{', …' if len(rare) > _NAMED else ''}."
    ]
