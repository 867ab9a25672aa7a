"""A sentence laid over its sources: each of its words on the same word there, with as few leaps as can be.

Words that stand together in the sentence must stand together in a source, in one clause and what it stands
under. A leap that puts a word beside words of another clause is a break; another order within a clause only
strains the sentence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from answer.claim import Kind, Token
from answer.claim_words import AGENCIES, OPENERS, ROLES, SHORTENED
from answer.clauses import Clauses, clauses

BREAK = 100.0  # more than any strain
_LOOSE = 0.3
_TURNED = 0.1
_NEAR = 6  # tokens that a bracket may stand away from what it speaks of
FRONT, ONE_NAME, NO_CUT, COMMA, FULL = range(-2, 3)
_KEPT = 40  # ways that are followed at once
_ABOVE = 0.01  # a word of a heading where the provision has it too


@dataclass(frozen=True, slots=True)
class Text:
    """One text to match against."""

    said: Clauses
    places: dict[str, tuple[int, ...]]  # by key, the nodes only
    nodes: tuple[int, ...]  # the places of all nodes
    context: bool  # headings and lead-in: may give the subject and the year, never a figure

    def nodes_from(self, place: int, count: int) -> tuple[int, ...]:
        """The places of `count` nodes from a node on, fewer at the end."""
        first = bisect_left(self.nodes, place)
        return self.nodes[first : first + count]

    def node_before(self, place: int) -> Token | None:
        """The node before a place."""
        first = bisect_left(self.nodes, place)
        return self.tokens[self.nodes[first - 1]] if first else None

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.said.tokens


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in one of the texts."""

    text: int
    place: int


@dataclass(frozen=True, slots=True)
class Match:
    """Where each node of the sentence stands; None where it stands nowhere fitting."""

    spots: tuple[Spot | None, ...]
    breaks: int
    strain: float  # 0 for a sentence taken as it is


