"""Plain text and Markdown files in UTF-8."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import DocumentError
from ingest.readers.source import Line, Source


def read(data: bytes, path: Path) -> Source:
    """Decode `data`; `path` is only named in errors.

    Raises DocumentError when the bytes are not UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DocumentError(
            f"{path}, dòng {line}: không phải UTF-8. Hãy mở tệp và lưu lại với bảng mã UTF-8 rồi chạy lại."
        ) from error
    return Source(text, tuple(_lines(text)))


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    start = 0
    for raw in text.splitlines(keepends=True):
        body = raw.rstrip("\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029")
        lines.append(Line(start, start + len(body), body))
        start += len(raw)
    return lines
