"""What the MCP tools and resources say, as plain values; nothing here knows the protocol.

Citations and documents need no model. Search and answers open one on first use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from corpus.document import STAND_INS, Document, Provision, Role
from corpus.errors import QuestionError
from retriever.lookup import Lookup
from retriever.validity import Validities
from ui.citations import (
    TEXT_LIMIT,
    Value,
    citation_values,
    cited,
    document_cited,
    normal_of,
    provision_value,
    unreadable_value,
    validity_value,
)
from ui.document_values import about_value
from ui.places import inside, permalink_of, place_of

if TYPE_CHECKING:
    from answer.answer import AnswerCitation
    from answer.pipeline import Answerer
    from corpus.address import Address
    from retriever.search import Hit

CITATION_LIMIT = 2_000  # characters of one citation
PART_LIMIT = 20_000  # characters of a document's wording in one answer
OUTLINE_LIMIT = 200  # entries of an outline
VERDICTS = 200  # of one text
_TOLD = 100_000  # characters of wordings and candidates in one answer: a model has to read them
_RELATIONS = 60
_HEADING = 160
_SHOWN = 3  # mentions or candidates named in a verdict


class Tools:
    """The tools over one set of documents; safe to share between threads."""

    def __init__(
        self, documents: Mapping[str, Document], opened: Callable[[], Answerer], lookup: Lookup | None = None
    ) -> None:
        """`opened`: gives the whole system; called when something is first searched or asked.

        `lookup`: one over the same documents that may be shared.
        """
        self.documents = documents
        self._lookup = lookup or Lookup(documents)
        self._validities = Validities(documents, self._lookup)
        self._opened = opened
        self._lock = Lock()

    @cached_property
    def _made(self) -> Answerer:
        return self._opened()

    @property
    def _answerer(self) -> Answerer:
        with self._lock:  # two first questions open one model
            return self._made

    def search(self, query: str, limit: int, as_of: date | None) -> Value:
        """The nearest passages, best first. Raises QuestionError."""
        found = self._answerer.searcher.search(query, limit, as_of)
        return {"passages": [self._passage(rank, hit) for rank, hit in enumerate(found.hits[:limit], 1)]}

    def look_up(self, citation: str, as_of: date | None, here: str | None) -> Value:
        """The citation object of what was typed; one `unreadable` entry where nothing reads as a citation."""
        if not citation.strip():
            raise QuestionError("Chưa có trích dẫn để tra. Ví dụ: khoản 2 mục V Điều 1 Quyết định …")
        return {"citations": self._values(citation, as_of, here) or [unreadable_value(citation)]}

    def validate(self, text: str, as_of: date | None, here: str | None) -> Value:
        """A verdict for each citation of a text, without the provisions' wording."""
        values = self._values(text, as_of, here)
        counted = Counter(str(value["status"]) for value in values)
        return {
            "found": len(values),
            "by_status": dict(counted),
            "citations": [_verdict(value) for value in values[:VERDICTS]],
            "left_out": max(0, len(values) - VERDICTS),
        }

    def document(self, document: str, address: str, as_of: date | None, offset: int) -> Value:
        """A document with its outline, or one of its provisions with its words.

        Raises QuestionError where there is no such document or provision.
        """
        held, day = self._held(document), as_of or date.today()
        if not address.strip("/ "):
            return self._described(held, day, offset)
        place = place_of(f"{held.id}/{_within(address, held.id)}", self.documents)
        return self._provision(held, held.by_address[place.path], day, offset)

    def ask(self, question: str, history: Sequence[str], as_of: date | None) -> Value:
        """An answer whose every sentence is cited. Raises QuestionError."""
        answer = self._answerer.answer(question, history, as_of)
        return {
            "status": str(answer.status),
            "text": answer.text,
            "note": answer.note,
            "understood": answer.understood,
            "written_by": answer.written_by,
            "sentences": [
                {"text": sentence.text, "citations": list(sentence.citations)}
                for sentence in answer.sentences
            ],
            "citations": [self._source(citation) for citation in answer.citations],
            "nearest": [self._passage(rank, hit) for rank, hit in enumerate(answer.nearest, 1)],
        }

    def text(self, document: str, address: str = "") -> str:
        """A document or provision as a resource: how it is cited, what to mind, then its words."""
        held = self._held(document)
        place = place_of(f"{held.id}/{_within(address, held.id)}", self.documents)
        node = held.by_address[place.path]
        about = [cited(held, place), held.metadata.caveat, held.page_caveat(node)]
        return "\n".join([*(line for line in about if line), "", node.full_text])

    # --- parts --------------------------------------------------------------------------------

    def _values(self, text: str, as_of: date | None, here: str | None) -> list[Value]:
        if len(text) > TEXT_LIMIT:
            raise QuestionError(
                f"Văn bản dài {len(text)} ký tự, tối đa {TEXT_LIMIT}. Hãy gửi từng phần, cắt ở cuối đoạn."
            )
        place = place_of(here, self.documents) if here else None
        day = as_of or date.today()
        return citation_values(
            text, self._lookup, self._validities, self.documents, day, place, told_limit=_TOLD
        )

    def _held(self, asked: str) -> Document:
        """A document by its id, or by a citation that names one held document."""
        if asked in self.documents:
            return self.documents[asked]
        named = {resolved.document for resolved in self._lookup.resolve_text(asked[:CITATION_LIMIT])}
        (alone, *others) = named
        if alone is not None and not others:
            return self.documents[alone]
        ids = ", ".join(self.documents)
        raise QuestionError(f"Không có văn bản “{asked[:_HEADING]}”. Các mã văn bản đang có: {ids}.")

    def _described(self, held: Document, day: date, offset: int) -> Value:
        entries, depth = _outline(held)
        value = about_value(held) | {
            "permalink": permalink_of(held.root.address),
            "validity": validity_value(self._validities.document(held.id, day)),
            "outline": entries,
            "outline_depth": depth,
            "relations": self._relations(held),
        }
        return value | _part(held.root.full_text, offset) if held.metadata.kind in STAND_INS else value

    def _relations(self, held: Document) -> list[Value]:
        """What the document names and what it does to it, each once."""
        named: dict[tuple[str, str], Value] = {}
        for known, naming in self._lookup.catalogue.named_by(held.id):
            value: Value = {
                "relation": naming.mention.kind.value,
                "name": known.name,
                "document": known.document.id if known.document else None,
                "at": inside(naming.mention.place),
            }
            named.setdefault((naming.mention.kind.value, known.id), value)
        return list(named.values())[:_RELATIONS]

    def _provision(self, held: Document, node: Provision, day: date, offset: int) -> Value:
        said = provision_value(held, (node,))
        return {
            "document": held.id,
            "address": inside(node.address),
            "permalink": permalink_of(node.address),
            "normal": normal_of(node.address, held),
            "heading_path": said["heading_path"],
            "citation": said["citation"],
            "kind": said["kind"],
            "caveat": said["caveat"],
            "validity": validity_value(self._validities.provision(node.address, day)),
            **_part(str(said["text"]), offset),
            "children": [_entry(child) for child in node.children if child.marker],
        }

    def _passage(self, rank: int, hit: Hit) -> Value:
        passage = hit.passage
        return {
            "rank": rank,
            **self._place(passage.address, f"{passage.citation}, "),
            "text": passage.text,
            "score": round(hit.score, 4),
        }

    def _source(self, citation: AnswerCitation) -> Value:
        place = self._place(citation.address, f"{citation.citation}, ")
        caveat = citation.caveat or place["caveat"]
        return {"n": citation.n, **place, "caveat": caveat, "text": citation.text}

    def _place(self, address: Address, where: str) -> Value:
        document = self.documents[address.document]
        line = f"{where}{document_cited(document)}"
        return {
            "document": document.id,
            "address": inside(address),
            "permalink": permalink_of(address),
            "citation": line[0].upper() + line[1:],
            "kind": document.metadata.kind.value,
            "caveat": document.metadata.caveat,
        }


