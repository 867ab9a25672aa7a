"""The grammar of Vietnamese legal citations: free text → citations with spans, and back.

    cite      := locators (connector? instrument)?  |  instrument (connector? locators)?
    locators  := read and nested in corpus/locators.py
    instrument:= read in corpus/instruments.py

Parsing never looks at the corpus: that a text cites "điểm g" does not mean there is one.
Spans count code points of the text as received, whatever its normal form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus import instruments, locators
from corpus.address import Level
from corpus.instrument_types import EVERYDAY
from corpus.instruments import Instrument, name_of, read_instrument
from corpus.locators import ALONE, THIS, CitedUnit, Path, nested, read_locators, words_of
from corpus.meanings import with_meanings
from corpus.nesting import Step
from corpus.tokens import Kind, Token, Tokens, Words, phrase_set

__all__ = ["THIS", "Citation", "CitedUnit", "Instrument", "normal", "parse_citations"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference in the way people write it."""

    span: tuple[int, int]  # in the text as received
    units: tuple[CitedUnit, ...] = ()  # outermost first; the marker THIS means "này"
    instrument: Instrument | None = None  # None: the text names none
    until: str | None = None  # the last marker of a range: "Điều 5 đến Điều 9"
    changed: bool = False  # "Sửa đổi Điều 5 như sau: “…”", and what is quoted there: of another instrument
    meant: Instrument | None = None  # given by the words around: of "Nghị quyết nêu trên" the one before

    @property
    def relative(self) -> bool:
        """Whether it can only be understood where it stands: "khoản 2 Điều này", "Nghị quyết này"."""
        this = self.instrument is not None and (self.instrument.this or self.instrument.above)
        return this or any(unit.marker == THIS for unit in self.units)


_OPENERS = Words(instruments.OPENERS | locators.OPENERS)
_CONNECTORS = phrase_set(
    *(
        f"{said} {where}"
        for said in ("cụ thể", "quy định cụ thể", "nêu", "ghi", "nằm")
        for where in ("tại", "ở", "trong")
    ),
    "cụ thể là tại",
    "cụ thể là ở",
    "cụ thể là",
    "cụ thể",
    "quy định tại",
    "được quy định tại",
    "được ban hành kèm theo",
    "ban hành kèm theo",
    "đính kèm theo",
    "đính kèm",
    "kèm theo",
    "của",
    "tại",
    "theo",
    "thuộc",
    "trong",
    "ở",
)


def parse_citations(text: str) -> tuple[Citation, ...]:
    """Every citation in `text`, in order, spans apart from each other; never raises.

    The time grows with the length of the text alone.
    """
    tokens = Tokens(text)
    found: list[Citation] = []
    after = 0
    for index, token in enumerate(tokens):
        if index < after or not _may_open(tokens, index, token):
            continue
        read = _citations_at(tokens, index)
        if read is not None:
            citations, after = read
            found += citations
    return with_meanings(text, found)


def normal(citation: Citation, *, short: bool = False) -> str:
    """As an official writes it, smallest unit first: "điểm a khoản 2 Điều 5 Luật Du lịch năm 2017".

    `short`, for every mention after the first, leaves out the instrument's date and issuer.
    """
    words = list(words_of(citation.units))
    if citation.until and words:
        words[0] += f" đến {_last_of_range(citation)}"
    if citation.instrument is not None:
        words.append(name_of(citation.instrument, short=short))
    return " ".join(words)


def _last_of_range(citation: Citation) -> str:
    """The end of a range as written: "Điều 9"."""
    last = citation.units[-1]
    return next(words_of((last._replace(marker=citation.until or last.marker),)))


def _may_open(tokens: Tokens, index: int, token: Token) -> bool:
    """A quick look: most words of a text open no citation."""
    if token in _OPENERS or token.kind is Kind.INSTRUMENT:
        return True
    following = tokens[index + 1]
    if following.text == "." and token.kind is not Kind.SIGN:
        return not following.spaced and not tokens[index + 2].spaced
    return len(token.bare) == 2 and token.bare[0] == "d" and following in _OPENERS  # "đa k2"


def _citations_at(tokens: Tokens, index: int) -> tuple[list[Citation], int] | None:
    return _located(tokens, index) or _instrument_first(tokens, index)


def _located(tokens: Tokens, index: int) -> tuple[list[Citation], int] | None:
    """Locators, then the instrument they stand in, if one is named."""
    steps, after = read_locators(tokens, index)
    if not steps:
        return ([], after) if after > index else None
    paths = nested(steps)
    named = read_instrument(tokens, _past_connector(tokens, after), located=True)
    if named is None:
        return [_citation(tokens, path, None, path.start, path.end) for path in paths if not path.weak], after
    instrument, end = named
    inner, closing = _bracketed(tokens, steps, end)
    if inner is not None:
        return [_citation(tokens, inner, instrument, inner.start, tokens[closing - 1].end)], closing
    ends = [*(path.end for path in paths[:-1]), tokens[end - 1].end]
    return [
        _citation(tokens, path, instrument if _shares(path, paths[-1]) else None, path.start, stop)
        for path, stop in zip(paths, ends, strict=True)
    ], end


