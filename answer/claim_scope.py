"""A sentence in another order: each of its parts at home in one clause of a source, whatever the order there.

A clause is read with what it stands under, the beginning and the ending it shares with its equals, and the
bracket behind it. A part may take its words from there and from the headings, and nothing from a neighbour;
figures keep their nouns, names stay whole and behind the word that gives them their part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from answer.claim import Kind, Token
from answer.claim_homes import Home, homes_of
from answer.claim_match import Spot, Text
from answer.claim_parts import parts_kept
from answer.claim_words import HEADS, LIGHT, STRONG, VERBS
from answer.clauses import NONE, Clauses

_FEWEST = 10  # words a share is taken of, at least


def regrouped(
    said: Clauses,
    places: Sequence[int],
    options: Sequence[Sequence[Spot]],
    texts: Sequence[Text],
    loosest: float,
) -> tuple[Spot | None, ...] | None:
    """Where each node of a sentence stands, part by part; None where a part has no home.

    `loosest` is the largest share of words that may be strange to the home.
    """
    for pieces in _partings(said, places):
        found: list[Spot | None] = []
        homes: list[tuple[int, int]] = []
        for piece in pieces:
            one = _housed(said, places, piece, options, texts, loosest)
            if one is None:
                break
            homes.append(one[0])
            found += one[1]
        else:
            if _together(said, places, pieces, found, homes, texts) and _above_in_order(
                said, places, found, texts
            ):
                return tuple(found)
    return None


def _partings(said: Clauses, places: Sequence[int]) -> Iterator[list[range]]:
    """The nodes as one part; by clause; by clause, comma and joint."""
    total = len(places)
    if all(said.above[said.clause[place]] == NONE for place in places) or said.asides:
        yield [range(total)]
    clauses = [here for here in range(1, total) if said.clause[places[here]] != said.clause[places[here - 1]]]
    if said.asides:
        return  # what a bracket says is not parted from what it is said of
    if clauses:
        yield _cut_at(clauses, total)
    finer = [here for here in range(1, total) if here in clauses or said.starts[places[here]]]
    if finer != clauses:
        pieces = _cut_at(finer, total)
        if all(any(said.tokens[places[here]].exact for here in piece) for piece in pieces):
            yield pieces


def _cut_at(cuts: Sequence[int], total: int) -> list[range]:
    return [range(low, high) for low, high in zip((0, *cuts), (*cuts, total), strict=True)]


def _together(
    said: Clauses,
    places: Sequence[int],
    pieces: Sequence[range],
    found: Sequence[Spot | None],
    homes: Sequence[tuple[int, int]],
    texts: Sequence[Text],
) -> bool:
    """Whether the homes of parts that follow each other are of one family, and in their order."""
    for (one, here), (other, there), piece in zip(homes, homes[1:], pieces[1:], strict=False):
        given = texts[one].said
        if one != other:
            return False
        if here == there:
            continue
        first = found[piece.start]
        if first is None or first.text != one:
            return False
        own = [spot.place for at in piece if (spot := found[at]) and spot.text == one]
        opened = any(given.clause[place] == there and given.opens[place] for place in own)
        if there not in given.counting and not given.starts[first.place] and not opened:
            return False
        if here in given.over(there):
            continue
        mine = said.clause[places[piece.start]], said.clause[places[piece.start - 1]]
        if mine[1] in said.over(mine[0]):
            return False  # under what is only beside it there
        if there in given.over(here) and opened:
            continue  # first what is a part, then the whole
        if there in given.over(here) or given.above[here] != given.above[there]:
            return False
        if given.above[here] == NONE and not _one_sentence(given, here, there):
            return False
    return True


def _above_in_order(
    said: Clauses, places: Sequence[int], found: Sequence[Spot | None], texts: Sequence[Text]
) -> bool:
    """Whether who does what to whom in a heading is said in its order."""
    over = [
        (spot.place, said.tokens[place].key)
        for place, spot in zip(places, found, strict=True)
        if spot and texts[spot.text].context
    ]
    if not any(key in VERBS for _, key in over):
        return True
    return all(here < there for (here, _), (there, _) in pairwise(over))


def _one_sentence(said: Clauses, one: int, other: int) -> bool:
    return said.sentence[said.clause.index(one)] == said.sentence[said.clause.index(other)]


def _housed(
    said: Clauses,
    places: Sequence[int],
    piece: range,
    options: Sequence[Sequence[Spot]],
    texts: Sequence[Text],
    loosest: float,
) -> tuple[tuple[int, int], list[Spot | None]] | None:
    """The first home of a part, with the spots of its nodes."""
    counted: dict[tuple[int, int], int] = {}
    for here in piece:
        homes = {
            (s.text, texts[s.text].said.clause[s.place]) for s in options[here] if not texts[s.text].context
        }
        for home in homes:
            counted[home] = counted.get(home, 0) + 1
    for home in sorted(counted, key=lambda home: -counted[home])[:6]:
        spots = _laid(said, places, piece, options, texts, home, loosest)
        if spots is not None:
            return home, spots
    return None


def _laid(
    said: Clauses,
    places: Sequence[int],
    piece: range,
    options: Sequence[Sequence[Spot]],
    texts: Sequence[Text],
    home: tuple[int, int],
    loosest: float,
) -> list[Spot | None] | None:
    """The spots of a part in one home; None where it does not fit there."""
    text = texts[home[0]]
    rooms = homes_of(text.said)[home[1]]
    laid: list[Spot | None] = []
    strange = 0
    last = NONE
    for here in piece:
        node = said.tokens[places[here]]
        spot = _nearest(node, options[here], home[0], rooms, last, texts)
        if (
            spot is not None
            and texts[spot.text].context
            and any(one.text == home[0] for one in options[here])
        ):
            spot = None  # another clause of the provision says it
        if spot is None:
            light = (node.key in HEADS or node.key in LIGHT) and not node.name
            if not light and (node.exact or node.key in STRONG or node.key in VERBS or options[here]):
                return None
            strange += not light
        elif spot.text == home[0]:
            last = spot.place
        laid.append(spot)
    if strange / max(len(piece), _FEWEST) > loosest:
        return None
    taken = frozenset(spot.place for spot in laid if spot and spot.text == home[0])
    if not taken & rooms.own or (taken & rooms.lead and not rooms.front <= taken):
        return None
    if taken & rooms.tail and not {place for place in rooms.own if text.tokens[place].node} <= taken:
        return None
    nodes = [places[here] for here in piece]
    counted = {s.place for s in laid if s and s.text == home[0] and text.tokens[s.place].kind is Kind.FIGURE}
    touched = {text.said.clause[one] for one in taken & (rooms.own | rooms.above)} - {
        *text.said.over(home[1])
    }
    if counted and any(_figure_unsaid(text, clause, taken) for clause in touched):
        return None  # its words are said of another figure
    figures = [s.place for s in laid if s and s.text == home[0] and text.tokens[s.place].kind is Kind.FIGURE]
    if figures != sorted(figures) and len({text.said.clause[one] for one in figures}) > 1:
        return None  # of the whole and of its part
    unsaid = any(text.tokens[place].name for place in rooms.own - taken)
    if unsaid and any(text.tokens[place].name for place in (taken & rooms.above) - rooms.topic):
        return None
    return laid if parts_kept(said, nodes, laid, text, home[0], taken) else None


def _nearest(
    node: Token, spots: Sequence[Spot], number: int, rooms: Home, last: int, texts: Sequence[Text]
) -> Spot | None:
    """The spot in the home nearest to the last one: in the clause itself rather than above it."""
    plain = not node.exact
    for room in (rooms.own, rooms.above, rooms.tail, rooms.lead):
        within = [spot for spot in spots if spot.text == number and spot.place in room]
        if within and (plain or room is not rooms.lead):
            return min(within, key=lambda spot: (spot.place <= last, abs(spot.place - last - 1)))
    return next((spot for spot in spots if texts[spot.text].context), None)


def _figure_unsaid(text: Text, clause: int, taken: frozenset[int]) -> bool:
    """Whether the first figure of a clause is not said."""
    first = next(
        (
            one
            for one in text.nodes
            if text.said.clause[one] == clause and text.tokens[one].kind is Kind.FIGURE
        ),
        None,
    )
    return first is not None and first not in taken
