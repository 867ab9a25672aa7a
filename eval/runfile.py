"""The run file: one JSON object a question, what was found and what was answered.

`{"id", "passages": [{"rank", "document", "address", "citation", "text", "score"}],
"answer": {"status", "text", "sentences": [{"text", "citations": [n]}],
"citations": [{"n", "document", "address", "citation", "text"}]}, "latency_ms": {"search", "answer"}}`

Beside these: `answer` is null for a search alone, `latency_ms` may hold "encode" (the encoder's part of
"search"), `confidence` (0 to 1) may say how sure the system was; `written_by` of an answer names the language
model that wrote it. Keys that are not known are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from answer.answer import Answer, Status
from corpus.errors import QuestionFileError
from eval.jsonl import Record, json_line, read_records, whole_file
from retriever.search import Hit


@dataclass(frozen=True, slots=True)
class RunPassage:
    """A passage as a reader would see it."""

    rank: int  # 1-based, best first
    document: str
    address: str  # permalink
    citation: str
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class RunSentence:
    """A sentence of the answer and the numbers of its citations."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RunCitation:
    """A numbered source of the answer."""

    n: int
    document: str
    address: str  # permalink
    citation: str
    text: str


@dataclass(frozen=True, slots=True)
class RunAnswer:
    """The answer; `text` is what one would paste, citation numbers included."""

    status: Status
    text: str
    sentences: tuple[RunSentence, ...] = ()
    citations: tuple[RunCitation, ...] = ()
    written_by: str | None = None  # a language model; None: the sentences are extracts
    count: int | None = None  # items of the enumeration that the answer gives whole

    @property
    def abstains(self) -> bool:
        """Whether the question was turned down."""
        return self.status in (Status.NOT_FOUND, Status.OUT_OF_SCOPE)

    @property
    def said(self) -> str:
        """The sentences alone, a line each: neither citation numbers nor a note in our own words."""
        return "\n".join(sentence.text for sentence in self.sentences)

    def cited_by(self, sentence: RunSentence) -> tuple[RunCitation, ...]:
        """The citations of a sentence."""
        return tuple(citation for citation in self.citations if citation.n in sentence.citations)


@dataclass(frozen=True, slots=True)
class RunLine:
    """What the system did with one question."""

    id: str
    passages: tuple[RunPassage, ...] = ()
    answer: RunAnswer | None = None
    latency_ms: Mapping[str, float] = field(default_factory=dict)
    confidence: float | None = None


def run_line(
    question_id: str,
    answer: Answer | None,
    hits: Sequence[Hit],
    milliseconds: Mapping[str, float] | None = None,
) -> dict[str, object]:
    """The run-file object of a question: `json_line` writes it.

    `answer` is None for a search alone; `milliseconds` then tells its times, else the answer's are taken.
    """
    times = milliseconds if milliseconds is not None else answer.milliseconds if answer else {}
    line = RunLine(
        id=question_id,
        passages=tuple(_passage(rank, hit) for rank, hit in enumerate(hits, start=1)),
        answer=_answer(answer) if answer else None,
        latency_ms={name: round(value, 2) for name, value in times.items()},
        confidence=round(answer.confidence, 4) if answer else None,
    )
    return line_fields(line)


def line_fields(line: RunLine) -> dict[str, object]:
    """The JSON object of a run line."""
    fields: dict[str, object] = asdict(line)
    if line.confidence is None:
        del fields["confidence"]
    answer = fields["answer"]
    for key in ("written_by", "count"):
        if isinstance(answer, dict) and answer[key] is None:
            del answer[key]
    return fields


def read_run(file: Path) -> tuple[RunLine, ...]:
    """The lines of a run file in order.

    Raises QuestionFileError, naming file and line, when one is malformed or an id comes twice.
    """
    lines: dict[str, RunLine] = {}
    for record in read_records(file):
        line = _line(record)
        if line.id in lines:
            raise record.fault(f"câu hỏi “{line.id}” có hai dòng kết quả. Hãy chạy lại `hoidap eval run`.")
        lines[line.id] = line
    if not lines:
        raise QuestionFileError(f"{file}: không có kết quả nào. Hãy chạy `hoidap eval run` trước.")
    return tuple(lines.values())


def write_run(lines: Iterable[Mapping[str, object]], out: Path) -> None:
    """Writes run-file objects one by one; `out` appears whole after the last, or stays as it was."""
    with whole_file(out) as stream:
        for line in lines:
            stream.write(json_line(line))
            stream.flush()


def _passage(rank: int, hit: Hit) -> RunPassage:
    passage = hit.passage
    return RunPassage(
        rank,
        passage.document,
        passage.address.permalink,
        passage.citation,
        passage.text,
        round(float(hit.score), 6),
    )


def _answer(answer: Answer) -> RunAnswer:
    return RunAnswer(
        status=answer.status,
        text=answer.text,
        sentences=tuple(RunSentence(one.text, one.citations) for one in answer.sentences),
        citations=tuple(
            RunCitation(one.n, one.address.document, one.address.permalink, one.citation, one.text)
            for one in answer.citations
        ),
        written_by=answer.written_by,
        count=answer.count,
    )


def _line(record: Record) -> RunLine:
    passages = tuple(_read_passage(entry) for entry in record.records("passages"))
    if [passage.rank for passage in passages] != list(range(1, len(passages) + 1)):
        raise record.fault("“rank” của các đoạn phải là 1, 2, 3, … theo thứ tự.")
    times = record.record("latency_ms") if record.has("latency_ms") else None
    return RunLine(
        id=record.text("id"),
        passages=passages,
        answer=_read_answer(record.record("answer")) if record.has("answer") else None,
        latency_ms={name: times.number(name) for name in times.fields} if times else {},
        confidence=record.number("confidence") if record.has("confidence") else None,
    )


def _read_passage(record: Record) -> RunPassage:
    return RunPassage(
        rank=record.integer("rank"),
        document=record.text("document"),
        address=record.any_text("address"),
        citation=record.any_text("citation"),
        text=record.any_text("text"),
        score=record.number("score"),
    )


def _read_answer(record: Record) -> RunAnswer:
    status = record.text("status")
    if status not in {one.value for one in Status}:
        raise record.fault(f"“status” lạ: “{status}”. Các giá trị: {', '.join(Status)}.")
    citations = tuple(_read_citation(entry) for entry in record.records("citations"))
    numbers = [citation.n for citation in citations]
    if len(set(numbers)) < len(numbers):
        raise record.fault("hai chú dẫn mang cùng một số “n”.")
    sentences = tuple(
        RunSentence(entry.any_text("text"), entry.integers("citations"))
        for entry in record.records("sentences")
    )
    written_by = record.text("written_by") if record.has("written_by") else None
    count = record.integer("count") if record.has("count") else None
    return RunAnswer(Status(status), record.any_text("text"), sentences, citations, written_by, count)


def _read_citation(record: Record) -> RunCitation:
    return RunCitation(
        n=record.integer("n"),
        document=record.text("document"),
        address=record.any_text("address"),
        citation=record.any_text("citation"),
        text=record.any_text("text"),
    )
