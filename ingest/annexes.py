"""Where annexes begin: "PHỤ LỤC I", "QUY CHẾ … (Ban hành kèm theo …)", "Mẫu số 01"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.address import ANNEXED, Level
from ingest.frame import RECIPIENTS, SIGNS
from ingest.markers import Mark, Marker, marker_of, place_in_series
from ingest.repair import Paragraph

_NAMES = {name.upper(): slug for slug, name in ANNEXED.items()}
_NAMED = re.compile(rf"({'|'.join(sorted(_NAMES, key=len, reverse=True))})(?=\s|$)")
_NOTE = re.compile(r"\((?:.{0,40}kèm theo|Ban hành theo|Theo )", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"CỘNG H[OÒ][AÀ]|Độc lập|[UỦ][YỶ] BAN|UBND|HỘI ĐỒNG|HĐND|TỈNH |THÀNH PHỐ|BỘ (?!TRƯỞNG)|CHÍNH PHỦ|QUỐC HỘI"
    r"|(?:Lạng Sơn|[^\W\d_]+(?: [^\W\d_]+){0,3}), ngày|[_*=–-]+$"
)
_INSIDE = re.compile(r"[^(.;]{3,300}(?<=\s)(?=\((?:Ban hành|Kèm)\b.{0,30}theo .*\)$)")
_LABEL_LINES = 3  # so far above its note stands a label
_HEAD_LINES = 8  # the lines in which the title of an annex and its "(Kèm theo …)" stand
_TITLE = 300  # characters


class Annex(NamedTuple):
    """An annex found in a row of paragraphs; it ends where the next begins."""

    level: Level  # ANNEX or FORM
    value: str  # "i", "1", "quy-che"
    start: int  # index of the first paragraph, its letterhead included
    label: int  # index of "PHỤ LỤC I"
    marker_end: int  # where the label's marker ends in its text
    title: tuple[int, ...]  # indices of the lines that are its title
    note: tuple[int, ...]  # indices of "(Kèm theo …)"
    body: int  # index of the first paragraph below its head
    inside: bool  # a form in the annex before it


def notes_apart(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, "(Kèm theo …)" cut off where it was joined to the title of an annex."""
    made: list[Paragraph] = []
    for one in paragraphs:
        text = one.reading.text
        title = _INSIDE.match(text) if one.footnote is None and one.table is None else None
        above = (before.reading.text for before in made[-_LABEL_LINES:])
        if title and any(_looks_like_label(said) for said in (title[0].strip(), *above)):
            made.append(replace(one, reading=one.reading.cut(0, title.end())))
            one = replace(one, reading=one.reading.cut(title.end(), len(text)))
        made.append(one)
    return made


def _looks_like_label(text: str) -> bool:
    marker = marker_of(text)
    return bool(marker and marker.mark is Mark.ANNEX) or bool(_NAMED.match(text) and text.isupper())


def annexes(texts: Sequence[str | None], markers: Sequence[Marker | None]) -> list[Annex]:
    """The annexes of a document, in order. `texts` is None where a paragraph is no text of its own."""
    return list(_Finder(texts, markers).find())


class _Finder:
    def __init__(self, texts: Sequence[str | None], markers: Sequence[Marker | None]) -> None:
        self._texts = texts
        self._markers = markers
        self._found: list[Annex] = []
        self._in_body = False  # a numbered unit was seen
        self._signed = False  # behind the signature or the recipients
        self._free = 0  # index behind what is surely of the part before

    def find(self) -> Iterator[Annex]:
        place = 0
        while place < len(self._texts):
            annex = self._at(place)
            if annex is not None:
                self._found.append(annex)
                self._free = place = annex.body
                yield annex
                continue
            text, marker = self._texts[place], self._markers[place]
            if self._in_body and text and (RECIPIENTS.match(text) or SIGNS.match(text)):
                self._signed = True
            self._in_body = self._in_body or (marker is not None and Mark.PART <= marker.mark <= Mark.DOTTED)
            place += 1

    def _at(self, place: int) -> Annex | None:
        text, marker = self._texts[place], self._markers[place]
        if text is None:
            return None
        if marker and marker.mark is Mark.ANNEX and self._is_label(place, text[: marker.end]):
            return self._annex(place, Level.ANNEX, marker.value or "1", marker.end)
        if marker and marker.mark is Mark.FORM and self._is_form(place, marker):
            return self._annex(place, Level.FORM, marker.value, marker.end)
        named = _NAMED.match(text)
        if named and marker is None and text.isupper() and self._in_body and self._is_annexed(place):
            return self._annex(place, Level.ANNEX, _NAMES[named[1]], named.end())
        return None

    def _is_label(self, place: int, label: str) -> bool:
        return self._signed or bool(self._found) or label.isupper() or self._note_below(place)

    def _is_form(self, place: int, marker: Marker) -> bool:
        """A form stands in an annex or behind the signature; a list of forms has one line for each."""
        titled = marker.end < len(self._texts[place] or "")
        below = next(iter(self._below(place)), None)
        following = self._markers[below] if below is not None else None
        listed = titled and following is not None and following.mark is Mark.FORM
        return (self._signed or bool(self._found)) and not listed

    def _is_annexed(self, place: int) -> bool:
        return self._note_below(place) or (self._signed and self._restarts_below(place))

    def _note_below(self, place: int) -> bool:
        return any(_NOTE.match(self._texts[below] or "") for below in self._below(place))

    def _restarts_below(self, place: int) -> bool:
        """Whether numbering begins anew a few lines down."""
        low = place + 1
        following = next((m for m in self._markers[low : low + _HEAD_LINES] if m is not None), None)
        return following is not None and following.mark <= Mark.ROMAN and place_in_series(following) == 1

    def _below(self, place: int) -> Iterator[int]:
        """Indices of the unmarked text lines right below."""
        for below in range(place + 1, min(place + 1 + _HEAD_LINES, len(self._texts))):
            if self._texts[below] is None:
                return
            yield below
            if self._markers[below] is not None:
                return

    def _annex(self, place: int, level: Level, value: str, marker_end: int) -> Annex:
        titled = len((self._texts[place] or "")[marker_end:].strip(" .:")) > 0
        title, note = self._head(place, level, titled)
        body = max((place, *title, *note)) + 1
        inside = level is Level.FORM and any(each.level is Level.ANNEX for each in self._found)
        start = place
        while start > self._free and self._is_letterhead(start - 1):
            start -= 1
        return Annex(level, value, start, place, marker_end, title, note, body, inside)

    def _is_letterhead(self, place: int) -> bool:
        return self._markers[place] is None and bool(_LETTERHEAD.match(self._texts[place] or ""))

    def _head(self, place: int, level: Level, titled: bool) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The indices of the title's lines and of the note below a label."""
        title: list[int] = []
        note: list[int] = []
        noted = any(_NOTE.match(self._texts[below] or "") for below in self._below(place))
        for below in self._below(place):
            text = self._texts[below] or ""
            if self._markers[below] is not None or _LETTERHEAD.match(text):
                break
            if _NOTE.match(text) and not note:
                note.append(below)
            elif self._is_title(text, level, open_=noted and not note, first=not title and not titled):
                title.append(below)
            else:
                break
        return tuple(title), tuple(note)

    def _is_title(self, text: str, level: Level, *, open_: bool, first: bool) -> bool:
        """Capitals are; other short lines above the note are, or the first below a label without a title."""
        if len(text) > _TITLE or text.endswith((".", ";", ":", ",")) or text.startswith("("):
            return False
        return text.isupper() or (level is Level.ANNEX and (open_ or first))
