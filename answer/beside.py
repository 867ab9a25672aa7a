"""Whether a provision, or what is written beside it, has a word."""

from __future__ import annotations

from corpus.address import Address
from retriever.fields import run_of
from retriever.index import Index


def is_beside(word: str, address: Address, index: Index) -> bool:
    """Whether a folded word stands in a provision or beside it; False where nothing is written."""
    if index.provisions is None:
        return False
    run = run_of(word)
    for row in index.passages.under(address).tolist():
        addresses = index.passages[row].addresses
        if address in addresses:
            return bool(index.provisions.of([run], row)[addresses.index(address)] > 0)
    return False
