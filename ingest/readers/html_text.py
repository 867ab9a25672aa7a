"""From the bytes of a saved web page to its characters: .mht unpacked, the encoding found."""

from __future__ import annotations

import codecs
import contextlib
import email
import email.policy
import re
from pathlib import Path

from corpus.errors import DocumentError
from ingest.readers import encoding

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.-]{2,30})""")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_OLD_FONT = re.compile(rb"\.vn[a-z]|vni-", re.IGNORECASE)
_DOUBTFUL = (None, "utf-8", "utf8", "cp1252")  # claimed by pages in any encoding
_HEAD = 8192  # bytes in which a page says its encoding
_BAD = "\ufffd"
_MOST_BAD = 0.01  # of all characters: above it the encoding is not the one that the page claims
# What Latin-1 pages really are, in every browser.
_REALLY = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}


def decoded(data: bytes, path: Path) -> tuple[str, list[str]]:
    """The page as text, and warnings. Raises DocumentError where no encoding fits."""
    data, said = _unpacked(data, path)
    for bom, coding in _BOMS:
        if data.startswith(bom):
            return _checked(data.removeprefix(bom).decode(coding, "replace"), path)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass  # the page is in the encoding it names, or in an old Vietnamese one
    named = said or _named(data[:_HEAD])
    old_font = _OLD_FONT.search(data)  # then the letters are decoded font by font, from Windows-1252
    if named in _DOUBTFUL and not old_font:
        with contextlib.suppress(DocumentError):  # what the page claims is tried then
            read = encoding.decode(data, path)
            return read.text, list(read.warnings)
    return _checked(data.decode(named or ("cp1252" if old_font else "utf-8"), "replace"), path)


def _checked(text: str, path: Path) -> tuple[str, list[str]]:
    bad = text.count(_BAD)
    if bad > _MOST_BAD * len(text):
        raise DocumentError(
            f"{path}: không nhận ra bảng mã của trang. Hãy mở trang bằng trình duyệt, "
            "lưu lại (Save as) với bảng mã UTF-8 rồi chạy lại."
        )
    return text, [f"Trang có {bad} ký tự hỏng, hiện là “{_BAD}”."] if bad else []


def _named(head: bytes) -> str | None:
    found = _XML.search(head) or _CHARSET.search(head)
    if found is None:
        return None
    name = found[1].decode("ascii", "replace").lower()
    try:
        codecs.lookup(name).decode(b"a")
    except (LookupError, ValueError, TypeError):
        return None
    return _REALLY.get(name, name)


def _unpacked(data: bytes, path: Path) -> tuple[bytes, str | None]:
    """The page inside a .mht, with the encoding its envelope names; any other file as it is."""
    if not re.match(rb"\s*(?:mime-version|from|content-type|date|subject):", data[:200], re.IGNORECASE):
        return data, None
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            named = part.get_content_charset()
            if isinstance(body, bytes):
                return body, _named(f'<meta charset="{named}">'.encode()) if named else None
    raise DocumentError(f"{path}: tệp .mht không chứa trang HTML nào. Hãy lưu lại trang dạng .html.")
