"""An external benchmark in a folder: passages, and questions that name the passages which answer them.

    corpus.jsonl     {"id", "title"?, "text"}          one passage a line
    queries.jsonl    {"id", "text", "relevant": [ids]}

Either may be packed (`.jsonl.gz`). Other keys and other files are passed over.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import QuestionFileError
from eval.jsonl import Record, read_records


@dataclass(frozen=True, slots=True)
class BenchmarkQuestion:
    """A question and the ids of the passages that answer it, at least one."""

    id: str
    text: str
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """What is to be found; the title, "law - article", may be empty or the article's alone."""

    title: str
    text: str

    @property
    def law(self) -> str:
        """What the title says of the law it stands in, "" where it says nothing."""
        return self.title.rpartition(" - ")[0]

    @property
    def heading(self) -> str:
        """The article's own name, "" where it has none."""
        return self.title.rpartition(" - ")[2]

    @property
    def whole(self) -> str:
        """The article's name, if it has one, and its text."""
        return f"{self.heading}\n{self.text}" if self.heading else self.text


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Articles by id and the questions; at least one of each."""

    name: str
    passages: Mapping[str, Article]
    questions: tuple[BenchmarkQuestion, ...]


def read_benchmark(folder: Path) -> Benchmark:
    """The benchmark in `folder`.

    Raises QuestionFileError, naming file and line, at the first thing that is not as the format wants it.
    """
    passages: dict[str, Article] = {}
    for record in read_records(_file(folder, "corpus")):
        _no_duplicate(record, "id", passages)
        title = record.any_text("title").strip() if record.has("title") else ""
        passages[record.text("id")] = Article(title, record.text("text"))
    questions: dict[str, BenchmarkQuestion] = {}
    for record in read_records(_file(folder, "queries")):
        _no_duplicate(record, "id", questions)
        question = _question(record, passages)
        questions[question.id] = question
    for kind, found in (("đoạn văn bản", passages), ("câu hỏi", questions)):
        if not found:
            raise QuestionFileError(f"{folder}: không có {kind} nào. Hãy kiểm tra lại thư mục.")
    return Benchmark(folder.resolve().name, passages, tuple(questions.values()))


def _file(folder: Path, name: str) -> Path:
    for file in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz"):
        if file.is_file():
            return file
    raise QuestionFileError(
        f"Không thấy {name}.jsonl hoặc {name}.jsonl.gz trong {folder}. Thư mục phải có corpus.jsonl "
        "({id, title, text}) và queries.jsonl ({id, text, relevant})."
    )


def _question(record: Record, passages: Container[str]) -> BenchmarkQuestion:
    relevant = tuple(dict.fromkeys(record.texts("relevant")))
    if not relevant:
        raise record.fault("“relevant” phải có ít nhất một mã đoạn.")
    for wanted in relevant:
        if wanted not in passages:
            raise record.fault(f"“relevant” nêu đoạn “{wanted}”, không có trong corpus.")
    return BenchmarkQuestion(record.text("id"), record.text("text"), relevant)


def _no_duplicate(record: Record, key: str, known: Container[str]) -> None:
    if record.text(key) in known:
        raise record.fault(f"“{key}” “{record.text(key)}” đã có ở một dòng trước. Hãy đặt mã khác.")
