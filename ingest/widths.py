"""How wide lines are where a file does not say where they stand: by the metrics of their face."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

# Advance widths of Times (Adobe's published metrics, 1/1000 em), the face of Vietnamese official texts.
_ADVANCE = {
    **dict.fromkeys(" .,", 250),
    **dict.fromkeys("ijlt/:;\\|", 278),
    **dict.fromkeys("frI-()[]!‘’", 333),
    **dict.fromkeys("sJ", 389),
    **dict.fromkeys("acez?“”", 444),
    **dict.fromkeys("FPS", 556),
    **dict.fromkeys("+=<>", 564),
    **dict.fromkeys("ELTZ", 611),
    **dict.fromkeys("BCR", 667),
    **dict.fromkeys("ADĐGHKNOQUVXYw", 722),
    **dict.fromkeys("m", 778),
    **dict.fromkeys("%", 833),
    **dict.fromkeys("M", 889),
    **dict.fromkeys("W", 944),
    **dict.fromkeys("…", 1000),
}


def width(text: str) -> float:
    """Width of a line as printed, in em: counting characters misleads, capitals are half again as wide."""
    bare = (char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return sum(_ADVANCE.get(char, 500) for char in bare) / 1000


def first_word(text: str) -> str:
    """The word that would have had to fit on the line before."""
    return text.split(maxsplit=1)[0]


def plain_words(texts: Sequence[str]) -> frozenset[str]:
    """Capitalised words that the file mostly writes small: no names."""
    counts = Counter(word for text in texts for word in text.split())
    return frozenset(
        word for word in counts if word[0].isupper() and counts[word.lower()] >= 4 * counts[word]
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the sorted values lies."""
    return values[min(int(len(values) * share), len(values) - 1)]
