"""Whether figures, names and verbs of a sentence keep their parts where its words stand in another order."""

from __future__ import annotations

from collections.abc import Sequence

from answer.claim import Kind, Token
from answer.claim_bonds import behind_another
from answer.claim_match import Spot, Text
from answer.claim_words import GENERIC, GOVERNORS, PLAIN_GOVERNORS, VERBS
from answer.clauses import Clauses

_NOUN = 4  # nodes behind a figure that begins its clause: what it counts
_AROUND = 3  # nodes on each side of a figure, one of which must be said with it


def parts_kept(
    said: Clauses,
    nodes: Sequence[int],
    laid: Sequence[Spot | None],
    text: Text,
    number: int,
    taken: frozenset[int],
) -> bool:
    """Whether figures keep their nouns, names stay whole and each keeps its part."""
    before: tuple[int, int] | None = None
    for place, spot in zip(nodes, laid, strict=True):
        here = spot.place if spot and spot.text == number else None
        token = said.tokens[place]
        if (
            here is not None
            and token.kind is Kind.FIGURE
            and not _counts_the_same(said, place, text, here, taken)
        ):
            return False
        if here is not None and token.name and not _same_part(said, place, text, here, before):
            return False
        if (
            here is not None
            and token.key in VERBS
            and not _same_doer(said, place, text, number, here, nodes, laid)
        ):
            return False
        before = (place, here) if here is not None else None
    return True


def _counts_the_same(said: Clauses, place: int, text: Text, here: int, taken: frozenset[int]) -> bool:
    """Whether a figure is said of the same: its noun behind it, or, alone in its clause, words around it."""
    given = text.said
    clause = given.clause[here]
    own = [one for one in text.nodes if given.clause[one] == clause]
    at = own.index(here) if here in own else 0
    around = {*own[max(0, at - _AROUND) : at], *own[at + 1 : at + 1 + _AROUND]}
    mine, theirs = _next(said, place), _next(given, here)
    if mine is not None and theirs is not None and said.tokens[mine].key != given.tokens[theirs].key:
        return False
    if given.figures[clause] > 1:
        return mine is not None and theirs is not None
    if not own[:at] and not {*own[at + 1 : at + 1 + _NOUN]} <= taken:
        return False
    front = own[:at] or own[at + 1 : at + 3]
    return (not around or bool(around & taken)) and len([one for one in front if one in taken]) * 2 >= len(
        front
    )


def _next(said: Clauses, place: int) -> int | None:
    """The node behind, with no sign between."""
    for here in range(place + 1, min(place + 4, len(said.tokens))):
        if said.tokens[here].before.strip():
            return None
        if said.tokens[here].node:
            return here
    return None


def _same_part(said: Clauses, place: int, text: Text, here: int, before: tuple[int, int] | None) -> bool:
    """Whether a name follows the rest of its name, or the same word that gives it its part."""
    tokens, given = said.tokens, text.tokens
    if place and tokens[place - 1].name and tokens[place].before.strip() in ("", "-"):
        return before is not None and before[0] == place - 1 and before[1] == here - 1
    if behind_another(tokens, place, text.said, here):
        return False
    mine, theirs = governor(tokens, place), governor(given, here)
    return mine in ("", theirs) or (mine in PLAIN_GOVERNORS and (not theirs or theirs in PLAIN_GOVERNORS))


def governor(tokens: Sequence[Token], place: int) -> str:
    """The word that gives a name its part: "giáp" of "giáp tỉnh Cao Bằng"; "" for none."""
    for here in range(place - 1, max(-1, place - 7), -1):
        if tokens[here + 1].before.strip():
            return ""
        if tokens[here].key in GOVERNORS:
            return tokens[here].key
        if tokens[here].key not in GENERIC and not tokens[here].name:
            return ""
    return ""


def _same_doer(
    said: Clauses,
    place: int,
    text: Text,
    number: int,
    here: int,
    nodes: Sequence[int],
    laid: Sequence[Spot | None],
) -> bool:
    """Whether the name before a verb stands before it there too, and one behind it behind."""
    mine = [
        (one, spot.place)
        for one, spot in zip(nodes, laid, strict=True)
        if spot is not None and spot.text == number and said.tokens[one].name
    ]
    earlier = [spot for one, spot in mine if one < place]
    if said.tokens[place].key == "hợp" and _with(text.tokens, here) and not _with(said.tokens, place):
        return not earlier or earlier[-1] > here  # who is worked with is named behind
    passive = place > 1 and "được" in (said.tokens[place - 1].key, said.tokens[place - 2].key)
    if earlier and earlier[-1] > here and not passive:
        return False
    sign = next((one for one in range(place + 1, len(said.tokens)) if said.tokens[one].before.strip()), None)
    behind = [spot for one, spot in mine if place < one and (sign is None or one < sign)]
    return not behind or behind[0] > here


def _with(tokens: Sequence[Token], place: int) -> bool:
    return place + 1 < len(tokens) and tokens[place + 1].key == "với"
