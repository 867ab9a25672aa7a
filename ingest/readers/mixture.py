"""Lines of a Unicode text that were typed for another encoding: found, converted and named.

A paragraph pasted from an old file keeps its TCVN3 or VNI letters, and text saved twice becomes "Ä‘iá»u".
A line is only touched when another reading of it is Vietnamese and the one at hand is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.legacy import decode_viqr
from corpus.spelling import Spelling, marked_words, spelling, spelt
from ingest.readers.codepages import READINGS, TWICE, VIQR, windows_bytes

_UNICODE_ONLY = re.compile("[ăđơưĂĐƠƯ\u0128\u0129\u0168\u0169\u1ea0-\u1ef9\u0300-\u0323]")
_BYTES = re.compile("[\u0080-\u00ffŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{2,}")
_VIQR_SIGN = re.compile(r"[aeo]\^|[ou]\+|\bdd|[aeiouy][`'~?.][a-z]", re.IGNORECASE)
ENOUGH = 0.8  # share of marked words spelt as Vietnamese above which a reading is believed
_CHANCE = 0.6  # share up to which letters of another encoding look Vietnamese by chance
_GAIN = 2  # words that must become Vietnamese before a line on its own is converted
_VIQR_LEAST = 3  # signs of VIQR in an ASCII text

Other = tuple[str, str]  # the name of the encoding, and the line read in it


def repaired(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` with the lines in another encoding converted, and a warning for each encoding found."""
    lines = text.split("\n")
    doubtful = [place for place, line in enumerate(lines) if not _is_right(line)]
    found: list[Other | None] = [None] * len(lines)
    for place in doubtful:
        found[place] = _other(lines[place])
    if any(found):
        found = [
            other or _beside(found, place, line)
            for place, (other, line) in enumerate(zip(found, lines, strict=True))
        ]
        lines = [other[1] if other else line for other, line in zip(found, lines, strict=True)]
    names = dict.fromkeys(other[0] for other in found if other)
    warnings = [
        f"{numbered(place for place, other in enumerate(found) if other and other[0] == name)}: "
        f"viết bằng {name} giữa văn bản Unicode, đã chuyển sang Unicode; hãy đối chiếu với bản gốc."
        for name in names
    ]
    mixed = [place for place in doubtful if not found[place] and _is_mixed(lines[place])]
    if mixed:
        said = "lẫn chữ TCVN3 hoặc VNI trong dòng, chưa chuyển; hãy sửa tệp gốc."
        warnings.append(f"{numbered(mixed)}: {said}")
    return "\n".join(lines), tuple(warnings)


def numbered(places: Iterable[int]) -> str:
    """ "Dòng 3-5, 9" for the 0-based places of lines."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place:
            runs[-1][-1] = place + 1
        else:
            runs.append([place + 1, place + 1])
    return "Dòng " + ", ".join(f"{first}-{last}" if first < last else f"{first}" for first, last in runs)


def viqr_signs(text: str) -> bool:
    """Whether an ASCII text holds the signs of VIQR as often as Vietnamese would."""
    signs = len(_VIQR_SIGN.findall(text))
    return signs >= _VIQR_LEAST and signs >= 0.15 * len(re.findall("[A-Za-z]+", text))


def _is_right(line: str) -> bool:
    """Whether nothing in `line` asks for another reading; most lines."""
    return not viqr_signs(line) if line.isascii() else all(map(spelt, marked_words(line)))


def _other(line: str) -> Other | None:
    """The reading of `line` that is Vietnamese where the one at hand is not."""
    if line.isascii():
        return _viqr(line)
    here = spelling(line)
    once = undone(line)
    if once != line and spelling(once).share > here.share:
        return TWICE, once
    if _UNICODE_ONLY.search(line) or here.share > _CHANCE:
        return None
    name, text, best = max(_readings(line), key=lambda each: each[2].spelt)
    good = best.share >= ENOUGH and best.spelt >= here.spelt + _GAIN
    return (name, text) if good else None


def _viqr(line: str) -> Other | None:
    text = decode_viqr(line)
    found = spelling(text)
    return (VIQR, text) if found.share >= ENOUGH and found.spelt > _GAIN else None


def _readings(line: str) -> list[tuple[str, str, Spelling]]:
    read = [(name, decode(line)) for name, decode in READINGS.items()]
    return [(name, text, spelling(text)) for name, text in read]


def _beside(found: Sequence[Other | None], place: int, line: str) -> Other | None:
    """A line too short to tell, among lines of one encoding: read as they are, if it can be."""
    around = {
        other[0]
        for other in (_next(found[max(place - 2, 0) : place][::-1]), _next(found[place + 1 : place + 3]))
        if other
    }
    if line.isascii() or _UNICODE_ONLY.search(line) or len(around) != 1 or around == {TWICE}:
        return None
    decode = READINGS.get(name := around.pop())
    text = decode(line) if decode else line
    read = spelling(text)
    return (name, text) if read.spelt and read.spelt == read.marked >= spelling(line).spelt else None


def _next(others: Sequence[Other | None]) -> Other | None:
    """The nearest of the two lines above or below: a blank line may stand between."""
    return next(filter(None, others), None)


def undone(text: str) -> str:
    """`text` with what was UTF-8 read as windows-1252 and saved again put right: "Ä‘Æ°á»£c" is "được"."""
    for _ in range(2):
        once = _BYTES.sub(_as_utf8, text)
        if once == text:
            break
        text = once
    return text


def _as_utf8(found: re.Match[str]) -> str:
    data = windows_bytes(found[0])
    try:
        return data.decode("utf-8") if data else found[0]
    except UnicodeDecodeError:
        return found[0]


def _is_mixed(line: str) -> bool:
    """Whether a line holds words of an old encoding beside Unicode: neither reading of it is right."""
    strange = [word for word in marked_words(line) if not spelt(word)]
    return len(strange) > _GAIN and any(
        sum(spelt(decode(word)) for word in strange) >= ENOUGH * len(strange) for decode in READINGS.values()
    )
