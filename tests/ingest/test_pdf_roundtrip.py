"""The shipped documents printed to PDF, and scanned again, come back as the same trees.

The PDFs are LibreOffice's (tests/data/print_pdf.py): its face lacks the Vietnamese letters, which come from
another font and are drawn after the line; page numbers on top; real footnotes, one of them in mid-sentence.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from pypdf import PdfWriter

from corpus.document import Document, Provision, Reading, Role
from ingest import structure
from ingest.furniture import PAGE_NUMBER
from ingest.readers import pdf
from ingest.readers.source import Source
from ingest.repair import paragraphs, white_space
from tests.data.print_pdf import OFFICE, flat_odt, to_pdf
from tests.data.scan_pdf import scanned

DATA = Path(__file__).parents[1] / "data"
PLAN, DECISION = "kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"
SIGNS = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")  # a raised 1 is a footnote's sign, however it is written
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="no tesseract")
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")

Row = tuple[str, Role, str, str, str]


def tree(root: Provision) -> list[Row]:
    """Every provision as a row; how wide white space is does not count, print has none."""
    return [
        (node.address.path, node.role, said(node.marker), said(node.heading), said(node.text))
        for node in root.walk()
    ]


def said(part: Reading) -> str:
    """What a reading says."""
    return " ".join(part.text.split()).translate(SIGNS)


def built(source: Source, document: str) -> Provision:
    """The tree of a source, of which nothing may be lost."""
    blocks, dropped = paragraphs(source)
    root = structure.build(document, blocks)
    pieces = [
        (piece.start, piece.end)
        for node in root.walk()
        for part in (node.marker, node.heading, node.text)
        for piece in part.pieces
    ]
    white_space(source.text, pieces + [(gap.start, gap.end) for gap in dropped])
    return root


@pytest.mark.parametrize("name", [PLAN, DECISION])
def test_a_printed_document_has_the_same_tree(name: str, documents: Mapping[str, Document]) -> None:
    source = pdf.read((DATA / f"{name}.pdf").read_bytes(), Path(f"{name}.pdf"))
    assert tree(built(source, name)) == tree(documents[name].root)
    assert not source.scanned
    assert not source.warnings
    dropped = [source.text[gap.start : gap.end] for gap in paragraphs(source)[1] if gap.reason == PAGE_NUMBER]
    assert dropped == [str(number) for number in range(1, (source.lines[-1].page or 0) + 1)]


@pytest.mark.slow
@needs_office
@pytest.mark.parametrize("name", [PLAN, DECISION])
@pytest.mark.parametrize(
    ("body", "face"),
    [
        (OFFICE, "DejaVu Serif"),
        ('fo:text-align="justify"', "Liberation Serif"),
        ('fo:text-align="start" fo:text-indent="1.27cm"', "Liberation Serif"),
        ('fo:text-align="justify" fo:text-indent="1cm" fo:line-height="150%"', "DejaVu Serif"),
    ],
    ids=["office", "flush", "ragged", "wide"],
)
def test_other_layouts_have_the_same_tree(
    name: str, body: str, face: str, documents: Mapping[str, Document], tmp_path: Path
) -> None:
    file = to_pdf(flat_odt(documents[name], body, face), name, tmp_path)
    assert tree(built(pdf.read(file.read_bytes(), file), name)) == tree(documents[name].root)


# --- scans -------------------------------------------------------------------------------


def shares(found: Source, wanted: Source, name: str) -> tuple[float, float]:
    """Share of the characters that stand where they should, in order, and of the addresses found."""
    again, asked = (
        " ".join(block.reading.text for block in paragraphs(source)[0]).translate(SIGNS)
        for source in (found, wanted)
    )
    paths = {row[0] for row in tree(built(found, name))}
    addresses = [row[0] for row in tree(built(wanted, name))]
    return _matching(asked, again) / len(asked), sum(each in paths for each in addresses) / len(addresses)


def _matching(wanted: str, found: str) -> int:
    """Characters that both have in one order, compared word for word first: the texts are long."""
    left, right = wanted.split(" "), found.split(" ")
    same = 0
    for tag, low, high, first, last in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        one, other = " ".join(left[low:high]), " ".join(right[first:last])
        if tag == "equal":
            same += len(one) + 1
        elif tag == "replace":
            same += sum(
                block.size
                for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
            )
    return same


def first_pages(data: bytes, count: int) -> bytes:
    """The PDF's first pages."""
    out, writer = io.BytesIO(), PdfWriter()
    writer.append(io.BytesIO(data), pages=(0, count))
    writer.write(out)
    return out.getvalue()


@needs_tesseract
def test_three_scanned_pages_come_back() -> None:
    data = first_pages((DATA / f"{DECISION}.pdf").read_bytes(), 3)
    source = pdf.read(scanned(data), Path("quet.pdf"))
    assert source.scanned == {1, 2, 3}
    characters, addresses = shares(source, pdf.read(data, Path("vb.pdf")), DECISION)
    assert characters >= 0.97
    assert addresses >= 0.95


@pytest.mark.slow
@needs_tesseract
@pytest.mark.parametrize("name", [PLAN, DECISION])
def test_a_scanned_document_comes_back(name: str, documents: Mapping[str, Document]) -> None:
    data = (DATA / f"{name}.pdf").read_bytes()
    source, wanted = pdf.read(scanned(data), Path("quet.pdf")), pdf.read(data, Path("vb.pdf"))
    assert tree(built(wanted, name)) == tree(documents[name].root)
    characters, addresses = shares(source, wanted, name)
    assert characters >= 0.97
    assert addresses >= 0.95
