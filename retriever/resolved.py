"""What became of a citation that was looked up: the words of `LookupStatus`, and an account for the user."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.address import Address, Level, Unit, spoken
from corpus.citation import Citation, CitedUnit, Instrument, normal
from corpus.cited_units import printed, spoken_level
from corpus.document import Provision
from corpus.instruments import name_of


class LookupStatus(StrEnum):
    """What became of a citation."""

    EXACT = "exact"
    DOCUMENT_ONLY = "document_only"  # the text is held, the unit does not exist: see `missing`
    TEXT_NOT_HELD = "text_not_held"  # a digest or catalogue entry stands in for the text
    MENTIONED = "mentioned"  # not held; `candidates` are the provisions that name it
    AMBIGUOUS = "ambiguous"  # `candidates` are the provisions it may be
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Missing:
    """The level at which a held document does not go on as cited."""

    unit: CitedUnit  # what was asked
    under: Address  # the provision that was found, or the document
    available: tuple[str, ...]  # markers that stand there, as printed in addresses
    level: Level | None = None  # what the document calls those; None where there are none
    open: bool = False  # several provisions may be meant: nothing is said of what stands there
    found: int = 0  # units of the citation, a dotted number counted by its parts, that lead to `under`

    @property
    def message(self) -> str:
        """In Vietnamese, for the user: "Không có điểm g: khoản 2 mục III có các điểm a, b, c."."""
        asked = normal(Citation((0, 0), (self.unit,)))
        where = spoken(self.under) if self.under.units else "văn bản"
        if self.available:
            return f"Không có {asked}: {where} {self._there}."
        if self.unit.level is Level.ANNEX:
            return f"Kho chưa có {asked}."
        if self.open:
            return f"Không có {asked}."
        return f"Không có {asked}: {where} không có {spoken_level(self.unit.level)} nào."

    @property
    def _there(self) -> str:
        """ "có các điểm a, b, c", "chỉ có khoản 1"."""
        if self.level is Level.ANNEX:  # some have a name: "Quy chế ban hành kèm theo"
            return f"có {', '.join(Unit(self.level, marker).spoken for marker in self.available)}"
        word = spoken_level(self.level)
        signs = [printed(CitedUnit(self.level, marker)) for marker in self.available]
        if len(signs) == 1:
            return f"chỉ có {word} {signs[0]}"
        if len(signs) > _SHOWN:
            signs = [*signs[: _SHOWN - 1], "…", signs[-1]]
        return f"có các {word} {', '.join(signs)}"


_SHOWN = 20  # units that a message lists


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A provision that names an instrument, or points to an annex, which is not held."""

    address: Address
    text: str  # the sentence around it, at most 300 characters
    subject: str | None = None  # what the instrument is about, as said there


@dataclass(frozen=True, slots=True)
class Resolved:
    """One citation looked up."""

    status: LookupStatus
    citation: Citation | None  # None: nothing in the text reads as a citation
    document: str | None = None  # id
    provisions: tuple[Provision, ...] = ()  # EXACT: one, or all of a range; the root for a whole document
    candidates: tuple[
        Address, ...
    ] = ()  # AMBIGUOUS: may be it, likeliest first; MENTIONED, DOCUMENT_ONLY: name it
    missing: tuple[Missing, ...] = ()  # one for each document it could have stood in
    reasons: tuple[str, ...] = ()  # of an AMBIGUOUS citation: why each of `candidates`, in Vietnamese
    instruments: tuple[
        Instrument, ...
    ] = ()  # AMBIGUOUS between these, none of which is held; `candidates` name them

    total: int = 0  # of an AMBIGUOUS citation: how many places fit, where `candidates` are not all of them

    @property
    def provision(self) -> Provision | None:
        """The first provision found."""
        return self.provisions[0] if self.provisions else None

    @property
    def unheld(self) -> bool:
        """Whether an instrument is named of which nothing is held, not even a digest."""
        return bool(self.instruments) or self.status in (LookupStatus.MENTIONED, LookupStatus.UNKNOWN)

    @property
    def permalink(self) -> str | None:
        """Of the first provision found."""
        return self.provisions[0].address.permalink if self.provisions else None

    @property
    def message(self) -> str:
        """What became of it and what to do next, in Vietnamese."""
        if self.status is LookupStatus.DOCUMENT_ONLY:
            said = dict.fromkeys(missing.message for missing in self.missing)
            pointing = f" Có {len(self.candidates)} chỗ trong kho dẫn tới phần đó." if self.candidates else ""
            return " ".join(said) + pointing
        if self.instruments:
            names = "; ".join(name_of(each) for each in self.instruments)
            return f"Kho chưa có văn bản này; tên ấy có thể là: {names}. Hãy ghi rõ năm hoặc số, ký hiệu."
        if self.status is LookupStatus.UNREADABLE and self.citation is not None:
            return _OUT_OF_PLACE
        return _MESSAGES[self.status].format(count=max(self.total, len(self.candidates)))


_OUT_OF_PLACE = (
    "Cách dẫn này chỉ hiểu được ở văn bản chứa nó. Hãy ghi rõ tên hoặc số, ký hiệu của văn bản được dẫn."
)
_MESSAGES = {
    LookupStatus.EXACT: "Đã tìm thấy đúng điều khoản được dẫn.",
    LookupStatus.TEXT_NOT_HELD: (
        "Kho chưa có toàn văn của văn bản này. Hãy nạp bản chính thức để tra đến điều khoản."
    ),
    LookupStatus.MENTIONED: "Kho chưa có văn bản này; có {count} chỗ trong kho nhắc đến nó.",
    LookupStatus.AMBIGUOUS: (
        "Có {count} chỗ khớp với cách dẫn này. Hãy nêu rõ tên văn bản và đủ cấp điều, khoản, điểm."
    ),
    LookupStatus.UNKNOWN: "Kho không có văn bản này và không văn bản nào trong kho nhắc đến nó.",
    LookupStatus.UNREADABLE: (
        "Không đọc được cách dẫn này. Ví dụ cách viết: “khoản 2 mục V Điều 1 Quyết định …”."
    ),
}
