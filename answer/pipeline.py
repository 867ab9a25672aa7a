"""question, history → Answer. A LangChain chain: make the question whole | retrieve | extract."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from langchain_core.documents import Document as Found
from langchain_core.runnables import Runnable, RunnableLambda

from answer.answer import Answer, Status
from answer.confidence import SURE, THRESHOLD, judged
from answer.conversation import whole_question
from answer.coverage import asked
from answer.doubts import Doubts
from answer.extract import extract
from answer.scope import Beside, beside
from answer.validity import as_of_note, kept_elsewhere, marked
from retriever.index import Index
from retriever.langchain import ProvisionRetriever
from retriever.search import Searcher, SearchResult

NEAREST = 3  # passages offered when nothing answers
_UNSURE = (
    "Đây là những câu gần câu hỏi nhất, chưa chắc đã trả lời đúng điều bạn hỏi: hãy đọc điều khoản được dẫn."
)
_EXAMPLE = "Ví dụ: Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?"
_ANNEX = re.compile(r"Phụ lục\s+(?:số\s+)?([IVXLC]+|\d+)")


class Answerer:
    """Answers questions from one index; safe to share between threads."""

    def __init__(self, searcher: Searcher, k: int = 20) -> None:
        self.searcher = searcher
        self.retriever = ProvisionRetriever(searcher=searcher, k=k)
        self.chain = self._chain(None)

    def _chain(self, as_of: date | None) -> Runnable[dict[str, Any], Answer]:
        retriever = self.retriever.model_copy(update={"as_of": as_of})
        return RunnableLambda(_whole) | retriever | RunnableLambda(partial(self._from_found, as_of=as_of))

    @property
    def index(self) -> Index:
        """The index the answers come from."""
        return self.searcher.index

    def answer(self, question: str, history: Sequence[str] = (), as_of: date | None = None) -> Answer:
        """The complete answer; `history` is the user's earlier questions, oldest first.

        With `as_of`, from documents that are, or may be, in force on that day.
        Raises QuestionError for a question that cannot be searched.
        """
        began = time.perf_counter()
        if asked_beside := beside(question):
            return _out_of_scope(question, asked_beside)
        chain = self._chain(as_of) if as_of else self.chain
        made = chain.invoke({"question": question, "history": list(history)})
        took = 1000 * (time.perf_counter() - began)
        return replace(made, question=question, milliseconds=made.milliseconds | {"answer": took})

    def stream(self, question: str, history: Sequence[str] = ()) -> Iterator[Answer]:
        """Growing answers, sentence by sentence; the last one is complete."""
        whole = self.answer(question, history)
        for count in range(1, len(whole.sentences)):
            said = whole.sentences[:count]
            used = {number for sentence in said for number in sentence.citations}
            yield replace(
                whole, sentences=said, citations=tuple(c for c in whole.citations if c.n in used), note=None
            )
        yield whole

    def _from_found(self, found: list[Found], as_of: date | None = None) -> Answer:
        if not found:
            return self._nothing_in_force(as_of or date.today())
        result: SearchResult = found[0].metadata["result"]
        what = asked(result.query, self.index)
        sure, against = judged(result, self.index, self.searcher.lookup)
        sentences, citations = extract(result, self.index, what) if sure >= THRESHOLD else ((), ())
        common: dict[str, Any] = {
            "question": result.query.original,
            "confidence": sure,
            "hits": result.hits,
            "milliseconds": dict(result.milliseconds),
        }
        day = as_of_note(citations, self.searcher, as_of) if as_of else ""
        if not sentences:
            nearest = result.hits[:NEAREST]
            where = _joined(self._where(result, against, as_of), kept_elsewhere(nearest, self.searcher), day)
            return Answer(status=Status.NOT_FOUND, note=where, nearest=nearest, **common)
        note = _joined("" if sure >= SURE else _UNSURE, day)
        citations = marked(citations, self.searcher, as_of or date.today())
        return Answer(status=Status.ANSWERED, sentences=sentences, citations=citations, note=note, **common)

    def _where(self, result: SearchResult, against: Doubts, as_of: date | None) -> str:
        """What was searched, why it does not answer, and where that might stand, without claiming it does."""
        usable = self.searcher.usable(as_of) if as_of else self.index.documents
        names = "; ".join(self.index.documents[id_].metadata.short_name for id_ in usable)
        note = f"Không tìm thấy trong kho văn bản. Đã tìm trong: {names}."
        if against.strongest:
            note += f" {against.strongest.sentence}"
        annexes = _absent_annexes(result, self.index)
        if annexes:
            note += f" Nội dung gần nhất dẫn sang {annexes}, không có trong kho."
        return note

    def _nothing_in_force(self, day: date) -> Answer:
        note = f"Không tìm thấy trong kho văn bản. {as_of_note((), self.searcher, day)}"
        return Answer(question="", status=Status.NOT_FOUND, note=note)


def _joined(*parts: str) -> str | None:
    """The parts that say something; None where none does."""
    return " ".join(part for part in parts if part) or None


def _whole(asked_for: dict[str, Any]) -> str:
    return whole_question(asked_for["question"], asked_for["history"])


def _absent_annexes(result: SearchResult, index: Index) -> str:
    """Annexes that the nearest passages' own units refer to."""
    named: dict[str, None] = {}
    for hit in result.hits[:1]:
        document = index.documents[hit.passage.document]
        above = document.ancestors(hit.passage.address)
        unit = above[-1] if above else document.by_address[hit.passage.address.path]
        for node in (*unit.children, unit):
            for annex in _ANNEX.findall(node.text.text):
                named[f"Phụ lục {annex} của {document.metadata.short_name}"] = None
    return ", ".join(list(named)[:2])


def _out_of_scope(question: str, why: Beside) -> Answer:
    return Answer(question=question, status=Status.OUT_OF_SCOPE, note=f"{why.value} {_EXAMPLE}")
