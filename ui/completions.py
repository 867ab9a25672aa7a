"""OpenAI's chat protocol over our answers, so that chat programs can ask: text, footnotes, and in pieces.

Only what the user said counts, and only as questions: orders to a language model have nobody to read them
here. Parameters of a model (temperature, tools, …) are taken and passed over.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from answer.answer import Answer, AnswerCitation
from corpus.document import noted
from ui.answer_values import Done, Event, Restarted, Said
from ui.api_requests import ChatMessage
from ui.citations import Value
from ui.places import permalink_of

MODEL = "hoidap"
_KEPT = 50  # earlier questions
_WITHDRAWN = "(Thay cho các câu ở trên, đây là trích nguyên văn từ văn bản.)"
# Chat programs show Markdown: what would become a link, a picture or a tag in a document's words, does not.
_ACTIVE = re.compile(r"\[(?=[^\]\n]{0,200}\][(\[:])|<(?=[A-Za-z/!?])")


def questions(messages: Sequence[ChatMessage]) -> list[str]:
    """What the user asked, oldest first, the question itself last; empty where there is none."""
    said = (message.words.strip() for message in messages if message.role == "user")
    return [words for words in said if words][-_KEPT - 1 :]


def pieces(happened: Iterable[Event], base: str) -> Iterator[str]:
    """The content of the completion, piece by piece. `base`: scheme and host that links begin with."""
    began = False
    for event in happened:
        gap = "\n\n" if began else ""
        if isinstance(event, Said):
            numbers = "".join(f"[{n}]" for n in event.sentence.citations)
            yield f"{gap}{_plain(noted(event.sentence.text, event.sentence.corrections))} {numbers}"
        elif isinstance(event, Restarted):
            yield f"{gap}{_WITHDRAWN}"
        else:
            yield gap + "\n\n".join(_told(event.answer, base))
        began = True


def _told(answer: Answer, base: str) -> Iterator[str]:
    """What follows the sentences: our own words, then the sources."""
    if answer.note:
        yield _plain(answer.note)
    if answer.understood:
        yield f"(Hiểu câu hỏi là: {_plain(answer.understood)})"
    for citation in answer.citations:
        yield _footnote(citation, base)
    for caveat in dict.fromkeys(citation.caveat for citation in answer.citations if citation.caveat):
        yield f"Lưu ý: {_plain(caveat)}"


def _footnote(citation: AnswerCitation, base: str) -> str:
    label = citation.label[:1].upper() + citation.label[1:]
    return f"[{citation.n}] {_plain(label)}: {base}{permalink_of(citation.address)}"


def _plain(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", text)


@dataclass(frozen=True, slots=True)
class Completion:
    """One completion, whole or in chunks, as the protocol words it."""

    asked: Sequence[str]  # what counts as the prompt
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, content: str, answer: Answer) -> Value:
        """`chat.completion`."""
        message = {"role": "assistant", "content": content, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return self._value("chat.completion", [choice]) | {
            "usage": self.usage(content),
            "hoidap": {"status": answer.status.value},
        }

    def chunk(self, delta: Value, finish: str | None = None) -> Value:
        """`chat.completion.chunk` with a piece of the message."""
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return self._value("chat.completion.chunk", [choice])

    def counted(self, content: str) -> Value:
        """The last chunk, for those who want to know how long it all was."""
        return self._value("chat.completion.chunk", []) | {"usage": self.usage(content)}

    def usage(self, content: str) -> Value:
        """In words: nothing here has tokens."""
        asked, said = sum(len(each.split()) for each in self.asked), len(content.split())
        return {"prompt_tokens": asked, "completion_tokens": said, "total_tokens": asked + said}

    def _value(self, kind: str, choices: Sequence[Value]) -> Value:
        about: Value = {"id": self.id, "object": kind, "created": self.created, "model": MODEL}
        return about | {"choices": list(choices), "system_fingerprint": None}


def streamed(happened: Iterable[Event], base: str, completion: Completion, count: bool) -> Iterator[str]:
    """The data of each server-sent event, the last "[DONE]"; `count`: the usage is wanted too."""
    content = ""
    for piece in pieces(happened, base):
        if not content:
            yield _json(completion.chunk({"role": "assistant", "content": ""}))
        content += piece
        yield _json(completion.chunk({"content": piece}))
    yield _json(completion.chunk({}, "stop"))
    if count:
        yield _json(completion.counted(content))
    yield "[DONE]"


def last_answer(happened: Iterable[Event]) -> Answer:
    """The whole answer at the end of its events."""
    return next(event.answer for event in happened if isinstance(event, Done))


def models(created: int) -> Value:
    """`GET /v1/models`."""
    return {"object": "list", "data": [model(created)]}


def model(created: int) -> Value:
    """`GET /v1/models/hoidap`."""
    return {"id": MODEL, "object": "model", "created": created, "owned_by": MODEL}


def _json(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False)
