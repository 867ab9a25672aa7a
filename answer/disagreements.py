"""Two provisions that say different things of the same: another year, another figure, another number.

What is compared are values that stand behind the same words about the same subject. Which of the two holds
is not for us to say: both are shown with their places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from answer.answer import Sentence
from answer.coverage import Asked
from answer.extract import Extract, citation_of
from answer.not_found import place_of
from answer.shaping import shown_around
from corpus.address import Address
from corpus.document import Document
from corpus.vietnamese import fold, nfc, syllables
from retriever.index import Index
from retriever.search import Hit

_LOOKED = 12  # passages
_RUN = 3  # words right before the two values that must be the same
_NEAR = 5  # the words right before a value, of which two must be no plain ones
_SUBJECT = 3  # words in a row, farther before, that must be the same
_BEFORE = 16  # words before a value in which its subject stands
_SHOWN = 4  # words shown before a value
_TOLD = 2  # disagreements that are told

_YEAR = re.compile(r"(?:19|20)\d\d")
_AMOUNT = re.compile(r"\d[\d.,]*")
_NUMBER = re.compile(r"(\d+)(?:/(?:19|20)\d\d)?(?:/|-)([a-zđ][\wđ-]*(?:/[\wđ-]+)?)")
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
# Words that every official text puts before its values: they are no subject.
_PLAIN = frozenset(
    "năm đến tới giai đoạn thời kỳ khoảng đạt là từ trên và các của cho với theo trong tại về số ngày tháng "
    "tỉnh phê duyệt ban hành điều chỉnh thực hiện phù hợp căn cứ tối đa được có".split()
)
_LOCATORS = frozenset("lục điều khoản mục điểm phần chương".split())


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A value that two provisions give differently."""

    one: Address
    said: str  # "tầm nhìn đến năm 2050"
    other: Address
    said_there: str


@dataclass(frozen=True, slots=True)
class _Value:
    address: Address
    value: str
    shown: str  # the value as printed, with a few words before it
    before: tuple[str, ...]  # nearest last
    after: tuple[str, ...]
    years: frozenset[str]  # that its text, headings or document speak of


def disagreements(
    hits: Sequence[Hit], cited: Sequence[Address], index: Index, what: Asked
) -> tuple[Disagreement, ...]:
    """Between cited provisions and those of the best passages, of what the question asks about."""
    addresses = dict.fromkeys([*cited, *(each for hit in hits[:_LOOKED] for each in hit.passage.addresses)])
    values = [value for address in addresses for value in _values(index.documents[address.document], address)]
    mine = [value for value in values if value.address in set(cited)]
    found: dict[frozenset[str], Disagreement] = {}
    for one in mine:
        for other in values:
            run = _run(one.before, other.before)
            if (
                other.address != one.address
                and one.value != other.value
                and _disagree(one, other, run)
                and _asked(one, run, what)
            ):
                told = Disagreement(one.address, one.shown, other.address, other.shown)
                found.setdefault(frozenset((one.value, other.value)), told)
    return tuple(found.values())[:_TOLD]


def disagreement_note(found: Sequence[Disagreement], index: Index) -> str:
    """Both places with what each says; "" for none."""
    told = [
        f"Hai chỗ trong kho nói khác nhau: “{each.said}” ({place_of(each.one, index)}) "
        f"và “{each.said_there}” ({place_of(each.other, index)}); hãy đối chiếu bản chính thức."
        for each in found
    ]
    return " ".join(told)


def both_shown(made: Extract, found: Sequence[Disagreement], index: Index) -> Extract:
    """With the clause of every other place that says it differently, cited; a comparison stays as it is."""
    if made.sides:
        return made
    sentences, citations = list(made.sentences), list(made.citations)
    for each in found:
        if any(citation.address == each.other for citation in citations):
            continue
        document = index.documents[each.other.document]
        provision = document.by_address[each.other.path]
        start = provision.own_text.find(each.said_there)
        if start < 0:
            continue
        clause = shown_around(provision, start, start + len(each.said_there))
        citations.append(citation_of(document, provision, clause.stretches, len(citations) + 1))
        sentences.append(Sentence(clause.text, (len(citations),), (), clause.corrections))
    return replace(made, sentences=tuple(sentences), citations=tuple(citations))


