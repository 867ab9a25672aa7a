"""How badly a text was read: near nothing for any honest text, far above the limit for a spoilt one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFilter

from corpus.document import BAD_PAGE, Document
from ingest.quality import corruption, pages, worst
from ingest.readers import pdf, plain
from ingest.readers.source import Line, Source
from tests.data.scan_pdf import DPI, rendered

DATA = Path(__file__).parents[1] / "data"
ENGLISH = (
    "The province shall, in coordination with the Ministry of Culture, organise the management of the "
    "geopark and report to the Prime Minister. Knowledge, strengths, rhythm and GDP growth of 10 percent in "
    "2026; see https://unesco.org for details about the strategy."
)
TCVN3 = (
    "Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc QuyÕt ®Þnh vÒ viÖc phª duyÖt "
    "quy ho¹ch tØnh L¹ng S¬n thêi kú 2021 - 2030, tÇm nh×n ®Õn n¨m 2050"
)
VNI = (
    "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam Ñoäc laäp - Töï do - Haïnh phuùc "
    "Quyeát ñònh veà vieäc pheâ duyeät"
)
NAMES = (
    "Khau Slao, Phja Pò, Ngườm Moóc, Cúc đá, hang Thẩm Khuyên, Mẫu Sơn Mount Paths, "
    "Lang Sơn Geopark VTV8 Ultra Trail, GeoKids, KOLs, KOC, homestay, video clip, Website, "
    "logistics, Đắk Lắk, Kon Tum, Pleiku, A Lưới"
)
CODES = (
    "Nghị quyết số 19/2025/NQ-HĐND, Quyết định số 236/QĐ-TTg, 1672/NQ-UBTVQH15, TCVN 7957:2008, "
    "QL.4A, ĐT.226, 110kV, 220 kV, 4.700.000 lượt, 20°27', 1/50.000, 33,5%, m², km2, CO2, phường1, "
    "Đề án², a) b) đ), 5.000 USD"
)


@pytest.mark.parametrize(
    "text", [ENGLISH, NAMES, CODES, "", "một hai ba"], ids=["en", "names", "codes", "", "few"]
)
def test_honest_text_is_let_through(text: str) -> None:
    assert corruption(text) <= 0.04


def test_the_shipped_documents_are_clean(documents: Mapping[str, Document]) -> None:
    for document in documents.values():
        assert corruption(document.original) < 0.005


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: TCVN3,
        lambda text: VNI,
        lambda text: text.encode().decode("latin-1"),  # read in the wrong encoding
        lambda text: re.sub(
            "[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", "", text
        ),  # a font's letters lost
        lambda text: re.sub(r"[^\W\da-zA-ZàáâãèéêìíòóôõùúýđĐ]", " ", text),
        lambda text: re.sub("n", "1", text),
        lambda text: re.sub("[aeo]", "\ufffd", text),
    ],
    ids=["tcvn3", "vni", "latin-1", "lost", "torn", "digits", "unnamed"],
)
def test_spoilt_text_is_called_bad(spoil: object, documents: Mapping[str, Document]) -> None:
    text = documents["qd-dieu-chinh-quy-hoach-2026"].original[5000:9000]
    assert callable(spoil)
    assert corruption(spoil(text)) > BAD_PAGE


@given(st.text(max_size=200))
def test_it_is_a_share(text: str) -> None:
    assert 0.0 <= corruption(text) <= 1.0


def test_every_page_is_named_with_its_span() -> None:
    source = pdf.read((DATA / "kh-du-lich-cvdc-2026.pdf").read_bytes(), Path("kh.pdf"))
    found = pages(source)
    assert [page.number for page in found] == list(range(1, (source.lines[-1].page or 0) + 1))
    assert found[0].start == 0
    assert found[-1].end == len(source.text)
    assert all(before.end == after.start for before, after in pairwise(found))
    assert not any(page.bad or page.scanned for page in found)


def test_a_file_without_pages_is_one() -> None:
    (page,) = pages(plain.read("Điều 1. Phạm vi".encode(), Path("vb.txt")))
    assert (page.number, page.start, page.end, page.scanned) == (1, 0, 15, False)


def test_the_bad_page_is_found_among_good_ones() -> None:
    good = ENGLISH
    text = f"{good}\f{TCVN3}"
    lines = (Line(0, len(good), good, 1), Line(len(good) + 1, len(text), TCVN3, 2))
    found = pages(Source(text, lines, scanned=frozenset({2})))
    assert [(page.bad, page.scanned) for page in found] == [(False, False), (True, True)]
    assert worst(found) == found[1]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="no tesseract")
def test_a_page_too_blurred_to_read_is_called_bad() -> None:
    from ingest.readers.tesseract import recognised

    sheet = rendered((DATA / "qd-dieu-chinh-quy-hoach-2026.pdf").read_bytes(), [3])[0]
    sheet = sheet.crop((0, 0, sheet.width, sheet.height // 3))

    def read(radius: float) -> float:
        blurred = sheet.filter(ImageFilter.GaussianBlur(radius))
        return corruption("\n".join(text for text, _ in recognised(blurred, DPI, 60).lines))

    assert read(0) < 0.02
    assert read(3.4) > BAD_PAGE
