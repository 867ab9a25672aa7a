"""What a line of an enrichment file must be, whoever or whatever wrote it, and what a file still lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.document import Document, Provision
from corpus.enrichment import Enrichment, fitting, wanted
from corpus.markers import is_roman, roman_value
from corpus.vietnamese import has_marks_ratio

GIST = (8, 260)  # characters, least and most
GIST_EN = (8, 700)
GIST_ZH = (4, 400)
QUESTION = (8, 160)
QUESTION_ZH = (4, 100)
QUESTIONS_FOREIGN = (1, 8)  # how many in each language
WORD = (2, 60)
WORDS = (1, 16)  # how many
_SHORT = 80  # characters of a provision that three questions would be too many for
_FEW, _MANY = 3, 34
_A_QUESTION = 80  # characters of a long provision that one more question may be asked of
_FOREIGN_MARKS = 0.3  # share of marked syllables: Vietnamese has 0.8, English with names in it far less

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ROMAN = re.compile(r"\b[IVXL]+\b")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_MARKUP = re.compile(r"</?[a-z!][^>]*>|\]\(|&(?:[a-z]+|#\d+);", re.IGNORECASE)
_LINK = re.compile(r"(?:[a-z]+://|www\.)[\w./?=&%#~:-]*[\w/]", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Review:
    """What the lines of a document lack."""

    wanted: int  # provisions that a line is written for
    missing: tuple[str, ...]  # paths of those without one
    stale: tuple[str, ...]  # paths of lines written for another wording, with none that fits
    faulty: tuple[tuple[str, tuple[str, ...]], ...]  # path, and in Vietnamese what is wrong with its line

    @property
    def good(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.missing or self.stale or self.faulty)


def review(lines: Sequence[Enrichment], document: Document) -> Review:
    """Every fault of the lines of a document."""
    fresh, stale = fitting(lines, document)
    paths = [node.address.path for node in wanted(document)]
    wrong = ((path, faults(fresh[path], document)) for path in paths if path in fresh)
    return Review(
        wanted=len(paths),
        missing=tuple(path for path in paths if path not in fresh),
        stale=tuple(line.at for line in stale),
        faulty=tuple((path, found) for path, found in wrong if found),
    )


def context(document: Document, node: Provision) -> tuple[str, ...]:
    """What stands above a provision, outermost first: headings, and the lead-in that it is an item of."""
    above = document.ancestors(node.address)
    said = [each.caption for each in above if each.caption]
    if above and above[-1].text.repaired.rstrip().endswith(":"):
        said.append(above[-1].text.repaired)
    return tuple(said)


def question_count(node: Provision) -> tuple[int, int]:
    """How many questions a provision must have at least, and may have at most."""
    length = len(node.own_repaired)
    return 1 if length < _SHORT else _FEW, max(_MANY, length // _A_QUESTION + 4)


def faults(line: Enrichment, document: Document, node: Provision | None = None) -> tuple[str, ...]:
    """What is wrong with a line, in Vietnamese; none where it may be used.

    `node`: the provision it was written for, by default the one at its address. Raises KeyError where there
    is none.
    """
    node = document.by_address[line.at] if node is None else node
    about = document.metadata
    source = " ".join(
        (node.own_repaired, *context(document, node), about.title, about.short_name, about.date or "")
    )
    return tuple(dict.fromkeys((*_form(line, node), *_languages(line), *_foreign(line, source))))


def _form(line: Enrichment, node: Provision) -> Iterable[str]:
    """Lengths, counts, marks."""
    for name, text, limits in (
        ("gist", line.gist, GIST),
        ("gist_en", line.gist_en, GIST_EN),
        ("gist_zh", line.gist_zh, GIST_ZH),
    ):
        yield from _length(name, text, limits)
    yield from _count("questions", line.questions, question_count(node))
    yield from _count("words", line.words, WORDS)
    for questions, limits in (
        (line.questions, QUESTION),
        (line.questions_en, QUESTION),
        (line.questions_zh, QUESTION_ZH),
    ):
        for question in questions:
            yield from _length(f"câu hỏi “{question[:40]}”", question, limits)
            if not question.endswith(("?", "？")):
                yield f"câu hỏi “{question[:40]}” phải kết thúc bằng dấu ?"
    # a line may go without questions in other languages
    if line.questions_en:
        yield from _count("questions_en", line.questions_en, QUESTIONS_FOREIGN)
    if line.questions_zh:
        yield from _count("questions_zh", line.questions_zh, QUESTIONS_FOREIGN)
    for word in line.words:
        yield from _length(f"từ “{word[:40]}”", word, WORD)
    for text in _texts(line):
        if not text.isprintable() or text != " ".join(text.split()):
            yield f"“{text[:40]!a}” có ký tự không in được, xuống dòng hoặc khoảng trắng thừa"


def _length(name: str, text: str, limits: tuple[int, int]) -> Iterable[str]:
    if not limits[0] <= len(text) <= limits[1]:
        yield f"{name} dài {len(text)} ký tự, phải từ {limits[0]} đến {limits[1]}"


def _count(name: str, texts: Sequence[str], limits: tuple[int, int]) -> Iterable[str]:
    if not limits[0] <= len(texts) <= limits[1]:
        yield f"{name} có {len(texts)} mục, phải từ {limits[0]} đến {limits[1]}"
    seen: set[str] = set()
    for text in texts:
        plain = " ".join(re.findall(r"\w+", text.casefold()))
        if plain in seen:
            yield f"{name} lặp lại “{text[:40]}”"
        seen.add(plain)


def _languages(line: Enrichment) -> Iterable[str]:
    """Each text in its own language, as far as letters tell."""
    if not has_marks_ratio(line.gist):
        yield "gist phải bằng tiếng Việt có dấu"
    if any(map(_HAN.search, (*line.vietnamese, *line.words))):
        yield "gist, questions, words phải bằng tiếng Việt, không có chữ Hán"
    if _HAN.search(line.gist_en) or has_marks_ratio(line.gist_en) > _FOREIGN_MARKS:
        yield "gist_en phải bằng tiếng Anh"
    for question in line.questions_en:
        if _HAN.search(question) or has_marks_ratio(question) > _FOREIGN_MARKS:
            yield f"“{question[:40]}” trong questions_en phải bằng tiếng Anh"
    if not all(map(_HAN.search, (line.gist_zh, *line.questions_zh))):
        yield "gist_zh và questions_zh phải bằng chữ Hán"


def _foreign(line: Enrichment, source: str) -> Iterable[str]:
    """What cannot come from the provision or what stands above it: markup, links, numbers."""
    for text in _texts(line):
        if _MARKUP.search(text):
            yield f"“{text[:40]}” có mã HTML hoặc Markdown"
        for link in _LINK.findall(text):
            if link not in source:
                yield f"liên kết {link[:60]} không có trong điều khoản"
    held = _numbers(source)
    # other languages write Roman numerals in digits, and millions by other powers of ten: 4,7 triệu, 470万
    loose = {each.rstrip("0") or "0" for each in held | _roman(source)}
    for name, text in (("gist", line.gist), ("gist_en", line.gist_en), ("gist_zh", line.gist_zh)):
        for number in sorted(_numbers(text)):
            known = number in held if name == "gist" else (number.rstrip("0") or "0") in loose
            if not known:
                yield f"{name} có số {number} không có trong điều khoản và các đề mục trên nó"


def _texts(line: Enrichment) -> tuple[str, ...]:
    return (*line.sentences, *line.words)


def _numbers(text: str) -> set[str]:
    """The numbers in a text, without separators and leading zeros: 4.700.000 and 4,700,000 are one."""
    return {re.sub("[.,]", "", found).lstrip("0") or "0" for found in _NUMBER.findall(text)}


def _roman(text: str) -> set[str]:
    found = (numeral.lower() for numeral in _ROMAN.findall(text))
    return {str(roman_value(numeral)) for numeral in found if is_roman(numeral)}
