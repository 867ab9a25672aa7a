"""Small PDF files for the tests, written letter by letter: what is on a page, and where, is known exactly."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pypdf import PageObject, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

Placed = tuple[float, float, float, str]  # x and y in points from the lower left corner, em, Latin-1 text

LEFT, RIGHT, TOP, SIZE, PITCH = 85.0, 538.0, 780.0, 14.0, 17.0


UPRIGHT, SIDEWAYS = "1 0 0 1", "0 1 -1 0"


def pdf_of(pages: Sequence[Sequence[Placed]]) -> bytes:
    """A PDF with these lines on A4 pages, in Courier: a letter is 0.6 em wide."""
    return saved(written(pages))


def written(pages: Sequence[Sequence[Placed]], turn: str = UPRIGHT) -> PdfWriter:
    """The same, still to be saved."""
    writer = PdfWriter()
    font = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Courier"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
    )
    for lines in pages:
        _draw(writer, writer.add_blank_page(width=595, height=842), font, lines, turn)
    return writer


def _draw(writer: PdfWriter, page: PageObject, font: object, lines: Sequence[Placed], turn: str) -> None:
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(b"\n".join(_shown(*line, turn) for line in lines))
    page[NameObject("/Contents")] = writer._add_object(content)


def _shown(x: float, y: float, size: float, text: str, turn: str) -> bytes:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {turn} {x} {y} Tm ({escaped}) Tj ET".encode("latin-1")


def saved(writer: PdfWriter) -> bytes:
    """The file."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
