"""The old encodings of Vietnamese text by name, each a function of its windows-1252 reading."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from corpus.legacy import decode_tcvn3, decode_vni

UTF8, UTF16, UTF32 = "UTF-8", "UTF-16", "UTF-32"
TCVN3, VNI, VIQR = "TCVN3 (ABC)", "VNI", "VIQR"
CP1258, CP1252 = "windows-1258", "windows-1252"
TWICE = "UTF-8 mã hóa hai lần"
TRIED = ", ".join((UTF8, UTF16, TCVN3, VNI, VIQR, CP1258, CP1252))

_UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # windows-1252 leaves them open; read as Latin-1
_TO_TEXT = {code: bytes([code]).decode("cp1252") for code in set(range(0x80, 0xA0)) - _UNDEFINED}
_TO_CODE = {ord(letter): chr(code) for code, letter in _TO_TEXT.items()}


def windows(data: bytes) -> str:
    """The windows-1252 reading of `data`: one character a byte, never an error."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(_TO_TEXT)


def windows_bytes(reading: str) -> bytes | None:
    """The bytes that `windows` makes `reading` of; None when some character is not of that code page."""
    try:
        return reading.translate(_TO_CODE).encode("latin-1")
    except UnicodeEncodeError:
        return None


def decode_1258(reading: str) -> str:
    """The windows-1252 reading of windows-1258 bytes, as Unicode, composed; unchanged where it is none."""
    data = windows_bytes(reading)
    if data is None:
        return reading
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))


READINGS: Mapping[str, Callable[[str], str]] = {TCVN3: decode_tcvn3, VNI: decode_vni, CP1258: decode_1258}
