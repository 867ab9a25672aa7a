"""Old Vietnamese fonts: the font's name says which code the letters are in.

A run in .VnTime holds TCVN3 (ABC) codes read as Windows-1252, one in VNI-Times holds VNI codes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

_TCVN3 = re.compile(r"\.vn", re.IGNORECASE)
_VNI = re.compile(r"vni[- ]|vni$", re.IGNORECASE)
_UNICODE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9\u0300-\u0323]")
_SYMBOLS = re.compile(r"symbol|wingdings|webdings", re.IGNORECASE)
_SYMBOL = {  # private-use codes of Symbol and Wingdings that official texts use
    0x2B: "+",
    0x2D: "-",
    0xB7: "•",
    0xA7: "▪",
    0x76: "❖",
    0xD8: "➢",
    0xF0: "⇨",
    0xE0: "→",
    0xFC: "✓",
    0xFB: "✗",
    0xA8: "☐",
    0x6F: "☐",
    0xFE: "☑",
    0x52: "☑",
    0xB3: "≥",
    0xA3: "≤",
    0xB4: "×",
    0xB1: "±",
    0xB0: "°",
}


class Code(Enum):
    """How the letters of a run are coded."""

    UNICODE = auto()
    TCVN3 = auto()
    VNI = auto()


class Face(NamedTuple):
    """What a font's name tells of the letters set in it."""

    code: Code = Code.UNICODE
    capitals: bool = False  # .VnTimeH: small letters are drawn as capitals


PLAIN = Face()


def face_of(font: str | None) -> Face:
    """The code that the letters of `font` are in; Unicode for any font not known as an old one."""
    name = (font or "").strip().strip("\"'")
    if _TCVN3.match(name):
        return Face(Code.TCVN3, name.endswith("H"))
    return Face(Code.VNI) if _VNI.match(name) else PLAIN


def symbols(text: str) -> str:
    """Private-use letters of symbol fonts as the signs they show; one we do not know is a bullet."""
    return re.sub("[\uf000-\uf0ff]", lambda found: _SYMBOL.get(ord(found[0]) - 0xF000, "•"), text)


def is_symbol_font(font: str | None) -> bool:
    """Whether `font` shows signs instead of letters."""
    return bool(font and _SYMBOLS.search(font))


@dataclass(slots=True)
class Writing:
    """A paragraph in the making: stretches of one code are decoded together, as VNI letters take two."""

    parts: list[tuple[Face, str]]

    @classmethod
    def empty(cls) -> Writing:
        return cls([])

    def add(self, text: str, face: Face = PLAIN) -> None:
        """Append `text`, set in a font of that face."""
        if self.parts and self.parts[-1][0] == face:
            self.parts[-1] = (face, self.parts[-1][1] + text)
        elif text:
            self.parts.append((face, text))

    @property
    def text(self) -> str:
        """All of it in Unicode."""
        return "".join(decoded(text, face) for face, text in self.parts)


def decoded(text: str, face: Face) -> str:
    """`text` in Unicode; left alone where it is Unicode Vietnamese already, whatever its font says."""
    if face.code is not Code.UNICODE and not _UNICODE.search(text):
        from corpus.legacy import decode_tcvn3, decode_vni

        text = decode_tcvn3(text) if face.code is Code.TCVN3 else decode_vni(text)
    return text.upper() if face.capitals else text
