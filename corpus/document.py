"""Document, Provision and Passage: the three things everything else passes around.

All positions count code points of the decoded original text, end exclusive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from corpus.address import Address
from corpus.relation import Head, Mention


class TextKind(StrEnum):
    """How close a held text is to the instrument as issued."""

    OFFICIAL = "official"
    UNNUMBERED_COPY = "unnumbered_copy"
    DIGEST = "digest"
    CATALOGUE = "catalogue"


STAND_INS = (TextKind.DIGEST, TextKind.CATALOGUE)  # for a text that nobody has supplied yet


class Role(StrEnum):
    """What a provision is in its document."""

    ROOT = "root"  # the document itself: carries no text of its own
    HEAD = "head"  # number, date, name and title of the instrument
    PREAMBLE = "preamble"  # căn cứ, xét đề nghị, câu ban hành
    UNIT = "unit"  # phần, chương, mục, điều, khoản, điểm, tiết: it has a printed marker
    ITEM = "item"  # a dash or plus item
    PARAGRAPH = "paragraph"  # an unnumbered paragraph
    TABLE = "table"  # its rows are its children
    ROW = "row"  # a table row: "<column head>: <cell>; …"
    QUOTED = "quoted"  # text that an amending instrument puts in another: never a unit of this document
    FOOTNOTE = "footnote"
    CLOSING = "closing"  # "Trên đây là …"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Metadata:
    """One table of manifest.toml; `None` where the text at hand leaves it blank."""

    id: str
    type: str  # "Kế hoạch", "Quyết định", …
    number: str | None  # "19/2025/NQ-HĐND"
    issuer: str
    date: str | None  # ISO 8601: "2026-02-28", or only as much as is known: "2026-02"
    title: str
    signer: str | None
    file: str  # relative to the manifest's folder
    sha256: str
    kind: TextKind
    source: str
    note: str | None = None
    effective: str | None = None  # ISO 8601: in force from that day
    expired: str | None = None  # ISO 8601: no longer in force from that day
    withdrawn: str | None = None  # ISO 8601: the day it was taken out of the holdings; kept, not searched

    @property
    def short_name(self) -> str:
        """How an answer names the document, long enough to be told from the others."""
        name = f"{self.type} số {self.number}" if self.number else self.type
        date = vietnamese_date(self.date) if self.date and not self.number else ""
        numbered_copy = self.number and self.kind is TextKind.UNNUMBERED_COPY
        about = ", ".join(
            part for part in (date, "" if numbered_copy else _STANDS_FOR.get(self.kind)) if part
        )
        return f"{name} của {self.issuer}" + (f" ({about})" if about else "")

    @property
    def caveat(self) -> str | None:
        """The advice that goes with every citation of this kind of text, or None."""
        if self.kind is TextKind.DIGEST:  # whoever reads it must know on whose word it rests
            return f"Bản tóm tắt, không phải lời văn chính thức. Nguồn: {self.source}."
        return CAVEATS.get(self.kind)


_STANDS_FOR = {
    TextKind.UNNUMBERED_COPY: "bản chưa ghi số, ngày",
    TextKind.DIGEST: "bản tóm tắt",
    TextKind.CATALOGUE: "chưa có toàn văn",
}
CAVEATS: Mapping[TextKind, str] = {
    TextKind.UNNUMBERED_COPY: "Bản chưa ghi số, ngày ban hành: hãy đối chiếu với bản chính thức.",
    TextKind.CATALOGUE: "Chỉ biết đến qua văn bản khác nhắc tới; chưa có toàn văn trong kho.",
}


def vietnamese_date(iso: str) -> str:
    """`2026-02-28` → `28/02/2026`, `2026-02` → `tháng 02/2026`, `2026` → `năm 2026`."""
    parts = iso.split("-")
    if len(parts) == 3:
        return "/".join(reversed(parts))
    return f"tháng {parts[1]}/{parts[0]}" if len(parts) == 2 else f"năm {parts[0]}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the original that stands in a Reading, and what was put before it.

    `glue` is what replaced a line end: "" where a number or word was cut, " " elsewhere.
    """

    start: int
    end: int
    glue: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """`text[start:end]` of a Reading or Passage is a misreading or slip; `right` is what it should say.

    The official wording stays in `text`; what is searched is `corrected(text, corrections)`.
    """

    start: int
    end: int
    right: str
    reason: str  # in Vietnamese, for the user: "lỗi nhận dạng chữ", "lỗi đánh máy trong bản gốc"


