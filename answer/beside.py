"""Whether a provision, or what is written beside it, has one of several words."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.address import Address
from retriever.fields import run_of
from retriever.index import Index


def is_any_beside(words: Sequence[str], address: Address, index: Index) -> bool:
    """Whether one of these folded words stands in a provision or beside it; False for nothing written."""
    if index.provisions is None:
        return False
    runs = [run_of(word) for word in words]
    for row in index.passages.under(address).tolist():
        addresses = index.passages[row].addresses
        if address in addresses:
            place = addresses.index(address)
            return any(index.provisions.of([run], row)[place] > 0 for run in runs)
    return False
