"""Pictures of pages: turned upright, made straight, read; what is no text is refused, and nothing hangs."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from corpus.errors import DocumentError
from ingest.readers import pdf, scan, tesseract
from ingest.readers.deskew import skew, straightened
from ingest.readers.limits import Limits
from ingest.readers.misread import put_right
from ingest.readers.note_signs import with_note_signs
from ingest.readers.source import Box, Source
from tests.data.make_pdf import pdf_of
from tests.data.scan_pdf import DPI, rendered, scanned, worn

DATA = Path(__file__).parents[1] / "data"
PLAN = DATA / "kh-du-lich-cvdc-2026.pdf"
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="no tesseract")


@cache
def page() -> Image.Image:
    """The upper half of the Plan's first page."""
    whole = rendered(PLAN.read_bytes(), [1])[0]
    return whole.crop((0, 0, whole.width, whole.height // 2))


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def words(source: Source) -> str:
    """The text on one line."""
    return " ".join(source.text.split())


# --- making straight ---------------------------------------------------------------------


@pytest.mark.parametrize("angle", [-4.0, -0.7, 0.0, 0.3, 2.5])
def test_a_page_put_in_askew_is_made_straight(angle: float) -> None:
    askew = worn(page(), angle, np.random.default_rng(1))
    assert skew(askew) == pytest.approx(-angle, abs=0.2)
    assert abs(skew(straightened(askew))) <= 0.2


@pytest.mark.parametrize(
    "draw",
    [lambda: Image.new("L", (500, 700), 255), lambda: Image.new("L", (500, 700), 0)],
    ids=["white", "black"],
)
def test_a_sheet_without_lines_is_left_alone(draw: Callable[[], Image.Image]) -> None:
    sheet = draw()
    assert straightened(sheet) is sheet


# --- reading -----------------------------------------------------------------------------


@needs_tesseract
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_is_read_whichever_way_it_lies(turn: int) -> None:
    image = page().rotate(turn, expand=True)
    source = scan.read(saved(image, "PNG", dpi=(DPI, DPI)), Path("quet.png"))
    assert "Phát triển Du lịch và Bảo tồn, tôn tạo" in words(source)
    assert source.scanned == {1}


@needs_tesseract
@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "RGB"), ("WEBP", "RGB"), ("PNG", "RGBA"), ("PNG", "1"), ("TIFF", "L")]
)
def test_every_kind_of_picture_is_read(kind: str, mode: str) -> None:
    source = scan.read(saved(page().convert(mode), kind), Path("quet"))
    assert "KẾ HOẠCH" in source.text
    assert all(line.box is not None and line.page == 1 for line in source.lines)


@needs_tesseract
def test_a_tiff_has_pages() -> None:
    sheets = [page(), Image.new("L", page().size, 255), page()]
    source = scan.read(saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:]), Path("quet.tif"))
    assert {line.page for line in source.lines if line.text} == {1, 3}
    assert source.text.count("\f") == 2


@needs_tesseract
def test_lines_stand_where_they_do_in_the_file() -> None:
    printed = pdf.read(PLAN.read_bytes(), PLAN)
    source = scan.read(saved(page(), "PNG", dpi=(DPI, DPI)), Path("quet.png"))
    for text in ("KẾ HOẠCH", "Số: /KH-UBND"):
        (found,) = [line.box for line in source.lines if line.text == text]
        (wanted,) = [line.box for line in printed.lines if line.text == text]
        assert found is not None
        assert wanted is not None
        assert (found.left, found.right) == pytest.approx((wanted.left, wanted.right), abs=3)
        assert found.base == pytest.approx(wanted.base, abs=6)


@needs_tesseract
def test_only_the_pages_without_letters_are_recognised() -> None:
    writer = PdfWriter()
    writer.append(PdfReader(PLAN), pages=(0, 1))
    writer.append(PdfReader(io.BytesIO(scanned(PLAN.read_bytes(), [2]))))
    out = io.BytesIO()
    writer.write(out)
    source = pdf.read(out.getvalue(), Path("hon-hop.pdf"))
    assert source.scanned == {2}
    assert "III. NHIỆM VỤ, GIẢI PHÁP" in source.text
    assert [line.page for line in source.lines] == sorted(line.page or 0 for line in source.lines)


