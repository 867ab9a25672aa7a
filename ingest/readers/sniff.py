"""What a file is by its bytes: its ending may lie."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from ingest.readers.encoding import utf16_order

_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"BM",
    b"II*\x00",
    b"MM\x00*",
    b"\x00\x00\x00\x0cjP",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta\s|title|div|table|p|span|font|h[1-6])\b", re.IGNORECASE
)
_MHTML = re.compile(rb"^(?:mime-version|from|content-type|date|subject):", re.IGNORECASE)
_PROBE = 4096  # bytes looked at, where a look is enough


def kind_of(data: bytes, path: Path) -> str:
    """One of pdf, docx, doc, html, text, image, zip, unknown.

    "doc" is everything that LibreOffice must open first: .doc, RTF, ODT. A locked Word file is "docx".
    The bytes decide; the ending of `path` only where they leave it open (HTML without any tag at its head).
    """
    start = data[:_PROBE]
    bare = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not data.strip(b"\x00 \t\r\n"):
        return "unknown"
    if b"%PDF-" in start[:1024]:
        return "pdf"
    if start.startswith(b"PK"):
        return _kind_of_zip(data)
    if start.startswith(_OLE):
        return _kind_of_ole(data)
    if bare.startswith(b"{\\rt"):
        return "doc"
    if _is_image(start):
        return "image"
    return _kind_of_text(start, bare, path)


def _kind_of_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:80] if _is_small(archive, "mimetype") else b""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, RuntimeError, KeyError):
        return "docx" if b"word/" in data else "zip"  # cut short: its reader says what to do
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return "doc"
    return "docx" if any(name.startswith("word/") for name in names) else "zip"


def _is_small(archive: zipfile.ZipFile, name: str) -> bool:
    return name in archive.namelist() and archive.getinfo(name).file_size <= 200


def _kind_of_ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "docx"
    return "doc" if "WordDocument".encode("utf-16-le") in data else "unknown"


def _is_image(start: bytes) -> bool:
    if start.startswith(b"BM"):
        return start[6:10] == b"\x00\x00\x00\x00"  # two letters alone could begin a text
    return start.startswith(_IMAGES) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP")


def _kind_of_text(start: bytes, bare: bytes, path: Path) -> str:
    if b"\x00" in start and (order := utf16_order(start)):
        start = bare = start.decode(order, "ignore").lstrip("\ufeff").encode().lstrip()
    elif start.count(b"\x00") > len(start) // 100:
        return "unknown"
    if bare.startswith(b"<") and (_HTML.search(bare) or bare.startswith((b"<!--", b"<?xml"))):
        return "html"
    if _MHTML.match(bare) and b"multipart/related" in bare.lower():
        return "html"
    if path.suffix.lower() in (".html", ".htm") and _HTML.search(bare):
        return "html"
    controls = sum(byte < 9 or 13 < byte < 27 for byte in start)
    return "unknown" if controls > len(start) // 50 else "text"
