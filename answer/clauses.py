"""How a text hangs together: its clauses, and which clause speaks under which.

A colon, "trong đó" and "gồm" put what follows under what stands before; a bracket stands under the words
before it; semicolons part equals, and so do commas and "và" where each side has a figure, a year or a
document number of its own. A figure is said of what stands in its own clause and above it, not beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from answer.claim import Kind, Token
from answer.claim_words import INTENTIONS, JOINTS, LEADS
from answer.claims import read

NONE = -1
_OF_TITLES = (
    ("tầm", "nhìn"),
    ("định", "hướng", "đến"),
)  # "thời kỳ 2021-2030, tầm nhìn đến năm 2050" is one name


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of a text; all tuples but `above` and `twin` have one entry a token."""

    tokens: tuple[Token, ...]
    clause: tuple[int, ...]  # number of the clause
    sentence: tuple[int, ...]
    opens: tuple[bool, ...]  # the first node of a clause
    starts: tuple[bool, ...]  # the first node behind a sign or a joint
    closes: tuple[bool, ...]  # the last node of a clause
    above: tuple[int, ...]  # of each clause, the clause it stands under; NONE for none
    twin: tuple[int, ...]  # of each clause, the first of the row it was parted from; NONE for none
    asides: frozenset[int]  # clauses in brackets
    counting: frozenset[int]  # clauses with a figure, a year or a document number
    figures: tuple[int, ...]  # how many each clause has
    led: tuple[bool, ...]  # before the first figure of its clause: what a row has in common

    def over(self, clause: int) -> Iterator[int]:
        """The clauses it stands under, innermost first."""
        clause = self.above[clause]
        while clause != NONE:
            yield clause
            clause = self.above[clause]


@lru_cache(maxsize=1024)
def clauses(text: str) -> Clauses:
    """The clauses of a text."""
    return _Reader(read(text)).done()


