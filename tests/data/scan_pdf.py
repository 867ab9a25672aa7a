"""A PDF as a scanner would give it back: rendered, turned a little, noisy, compressed."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

DPI = 200


def rendered(data: bytes, pages: Sequence[int] | None = None) -> list[Image.Image]:
    """The pages (from 1) of a PDF as grey pictures at 200 dpi."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(data)
    try:
        numbers = pages or range(1, len(document) + 1)
        return [
            document[number - 1].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
            for number in numbers
        ]
    finally:
        document.close()


def worn(page: Image.Image, angle: float, random: np.random.Generator, noise: float = 12.0) -> Image.Image:
    """The picture turned by degrees, with Gaussian noise, through JPEG."""
    turned = page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    grey: NDArray[np.float64] = np.asarray(turned, np.float64) + random.normal(
        0, noise, (turned.height, turned.width)
    )
    out = io.BytesIO()
    Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=70, dpi=(DPI, DPI))
    return Image.open(out)


def scanned(data: bytes, pages: Sequence[int] | None = None, angle: float = 0.7) -> bytes:
    """The PDF (or some of its pages) as a scan, turned to the left and to the right in turn."""
    random = np.random.default_rng(7)
    pictures = [
        worn(page, angle if place % 2 else -angle, random) for place, page in enumerate(rendered(data, pages))
    ]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", resolution=DPI, save_all=True, append_images=pictures[1:])
    return out.getvalue()
