"""The provisions that a language model is given, numbered: what the extract cites, then what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from answer.answer import Answer
from corpus.address import spoken
from corpus.document import PASSAGE_LIMIT, Document, Provision
from retriever.index import Index

CHARACTERS = 5000  # of all provisions together, with what stands above them: a small model holds no more
PROVISIONS = 16  # so their documents have a letter each
_ABOVE = 150  # characters of what stands above a provision that the model is given


@dataclass(frozen=True, slots=True)
class Given:
    """One provision as the model is given it."""

    n: int  # 1-based
    document: Document
    provision: Provision
    shown: str  # its wording, misreadings corrected; of a long one the part that was found

    @property
    def text(self) -> str:
        """The whole wording, misreadings corrected."""
        return self.provision.own_repaired

    @property
    def where(self) -> str:
        """Where it stands in its document."""
        return spoken(self.provision.address)

    @property
    def caveat(self) -> str | None:
        """What to mind of the document and of the page."""
        said = (self.document.metadata.caveat, self.document.page_caveat(self.provision))
        return " ".join(part for part in said if part) or None

    @property
    def context(self) -> str:
        """Its document, the headings above it and the words that lead into it, innermost last."""
        about = self.document.metadata
        return " › ".join((about.short_name, about.title, *self._above()))

    @property
    def under(self) -> str:
        """The end of what stands above it: the words that lead into it and the nearest headings."""
        return " › ".join(self._above())[-_ABOVE:]

    def _above(self) -> list[str]:
        above = self.document.ancestors(self.provision.address)
        lead = [above[-1].text.repaired] if above and above[-1].text else []
        return [*(node.caption for node in above if node.caption), *lead]


def given(extracted: Answer, index: Index) -> tuple[Given, ...]:
    """What the model may answer from, best first."""
    chosen: dict[str, Given] = {}
    length = 0
    for document, provision, shown in _candidates(extracted, index):
        key = provision.address.permalink
        if key in chosen or not shown.strip():
            continue
        candidate = Given(len(chosen) + 1, document, provision, shown)
        length += len(shown) + len(candidate.under)
        if chosen and length > CHARACTERS:
            break
        chosen[key] = candidate
        if len(chosen) == PROVISIONS:
            break
    return tuple(chosen.values())


def _candidates(extracted: Answer, index: Index) -> Iterator[tuple[Document, Provision, str]]:
    for citation in extracted.citations:
        document = index.documents[citation.address.document]
        provision = document.by_address[citation.address.path]
        yield document, provision, _shown(provision, "")
    for hit in extracted.hits:
        document = index.documents[hit.passage.document]
        for address in hit.passage.addresses:
            provision = document.by_address[address.path]
            yield document, provision, _shown(provision, hit.passage.repaired)


def _shown(provision: Provision, passage: str) -> str:
    whole = provision.own_repaired
    return whole if len(whole) <= PASSAGE_LIMIT else passage or whole[:PASSAGE_LIMIT]