def _bracketed(tokens: Tokens, steps: list[Step], index: int) -> tuple[Path | None, int]:
    """ "Điều 2 Nghị quyết … (khoản 1, điểm a)", "Điều 2 Nghị quyết …, khoản 1": what goes further in, behind
    the instrument."""
    bracket = tokens[index].text == "("
    further, end = read_locators(tokens, index + (bracket or tokens[index].text == ","))
    beside = not tokens.opens_line(index + (tokens[index].text == ","))
    closed = tokens[end].text == ")" if bracket else beside and _goes_inwards(tokens, further, end)
    paths = nested([*steps, *further]) if further and closed else []
    one = len(paths) == 1 and paths[0].units[: len(steps)] == nested(steps)[0].units
    return (paths[0], end) if one else (None, index)


def _goes_inwards(tokens: Tokens, further: list[Step], end: int) -> bool:
    """Whether locators behind an instrument are of the Điều before it, and of no other instrument."""
    inner = all(step.unit.level in _INNER and step.unit.marker != THIS for step in further)
    return inner and read_instrument(tokens, _past_connector(tokens, end), located=True) is None


_INNER = frozenset(
    {Level.FOOTNOTE, Level.CLAUSE, Level.POINT, Level.SUBPOINT, Level.DASH, Level.PLUS, Level.PARAGRAPH}
)


def _shares(path: Path, last: Path) -> bool:
    """Whether a path is of the instrument named behind the last: no text has both Điều and mục on top."""
    tops = path.units[0].level, last.units[0].level
    return tops not in ((Level.ARTICLE, Level.SECTION), (Level.ARTICLE, None))


def _instrument_first(tokens: Tokens, index: int) -> tuple[list[Citation], int] | None:
    """ "Nghị quyết 19/2025/NQ-HĐND, Điều 5, khoản 2", or an instrument alone."""
    named = read_instrument(tokens, index, located=False) or _titled_before_locators(tokens, index)
    if named is None:
        return None
    instrument, after = named
    start = tokens[index].start
    alone = Citation(tokens.span(start, tokens[after - 1].end), (), instrument)
    steps, end = read_locators(tokens, _past_name(tokens, after))
    if any(step.unit.marker == THIS for step in steps):  # "Luật Du lịch, khoản 2 Điều này": of this text
        return [alone], after
    if not steps or read_instrument(tokens, _past_connector(tokens, end), located=True) is not None:
        return [alone], after
    paths = nested(steps)
    starts = [start, *(path.start for path in paths[1:])]
    return [
        _citation(tokens, path, instrument, first, path.end)
        for path, first in zip(paths, starts, strict=True)
    ], end


def _titled_before_locators(tokens: Tokens, index: int) -> tuple[Instrument, int] | None:
    """ "Kế hoạch du lịch, mục II.2": title words are enough when locators follow them."""
    named = read_instrument(tokens, index, located=True)
    if named is None or tokens[index].kind is Kind.INSTRUMENT or named[0].type in EVERYDAY:
        return None
    steps, _ = read_locators(tokens, _past_name(tokens, named[1]))
    sure = any(not step.weak or step.short or step.unit.level in ALONE for step in steps)
    return named if sure else None


def _past_name(tokens: Tokens, index: int) -> int:
    """From the end of an instrument to where its locators may begin."""
    return index + 1 if tokens[index].text == ":" else _past_connector(tokens, index)


_TEXT = phrase_set("văn bản", "bản")  # "của văn bản Luật Du lịch"
_NAME_JOINTS = frozenset(",-(/>›→»|")


def _past_connector(tokens: Tokens, index: int) -> int:
    """Past ")", a comma, bracket or dash, and "của", "tại", "quy định tại"."""
    if tokens[index].text in (")", "]"):
        index += 1
    if tokens[index].text in _NAME_JOINTS:
        index += 1
    connector = _CONNECTORS.at(tokens, index)
    after = index if connector is None else connector[1]
    text = _TEXT.at(tokens, after)
    named = text is not None and read_instrument(tokens, text[1], located=True) is not None
    return text[1] if named and text is not None else after


def _citation(tokens: Tokens, path: Path, instrument: Instrument | None, start: int, end: int) -> Citation:
    return replace(
        Citation(tokens.span(start, end)), units=path.units, instrument=instrument, until=path.until
    )
