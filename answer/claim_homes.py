"""Where a part of a sentence may take its words: a clause, what it stands under, what its row shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from answer.claim import Kind
from answer.claim_words import OFFICES, OPENERS
from answer.clauses import NONE, Clauses


@dataclass(frozen=True, slots=True)
class Home:
    """Where a part of a sentence may take its words; places of one text."""

    own: frozenset[int]
    above: frozenset[int]  # what it stands under, with the bracket behind it
    lead: frozenset[
        int
    ]  # the beginning its row shares, or the rest of the clause around a bracket: plain words
    tail: frozenset[int]  # the ending its row shares
    topic: frozenset[int]  # the name its sentence begins with; one of those above
    front: frozenset[int]  # own nodes before the first figure: to be said before the beginning is shared


@lru_cache(maxsize=1024)
def homes_of(said: Clauses) -> tuple[Home, ...]:
    """The home of each clause of a text."""
    members: list[list[int]] = [[] for _ in said.above]
    for place, clause in enumerate(said.clause):
        members[clause].append(place)
    return tuple(_home(said, members, clause) for clause in range(len(said.above)))


def _home(said: Clauses, members: Sequence[Sequence[int]], clause: int) -> Home:
    own = members[clause]
    over = [place for above in said.over(clause) for place in members[above]]
    lead: list[int] = []
    tail: list[int] = []
    if clause in said.asides and own:
        near = _chunk_before(said, members[said.above[clause]], own[0])
        lead = [place for place in over if place not in near]
        over = list(near)
    topic = _topic(said, own[0]) if own and not said.tokens[own[0]].capital else []
    over += topic
    asides = [one for one in said.asides if said.above[one] == clause]
    if len(asides) == 1:
        over += members[asides[0]]
    root = said.twin[clause] if said.twin[clause] != NONE else clause
    row = [root, *(one for one, twin in enumerate(said.twin) if twin == root)]
    if clause != root:
        lead += _before_figure(said, members[root])
    if clause != row[-1]:
        tail = _ending(said, members[row[-1]])
    front = (
        [place for place in _before_figure(said, own) if said.tokens[place].node] if clause != root else []
    )
    return Home(
        frozenset(own), frozenset(over), frozenset(lead), frozenset(tail), frozenset(topic), frozenset(front)
    )


def _topic(said: Clauses, place: int) -> list[int]:
    """The name that a sentence begins with, of which all its equals speak: "Tỉnh Lạng Sơn …"."""
    start = said.sentence.index(said.sentence[place])
    if said.above[said.clause[start]] != said.above[said.clause[place]]:
        return []
    run: list[int] = []
    for here in range(start, min(start + 4, len(said.tokens))):
        token = said.tokens[here]
        if (run and not token.name) or (not run and here > start + 1):
            break
        if token.name:
            run.append(here)
    return run if run and not said.tokens[run[-1]].before.strip() else []


def _chunk_before(said: Clauses, parent: Sequence[int], start: int) -> list[int]:
    """What a bracket speaks of: the words before it up to a sign, or to where an agency's name begins."""
    chunk: list[int] = []
    for place in reversed([one for one in parent if one < start]):
        token = said.tokens[place]
        chunk.append(place)
        if token.before.strip(" \n“”\"',") or (token.capital and token.key in OFFICES):
            return chunk
    signs = (here for here, place in enumerate(chunk) if said.tokens[place].before.strip(" \n“”\"'"))
    return chunk[: next(signs, len(chunk)) + 1]


def _before_figure(said: Clauses, places: Sequence[int]) -> list[int]:
    kinds = {said.tokens[place].kind for place in places}
    stop = Kind.FIGURE if Kind.FIGURE in kinds else Kind.TIME if Kind.TIME in kinds else Kind.NUMBER
    cut = next((here for here, place in enumerate(places) if said.tokens[place].kind is stop), len(places))
    return list(places[:cut])


def _ending(said: Clauses, places: Sequence[int]) -> list[int]:
    """From the word on that begins an ending which a row may share."""
    figures = [here for here, place in enumerate(places) if said.tokens[place].kind is not Kind.WORD]
    first = figures[0] + 1 if figures else 0
    for here in range(first, len(places)):
        if said.tokens[places[here]].key in OPENERS:
            return list(places[here:])
    return []
