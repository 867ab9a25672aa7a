"""A PDF with a text layer becomes the same tree, with pages."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import DocumentError
from corpus.manifest import Entry
from ingest.pipeline import read_document
from ingest.readers import pdf

CHROMIUM = Path("/usr/bin/chromium")
PAGE = "text-indent:1.27cm;text-align:justify;margin:0 0 6px"


@pytest.fixture(scope="module")
def printed(documents: Mapping[str, Document], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Decision as a browser prints it: wrapped, justified, on numbered sheets."""
    if not CHROMIUM.is_file():
        pytest.skip("no Chromium to print with")
    from playwright.sync_api import sync_playwright

    document = documents["qd-dieu-chinh-quy-hoach-2026"]
    lines = [line for node in document.root.walk() for line in node.own_text.split("\n") if line]
    body = "".join(f'<p style="{PAGE}">{html.escape(line)}</p>' for line in lines)
    file = tmp_path_factory.mktemp("pdf") / "qd.pdf"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(f'<body style="font:14pt DejaVu Serif">{body}</body>')
        margin = {"top": "2cm", "bottom": "2cm", "left": "3cm", "right": "2cm"}
        page.pdf(path=str(file), format="A4", margin=margin)  # type: ignore[arg-type]  # a plain dict will do
        browser.close()
    return file


def test_a_printed_pdf_gives_the_same_provisions(printed: Path, documents: Mapping[str, Document]) -> None:
    original = documents["qd-dieu-chinh-quy-hoach-2026"]
    sha256 = hashlib.sha256(printed.read_bytes()).hexdigest()
    entry = Entry(replace(original.metadata, file=printed.name, sha256=sha256), printed)
    again = read_document(entry)
    same = [
        path
        for path, node in original.by_address.items()
        if path in again.by_address and again.by_address[path].own_text == node.own_text
    ]
    assert len(same) >= 0.95 * len(original.by_address)
    pages = [node.page for node in again.root.walk() if node.page is not None]
    assert pages[0] == 1
    assert pages == sorted(pages)
    assert pages[-1] > 20


@pytest.mark.parametrize("data", [b"%PDF-1.7 broken", b"not a pdf at all", b"%PDF-"])
def test_a_damaged_file_is_refused_with_what_to_do(data: bytes) -> None:
    with pytest.raises(DocumentError, match="xuất lại tệp"):
        pdf.read(data, Path("hong.pdf"))


def test_pages_without_text_are_called_a_scan(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    file = tmp_path / "anh.pdf"
    writer.write(file)
    with pytest.raises(DocumentError, match="ảnh quét"):
        pdf.read(file.read_bytes(), file)
