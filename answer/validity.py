"""What an answer says about validity: marks on changed provisions, its day, and what goes on elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from answer.answer import AnswerCitation
from corpus.address import spoken
from corpus.document import Document, vietnamese_date
from corpus.relation import RelationKind, State
from corpus.vietnamese import fold
from retriever.catalogue import Catalogue, mentions_of
from retriever.search import Hit, Searcher
from retriever.validity import validity_text

# What a title is about behind the verbs of official titles: "phê duyệt điều chỉnh [quy hoạch] tỉnh …".
_THING = re.compile(
    r"^(?:(?:về )?(?:việc )?(?:phê duyệt|ban hành|điều chỉnh|sửa đổi|bổ sung|quy định|công bố|thông qua|và|,"
    r"|một số|điều|nội dung|của) ?)+(\w+ \w+)"
)


def marked(citations: Iterable[AnswerCitation], searcher: Searcher, day: date) -> tuple[AnswerCitation, ...]:
    """The citations, with a caveat where a provision is changed, not yet or no longer in force on `day`."""
    return tuple(_marked(each, searcher, day) for each in citations)


def _marked(citation: AnswerCitation, searcher: Searcher, day: date) -> AnswerCitation:
    validity = searcher.validities.provision(citation.address, day)
    if validity.state in (State.IN_FORCE, State.UNKNOWN) and not validity.by:
        return citation
    said = f"Hiệu lực ngày {vietnamese_date(day.isoformat())}: {validity_text(validity)}."
    return replace(citation, caveat=" ".join(part for part in (citation.caveat, said) if part))


def as_of_note(citations: Sequence[AnswerCitation], searcher: Searcher, day: date) -> str:
    """Which documents were left out on `day`, and of which cited ones it is not known whether they hold."""
    states = {id_: searcher.validities.document(id_, day) for id_ in searcher.index.documents}
    names = {id_: document.metadata.short_name for id_, document in searcher.index.documents.items()}
    cited = dict.fromkeys(citation.address.document for citation in citations)
    unsure = [names[id_] for id_ in cited if states[id_].state is State.UNKNOWN]
    out = [
        f"{names[id_]} ({validity_text(validity)})" for id_, validity in states.items() if not validity.usable
    ]
    said = [f"Tính đến ngày {vietnamese_date(day.isoformat())}."]
    if unsure:
        said.append(f"Chưa xác định được hiệu lực vào ngày ấy của: {'; '.join(unsure)}.")
    if out:
        said.append(f"Không dùng: {'; '.join(out)}.")
    return " ".join(said)


def kept_elsewhere(hits: Sequence[Hit], searcher: Searcher, question: str = "") -> str:
    """Under which instrument, not held, goes on what a document does not settle, as it says itself.

    Of the document in which most of `hits` stand, or of one whose subject `question` names; "" for neither.
    """
    documents = searcher.index.documents
    nearest = Counter(hit.passage.document for hit in hits).most_common(1)
    most = [id_ for id_, count in nearest if 2 * count > len(hits)]
    named = [id_ for id_, document in documents.items() if _speaks_of(question, document, documents)]
    said = (_kept(documents[id_], searcher.lookup.catalogue) for id_ in dict.fromkeys((*most, *named)))
    return next((each for each in said if each), "")


def _speaks_of(question: str, document: Document, documents: Mapping[str, Document]) -> bool:
    """Whether a question holds the thing that a title is about, and no other document's title."""
    thing = subject_of(document)
    others = " ".join(fold(other.metadata.title) for id_, other in documents.items() if id_ != document.id)
    return bool(thing and thing not in others and re.search(rf"\b{re.escape(thing)}\b", fold(question)))


def subject_of(document: Document) -> str:
    """What a title is about, folded: "quy hoạch" of "Phê duyệt điều chỉnh Quy hoạch tỉnh …"; or ""."""
    found = _THING.search(fold(document.metadata.title))
    return found[1] if found else ""


def _kept(document: Document, catalogue: Catalogue) -> str:
    for mention in mentions_of(document):
        named = mention.citation.instrument
        if mention.kind is not RelationKind.KEEPS or named is None:
            continue
        known = catalogue.find(named)
        if len(known) == 1 and known[0].document is None:
            return (
                f"Theo {spoken(mention.place)}, những nội dung mà {document.metadata.short_name} "
                f"không điều chỉnh thì tiếp tục thực hiện theo {known[0].name}; kho chưa có văn bản đó."
            )
    return ""
