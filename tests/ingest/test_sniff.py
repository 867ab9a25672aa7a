"""What a file is by its bytes, whatever its ending says."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingest.readers.sniff import kind_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n...", "pdf"),
        (b"\n\n%PDF-1.4", "pdf"),
        (packed(word__document=b"<w/>"), "docx"),
        (packed(word__document=b"<w/>")[:-30], "docx"),
        (packed(xl__workbook=b"<x/>"), "zip"),
        (packed(mimetype=b"application/vnd.oasis.opendocument.text", content=b"<x/>"), "doc"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "docx"),
        (OLE + "Workbook".encode("utf-16-le"), "unknown"),
        (b"{\\rtf1\\ansi Xin}", "doc"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image"),
        (b"BM\x00\x10\x00\x00\x00\x00\x00\x00\x36\x00", "image"),
        ("BM là chữ viết tắt của Bộ môn".encode(), "text"),
        (b"<!DOCTYPE html><html>", "html"),
        ("\ufeff  <html><body>Điều 1".encode(), "html"),
        (b"<!-- saved from url --><div>x</div>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "html"),
        ("Điều 1. Phạm vi điều chỉnh".encode(), "text"),
        ("Điều 1.".encode("utf-16"), "text"),
        ("Điều 1.".encode("utf-8-sig"), "text"),
        (b"C\xe9ng ho\xb5 x\xb7 h\xe9i", "text"),
        (b"<5% ng\xc3\xa2n s\xc3\xa1ch", "text"),
        (b"", "unknown"),
        (b" \r\n\x00\x00", "unknown"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "unknown"),
        (bytes(range(256)) * 2, "unknown"),
    ],
)
def test_the_bytes_decide(data: bytes, kind: str) -> None:
    for ending in (".txt", ".pdf", ".docx"):
        assert kind_of(data, Path(f"van-ban{ending}")) == kind
