"""question, history → Answer. A LangChain chain: make the question whole | retrieve | extract; then write."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from langchain_core.documents import Document as Found
from langchain_core.runnables import Runnable, RunnableLambda

from answer.answer import Answer, Status
from answer.checked import checked
from answer.confidence import SURE, THRESHOLD, judged
from answer.contrasts import of_another
from answer.conversation import whole_question
from answer.coverage import asked
from answer.disagreements import both_shown, disagreement_note, disagreements
from answer.doubts import TOLD, Doubt, Doubts, strength
from answer.each_half import Together, answered, together
from answer.extract import Extract, extract
from answer.halves import half_questions
from answer.neighbour import Answered
from answer.not_found import not_found_note, nothing_in_force, out_of_scope_note
from answer.parts import missing_note, missing_parts
from answer.scope import beside
from answer.short_forms import short_form
from answer.sides import Sides, sides
from answer.signature import signature
from answer.validity import as_of_note, marked
from retriever.index import Index
from retriever.langchain import ProvisionRetriever
from retriever.search import Searcher, SearchResult

if TYPE_CHECKING:
    from answer.generate import Writer

NEAREST = 3  # passages offered when nothing answers
_UNSURE = (
    "Đây là những câu gần câu hỏi nhất, chưa chắc đã trả lời đúng điều bạn hỏi: hãy đọc điều khoản được dẫn."
)
_LEFT_OUT = "Một phần câu trả lời không khớp với điều khoản được dẫn nên không hiện: hãy đọc nguyên văn."


class Answerer:
    """Answers questions from one index; safe to share between threads."""

    def __init__(self, searcher: Searcher, k: int = 20, writer: Writer | None = None) -> None:
        """`writer`: the language model that writes what can be answered; None: answers are extracts."""
        self.searcher = searcher
        self.writer = writer
        self.retriever = ProvisionRetriever(searcher=searcher, k=k)
        self.chain = self._chain(None)

    def _chain(self, as_of: date | None) -> Runnable[dict[str, Any], Answer]:
        retriever = self.retriever.model_copy(update={"as_of": as_of})
        return (
            RunnableLambda(self._whole) | retriever | RunnableLambda(partial(self._from_found, as_of=as_of))
        )

    @property
    def index(self) -> Index:
        """The index the answers come from."""
        return self.searcher.index

    def answer(self, question: str, history: Sequence[str] = (), as_of: date | None = None) -> Answer:
        """The complete answer; `history` is the user's earlier questions, oldest first.

        With `as_of`, from documents that are, or may be, in force on that day.
        Raises QuestionError for a question that cannot be searched.
        """
        *_, whole = self.stream(question, history, as_of)
        return whole

    def stream(
        self, question: str, history: Sequence[str] = (), as_of: date | None = None
    ) -> Iterator[Answer]:
        """Growing answers, sentence by sentence; the last one is complete, as `answer` gives it."""
        began = time.perf_counter()
        if asked_beside := beside(question):
            note = out_of_scope_note(asked_beside)
            yield Answer(question=question, status=Status.OUT_OF_SCOPE, note=note)
            return
        chain = self._chain(as_of) if as_of else self.chain
        extracted = chain.invoke({"question": question, "history": list(history)})
        understood = extracted.question if extracted.question not in ("", question) else None
        for made in self._growing(extracted, as_of):
            took = 1000 * (time.perf_counter() - began)
            times = made.milliseconds | {"answer": took}
            yield replace(made, question=question, understood=understood, milliseconds=times)

    def _growing(self, extracted: Answer, as_of: date | None) -> Iterator[Answer]:
        """What can be answered is written, where there is a writer; what is refused never reaches it."""
        if self.writer is None or extracted.status not in (Status.ANSWERED, Status.PARTIAL):
            yield from _sentence_by_sentence(extracted)
            return
        for made in self.writer.write(extracted, self.index):
            yield self._dated(made, extracted, as_of) if made.written_by else made

    def _dated(self, written: Answer, extracted: Answer, as_of: date | None) -> Answer:
        """With what is said of validity told of the provisions that were cited in the end."""
        note = written.note
        if as_of and note:
            before = as_of_note(extracted.citations, self.searcher, as_of)
            note = note.replace(before, as_of_note(written.citations, self.searcher, as_of))
        citations = marked(written.citations, self.searcher, as_of or date.today())
        return replace(written, citations=citations, note=note)

    def _whole(self, asked_for: dict[str, Any]) -> str:
        place = Answered(
            self.searcher.lookup, self.index.documents, self._extracted, self.index.restorer.restore
        )
        question, history = asked_for["question"], asked_for["history"]
        whole = whole_question(question, history, place)
        if self.writer is None or whole == question:
            return whole
        return self.writer.whole(question, history) or whole

    def _by_halves(
        self, result: SearchResult, compared: Sides, against: Doubts, as_of: date | None
    ) -> Together:
        """What answers a question of two things half by half; nothing where it asks one.

        What bars an answer to the whole bars both halves, unless each means a document of its own.
        """
        halves = half_questions(result.query.text, compared, self.index)
        if len({half.document for half in halves} - {None}) < len(halves) and strength(against.bars) >= TOLD:
            return Together()
        return together([answered(half, self.searcher, as_of) for half in halves])

    def _of_another(self, result: SearchResult, made: Extract, compared: Sides) -> str:
        """Why what answers would be another thing's figure or validity, in Vietnamese; "" for nothing.

        Of two things asked at once each word belongs to one of them: who knows which.
        """
        if not made.sides and compared.parts:
            return ""
        for each in made.citations[-1:] if made.sides else made.citations[:1]:
            document = self.index.documents[each.address.document]
            provision = document.by_address[each.address.path]
            if why := of_another(result.query, document, provision, self.index, bool(made.sides)):
                return why
        return ""

    def _extracted(self, question: str) -> Answer:
        """The extractive answer to a question that is whole."""
        return self._from_found(self.retriever.invoke(question))

    def _from_found(self, found: list[Found], as_of: date | None = None) -> Answer:
        if not found:
            note = nothing_in_force(self.searcher, as_of or date.today())
            return Answer(question="", status=Status.NOT_FOUND, note=note)
        result: SearchResult = found[0].metadata["result"]
        what = asked(result.query, self.index)
        sure, against = judged(result, self.index, self.searcher.lookup)
        compared = sides(result.query.text, self.index.documents)
        joint = Together()
        chosen = signature(result, self.index, self.searcher.lookup) or short_form(result, self.index)
        if chosen:
            sure = 1.0  # looked up, not searched
        else:
            joint = self._by_halves(result, compared, against, as_of)
            # of two years the one that is found stands for itself: what is near to both is neither's
            of_one_year = bool(compared.years and not compared.documents and joint.lacking)
            if joint.made.sides or (joint.made.sentences and (sure < THRESHOLD or of_one_year)):
                chosen, sure = joint.made, joint.sure
            else:
                sure = max(sure, 0.0 if joint.made.sentences else joint.sure)
                joint = Together()
                chosen = extract(result, self.index, what) if sure >= THRESHOLD else Extract()
        made = checked(chosen, self.index.documents)
        other = "" if joint.made.sentences else self._of_another(result, made, compared)
        if other and not made.sides:
            made, chosen, sure = Extract(), Extract(), 0.0
            against = replace(against, bars=(*against.bars, Doubt(1.0, other)))
        left_out = len(made.sentences) < len(chosen.sentences)
        differ = disagreements(result.hits, [each.address for each in made.citations], self.index, what)
        if (both := both_shown(made, differ, self.index)) != made:
            made = checked(both, self.index.documents)
        sentences, citations = made.sentences, made.citations
        common: dict[str, Any] = {
            "question": result.query.original,
            "confidence": sure,
            "hits": result.hits,
            "milliseconds": dict(result.milliseconds),
        }
        day = as_of_note(citations, self.searcher, as_of) if as_of else ""
        if not sentences:
            nearest = result.hits[:NEAREST]
            nothing = not_found_note(result, nearest, against, self.searcher, as_of)
            return Answer(status=Status.NOT_FOUND, note=nothing, nearest=nearest, **common)
        open_parts = joint.lacking or (
            () if joint.made.sentences else missing_parts(result.query, sentences, citations, self.index)
        )
        told = _joined(
            "" if sure >= SURE else _UNSURE,
            missing_note(open_parts),
            _LEFT_OUT if left_out else "",
            other,
            disagreement_note(differ, self.index),
            day,
        )
        citations = marked(citations, self.searcher, as_of or date.today())
        status = Status.PARTIAL if open_parts or left_out or other else Status.ANSWERED
        common |= {"count": made.count, "sides": made.sides}
        return Answer(status=status, sentences=sentences, citations=citations, note=told, **common)


def _sentence_by_sentence(whole: Answer) -> Iterator[Answer]:
    for count in range(1, len(whole.sentences)):
        said = whole.sentences[:count]
        used = {number for sentence in said for number in sentence.citations}
        yield replace(
            whole,
            sentences=said,
            citations=tuple(c for c in whole.citations if c.n in used),
            note=None,
            count=None,
            sides=(),
        )
    yield whole


def _joined(*parts: str) -> str | None:
    """The parts that say something; None where none does."""
    return " ".join(part for part in parts if part) or None
