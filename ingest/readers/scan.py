"""Pictures of pages: PNG, JPEG, TIFF, WebP, and the pages of a PDF that are scans.

A page is turned upright, made straight and read by tesseract; several pages at a time.
"""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import DocumentError
from ingest.readers.deskew import straightened
from ingest.readers.limits import LIMITS, Limits
from ingest.readers.misread import put_right
from ingest.readers.note_signs import with_note_signs
from ingest.readers.paging import Placed, paged
from ingest.readers.source import Source
from ingest.readers.tesseract import TooSlowError, program, quarter_turn, recognised

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

DPI = 300.0  # what tesseract was taught on
_LEAST_DPI = 100.0  # a page so large that its print would be smaller than that is refused
_POINTS = 72  # an inch
_A4_INCHES = 8.27
_LIKELY_DPI = (120.0, 650.0)  # what a scanner may have said; else the paper is taken for A4
_LEAST_WIDTH = 1900  # pixels; smaller pictures are enlarged, tesseract wants letters of 30 pixels
_LEAST_WORDS = 4
_NO_TEXT = 40.0  # average confidence below which marks were taken for letters
_UNSURE = 70.0  # average confidence below which the reader of the text is warned


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """What was read on the picture of one page."""

    lines: tuple[Placed, ...]
    warnings: tuple[str, ...] = ()  # in Vietnamese, without the page


def read(data: bytes, path: Path, limits: Limits = LIMITS) -> Source:
    """The text of a picture, each line with its page and place; `path` is only named in errors.

    Raises DocumentError when it is no picture, too large, or shows no text, and when tesseract is missing.
    """
    program()
    pages = list(_read_all(_frames(data, path, limits), limits))
    found = [page.lines for page in pages]
    if not any(found):
        raise DocumentError(
            f"{path}: không thấy chữ nào trong ảnh. Hãy kiểm tra lại tệp; "
            "nếu là văn bản, hãy quét rõ hơn (300 dpi)."
        )
    said = [f"Trang {number}: {text}" for number, page in enumerate(pages, start=1) for text in page.warnings]
    numbers = range(1, len(pages) + 1)
    lines, changed = put_right(found, numbers)
    return paged(lines, numbers, said + changed)


def recognised_pages(
    document: PdfDocument, numbers: Sequence[int], path: Path, limits: Limits = LIMITS
) -> Iterator[tuple[int, ScannedPage]]:
    """The pages of a PDF (from 1) read from their pictures, in order. Raises DocumentError as `read` does."""
    program()
    pictures = (_drawn(document, number, path, limits) for number in numbers)
    yield from zip(numbers, _read_all(pictures, limits), strict=True)


# --- pictures ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Picture:
    image: Image  # grey
    dpi: float


def _drawn(document: PdfDocument, number: int, path: Path, limits: Limits) -> _Picture:
    """A page of a PDF as a picture at 300 dpi, less where it would be too large."""
    page = document[number - 1]
    try:
        _refuse_bomb(page, number, path, limits)
        inches = page.get_width() * page.get_height() / _POINTS**2
        dpi = min(DPI, (limits.pixels / max(inches, 0.01)) ** 0.5)
        if dpi < _LEAST_DPI:
            raise DocumentError(
                f"{path}, trang {number}: khổ giấy quá lớn ({page.get_width() / _POINTS * 2.54:.0f} × "
                f"{page.get_height() / _POINTS * 2.54:.0f} cm) để nhận dạng chữ. "
                "Hãy xuất lại ở khổ A4 hoặc A3."
            )
        bitmap = page.render(scale=dpi / _POINTS, grayscale=True, may_draw_forms=False)
        return _Picture(bitmap.to_pil().convert("L"), dpi)
    finally:
        page.close()


def _refuse_bomb(page: PdfPage, number: int, path: Path, limits: Limits) -> None:
    """Raises DocumentError when a picture of the page would unpack to more pixels than allowed."""
    import pypdfium2.raw as pdfium

    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        across, down = item.get_px_size()
        if across * down > limits.pixels:
            raise _too_large(f"{path}, trang {number}", across, down)


