"""Word files (.docx, .docm): what a reader of the printed page sees, in reading order.

Read: paragraphs, text boxes, content controls, tables, automatic numbers, footnotes, tracked insertions.
Not read: heads and feet of pages, comments, tracked deletions, hidden text, macros, pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import DocumentError
from ingest.readers.blocks import Block, Table, Text, source_of
from ingest.readers.fonts import Writing, face_of, is_symbol_font, symbols
from ingest.readers.merged_cells import Part, merged
from ingest.readers.numbering import Numbering
from ingest.readers.ooxml import Package
from ingest.readers.source import LineKind, Source
from ingest.readers.styles import Styles, W, is_on, number, value
from ingest.readers.tables import settled
from ingest.superscript import RAISED

if TYPE_CHECKING:
    from lxml.etree import _Element

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHOICES = _COMPATIBILITY + "AlternateContent"
_DELETED = frozenset({W + "del", W + "moveFrom"})
_INSERTED = frozenset({W + "ins", W + "moveTo"})
_PASSED_OVER = frozenset(
    W + name
    for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "rt", "tblGrid")
)
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "br": "\n",
    W + "noBreakHyphen": "-",
}
_WIDEST = 200  # columns that one cell covers: more is a fault of the file
# "Chương %1" without a full stop: its title is the next line, as where the number is typed.
_TITLE_BELOW = re.compile(r"(?:phần|chương|mục|tiểu mục|phụ lục)\s+\w+\s*", re.IGNORECASE)


def read(data: bytes, path: Path) -> Source:
    """The text of a Word file, one line a paragraph or table row; `path` is only named in errors.

    Raises DocumentError when the file is damaged, locked, or unpacks to more than any document holds.
    """
    package = Package(data, path)
    reader = _Reader(package)
    body = package.document.find(W + "body")
    if body is None:
        raise DocumentError(f"{path}: tệp Word không có phần nội dung. Hãy mở tệp, lưu lại rồi chạy lại.")
    blocks = [*reader.blocks(body), *reader.rest()]
    return source_of(blocks, reader.warnings())


class _Reader:
    def __init__(self, package: Package) -> None:
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"))
        self._notes = {kind: _notes(package.related(f"{kind}s"), kind) for kind in ("footnote", "endnote")}
        self._count = 0  # of footnotes and endnotes so far: one series
        self._held = ""  # text of a paragraph whose end was deleted: the next one goes on with it
        self._seen: set[str] = set()  # what warnings speak of

    def warnings(self) -> list[str]:
        """What a reader of the result should know, in Vietnamese."""
        said = {
            "deleted": "Tệp còn theo dõi sửa đổi: phần đánh dấu xóa không được đọc, phần chèn thêm được đọc.",
            "hidden": "Tệp có chữ ẩn: phần chữ ẩn không được đọc.",
            "embedded": "Tệp nhúng một văn bản khác: phần nhúng không được đọc.",
        }
        return [said[key] for key in said if key in self._seen]

    def rest(self) -> list[Block]:
        """What is still held when the text ends."""
        held, self._held = self._held, ""
        return [Text(held)] if held else []

    def blocks(self, parent: _Element) -> list[Block]:
        """Paragraphs and tables below `parent`, in reading order."""
        found: list[Block] = []
        for child in parent.iterchildren("*"):
            if child.tag == W + "p":
                found += self._paragraph(child)
            elif child.tag == W + "tbl":
                found += self.rest()
                found += settled(self._table(child))
            elif child.tag == W + "altChunk":
                self._seen.add("embedded")
            elif child.tag == _CHOICES:
                found += self.blocks(_chosen(child))
            elif self._is_read(child):
                found += self.blocks(child)  # content controls, insertions, custom XML
        return found

    def _is_read(self, element: _Element) -> bool:
        if element.tag in _DELETED:
            self._seen.add("deleted")
        elif element.tag in _INSERTED:
            self._seen.add("deleted")
            return True
        return element.tag not in _PASSED_OVER and element.tag not in _DELETED

    # --- a paragraph ---------------------------------------------------------------------

    def _paragraph(self, paragraph: _Element) -> list[Block]:
        properties = paragraph.find(W + "pPr")
        style = None if properties is None else value(properties, "pStyle")
        runs = _Runs(self, style)
        runs.take(paragraph)
        mark = None if properties is None else properties.find(W + "rPr")
        if mark is not None and any(mark.find(tag) is not None for tag in _DELETED):
            self._seen.add("deleted")
            self._held += runs.text
            return [*runs.before, *runs.after]
        text = self._held + runs.text
        self._held = ""
        label = self._label(properties, style)
        if label and _TITLE_BELOW.fullmatch(label):
            label = label.strip() + "\n"
        if not text.strip() and label.strip() in ("-", "+", "–"):
            label = ""
        return [*runs.before, Text(label + text.lstrip(), bold=runs.bold), *runs.after]

    def _label(self, properties: _Element | None, style: str | None) -> str:
        own = None if properties is None else properties.find(W + "numPr")
        listed = None if own is None else value(own, "numId")
        level = None if own is None else value(own, "ilvl")
        styles: list[str] = []
        for key, inherited in self._styles.paragraph("numPr", style) if listed is None else ():
            styles.append(key)
            level = level or value(inherited, "ilvl")
            if (listed := value(inherited, "numId")) is not None:
                break
        if listed and level is None:
            tied = (self._numbering.level_of_style(listed, key) for key in styles)
            level = next((str(at) for at in tied if at is not None), None)
        return self._numbering.label(listed, number(level, 0, 8)) if listed else ""

    def hides(self, run: _Element, style: str | None) -> bool:
        """Whether a run is hidden; remembered for the warning."""
        hidden = is_on(self._styles.run("vanish", run, style))
        if hidden and any((text.text or "").strip() for text in run.iter(W + "t")):
            self._seen.add("hidden")
        return hidden

    def note(self, reference: _Element, kind: str) -> tuple[str, Block | None]:
        """The sign of a footnote as printed, and its body where the file has it."""
        self._count += 1
        sign = str(self._count).translate(RAISED)
        body = self._notes[kind].pop(reference.get(W + "id") or "", None)
        if body is None:
            return sign, None
        said = [block.text.strip() for block in self.blocks(body) if isinstance(block, Text)]
        text = " ".join(part for part in said if part)
        return sign, Text(f"{sign} {text}", LineKind.FOOTNOTE)

    @property
    def styles(self) -> Styles:
        return self._styles

    # --- a table -------------------------------------------------------------------------

    def _table(self, table: _Element) -> Table:
        rows: list[list[Part]] = []
        heads = 0
        for row in self._children(table, "tr"):
            properties = row.find(W + "trPr")
            if properties is not None and properties.find(W + "del") is not None:
                self._seen.add("deleted")
                continue
            if heads == len(rows) and properties is not None and is_on(properties.find(W + "tblHeader")):
                heads += 1
            rows.append(self._row(row, properties))
        return Table(merged(rows), heads, self._styles.ruled(table))

    def _row(self, row: _Element, properties: _Element | None) -> list[Part]:
        skipped = None if properties is None else value(properties, "gridBefore")
        before = number(skipped, 0, _WIDEST)
        parts = [Part((), before)] if before else []
        for cell in self._children(row, "tc"):
            own = cell.find(W + "tcPr")
            span = None if own is None else value(own, "gridSpan")
            merge = None if own is None else own.find(W + "vMerge")
            goes_on = merge is not None and merge.get(W + "val") != "restart"
            blocks = (*self.blocks(cell), *self.rest())
            parts.append(Part(blocks, max(number(span, 1, _WIDEST), 1), goes_on))
        return parts

    def _children(self, parent: _Element, name: str) -> Iterator[_Element]:
        """Rows or cells, also those wrapped in content controls."""
        for child in parent.iterchildren("*"):
            if child.tag == W + name:
                yield child
            elif child.tag != _CHOICES and self._is_read(child):
                yield from self._children(child, name)


class _Runs:
    """The runs of one paragraph, read into text; text boxes anchored in it stand before or after."""

    def __init__(self, reader: _Reader, style: str | None) -> None:
        self._reader, self._style = reader, style
        self._writing = Writing.empty()
        self._plain = False  # whether any letter is not bold
        self.before: list[Block] = []
        self.after: list[Block] = []

    @property
    def text(self) -> str:
        return self._writing.text

    @property
    def bold(self) -> bool:
        return not self._plain and bool(self.text.strip())

    def take(self, parent: _Element) -> None:
        """Read everything below a paragraph, hyperlink, insertion, field …"""
        for child in parent.iterchildren("*"):
            if child.tag == W + "r":
                if not self._reader.hides(child, self._style):
                    self._run(child, child)
            elif child.tag == W + "txbxContent":
                self._box(child)
            elif child.tag == _MATH + "t":
                self._writing.add(child.text or "")
            elif child.tag == _CHOICES:
                self.take(_chosen(child))
            elif self._reader._is_read(child):
                self.take(child)

    def _run(self, run: _Element, parent: _Element) -> None:
        for child in parent.iterchildren("*"):
            if child.tag == W + "t":
                self._letters(run, child.text or "")
            elif child.tag in _SIGNS:
                self._writing.add(_SIGNS[child.tag])
            elif child.tag == W + "sym":
                code = child.get(W + "char") or ""
                self._writing.add(_sign(code))
            elif child.tag in (W + "footnoteReference", W + "endnoteReference"):
                sign, body = self._reader.note(child, child.tag.removeprefix(W).removesuffix("Reference"))
                self._writing.add(sign)
                self.after += [body] if body else []
            elif child.tag == W + "txbxContent":
                self._box(child)
            elif child.tag == _CHOICES:
                self._run(run, _chosen(child))
            elif self._reader._is_read(child):
                self._run(run, child)  # drawings and pictures, for the text boxes in them

    def _letters(self, run: _Element, text: str) -> None:
        styles = self._reader.styles
        font = styles.font(run, self._style)
        if is_symbol_font(font):
            text = re.sub(r"[\x21-\x7e\xa0-\xff]", lambda found: chr(0xF000 + ord(found[0])), text)
        text = symbols(text)
        if is_on(styles.run("caps", run, self._style)):
            text = text.upper()
        raised = styles.run("vertAlign", run, self._style)
        if raised is not None and raised.get(W + "val") == "superscript" and text.strip().isdecimal():
            text = text.translate(RAISED)
        if text.strip() and not is_on(styles.run("b", run, self._style)):
            self._plain = True
        self._writing.add(text, face_of(font))

    def _box(self, content: _Element) -> None:
        (self.after if self.text.strip() else self.before).extend(self._reader.blocks(content))


def _chosen(choices: _Element) -> _Element:
    """Of the same thing drawn in two ways, the one that we read: exactly one, or a text box is read twice."""
    ways = [each for each in choices.iterchildren("*") if each.tag.startswith(_COMPATIBILITY)]
    written = [way for way in ways if next(way.iter(W + "t"), None) is not None]
    return (written or ways or [choices])[0]


def _sign(code: str) -> str:
    return symbols(chr(int(code, 16))) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else ""


def _notes(root: _Element | None, kind: str) -> dict[str, _Element]:
    """Bodies of footnotes or endnotes by their key; the separators that Word keeps among them left out."""
    if root is None:
        return {}
    return {
        each.get(W + "id") or "": each
        for each in root.iterfind(W + kind)
        if each.get(W + "type") in (None, "normal")
    }
