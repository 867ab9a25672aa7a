"""What belongs together in a source and may not be said apart: subject and verb, document and date.

Each check looks at a sentence that has been laid over its sources and says whether a bond is torn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from answer.claim import Kind, Token
from answer.claim_match import Spot, Text
from answer.claim_words import COMPASS, GENERIC, JOINTS, LIGHT, OPENERS, RANKS
from answer.clauses import Clauses

_MOST_TURNS = 1


def torn(
    said: Clauses, places: Sequence[int], spots: Sequence[Spot | None], texts: Sequence[Text], turning: bool
) -> bool:
    """Whether a bond between words of the sources is torn; `turning`: any order of words will do."""
    pairs = [(place, spot) for place, spot in zip(places, spots, strict=True) if spot is not None]
    return (
        _rival_subject(said, pairs, texts)
        or _rival_object(said, pairs, texts)
        or _rival_bracket(said, pairs, texts)
        or _other_owner(said, pairs, texts)
        or _other_kind(said, pairs, texts)
        or _of_another_figure(said, pairs, texts)
        or _other_place(said, pairs, texts)
        or _list_behind_itself(said, pairs, texts)
        or _other_rank(said, pairs, texts)
        or (not turning and _turned(said, pairs, texts))
    )


Pairs = Sequence[tuple[int, Spot]]


def _rival_subject(said: Clauses, pairs: Pairs, texts: Sequence[Text]) -> bool:
    """A name of a heading before a verb that the provision gives to another name."""
    for (place, spot), (_, after) in pairwise(pairs):
        if said.tokens[place].name and texts[spot.text].context and not texts[after.text].context:
            doer = texts[after.text].node_before(after.place)
            given = texts[after.text].tokens[after.place]
            other = (
                doer is not None
                and doer.name
                and doer.key not in COMPASS
                and doer.key != said.tokens[place].key
            )
            if other and not given.before.strip() and not given.name:
                return True
    return False


def _rival_object(said: Clauses, pairs: Pairs, texts: Sequence[Text]) -> bool:
    """A name of a heading behind a word that the provision says before another name."""
    for (_, spot), (place, after) in pairwise(pairs):
        token = said.tokens[place]
        if (
            not token.name
            or token.before.strip()
            or texts[spot.text].context
            or not texts[after.text].context
        ):
            continue
        given = texts[spot.text].tokens
        there = spot.place + 1
        rival = given[there] if there < len(given) else None
        if rival is not None and rival.name and not rival.before.strip() and rival.key != token.key:
            return True
    return False


def _rival_bracket(said: Clauses, pairs: Pairs, texts: Sequence[Text]) -> bool:
    """A name in a bracket behind a word that has another bracket behind it in the provision."""
    for (_, spot), (place, after) in pairwise(pairs):
        token = said.tokens[place]
        given = texts[spot.text].tokens
        there = spot.place + 1
        if token.name and "(" in token.before and there < len(given) and "(" in given[there].before:
            return after.text != spot.text or not there <= after.place < there + 4
    return False


def _other_owner(said: Clauses, pairs: Pairs, texts: Sequence[Text]) -> bool:
    """A date or a name that stands behind the number of a document which the sentence does not speak of."""
    numbers = {spot for place, spot in pairs if said.tokens[place].kind is Kind.NUMBER}
    if not numbers:
        return False
    for place, spot in pairs:
        token = said.tokens[place]
        if (token.kind is Kind.TIME or token.name) and not texts[spot.text].context:
            owner = _number_before(texts[spot.text].said, spot.place)
            if owner is not None and Spot(spot.text, owner) not in numbers:
                return True
    return False


def _other_kind(said: Clauses, pairs: Pairs, texts: Sequence[Text]) -> bool:
    """The number of a document behind the kind of another: "Kế hoạch" for "Nghị quyết số 223-NQ/TU"."""
    for (before, _), (place, spot) in pairwise(pairs):
        if said.tokens[place].kind is not Kind.NUMBER or said.tokens[place].before.strip():
            continue
        text, mine = texts[spot.text], said.tokens[before].key
        numbers = (here for here in text.nodes if text.tokens[here].kind is Kind.NUMBER)
        kinds = {here: kind.key for here in numbers if (kind := text.node_before(here))}
        if mine != kinds.get(spot.place, mine) and mine in kinds.values():
            return True
    return False


def _number_before(given: Clauses, place: int) -> int | None:
    """The number of the document that a word stands with: right before it, or behind it in its sentence."""
    for here in range(place + 1, min(place + 4, len(given.tokens))):
        if given.tokens[here].before.strip():
            break
        if given.tokens[here].kind is Kind.NUMBER:
            return here
    here = place
    while here > 0 and given.sentence[here - 1] == given.sentence[place]:
        if ";" in given.tokens[here].before:
            return None
        here -= 1
        if given.tokens[here].kind is Kind.NUMBER:
            return here
    return None


def _of_another_figure(said: Clauses, pairs: Pairs, texts: Sequence[Text]) -> bool:
    """A figure with the words of an equal that has a figure of its own, not said."""
    figures = [(said.clause[place], spot) for place, spot in pairs if said.tokens[place].kind is Kind.FIGURE]
    told = {(spot.text, texts[spot.text].said.clause[spot.place]) for _, spot in figures}
    for clause, figure in figures:
        given = texts[figure.text].said
        own = given.clause[figure.place]
        for place, spot in pairs:
            if said.clause[place] != clause or spot.text != figure.text:
                continue
            other = given.clause[spot.place]
            if other == own or (spot.text, other) in told or not given.figures[other]:
                continue
            if other in given.over(own) or own in given.over(other) or given.led[spot.place]:
                continue
            if not _ends(given, spot.place):
                return True
    return False


def _ends(given: Clauses, place: int) -> bool:
    """Whether a word stands in an ending that equals may share."""
    clause = given.clause[place]
    while place >= 0 and given.clause[place] == clause and given.tokens[place].kind is not Kind.FIGURE:
        if given.tokens[place].key in OPENERS:
            return True
        place -= 1
    return False


def _other_place(said: Clauses, pairs: Pairs, texts: Sequence[Text]) -> bool:
    """A place said behind another word than the provision says it behind."""
    for place, spot in pairs:
        given = texts[spot.text].said
        if not said.tokens[place].name or texts[spot.text].context:
            continue
        if place and said.tokens[place - 1].name and not said.tokens[place].before.strip():
            continue
        if behind_another(said.tokens, place, given, spot.place):
            return True
    return False


def _list_behind_itself(said: Clauses, pairs: Pairs, texts: Sequence[Text]) -> bool:
    """The names that a list begins with, said right behind what stands later in it."""
    for (_, spot), (place, after) in pairwise(pairs):
        given = texts[after.text].said
        if not said.tokens[place].name or said.tokens[place].before.strip() or spot.text != after.text:
            continue
        same = given.clause[spot.place] == given.clause[after.place]
        if (
            same
            and after.place < spot.place
            and given.opens[after.place]
            and given.tokens[after.place].before.strip()
        ):
            return True
    return False


def _other_rank(said: Clauses, pairs: Pairs, texts: Sequence[Text]) -> bool:
    """A place of a list of communes said in a list of wards."""
    for place, spot in pairs:
        if said.tokens[place].name and not texts[spot.text].context:
            one, other = _rank(said.tokens, place), _rank(texts[spot.text].tokens, spot.place)
            if one and other and one != other:
                return True
    return False


def _rank(tokens: Sequence[Token], place: int) -> str:
    """What the list of names around a place is of: "xã" or "phường"; "" where that is not said."""
    here = place - 1
    while here >= 0 and (tokens[here].name or tokens[here].key in JOINTS):
        here -= 1
    if here < 0 or tokens[here].key not in RANKS:
        return ""
    mixed = here and tokens[here - 1].key in RANKS  # "các xã, phường"
    return "" if mixed or ";" in tokens[here + 1].before else tokens[here].key


def behind_another(tokens: Sequence[Token], place: int, given: Clauses, there: int) -> bool:
    """Whether a name is said behind another word than in the source, where another name may be meant."""
    one, other = leading(tokens, place), leading(given.tokens, there)
    return bool(one and other) and one != other and rivals(given, there)


def leading(tokens: Sequence[Token], place: int) -> str:
    """The word a name is said behind: "hành" of "Trung tâm điều hành tại phường Tam Thanh"; "" at a sign."""
    for here in range(place - 1, max(-1, place - 7), -1):
        if tokens[here + 1].before.strip():
            return ""
        if tokens[here].key in JOINTS:
            return ""
        if tokens[here].node and tokens[here].key not in GENERIC and tokens[here].key not in LIGHT:
            return tokens[here].key
    return ""


def rivals(said: Clauses, place: int) -> bool:
    """Whether another name of the clause could be meant."""
    clause = said.clause[place]
    head = said.tokens[place - 1].key if place else ""
    return any(
        number == clause and token.name and here != place and said.tokens[here - 1].key == head
        for here, (token, number) in enumerate(zip(said.tokens, said.clause, strict=True))
    )


def _turned(said: Clauses, pairs: Pairs, texts: Sequence[Text]) -> bool:
    """Whether words of one clause are taken back and forth: what is only moved goes back once."""
    turns = list(_turns(said, pairs, texts))
    return len(turns) > _MOST_TURNS


def _turns(said: Clauses, pairs: Pairs, texts: Sequence[Text]) -> Iterator[int]:
    """The places where a sentence goes back into what it has already passed over."""
    least: dict[tuple[int, int], int] = {}
    for (_, spot), (place, after) in pairwise(pairs):
        given = texts[spot.text].said
        clause = (spot.text, given.clause[spot.place])
        least[clause] = min(spot.place, least.get(clause, spot.place))
        if spot.text != after.text or texts[spot.text].context or said.starts[place]:
            continue
        if given.clause[after.place] == clause[1] and least[clause] <= after.place < spot.place:
            yield place
