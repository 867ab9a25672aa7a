"""Where a provision stands: document, then the printed markers by depth.

Two spellings, one address:

- path       `dieu-1/v/2/a/gach-1`: markers only, the identity of a provision inside its document
- permalink  `dieu-1/muc-v/khoan-2/diem-a/gach-1`: the same with level words, as officials read it

`path_of` takes both, because the level word of a marker depends on the document
(what the Decision calls khoản the Plan calls mục); the marker alone decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import AddressError


class Level(StrEnum):
    """Level words, in the form they take in a permalink."""

    ANNEX = "phu-luc"
    FORM = "mau"
    PART = "phan"
    CHAPTER = "chuong"
    SECTION = "muc"
    SUBSECTION = "tieu-muc"
    ARTICLE = "dieu"
    CLAUSE = "khoan"
    POINT = "diem"
    SUBPOINT = "tiet"
    DASH = "gach"
    PLUS = "cong"
    TABLE = "bang"
    ROW = "hang"
    QUOTED = "trich"
    PARAGRAPH = "doan"
    FOOTNOTE = "chu-thich"
    HEAD = "tieu-de"
    PREAMBLE = "mo-dau"
    CLOSING = "ket"
    RECIPIENTS = "noi-nhan"
    SIGNATURE = "chu-ky"


# Levels whose word is part of the path too: their marker is a count, not a printed sign,
# or (Điều, Phụ lục) the number alone would not say what it numbers.
_COUNTED = frozenset(
    {
        Level.ANNEX,
        Level.FORM,
        Level.ARTICLE,
        Level.PART,
        Level.CHAPTER,
        Level.DASH,
        Level.PLUS,
        Level.TABLE,
        Level.ROW,
        Level.QUOTED,
        Level.PARAGRAPH,
        Level.FOOTNOTE,
    }
)
# Levels that stand once in a document and carry no marker.
_ALONE = frozenset({Level.HEAD, Level.PREAMBLE, Level.CLOSING, Level.RECIPIENTS, Level.SIGNATURE})

_WORDS = {
    Level.ANNEX: "Phụ lục",
    Level.FORM: "Mẫu số",
    Level.PART: "Phần",
    Level.CHAPTER: "Chương",
    Level.SECTION: "mục",
    Level.SUBSECTION: "tiểu mục",
    Level.ARTICLE: "Điều",
    Level.CLAUSE: "khoản",
    Level.POINT: "điểm",
    Level.SUBPOINT: "tiết",
    Level.DASH: "gạch đầu dòng thứ",
    Level.PLUS: "dấu cộng thứ",
    Level.TABLE: "bảng",
    Level.ROW: "hàng",
    Level.QUOTED: "đoạn trích",
    Level.PARAGRAPH: "đoạn thứ",
    Level.FOOTNOTE: "chú thích",
    Level.HEAD: "phần tiêu đề",
    Level.PREAMBLE: "phần mở đầu",
    Level.CLOSING: "phần kết",
    Level.RECIPIENTS: "nơi nhận",
    Level.SIGNATURE: "phần ký",
}
# What is "ban hành kèm theo" an instrument without being called Phụ lục: the marker of its annex unit.
ANNEXED = {
    "quy-che": "Quy chế",
    "quy-dinh": "Quy định",
    "quy-trinh": "Quy trình",
    "dieu-le": "Điều lệ",
    "noi-quy": "Nội quy",
    "ke-hoach": "Kế hoạch",
    "chuong-trinh": "Chương trình",
    "de-an": "Đề án",
    "phuong-an": "Phương án",
    "huong-dan": "Hướng dẫn",
    "danh-muc": "Danh mục",
    "bang": "Bảng",
    "bo-tieu-chi": "Bộ tiêu chí",
    "quy-chuan": "Quy chuẩn",
    "chien-luoc": "Chiến lược",
    "quy-tac": "Quy tắc",
}
_MARKER = re.compile(r"[0-9a-zđ](?:[0-9a-zđ.]*[0-9a-zđ])?")
_NAME = re.compile("(" + "|".join(ANNEXED) + r")(?:\.lan[0-9]+)?")
_UNIT = re.compile(
    "(?:(?P<level>" + "|".join(sorted((level.value for level in Level), key=len, reverse=True)) + ")(?:-|$))?"
    r"(?P<marker>[0-9a-zđ.]*|(?<=^phu-luc-)" + _NAME.pattern + ")"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One step of an address: the document's word for it, and what is printed ("v", "1.3", "đ")."""

    level: Level
    marker: str = ""

    def __post_init__(self) -> None:
        if self.level in _ALONE:
            if self.marker:
                raise AddressError(f"“{self.level}” không mang số: {self.marker!r}.")
        elif not _MARKER.fullmatch(self.marker) and not self._annexed:
            raise AddressError(f"Ký hiệu không hợp lệ trong địa chỉ điều khoản: {self.marker!r}.")

    @property
    def _annexed(self) -> str | None:
        """What is annexed under a name of its own: "Quy chế"; None for a Phụ lục."""
        named = _NAME.fullmatch(self.marker) if self.level is Level.ANNEX else None
        return ANNEXED[named[1]] if named else None

    @property
    def key(self) -> str:
        """Its step in a path: the marker, with the level word only where the marker alone says too little."""
        if self.level in _ALONE:
            return self.level.value
        return f"{self.level}-{self.marker}" if self.level in _COUNTED else self.marker

    @property
    def slug(self) -> str:
        """Its step in a permalink."""
        return self.level.value if self.level in _ALONE else f"{self.level}-{self.marker}"

    @property
    def spoken(self) -> str:
        """As an official writes it: "khoản 2", "mục V", "điểm a", "gạch đầu dòng thứ nhất"."""
        word = _WORDS[self.level]
        if self.level in _ALONE:
            return word
        if self._annexed:
            return f"{self._annexed} ban hành kèm theo"
        return f"{word} {self._printed}"

    @property
    def _printed(self) -> str:
        if self.level in (Level.DASH, Level.PLUS, Level.PARAGRAPH) and self.marker == "1":
            return "nhất"
        roman = self.level in (Level.PART, Level.CHAPTER, Level.SECTION, Level.ANNEX)
        return self.marker.upper() if roman else self.marker


