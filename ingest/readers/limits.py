"""How much of one file is taken on before it is refused: no file may hang the work or eat the memory."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one file; the settings may hand over others."""

    pages: int = 2_000
    scanned_pages: int = 500  # pages whose letters must be recognised
    seconds: float = 900.0  # for the whole file, looked at between two pages
    page_seconds: float = 120.0  # for the recognition of one page; then the page is given up
    pixels: int = 120_000_000  # of one picture


LIMITS = Limits()