@lru_cache(maxsize=256)
def text_of(text: str, context: bool) -> Text:
    """A text made ready."""
    said = clauses(text)
    places: dict[str, list[int]] = {}
    for place, token in enumerate(said.tokens):
        if token.node:
            places.setdefault(token.key, []).append(place)
            if token.key in SHORTENED:  # "13 cụm" of "13 cụm công nghiệp"
                places.setdefault(SHORTENED[token.key], []).append(place)
            if token.kind is Kind.NUMBER and token.key.count("/") > 1:  # "19/2025" of "19/2025/nq/hđnd"
                places.setdefault("/".join(token.key.split("/")[:2]), []).append(place)
            if token.kind is Kind.TIME and token.key.count("-") == 2:  # "ngày 15/6" of a full date
                places.setdefault(token.key[5:], []).append(place)
    nodes = tuple(place for place, token in enumerate(said.tokens) if token.node)
    return Text(said, {key: tuple(found) for key, found in places.items()}, nodes, context)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to lay the nodes so far."""

    cost: float
    here: Spot | None  # the last spot in a provision
    over: Spot | None  # the last spot in a context
    cut: int  # the strongest sign in the sentence since `here`: FRONT, ONE_NAME, NO_CUT, COMMA, FULL
    spots: tuple[Spot | None, ...]  # of the nodes so far


def match(
    nodes: Sequence[Token], options: Sequence[Sequence[Spot]], texts: Sequence[Text], front: int = -1
) -> Match:
    """The best way to lay the nodes over their options; a node without any is passed over.

    `front`: how many nodes at the beginning say where what follows is so, -1 for none.
    """
    taken = _as_it_stands(nodes, options, texts)
    if taken:
        return Match(taken, 0, 0.0)
    ways = [_Way(0.0, None, None, NO_CUT, ())]
    before: Token | None = None
    fronted = _behind_front(nodes)
    for here, (node, spots) in enumerate(zip(nodes, options, strict=True)):
        if before and before.name and node.name and node.before.strip() == "-":
            ways = [replace(way, cut=ONE_NAME) for way in ways]  # "Đồng Đăng - Trà Lĩnh"
        elif here == front:
            ways = [replace(way, cut=FRONT) for way in ways]  # where it is so, and then what
        elif (cut := _cut(node)) and not (cut == COMMA and here == fronted):
            ways = [replace(way, cut=max(cut, way.cut)) for way in ways]
        elif before and before.name and node.name and before.end + 1 == node.start:
            ways = [replace(way, cut=way.cut or ONE_NAME) for way in ways]
        before = node
        ways = _further(ways, spots, texts)
    best = ways[0]
    breaks = int(best.cost // BREAK)
    return Match(best.spots, breaks, best.cost - breaks * BREAK)


def _behind_front(nodes: Sequence[Token]) -> int:
    """The first node behind "Tại … ," at the beginning: it is said of what follows; -1 for none."""
    if not nodes or (not nodes[0].before.strip() and nodes[0].start == 0) or not nodes[0].name:
        return -1
    return next((here for here, node in enumerate(nodes) if here and _cut(node)), -1)


def _as_it_stands(
    nodes: Sequence[Token], options: Sequence[Sequence[Spot]], texts: Sequence[Text]
) -> tuple[Spot, ...] | None:
    """The spots of a sentence whose nodes follow each other in a text just so; provisions come first."""
    for first in sorted(options[0], key=lambda spot: texts[spot.text].context) if options else ():
        run = texts[first.text].nodes_from(first.place, len(nodes))
        found = tuple(Spot(first.text, place) for place in run)
        whole = len(found) == len(nodes) and all(
            spot in few for spot, few in zip(found, options, strict=True)
        )
        if whole and not _runs_over(nodes, [texts[first.text].tokens[place] for place in run]):
            return found
    return None


def _runs_over(nodes: Sequence[Token], given: Sequence[Token]) -> bool:
    """Whether it goes on where the text has ended a clause: "đạt 50%; B đạt 60%" is no "50% B"."""
    return any(
        any(sign in there.before for sign in ";.\n") and not any(sign in here.before for sign in ",;:.\n(")
        for here, there in zip(nodes[1:], given[1:], strict=True)
    )


def _further(ways: Sequence[_Way], spots: Sequence[Spot], texts: Sequence[Text]) -> list[_Way]:
    """The ways after one more node, cheapest first, one for each last spot."""
    if not spots:
        return [replace(way, spots=(*way.spots, None)) for way in ways]
    own = any(not texts[spot.text].context for spot in spots)
    best: dict[Spot | None, _Way] = {}
    for spot in spots:
        if texts[spot.text].context:
            reached: Iterable[_Way] = (_above(way, spot, texts, own) for way in ways)
        else:
            reached = (_cheapest(ways, spot, texts),)
        for way in reached:
            known = best.get(way.here)
            if known is None or way.cost < known.cost:
                best[way.here] = way
    return sorted(best.values(), key=lambda way: way.cost)[:_KEPT]


def _above(way: _Way, spot: Spot, texts: Sequence[Text], own: bool) -> _Way:
    """On to a word of a heading; what the provision was at is not forgotten. `own`: it has the word too."""
    cost = way.cost + _ABOVE
    if way.over and way.over.text == spot.text:
        cost += _in_context(texts[spot.text].said, way.over.place, spot.place, way.cut)
    return replace(way, cost=cost, over=spot, cut=NO_CUT if own else way.cut, spots=(*way.spots, spot))


def _in_context(said: Clauses, here: int, there: int, cut: int) -> float:
    """Headings may be named in any order; within one, names keep their parts."""
    if here == there or said.clause[here] != said.clause[there]:
        return 0.0
    return _inside(said, here, there, cut)


def _cheapest(ways: Sequence[_Way], spot: Spot, texts: Sequence[Text]) -> _Way:
    """On to a word of a provision, from the cheapest of the ways."""
    best, source = float("inf"), ways[0]
    for way in ways:
        if way.cost >= best:
            break
        total = way.cost + (step(way.here, spot, texts, way.cut) if way.here else _first(spot, texts))
        if total < best:
            best, source = total, way
    return _Way(best, spot, source.over, NO_CUT, (*source.spots, spot))


def _cut(node: Token) -> int:
    """The sign before a word: at one, a sentence may take up something else."""
    if any(sign in node.before for sign in ";:.\n…"):
        return FULL
    return COMMA if any(sign in node.before for sign in ",()–") or " - " in node.before else NO_CUT


def _first(spot: Spot, texts: Sequence[Text]) -> float:
    return 0.0 if texts[spot.text].said.starts[spot.place] else _TURNED


def step(prior: Spot, spot: Spot, texts: Sequence[Text], cut: int) -> float:
    """What it costs to go from one spot to the next; `cut`: a sign stands between them in the sentence."""
    text = texts[spot.text]
    if cut == ONE_NAME:
        return 0.0 if prior.text == spot.text and spot.place == prior.place + 1 else BREAK
    if prior.text != spot.text:
        return _TURNED if cut else BREAK
    said, here, there = text.said, prior.place, spot.place
    if there == here:
        return _LOOSE  # the same word twice
    one, other = said.clause[here], said.clause[there]
    if one == other:
        return _inside(said, here, there, max(cut, NO_CUT))
    if cut == FRONT:
        return _TURNED if one in said.over(other) or other in said.over(one) else BREAK
    if _licensed(said, here, there, cut):
        return 0.0 if there == here + 1 else _TURNED
    return BREAK


def _inside(said: Clauses, here: int, there: int, cut: int) -> float:
    """From one place of a clause to another."""
    low, high = min(here, there), max(here, there)
    between = said.tokens[low + 1 : high]
    if _crowded(said, here, there, between):
        return BREAK
    roles = any(token.key in ROLES for token in between)
    if there > here:
        if not roles or not between:
            return 0.0
        filled = said.tokens[here + 1].name and not said.tokens[here].name
        leaps = filled or _verb_before(said, here, there)
        if said.tokens[there].name and leaps and not (cut and said.starts[there]):
            return BREAK
        return 0.0 if cut else _LOOSE / 2
    if said.tokens[there].name and roles and not (cut and said.starts[there]):
        return BREAK
    target = said.tokens[there]
    if roles and target.node and target.key in ROLES and not cut:
        return BREAK  # what is done to one is not done by it
    if said.starts[there] or cut:
        return _TURNED
    if said.tokens[here].name and roles:
        return BREAK
    if any(token.name for token in between) and any(token.name for token in said.tokens[there : there + 2]):
        return BREAK
    return _LOOSE if roles else _TURNED


def _crowded(said: Clauses, here: int, there: int, between: Sequence[Token]) -> bool:
    """Whether a leap takes a figure from its own word to the word of another figure."""
    tokens = said.tokens
    if Kind.FIGURE not in (tokens[here].kind, tokens[there].kind):
        return False
    if any(token.kind is Kind.FIGURE for token in between):
        return not (said.led[here] and there > here)  # the beginning they share may be said with any
    return there < here and said.figures[said.clause[here]] > 1


def _verb_before(said: Clauses, here: int, there: int) -> bool:
    """Whether a name that is leapt to has a verb of its own that was leapt over."""
    return any(token.key in ROLES and token.node for token in said.tokens[max(here + 1, there - 4) : there])


def _licensed(said: Clauses, here: int, there: int, cut: int) -> bool:
    """Whether a leap from one clause to another keeps what belongs together."""
    one, other = said.clause[here], said.clause[there]
    opens = said.opens[there]
    if _in_bracket(said, there) and not _beside(said, here, there):
        return cut == FULL and opens
    if one in said.over(other):  # from what stands above into what stands under it
        if said.tokens[there].key in AGENCIES and not cut and not said.closes[here]:
            return False
        if said.closes[here] and said.starts[there]:
            return True
        return opens or (cut == FULL and said.led[there])
    if other in said.over(one):  # and back
        if one in said.asides and not cut and not _runs_on(said, here, there):
            return False
        return bool(cut) or (said.closes[here] and said.starts[there])
    if cut and (opens or (there > here and said.starts[there] and not _counts(said, other))):
        return True
    if cut == FULL and said.led[there]:
        return True
    if said.sentence[here] != said.sentence[there]:
        return False
    if opens and there > here and (said.closes[here] or (said.led[here] and one in said.counting)):
        return True  # equals one behind the other, some perhaps left out; or with the beginning they share
    equals = said.above[one] == said.above[other]
    return equals and said.closes[here] and there > here and _opener(said, there)


def _in_bracket(said: Clauses, place: int) -> bool:
    """Whether a place begins what stands in a bracket."""
    near = range(max(0, place - 2), place + 1)
    return any("(" in said.tokens[here].before and said.clause[here] == said.clause[place] for here in near)


def _beside(said: Clauses, here: int, there: int) -> bool:
    """A bracket speaks of the words right before it."""
    if not 0 < there - here <= _NEAR or said.sentence[here] != said.sentence[there]:
        return False
    return not any(")" in token.before for token in said.tokens[here + 1 : there])


def _runs_on(said: Clauses, here: int, there: int) -> bool:
    """Whether what stands in a bracket is only another name: "chỉ số phát triển con người (HDI) đạt …"."""
    signs = "".join(token.before for token in said.tokens[here + 1 : there + 1])
    return 0 < there - here <= _NEAR and ")" in signs and not set(signs) & set(",;:")


def _opener(said: Clauses, place: int) -> bool:
    """Whether an ending that equals share may begin there: "được xử lý …", "trên 1 vạn dân"."""
    tokens = said.tokens
    return tokens[place].key in OPENERS or tokens[place - 1].key in OPENERS


def _counts(said: Clauses, clause: int) -> bool:
    """Whether a clause has a figure of its own."""
    return clause in said.counting
