"""The answer with a language model: written from what was found, shown only as far as that says it.

The model is any LangChain chat model. Whatever it does wrong, the extract stands in with a note: the model
may be slow, away, break off, write nonsense or follow what it read, and none of that reaches the reader.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from langchain_core.exceptions import ModelInvalidRequestError
from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable

from answer.answer import Answer, Status
from answer.conversation import rewritten
from answer.coverage import asked
from answer.drafts import Draft, Drafts
from answer.generate_prompt import INSTRUCTIONS, material, schema
from answer.sources import Given, given
from answer.timed import CrowdedError, FailedError, timed
from answer.written import Written
from retriever.index import Index
from retriever.query import understand

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

SECONDS = 60  # that an answer may take; the first sentence a third of it
_FIRST = 1 / 3
_LONGEST = 12_000  # characters read of one answer
_LINE = 2_000  # characters read of one question
_BESIDE = 0.5  # share of what the extract speaks of, below which an answer is beside the point
_HOPELESS = 6  # sentences dropped before any is kept: no more is read

_INSTEAD = "câu trả lời này được trích thẳng từ văn bản."
SLOW = f"Mô hình ngôn ngữ trả lời quá chậm; {_INSTEAD}"
AWAY = f"Mô hình ngôn ngữ hiện không dùng được; {_INSTEAD}"
NOTHING = f"Mô hình ngôn ngữ không viết được câu nào có căn cứ; {_INSTEAD}"
INCOMPLETE = "Các điều khoản tìm được có thể chưa trả lời hết câu hỏi."


def dropped_note(count: int) -> str:
    """How many sentences were not shown, and why."""
    return f"Đã bỏ {count} câu của mô hình ngôn ngữ vì không thấy căn cứ trong văn bản."


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds until the first sentence that may be shown, and until the end."""

    first: float
    whole: float

    @classmethod
    def of(cls, seconds: float) -> Limits:
        """A third of the time for the first sentence."""
        return cls(seconds * _FIRST, seconds)


class Writer:
    """Has one model write answers; safe to share between threads."""

    def __init__(
        self,
        model: BaseChatModel,
        name: str,
        limits: Limits | None = None,
        *,
        host: str | None = None,
        by_schema: bool = True,
    ) -> None:
        """`name`: what readers are told wrote it. `host`: where it runs, if that is not this machine.

        `by_schema`: the model takes `response_format`.
        """
        self.name = f"{name} ({host})" if host else name
        self.host = host
        self._model = model
        self._limits = limits or Limits.of(SECONDS)
        self._by_schema = by_schema  # until the server says that it cannot

    def write(self, extracted: Answer, index: Index) -> Iterator[Answer]:
        """Growing answers; the last is complete, and is `extracted` with a note where the model failed.

        `extracted` answers its `question` by extraction and holds what was found. No error of the model
        is raised.
        """
        sources = given(extracted, index)
        written, drafts = Written(sources), Drafts()
        began = time.monotonic()

        def until() -> float:
            return began + (self._limits.whole if written.text else self._limits.first)

        try:
            for draft in self._drafts(drafts, extracted.question, sources, until):
                if written.admit(draft):
                    yield self._answer(extracted, written)
                elif written.dropped >= _HOPELESS and not written.text:
                    break
        except TimeoutError:
            yield _instead(extracted, SLOW)
        except (FailedError, CrowdedError) as error:
            why = type(error.__cause__ or error).__name__  # no more: a message may hold the key
            logging.getLogger(__name__).warning("the language model failed: %s", why)
            yield _instead(extracted, AWAY)
        else:
            yield self._last(extracted, written, drafts.complete, index)

    def whole(self, question: str, history: Sequence[str]) -> str | None:
        """A follow-up made whole by the model; None where it fails, is slow or uses words nobody said."""
        try:
            return rewritten(question, history, self._line)
        except (TimeoutError, FailedError, CrowdedError):
            return None

    def _line(self, prompt: str) -> str:
        """What the model says to a short prompt, as far as it is read."""
        end, said = time.monotonic() + self._limits.first, ""
        for piece in timed(lambda: _texts(self._model, [HumanMessage(prompt)]), lambda: end):
            said += piece
            if len(said) > _LINE:
                break
        return said

    def _last(self, extracted: Answer, written: Written, complete: bool | None, index: Index) -> Answer:
        if not written.text or _says_less(written, extracted, index):
            return _instead(extracted, NOTHING)
        notes = [
            extracted.note,
            dropped_note(written.dropped) if written.dropped else None,
            INCOMPLETE if complete is False else None,
        ]
        whole = extracted.status is Status.ANSWERED and not written.dropped and complete is not False
        return replace(
            self._answer(extracted, written),
            status=Status.ANSWERED if whole else Status.PARTIAL,
            note=_joined(*notes),
        )

    def _answer(self, extracted: Answer, written: Written) -> Answer:
        return replace(
            extracted,
            sentences=written.sentences,
            citations=written.citations,
            note=None,
            count=None,
            sides=(),
            written_by=self.name,
        )

    def _drafts(self, drafts: Drafts, question: str, sources: Sequence[Given], until: Any) -> Iterator[Draft]:
        read = 0
        for piece in timed(lambda: self._pieces(question, sources), until):
            read += len(piece)
            yield from drafts.feed(piece)
            if read > _LONGEST:
                return
        yield from drafts.end()

    def _pieces(self, question: str, sources: Sequence[Given]) -> Iterator[str]:
        """What the model says, as it says it: by the schema where its server can."""
        messages: list[BaseMessage] = [SystemMessage(INSTRUCTIONS), HumanMessage(material(question, sources))]
        if self._by_schema:
            form = {"name": "answer", "schema": schema(sources)}
            bound = self._model.bind(response_format={"type": "json_schema", "json_schema": form})
            said = False
            try:
                for text in _texts(bound, messages):
                    said = True
                    yield text
                return
            except ModelInvalidRequestError:
                if said:
                    raise
        for text in _texts(self._model, messages):  # raises again if the schema was not the reason
            self._by_schema = False
            yield text


def _texts(model: Runnable[Any, BaseMessage], messages: list[BaseMessage]) -> Iterator[str]:
    for chunk in model.stream(messages):
        if chunk.text:
            yield str(chunk.text)


def _says_less(written: Written, extracted: Answer, index: Index) -> bool:
    """Whether what passed speaks less of the question than the extract; far less, where all of it passed."""
    what = asked(understand(extracted.question, index.restorer, index.abbreviations), index)
    least = what.covered(" ".join(sentence.text for sentence in extracted.sentences))
    return what.covered(written.text) < (least if written.dropped else least * _BESIDE)


def _instead(extracted: Answer, note: str) -> Answer:
    return replace(extracted, note=_joined(extracted.note, note))


def _joined(*notes: str | None) -> str | None:
    return " ".join(note for note in notes if note) or None
