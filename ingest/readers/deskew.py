"""A picture of a page made straight: small angles by its lines of print."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

_WIDEST = 1000  # pixels that the angle is measured on
_LARGEST = 5.0  # degrees; more is no skew but a picture
_COARSE, _FINE = 0.5, 0.1  # degrees
_LEAST = 0.15  # degrees; less is left alone: turning blurs
_CLEARER = 1.05  # how much sharper the rows must be at the angle found


def straightened(image: Image) -> Image:
    """The grey picture turned so that its lines are level; the same object where they are."""
    angle = skew(image)
    if abs(angle) < _LEAST:
        return image
    from PIL.Image import Resampling

    return image.rotate(angle, resample=Resampling.BICUBIC, expand=True, fillcolor=255)


def skew(image: Image) -> float:
    """The angle in degrees, anticlockwise, that makes the lines of a grey picture level; 0 if none does."""
    from PIL.Image import Resampling

    small = image.copy()
    small.thumbnail((_WIDEST, _WIDEST), Resampling.BILINEAR)
    ink = _ink(small)
    if not ink.size:
        return 0.0
    best = _sharpest(ink, 0.0, _LARGEST, _COARSE)
    best = _sharpest(ink, best, _COARSE, _FINE)
    return best if _sharpness(ink, best) > _CLEARER * _sharpness(ink, 0.0) else 0.0


def _ink(image: Image) -> NDArray[np.float64]:
    """Places of the dark pixels around the middle, an (x, y) row each."""
    import numpy as np

    grey = np.asarray(image, dtype=np.float64)
    dark = grey < (grey.min() + grey.max()) / 2
    if not 0 < dark.mean() < 0.5:
        return np.empty((0, 2))
    y, x = np.nonzero(dark)
    return np.column_stack((x - grey.shape[1] // 2, y - grey.shape[0] // 2))


def _sharpest(ink: NDArray[np.float64], middle: float, reach: float, step: float) -> float:
    count = round(reach / step)
    angles = [middle + step * place for place in range(-count, count + 1)]
    return max(angles, key=lambda angle: (_sharpness(ink, angle), -abs(angle)))


def _sharpness(ink: NDArray[np.float64], angle: float) -> float:
    """How unevenly the ink falls on level rows after turning by the angle: lines and white take turns."""
    import numpy as np

    radians = np.deg2rad(angle)
    rows = np.rint(ink[:, 1] * np.cos(radians) - ink[:, 0] * np.sin(radians)).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float(np.square(np.diff(counts)).sum())
