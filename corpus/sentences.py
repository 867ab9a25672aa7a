"""Vietnamese sentences and clauses: where one may be cut without hurting a number or an abbreviation."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A full stop ends a sentence before white space and a capital, a digit or a quotation mark;
# not after one letter or a known abbreviation ("TP. Hồ Chí Minh", "QL. 4A"), nor inside "4.700.000".
_END = re.compile(r"(?:[.!?…]+|\./\.)[”\"')\]]*(?=\s+[“\"'(\[]?(?P<next>[^\W_])|\s*\n|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[^\W\d_]|TP|Tp|QL|ĐT|CT|ThS|TS|PGS|GS|Ths|Đ/c|đ/c|v\.v|St|No|tr|Nxb)\.$|\b\d{1,2}(?:\.\d{1,2})*\.$"
)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence in `text`, outer white space left out; a line end always ends one."""
    start = 0
    for end in [*_ends(text), len(text)]:
        low, high = start, end
        while low < high and text[low].isspace():
            low += 1
        while low < high and text[high - 1].isspace():
            high -= 1
        if low < high:
            yield low, high
        start = end


def sentence_groups(text: str, limit: int) -> Iterator[tuple[int, int]]:
    """Start and end of whole sentences together, at most `limit` characters where none is longer.

    The first begins where the text does; an empty text is one empty group.
    """
    start = end = 0
    for low, high in sentence_spans(text):
        if end > start and high - start > limit:
            yield start, end
            start = low
        end = high
    yield start, end


def _ends(text: str) -> Iterator[int]:
    line = 0
    for found in re.finditer(r"\n|" + _END.pattern, text):
        if found[0] == "\n":
            line = found.end()
            yield found.start()
        elif (found["next"] or "").islower():  # a range such as à-ỹ would hold capitals too: Đ, Ư, Ứ
            continue
        elif not _is_marker_or_abbreviation(text[line : found.end()]):
            yield found.end()


def _is_marker_or_abbreviation(text: str) -> bool:
    if not text.endswith("."):
        return False
    found = _ABBREVIATION.search(text)
    if found is None:
        return False
    # "1." or "Điều 2." at the start of a line is a marker; "năm 2030." or "29." further on ends a sentence
    return not found[0][0].isdigit() or bool(re.fullmatch(r"\s*(?:Điều\s+)?[\d.]+", text))
