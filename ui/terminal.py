"""What the command line prints: answers, hits and provisions as text, progress as bars."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tqdm import tqdm

from answer.answer import Answer, Status
from corpus.document import Document, Passage, TextKind, noted
from retriever.search import Hit
from ui.road import road

WIDTH = 100
_YES = ("c", "có", "co", "y", "yes")
KINDS = {
    TextKind.OFFICIAL: "bản chính thức",
    TextKind.UNNUMBERED_COPY: "bản chưa ghi số, ngày",
    TextKind.DIGEST: "bản tóm tắt",
    TextKind.CATALOGUE: "chỉ có tên",
}
_HEADS = {
    Status.ANSWERED: "",
    Status.PARTIAL: "TRẢ LỜI MỘT PHẦN\n",
    Status.NOT_FOUND: "KHÔNG TÌM THẤY\n",
    Status.OUT_OF_SCOPE: "",
}


class Bars:
    """A Progress that shows one bar a stage on standard error."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: Any = None

    def __call__(self, stage: str, done: int, total: int, detail: str = "") -> None:
        if stage != self._stage:
            self.close()
            self._stage = stage
            self._bar = tqdm(total=total, desc=f"{stage:<12}", unit="", file=sys.stderr, dynamic_ncols=True)
        if detail:
            self._bar.set_postfix_str(detail, refresh=False)
        self._bar.update(done - self._bar.n)
        if done >= total:
            self.close()

    def close(self) -> None:
        """End the bar that is showing."""
        if self._bar is not None:
            self._bar.close()
        self._stage, self._bar = "", None


def agreed(question: str) -> bool:
    """Whether whoever sits at the terminal says yes."""
    try:
        answer = input(f"{question} [c/K] ")
    except EOFError:
        return False
    return answer.strip().casefold() in _YES


def answer_text(answer: Answer) -> str:
    """An answer with its sources below it, as one would paste it."""
    parts = [_HEADS[answer.status] + answer.text]
    if answer.understood:
        parts.append(f"(Hiểu câu hỏi là: {answer.understood})")
    if answer.citations:
        sources = [f"[{source.n}] {source.label}" for source in answer.citations]
        caveats = dict.fromkeys(source.caveat for source in answer.citations if source.caveat)
        parts.append("\n".join(["Nguồn:", *sources, *(f"Lưu ý: {caveat}" for caveat in caveats)]))
    if by := road(answer):
        parts.append(f"({by})")
    if answer.nearest:
        near = [f"- {hit.passage.citation}: {_start(hit.passage.text)}" for hit in answer.nearest]
        parts.append("\n".join(["Gần nhất (không khẳng định là câu trả lời):", *near]))
    return "\n\n".join(parts)


def hits_text(hits: Sequence[Hit], documents: Mapping[str, Document]) -> str:
    """Found passages, numbered, best first."""
    return "\n\n".join(
        f"{rank}. {_passage(hit.passage, documents)}" for rank, hit in enumerate(hits, start=1)
    )


def outline(document: Document, marks: Mapping[str, str] | None = None) -> Iterator[str]:
    """The tree of a document, a line for each provision that has a marker or heading.

    `marks`: what is said after a provision, by path: that it was amended, repealed.
    """
    for node in document.root.walk():
        if node.address.units and node.caption:
            indent = "  " * (len(node.address.units) - 1)
            mark = f"  ({marks[node.address.path]})" if marks and node.address.path in marks else ""
            yield f"{indent}{_start(node.own_text, 90)}   [{node.address.path}]{mark}"


def _passage(passage: Passage, documents: Mapping[str, Document]) -> str:
    head = f"{passage.citation}, {documents[passage.document].metadata.short_name}"
    body = "\n".join(
        textwrap.fill(line, WIDTH, initial_indent="   ", subsequent_indent="   ")
        for line in noted(passage.text, passage.corrections).split("\n")
    )
    return f"{head}\n{body}"


def _start(text: str, length: int = 110) -> str:
    return textwrap.shorten(text.replace("\n", " "), length, placeholder=" …")
