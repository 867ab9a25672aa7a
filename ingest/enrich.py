"""Has a language model write the enrichment that a document lacks, one provision at a time.

Every line that passes the checks is in the file before the next provision is asked for, so an interruption
loses nothing; the next run goes on with what is missing. Lines that fit stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langchain_core.exceptions import ContextOverflowError, ModelInvalidRequestError
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage

from corpus.document import Document, Provision
from corpus.enrichment import (
    Enrichment,
    fitting,
    read_enrichment,
    text_hash,
    wanted,
    write_enrichment,
)
from corpus.errors import DocumentError
from corpus.progress import Progress, silent
from corpus.vietnamese import nfc
from ingest.enrich_prompt import INSTRUCTIONS, again, provision_data, schema
from ingest.enrichment_check import faults

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_ATTEMPTS = 2  # an answer with faults is asked for once more
_REFUSALS = 3  # provisions refused in a row: the model or the server is at fault, not the provision
_SHOWN = 4000  # characters of a faulty answer that the model is shown again
_TEXTS = ("gist", "gist_en", "gist_zh")
_LISTS = ("questions", "words", "questions_en", "questions_zh")


@dataclass(frozen=True, slots=True)
class Left:
    """A provision that got no line, and in Vietnamese why."""

    at: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enriched:
    """How it went for one document."""

    written: int
    left: tuple[Left, ...]


def unwritten(document: Document, lines: Sequence[Enrichment]) -> tuple[Provision, ...]:
    """The provisions without a line that fits."""
    fresh, _ = fitting(lines, document)
    return tuple(node for node in wanted(document) if node.address.path not in fresh)


def sent(document: Document, nodes: Sequence[Provision]) -> int:
    """Characters that asking for these provisions sends, if each is asked for once."""
    return sum(len(INSTRUCTIONS) + len(provision_data(document, node)) for node in nodes)


def enrich(
    document: Document,
    nodes: Sequence[Provision],
    file: Path,
    model: BaseChatModel,
    progress: Progress = silent,
) -> Enriched:
    """Ask for a line for each of `nodes` and keep those that pass the checks in `file`.

    Lines of the file for provisions that are gone are dropped, stale ones stay until they are replaced.
    Raises LangChain's ModelError where the model cannot be had: what was written until then stays written;
    DocumentError where the file cannot be read or written.
    """
    lines = _kept(read_enrichment(file), document)
    asker, left = _Asker(model, document), list[Left]()
    for count, node in enumerate(nodes, start=1):
        path = node.address.path
        line, reasons = asker.ask(node)
        if line is None:
            left.append(Left(path, reasons))
        else:
            lines[path] = line
            _write(
                file, [lines[each.address.path] for each in wanted(document) if each.address.path in lines]
            )
        progress(document.id, count, len(nodes), f"{len(left)} bỏ lại" if left else "")
    return Enriched(len(nodes) - len(left), tuple(left))


def _kept(lines: Sequence[Enrichment], document: Document) -> dict[str, Enrichment]:
    """By path, the lines of a file whose provisions are still there, one each: the one that fits, if any."""
    fresh, _ = fitting(lines, document)
    return {line.at: line for line in lines if line.at in document.by_address} | dict(fresh)


def _write(file: Path, lines: Sequence[Enrichment]) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_enrichment(file, lines)
    except OSError as error:
        raise DocumentError(
            f"Không ghi được {file} ({error.strerror}). Hãy kiểm tra quyền ghi và chỗ trống trên đĩa, "
            "rồi chạy lại: phần đã ghi không phải làm lại."
        ) from error


class _Asker:
    """Asks one model about one document."""

    def __init__(self, model: BaseChatModel, document: Document) -> None:
        self._model = model
        self._document = document
        self._by_schema = True  # until the server says that it cannot answer by a schema
        self._refused = 0

    def ask(self, node: Provision) -> tuple[Enrichment | None, tuple[str, ...]]:
        """The line for a provision, or None and why there is none."""
        first: list[BaseMessage] = [
            SystemMessage(INSTRUCTIONS),
            HumanMessage(provision_data(self._document, node)),
        ]
        messages, wrong = first, tuple[str, ...]()
        for _ in range(_ATTEMPTS):
            try:
                said, data = self._reply(messages, node)
            except ContextOverflowError:
                return None, ("điều khoản hoặc câu trả lời quá dài đối với mô hình này",)
            except ModelInvalidRequestError as error:
                self._refused += 1
                if self._refused >= _REFUSALS:
                    raise
                return None, (f"mô hình từ chối yêu cầu: {str(error)[:200]}",)
            self._refused = 0
            line, wrong = self._checked(data, node)
            if line is not None:
                return line, ()
            messages = [*first, AIMessage(said[:_SHOWN]), HumanMessage(again(wrong))]
        return None, wrong

    def _reply(self, messages: Sequence[BaseMessage], node: Provision) -> tuple[str, Any]:
        """The answer as text and as JSON, None where it is none."""
        if self._by_schema:
            by_schema = self._model.with_structured_output(schema(node), include_raw=True)
            try:
                answer = by_schema.invoke(list(messages))
            except ModelInvalidRequestError:
                said, data = self._plain(messages)  # raises again if the schema was not the reason
                self._by_schema = False
                return said, data
            assert isinstance(answer, dict)  # what include_raw makes of it
            said = answer["raw"].text
            # the parser of LangChain mends JSON that was cut off, and so makes half a sentence whole
            return said, _json(said) if said else answer["parsed"]
        return self._plain(messages)

    def _plain(self, messages: Sequence[BaseMessage]) -> tuple[str, Any]:
        said = self._model.invoke(list(messages)).text
        return said, _json(said)

    def _checked(self, data: Any, node: Provision) -> tuple[Enrichment | None, tuple[str, ...]]:
        if not _has_form(data):
            return None, (f"không phải một đối tượng JSON có đủ {', '.join((*_TEXTS, *_LISTS))}",)
        line = _line(data, node)
        wrong = faults(line, self._document, node)
        return (None, wrong) if wrong else (line, ())


def _json(said: str) -> Any:
    """The JSON object in an answer, with whatever stands around it left out; None where there is none."""
    try:
        return json.loads(said[said.index("{") : said.rindex("}") + 1])
    except (ValueError, RecursionError):
        return None


def _has_form(data: Any) -> bool:
    return (
        isinstance(data, dict)
        and all(isinstance(data.get(name), str) for name in _TEXTS)
        and all(
            isinstance(data.get(name), list) and all(isinstance(each, str) for each in data[name])
            for name in _LISTS
        )
    )


def _line(data: Mapping[str, Any], node: Provision) -> Enrichment:
    return Enrichment(
        at=node.address.path,
        text=text_hash(node),
        gist=_clean(data["gist"]),
        questions=tuple(map(_clean, data["questions"])),
        words=tuple(map(_clean, data["words"])),
        gist_en=_clean(data["gist_en"]),
        gist_zh=_clean(data["gist_zh"]),
        questions_en=tuple(map(_clean, data["questions_en"])),
        questions_zh=tuple(map(_clean, data["questions_zh"])),
    )


def _clean(text: str) -> str:
    """Composed letters, single spaces."""
    return " ".join(nfc(text).split())
