"""How years are read in a text and in a question."""

from __future__ import annotations

import re

from corpus.document import Metadata

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Not of a date or a document's number.
YEAR_ALONE = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d/]|\.\d)")
PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)(?!\d)")
_ASIDE = re.compile(r"\([^()]*\)")


def without_asides(text: str) -> str:
    """A text without its brackets: "đạt trên 90% (theo phân loại đến hết năm 2024)" is not of 2024."""
    return _ASIDE.sub(" ", text)


def years_of(document: Metadata) -> frozenset[str]:
    """The years that a document's title and date name."""
    return frozenset(YEAR.findall(f"{document.title} {document.date or ''}"))
