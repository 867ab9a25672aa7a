"""Writes Vietnamese text the way old programs did: the tests read it back.

The tables are written down again here, apart from those of corpus/legacy.py, in the form in which they are
published: TCVN3 after TCVN 5712:1993 as glibc has it, VNI after the listing of its letters, VIQR after
RFC 1456; windows-1258 is Python's own codec.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

VOWELS = "aăâeêioôơuưy"
TONES = "\u0301\u0300\u0309\u0303\u0323"  # á à ả ã ạ
SMALL = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in ("", *TONES)) + "đ"
LETTERS = "".join(letter for letter in SMALL + SMALL.upper() if not letter.isascii())  # all 134

_TCVN3_CODES = """
    -- B8 B5 B6 B7 B9  A8 BE BB BC BD C6  A9 CA C7 C8 C9 CB
    -- D0 CC CE CF D1  AA D5 D2 D3 D4 D6
    -- DD D7 D8 DC DE
    -- E3 DF E1 E2 E4  AB E8 E5 E6 E7 E9  AC ED EA EB EC EE
    -- F3 EF F1 F2 F4  AD F8 F5 F6 F7 F9
    -- FD FA FB FC FE  AE
"""
_TCVN3 = {
    letter: chr(int(code, 16))
    for letter, code in zip(SMALL, _TCVN3_CODES.split(), strict=True)
    if code != "--"
}
_TCVN3_CAPITALS = dict(zip("ĂÂÊÔƠƯĐ", map(chr, (0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7)), strict=True))

_VNI_LETTERS = """
    a aù aø aû aõ aï  aê aé aè aú aü aë  aâ aá aà aå aã aä
    e eù eø eû eõ eï  eâ eá eà eå eã eä
    i í ì æ ó ò
    o où oø oû oõ oï  oâ oá oà oå oã oä  ô ôù ôø ôû ôõ ôï
    u uù uø uû uõ uï  ö öù öø öû öõ öï
    y yù yø yû yõ î  ñ
"""
_VNI = dict(zip(SMALL, _VNI_LETTERS.split(), strict=True))
_VNI |= {letter.upper(): code.upper() for letter, code in _VNI.items()}

_VIQR_SIGNS = {
    "\u0306": "(",
    "\u0302": "^",
    "\u031b": "+",
    **dict(zip(TONES, "'`?~.", strict=True)),
}


def tcvn3(text: str) -> bytes:
    """As typed in .VnTime and .VnTimeH: a capital with a tone is the small letter's code."""
    table = {**_TCVN3, **{letter.upper(): code for letter, code in _TCVN3.items()}, **_TCVN3_CAPITALS}
    return _bytes("".join(table.get(letter, letter) for letter in _composed(text)))


def vni(text: str) -> bytes:
    """As typed in VNI-Times: a letter, then its mark."""
    return _bytes("".join(_VNI.get(letter, letter) for letter in _composed(text)))


def viqr(text: str) -> bytes:
    """RFC 1456: marks behind the letter, a backslash before every sign that is no mark."""
    escaped = re.sub(r"\\", r"\\\\", _composed(text))
    escaped = re.sub(r"(?<=[^\W\d_])[(^+'`?~.]", lambda found: "\\" + found[0], escaped)
    escaped = re.sub(r"(?<=[dD])[dD]", lambda found: "\\" + found[0], escaped)
    escaped = escaped.replace("đ", "dd").replace("Đ", "DD")
    signs = (_VIQR_SIGNS.get(mark, mark) for mark in _shape_first(escaped))
    return "".join(signs).encode("utf-8")


def cp1258(text: str) -> bytes:
    """As Windows types it: ă â ê ô ơ ư đ and the tones apart, as combining marks."""
    return "".join(map(_tone_apart, _composed(text))).encode("cp1258")


def utf16(text: str) -> bytes:
    """With a byte order mark, as the Windows editor saves "Unicode"."""
    return text.encode("utf-16")


def nfd(text: str) -> bytes:
    """UTF-8, decomposed, as a Mac names and saves things."""
    return unicodedata.normalize("NFD", text).encode("utf-8")


def twice(text: str) -> bytes:
    """UTF-8 taken for windows-1252 and saved as UTF-8: "Ä‘Æ°á»£c"."""
    data = text.encode("utf-8")
    return "".join(_from_windows(code) for code in data).encode("utf-8")


ENCODERS: Mapping[str, Callable[[str], bytes]] = {
    "TCVN3 (ABC)": tcvn3,
    "VNI": vni,
    "VIQR": viqr,
    "windows-1258": cp1258,
    "UTF-16": utf16,
    "UTF-8": nfd,
}


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _from_windows(code: int) -> str:
    return bytes([code]).decode("cp1252" if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "latin-1")


def _bytes(reading: str) -> bytes:
    """windows-1252; a sign that it does not have ("→") becomes "?", as old programs wrote it."""
    return reading.encode("cp1252", errors="replace")


def _shape_first(text: str) -> str:
    """Decomposed, the mark of the letter (â) before its tone: NFD puts a dot below first."""
    return re.sub("(\u0323)([\u0302\u0306])", r"\2\1", unicodedata.normalize("NFD", text))


def _tone_apart(letter: str) -> str:
    """ "ệ" is "ê" and a dot below."""
    marks = _shape_first(letter)
    if len(marks) > 1 and marks[-1] in TONES:
        return unicodedata.normalize("NFC", marks[:-1]) + marks[-1]
    return letter
