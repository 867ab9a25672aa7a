"""The figures of a text: amounts and counts, not years, days or the numbers of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answer.years import YEAR

_NUMBER = re.compile(r"(?<![\w/.,])\d+(?:[.,]\d+)*(?!\d|/\d|[/-]\s?[A-ZĐ]{2})")


def figures(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each, in order."""
    for found in _NUMBER.finditer(text):
        if not YEAR.fullmatch(found[0]):
            yield found.span()
