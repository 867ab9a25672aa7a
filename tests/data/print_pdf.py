"""Prints the shipped documents as an office would: A4, Times 14 pt, page numbers on top, real footnotes.

    python tests/data/print_pdf.py FOLDER     needs LibreOffice; writes <document>.pdf into FOLDER

The tests read the two files kept beside this script; run it again when the reading of a document changes.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from corpus.document import Document, Provision, Role
from corpus.manifest import SHIPPED, load
from ingest.pipeline import read_all

_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in {
        "office": "office",
        "style": "style",
        "text": "text",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)
_FOOTNOTE_SIGN = "¹²³⁴⁵⁶⁷⁸⁹"


PRINTED = ("kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026")
OFFICE = 'fo:text-align="justify" fo:text-indent="1.27cm" fo:margin-bottom="0.2cm"'


def flat_odt(document: Document, body: str = OFFICE, face: str = "Liberation Serif") -> str:
    """The document as flat OpenDocument, a paragraph a line; `body` is the layout of the paragraphs."""
    notes = {
        node.address.units[-1].marker: node for node in document.root.walk() if node.role is Role.FOOTNOTE
    }
    paragraphs = "".join(
        f'<text:p text:style-name="{"H" if line.isupper() else "B"}">{_with_notes(line, notes)}</text:p>'
        for line in lines(document)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMESPACES} office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="T" svg:font-family="'{face}'"/></office:font-face-decls>
<office:styles>
 <style:default-style style:family="paragraph">
  <style:paragraph-properties fo:orphans="0" fo:widows="0"/>
  <style:text-properties style:font-name="T" fo:font-size="14pt" fo:language="vi" fo:country="VN"/>
 </style:default-style>
 <text:notes-configuration text:note-class="footnote" style:num-format="1" text:footnotes-position="page"/>
</office:styles>
<office:automatic-styles>
 <style:style style:name="B" style:family="paragraph"><style:paragraph-properties {body}/></style:style>
 <style:style style:name="H" style:family="paragraph">
  <style:paragraph-properties {body}/><style:text-properties fo:font-weight="bold"/>
 </style:style>
 <style:style style:name="N" style:family="paragraph">
  <style:paragraph-properties fo:text-align="justify"/><style:text-properties fo:font-size="10pt"/>
 </style:style>
 <style:style style:name="C" style:family="paragraph">
  <style:paragraph-properties fo:text-align="center"/>
 </style:style>
 <style:page-layout style:name="A4">
  <style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin-top="1.5cm"
   fo:margin-bottom="2cm" fo:margin-left="3cm" fo:margin-right="2cm"/>
  <style:header-style>
   <style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.3cm"/>
  </style:header-style>
 </style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4">
 <style:header><text:p text:style-name="C"><text:page-number/></text:p></style:header>
</style:master-page></office:master-styles>
<office:body><office:text>{paragraphs}</office:text></office:body></office:document>"""


def lines(document: Document) -> Iterator[str]:
    """What is printed, in reading order: every line of every provision but the footnotes."""
    for node in document.root.walk():
        if node.role is not Role.FOOTNOTE:
            yield from filter(None, node.own_text.split("\n"))


def _with_notes(line: str, notes: dict[str, Provision]) -> str:
    """The line with a real footnote where its sign is glued to a word."""
    said = escape(line)
    for number, note in notes.items():
        sign = f"(?:{number}|{_FOOTNOTE_SIGN[int(number) - 1]})"
        body = (
            f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
            f'<text:note-body><text:p text:style-name="N">{escape(note.text.text)}</text:p></text:note-body>'
            "</text:note>"
        )
        said = re.sub(rf"(?<=[^\W\d]){sign}(?=[,.;](?:\s|$))", body.replace("\\", r"\\"), said, count=1)
    return said


def to_pdf(flat: str, name: str, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a flat OpenDocument text. Raises CalledProcessError when it fails."""
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / f"{name}.fodt"
        source.write_text(flat, encoding="utf-8")
        profile = f"-env:UserInstallation=file://{scratch}/profile"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / f"{name}.pdf"


if __name__ == "__main__":
    for shipped in read_all([entry for entry in load(SHIPPED) if entry.metadata.id in PRINTED])[0].values():
        print(to_pdf(flat_odt(shipped), shipped.id, Path(sys.argv[1])))
