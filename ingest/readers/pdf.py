"""PDF files: the text layer page by page; pages that are pictures go to the recogniser.

The decoded original of a PDF is the text of its pages, a form feed between them; positions count in it.
Letters are put into lines by where they stand (pdfium). pypdf reads every text layer once more, so that no
letter is lost unseen, and reads alone what pdfium cannot open.
A table of the text layer comes cell by cell as it was drawn, a row of one-line cells as one line.
"""

from __future__ import annotations

import io
import time
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import DocumentError
from corpus.vietnamese import nfc
from ingest.quality import corruption
from ingest.readers.letters import UNREADABLE, lines_of
from ingest.readers.limits import LIMITS, Limits
from ingest.readers.misread import put_right
from ingest.readers.paging import Placed, paged
from ingest.readers.second_reading import PYPDF_BREAKS, lacking
from ingest.readers.source import Source

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_LEAST = 25  # letters on a page; with fewer the text may be in its picture
_FULL_PAGE = 0.7  # of the sheet that pictures cover on a scan
_LEAST_COVERED = 0.1  # of the sheet; smaller pictures are seals and signatures
_MANY_PATHS = 200  # drawn outlines that may be letters
_GARBAGE = 0.35  # corruption of a text layer above which the picture of the page is read instead
_BAD_LAYER = 0.10  # the same for a layer that some recogniser put behind a scan
_UNREADABLE = 0.2  # share of letters whose font does not name them


@dataclass(slots=True)
class _Pages:
    """What was read so far, by page number from 1."""

    lines: dict[int, list[Placed]] = field(default_factory=dict)
    scanned: set[int] = field(default_factory=set)
    pictures: list[int] = field(default_factory=list)  # still to be recognised
    warnings: list[str] = field(default_factory=list)