def corrected(text: str, corrections: Sequence[Correction], start: int = 0, end: int | None = None) -> str:
    """`text[start:end]` with every correction that lies wholly inside it carried out."""
    end = len(text) if end is None else end
    said, position = [], start
    for each in sorted(corrections, key=lambda each: each.start):
        if position <= each.start and each.end <= end:
            said += [text[position : each.start], each.right]
            position = each.end
    return "".join((*said, text[position:end]))


def noted(text: str, corrections: Sequence[Correction]) -> str:
    """`text` as it stands, the right reading in brackets behind each misreading: for plain text."""
    said, position = [], 0
    for each in corrections:
        said += [text[position : each.end], f" {reading_note(each)}"]
        position = each.end
    return "".join((*said, text[position:]))


def reading_note(correction: Correction) -> str:
    """What is said behind a misreading: "[đọc là: Phấn đấu]"."""
    return f"[đọc là: {correction.right}]" if correction.right.strip() else "[chữ thừa]"


def within(corrections: Sequence[Correction], start: int, end: int) -> tuple[Correction, ...]:
    """The corrections that lie wholly in `start:end`, counted from `start`."""
    return tuple(
        replace(each, start=each.start - start, end=each.end - start)
        for each in corrections
        if start <= each.start and each.end <= end
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """Text as a reader sees it, and where each character of it stands in the original.

    Invariant: `text == "".join(piece.glue + original[piece.start:piece.end] for piece in pieces)`.
    """

    text: str = ""
    pieces: tuple[Piece, ...] = ()
    corrections: tuple[Correction, ...] = ()  # in order, apart from each other

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last position in the original, or None for an empty reading."""
        return (self.pieces[0].start, self.pieces[-1].end) if self.pieces else None

    def cut(self, start: int, end: int) -> Reading:
        """`text[start:end]` without the white space around it, still tied to the original."""
        while start < end and self.text[start].isspace():
            start += 1
        while start < end and self.text[end - 1].isspace():
            end -= 1
        pieces: list[Piece] = []
        seen = 0
        for piece in self.pieces:
            body = seen + len(piece.glue)
            after = body + piece.end - piece.start
            low, high = max(start, body), min(end, after)
            if low < high:
                glue = self.text[max(start, seen) : body] if pieces else ""
                pieces.append(Piece(piece.start + low - body, piece.start + high - body, glue))
            seen = after
        return Reading(self.text[start:end], tuple(pieces), within(self.corrections, start, end))

    @property
    def repaired(self) -> str:
        """The text with its corrections carried out: what is searched."""
        return corrected(self.text, self.corrections)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original.

        Raises ValueError when the stretch is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no such stretch: {start}:{end} of {len(self.text)}")
        return self._source_position(start), self._source_position(end - 1) + 1

    def _source_position(self, offset: int) -> int:
        seen = 0
        for piece in self.pieces:
            body = seen + len(piece.glue)
            if offset < body:  # inside the glue: the piece's first character stands for it
                return piece.start
            if offset < body + piece.end - piece.start:
                return piece.start + offset - body
            seen = body + piece.end - piece.start
        raise ValueError(f"offset {offset} outside the reading")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of the original that is in no provision, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Provision:
    """A node of the document's tree. `marker`, `heading` and `text` are its own, without its children's."""

    address: Address
    role: Role
    marker: Reading = field(default_factory=Reading)  # as printed: "Điều 1.", "a)", "-"
    heading: Reading = field(default_factory=Reading)
    text: Reading = field(default_factory=Reading)
    page: int | None = None  # 1-based, where the file has pages
    children: tuple[Provision, ...] = ()

    def walk(self) -> Iterator[Provision]:
        """This provision and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def full_text(self) -> str:
        """The provision and everything below it as a reader would see it, one line a provision."""
        return "\n".join(line for node in self.walk() if (line := node.own_text))

    @property
    def own_text(self) -> str:
        """Marker, heading and text of this provision alone; a text under a heading on a line of its own."""
        if self.heading and self.text:
            return f"{self.caption}\n{self.text.text}"
        return " ".join(part.text for part in (self.marker, self.heading, self.text) if part)

    @property
    def own_repaired(self) -> str:
        """`own_text` with the right reading in place of each known misreading."""
        return corrected(self.own_text, self.own_corrections)

    @property
    def own_corrections(self) -> tuple[Correction, ...]:
        """The corrections of marker, heading and text, as they stand in `own_text`."""
        found: list[Correction] = []
        start = 0
        for part in (self.marker, self.heading, self.text):
            found += (
                replace(each, start=each.start + start, end=each.end + start) for each in part.corrections
            )
            start += len(part.text) + 1 if part else 0  # a space or a line end stands between the parts
        return tuple(found)

    @property
    def caption(self) -> str:
        """Marker and heading, or the marker alone: how the provision appears in a path."""
        return " ".join(part.text for part in (self.marker, self.heading) if part)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the file, and how well its text was read."""

    number: int  # 1-based
    start: int  # span in the original
    end: int
    corruption: float  # share of its words that no Vietnamese text holds, 0 to 1
    scanned: bool  # its letters were recognised from a picture

    @property
    def bad(self) -> bool:
        """Whether a reader must be warned of its text."""
        return self.corruption > BAD_PAGE


BAD_PAGE = 0.10  # corruption above which a page is called bad


@dataclass(frozen=True)
class Document:
    """One instrument: its metadata, its original text and the tree made of it."""

    metadata: Metadata
    original: str
    root: Provision
    dropped: tuple[Dropped, ...]
    pages: tuple[Page, ...] = ()  # one for a file that knows no pages
    head: Head = field(default_factory=Head)  # what the text itself says of its number, date, signer
    mentions: tuple[Mention, ...] = ()  # every instrument it names, in reading order
    warnings: tuple[str, ...] = ()  # what the reader of the file noticed, in Vietnamese

    @property
    def id(self) -> str:
        return self.metadata.id

    @cached_property
    def by_address(self) -> Mapping[str, Provision]:
        """Every provision by `str(address.path)`; the root is under ""."""
        return {node.address.path: node for node in self.root.walk()}

    def page_caveat(self, provision: Provision) -> str | None:
        """The warning that goes with a provision whose page was read badly, or None."""
        page = next((page for page in self.pages if page.bad and page.number == (provision.page or 1)), None)
        if page is None:
            return None
        return f"Trang {page.number} của tệp đọc được kém, chữ có thể sai: hãy đối chiếu với bản gốc."

    def ancestors(self, address: Address) -> tuple[Provision, ...]:
        """From the outermost unit down to the parent of `address`, the root left out."""
        return tuple(self.by_address[above.path] for above in address.ancestors() if above.units)

    def said_above(self, address: Address) -> str:
        """The headings above a provision and, corrected, all of what it is an item of."""
        above = self.ancestors(address)
        return " ".join((*(each.caption for each in above), *(each.own_repaired for each in above[-1:])))


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed and shown: one provision, several short neighbours, or part of a long one."""

    id: str  # "<document>#<path of its first provision>", "~2" after it for a second part: survives updates
    document: str
    addresses: tuple[Address, ...]  # the provisions it is made of, in order, at least one
    citation: str  # the way an official writes it
    path: tuple[str, ...]  # captions of what stands above, outermost first
    text: str  # what a reader sees; at most PASSAGE_LIMIT characters
    start: int  # span in the original
    end: int
    corrections: tuple[Correction, ...] = ()  # of `text`

    @property
    def repaired(self) -> str:
        """The text with its corrections carried out: what is searched."""
        return corrected(self.text, self.corrections)

    @property
    def address(self) -> Address:
        """The address it is cited by: the provision, or the first of its neighbours."""
        return self.addresses[0]


PASSAGE_LIMIT = 1200  # characters; whole chapters are not evidence