def _too_large(where: str, across: int, down: int) -> DocumentError:
    return DocumentError(
        f"{where}: ảnh quá lớn ({across} × {down} điểm ảnh). Hãy quét lại ở 300 dpi, khổ A4 hoặc A3."
    )


def _frames(data: bytes, path: Path, limits: Limits) -> Iterator[_Picture]:
    """The pictures of an image file; a TIFF may hold many."""
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with _bombs_are_errors(), Image.open(io.BytesIO(data)) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
                if number > limits.scanned_pages:
                    raise DocumentError(
                        f"{path}: quá giới hạn {limits.scanned_pages} trang ảnh một tệp. Hãy tách nhỏ tệp."
                    )
                if frame.width * frame.height > limits.pixels:
                    raise _too_large(str(path), frame.width, frame.height)
                yield _prepared(ImageOps.exif_transpose(frame), frame.info.get("dpi"))
    except UnidentifiedImageError as error:
        raise DocumentError(
            f"{path} không phải tệp ảnh đọc được. Hãy lưu lại ở dạng PNG, JPEG hoặc TIFF."
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DocumentError(
            f"{path}: ảnh quá lớn, có thể làm tràn bộ nhớ. Hãy quét lại ở 300 dpi, khổ A4 hoặc A3."
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise DocumentError(
            f"Tệp ảnh {path} hỏng hoặc bị cắt cụt ({error}). Hãy chép lại tệp từ nguồn."
        ) from error


@contextmanager
def _bombs_are_errors() -> Iterator[None]:
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _prepared(frame: Image, said: tuple[float, float] | None) -> _Picture:
    """Grey on white, with the resolution the scanner said or that of an A4 sheet."""
    from PIL import Image

    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        upright = frame.convert("RGBA")
        frame = Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright)
    grey = frame.convert("L")
    dpi = float(said[0]) if said else 0.0
    if not _LIKELY_DPI[0] <= dpi <= _LIKELY_DPI[1]:
        dpi = min(grey.size) / _A4_INCHES
    if min(grey.size) < _LEAST_WIDTH and min(grey.size) > 0:
        larger = min(_LEAST_WIDTH / min(grey.size), 4.0)
        grey = grey.resize(
            (round(grey.width * larger), round(grey.height * larger)), Image.Resampling.BICUBIC
        )
        dpi *= larger
    return _Picture(grey, max(dpi, 70.0))


# --- reading -----------------------------------------------------------------------------


def _read_all(pictures: Iterable[_Picture], limits: Limits) -> Iterator[ScannedPage]:
    """The pages in order; as many at once as there are processors, and no more pictures kept than that."""
    workers = max(os.cpu_count() or 1, 1)
    with ThreadPoolExecutor(workers) as pool:
        source = iter(pictures)
        waiting: list[Future[ScannedPage]] = []

        def fill(count: int) -> None:
            waiting.extend(pool.submit(_read_page, picture, limits) for picture in islice(source, count))

        try:
            fill(workers + 1)
            while waiting:
                yield waiting.pop(0).result()
                fill(1)
        finally:
            for future in waiting:
                future.cancel()


def _read_page(picture: _Picture, limits: Limits) -> ScannedPage:
    try:
        turn = quarter_turn(picture.image)
        upright = picture.image.rotate(-turn, expand=True, fillcolor=255) if turn else picture.image
        found = recognised(straightened(upright), picture.dpi, limits.page_seconds)
    except TooSlowError:
        return ScannedPage(
            (),
            (f"nhận dạng chữ quá {limits.page_seconds:.0f} giây nên bỏ qua; hãy quét lại trang này rõ hơn.",),
        )
    lines = tuple(with_note_signs(found.lines))
    words = sum(len(text.split()) for text, _ in lines)
    if (words < _LEAST_WORDS and found.confidence < _UNSURE) or found.confidence < _NO_TEXT:
        return ScannedPage(())
    if found.confidence < _UNSURE:
        return ScannedPage(lines, ("ảnh khó đọc, chữ nhận dạng được có thể sai; hãy đối chiếu bản gốc.",))
    return ScannedPage(lines)
