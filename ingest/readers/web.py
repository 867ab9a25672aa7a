"""Web pages: the text of the document, not the menu; tables, lists and footnotes as in Word files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import DocumentError
from ingest.readers.blocks import Block, Cell, Table, Text, source_of
from ingest.readers.fonts import PLAIN, Face, Writing, face_of, is_symbol_font, symbols
from ingest.readers.html_lists import Lists
from ingest.readers.html_notes import Notes, without_brackets
from ingest.readers.html_text import decoded
from ingest.readers.looks import Looks, font_of, is_hidden
from ingest.readers.mainblock import drop, main_block
from ingest.readers.source import LineKind, Source
from ingest.readers.tables import settled
from ingest.superscript import RAISED

if TYPE_CHECKING:
    from lxml.etree import _Element

_NEVER_READ = frozenset(
    "script style noscript template iframe object embed svg canvas audio video map input textarea select "
    "button head title meta link".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol p pre section summary table tbody thead tfoot "
    "tr td th caption ul".split()
)
_BOLD = frozenset("b strong h1 h2 h3 h4 h5 h6 th".split())
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_TYPED_MARK = re.compile(r"(?:[-–+•]|\(?(?:[0-9]{1,3}(?:\.[0-9]{1,3})*|[a-zđA-ZĐ]|[ivxIVX]+)[.)])\s|Điều\s")


def read(data: bytes, path: Path) -> Source:
    """The document on a saved page, one line a paragraph or table row; `path` is only named in errors.

    Raises DocumentError when the encoding is unknown, or the page nests deeper than any document.
    """
    text, warnings = decoded(data, path)
    root = _parsed(text, path)
    looks = Looks(root)
    if _drop_unseen(root, looks):
        warnings.append("Trang đánh dấu một số chữ là đã xóa (<del>): phần đó không được đọc.")
    notes = Notes(root)
    for key, body in notes.bodies.items():
        notes.texts[key] = _as_note(notes.signs[key], _Walk(looks, notes, skip=notes.back).blocks(body))
    page = root.find("body")
    block, left_out = main_block(root if page is None else page)
    blocks = _Walk(looks, notes, skip=frozenset(notes.bodies.values())).blocks(block)
    if left_out:
        warnings.append(
            f"Chỉ đọc phần văn bản của trang; {left_out} ký tự ở menu, liên kết, bình luận, chân trang "
            "không được đọc."
        )
    return source_of(blocks, warnings)


def _parsed(text: str, path: Path) -> _Element:
    from lxml import etree, html

    clean = _CONTROL.sub("", text)
    if not clean.strip():
        return html.document_fromstring("<html><body></body></html>")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:  # nothing but comments
        return html.document_fromstring("<html><body></body></html>")
    if any("xcessive depth" in str(error) for error in parser.error_log):
        raise DocumentError(
            f"{path}: các thẻ HTML lồng nhau quá sâu. Hãy mở trang bằng trình duyệt hoặc Word, "
            "lưu thành .docx rồi chạy lại."
        )
    return root


def _drop_unseen(root: _Element, looks: Looks) -> bool:
    """Take out scripts, forms' fields, hidden parts, and text marked as deleted: whether there was any."""
    from lxml import etree

    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    for element in list(root.iter("*")):
        if element.tag != "body" and (element.tag in _NEVER_READ or is_hidden(element, looks.of(element))):
            drop(element)
    deleted = list(root.iter("del"))
    for element in deleted:
        drop(element)
    return any("".join(map(str, element.itertext())).strip() for element in deleted)


def _as_note(sign: str, blocks: list[Block]) -> Text:
    said = " ".join(" ".join(block.text.split()) for block in blocks if isinstance(block, Text))
    return Text(f"{sign} {said}", LineKind.FOOTNOTE)


@dataclass(frozen=True, slots=True)
class _State:
    """What an element passes on to the text inside it."""

    face: Face = PLAIN
    symbol: bool = False
    bold: bool = False
    upper: bool = False
    raised: bool = False
    kept: bool = False  # white space is shown as it stands


@dataclass(slots=True)
class _TableFrame:
    rows: list[list[Cell]] = field(default_factory=list)
    heads: int = 0
    in_head: bool = False
    ruled: bool | None = None


