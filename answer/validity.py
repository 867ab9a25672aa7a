"""What an answer says about validity: marks on changed provisions, its day, and what goes on elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from answer.answer import AnswerCitation
from corpus.address import spoken
from corpus.document import Document, vietnamese_date
from corpus.relation import RelationKind, State
from retriever.catalogue import Catalogue, mentions_of
from retriever.search import Hit, Searcher
from retriever.validity import validity_text


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


def kept_elsewhere(hits: Sequence[Hit], searcher: Searcher) -> str:
    """Under which instrument, not held, goes on what the nearest document does not settle, as it says itself.

    "" where most of `hits` stand in no such document.
    """
    if not hits:
        return ""
    nearest, count = Counter(hit.passage.document for hit in hits).most_common(1)[0]
    if 2 * count <= len(hits):
        return ""
    return _kept(searcher.index.documents[nearest], searcher.lookup.catalogue)


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
