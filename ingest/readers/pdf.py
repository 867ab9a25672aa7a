"""PDF files with a text layer, through pypdf.

The decoded original of a PDF is the text of its pages, a form feed between them; positions count in it.
"""

from __future__ import annotations

import io
from pathlib import Path

from corpus.errors import DocumentError
from ingest.readers.source import Line, Source

_LEAST = 25  # characters on an average page; below it the pages are pictures


def read(data: bytes, path: Path) -> Source:
    """The text layer of a PDF, each line with its page (1-based); `path` is only named in errors.

    Raises DocumentError when the file is damaged, locked, or has no text layer to speak of.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = [page.extract_text() or "" for page in PdfReader(io.BytesIO(data)).pages]
    except PyPdfError as error:
        raise DocumentError(
            f"Không đọc được tệp PDF {path}: {error}. Hãy xuất lại tệp, bỏ mật khẩu nếu có."
        ) from error
    if sum(len(page.strip()) for page in pages) < _LEAST * max(len(pages), 1):
        raise DocumentError(
            f"{path}: các trang là ảnh quét, không có lớp chữ. "
            "Hãy nhận dạng chữ (OCR) rồi nạp tệp .txt hoặc PDF có chữ."
        )
    return Source("\f".join(pages), tuple(_lines(pages)))


def _lines(pages: list[str]) -> list[Line]:
    lines: list[Line] = []
    start = 0
    for number, page in enumerate(pages, start=1):
        for text in page.split("\n"):
            lines.append(Line(start, start + len(text), text, number))
            start += len(text) + 1  # the line end, or the form feed after a page's last line
    return lines
