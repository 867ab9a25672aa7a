"""The whole system as a LangChain Runnable: a question in, answers out; it drops into a chain or a graph."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date
from typing import Any, TypedDict

from langchain_core.runnables import Runnable, RunnableConfig

from answer.answer import Answer
from answer.pipeline import Answerer


class Asked(TypedDict, total=False):
    """A question that is more than a text; only `question` is needed."""

    question: str
    history: Sequence[str]  # the user's earlier questions, oldest first
    as_of: date | None  # from documents that may be in force that day


class AnswerRunnable(Runnable[str | Asked, Answer]):
    """`invoke`, `batch`, `stream` and the same awaited; `stream` gives growing answers, the last complete.

    Raises QuestionError for a question that cannot be searched; nothing that a language model does wrong.
    """

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer

    def invoke(self, input: str | Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """The complete answer."""
        return self._call_with_config(self._answer, input, config)

    def stream(
        self, input: str | Asked, config: RunnableConfig | None = None, **kwargs: Any | None
    ) -> Iterator[Answer]:
        """Growing answers; each one stands for itself and replaces the one before."""
        yield from self._transform_stream_with_config(iter([input]), self._answers, config)

    async def astream(
        self, input: str | Asked, config: RunnableConfig | None = None, **kwargs: Any | None
    ) -> AsyncIterator[Answer]:
        """As `stream`, the loop left free between the answers."""
        growing = self.stream(input, config)
        while (answer := await asyncio.to_thread(next, growing, None)) is not None:
            yield answer

    def _answer(self, asked: str | Asked) -> Answer:
        return self.answerer.answer(*_parts(asked))

    def _answers(self, questions: Iterator[str | Asked]) -> Iterator[Answer]:
        for asked in questions:
            yield from self.answerer.stream(*_parts(asked))


def _parts(asked: str | Asked) -> tuple[str, Sequence[str], date | None]:
    if isinstance(asked, str):
        return asked, (), None
    return asked["question"], asked.get("history", ()), asked.get("as_of")
