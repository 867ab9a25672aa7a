"""Looked-up citations as text for a terminal and as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Mapping

from corpus.address import Address, spoken
from corpus.citation import normal
from corpus.document import Document, Provision
from retriever.lookup import Resolved
from ui.terminal import provision_text


def resolved_text(resolved: Resolved, documents: Mapping[str, Document]) -> str:
    """What became of a citation, with the provision's words or where else to look."""
    head = normal(resolved.citation) if resolved.citation else "(không đọc được)"
    parts = [f"{head}: {resolved.message}"]
    for provision in resolved.provisions:
        parts.append(f"{_label(provision.address, documents)}\n{provision_text(provision)}")
    parts += [f"- {_label(address, documents)}" for address in resolved.candidates]
    return "\n".join(parts) + "\n"


def resolved_json(resolved: Resolved, text: str) -> str:
    """One line: span and words as typed, normal form, status, provisions with address and text."""
    citation = resolved.citation
    value = {
        "span": list(citation.span) if citation else None,
        "text": text[citation.span[0] : citation.span[1]] if citation else text,
        "normal": normal(citation) if citation else None,
        "status": resolved.status.value,
        "message": resolved.message,
        "document": resolved.document,
        "provisions": [_provision(provision) for provision in resolved.provisions],
        "candidates": [
            {"address": str(address), "citation": spoken(address)} for address in resolved.candidates
        ],
    }
    return json.dumps(value, ensure_ascii=False)


def _provision(provision: Provision) -> dict[str, object]:
    return {
        "address": str(provision.address),
        "citation": spoken(provision.address),
        "text": provision.full_text,
    }


def _label(address: Address, documents: Mapping[str, Document]) -> str:
    return f"{spoken(address)}, {documents[address.document].metadata.short_name}"
