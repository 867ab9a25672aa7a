"""Every text layer is read twice: pypdf's letters, in whatever order, must be among those put into lines.

pypdf and pdfium are independent: a letter that one of them loses (a font, a form inside a form) the other
most likely has. What differs is told, never silently taken from either.
"""

from __future__ import annotations

import io
import time
import unicodedata
import zlib
from collections import Counter
from collections.abc import Mapping

_LEAST = 20  # letters of a page that must be lacking before it is told: clipped and hidden ones are common
_SHARE = 0.02  # of the page's letters

# What pypdf lets through on broken files, by its own account.
PYPDF_BREAKS = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


def lacking(data: bytes, pages: Mapping[int, str], deadline: float) -> tuple[str, ...]:
    """A warning in Vietnamese for each page whose text lacks letters that pypdf finds.

    `pages`: text by page number from 1. Stops at `deadline` (time.monotonic); a page or file that pypdf
    cannot read is passed over, for the text at hand is then the only one there is.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    warnings: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")
        for number, text in sorted(pages.items()):
            if time.monotonic() > deadline:
                break
            found = _letters(reader.pages[number - 1].extract_text() or "")
            lost = (found - _letters(text)).total()
            if lost > max(_LEAST, _SHARE * found.total()):
                warnings.append(
                    f"Trang {number}: một cách đọc khác thấy thêm {lost} chữ cái; hãy đối chiếu với bản gốc."
                )
    except (DependencyError, PyPdfError, zlib.error, *PYPDF_BREAKS):
        return tuple(warnings)
    return tuple(warnings)


def _letters(text: str) -> Counter[str]:
    """The letters and digits without their marks, which the two may attach differently, and without case."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    return Counter(char for char in bare if char.isalnum())
