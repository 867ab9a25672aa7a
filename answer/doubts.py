"""Why what was found may not answer: each reason with its strength and one Vietnamese sentence.

A reason that bars an answer is about the question as a whole: a year, a province, a document or an annex
that the nearest texts do not speak of. The others are about the thing asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answer.coverage import asked
from answer.evidence import Evidence, evidence
from answer.kinds import NUMBERS, kinds_asked
from answer.sides import named
from corpus.address import Level
from corpus.citation import Citation, normal, parse_citations
from corpus.document import Metadata
from corpus.vietnamese import fold, unmarked
from retriever.fields import run_of
from retriever.index import Index
from retriever.language import Language
from retriever.lookup import Lookup, LookupStatus
from retriever.search import SearchResult

# Differences of nearness from which a demand that only a farther unit meets is surely not met.
_KIND, _COUNT, _YEAR, _PLACE = 0.045, 0.045, 0.05, 0.03
TOLD = 0.4  # strength from which a reason is told

# What a mention of a document does not say: its content. Its day, number and title it does.
_CONTENT = re.compile(
    r"\b(?:hỗ trợ|điều kiện|quy định|hồ sơ|thủ tục|xử phạt|mức|bãi bỏ|hiệu lực|nội dung|nói gì|yêu cầu"
    r"|giao|làm gì"
    r"|(?<!ngày )(?<!số )bao nhiêu|mấy (?:phần|triệu|tỷ|tiền|điều|chục|nhóm|nhiệm|mục|giải)|thế nào|gồm"
    r"|thưởng|phạt|mục tiêu|đề ra|đặt ra|khoản nào|cấm|cho phép|bắt buộc|chỉ tiêu"
    r"|say|require|provide|support|how (?:much|many))\b|规定|支持|条件|多少"
)
_WHETHER = re.compile(
    r"\b(?:có|được|đã|sẽ|định)\b.*\b(?:không|chưa)(?: (?:ạ|vậy|nhỉ|thế|em|anh|chị))*[ ?.!]*$"
)
_WORD = re.compile(r"[a-z]*[aeiouy][a-z]*(?: [a-z]*[aeiouy][a-z]*)?")  # of one or two syllables
_WEIGHTY = 0.25  # share of a question's words that one word is
_ISSUING = re.compile(
    r"\b(?:ai|cơ quan nào|cấp nào|nơi nào) (?:đã )?(?:ban hành|ra|ký)\b|\b(?:giai đoạn|thời kỳ) nào\b"
    r"|\b(?:ban hành|ký|ra) (?:vào )?(?:ngày|hôm)\b|\bsố (?:mấy|nào|bao nhiêu)\b"
)
_IN_ANNEX = re.compile(r"\b(?:trong|theo|tại|ở) (?:các )?phụ lục\b(?! (?:nào|số mấy|mấy|số nào))")
# Units named in English or Chinese, in the words of a Vietnamese citation.
_ANNEX_ABROAD = re.compile(
    r"\b(?:annex|appendix) (?:no\.? ?)?(?=\d|[IVXL]+\b)|附(?:录|件)第?(?=[\dIVX])", re.IGNORECASE
)
_LAW_ABROAD = re.compile(
    r"\barticles? \d+ of (?:the |a )?(?:\w+ )?(?P<type>law|code|decree|circular|ordinance)\b"
    r"|(?P<chinese>法|法令|通知)》?第[\d一二三四五六七八九十百]+条",
    re.IGNORECASE,
)
_TYPES = {
    "law": "luật",
    "code": "bộ luật",
    "decree": "nghị định",
    "circular": "thông tư",
    "ordinance": "pháp lệnh",
}
_OWN_NUMBER = re.compile(
    r"\b(?:mang số|số hiệu|là số (?:mấy|bao nhiêu)|số bao nhiêu|số mấy|ký"
    r"|ban hành)\b"
)
_ABOUT_ITSELF = "phê duyệt ban hành mang ký hôm số hiệu văn bản chính xác"
_UNNAMED = 0.4  # share of the question's words above which it is about the document itself
_DAY = "ngày cụ thể"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason; `strength` 0..1."""

    strength: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Doubts:
    """The reasons against an answer."""

    kind: tuple[Doubt, ...]  # the kind of thing asked for stands nowhere near
    count: tuple[Doubt, ...]  # nor a number of what is counted
    bars: tuple[Doubt, ...]

    @property
    def strongest(self) -> Doubt | None:
        """The reason to tell, if there is one: what bars before what is missing."""
        told = [each for each in (*self.bars, *self.kind, *self.count) if each.strength >= TOLD]
        return max(told, key=lambda each: each.strength, default=None)


def strength(doubts: tuple[Doubt, ...]) -> float:
    """Of the strongest, 0 where there is none."""
    return max((each.strength for each in doubts), default=0.0)


def doubts(result: SearchResult, index: Index, lookup: Lookup) -> Doubts:
    """All reasons against answering from what was found."""
    found = evidence(result, index)
    return Doubts(
        kind=tuple(
            Doubt(min(1.0, gap.far / _KIND), f"Những đoạn gần nhất không nêu {gap.demand} của điều được hỏi.")
            for gap in found.kinds
        ),
        count=tuple(
            Doubt(min(1.0, gap.far / _COUNT), "Những đoạn gần nhất không nêu con số được hỏi.")
            for gap in found.counts
        ),
        bars=(
            *_other_years(found),
            *_other_places(found),
            *_laws_abroad(result, index),
            *_not_held(result, index, lookup),
            *_left_blank(result, index),
            *_never_named(result, index),
        ),
    )


