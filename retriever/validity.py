"""What is in force on a day: of the held documents and of each of their provisions.

Reckoned from the dates in the manifest and the head, and from what dated documents in the holdings say that
they amend, replace or repeal. What has no date stays `unknown` and says so; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from corpus.address import Address, spoken
from corpus.citation import Citation, Instrument
from corpus.document import Document, TextKind, vietnamese_date
from corpus.instruments import name_of
from corpus.relation import CHANGES, Effect, Mention, RelationKind, State, Validity
from retriever.catalogue import Known
from retriever.lookup import Lookup, LookupStatus

_ENDS = frozenset({RelationKind.REPLACES, RelationKind.REPEALS})
_NO_DATE = "văn bản chưa ghi đủ ngày ban hành hoặc ngày có hiệu lực"
_NOT_HELD = "kho chưa có toàn văn, chỉ biết qua văn bản khác nhắc tới"
_UNDATED_END = "có văn bản thay thế hoặc bãi bỏ nhưng chưa rõ từ ngày nào"
STATE_WORDS = {
    State.IN_FORCE: "còn hiệu lực",
    State.NOT_YET: "chưa có hiệu lực",
    State.EXPIRED: "hết hiệu lực",
    State.PARTLY_AMENDED: "còn hiệu lực, đã được sửa đổi một phần",
    State.REPEALED: "đã bị thay thế hoặc bãi bỏ",
    State.UNKNOWN: "chưa xác định được hiệu lực",
}
_DONE = {
    RelationKind.AMENDS: "được sửa đổi, bổ sung bởi",
    RelationKind.REPLACES: "được thay thế bởi",
    RelationKind.REPEALS: "bị bãi bỏ bởi",
}


class Validities:
    """Validity of the documents of a Lookup. Building costs nothing; relations are read when first asked."""

    def __init__(self, documents: Mapping[str, Document], lookup: Lookup) -> None:
        self._documents = documents
        self._lookup = lookup

    def document(self, id_: str, day: date) -> Validity:
        """Of a whole held document, on `day`."""
        base = self._base(id_, day)
        if base.state not in (State.IN_FORCE, State.UNKNOWN):
            return base
        changed = _by(self._effects.get(id_, ()), day)
        dated = [effect for effect in changed if effect.since is not None]
        partial = max((effect.since or "" for effect in dated), default="")
        if partial:
            return replace(base, state=State.PARTLY_AMENDED, since=partial, by=changed)
        return replace(base, by=changed)

    def provision(self, address: Address, day: date) -> Validity:
        """Of one provision: what falls on it, on a part of it, or on what it stands in."""
        base = self._base(address.document, day)
        if base.state not in (State.IN_FORCE, State.UNKNOWN):
            return base
        there = _by(self._effects.get(address.document, ()), day)
        touching = tuple(
            effect
            for effect in there
            if effect.on.units and (effect.on.contains(address) or address.contains(effect.on))
        )
        dated = [effect for effect in touching if effect.since is not None]
        ended = [effect for effect in dated if effect.kind in _ENDS and effect.on.contains(address)]
        if ended:
            return replace(base, state=State.REPEALED, since=ended[-1].since, by=touching)
        if dated:
            return replace(base, state=State.PARTLY_AMENDED, since=dated[-1].since, by=touching)
        return replace(base, by=touching)

    def known(self, known: Known, day: date) -> Validity:
        """Of any known instrument; one not held is `unknown`, with what the holdings say of it."""
        if known.document is not None:
            return self.document(known.document.id, day)
        return Validity(State.UNKNOWN, by=_by(tuple(self._changes(known)), day), reason=_NOT_HELD)

    def _base(self, id_: str, day: date) -> Validity:
        """Whether the document as a whole is in force, amendments left out."""
        about, today = self._documents[id_].metadata, day.isoformat()
        start, end = effective_day(self._documents[id_]), _full(about.expired)
        whole = [
            effect for effect in self._effects.get(id_, ()) if not effect.on.units and effect.kind in _ENDS
        ]
        if end and end <= today:
            return Validity(State.EXPIRED, end)
        ended = sorted((effect for effect in whole if (effect.since or "9") <= today), key=_since)
        if ended:
            return Validity(State.REPEALED, ended[0].since, by=tuple(ended))
        if start is None and about.date and today[: len(about.date)] < about.date:
            return Validity(
                State.NOT_YET, until=end, reason=f"văn bản ban hành {vietnamese_date(about.date)}"
            )
        if start is None:
            return Validity(State.UNKNOWN, until=end, reason=_NO_DATE)
        if about.kind is TextKind.CATALOGUE and not about.effective:  # its own words are not known
            return Validity(State.UNKNOWN, until=end, reason=_NOT_HELD)
        until = min((said for said in (end, *(effect.since for effect in whole)) if said), default=None)
        if today < start:
            return Validity(State.NOT_YET, start, until)
        if any(effect.since is None for effect in whole):
            return Validity(State.UNKNOWN, start, until, reason=_UNDATED_END)
        return Validity(State.IN_FORCE, start, until)

    @cached_property
    def _effects(self) -> Mapping[str, tuple[Effect, ...]]:
        """What is done to each held document, earliest first, what has no date last."""
        return {
            known.document.id: tuple(sorted(self._changes(known), key=_since))
            for known in self._lookup.catalogue.known
            if known.document is not None
        }

    def _changes(self, known: Known) -> Iterator[Effect]:
        for naming in known.namings:
            mention = naming.mention
            if naming.sure and mention.kind in CHANGES:
                by, since = self._by_whom(mention)
                here = Address(known.id)
                for on in self._falls_on(known, mention) or (here,):
                    whole = (
                        on == here and mention.citation.units
                    )  # no such unit: a part of it, which is not known
                    yield Effect(RelationKind.AMENDS if whole else mention.kind, by, mention.place, since, on)

    def _by_whom(self, mention: Mention) -> tuple[str, str | None]:
        """Who changes it, and from which day that holds."""
        if mention.by is None:
            document = self._documents[mention.place.document]
            return document.metadata.short_name, effective_day(document)
        found = self._lookup.catalogue.find(mention.by)
        held = found[0].document if len(found) == 1 else None
        return name_of(mention.by), effective_day(held) if held else None

    def _falls_on(self, known: Known, mention: Mention) -> Sequence[Address]:
        """The provisions that are changed; none where the whole is meant, or a unit that is not there."""
        here = Address(known.id)
        if known.document is None or not mention.citation.units:
            return ()
        inside = Citation((0, 0), mention.citation.units, Instrument(this=True), mention.citation.until)
        resolved = self._lookup.resolve(inside, here)
        if resolved.status is LookupStatus.EXACT:
            return [provision.address for provision in resolved.provisions]
        return ()


def effective_day(document: Document) -> str | None:
    """The day a document takes effect, ISO 8601: said in the manifest or the head, else its own full date."""
    about, head = document.metadata, document.head
    return _full(about.effective) or _full(head.effective) or _full(about.date)


def validity_text(validity: Validity) -> str:
    """In Vietnamese, for the user: the state, since when, by whom."""
    said = STATE_WORDS[validity.state]
    since = vietnamese_date(validity.since) if validity.since else ""
    if since and validity.state is State.NOT_YET:
        said += f", có hiệu lực từ ngày {since}"
    elif since and validity.state is not State.UNKNOWN:
        said += f" từ ngày {since}"
    if validity.until and validity.state in (State.IN_FORCE, State.PARTLY_AMENDED, State.NOT_YET):
        said += f", đến trước ngày {vietnamese_date(validity.until)}"
    if validity.reason:
        said += f" ({validity.reason})"
    return "; ".join([said, *(effect_text(effect) for effect in validity.by)])


def effect_text(effect: Effect) -> str:
    """ "khoản 2 Điều 5 được sửa đổi, bổ sung bởi … (Điều 1), từ ngày …"."""
    on = f"{spoken(effect.on)} " if effect.on.units else ""
    since = f"từ ngày {vietnamese_date(effect.since)}" if effect.since else "chưa rõ từ ngày nào"
    return f"{on}{_DONE[effect.kind]} {effect.by} ({spoken(effect.place)}), {since}"


def _by(effects: Sequence[Effect], day: date) -> tuple[Effect, ...]:
    """The effects that hold on `day`, and those whose day is not known."""
    return tuple(effect for effect in effects if effect.since is None or effect.since <= day.isoformat())


def _since(effect: Effect) -> str:
    return effect.since or "9"


def _full(iso: str | None) -> str | None:
    """A date with its day, else None."""
    return iso if iso and len(iso) == len("2026-02-28") else None
