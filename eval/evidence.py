"""When a text holds the evidence: the folding rule, and gold quotes looked up in a document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.address import Level, path_of
from corpus.document import Document, Provision, Role
from corpus.errors import AddressError
from corpus.vietnamese import fold

_SPACES = re.compile(r"\s+")
_LIST_LEVELS = frozenset({Level.POINT, Level.SUBPOINT, Level.DASH, Level.PLUS})


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """`text` for comparing evidence: case, asterisks and white space gone, one dash, one quotation mark.

    White space goes last: where a syllable ends decides where its tone mark belongs.
    """
    return _SPACES.sub("", fold(text.replace("*", ""))).replace("'", '"')


@dataclass(frozen=True, slots=True)
class Gold:
    """One piece of evidence that is needed; its quotes are alternatives."""

    document: str
    quotes: tuple[str, ...]

    def stands_in(self, document: str, text: str) -> bool:
        """Whether a text of `document` holds one of the quotes."""
        if document != self.document:
            return False
        within = folded(text)
        return any(folded(quote) in within for quote in self.quotes)


def enumerations(gold: Gold, document: Document) -> tuple[str, ...]:
    """Paths of the lists that hold the evidence, one for each place where it stands in one.

    A list is a provision whose children are list items (điểm, tiết, gạch, cộng), and one of whose children
    holds the quote, or several of them together. Only the innermost list counts.
    """
    around = (_list_around(document, holder, gold) for holder in holders(document.root, gold))
    return tuple(path for path in around if path is not None)


def _path_in(document: str, address: str) -> str | None:
    try:
        named, path = path_of(address if address.startswith(document) else f"{document}/{address}")
    except AddressError:
        return None
    return path if named == document else None


def holders(node: Provision, gold: Gold) -> list[Provision]:
    """The deepest provisions that hold a quote, themselves or by their children together."""
    if not gold.stands_in(node.address.document, node.full_text):
        return []
    below = [holder for child in node.children for holder in holders(child, gold)]
    return below or [node]


def _list_around(document: Document, holder: Provision, gold: Gold) -> str | None:
    """Path of the list the holder belongs to, or None where it stands in none."""
    if not gold.stands_in(document.id, holder.own_text) and any(map(_is_list_item, holder.children)):
        return holder.address.path  # the quote runs over several items
    above = document.ancestors(holder.address)
    return above[-1].address.path if above and _is_list_item(holder) else None


def _is_list_item(node: Provision) -> bool:
    levels = [unit.level for unit in node.address.units]
    return node.role is Role.ITEM or (bool(levels) and levels[-1] in _LIST_LEVELS)


@dataclass(frozen=True)
class Library:
    """The documents a run is scored against, with the lists around each gold entry remembered."""

    documents: Mapping[str, Document]
    _lists: dict[Gold, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def same_enumeration(self, gold: Gold, document: str, address: str) -> bool:
        """Whether a permalink or path points inside the list that holds the evidence, or at the list itself.

        An address that cannot be read, or of a document that is not held, is outside every list.
        """
        if document != gold.document or document not in self.documents:
            return False
        if gold not in self._lists:
            self._lists[gold] = enumerations(gold, self.documents[document])
        path = _path_in(document, address)
        return path is not None and any(f"{path}/".startswith(f"{one}/") for one in self._lists[gold])

    def is_leaf(self, document: str, address: str) -> bool:
        """Whether the address names a provision without children: it cannot be cited in smaller parts."""
        if document not in self.documents:
            return False
        node = self.documents[document].by_address.get(_path_in(document, address) or "")
        return node is not None and not node.children

    def items(self, document: str, address: str) -> int:
        """How many items or units with a text of their own stand directly under a provision."""
        if document not in self.documents:
            return 0
        node = self.documents[document].by_address.get(_path_in(document, address) or "")
        return (
            sum(child.role in (Role.ITEM, Role.UNIT) and bool(child.text) for child in node.children)
            if node
            else 0
        )
