"""The figures of a text: amounts and counts, not years, days or the numbers of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = re.compile(r"(?<![\w/.,])\d+(?:[.,]\d+)*(?!\d|/\d|[/-]\s?[A-ZĐ]{2})")
_YEAR = re.compile(r"(?:19|20)\d\d")


def figures(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each, in order."""
    for found in _NUMBER.finditer(text):
        if not _YEAR.fullmatch(found[0]):
            yield found.span()
