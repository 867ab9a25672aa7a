"""Figures as a Vietnamese reader expects them."""

from __future__ import annotations

from eval.measures import Estimate


def decimal(value: float, places: int = 1) -> str:
    """1234.5 → "1.234,5"."""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def percent(estimate: Estimate) -> str:
    """0.4127 with its interval → "41,3 [36–46]"."""
    return f"{decimal(100 * estimate.mean)} [{100 * estimate.low:.0f}–{100 * estimate.high:.0f}]"


def times(value: float, ours: float) -> str:
    """How many times ours: "×1,52"; "–" where ours is nothing."""
    return f"×{decimal(value / ours, 2)}" if ours else "–"
