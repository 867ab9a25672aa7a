"""Citations found in a text and what became of each: the object that the terminal, the API and MCP give.

    {"citations": [{"span", "text", "normal", "short", "status", "message", "document", "address",
                    "permalink", "provision", "missing", "validity", "candidates", "mentions"}]}

Spans count code points of the text as received. `address` stands inside the document ("" for the whole of
it), `permalink` is the readable page; with /v1 before it, the same as JSON. Of a unit that does not exist
`address` is null and `permalink` leads to the place where the document does not go on as cited.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import islice

from corpus.address import Address, spoken
from corpus.citation import Citation, CitedUnit, normal
from corpus.cited_units import printed, spoken_level
from corpus.document import STAND_INS, Document, Provision
from corpus.relation import Validity
from retriever.lookup import Lookup, LookupStatus, Missing, Resolved
from retriever.validity import Validities
from ui.places import inside, permalink_of

Value = dict[str, object]

TEXT_LIMIT = 64_000  # code points of a text sent over the network
TOLD_LIMIT = (
    1_000_000  # characters of wordings, candidates and mentions in one object; later entries go without
)
CANDIDATES_SHOWN = 20  # of one citation
_LEFT_OUT = " Lần tra này có quá nhiều trích dẫn nên lời văn và các chỗ liên quan không kèm theo ở đây."


def citations_value(
    text: str,
    lookup: Lookup,
    validities: Validities,
    documents: Mapping[str, Document],
    as_of: date,
    here: Address | None = None,
) -> Value:
    """The whole object: every citation of `text`, in order; an empty list where there is none.

    `validities` and `lookup` are those of `documents`. `as_of`: the day whose validity is told. `here`: where
    the text stands, for "Điều này" and "Quyết định này".
    """
    return {"citations": citation_values(text, lookup, validities, documents, as_of, here)}


def citation_values(
    text: str,
    lookup: Lookup,
    validities: Validities,
    documents: Mapping[str, Document],
    as_of: date,
    here: Address | None = None,
    *,
    offset: int = 0,
    told_limit: int = TOLD_LIMIT,
) -> list[Value]:
    """The entries of that object; `offset`: where `text` begins in a longer one, in which spans count.

    `told_limit`: characters of wordings, candidates and mentions; entries beyond it go without.
    """
    values = _Values(text, lookup, validities, documents, as_of, offset, told_limit)
    found = (resolved for resolved in lookup.resolve_text(text, here) if resolved.citation is not None)
    return [values.of(resolved) for resolved in found]


def unreadable_value(text: str) -> Value:
    """The entry for a text that was meant as a citation and does not read as one."""
    status = LookupStatus.UNREADABLE
    nothing: Value = dict.fromkeys(("document", "address", "permalink", "provision", "missing", "validity"))
    return {
        "span": [0, len(text)],
        "text": text,
        "normal": "",
        "short": "",
        "status": status.value,
        "message": Resolved(status, None).message,
        **nothing,
        "candidates": [],
        "mentions": [],
    }


def document_cited(document: Document) -> str:
    """A document as its kind of text demands: a copy without number and day is cited as such."""
    return document.metadata.short_name


def cited(document: Document, first: Address, last: Address | None = None) -> str:
    """The line an official pastes: "Khoản 2 mục V Điều 1, Quyết định của …"; `last`: the end of a range."""
    if not first.units:
        return document_cited(document)
    where = f"từ {spoken(first)} đến {spoken(last)}" if last and last != first else spoken(first)
    return f"{where[0].upper()}{where[1:]}, {document_cited(document)}"


def normal_of(address: Address, document: Document) -> str:
    """A provision in one phrase: "khoản 2 mục V Điều 1 Quyết định của …"."""
    return f"{spoken(address)} {document_cited(document)}" if address.units else document_cited(document)


def heading_path(document: Document, provision: Provision) -> list[str]:
    """The document, then the captions down to the provision itself."""
    above = [*document.ancestors(provision.address), provision] if provision.address.units else []
    captions = (node.caption.rstrip(" .") for node in above)
    return [document_cited(document), *(caption for caption in captions if caption)]


def wording(document: Document, provision: Provision) -> str:
    """What a reader sees of a provision: its whole wording; of a whole document its title alone.

    A digest or catalogue entry is short, and gives all it has: its kind and caveat say what it is.
    """
    whole = provision.address.units or document.metadata.kind in STAND_INS
    return provision.full_text if whole else document.metadata.title


def provision_value(document: Document, provisions: Sequence[Provision]) -> Value:
    """One provision, or a range of neighbours: its headings, wording and how it is cited."""
    first, last = provisions[0], provisions[-1]
    caveats = (document.metadata.caveat, *(document.page_caveat(node) for node in provisions))
    return {
        "heading_path": heading_path(document, first),
        "text": "\n".join(wording(document, node) for node in provisions),
        "citation": cited(document, first.address, last.address),
        "kind": document.metadata.kind.value,
        "caveat": " ".join(dict.fromkeys(caveat for caveat in caveats if caveat)) or None,
    }


def validity_value(validity: Validity) -> Value:
    """State, by whom it was changed, since when."""
    by = "; ".join(dict.fromkeys(effect.by for effect in validity.by))
    return {"state": validity.state.value, "by": by or None, "from": validity.since}


def as_json(value: Value) -> str:
    """One line of UTF-8, not escaped."""
    return json.dumps(value, ensure_ascii=False)


class _Values:
    """Makes the entries of one text."""

    def __init__(
        self,
        text: str,
        lookup: Lookup,
        validities: Validities,
        documents: Mapping[str, Document],
        as_of: date,
        offset: int,
        told_limit: int,
    ) -> None:
        self._text = text
        self._offset = offset
        self._lookup = lookup
        self._validities = validities
        self._documents = documents
        self._as_of = as_of
        self._room = told_limit
        self._known: dict[tuple[object, ...], tuple[Value, int]] = {}  # a text repeats the few it cites

    def of(self, resolved: Resolved) -> Value:
        citation = resolved.citation
        assert citation is not None
        key = (citation.units, citation.instrument, citation.until, citation.meant)
        if key not in self._known:
            told = self._told(resolved, citation)
            self._known[key] = told, len(as_json(told))
        told, length = self._known[key]
        self._room -= length
        start, end = citation.span
        span = {"span": [start + self._offset, end + self._offset], "text": self._text[start:end]}
        return span | (told if self._room >= 0 else _shortened(told))

    def _told(self, resolved: Resolved, citation: Citation) -> Value:
        """The entry without its place in the text."""
        address, permalink = self._place(resolved)
        return {
            "normal": normal(citation),
            "short": normal(citation, short=True),
            "status": resolved.status.value,
            "message": resolved.message,
            "document": resolved.document,
            "address": address,
            "permalink": permalink,
            "provision": self._provision(resolved),
            "missing": _missing(resolved.missing),
            "validity": self._validity(resolved, citation),
            "candidates": self._candidates(resolved),
            "mentions": self._mentions(resolved),
        }

    def _place(self, resolved: Resolved) -> tuple[str | None, str | None]:
        """`address` and `permalink`."""
        if resolved.provision is not None:
            return inside(resolved.provision.address), permalink_of(resolved.provision.address)
        if resolved.document is None:
            return None, None
        if resolved.missing:
            return None, permalink_of(resolved.missing[0].under)
        whole = resolved.citation is not None and not resolved.citation.units
        return "" if whole else None, permalink_of(Address(resolved.document))

    def _provision(self, resolved: Resolved) -> Value | None:
        stands_in = resolved.status is LookupStatus.TEXT_NOT_HELD and resolved.document is not None
        if not (resolved.provisions or stands_in):
            return None
        document = self._documents[resolved.document or resolved.provisions[0].address.document]
        return provision_value(document, resolved.provisions or (document.root,))

    def _validity(self, resolved: Resolved, citation: Citation) -> Value | None:
        if resolved.provision is not None:
            return validity_value(self._validities.provision(resolved.provision.address, self._as_of))
        if resolved.document is not None:
            return validity_value(self._validities.document(resolved.document, self._as_of))
        named = citation.instrument
        cited_one = citation.meant if named is None or named.this or named.above else named
        if resolved.status is LookupStatus.MENTIONED and cited_one is not None:
            known = self._lookup.catalogue.find(cited_one)
            return validity_value(self._validities.known(known[0], self._as_of)) if len(known) == 1 else None
        return None

    def _candidates(self, resolved: Resolved) -> list[Value]:
        if resolved.status is not LookupStatus.AMBIGUOUS:
            return []
        explained = zip(resolved.candidates, resolved.reasons, strict=True)
        return [self._pointer(address) | {"why": why} for address, why in islice(explained, CANDIDATES_SHOWN)]

    def _pointer(self, address: Address) -> Value:
        return {
            "document": address.document,
            "address": inside(address),
            "permalink": permalink_of(address),
            "normal": normal_of(address, self._documents[address.document]),
        }

    def _mentions(self, resolved: Resolved) -> list[Value]:
        return [
            {
                "document": each.address.document,
                "address": inside(each.address),
                "permalink": permalink_of(each.address),
                "normal": normal_of(each.address, self._documents[each.address.document]),
                "text": each.text,
            }
            for each in self._lookup.mentions(resolved)
        ]


def _shortened(told: Value) -> Value:
    """An entry without what makes it long."""
    provision = told["provision"]
    bare = provision | {"text": ""} if isinstance(provision, dict) else None
    message = f"{told['message']}{_LEFT_OUT}"
    return told | {"message": message, "provision": bare, "candidates": [], "mentions": []}


def _missing(several: Sequence[Missing]) -> Value | None:
    """Where the one document does not go on, markers as printed; of several documents only what was asked."""
    if not several:
        return None
    first, alone = several[0], len(several) == 1
    there = [printed(CitedUnit(first.level, marker)) for marker in first.available] if alone else []
    return {
        "level": spoken_level(first.unit.level),
        "asked": printed(first.unit),
        "available": there,
        "under": inside(first.under) if alone else "",
    }