@needs_tesseract
def test_letters_that_no_font_names_are_read_from_their_picture() -> None:
    data = pdf_of(
        [
            [
                (85, 780 - 17 * row, 14, "C\xe9ng h\xb5a x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam")
                for row in range(6)
            ]
        ]
    )
    assert pdf.read(data, Path("tcvn3.pdf")).scanned == {1}


# --- what is refused ---------------------------------------------------------------------


def cat() -> Image.Image:
    """A cat."""
    image = Image.new("RGB", (1200, 1000), (120, 160, 90))
    pen = ImageDraw.Draw(image)
    pen.ellipse((350, 350, 850, 850), fill=(90, 70, 50))
    pen.polygon([(380, 420), (420, 220), (540, 370)], fill=(90, 70, 50))
    pen.polygon([(820, 420), (780, 220), (660, 370)], fill=(90, 70, 50))
    for left in (470, 640):
        pen.ellipse((left, 500, left + 90, 590), fill=(230, 220, 80))
    for rise in (-40, 0, 40):
        pen.line((200, 680 + rise, 480, 690), fill=(20, 20, 20), width=4)
        pen.line((720, 690, 1000, 680 + rise), fill=(20, 20, 20), width=4)
    return image


@needs_tesseract
@pytest.mark.parametrize("picture", [cat, lambda: Image.new("L", (800, 800), 255)], ids=["cat", "white"])
def test_a_picture_without_text_is_refused(picture: Callable[[], Image.Image]) -> None:
    with pytest.raises(DocumentError, match="không thấy chữ nào trong ảnh"):
        scan.read(saved(picture(), "PNG"), Path("meo.png"))


@needs_tesseract
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không phải tệp ảnh"),
        (b"a text", "không phải tệp ảnh"),
        (saved(Image.new("RGB", (900, 900)), "PNG")[:200], "cắt cụt"),
        (saved(Image.new("RGB", (900, 900)), "JPEG")[:400], "cắt cụt"),
    ],
    ids=["empty", "text", "png", "jpeg"],
)
def test_a_bad_picture_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        scan.read(data, Path("hong.png"))


@needs_tesseract
def test_a_bomb_is_refused_before_it_unpacks() -> None:
    bomb = saved(Image.new("1", (16000, 16000)), "PNG")
    assert len(bomb) < 100_000
    with pytest.raises(DocumentError, match="ảnh quá lớn"):
        scan.read(bomb, Path("bom.png"))
    with pytest.raises(DocumentError, match=r"ảnh quá lớn \(2000 × 2000"):
        scan.read(saved(Image.new("1", (2000, 2000)), "PNG"), Path("bom.png"), Limits(pixels=1_000_000))


@needs_tesseract
def test_too_many_pictures_in_one_file_are_refused() -> None:
    sheet = Image.new("L", (300, 300), 255)
    with pytest.raises(DocumentError, match="quá giới hạn 2 trang"):
        scan.read(
            saved(sheet, "TIFF", save_all=True, append_images=[sheet] * 3),
            Path("a.tif"),
            Limits(scanned_pages=2),
        )


@needs_tesseract
def test_a_page_that_takes_too_long_is_given_up_and_told() -> None:
    data = scanned(PLAN.read_bytes(), [1])
    source = pdf.read(with_text_page(data), Path("lau.pdf"), Limits(page_seconds=0.01))
    assert "Trang 2: nhận dạng chữ quá 0 giây nên bỏ qua" in " ".join(source.warnings)


