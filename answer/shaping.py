"""What of a chosen provision is shown: all of a short one, of a long one the clauses that answer.

A stretch that is shown is word for word the provision's; "…" stands where something is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from answer.asks import Asks, carries
from answer.coverage import Asked
from corpus.document import Correction, Provision, within
from corpus.sentences import sentence_spans

WHOLE = 120  # words: a provision of no more is shown whole
BUDGET = 100  # words of a longer one
_LONG = 30  # words: a longer sentence is cut between its clauses
CUT = "…"
_CLAUSE = re.compile(r";\s+")
_OPENING, _CLOSING = "([“", ")]”"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a provision's own text."""

    text: str  # the stretches, "…" where something is left out
    stretches: tuple[Span, ...]  # of own_text
    corrections: tuple[Correction, ...]  # of `text`


def shown(
    provision: Provision,
    start: int,
    end: int,
    units: Sequence[tuple[int, int, float]],
    what: Asked,
    kind: Asks,
    whole: int = WHOLE,
    budget: int = BUDGET,
) -> Shown:
    """What answers of `own_text[start:end]`; `units` are its stretches with their nearness."""
    own = provision.own_text
    if _words(own[start:end]) <= whole:
        return joined(provision, start, end, [(start, end)])
    parts = [(start + low, start + high) for low, high in clauses(own[start:end])]
    values = [_value(own, part, units, what, kind) for part in parts]
    kept: set[int] = set()
    spent = 0
    for number in sorted(range(len(parts)), key=lambda number: (-values[number], number)):
        length = _words(own[slice(*parts[number])])
        if kept and spent + length > budget:
            continue
        kept.add(number)
        spent += length
        if spent >= budget:
            break
    return joined(provision, start, end, [parts[number] for number in sorted(kept)])


def shown_around(provision: Provision, start: int, end: int) -> Shown:
    """The clauses of a provision's own text that a stretch of it stands in."""
    own = provision.own_text
    first = own.index(provision.text.text)
    parts = [(first + low, first + high) for low, high in clauses(own[first:])]
    return joined(provision, first, len(own), [part for part in parts if part[0] < end and start < part[1]])


def joined(provision: Provision, start: int, end: int, parts: Sequence[Span]) -> Shown:
    """Stretches of `own_text[start:end]`, in order, those that touch made one."""
    own = provision.own_text
    stretches: list[Span] = []
    for low, high in parts:
        if stretches and not own[stretches[-1][1] : low].strip():
            stretches[-1] = (stretches[-1][0], high)
        else:
            stretches.append((low, high))
    text, corrections = "", []
    for low, high in stretches:
        left_out = own[start:low] if not text else CUT
        if left_out.strip() and (text or not _ends_sentence(left_out)):
            text += f" {CUT} " if text else f"{CUT} "
        corrections += [
            replace(each, start=each.start + len(text), end=each.end + len(text))
            for each in within(provision.own_corrections, low, high)
        ]
        text += own[low:high]
    if own[stretches[-1][1] : end].strip() and not _ends_sentence(text):
        text += f" {CUT}"
    return Shown(text, tuple(stretches), tuple(corrections))


def clauses(text: str) -> Iterator[Span]:
    """Sentences, long ones cut behind each semicolon that stands in no bracket and no quotation."""
    for low, high in sentence_spans(text):
        if _words(text[low:high]) <= _LONG:
            yield low, high
            continue
        begin = low
        for seam in _CLAUSE.finditer(text, low, high):
            if _depth(text[low : seam.start()]) == 0 and _words(text[begin : seam.start()]) > 2:
                yield begin, seam.start() + 1
                begin = seam.end()
        yield begin, high


def _depth(text: str) -> int:
    return sum(text.count(sign) for sign in _OPENING) - sum(text.count(sign) for sign in _CLOSING)


def _value(own: str, part: Span, units: Sequence[tuple[int, int, float]], what: Asked, kind: Asks) -> float:
    """How well a clause answers: its unit.s nearness, the question's words, the kind of thing."""
    text = own[slice(*part)]
    near = max((cosine for low, high, cosine in units if low < part[1] and part[0] < high), default=0.0)
    return 5.0 * near + what.covered(text) + (0.15 if carries(kind, text) else 0.0)


def _ends_sentence(text: str) -> bool:
    return text.rstrip().endswith((".", "!", "?", "…", "./.", "”"))


def _words(text: str) -> int:
    return len(text.split())
