"""A language model's words as plain text: no links, no markup, nothing that is not read."""

from __future__ import annotations

import re
from html import unescape

from corpus.vietnamese import nfc

_ROUNDS = 3  # what was escaped twice is unpacked twice
_ACTIVE = re.compile(r"<(script|style|iframe|object|svg)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]*(?:>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_LINK = re.compile(
    r"\b(?:https?|ftp|javascript|data|vbscript|mailto|file):\S*"
    r"|\bwww\.\S+"
    r"|\S+@\S+\.\S+"
    r"|\b(?:[\w-]+\.)+(?:com|net|org|info|gov|edu|vn|io|ai|app|dev|xyz|me|cn|ru|top|site|online|shop|click|link)"
    r"(?:[/:?]\S*|\b(?!\.\w))",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\s*[\[【](?:\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)[\]】]")
_EMPHASIS = re.compile(r"\*+|`+|__+|~~+|^\s*(?:#+|>+|[-•+])\s+", re.MULTILINE)
_MARKER = re.compile(r"^\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[ivx]{1,4})[.)]\s+(?=[^\W\d_])", re.IGNORECASE)
# Control characters, and marks that hide or reorder what is read.
_UNREAD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def plain(text: str) -> str:
    """`text` in composed letters, on one line, without links, markup, list marks and citation numbers."""
    for _ in range(_ROUNDS):
        text = _TAG.sub(" ", _ACTIVE.sub(" ", unescape(_UNREAD.sub("", text))))
    text = _NUMBERS.sub("", _LINK.sub("", _MARKDOWN_LINK.sub(r"\1", text)))
    return _MARKER.sub("", " ".join(nfc(_EMPHASIS.sub("", text)).split()))
