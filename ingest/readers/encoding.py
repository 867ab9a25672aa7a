"""Bytes become Vietnamese text: which encoding they are in is found from the text itself.

Old files declare nothing, and one byte means another letter in each encoding. A reading is right when its
words are spelt as Vietnamese syllables are (corpus/spelling.py): the wrong one breaks most of them.
Stretches in another encoding than the rest of a file are told apart line by line (readers/mixture.py).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import DocumentError
from corpus.legacy import decode_viqr
from corpus.spelling import Spelling, marked_words, spelling
from corpus.vietnamese import nfc
from ingest.readers.codepages import CP1252, READINGS, TRIED, UTF8, UTF16, UTF32, VIQR, windows
from ingest.readers.mixture import ENOUGH, numbered, repaired, viqr_signs

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", UTF8),
    (codecs.BOM_UTF32_LE, "utf-32-le", UTF32),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be", UTF32),
    (codecs.BOM_UTF16_LE, "utf-16-le", UTF16),
    (codecs.BOM_UTF16_BE, "utf-16-be", UTF16),
)
_LATIN = re.compile("[\\s\ufeff!-~“”‘’…–\u00c0-\u024f\u1ea0-\u1ef9\u0300-\u0323]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x7f]")
_BINARY = 0.01  # share of control characters above which a file is no text
_SAMPLE = 10_000  # characters, enough to know an encoding by
_WESTERN = re.compile("n[°º]|[A-Z]?[a-zß-öø-ÿœ]+|[À-ÖØ-Þ][a-zß-öø-ÿœ]*|[A-ZÀ-ÖØ-ÞŒ]+")  # café, Économie
_WINDOWS_RARE = re.compile("[\x80-\x9f‚ƒ„†‡ˆ‰‹˜›]")  # letters that only other encodings put in their places
_FOREIGN = 0.6  # share of accented words up to which a text may be English or French
_STRAY = "byte lạ"
_FEW = 2  # foreign bytes in a line, and words that tell
_SURROGATE = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, composed, and how it was read."""

    text: str
    encoding: str  # as a user knows it: "UTF-8", "TCVN3 (ABC)"
    sure: float  # 1 where the bytes prove the encoding, else the share of marked words that are Vietnamese
    warnings: tuple[str, ...] = ()  # in Vietnamese, with the lines concerned


def decode(data: bytes, path: Path) -> Decoded:
    """The text of `data`; `path` is only named in errors.

    Raises DocumentError when nothing reads as Vietnamese or English: it names the line and what to do.
    """
    for mark, codec, name in _BOMS:
        if data.startswith(mark):
            return _unicode(data.removeprefix(mark), codec, name, path)
    if b"\0" in data and (order := utf16_order(data)):
        return _unicode(data, order, UTF16, path)
    return _unicode(data, "utf-8", UTF8, path)


def _unicode(data: bytes, codec: str, name: str, path: Path) -> Decoded:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        if name == UTF8:
            return _undeclared(data, path)
        raise DocumentError(
            f"{path}: tệp mã {name} bị đứt hoặc hỏng ở byte {error.start}. Hãy chép lại tệp gốc."
        ) from error
    text, warnings = _clean(text, path)
    return _finished(text, name, 1.0, warnings)


