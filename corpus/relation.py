"""What a document says of itself and of others: Head, Mention, Relation, Validity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.address import Address
from corpus.citation import Citation


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