def read(data: bytes, path: Path, limits: Limits = LIMITS) -> Source:
    """The text of a PDF, each line with its page (1-based) and its place; `path` is only named in errors.

    Raises DocumentError when the file is damaged, locked, too large, or holds no text to be found.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    if not data:
        raise DocumentError(f"Tệp {path} rỗng (0 byte). Hãy chép lại tệp từ nguồn.")
    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        return _source(_by_pypdf(data, path, limits, str(error)), path)
    try:
        _check_count(len(document), path, limits)
        pages = _text_layer(document, path, limits)
        _read_again(data, pages, limits)
        if pages.pictures:
            _recognise(document, pages, path, limits)
    finally:
        document.close()
    return _source(pages, path)


def _read_again(data: bytes, pages: _Pages, limits: Limits) -> None:
    texts = {
        number: "\n".join(text for text, _ in lines)
        for number, lines in pages.lines.items()
        if number not in pages.scanned
    }
    pages.warnings += lacking(data, texts, time.monotonic() + limits.seconds / 2)


def _check_count(pages: int, path: Path, limits: Limits) -> None:
    if not pages:
        raise DocumentError(f"Tệp PDF {path} không có trang nào. Hãy xuất lại tệp.")
    if pages > limits.pages:
        raise DocumentError(
            f"Tệp PDF {path} có {pages} trang, quá giới hạn {limits.pages} trang một tệp. "
            "Hãy tách thành nhiều tệp hoặc nâng giới hạn trong thiết lập."
        )


# --- the text layer ----------------------------------------------------------------------


def _text_layer(document: PdfDocument, path: Path, limits: Limits) -> _Pages:
    from pypdfium2 import PdfiumError

    pages = _Pages()
    deadline = time.monotonic() + limits.seconds
    for number in range(1, len(document) + 1):
        if time.monotonic() > deadline:
            raise DocumentError(
                f"{path}: đọc {limits.seconds:g} giây mới đến trang {number}/{len(document)}. "
                "Hãy tách nhỏ tệp hoặc nâng giới hạn trong thiết lập."
            )
        try:
            page = document[number - 1]
            lines = lines_of(page)
            picture = _is_picture(page, "\n".join(text for text, _ in lines))
        except PdfiumError:
            pages.warnings.append(f"Trang {number} bị hỏng, không đọc được: hãy đối chiếu với bản gốc.")
            continue
        pages.lines[number] = list(lines)
        if picture is not None:
            pages.scanned.add(number)
            if picture:
                pages.pictures.append(number)
        page.close()
    return pages


def _is_picture(page: PdfPage, text: str) -> bool | None:
    """None: a page of letters; False: a scan with a good text layer; True: its picture must be read."""
    letters = sum(map(str.isalnum, text))
    unreadable = text.count(UNREADABLE)
    bad = corruption(text)
    if letters >= _LEAST and bad <= _BAD_LAYER and not unreadable:
        return False if _covered(page) > _FULL_PAGE else None
    if unreadable > _UNREADABLE * max(letters, 1) or bad > _GARBAGE:
        return True
    covered = _covered(page)
    if letters < _LEAST:
        return True if covered > _LEAST_COVERED or _paths(page) > _MANY_PATHS else None
    return True if covered > _FULL_PAGE else None


def _covered(page: PdfPage) -> float:
    """Share of the sheet that its pictures cover, 0 to 1."""
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    area = 0.0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = item.get_bounds()
        area += max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
    return float(min(area / max(width * height, 1.0), 1.0))


def _paths(page: PdfPage) -> int:
    import pypdfium2.raw as pdfium

    return sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3))


def _recognise(document: PdfDocument, pages: _Pages, path: Path, limits: Limits) -> None:
    """Read the pictures of the pages that need it; what little text layer they have gives way."""
    from ingest.readers.scan import recognised_pages

    if len(pages.pictures) > limits.scanned_pages:
        raise DocumentError(
            f"{path}: {len(pages.pictures)} trang là ảnh quét, quá giới hạn {limits.scanned_pages} trang "
            "cho một lần nhận dạng chữ. Hãy tách nhỏ tệp hoặc nâng giới hạn trong thiết lập."
        )
    for number, result in recognised_pages(document, pages.pictures, path, limits):
        if result.lines or not pages.lines[number]:
            pages.lines[number] = list(result.lines)
        pages.warnings += [f"Trang {number}: {warning}" for warning in result.warnings]


# --- the second way ----------------------------------------------------------------------


def _by_pypdf(data: bytes, path: Path, limits: Limits, reason: str) -> _Pages:
    """The text layer as pypdf gives it. Raises DocumentError when pypdf cannot open the file either."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    if not data.lstrip()[:1024].count(b"%PDF-"):
        raise DocumentError(f"{path} không phải tệp PDF. Hãy kiểm tra lại đuôi tệp hoặc xuất lại tệp.")
    pages = _Pages()
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FileNotDecryptedError("password")
        _check_count(len(reader.pages), path, limits)
        for number, page in enumerate(reader.pages, start=1):
            text = nfc(page.extract_text() or "")
            pages.lines[number] = [(line, None) for line in text.split("\n")]
    except (FileNotDecryptedError, DependencyError) as error:
        raise DocumentError(
            f"Tệp PDF {path} có mật khẩu. Hãy mở tệp, bỏ mật khẩu (lưu hoặc in ra PDF mới) rồi nạp lại."
        ) from error
    except (PyPdfError, zlib.error, *PYPDF_BREAKS) as error:
        raise DocumentError(
            f"Không đọc được tệp PDF {path}: tệp hỏng hoặc bị cắt cụt ({reason}). Hãy xuất lại tệp từ nguồn."
        ) from error
    return pages


def _source(pages: _Pages, path: Path) -> Source:
    last = max(pages.lines, default=0)
    lines, changed = put_right([pages.lines.get(number, []) for number in range(1, last + 1)], pages.scanned)
    source = paged(lines, pages.scanned, pages.warnings + changed)
    if not any(map(str.isalnum, source.text)):
        raise DocumentError(
            f"{path}: không thấy chữ nào trên các trang. Hãy kiểm tra lại tệp; "
            "nếu là ảnh quét, hãy quét rõ hơn."
        )
    return source
