"""Why a provision may be the one that was cited, for a person who has to choose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.address import Address, Unit, spoken
from corpus.citation import Citation, CitedUnit, normal
from corpus.document import Document
from retriever.unit_path import PathStep, path_steps

_LONGEST = 80  # characters of a heading


def ranked(found: Iterable[Address], units: Sequence[CitedUnit], here: Address | None) -> tuple[Address, ...]:
    """Nearest to `here` first, then what is called as cited, then what is least deep, in reading order."""
    level = units[-1].level if units else None

    def place(each: Address) -> tuple[int, bool, int]:
        other_word = bool(each.units) and level is not None and each.units[-1].level is not level
        return -_shared(each, here), other_word, len(each.units)

    return tuple(sorted(found, key=place))


def why(units: Sequence[CitedUnit], address: Address, document: Document, title: str | None = None) -> str:
    """ "cùng khoản 2 mục III, thuộc Kế hoạch của UBND tỉnh …"; `title`: cited, and fits only partly."""
    cited = normal(Citation((0, 0), tuple(units)))
    said = [f"cùng {cited}"] if cited else []
    level = address.units[-1].level if address.units else None
    if units and units[-1].level is not None and level is not units[-1].level:
        said.append(f"văn bản viết là {spoken(address)}")
    said.append(f"thuộc {_above(units, address, document)}{document.metadata.short_name}")
    if title:
        said.append(f"tên văn bản chỉ khớp một phần với “{title}”")
    return ", ".join(said)


def _above(units: Sequence[CitedUnit], address: Address, document: Document) -> str:
    """The levels of an address that the citation leaves out, with the innermost one's heading."""
    cited = path_steps(units)
    left = [depth for depth, unit in enumerate(address.units[:-1]) if not _is_cited(unit, cited)]
    if not left:
        return ""
    said = spoken(Address(address.document, tuple(address.units[depth] for depth in left)))
    node = document.by_address[Address(address.document, address.units[: left[-1] + 1]).path]
    heading = node.heading.text.strip(" .:")
    return f"{said} ({heading}) " if 0 < len(heading) <= _LONGEST else f"{said} "


def _is_cited(unit: Unit, cited: Sequence[PathStep]) -> bool:
    (*_, step) = path_steps([(unit.level, unit.marker)])
    return any(step.means(one) for one in cited)


def _shared(address: Address, here: Address | None) -> int:
    """How many steps an address has in common with the place of reading, the document being the first."""
    if here is None or address.document != here.document:
        return 0
    steps = zip(address.units, here.units, strict=False)
    return 1 + next(
        (n for n, (one, other) in enumerate(steps) if one != other), min(len(address.units), len(here.units))
    )
