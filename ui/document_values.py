"""Documents and their provisions as JSON: all in a list, one with its tree and relations, one provision."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from corpus.address import Address, path_of, spoken
from corpus.document import Document, Provision
from corpus.errors import AddressError
from corpus.relation import Mention
from retriever.catalogue import Known
from ui.citations import Value, inside, normal_of, permalink_of, provision_value, validity_value

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


def provision_at(document: Document, address: str) -> Provision | None:
    """The provision at an address as a reader or a program writes it; "" is the whole document."""
    if not address.strip("/"):
        return document.root
    try:
        return document.by_address.get(path_of(f"{document.id}/{address}")[1])
    except AddressError:
        return None


def nearest_to(document: Document, address: str) -> Provision:
    """How far an address that is not there can be followed."""
    try:
        steps = path_of(f"{document.id}/{address}")[1].split("/")
    except AddressError:
        return document.root
    nearest = document.root
    for depth in range(1, len(steps) + 1):
        nearest = document.by_address.get("/".join(steps[:depth]), nearest)
    return nearest


def place_name(provision: Provision) -> str:
    """ "Khoản 2 mục V Điều 1", or "Văn bản này"."""
    words = spoken(provision.address) if provision.address.units else "văn bản này"
    return words[0].upper() + words[1:]


def _branch(node: Provision) -> Value:
    return {
        "address": inside(node.address),
        "permalink": permalink_of(node.address),
        "label": spoken(node.address),
        "heading": node.caption or None,
        "children": [_branch(child) for child in node.children],
    }