@dataclass(frozen=True, slots=True)
class Address:
    """A provision of a document. No units: the document itself."""

    document: str
    units: tuple[Unit, ...] = ()

    @property
    def path(self) -> str:
        """The identity inside the document: `dieu-1/v/2`."""
        return "/".join(unit.key for unit in self.units)

    @property
    def permalink(self) -> str:
        """`qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v/khoan-2`."""
        return "/".join((self.document, *(unit.slug for unit in self.units)))

    def __str__(self) -> str:
        return self.permalink

    def child(self, level: Level, marker: str = "") -> Address:
        """The address one step further down."""
        return Address(self.document, (*self.units, Unit(level, marker)))

    def ancestors(self) -> Iterator[Address]:
        """From the document down to the parent of this address."""
        for depth in range(len(self.units)):
            yield Address(self.document, self.units[:depth])

    def contains(self, other: Address) -> bool:
        """Whether `other` is this provision or stands below it."""
        mine, theirs = self.path, other.path
        return self.document == other.document and (
            not mine or theirs == mine or theirs.startswith(mine + "/")
        )


def annex_marker(name: str) -> str | None:
    """ "Quy chế" → "quy-che": the marker of what is annexed under that name; None where nothing is."""
    return next((marker for marker, each in ANNEXED.items() if each.lower() == name.lower()), None)


def path_of(permalink: str) -> tuple[str, str]:
    """Document id and path of a permalink or path: level words that a path leaves out are dropped.

    `qd-…/dieu-1/muc-v/khoan-2` and `qd-…/dieu-1/v/2` both give (`qd-…`, `dieu-1/v/2`).
    Raises AddressError on anything else; never looks at a document.
    """
    document, *steps = permalink.strip("/").split("/")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", document):
        raise AddressError(
            f"Không phải địa chỉ điều khoản: {permalink!r}. Ví dụ: ten-van-ban/dieu-1/khoan-2."
        )
    return document, "/".join(_key(step, permalink) for step in steps)


def _key(step: str, permalink: str) -> str:
    found = _UNIT.fullmatch(step)
    if found is None or not (found["level"] or _MARKER.fullmatch(found["marker"])):
        raise AddressError(f"Không đọc được bước “{step}” trong địa chỉ {permalink!r}.")
    if found["level"] is None:
        return found["marker"]
    return Unit(Level(found["level"]), found["marker"]).key


def spoken(address: Address) -> str:
    """The citation inside its document, smallest unit first, as officials write it.

    A document with Điều: "điểm a khoản 2 mục V Điều 1". One without: "điểm a mục III.1.7",
    where nested numbers that repeat their parent ("1" → "1.7") are said once.
    """
    if not address.units:
        return "toàn văn"
    units = list(address.units)
    if any(unit.level is Level.ARTICLE for unit in units):
        return " ".join(unit.spoken for unit in reversed(units))
    return " ".join(reversed(_joined_sections(units)))


def _joined_sections(units: list[Unit]) -> list[str]:
    said: list[str] = []
    numbers: list[str] = []
    for unit in units:
        if unit.level in (Level.SECTION, Level.CLAUSE, Level.SUBSECTION):
            number = unit.marker.upper()
            if numbers and number.startswith(numbers[-1] + "."):
                numbers.pop()  # "1.7" already says the "1" it stands under
            numbers.append(number)
        else:
            if numbers:
                said.append("mục " + ".".join(numbers))
                numbers = []
            said.append(unit.spoken)
    if numbers:
        said.append("mục " + ".".join(numbers))
    return said
