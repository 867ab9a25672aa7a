"""PDF files: the letters by where they stand, page by page; bad files are refused and none hangs."""

from __future__ import annotations

import html
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, IndirectObject, NameObject, NumberObject

from corpus.document import Document
from corpus.errors import DocumentError
from ingest import structure
from ingest.furniture import PAGE_NUMBER, RUNNING_HEAD
from ingest.readers import pdf
from ingest.readers.limits import Limits
from ingest.repair import paragraphs
from tests.data.make_pdf import LEFT, PITCH, SIDEWAYS, SIZE, TOP, Placed, pdf_of, saved, written

DATA = Path(__file__).parents[1] / "data"
CHROMIUM = Path("/usr/bin/chromium")
DECISION = DATA / "qd-dieu-chinh-quy-hoach-2026.pdf"
WORDS = "Uy ban nhan dan tinh quan ly nha nuoc ve du lich theo quy dinh cua phap luat hien hanh."


def texts(data: bytes) -> list[str]:
    """The lines of a PDF."""
    return [line.text for line in pdf.read(data, Path("vb.pdf")).lines]


def found(data: bytes) -> tuple[list[str], dict[str, list[str]]]:
    """The paragraphs of a PDF, and what was dropped by reason."""
    source = pdf.read(data, Path("vb.pdf"))
    blocks, gaps = paragraphs(source)
    dropped: dict[str, list[str]] = {}
    for gap in gaps:
        dropped.setdefault(gap.reason, []).append(source.text[gap.start : gap.end])
    return [block.reading.text for block in blocks], dropped


def body(*lines: str, left: float = LEFT, top: float = TOP) -> list[Placed]:
    """Lines one below the other."""
    return [(left, top - PITCH * place, SIZE, line) for place, line in enumerate(lines)]


# --- letters and lines -------------------------------------------------------------------


def test_letters_drawn_later_stand_where_they_belong() -> None:
    words = [(100, "Quy"), (124, "t"), (136, "d"), (148, "nh"), (118, "e"), (142, "i")]
    drawn = [(float(x), 700.0, 10.0, text) for x, text in words]
    assert texts(pdf_of([drawn])) == ["Quyet dinh"]


def test_a_letter_drawn_twice_is_bold_not_doubled() -> None:
    assert texts(pdf_of([[(100, 700, 14, "DIEU 1."), (100.4, 700, 14, "DIEU 1.")]])) == ["DIEU 1."]


def test_columns_are_lines_of_their_own_and_a_small_raised_digit_is_a_superscript() -> None:
    drawn = [(85, 780, 14, "UY BAN"), (300, 780, 14, "CONG HOA"), (85, 760, 14, "5 km"), (118.6, 766, 8, "2")]
    assert texts(pdf_of([drawn])) == ["UY BAN", "CONG HOA", "5 km²"]


def test_every_line_knows_its_page_and_its_place() -> None:
    source = pdf.read(pdf_of([body("Trang dau"), [], body("Trang ba")]), Path("vb.pdf"))
    assert [(line.text, line.page) for line in source.lines] == [("Trang dau", 1), ("", 2), ("Trang ba", 3)]
    assert source.text == "Trang dau\f\fTrang ba"
    assert all(source.text[line.start : line.end] == line.text for line in source.lines)
    box = source.lines[0].box
    assert box is not None
    assert (box.left, box.base, box.size) == pytest.approx((LEFT, 842 - TOP, SIZE), abs=0.1)
    assert box.right == pytest.approx(LEFT + 9 * 0.6 * SIZE, abs=0.1)


def test_a_sheet_on_its_side_reads_like_any_other() -> None:
    writer = written([[(100, 100, SIZE, "1. Mot"), (117, 100, SIZE, "2. Hai")]], SIDEWAYS)
    writer.pages[0].rotate(90)
    assert texts(saved(writer)) == ["1. Mot", "2. Hai"]


# --- what is on every sheet --------------------------------------------------------------