def _values(document: Document, address: Address) -> Iterator[_Value]:
    node = document.by_address[address.path]
    text = nfc(node.own_text)
    above = " ".join(each.caption for each in document.ancestors(address))
    years = frozenset(_YEAR.findall(text)) or frozenset(_YEAR.findall(above))
    years = years or frozenset(_YEAR.findall(f"{document.metadata.title} {document.metadata.date or ''}"))
    words = [word for word in _placed(text) if word[0] != "năm"]  # "tầm nhìn đến 2050" is "đến năm 2050"
    for place, (word, _, end) in enumerate(words):
        if _AMOUNT.fullmatch(word) or _NUMBER.fullmatch(word):
            before = words[max(0, place - _BEFORE) : place]
            if before and before[-1][0] in _LOCATORS:
                continue  # where something stands, not how much there is
            after = words[place + 1 : place + 8]
            unit = after[0][2] if after and not (_YEAR.fullmatch(word) or _NUMBER.fullmatch(word)) else end
            low = before[-_SHOWN:][0][1] if before else end - len(word)
            yield _Value(
                address, word, text[low:unit], tuple(w[0] for w in before), tuple(w[0] for w in after), years
            )


def _placed(text: str) -> Iterator[tuple[str, int, int]]:
    """The syllables of a text, folded, with their places."""
    end = 0
    for word in syllables(text):
        start = text.index(word, end)
        end = start + len(word)
        yield fold(word), start, end


def _asked(value: _Value, run: Sequence[str], what: Asked) -> bool:
    """Whether the question asks about what the two values are said of."""
    if number := _NUMBER.fullmatch(value.value):
        days = (word for word in value.after[:3] if _DATE.fullmatch(word))
        return any(each in what.weights for each in (number[1], value.value, *days))
    subject = " ".join(word for word in run if word not in _PLAIN)
    return what.covered(subject) > 0


def _run(one: tuple[str, ...], other: tuple[str, ...]) -> list[str]:
    """The words right before two values that are the same, in reading order."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return [mine for mine, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)][::-1]


def _disagree(one: _Value, other: _Value, run: Sequence[str]) -> bool:
    """Whether two different values behind `run` are said of the same thing."""
    numbers = _NUMBER.fullmatch(one.value), _NUMBER.fullmatch(other.value)
    if numbers[0] and numbers[1]:  # one instrument, its number written in two ways
        day = {word for word in one.after[:3] if _DATE.fullmatch(word)}
        return numbers[0][1] == numbers[1][1] and bool(day & set(other.after[:3]))
    if numbers[0] or numbers[1] or len(run) < _RUN or not _subject(run[-_NEAR:]):
        return False
    if _of_one_list(one.address, other.address):
        return False
    if bool(_YEAR.fullmatch(one.value)) != bool(_YEAR.fullmatch(other.value)):
        return False
    alike = one.after[:1] == other.after[:1] != () and one.years == other.years
    if not _YEAR.fullmatch(one.value) and not alike:  # figures: of the same unit and the same time
        return False
    return len(run) >= _RUN + _SUBJECT or bool(
        _threes(one.before, len(run)) & _threes(other.before, len(run))
    )


def _of_one_list(one: Address, other: Address) -> bool:
    """Whether two provisions stand side by side: each item of a list speaks of a thing of its own."""
    return one.document == other.document and one.units[:-1] == other.units[:-1]


def _subject(words: Sequence[str]) -> bool:
    return sum(word not in _PLAIN and not word[0].isdigit() for word in words) >= 2


def _threes(before: tuple[str, ...], run: int) -> set[tuple[str, ...]]:
    """Three words in a row, not all plain, that stand before the run."""
    rest = before[: len(before) - run]
    threes = (rest[place : place + _SUBJECT] for place in range(len(rest) - _SUBJECT + 1))
    return {three for three in threes if _subject(three) and not any(word[0].isdigit() for word in three)}
