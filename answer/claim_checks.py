"""What a sentence may neither add nor leave out, compared with the place it was matched to.

Each check gives the first thing wrong in a few Vietnamese words, or "" for nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from answer.claim import Kind, Token
from answer.claim_match import Spot, Text
from answer.claim_words import AIMS, DENIALS, DENIED_OTHERWISE, INTENTIONS, OUTSIDE, PER, PER_WHAT, SAME_TIME
from answer.clauses import Clauses, says
from corpus.vietnamese import fold

_QUOTED = re.compile(r"[“«\"]([^“”«»\"]+)[”»\"]")
_ALL = ("toàn", "bộ")
_SAME_DEED = 3  # words of a clause by which it is the same
_NOT_WORDS = re.compile(r"[\W_]+")


def fits(said: Token, given: Token) -> bool:
    """Whether a token of a source says what a token of the sentence with the same key says."""
    if said.kind is Kind.FIGURE and given.kind is Kind.FIGURE:
        same_unit = said.unit == given.unit or not said.unit
        return same_unit and said.bounds == given.bounds and said.per == given.per
    if said.kind is Kind.TIME and given.kind is Kind.TIME:
        if said.time == given.time or {said.time, given.time} <= SAME_TIME:
            return True
        return len(given.key) == len("2026-06-15") and {said.time, given.time} == {"", "từ"}
    return Kind.WORD not in (said.kind, given.kind) or said.kind is given.kind


def each_behind(said: Clauses, texts: Sequence[Text]) -> Clauses:
    """ "Mỗi năm … 30 triệu đồng" as "… 30 triệu đồng mỗi năm", where a source says it so."""
    said = _all_of_it(said)
    tokens = said.tokens
    figures = [place for place, token in enumerate(tokens) if token.kind is Kind.FIGURE]
    each = next((place for place, token in enumerate(tokens[:-1]) if _is_each(tokens, place)), None)
    behind = [place for place in figures if each is not None and place > each]
    if each is None or len(figures) > 2 or not behind:
        return said
    counts = behind[-1] if each == 0 else behind[0]
    what, figure = tokens[each + 1].key.removeprefix("/"), tokens[counts]
    alike = (
        other for text in texts for there in text.places.get(figure.key, ()) for other in [text.tokens[there]]
    )
    if figure.per or not any(
        other.per == (what,) and fits(replace(figure, per=other.per), other) for other in alike
    ):
        return said
    silent = (each, each + 1)
    made = [replace(token, node=False) if place in silent else token for place, token in enumerate(tokens)]
    made[counts] = replace(figure, per=(what,))
    return replace(said, tokens=tuple(made))


def _is_each(tokens: Sequence[Token], place: int) -> bool:
    """Whether "mỗi năm", "hằng năm" begins there, or a sentence with "một xã"."""
    what = tokens[place + 1].key.removeprefix("/")
    each = tokens[place].key in (*PER, "1") if place == 0 else tokens[place].key in ("mỗi", "hằng", "từng")
    return each and what in PER_WHAT


def _all_of_it(said: Clauses) -> Clauses:
    """ "Toàn bộ (100%)": beside 100% the word says no more."""
    tokens = said.tokens
    if not any(token.kind is Kind.FIGURE and (token.key, token.unit) == ("100", "%") for token in tokens):
        return said
    first = {here for here, pair in enumerate(pairwise(tokens)) if tuple(one.key for one in pair) == _ALL}
    silent = first | {here + 1 for here in first}
    made = (replace(one, node=False) if here in silent else one for here, one in enumerate(tokens))
    return replace(said, tokens=tuple(made))


def strange_quotation(sentence: str, texts: Sequence[str]) -> str:
    """A quotation that stands in none of the texts."""
    for found in _QUOTED.finditer(sentence):
        if not any(in_words(found[1], text) for text in texts):
            return f"không có nguyên văn “{found[1]}”"
    return ""


def in_words(part: str, whole: str) -> bool:
    """Whether a text holds another word for word; of no words, never."""
    said = _plain(part).strip()
    return bool(said) and f" {said} " in f" {_plain(whole)} "


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    return _NOT_WORDS.sub(" ", fold(text))


def left_out(tokens: Sequence[Token], spots: Sequence[Spot | None], texts: Sequence[Text]) -> str:
    """A denial or an intention that stands right before what was matched and is not in the sentence."""
    taken = {spot for spot in spots if spot is not None}
    nodes = [token for token in tokens if token.node]
    above = {node.key for node, spot in zip(nodes, spots, strict=True) if spot and texts[spot.text].context}
    meant = any(says(tokens, place, aim) for place in range(len(tokens)) for aim in INTENTIONS)
    aims = any(says(tokens, place, aim) for place in range(len(tokens)) for aim in AIMS)
    for number, text in enumerate(texts):
        here = {spot.place for spot in taken if spot.text == number}
        if not here:
            continue
        for start, end in tempering(text.said.tokens):
            governed = _next_node(text.tokens, end)
            if governed is None:
                continue
            # a heading may have the word as well: that is no leave to leave out what tempers it here
            if governed not in here and (text.context or text.tokens[governed].key not in above):
                continue
            denied = text.tokens[start].key in DENIALS
            if here.intersection(range(start, end)) and not (
                denied and _bare(spots, Spot(number, governed), range(start, end))
            ):
                continue
            phrase = " ".join(token.key for token in text.tokens[start:end])
            if not (aims and phrase == "phấn đấu"):
                return f"bỏ mất “{phrase}”"
        if not meant and (phrase := _of_the_whole(text, here)):
            return f"bỏ mất “{phrase}”"
    return ""


def _of_the_whole(text: Text, here: set[int]) -> str:
    """The intention that begins the clause which all of what was matched stands in; "" for none."""
    given = text.said
    clauses = {given.clause[place] for place in here}
    roots = {min((clause, *given.over(clause))) for clause in clauses}
    if len(here) < _SAME_DEED or len(clauses) != 1 or len(roots) != 1:
        return ""
    (clause,) = clauses
    first = next(place for place in text.nodes if given.clause[place] == clause)
    for phrase in INTENTIONS:
        if says(text.tokens, first, phrase) and min(here) > first + len(phrase) - 1:
            return " ".join(phrase)
    return ""


def _bare(spots: Sequence[Spot | None], governed: Spot, words: range) -> bool:
    """Whether a word is said somewhere without what is said before it."""
    return any(
        spot == governed
        and not any(
            one and one.text == spot.text and one.place in words for one in spots[max(0, here - 4) : here]
        )
        for here, spot in enumerate(spots)
    )


@lru_cache(maxsize=1024)
def tempering(tokens: tuple[Token, ...]) -> tuple[tuple[int, int], ...]:
    """Where a text denies, or only means something: start and end of the words that say so."""
    return tuple(_tempering(tokens))


def _tempering(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if after is None:
            return
        if token.key in DENIALS and not token.name and _denies(tokens, place):
            yield place, place + 1
        for phrase in INTENTIONS:
            end = place + len(phrase)
            if (
                token.node
                and says(tokens, place, phrase)
                and end < len(tokens)
                and not tokens[end].before.strip()
            ):
                yield place, end


def _denies(tokens: Sequence[Token], place: int) -> bool:
    token, after = tokens[place], tokens[place + 1]
    if after.before.strip(" \n"):
        return False
    if token.key in OUTSIDE:
        return after.key in ("công", "phạm", "nhà") and (
            not place or tokens[place - 1].key not in ("và", "trong")
        )
    not_after, not_before = DENIED_OTHERWISE[token.key]
    return after.key not in not_after and (not place or tokens[place - 1].key not in not_before)


def added(token: Token, tokens: Sequence[Token], place: int, strong: frozenset[str]) -> str:
    """Why a node that stands in no source cannot be let pass; "" for an ordinary word."""
    if token.kind is Kind.FIGURE:
        return f"số liệu “{token.key}” không có, hoặc khác đơn vị, mức, khoảng"
    if token.exact:
        return f"“{token.key}” không có trong điều khoản được dẫn"
    if token.key in strong:
        return f"thêm “{token.key}”"
    for phrase in INTENTIONS:
        if token.key in phrase and says(tokens, place - phrase.index(token.key), phrase):
            return f"thêm “{' '.join(phrase)}”"
    return ""


def years_apart(said: Clauses, place: int, given: Clauses, spot: int, context: frozenset[str]) -> str:
    """A year that the sentence gives a figure and the source does not."""
    mine = governing(said, place)
    theirs = governing(given, spot)
    if not mine or mine & theirs or (not theirs and mine <= context):
        return ""
    return f"số liệu của {_listed(theirs)}, không phải {_listed(mine)}" if theirs else _unbound(mine)


def years_of_headings(
    said: Clauses, places: Sequence[int], spots: Sequence[Spot | None], texts: Sequence[Text]
) -> str:
    """A year of a heading, said of a clause that has a year of its own."""
    for place, spot in zip(places, spots, strict=True):
        token = said.tokens[place]
        if token.kind is not Kind.TIME or spot is None or not texts[spot.text].context:
            continue
        for other, there in zip(places, spots, strict=True):
            if there is None or texts[there.text].context or said.clause[other] != said.clause[place]:
                continue
            given = texts[there.text].said
            years = _years(given, given.clause[there.place])
            if years and token.key not in years:
                return f"số liệu, nội dung của {_listed(years)}, không phải {token.key}"
    return ""


def deeds_of_other_years(
    said: Clauses, places: Sequence[int], spots: Sequence[Spot | None], texts: Sequence[Text]
) -> str:
    """A year that the sentence gives what a source says of another year, where no figure stands beside it."""
    shared: Counter[tuple[int, int, int]] = Counter()
    told: dict[str, set[tuple[int, int]]] = {}  # of each year the clauses it was found in
    for place, spot in zip(places, spots, strict=True):
        if spot and not texts[spot.text].context:
            there = spot.text, texts[spot.text].said.clause[spot.place]
            if said.tokens[place].kind is Kind.TIME:
                told.setdefault(said.tokens[place].key, set()).add(there)
            else:
                shared[said.clause[place], *there] += 1
    spoken = {(text, theirs) for _, text, theirs in shared}
    for (mine, text, theirs), count in shared.items():
        given = _years(texts[text].said, theirs)
        asked = governing(said, said.clause.index(mine))
        alone = all(not told[year] & spoken for year in asked if year in told)  # nothing else is said of it
        if count >= _SAME_DEED and given and asked and not given & asked and alone and asked & told.keys():
            return f"nội dung của {_listed(given)}, không phải {_listed(asked)}"
    return ""


def _unbound(years: frozenset[str]) -> str:
    return f"số liệu không gắn với {_listed(years)}"


def _listed(years: frozenset[str]) -> str:
    return ", ".join(sorted(years))


def governing(said: Clauses, place: int) -> frozenset[str]:
    """The years and dates a figure stands under: of its clause, of those above it, or of the one before."""
    own = said.clause[place]
    for clause in (own, *said.over(own)):
        if years := _years(said, clause):
            return years
    earlier = [
        number
        for here, number in enumerate(said.clause[:place])
        if said.sentence[here] == said.sentence[place] and number != own and _years(said, number)
    ]
    return _years(said, earlier[-1]) if earlier else frozenset()


def _years(said: Clauses, clause: int) -> frozenset[str]:
    return frozenset(
        token.key
        for token, number in zip(said.tokens, said.clause, strict=True)
        if number == clause and token.kind is Kind.TIME
    )


def _next_node(tokens: Sequence[Token], place: int) -> int | None:
    return next((here for here in range(place, min(place + 4, len(tokens))) if tokens[here].node), None)