@pytest.mark.parametrize("number", ["{}", "- {} -", "Trang {}", "{}/4", "Trang {}/4", "[{}]"])
@pytest.mark.parametrize("y", [810.0, 40.0])
def test_page_numbers_are_dropped_wherever_they_stand(number: str, y: float) -> None:
    pages = [
        [*body(f"{page}. Dieu khoan {page}"), (290, y, SIZE, number.format(page))] for page in range(1, 5)
    ]
    said, dropped = found(pdf_of(pages))
    assert said == [f"{page}. Dieu khoan {page}" for page in range(1, 5)]
    assert dropped == {PAGE_NUMBER: [number.format(page) for page in range(1, 5)]}


def test_running_heads_and_feet_are_dropped() -> None:
    pages = [
        [
            (85, 815, 10, f"CONG BAO/So {page}/Ngay 01-02-2026"),
            *body(f"{page}. Khoan {page}"),
            (85, 30, 10, "VPUB"),
        ]
        for page in range(1, 6)
    ]
    said, dropped = found(pdf_of(pages))
    assert said == [f"{page}. Khoan {page}" for page in range(1, 6)]
    assert len(dropped[RUNNING_HEAD]) == 10


def test_a_year_alone_at_the_top_of_a_page_is_text() -> None:
    said, dropped = found(pdf_of([body("1. Tam nhin den nam"), body("2050", "2. Muc tieu")]))
    assert "2050" in " ".join(said)
    assert not dropped


def test_a_star_in_a_pdf_is_a_star() -> None:
    assert found(pdf_of([body("(*) Ghi chu")]))[0] == ["(*) Ghi chu"]


# --- bad files ---------------------------------------------------------------------------


def encrypted(password: str) -> bytes:
    """A PDF that opens with that password."""
    writer = written([body(WORDS)])
    writer.encrypt(user_password=password, owner_password="chu", algorithm="RC4-128")
    return saved(writer)


def nested(depth: int) -> bytes:
    """A page tree as deep as that."""
    writer = written([body(WORDS)])
    root = writer.root_object
    inner = root.raw_get("/Pages")
    for _ in range(depth):
        outer = DictionaryObject(
            {NameObject("/Type"): NameObject("/Pages"), NameObject("/Count"): NumberObject(1)}
        )
        outer[NameObject("/Kids")] = ArrayObject([inner])
        inner = writer._add_object(outer)
    root[NameObject("/Pages")] = inner
    return saved(writer)


def endless() -> bytes:
    """A page tree that is its own child."""
    writer = written([body(WORDS)])
    pages = writer.root_object.raw_get("/Pages")
    assert isinstance(pages, IndirectObject)
    writer.root_object["/Pages"][NameObject("/Kids")] = ArrayObject([pages])  # type: ignore[index]
    return saved(writer)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "rỗng"),
        (b"%PDF-", "xuất lại tệp"),
        (b"%PDF-1.7 broken", "xuất lại tệp"),
        (b"not a pdf at all", "không phải tệp PDF"),
        (b"PK\x03\x04 a zip", "không phải tệp PDF"),
        (DECISION.read_bytes()[:300], "xuất lại tệp"),
        (encrypted("bimat"), "bỏ mật khẩu"),
        (pdf_of([]), "không có trang nào"),
        (pdf_of([[], []]), "không thấy chữ nào"),
        (endless(), "không thấy chữ nào"),
    ],
    ids=["empty", "head", "broken", "text", "zip", "truncated", "locked", "no-page", "blank", "endless"],
)
def test_a_bad_file_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        pdf.read(data, Path("hong.pdf"))


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9, 0.99])
def test_a_truncated_file_is_read_or_refused(keep: float) -> None:
    data = DECISION.read_bytes()
    try:
        source = pdf.read(data[: int(len(data) * keep)], Path("hong.pdf"))
    except DocumentError as error:
        assert "Hãy" in str(error)
    else:
        assert source.lines


def test_a_file_locked_against_printing_only_is_read() -> None:
    assert texts(encrypted("")) == [WORDS]


def test_a_deep_page_tree_is_read_or_refused() -> None:
    assert texts(nested(20)) == [WORDS]
    try:
        assert texts(nested(5000)) == [WORDS]
    except DocumentError as error:
        assert "Hãy" in str(error)


def test_two_thousand_pages_are_read_and_one_more_is_refused() -> None:
    lines = [body(f"{page}. Khoan") for page in range(1, 2002)]
    assert pdf.read(pdf_of(lines[:2000]), Path("dai.pdf")).lines[-1].page == 2000
    with pytest.raises(DocumentError, match="2001 trang, quá giới hạn 2000"):
        pdf.read(pdf_of(lines), Path("dai.pdf"))