def utf16_order(data: bytes) -> str | None:
    """The codec of a UTF-16 file, with a byte order mark or without; None when it is no Latin text in it."""
    sample = data[: min(2 * _SAMPLE, len(data) // 2 * 2)]
    for codec in ("utf-16-le", "utf-16-be"):
        text = sample.decode(codec, errors="replace")
        if len(_LATIN.findall(text)) >= 0.95 * len(text):
            return codec
    return None


def _clean(text: str, path: Path) -> tuple[str, tuple[str, ...]]:
    """`text` without NUL characters, and a warning if there were any; a binary file is refused."""
    controls = [found.start() for found in _CONTROL.finditer(text)]
    if len(controls) > max(_BINARY * len(text), 1):
        line = text.count("\n", 0, controls[0]) + 1
        raise DocumentError(
            f"{path}, dòng {line}: không phải văn bản (có nhiều ký tự điều khiển). "
            "Hãy kiểm tra đuôi tệp, hoặc mở bằng chương trình đã soạn nó rồi lưu thành DOCX, PDF hay UTF-8."
        )
    nuls = text.count("\0")
    return text.replace("\0", ""), (f"Đã bỏ {nuls} byte rỗng (NUL) trong tệp.",) if nuls else ()


def _undeclared(data: bytes, path: Path) -> Decoded:
    """A file that is not UTF-8 throughout: the lines that are stay, the others are read in an old encoding.

    All of those are looked at together first, since a line of two words does not tell.
    """
    text, warnings = _clean(data.decode("utf-8", errors="surrogateescape"), path)
    lines = text.split("\n")
    old = [place for place, line in enumerate(lines) if _SURROGATE.search(line)]
    raw = [lines[place].encode("utf-8", errors="surrogateescape") for place in old]
    reading = "\n".join(map(windows, raw))
    trusted, sure = _trusted(reading)
    decoded = READINGS[trusted](reading) if trusted in READINGS else reading
    names: dict[int, str] = {}
    for place, line, read, likely in zip(old, raw, reading.split("\n"), decoded.split("\n"), strict=True):
        found = _line(line, read, likely, trusted)
        if found is None:
            raise DocumentError(
                f"{path}, dòng {place + 1}: không rõ bảng mã (đã thử {TRIED}). Hãy mở tệp bằng chương trình "
                "đã soạn nó, lưu lại với bảng mã UTF-8 rồi chạy lại."
            )
        names[place], lines[place] = found
    return _judged(lines, names, sure, warnings)


def _trusted(reading: str) -> tuple[str, float]:
    """The encoding that makes Vietnamese, or else English or French, of the lines that are not UTF-8.

    Its share of Vietnamese words with it; "" where there is none.
    """
    sample = reading[:_SAMPLE]
    shares = {name: spelling(decode(sample)) for name, decode in READINGS.items()}
    best = max(shares, key=lambda name: (shares[name].share, shares[name].spelt))
    if shares[best].share >= ENOUGH:
        return best, shares[best].share
    foreign = _foreign(sample)
    return (CP1252, 1 - foreign) if foreign <= _FOREIGN else ("", 0.0)


def _foreign(reading: str) -> float:
    """Share of words with an accent in a text that may be English or French; 1 where it cannot be."""
    marked = marked_words(reading)
    western = sum(1 for word in marked if _WESTERN.fullmatch(word))
    if western < ENOUGH * len(marked) or _WINDOWS_RARE.search(reading):
        return 1.0
    return len(marked) / max(len(re.findall(r"[^\W\d_]+", reading)), 1)


def _line(raw: bytes, reading: str, likely: str, trusted: str) -> tuple[str, str] | None:
    """The encoding of one line and its text, `likely` in the trusted encoding; None when nothing reads."""
    hoped = spelling(likely) if trusted in READINGS else Spelling(1, 0)
    if hoped.share >= ENOUGH or not hoped.marked:
        return trusted, likely
    if (mended := _mended(raw)) is not None:
        return _STRAY, mended
    read = {name: decode(reading) for name, decode in READINGS.items()}
    found = {name: spelling(text) for name, text in read.items()}
    best = max(found, key=lambda name: (found[name].share, found[name].spelt))
    if found[best].share >= ENOUGH and found[best].spelt >= _FEW and hoped.share < ENOUGH / 2:
        return best, read[best]
    return (trusted, likely) if trusted else None


def _mended(line: bytes) -> str | None:
    """A Vietnamese line in UTF-8 with a foreign byte or two, those read as windows-1252; None otherwise."""
    text = line.decode("utf-8", errors="surrogateescape")
    strays = len(_SURROGATE.findall(text))
    whole = sum(not letter.isascii() for letter in text) - strays
    if strays > _FEW or whole <= strays:
        return None
    text = _SURROGATE.sub(lambda found: windows(bytes([ord(found[0]) - 0xDC00])), text)
    found = spelling(text)
    return text if found.spelt >= _FEW and found.share == 1 else None


def _judged(lines: Sequence[str], names: Mapping[int, str], sure: float, warnings: Sequence[str]) -> Decoded:
    """Put the lines together; the encoding of most lines beyond ASCII gives its name to the file."""
    places: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        if not line.isascii() or place in names:
            places.setdefault(names.get(place, UTF8), []).append(place)
    main = max(places, key=lambda name: len(places[name]))
    main = UTF8 if main == _STRAY else main
    said = [_converted(main)] if main != UTF8 else []
    said += [
        f"{numbered(found)}: {name} giữa văn bản {main}, đã chuyển sang Unicode; hãy đối chiếu với bản gốc."
        for name, found in places.items()
        if name != main
    ]
    return _finished("\n".join(lines), main, 1.0 if main == UTF8 else sure, (*warnings, *said))


def _finished(text: str, name: str, sure: float, warnings: Sequence[str]) -> Decoded:
    """Unicode text: look for what was typed in another encoding all the same."""
    if share := _viqr(text):
        return Decoded(nfc(decode_viqr(text)), VIQR, share, (*warnings, _converted(VIQR)))
    if name in READINGS:  # its lines were looked at one by one
        return Decoded(nfc(text), name, sure, tuple(warnings))
    text, others = repaired(unicodedata.normalize("NFC", text))  # before Ð becomes Đ: in TCVN3 it is é
    return Decoded(nfc(text), name, sure, (*warnings, *others))


def _viqr(text: str) -> float:
    """How sure a text is VIQR, 0 where it is not: no other letters beyond ASCII to speak of."""
    sample = text[:_SAMPLE]
    if not viqr_signs(sample):
        return 0.0
    here, found = spelling(sample), spelling(decode_viqr(sample))
    return found.share if found.share >= ENOUGH and found.spelt > 10 * here.spelt else 0.0


def _converted(name: str) -> str:
    return f"Tệp dùng bảng mã {name}, đã chuyển sang Unicode; hãy đối chiếu với bản gốc."
