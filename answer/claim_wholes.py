"""Whole and part, and whose figure it is: what a laid-over sentence may not turn round.

"10.000 lao động du lịch, trong đó có 5.400 lao động trực tiếp" has the words of "lao động du lịch là 5.400"
one behind the other, and of "trong số 5.400 … có 10.000".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from answer.claim import Kind
from answer.claim_match import Spot, Text
from answer.claim_words import JOINTS
from answer.clauses import NONE, Clauses

_NOUN = 4  # words behind a figure that say what it counts
_ITS_NOUN = 2  # of these, so many make it another figure's
_BEFORE = 3  # words between "trong" and the figure of a whole


def turned_round(
    said: Clauses, places: Sequence[int], spots: Sequence[Spot | None], texts: Sequence[Text]
) -> bool:
    """Whether a figure has another one's noun, a day another one's use, or a part is told as the whole."""
    laid = [(place, spot) for place, spot in zip(places, spots, strict=True) if spot]
    figures = [(place, spot) for place, spot in laid if said.tokens[place].kind is Kind.FIGURE]
    taken = {spot for _, spot in laid}
    return (
        any(_of_another(spot, taken, texts) for _, spot in figures)
        or any(
            _is_a_whole(said, place) and _stands_under(spot, others, texts)
            for place, spot in figures
            for others in [[other for _, other in figures if other != spot]]
        )
        or _of_another_day(taken, texts)
        or _of_another_list(said, laid, texts)
        or any(_joins_clauses(said, one, other, texts) for one, other in pairwise(laid))
    )


def _joins_clauses(
    said: Clauses, one: tuple[int, Spot], other: tuple[int, Spot], texts: Sequence[Text]
) -> bool:
    """Whether a figure and the word behind it are of two clauses: "đạt 50%; tỷ lệ B" is no "50% tỷ lệ B"."""
    (place, here), (behind, there) = one, other
    if here.text != there.text or there.place <= here.place or said.tokens[place].kind is not Kind.FIGURE:
        return False
    parted = any(
        token.before.strip(" %") or token.key in JOINTS for token in said.tokens[place + 1 : behind + 1]
    )
    between = texts[here.text].tokens[here.place + 1 : there.place + 1]
    return not parted and any(sign in token.before for token in between for sign in ";.\n")


def _of_another(figure: Spot, taken: set[Spot], texts: Sequence[Text]) -> bool:
    """Whether none of what a figure counts is said, and what another one counts is, without that one."""
    text = texts[figure.text]
    own = _noun(text, figure)
    if not own or own & taken:
        return False
    return any(
        len(_noun(text, other) & taken) >= _ITS_NOUN
        for place in text.nodes
        if text.tokens[place].kind is Kind.FIGURE and (other := Spot(figure.text, place)) not in taken
    )


def _noun(text: Text, figure: Spot) -> set[Spot]:
    """The words right behind a figure, up to a sign or another figure."""
    found: set[Spot] = set()
    for place in text.nodes_from(figure.place, _NOUN + 1)[1:]:
        token = text.tokens[place]
        if token.before.strip() or token.kind is not Kind.WORD:
            break
        found.add(Spot(figure.text, place))
    return found


def _of_another_day(taken: set[Spot], texts: Sequence[Text]) -> bool:
    """Whether what one day of a row is for is told of another of it: "06 tháng trước …, cả năm trước …"."""
    for number, text in enumerate(texts):
        given = text.said
        days = [place for place in text.nodes if text.tokens[place].kind is Kind.TIME]
        told = {_row_of(text, place) for place in days if Spot(number, place) in taken}
        for day in days:
            label = range(given.clause.index(given.clause[day]), day)
            silent = Spot(number, day) not in taken and given.twin[given.clause[day]] != NONE
            if silent and _row_of(text, day) in told and any(Spot(number, place) in taken for place in label):
                return True
    return False


def _of_another_list(said: Clauses, laid: Sequence[tuple[int, Spot]], texts: Sequence[Text]) -> bool:
    """Whether what is told to be among some things stands in a list of others: "A là những nhóm chính"."""
    here = next((place for place in range(len(said.tokens)) if _is_among(said, place)), None)
    if here is None:
        return False
    items = [spot for place, spot in laid if place < here and not texts[spot.text].context]
    named = [
        (len(texts[spot.text].places.get(said.tokens[place].key, ())), -place, spot)
        for place, spot in laid
        if place > here and said.clause[place] == said.clause[here] and not texts[spot.text].context
    ]
    if not named or not items:
        return False
    _, _, name = min(named, key=lambda one: one[:2])  # the word that stands in the fewest places tells which
    item = items[-1]
    return item.text == name.text and not _holds(texts[item.text].said, name.place, item.place)


def _is_among(said: Clauses, place: int) -> bool:
    """Whether "là những", "nằm trong các", "thuộc nhóm" stands there."""
    keys = [token.key for token in said.tokens[place : place + 3]]
    return keys[:2] in (["là", "những"], ["là", "các"], ["thuộc", "các"], ["thuộc", "nhóm"]) or keys in (
        ["nằm", "trong", "các"],
        ["nằm", "trong", "những"],
        ["nằm", "trong", "nhóm"],
    )


def _holds(given: Clauses, name: int, item: int) -> bool:
    """Whether what stands at `item` is in the clause of `name`, or under it."""
    of = given.clause[name]
    return given.clause[item] == of or of in given.over(given.clause[item])


def _row_of(text: Text, place: int) -> int:
    """The first clause of the row that a place stands in."""
    clause = text.said.clause[place]
    return clause if text.said.twin[clause] == NONE else text.said.twin[clause]


def _is_a_whole(said: Clauses, place: int) -> bool:
    """Whether a figure is told to be what others are in: "trong số 10 cửa khẩu"."""
    before = [token.key for token in said.tokens[max(0, place - _BEFORE) : place]]
    return "trong" in before and "đó" not in before


def _stands_under(whole: Spot, parts: Sequence[Spot], texts: Sequence[Text]) -> bool:
    """Whether a text tells it the other way round."""
    given = texts[whole.text].said
    return any(
        part.text == whole.text and given.clause[part.place] in given.over(given.clause[whole.place])
        for part in parts
    )
