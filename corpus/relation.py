"""What a document says of itself and of others: Head, Mention, Relation, Validity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.address import Address
from corpus.citation import Citation, Instrument


class RelationKind(StrEnum):
    """What a document does to an instrument that it names."""

    BASIS = "căn cứ"
    IMPLEMENTS = "thực hiện"
    AMENDS = "sửa đổi"
    REPLACES = "thay thế"
    REPEALS = "bãi bỏ"
    KEEPS = "giữ hiệu lực"  # "các nội dung khác tiếp tục thực hiện theo …": what is not amended goes on there
    REFERS = "dẫn chiếu"


@dataclass(frozen=True, slots=True)
class Head:
    """What the text itself says at its head and foot; None where it is blank or was not found."""

    type: str | None = None
    number: str | None = None  # "19/2025/NQ-HĐND"
    issuer: str | None = None
    date: str | None = None  # ISO 8601, as much as is printed
    title: str | None = None
    signer: str | None = None  # "Chủ tịch Nguyễn Văn A"
    effective: str | None = None  # ISO 8601, where the text gives a day or its own date is known
    effective_said: str | None = None  # its words: "có hiệu lực kể từ ngày ký"


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation of another instrument found inside a document."""

    place: Address  # the provision it stands in
    citation: Citation  # its span counts in the provision's `own_text`
    kind: RelationKind
    text: str  # the words around it that show the relation, at most 300 characters
    subject: str | None = None  # what the instrument is about, as said here: "phát triển du lịch toàn diện"
    by: Instrument | None = (
        None  # who does it, where it is not the document: "Kế hoạch … thực hiện Nghị quyết …"
    )


CHANGES = frozenset({RelationKind.AMENDS, RelationKind.REPLACES, RelationKind.REPEALS})


class State(StrEnum):
    """Whether a document or provision may be relied on, on a given day."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    PARTLY_AMENDED = "partly_amended"
    REPEALED = "repealed"  # or replaced
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Effect:
    """What another instrument does to a document or to one of its provisions."""

    kind: RelationKind  # one of CHANGES
    by: str  # the instrument that does it, as a reader names it
    place: Address  # where that is said, in a held document
    since: str | None  # ISO 8601, the day it takes effect; None: that day is not known
    on: Address  # the provision it falls on; without units: the whole document


@dataclass(frozen=True, slots=True)
class Validity:
    """Whether something is in force on a day, since when, and by whom that was changed."""

    state: State
    since: str | None = None  # ISO 8601: the state holds from that day
    until: str | None = None  # ISO 8601: and ends that day, where an end is known
    by: tuple[Effect, ...] = ()  # also those whose day is not known
    reason: str | None = None  # of UNKNOWN: why, in Vietnamese, for the user

    @property
    def usable(self) -> bool:
        """Whether an answer as of that day may rest on it; what is not known stays usable."""
        return self.state in (State.IN_FORCE, State.PARTLY_AMENDED, State.UNKNOWN)
