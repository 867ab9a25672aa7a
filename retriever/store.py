"""Documents and passages as JSON, for the index folder. What is written is read back equal."""

from __future__ import annotations

from typing import Any

from corpus.address import Address, Level, Unit
from corpus.document import (
    Document,
    Dropped,
    Metadata,
    Passage,
    Piece,
    Provision,
    Reading,
    Role,
    TextKind,
)

Json = dict[str, Any]


def document_to_json(document: Document) -> Json:
    """Metadata, original, tree and what was dropped."""
    metadata = {name: getattr(document.metadata, name) for name in Metadata.__dataclass_fields__}
    return {
        "metadata": metadata,
        "original": document.original,
        "root": _provision_to_json(document.root),
        "dropped": [[gap.start, gap.end, gap.reason] for gap in document.dropped],
    }


def document_from_json(data: Json) -> Document:
    """The inverse of `document_to_json`. Raises KeyError, TypeError or ValueError on anything else."""
    metadata = Metadata(**(data["metadata"] | {"kind": TextKind(data["metadata"]["kind"])}))
    root = _provision_from_json(data["root"], Address(metadata.id))
    return Document(metadata, data["original"], root, tuple(Dropped(*gap) for gap in data["dropped"]))


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
    }


def passage_from_json(data: Json) -> Passage:
    """The inverse of `passage_to_json`."""
    addresses = tuple(
        Address(data["document"], tuple(Unit(Level(level), marker) for level, marker in units))
        for units in data["addresses"]
    )
    return Passage(**(data | {"addresses": addresses, "path": tuple(data["path"])}))


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
    return Reading(data["text"], tuple(Piece(*piece) for piece in data["pieces"]))
