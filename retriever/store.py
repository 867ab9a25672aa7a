"""Documents and passages as JSON, for the index folder. What is written is read back equal."""

from __future__ import annotations

from typing import Any

from corpus.address import Address, Level, Unit
from corpus.citation import Citation, CitedUnit, Instrument
from corpus.document import (
    Correction,
    Document,
    Dropped,
    Metadata,
    Page,
    Passage,
    Piece,
    Provision,
    Reading,
    Role,
    TextKind,
)
from corpus.relation import Head, Mention, RelationKind

Json = dict[str, Any]


def document_to_json(document: Document) -> Json:
    """Metadata, original, tree and what was dropped."""
    metadata = {name: getattr(document.metadata, name) for name in Metadata.__dataclass_fields__}
    return {
        "metadata": metadata,
        "original": document.original,
        "root": _provision_to_json(document.root),
        "dropped": [[gap.start, gap.end, gap.reason] for gap in document.dropped],
        "pages": [
            [page.number, page.start, page.end, page.corruption, page.scanned] for page in document.pages
        ],
        "head": {name: getattr(document.head, name) for name in Head.__dataclass_fields__},
        "mentions": [_mention_to_json(mention) for mention in document.mentions],
        "warnings": list(document.warnings),
    }


def document_from_json(data: Json) -> Document:
    """The inverse of `document_to_json`. Raises KeyError, TypeError or ValueError on anything else."""
    metadata = Metadata(**(data["metadata"] | {"kind": TextKind(data["metadata"]["kind"])}))
    root = _provision_from_json(data["root"], Address(metadata.id))
    return Document(
        metadata,
        data["original"],
        root,
        tuple(Dropped(*gap) for gap in data["dropped"]),
        tuple(Page(*page) for page in data["pages"]),
        Head(**data["head"]),
        tuple(_mention_from_json(mention, metadata.id) for mention in data["mentions"]),
        tuple(data["warnings"]),
    )


def _mention_to_json(mention: Mention) -> Json:
    cited = mention.citation
    return {
        "place": _units_to_json(mention.place),
        "span": list(cited.span),
        "units": [[unit.level and unit.level.value, unit.marker] for unit in cited.units],
        "instrument": _instrument_to_json(cited.instrument),
        "until": cited.until,
        "kind": mention.kind.value,
        "text": mention.text,
        "subject": mention.subject,
        "by": _instrument_to_json(mention.by),
    }


def _instrument_to_json(instrument: Instrument | None) -> Json | None:
    if instrument is None:
        return None
    return {name: getattr(instrument, name) for name in Instrument.__dataclass_fields__}


def _mention_from_json(data: Json, document: str) -> Mention:
    citation = Citation(
        (data["span"][0], data["span"][1]),
        tuple(CitedUnit(Level(level) if level else None, marker) for level, marker in data["units"]),
        Instrument(**data["instrument"]) if data["instrument"] else None,
        data["until"],
    )
    return Mention(
        _address_from_json(document, data["place"]),
        citation,
        RelationKind(data["kind"]),
        data["text"],
        data["subject"],
        Instrument(**data["by"]) if data["by"] else None,
    )


def passage_to_json(passage: Passage) -> Json:
    """A flat object; addresses as lists of [level, marker]."""
    return {
        "id": passage.id,
        "document": passage.document,
        "addresses": [_units_to_json(address) for address in passage.addresses],
        "citation": passage.citation,
        "path": list(passage.path),
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "corrections": [_correction_to_json(each) for each in passage.corrections],
    }


def passage_from_json(data: Json) -> Passage:
    """The inverse of `passage_to_json`."""
    addresses = tuple(_address_from_json(data["document"], units) for units in data["addresses"])
    corrections = tuple(Correction(*each) for each in data["corrections"])
    return Passage(
        **(data | {"addresses": addresses, "path": tuple(data["path"]), "corrections": corrections})
    )


def _address_from_json(document: str, units: list[list[str]]) -> Address:
    return Address(document, tuple(Unit(Level(level), marker) for level, marker in units))


def _correction_to_json(each: Correction) -> list[Any]:
    return [each.start, each.end, each.right, each.reason]


def _units_to_json(address: Address) -> list[list[str]]:
    return [[unit.level.value, unit.marker] for unit in address.units]


def _provision_to_json(node: Provision) -> Json:
    data: Json = {"role": node.role.value}
    if node.address.units:
        data["unit"] = [node.address.units[-1].level.value, node.address.units[-1].marker]
    if node.page is not None:
        data["page"] = node.page
    for name in ("marker", "heading", "text"):
        reading: Reading = getattr(node, name)
        if reading:
            pieces = [[piece.start, piece.end, piece.glue] for piece in reading.pieces]
            data[name] = {"text": reading.text, "pieces": pieces}
            if reading.corrections:
                data[name]["corrections"] = [_correction_to_json(each) for each in reading.corrections]
    if node.children:
        data["children"] = [_provision_to_json(child) for child in node.children]
    return data


def _provision_from_json(data: Json, parent: Address) -> Provision:
    address = parent
    if "unit" in data:
        level, marker = data["unit"]
        address = parent.child(Level(level), marker)
    return Provision(
        address,
        Role(data["role"]),
        _reading(data.get("marker")),
        _reading(data.get("heading")),
        _reading(data.get("text")),
        data.get("page"),
        tuple(_provision_from_json(child, address) for child in data.get("children", ())),
    )


def _reading(data: Json | None) -> Reading:
    if data is None:
        return Reading()
    corrections = tuple(Correction(*each) for each in data.get("corrections", ()))
    return Reading(data["text"], tuple(Piece(*piece) for piece in data["pieces"]), corrections)
