"""Lines page by page become a Source: a form feed between pages, a line end between lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ingest.readers.source import Box, Line, Source

Placed = tuple[str, Box | None]  # a line in NFC and where it stands


def paged(
    pages: Sequence[Sequence[Placed]], scanned: Iterable[int] = (), warnings: Iterable[str] = ()
) -> Source:
    """The Source of the pages 1, 2, …; a page without text keeps its place as an empty line."""
    lines: list[Line] = []
    start = 0
    for number, page in enumerate(pages, start=1):
        for text, box in page or [("", None)]:
            lines.append(Line(start, start + len(text), text, number, box=box))
            start += len(text) + 1  # the line end, or the form feed after a page's last line
    text = "\f".join("\n".join(text for text, _ in page) for page in pages)
    return Source(text, tuple(lines), scanned=frozenset(scanned), warnings=tuple(warnings))
