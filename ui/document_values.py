"""Documents and their provisions as JSON: all in a list, one with its tree and relations, one provision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from corpus.address import Address, spoken
from corpus.document import Document, Provision
from corpus.relation import Mention
from retriever.catalogue import Known
from ui.citations import Value, normal_of, provision_value, validity_value
from ui.places import inside, permalink_of

if TYPE_CHECKING:
    from retriever.search import Searcher


class DocumentValues:
    """What is told of the documents of an index."""

    def __init__(self, searcher: Searcher) -> None:
        self._held = searcher.index.documents
        self._catalogue = searcher.lookup.catalogue
        self._validities = searcher.validities

    def listed(self, day: date) -> list[Value]:
        """Every held document, in few words."""
        return [self._described(document, day) for document in self._held.values()]

    def whole(self, document: Document, day: date) -> Value:
        """One document: its metadata, its tree, what it names and what names it."""
        return {
            "document": self._described(document, day),
            "permalink": permalink_of(Address(document.id)),
            "tree": [_branch(child) for child in document.root.children],
            "relations": self._relations(document.id),
            "warnings": list(document.warnings),
        }

    def provision(self, document: Document, node: Provision, day: date) -> Value:
        """One provision in full; of the root, the whole text."""
        told = provision_value(document, [node]) | {"text": node.full_text}
        return {
            "document": self._described(document, day),
            "address": inside(node.address),
            "permalink": permalink_of(node.address),
            "normal": normal_of(node.address, document),
            **told,
            "children": [self._child(document, child) for child in node.children],
            "validity": validity_value(self._validities.provision(node.address, day)),
        }

    def named(self, id_: str) -> Known | None:
        """An instrument that is not held, by its id, where a document names it."""
        return self._catalogue.by_id.get(id_)

    def _described(self, document: Document, day: date) -> Value:
        return about_value(document) | {
            "provisions": len(document.by_address) - 1,  # the root is no provision
            "page": permalink_of(Address(document.id)),
            "validity": validity_value(self._validities.document(document.id, day)),
        }

    def _child(self, document: Document, child: Provision) -> Value:
        return {
            "address": inside(child.address),
            "permalink": permalink_of(child.address),
            "normal": normal_of(child.address, document),
            "heading": child.caption or None,
        }

    def _relations(self, id_: str) -> Value:
        names = [
            self._related(known.id, known.name, naming.mention)
            for known, naming in self._catalogue.named_by(id_)
            if naming.mention.by is None  # what it only reports is another's doing
        ]
        here = self._catalogue.by_id.get(id_)
        named_by = [
            self._related(place.document, self._held[place.document].metadata.short_name, naming.mention)
            for naming in (here.namings if here else ())
            for place in [naming.mention.place]
        ]
        return {"names": names, "named_by": named_by}

    def _related(self, id_: str, name: str, mention: Mention) -> Value:
        return {
            "kind": mention.kind.value,
            "id": id_,
            "name": name,
            "permalink": permalink_of(Address(id_)) if id_ in self._held else None,
            "place": permalink_of(mention.place),
            "text": mention.text,
        }


def about_value(document: Document) -> Value:
    """What is known of a document as a whole; null where the copy at hand leaves it blank."""
    about = document.metadata
    return {
        "id": about.id,
        "name": about.short_name,
        "type": about.type,
        "number": about.number,
        "issuer": about.issuer,
        "date": about.date,
        "title": about.title,
        "signer": about.signer,
        "kind": about.kind.value,
        "caveat": about.caveat,
        "source": about.source,
    }


def _branch(node: Provision) -> Value:
    return {
        "address": inside(node.address),
        "permalink": permalink_of(node.address),
        "label": spoken(node.address),
        "heading": node.caption or None,
        "children": [_branch(child) for child in node.children],
    }