def with_text_page(data: bytes) -> bytes:
    """The PDF behind a page of letters."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.append(io.BytesIO(pdf_of([[(85, 780, 14, "1. Trang dau tien co lop chu ro rang day du")]])))
    writer.append(io.BytesIO(data))
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def forgotten() -> Iterator[None]:
    """What is known of the installed programs is found out anew, before and after."""
    tesseract.program.cache_clear()
    yield
    tesseract.program.cache_clear()


@pytest.mark.usefixtures("forgotten")
def test_without_tesseract_the_package_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentError, match="apt install tesseract-ocr tesseract-ocr-vie"):
        scan.read(saved(page(), "PNG"), Path("quet.png"))
    with pytest.raises(DocumentError, match="apt install tesseract-ocr tesseract-ocr-vie"):
        pdf.read(scanned(PLAN.read_bytes(), [1]), Path("quet.pdf"))
    assert pdf.read(PLAN.read_bytes(), PLAN).lines  # letters need no recogniser


@pytest.mark.usefixtures("forgotten")
def test_without_vietnamese_its_package_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "tesseract"
    fake.write_text("#!/bin/sh\necho eng\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(DocumentError, match="apt install tesseract-ocr-vie"):
        scan.read(saved(page(), "PNG"), Path("quet.png"))


# --- marks misread -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "right"),
    [
        (["IL. MỤC ĐÍCH", "II. MỤC TIÊU", "II. NHIỆM VỤ"], ["I. MỤC ĐÍCH", "II. MỤC TIÊU", "III. NHIỆM VỤ"]),
        (["I. PHẠM VI", "H. QUAN ĐIỂM", "HI. HƯỚNG"], ["I. PHẠM VI", "II. QUAN ĐIỂM", "III. HƯỚNG"]),
        (["I. A B", "II. A B", "IV. TỔ CHỨC"], ["I. A B", "II. A B", "IV. TỔ CHỨC"]),
        (["XL. PHƯƠNG ÁN"], ["XL. PHƯƠNG ÁN"]),
        (["~ Tập trung", "¬ Về kinh tế", ", Căn cứ", "(Chỉ tiết tại Phụ lục I)"],
         ["- Tập trung", "- Về kinh tế", "Căn cứ", "(Chi tiết tại Phụ lục I)"]),
        (["H. Văn bản thường", "Ì nguyên"], ["H. Văn bản thường", "Ì nguyên"]),
    ],
)  # fmt: skip
def test_marks_are_put_right_by_their_series(read: list[str], right: list[str]) -> None:
    found, changed = put_right([[(text, None) for text in read]], {1})
    assert [text for text, _ in found[0]] == right
    unread, untold = put_right([[(text, None) for text in read]], ())
    assert [text for text, _ in unread[0]] == read
    assert not untold
    assert all("theo thứ tự đề mục" in text for text in changed)


@given(st.lists(st.text(alphabet="IVXLH1. ĐAa~-,", max_size=12), max_size=8))
def test_no_line_is_lost_or_added(lines: list[str]) -> None:
    found, _ = put_right([[(text, None) for text in lines]], {1})
    assert len(found[0]) == len(lines)


def set_lines(*texts: str, notes: int = 0) -> list[tuple[str, Box | None]]:
    """Lines one below the other, the last `notes` in small print."""
    body = len(texts) - notes
    return [
        (text, Box(85, 500, 20.0 * place, 14.0 if place < body else 10.0)) for place, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("lines", "notes", "right"),
    [
        (["gồm 65 xã, phường'.", "1 Gồm 61 xã"], 1, "gồm 65 xã, phường¹."),
        (["về du lịch), và tỉnh”; còn (một) và “hai”", "1 Đề án", "2 Nghị quyết"], 2,
         "về du lịch¹, và tỉnh²; còn (một) và “hai”"),
        (["gồm 65 xã, phường¹ và xã'.", "1 Gồm 61 xã"], 1, "gồm 65 xã, phường¹ và xã'."),
        (["gồm “xã” (phường).", "1 Gồm 61 xã"], 1, "gồm “xã” (phường)."),
        (["gồm phường'."], 0, "gồm phường'."),
    ],
)  # fmt: skip
def test_signs_of_footnotes_are_told_from_marks_that_close_nothing(
    lines: list[str], notes: int, right: str
) -> None:
    assert with_note_signs(set_lines(*lines, notes=notes))[0][0] == right
