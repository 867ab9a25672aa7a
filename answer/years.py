"""How years are read in a text and in a question."""

from __future__ import annotations

import re

from corpus.document import Metadata

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
DATE = re.compile(r"\bngày \d{1,2} tháng \d{1,2} năm \d{4}")
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


def years_asked(text: str) -> frozenset[str]:
    """The years that a text names, not those inside a date or a document's number."""
    return frozenset(YEAR_ALONE.findall(text))