class _Reader:
    """Walks the tokens once for the frame, then parts rows of equals."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens
        self.above: list[int] = []
        self.clause: list[int] = []
        self.sentence: list[int] = []
        self.heading = NONE  # a line above without a full stop: what follows stands under it
        self.lead = NONE  # of the sentence: what a colon ended
        self.brackets: list[int] = []
        self.asides: list[int] = []
        self._frame()
        self.twin = [NONE] * len(self.above)
        self._part_rows()

    def _new(self, above: int) -> int:
        self.above.append(above)
        return len(self.above) - 1

    def _frame(self) -> None:
        sentence = 0
        here = self._new(NONE)
        for place in range(len(self.tokens)):
            if place:
                kind = _break(self.tokens, place)
                if kind in ("line", "colon line", "stop"):
                    sentence += 1
                    here = self._after_line(here, kind)
                else:
                    here = self._within(here, place)
            self.clause.append(here)
            self.sentence.append(sentence)

    def _after_line(self, here: int, kind: str) -> int:
        self.brackets = []
        if kind == "line" and self.heading == NONE:
            self.heading = here
        if kind == "colon line":
            self.heading = here
        self.lead = NONE
        return self._new(self.heading)

    def _within(self, here: int, place: int) -> int:
        before = self.tokens[place].before
        for sign in before:
            if sign in "([":
                self.brackets.append(here)
                here = self._new(here)
                self.asides.append(here)
            elif sign in ")]" and self.brackets:
                here = self.brackets.pop()
            elif sign == ":":
                self.lead = here
                here = self._new(here)
            elif sign == ";":
                here = self._new(self.above[here] if self.brackets else self._under())
        leads = any(says(self.tokens, place - len(lead), lead) for lead in LEADS)
        if (
            leads and not before.strip(" \n") and self.tokens[place].key != "cả"
        ):  # "bao gồm cả …" is said aside
            here = self._new(here)
        return here

    def _under(self) -> int:
        return self.lead if self.lead != NONE else self.heading

    def _part_rows(self) -> None:
        for clause in range(len(self.above)):
            run = [place for place, number in enumerate(self.clause) if number == clause]
            groups = list(_row(self.tokens, run))
            for group in groups[1:]:
                number = self._new(self.above[clause])
                self.twin.append(clause)
                for place in group:
                    self.clause[place] = number
                self._hang(clause, number, group[0])

    def _hang(self, clause: int, number: int, start: int) -> None:
        """What stands behind a part of a row stands under that part."""
        for child, above in enumerate(self.above):
            if above == clause and child in self.clause and self.clause.index(child) > start:
                self.above[child] = number

    def done(self) -> Clauses:
        tokens, clause = self.tokens, self.clause
        opens, starts, closes = ([False] * len(tokens) for _ in range(3))
        led = [False] * len(tokens)
        counted: set[int] = set()
        seen: set[int] = set()
        last: dict[int, int] = {}
        fresh = True
        opening: Token | None = None  # what has just begun a clause
        for place, token in enumerate(tokens):
            fresh = fresh or bool(token.before.strip()) or token.key in JOINTS
            if token.kind is not Kind.WORD:
                counted.add(clause[place])
            led[place] = clause[place] not in counted
            if token.node:
                numbered = opening is not None and opening.key.startswith("(")
                opens[place] = clause[place] not in seen or numbered
                opening = token if opens[place] else None
                starts[place] = fresh or opens[place]
                seen.add(clause[place])
                last[clause[place]] = place
                fresh = False
        for place in last.values():
            closes[place] = True
        return Clauses(
            tokens,
            tuple(clause),
            tuple(self.sentence),
            tuple(opens),
            tuple(starts),
            tuple(closes),
            tuple(self.above),
            tuple(self.twin),
            frozenset(self.asides),
            frozenset(counted),
            tuple(
                sum(
                    number == clause and token.kind is Kind.FIGURE
                    for token, number in zip(tokens, self.clause, strict=True)
                )
                for clause in range(len(self.above))
            ),
            tuple(led),
        )


def _break(tokens: Sequence[Token], place: int) -> str:
    """What ends before a token: "line", "colon line", "stop" (a full stop), or "" for nothing."""
    before = tokens[place].before
    if "\n" in before:
        said = before.split("\n")[0].strip()
        return "colon line" if said.endswith(":") else "stop" if said else "line"
    full = any(sign in before for sign in (". ", "! ", "? ", "… ", "./", '." ', ".” "))
    short = len(tokens[place - 1].key) < 3 and tokens[place - 1].capital
    return "stop" if full and not short and (tokens[place].capital or tokens[place].key[0].isdigit()) else ""


def says(tokens: Sequence[Token], place: int, phrase: tuple[str, ...]) -> bool:
    """Whether the keys of the tokens from `place` on are a phrase."""
    return place >= 0 and tuple(token.key for token in tokens[place : place + len(phrase)]) == phrase


def _row(tokens: Sequence[Token], run: Sequence[int]) -> Iterator[list[int]]:
    """A clause parted into equals, each with what counts of its own; whole where it is no row."""
    group: list[int] = []
    for chunk in _chunks(tokens, run):
        if group and _parts(tokens, group, chunk):
            yield group
            group = []
        group = [*group, *chunk]
    if group:
        yield group


def _chunks(tokens: Sequence[Token], run: Sequence[int]) -> Iterator[list[int]]:
    """The run cut at commas, dashes with spaces, and joints."""
    chunk: list[int] = []
    for place in run:
        token = tokens[place]
        if chunk and ("," in token.before or " - " in token.before or token.key in JOINTS):
            yield chunk
            chunk = []
        chunk.append(place)
    if chunk:
        yield chunk


def _parts(tokens: Sequence[Token], group: Sequence[int], chunk: Sequence[int]) -> bool:
    """Whether a chunk begins an equal of the group before it."""
    if any(says(tokens, chunk[0], title) for title in _OF_TITLES):
        return False
    mine, theirs = _counting(tokens, group), _counting(tokens, chunk)
    if not mine:  # "…, Khu C và 02 cảnh quan": behind a list without figures
        return tokens[chunk[0]].key in JOINTS and len(chunk) > 1 and tokens[chunk[1]].kind is Kind.FIGURE
    if mine & theirs:
        return True
    if theirs == {Kind.TIME} and any(says(tokens, place, aim) for aim in INTENTIONS for place in chunk[:2]):
        return True  # "…, dài 156 km, nghiên cứu đầu tư trước năm 2030": when that is meant to be done
    return not theirs and not any(tokens[place].node for place in _behind_last(tokens, group))


def _counting(tokens: Sequence[Token], places: Sequence[int]) -> frozenset[Kind]:
    kinds = (tokens[place].kind for place in places)
    return frozenset(kind for kind in kinds if kind in (Kind.FIGURE, Kind.TIME, Kind.NUMBER))


def _behind_last(tokens: Sequence[Token], group: Sequence[int]) -> Sequence[int]:
    """What stands behind the last figure of a group: nothing where figures close the equals."""
    counted = [here for here, place in enumerate(group) if tokens[place].kind is not Kind.WORD]
    return group[counted[-1] + 1 :] if counted else group