def _verdict(value: Value) -> Value:
    """An entry of the citation object without wording; of candidates and mentions the first few."""
    provision = value["provision"]
    cited_as = provision if isinstance(provision, dict) else {}
    kept = ("span", "text", "normal", "status", "message", "permalink", "missing", "validity")
    return (
        {name: value[name] for name in kept}
        | {name: cited_as.get(name) for name in ("citation", "kind", "caveat")}
        | {name: _first(value[name]) for name in ("candidates", "mentions")}
    )


def _first(several: object) -> list[object]:
    return several[:_SHOWN] if isinstance(several, list) else []


def _outline(held: Document) -> tuple[list[Value], int]:
    """As many whole levels of a document as fit, with how many those are."""
    nodes = [node for node in held.root.walk() if node.role is Role.UNIT]
    deepest = max((len(node.address.units) for node in nodes), default=0)
    counts = Counter(len(node.address.units) for node in nodes)
    depth, total = 0, 0
    while depth < deepest and (total := total + counts[depth + 1]) <= OUTLINE_LIMIT:
        depth += 1
    shown = [node for node in nodes if len(node.address.units) <= max(depth, 1)]
    return [_entry(node) for node in shown[:OUTLINE_LIMIT]], max(depth, 1)


def _entry(node: Provision) -> Value:
    caption = node.caption if node.heading else node.own_text
    heading = caption if len(caption) <= _HEADING else caption[:_HEADING].rsplit(None, 1)[0] + " …"
    return {"address": inside(node.address), "heading": heading.replace("\n", " ")}


def _part(text: str, offset: int) -> Value:
    """A stretch of a wording, and where the next one begins; it ends at a line end where there is one."""
    if not 0 <= offset <= len(text):
        raise QuestionError(f"“offset” phải từ 0 đến {len(text)}.")
    end = offset + PART_LIMIT
    if end >= len(text):
        return {"text": text[offset:], "next_offset": None}
    end = max(text.rfind("\n", offset + PART_LIMIT // 2, end) + 1, 0) or end
    return {"text": text[offset:end], "next_offset": end}


def _within(address: str, document: str) -> str:
    """An address without the document and the page's path before it."""
    bare = address.strip().removeprefix("/v1").removeprefix("/documents/").strip("/")
    return bare.removeprefix(document).strip("/") if bare.split("/")[0] == document else bare