class _Walk:
    """Goes through a part of the page once, in reading order."""

    def __init__(self, looks: Looks, notes: Notes, skip: frozenset[_Element]) -> None:
        self._looks, self._notes, self._skip = looks, notes, skip
        self._out: list[list[Block]] = [[]]
        self._writing = Writing.empty()
        self._plain = False
        self._after: list[Block] = []  # footnotes of the paragraph being read
        self._label = ""
        self._states = [_State()]
        self._tables: list[_TableFrame] = []
        self._lists = Lists()

    def blocks(self, root: _Element) -> list[Block]:
        """Paragraphs and tables of `root`, in reading order."""
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if element in self._skip:
                    self._break_at(element)
                if element in self._skip or not self._start(element):
                    walk.skip_subtree()
                    self._states.append(self._states[-1])
            else:
                if element not in self._skip:
                    self._end(element)
                self._states.pop()
                if element is not root:
                    self._letters(element.tail)
        self._flush()
        return self._out[0]

    def _start(self, element: _Element) -> bool:
        """Open an element; False when what is inside is not to be read."""
        looks = self._looks.of(element)
        self._break_at(element)
        if element in self._notes.references:
            self._sign(element)
            return False
        self._states.append(self._state(element, looks))
        match element.tag:
            case "br":
                self._writing.add("\n")
            case "ol" | "ul":
                self._lists.begin(element, looks)
            case "li":
                self._label = self._lists.label(element, looks)
            case "table":
                self._tables.append(_TableFrame(ruled=_ruled(element, looks)))
            case "thead" if self._tables:
                self._tables[-1].in_head = True
            case "tr" if self._tables:
                frame = self._tables[-1]
                frame.heads += frame.in_head and frame.heads == len(frame.rows)
                frame.rows.append([])
            case "td" | "th" if self._tables:
                self._out.append([])
        self._letters(element.text)
        return True

    def _end(self, element: _Element) -> None:
        if element in self._notes.references:
            return
        self._break_at(element)
        match element.tag:
            case "ol" | "ul":
                self._lists.end()
            case "li":
                self._label = ""
            case "thead" if self._tables:
                self._tables[-1].in_head = False
            case "td" | "th" if self._tables and len(self._out) > 1:
                frame = self._tables[-1]
                if not frame.rows:
                    frame.rows.append([])
                blocks = tuple(self._out.pop())
                across, down = _span(element.get("colspan")), _span(element.get("rowspan"))
                frame.rows[-1].append(Cell(blocks, across, down, element.tag == "th"))
            case "table":
                frame = self._tables.pop()
                rows = tuple(tuple(row) for row in frame.rows if row)
                if rows:
                    self._out[-1] += settled(Table(rows, min(frame.heads, len(rows)), frame.ruled))

    def _state(self, element: _Element, looks: Mapping[str, str]) -> _State:
        above = self._states[-1]
        font, weight = font_of(element, looks), looks.get("font-weight")
        transform, space = looks.get("text-transform"), looks.get("white-space")
        heavy = weight in (None, "bold", "bolder", "600", "700", "800", "900")
        return _State(
            face=above.face if font is None else face_of(font),
            symbol=above.symbol if font is None else is_symbol_font(font),
            bold=heavy if weight is not None or element.tag in _BOLD else above.bold,
            upper=above.upper if transform is None else transform == "uppercase",
            raised=above.raised or element.tag == "sup" or looks.get("vertical-align") == "super",
            kept=element.tag == "pre"
            or (above.kept if space is None else space.startswith(("pre", "break"))),
        )

    # --- text ----------------------------------------------------------------------------

    def _letters(self, text: str | None) -> None:
        if not text:
            return
        state = self._states[-1]
        said = text if state.kept else re.sub(r"[ \t\n\r\f]+", " ", text)
        if state.symbol:
            said = re.sub(r"[\x21-\x7e\xa1-\xff]", lambda found: chr(0xF000 + ord(found[0])), said)
        said = symbols(said)
        if state.upper:
            said = said.upper()
        if state.raised and (digits := without_brackets(said)):
            said = digits.translate(RAISED)
        if said.strip() and not state.bold:
            self._plain = True
        self._writing.add(said, state.face)

    def _sign(self, element: _Element) -> None:
        key = self._notes.references[element]
        self._writing.add(self._notes.signs[key])
        if (body := self._notes.texts.pop(key, None)) is not None:
            self._after.append(body)

    def _break_at(self, element: _Element) -> None:
        if element.tag in _BLOCKS:
            self._flush()

    def _flush(self) -> None:
        """End the paragraph being read."""
        text = re.sub(r" *\n *", "\n", self._writing.text).strip()
        if text:
            label = "" if _TYPED_MARK.match(text) else self._label
            self._out[-1].append(Text(label + text, bold=not self._plain))
            self._label = ""
        self._out[-1] += self._after
        self._writing, self._plain, self._after = Writing.empty(), False, []


def _span(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[1-9][0-9]{0,3}", text.strip()) else 1


def _ruled(table: _Element, looks: Mapping[str, str]) -> bool | None:
    """Whether the page says that lines are drawn between the cells; None where it does not say."""
    border = table.get("border")
    if border is not None:
        return border.strip() not in ("0", "0px", "none")
    said = [worth for name, worth in looks.items() if name.startswith("border")]
    if any(worth.startswith(("none", "0")) for worth in said):
        return None  # the cells may have their own
    return True if said else None