def test_the_time_for_a_file_is_limited() -> None:
    with pytest.raises(DocumentError, match="0 giây mới đến trang 1/1"):
        pdf.read(pdf_of([body(WORDS)]), Path("lau.pdf"), Limits(seconds=0.0))


def test_too_many_scanned_pages_are_refused() -> None:
    with pytest.raises(DocumentError, match="1 trang là ảnh quét, quá giới hạn 0"):
        pdf.read(pictured(100, 100), Path("quet.pdf"), Limits(scanned_pages=0))


def pictured(across: int, down: int) -> bytes:
    """A page that is nothing but a white picture of so many points."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (across, down), 1).save(out, "PDF")
    return out.getvalue()


def test_a_picture_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(DocumentError, match="ảnh quá lớn"):
        pdf.read(pictured(4000, 4000), Path("bom.pdf"), Limits(pixels=10_000_000))


def test_a_sheet_as_large_as_a_house_is_refused() -> None:
    writer = PdfWriter(io.BytesIO(pictured(100, 100)))
    content = writer.pages[0].get_contents()
    assert content is not None
    box = ArrayObject([FloatObject(0), FloatObject(0), FloatObject(14400), FloatObject(14400)])
    writer.pages[0][NameObject("/MediaBox")] = box
    content.set_data(content.get_data().replace(b"100", b"14400"))
    writer.pages[0][NameObject("/Contents")] = writer._add_object(content)
    with pytest.raises(DocumentError, match="khổ giấy quá lớn"):
        pdf.read(saved(writer), Path("to.pdf"))


# --- the second way ----------------------------------------------------------------------


def test_what_pdfium_cannot_open_pypdf_may(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2

    def refuse(data: bytes) -> None:
        raise pypdfium2.PdfiumError("Data format error")

    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)
    source = pdf.read(pdf_of([body("1. Mot", "2. Hai")]), Path("vb.pdf"))
    assert [(line.text, line.page) for line in source.lines] == [("1. Mot", 1), ("2. Hai", 1)]
    assert all(line.box is None for line in source.lines)


def test_as_many_pages_are_read_as_the_file_has() -> None:
    assert pdf.read(DECISION.read_bytes(), DECISION).lines[-1].page == len(PdfReader(DECISION).pages)


# --- a browser's print -------------------------------------------------------------------


def printed(lines: Sequence[str], file: Path) -> Path:
    """Lines as a browser prints them: wrapped, justified."""
    if not CHROMIUM.is_file():
        pytest.skip("no Chromium to print with")
    from playwright.sync_api import sync_playwright

    style = "text-indent:1.27cm;text-align:justify;margin:0 0 6px"
    paragraphs_of = "".join(f'<p style="{style}">{html.escape(line)}</p>' for line in lines)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(f'<body style="font:14pt DejaVu Serif">{paragraphs_of}</body>')
        margin = {"top": "2cm", "bottom": "2cm", "left": "3cm", "right": "2cm"}
        page.pdf(path=str(file), format="A4", margin=margin)  # type: ignore[arg-type]  # a plain dict will do
        browser.close()
    return file


def test_a_browsers_print_gives_the_same_provisions(
    documents: Mapping[str, Document], tmp_path: Path
) -> None:
    original = documents["qd-dieu-chinh-quy-hoach-2026"]
    lines = [line for node in original.root.walk() for line in node.own_text.split("\n") if line]
    file = printed(lines, tmp_path / "qd.pdf")
    source = pdf.read(file.read_bytes(), file)
    root = structure.with_pages(structure.build(original.id, paragraphs(source)[0]), source)
    again = {node.address.path: " ".join(node.own_text.split()) for node in root.walk()}
    same = [
        path
        for path, node in original.by_address.items()
        if again.get(path) == " ".join(node.own_text.split())
    ]
    # a letter that the browser clips at the foot of a sheet is drawn there all the same
    assert len(same) >= 0.99 * len(original.by_address)
    pages = [node.page for node in root.walk() if node.page is not None]
    assert pages[0] == 1
    assert pages == sorted(pages)
    assert pages[-1] > 20
