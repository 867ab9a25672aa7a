"""A shipped document written again as a Word file or a web page, from its own paragraphs."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from docx import Document as NewWordFile
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph as WordParagraph

from ingest.readers import plain
from ingest.repair import Paragraph, paragraphs

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def paragraphs_of(file: Path) -> list[Paragraph]:
    """The paragraphs of a text file as ingestion reads them."""
    return paragraphs(plain.read(file.read_bytes(), file))[0]


def _sign(number: str) -> re.Pattern[str]:
    """The sign of a footnote where it is glued to a word."""
    return re.compile(rf"(?<=[^\W\d])(?:{number}|{_DIGITS[int(number)]})(?=[\s.,;:)]|$)")


def _split(text: str, notes: Sequence[Paragraph]) -> list[str]:
    """Text and numbers of footnotes in turn: every second part is a number."""
    parts = [text]
    for note in notes:
        found = _sign(note.footnote or "").search(parts[-1])
        if found:
            last = parts.pop()
            parts += [last[: found.start()], note.footnote or "", last[found.end() :]]
    return parts


def _body(note: Paragraph) -> str:
    return re.sub(rf"^[\d{_DIGITS}]+\s*", "", note.reading.text)


def add_footnotes(word: WordFile, bodies: Sequence[str]) -> None:
    """Give the file a footnotes part; bodies are numbered from 1 as Word keeps them."""
    said = "".join(
        f'<w:footnote w:id="{key}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {html.escape(body)}</w:t></w:r></w:p></w:footnote>'
        for key, body in enumerate(bodies, start=1)
    )
    separator = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    blob = f"<w:footnotes {_W}>{separator}{said}</w:footnotes>".encode()
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, blob, word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def refer(paragraph: WordParagraph, number: str) -> None:
    """Put the sign of a footnote at the end of `paragraph`."""
    run = paragraph.add_run()
    run.font.superscript = True
    run._r.append(parse_xml(f'<w:footnoteReference {_W} w:id="{number}"/>'))


def as_docx(file: Path, write: Callable[[WordFile, str], WordParagraph] | None = None) -> bytes:
    """The document as a Word file with true footnotes; `write` adds one paragraph of text."""
    word = NewWordFile()
    read = paragraphs_of(file)
    notes = [each for each in read if each.footnote]
    for each in read:
        if each.footnote:
            continue
        parts = _split(each.reading.text, notes)
        paragraph = write(word, parts[0]) if write else word.add_paragraph(parts[0])
        for place, part in enumerate(parts[1:], start=1):
            if place % 2:
                refer(paragraph, part)
            else:
                paragraph.add_run(part)
    add_footnotes(word, [_body(note) for note in notes])
    return saved(word)


_LEVELS = ("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("bullet", "-")
_TYPED = re.compile(r"(?:(?P<roman>[IVX]+)|(?P<number>[0-9]+)|(?P<dotted>[0-9]+\.[0-9]+))\.\s+|-\s+")


def numbered() -> Callable[[WordFile, str], WordParagraph]:
    """A writer of paragraphs that leaves I., 1., 1.1. and dashes to Word's automatic numbers."""

    def write(word: WordFile, text: str) -> WordParagraph:
        found = None if "Nơi nhận:" in [each.text for each in word.paragraphs[-12:]] else _TYPED.match(text)
        if found is None:
            return word.add_paragraph(text)
        level = ("roman", "number", "dotted", None).index(found.lastgroup)
        paragraph = word.add_paragraph(text[found.end() :])
        paragraph._p.get_or_add_pPr().append(list_place("77", level))
        define_list(word, "77", _LEVELS)
        return paragraph

    return write


def list_place(number: str, level: int) -> BaseOxmlElement:
    """<w:numPr>: the paragraph is in list `number` at `level`."""
    return parse_xml(f'<w:numPr {_W}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def define_list(word: WordFile, number: str, levels: Sequence[tuple[str, str]], more: str = "") -> None:
    """Define list `number` with a format and text a level, once; `more` is XML of <w:num>."""
    root = word.part.numbering_part.element
    if root.find(f"{{*}}num[@{qn('w:numId')}='{number}']") is not None:
        return
    said = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {_W} w:abstractNumId="{number}">{said}</w:abstractNum>'))
    root.append(
        parse_xml(f'<w:num {_W} w:numId="{number}"><w:abstractNumId w:val="{number}"/>{more}</w:num>')
    )


def saved(word: WordFile) -> bytes:
    """The bytes of a Word file."""
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def as_html(file: Path) -> bytes:
    """The document as a web page, its footnotes linked the way Word links them."""
    read = paragraphs_of(file)
    notes = [each for each in read if each.footnote]
    said: list[str] = []
    for each in read:
        if each.footnote:
            continue
        parts = _split(each.reading.text, notes)
        shown = [
            f'<a href="#_ftn{part}" name="_ftnref{part}"><sup>[{part}]</sup></a>'
            if place % 2
            else html.escape(part).replace("  ", "&nbsp; ")
            for place, part in enumerate(parts)
        ]
        said.append(f"<p>{''.join(shown)}</p>")
    for note in notes:
        number = note.footnote
        link = f'<a href="#_ftnref{number}" name="_ftn{number}">[{number}]</a>'
        said.append(f'<div id="ftn{number}"><p>{link} {html.escape(_body(note))}</p></div>')
    page = "\n".join(said)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{page}</body></html>'.encode()