def _other_years(found: Evidence) -> Iterator[Doubt]:
    for gap in found.years:
        spoken = (
            f"chỉ nói về năm {', '.join(found.spoken_years)}" if found.spoken_years else "không nêu năm nào"
        )
        yield Doubt(min(1.0, gap.far / _YEAR), f"Câu hỏi nói về năm {gap.demand}; đoạn gần nhất {spoken}.")


def _other_places(found: Evidence) -> Iterator[Doubt]:
    for gap in found.places:
        place = " ".join(part.capitalize() for part in gap.demand.split())
        yield Doubt(min(1.0, gap.far / _PLACE), f"Những đoạn gần nhất không nêu điều được hỏi của {place}.")


def _asks_content(text: str, citation: Citation, index: Index) -> bool:
    """Whether a question asks what an instrument says: not who issued it, nor what another one says of it."""
    rest = fold(f"{text[: citation.span[0]]} {text[citation.span[1] :]}")
    return bool(_CONTENT.search(rest)) and not (_ISSUING.search(rest) or named(rest, index.documents))


def _not_held(result: SearchResult, index: Index, lookup: Lookup) -> Iterator[Doubt]:
    """Documents that the question names and asks the content of, and annexes, which are not held."""
    text = _ANNEX_ABROAD.sub("Phụ lục ", result.query.text)
    folded = fold(text)
    annexes = False
    for citation in parse_citations(text):
        resolved = lookup.resolve(citation)
        if resolved.status is LookupStatus.EXACT:
            continue
        if resolved.status is LookupStatus.DOCUMENT_ONLY and citation.units and not _of_annex(citation):
            yield Doubt(1.0, resolved.message)
        if _of_annex(citation):
            annexes = True
            yield Doubt(1.0, f"{_written(citation)} không có trong kho.")
        elif citation.instrument and resolved.unheld and _asks_content(text, citation, index):
            known = resolved.status is not LookupStatus.UNKNOWN
            but = (
                ", chỉ có chỗ nhắc đến văn bản này." if known else " và không văn bản nào trong kho nhắc đến."
            )
            yield Doubt(1.0, f"Kho không có toàn văn {_written(citation)}{but}")
    if not annexes and _IN_ANNEX.search(folded):
        yield Doubt(1.0, "Nội dung được hỏi nằm trong phụ lục không có trong kho.")


def _laws_abroad(result: SearchResult, index: Index) -> Iterator[Doubt]:
    """Articles of laws named in English or Chinese, of which nothing is held."""
    held = {fold(document.metadata.type) for document in index.documents.values()}
    for law in _LAW_ABROAD.finditer(result.query.text):
        type_ = _TYPES.get((law["type"] or "").lower(), "luật")
        if type_ not in held:
            yield Doubt(1.0, f"Kho không có toàn văn {type_} được hỏi.")


def _never_named(result: SearchResult, index: Index) -> Iterator[Doubt]:
    """What a yes-or-no question is about, where no text of the holdings and nothing beside them has the word.

    "Có xây casino không?": what speaks of building without it answers another question.
    """
    query = result.query
    if query.language is not Language.VIETNAMESE or not _WHETHER.search(fold(query.text)):
        return
    for word, weight in asked(query, index).weights.items():
        if weight < _WEIGHTY or not _WORD.fullmatch(unmarked(word)):
            continue  # what is longer, or without a vowel, was cut wrongly or is an abbreviation
        if not _is_known(word, index) and not _is_two(word, index):
            yield Doubt(1.0, f"Không điều khoản nào trong kho nhắc đến “{word}”.")


def _is_known(word: str, index: Index) -> bool:
    """Whether a text, or what is written beside one, has a word of one or two syllables."""
    token = word.replace(" ", "_")
    run = run_of(word)
    held = index.words.knows(token) or index.syllables.knows(run)
    beside = index.asked
    return held or (beside is not None and (beside.words.knows(token) or beside.syllables.knows(run)))


def _is_two(word: str, index: Index) -> bool:
    """Whether two known syllables were typed as one: "saunày"."""
    cuts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
    return any(index.syllables.knows(one) and index.syllables.knows(other) for one, other in cuts)


def _of_annex(citation: Citation) -> bool:
    return any(unit.level is Level.ANNEX for unit in citation.units)


def _written(citation: Citation) -> str:
    said = normal(citation)
    return said[:1].upper() + said[1:]


def _left_blank(result: SearchResult, index: Index) -> Iterator[Doubt]:
    """The number and the day of a held document itself, where its copy leaves them blank."""
    query = result.query
    folded = fold(query.text)
    if not _OWN_NUMBER.search(folded):
        return
    wanted = {kind.name for kind in kinds_asked(query)} & {NUMBERS, _DAY}
    what = asked(query, index)
    for document in index.documents.values():
        held = document.metadata
        if fold(held.type) not in folded or not (blank := wanted & _blanks(held)):
            continue
        said = f"{held.type} {held.title} {held.issuer} {held.date} {_ABOUT_ITSELF}"
        share = (what.covered(said) - _UNNAMED) * 3
        names = " và ".join({NUMBERS: "số", _DAY: "ngày"}[each] for each in sorted(blank, reverse=True))
        yield Doubt(max(0.0, min(1.0, share)), f"Bản trong kho của {held.short_name} để trống {names}.")


def _blanks(held: Metadata) -> set[str]:
    """The kinds of thing that a document's copy does not tell of itself."""
    blank = {NUMBERS} if held.number is None else set()
    return blank | ({_DAY} if len(held.date or "") < len("2026-02-28") else set())
