"""A follow-up question made whole with what was asked before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.vietnamese import fold, unmarked

_SHORT = 12  # syllables: a longer question usually stands alone
# "còn năm 2030?", "thế ai chủ trì?", "vậy phường thì sao?", "cái đó", "ở đó" … also without marks
_LEANS = re.compile(
    r"^(?:con|the|vay|the con|vay con|va|roi|thi)\b"
    r"|\b(?:thi sao|do|nay|nay la|tren|ay|no|chung)\b(?!\s+ban\b)"
    r"|^(?:ai|bao gio|khi nao|o dau|bao nhieu|tai sao|vi sao|may)\b"
)


def whole_question(question: str, history: Sequence[str] = ()) -> str:
    """The question to search with: itself, or with the last question it leans on put before it.

    `history` is the user's earlier questions, oldest first.
    """
    if not history or not question.strip():
        return question
    bare = unmarked(fold(question))
    if len(bare.split()) <= _SHORT and _LEANS.search(bare):
        return f"{_without_question_words(history[-1])} {question}"
    return question


def _without_question_words(question: str) -> str:
    """The earlier question's subject: what it asked for would only mislead the search."""
    rest = re.sub(
        r"\b(?:bao nhiêu|là gì|như thế nào|thế nào|khi nào|bao giờ|ở đâu|có phải|đúng không|phải không)\b",
        " ",
        question.rstrip(" ?!."),
        flags=re.IGNORECASE,
    )
    return " ".join(rest.split()) + "."
