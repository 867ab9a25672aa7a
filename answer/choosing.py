"""Which provisions are shown: the best, or one for each side of a question that asks two things."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from answer.asks import Asks
from answer.candidates import Candidate, said
from answer.coverage import Asked
from answer.figures import figures
from answer.sides import Sides
from answer.weights import worth
from answer.years import PERIOD, YEAR

_BEHIND = 4.5  # how far behind the best the answer for a side may be
_PART_BEHIND = 2.75  # the same for the second of two questions, which may well be one
_SPEAKS = 2.5  # what it counts that a candidate speaks of its side's own words


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate to be shown; `side` names what it stands for in a comparison."""

    candidate: Candidate
    what: Asked
    kind: Asks
    side: str | None = None


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a question of two."""

    fits: Callable[[Candidate], bool]
    part: str  # the words of the question that speak of it
    name: str | None = None  # None: it is called by its document


def choose(found: Sequence[Candidate], compared: Sides, what: Asked, kind: Asks) -> list[Choice]:
    """The provisions that answer, the answer to what is asked first in front; `found` is not empty."""
    if compared == Sides():  # of two sides each may speak of its own year
        found = [one for one in found if not one.barred] or list(found)
    best = max(found, key=lambda one: worth(one.signals))
    chosen = [
        replace(one, side=side.name or one.candidate.document.metadata.short_name)
        for side in _sides(compared, what, kind)
        if (one := _choice(_nearest(found, side, what, best, compared), what, kind))
    ]
    return chosen if _apart(chosen) else [Choice(best, what, kind)]


def _sides(compared: Sides, what: Asked, kind: Asks) -> Iterator[_Side]:
    if compared.documents:
        for id_ in compared.documents:
            yield _Side(_of_document(id_), _part_of(id_, compared))
    elif compared.years:
        subject = " ".join(word for word in what.weights if not word.isdigit())
        given = Asks.FIGURE if kind is Asks.OTHER else kind  # years are compared by figures
        for year in compared.years:
            yield _Side(_of_year(year, given), subject, f"Năm {year}")
    else:
        for part in compared.parts:
            yield _Side(_any, part)


def _choice(one: Candidate | None, what: Asked, kind: Asks) -> Choice | None:
    return Choice(one, what, kind) if one else None


def _apart(chosen: Sequence[Choice]) -> bool:
    return len({one.candidate.provision.address.permalink for one in chosen}) > 1


def _nearest(
    found: Sequence[Candidate], side: _Side, what: Asked, best: Candidate, compared: Sides
) -> Candidate | None:
    """The best of those that fit, what they say of a side counted in; None where all are too far behind."""
    parts = () if compared.documents or compared.years else compared.parts
    behind = _PART_BEHIND if parts else _BEHIND
    others = (word for other in parts if other != side.part for word in what.named(other))
    own = what.named(side.part) - frozenset(others)
    weight = sum(what.weights[word] for word in own)

    def total(one: Candidate) -> float:
        spoken = sum(what.weights[word] for word in own & what.named(said(one.provision)))
        return worth(one.signals) + (_SPEAKS * spoken / weight if weight else 0.0)

    near = [one for one in found if side.fits(one) and worth(one.signals) >= worth(best.signals) - behind]
    return max(near, key=total, default=None)


def _any(_: Candidate) -> bool:
    return True


def _of_document(id_: str) -> Callable[[Candidate], bool]:
    return lambda one: one.document.id == id_


def _part_of(id_: str, compared: Sides) -> str:
    """The half of the question that names a document; they are named in the order of the halves."""
    return compared.parts[compared.documents.index(id_)] if compared.parts else ""


def _of_year(year: str, kind: Asks) -> Callable[[Candidate], bool]:
    """Whether a provision speaks of a year: itself, or of none and its document is for that year.

    Where a figure is asked for it must give one.
    """

    def fits(one: Candidate) -> bool:
        if kind is Asks.FIGURE and not any(figures(said(one.provision))):
            return False
        # a period is of neither of its years
        spoken = YEAR.findall(PERIOD.sub(" ", f"{' '.join(one.hit.passage.path)} {said(one.provision)}"))
        return year in (spoken or YEAR.findall(one.document.metadata.title))

    return fits
