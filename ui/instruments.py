"""`hoidap documents`: every instrument the holdings hold or name, and one of them in full."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from corpus.address import Address, spoken
from corpus.citation import normal, parse_citations
from corpus.document import Document, TextKind, vietnamese_date
from corpus.errors import HoidapError
from corpus.instruments import name_of
from corpus.relation import Mention, RelationKind
from retriever.catalogue import Known, Naming
from retriever.lookup import Lookup
from retriever.validity import Validities, validity_text
from ui.terminal import KINDS, outline

_MENTIONED = "mentioned"
_PARTS = (
    ("CÓ TOÀN VĂN TRONG KHO", (TextKind.OFFICIAL, TextKind.UNNUMBERED_COPY)),
    ("CHỈ CÓ BẢN TÓM TẮT", (TextKind.DIGEST,)),
    ("CHỈ CÓ TÊN TRONG DANH MỤC", (TextKind.CATALOGUE,)),
)
_ORDER = {kind: place for place, kind in enumerate(RelationKind)}


class Register:
    """Everything known to `documents`, with its validity on `day`."""

    def __init__(self, documents: Mapping[str, Document], day: date) -> None:
        self._documents = documents
        self._lookup = Lookup(documents)
        self._validities = Validities(documents, self._lookup)
        self._day = day

    def listed(self, as_json: bool) -> Iterator[str]:
        """Every instrument once: as blocks under their heads, or a JSON object a line."""
        known = self._lookup.catalogue.known
        if as_json:
            yield from (json.dumps(self._value(each), ensure_ascii=False) for each in known)
            return
        yield f"Hiệu lực tính đến ngày {vietnamese_date(self._day.isoformat())}.\n"
        for head, kinds in _PARTS:
            held = [each for each in known if each.document and each.document.metadata.kind in kinds]
            if held:
                yield f"{head} ({len(held)})\n"
                yield from ("\n".join(self._held_lines(each)) + "\n" for each in held)
        others = [each for each in known if each.document is None]
        for head, part in (
            ("ĐƯỢC NHẮC ĐẾN, CHƯA CÓ TRONG KHO", [each for each in others if _identified(each)]),
            ("ĐƯỢC NHẮC ĐẾN BẰNG TÊN, KHÔNG NÊU SỐ", [each for each in others if not _identified(each)]),
        ):
            if part:
                yield f"{head} ({len(part)})\n"
                yield from ("\n".join(_mentioned_lines(each)) for each in part)
                yield ""

    def shown(self, asked: str, as_json: bool) -> Iterator[str]:
        """One instrument: what is known of it, its validity, its relations both ways, its outline.

        Raises HoidapError where nothing, or more than one, is meant by `asked`.
        """
        known = self._asked_for(asked)
        if as_json:
            yield json.dumps(self._value(known) | self._relations_value(known), ensure_ascii=False)
            return
        yield from self._held_lines(known) if known.document else self._described(known)
        yield from self._relations_lines(known)
        if known.document is not None:
            yield "\nMục lục:"
            yield from outline(known.document, self._marks(known.document))

    def _asked_for(self, asked: str) -> Known:
        catalogue = self._lookup.catalogue
        if asked in catalogue.by_id:
            return catalogue.by_id[asked]
        cited = (citation.instrument for citation in parse_citations(asked))
        found = [known for named in cited if named is not None for known in catalogue.find(named)]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(known.id for known in found)
            raise HoidapError(
                f"Có {len(found)} văn bản khớp với “{asked}”. Hãy nêu mã của một văn bản: {ids}."
            )
        raise HoidapError(
            f"Không có văn bản “{asked}”. Trong kho có: {', '.join(self._documents)}. "
            "Văn bản chỉ được nhắc đến: xem mã bằng hoidap documents."
        )

    # --- text ---------------------------------------------------------------------------------

    def _held_lines(self, known: Known) -> list[str]:
        assert known.document is not None
        document, about = known.document, known.document.metadata
        lines = [about.title, f"  mã: {about.id}", f"  văn bản: {about.short_name}"]
        lines += [f"  ngày ban hành: {vietnamese_date(about.date)}"] if about.date else []
        lines += [f"  người ký: {about.signer}"] if about.signer else []
        lines.append(f"  loại chữ: {KINDS[about.kind]}; nguồn: {about.source}")
        lines.append(f"  hiệu lực: {self._validity(known)}")
        if document.head.effective_said and not document.head.effective:
            lines.append(f"  văn bản ghi: “{document.head.effective_said}”")
        lines += [f"  lưu ý: {about.caveat}"] if about.caveat else []
        bad = [str(page.number) for page in document.pages if page.bad]
        lines += [f"  trang đọc kém, cần đối chiếu: {', '.join(bad)}"] if bad else []
        return lines + [f"  lưu ý: {warning}" for warning in document.warnings]

    def _described(self, known: Known) -> list[str]:
        lines = [known.name, f"  mã: {known.id}"]
        lines += [f"  về: {known.subject}"] if known.subject else []
        lines.append("  loại chữ: chưa có trong kho, chỉ được nhắc đến")
        lines.append(f"  hiệu lực: {self._validity(known)}")
        return lines

    def _relations_lines(self, known: Known) -> Iterator[str]:
        out = self._named_by(known)
        if out:
            yield "\nVăn bản này dẫn đến:"
            for kind in sorted({mention.kind for _, mention in out}, key=_ORDER.__getitem__):
                yield f"  {kind.value}"
                grouped: dict[str, list[Address]] = {}
                for other, mention in out:
                    if mention.kind is kind:
                        grouped.setdefault(f"{other.name} [{other.id}]", []).append(mention.place)
                yield from (f"    - {name}: {_places(places)}" for name, places in grouped.items())
        if known.namings:
            yield "\nVăn bản trong kho nhắc đến văn bản này:"
            yield from (f"  - {self._naming_line(naming)}" for naming in known.namings)
        else:
            yield "\nKhông văn bản nào trong kho nhắc đến văn bản này."

    def _naming_line(self, naming: Naming) -> str:
        mention = naming.mention
        where = f"{_cited(mention.place)}, {self._documents[mention.place.document].metadata.short_name}"
        done = f"{name_of(mention.by, short=True)} {mention.kind.value}" if mention.by else mention.kind.value
        unsure = "" if naming.sure else " (có thể là văn bản này)"
        units = f" {_units(mention)}" if mention.citation.units else ""
        return f"{done}{units}{unsure}: {where}\n      “{mention.text}”"

    def _validity(self, known: Known) -> str:
        return validity_text(self._validities.known(known, self._day))

    def _named_by(self, known: Known) -> list[tuple[Known, Mention]]:
        """What a held document itself does to others; what it only reports is told with the others."""
        if known.document is None:
            return []
        named = self._lookup.catalogue.named_by(known.document.id)
        return [(other, naming.mention) for other, naming in named if naming.mention.by is None]

    def _marks(self, document: Document) -> dict[str, str]:
        """What was done to each provision that something was done to, by path."""
        whole = self._validities.document(document.id, self._day)
        on = {effect.on for effect in whole.by if effect.on.units}
        return {address.path: validity_text(self._validities.provision(address, self._day)) for address in on}

    # --- JSON ---------------------------------------------------------------------------------

    def _value(self, known: Known) -> dict[str, object]:
        if known.document is not None:
            about = known.document.metadata
            value: dict[str, object] = {
                name: getattr(about, name) for name in type(about).__dataclass_fields__
            }
            value |= {"kind": about.kind.value, "provisions": len(known.document.by_address) - 1}
            value |= {"bad_pages": [page.number for page in known.document.pages if page.bad]}
            value |= {"warnings": list(known.document.warnings)}
        else:
            named = known.instrument
            value = {"id": known.id, "type": named.type, "number": named.number, "issuer": named.issuer}
            value |= {"date": named.date, "title": known.subject or named.name, "kind": _MENTIONED}
        validity = self._validities.known(known, self._day)
        return value | {
            "name": known.name,
            "validity": {
                "as_of": self._day.isoformat(),
                "state": validity.state.value,
                "from": validity.since,
                "until": validity.until,
                "by": [
                    {
                        "kind": effect.kind.value,
                        "by": effect.by,
                        "place": str(effect.place),
                        "from": effect.since,
                        "on": str(effect.on),
                    }
                    for effect in validity.by
                ],
                "reason": validity.reason,
            },
            "mentions": len(known.namings),
        }

    def _relations_value(self, known: Known) -> dict[str, object]:
        return {
            "names": [
                {"id": other.id, "name": other.name} | _mention_value(mention)
                for other, mention in self._named_by(known)
            ],
            "named_by": [
                {"document": naming.mention.place.document, "sure": naming.sure}
                | _mention_value(naming.mention)
                for naming in known.namings
            ],
        }


def _units(mention: Mention) -> str:
    """The units cited, without the instrument: "khoản 6 Điều 21"."""
    return normal(replace(mention.citation, instrument=None))


def _mention_value(mention: Mention) -> dict[str, object]:
    return {
        "kind": mention.kind.value,
        "place": str(mention.place),
        "units": _units(mention) or None,
        "by": name_of(mention.by) if mention.by else None,
        "text": mention.text,
    }


def _mentioned_lines(known: Known) -> list[str]:
    kinds = Counter(naming.mention.kind for naming in known.namings if naming.mention.by is None)
    said = ", ".join(f"{kind.value} {kinds[kind]}" for kind in sorted(kinds, key=_ORDER.__getitem__))
    places = f"nhắc ở {len(known.places)} chỗ" + (f": {said}" if said else "")
    lines = [f"- {known.name}"]
    lines += [f"    về: {known.subject}"] if known.subject else []
    return [*lines, f"    mã: {known.id}; {places}"]


def _identified(known: Known) -> bool:
    return bool(known.instrument.number or known.instrument.is_law)


def _places(places: list[Address]) -> str:
    return "; ".join(dict.fromkeys(_cited(place) for place in places))


def _cited(place: Address) -> str:
    return spoken(place) if place.units else "toàn văn"
