"""A question of two things answered half by half: each searched, judged and answered by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from answer.answer import AnswerCitation, Sentence, Side
from answer.candidates import Candidate, candidates
from answer.checked import checked
from answer.confidence import THRESHOLD, judged
from answer.contrasts import of_another
from answer.coverage import asked
from answer.extract import Extract, extract
from answer.halves import HalfQuestion
from answer.signature import signature
from answer.weights import worth
from corpus.address import Address
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.search import Searcher, SearchResult

_KEPT = 20  # passages that a half is answered from
_AS_SURE = 0.02  # how much surer an answer from elsewhere must be than one from the other half's document
_NEARLY = 1.0  # how far behind the best of a half one provision may be that answers both
_LOOKED = 60  # passages of which those of the document that is meant are taken


@dataclass(frozen=True, slots=True)
class AnsweredHalf:
    """What one half found; `made` is empty where nothing surely answers it."""

    question: HalfQuestion
    made: Extract
    sure: float  # 0..1
    behind: Mapping[str, float] = field(default_factory=dict)  # by permalink: how far behind its best


@dataclass(frozen=True, slots=True)
class Together:
    """What answers the halves of a question.

    `made` is empty where nothing does, and where the same provisions answer both: then the question is one.
    """

    made: Extract = field(default_factory=Extract)
    sure: float = 0.0  # 0..1, of the half that is least sure
    lacking: tuple[str, ...] = ()  # the halves that nothing answers


def answered(half: HalfQuestion, searcher: Searcher, as_of: date | None) -> AnsweredHalf:
    """The extract that answers a half, and how sure that is."""
    found = searcher.search(half.search, _LOOKED, as_of)
    everywhere = _answered_from(half, _of(half.document, found), searcher)
    if half.perhaps is None:
        return everywhere
    there = _answered_from(half, _of(half.perhaps, found), searcher)
    return there if there.made.sentences and there.sure >= everywhere.sure - _AS_SURE else everywhere


def _answered_from(half: HalfQuestion, result: SearchResult, searcher: Searcher) -> AnsweredHalf:
    index = searcher.index
    if signed := signature(_as_said(half, result), index, searcher.lookup):
        return AnsweredHalf(half, checked(signed, index.documents), 1.0)
    sure, _ = judged(result, index, searcher.lookup)
    if not result.hits or sure < THRESHOLD:
        return AnsweredHalf(half, Extract(), sure)
    what = asked(result.query, index)
    found = candidates(result, index, what)
    made = extract(result, index, what, found, brief=True)
    if any(_of_another(half, result, each.address, index) for each in made.citations[:1]):
        made = Extract()
    return AnsweredHalf(half, checked(made, index.documents), sure, _behind(found))


def _of(document: str | None, found: SearchResult) -> SearchResult:
    """What was found in one document; as much as any search gives."""
    hits = (hit for hit in found.hits if document is None or hit.passage.document == document)
    return replace(found, hits=tuple(hits)[:_KEPT])


def _behind(found: Sequence[Candidate]) -> dict[str, float]:
    """Of each candidate that may answer how far it is behind the best."""
    weighed = {one.provision.address.permalink: worth(one.signals) for one in found if not one.barred}
    best = max(weighed.values(), default=0.0)
    return {permalink: best - each for permalink, each in weighed.items()}


def _one_answers_both(halves: Sequence[AnsweredHalf]) -> bool:
    """Whether one provision answers each half nearly as well as the best for it: then it asks one thing."""
    first, second = (half.behind for half in halves)
    return any(max(first[each], second[each]) <= _NEARLY for each in first.keys() & second.keys())


def _of_another(half: HalfQuestion, result: SearchResult, address: Address, index: Index) -> bool:
    """Whether a provision gives another thing's figure or validity; years are compared by figures."""
    document = index.documents[address.document]
    provision = document.by_address[address.path]
    return bool(of_another(result.query, document, provision, index, half.name is not None))


def together(halves: Sequence[AnsweredHalf]) -> Together:
    """What answers the halves, put into one; the sides are called by their documents where those differ."""
    said = [half for half in halves if half.made.sentences]
    if not said:
        return Together()
    sure = min(half.sure for half in said)
    lacking = tuple(half.question.said for half in halves if not half.made.sentences)
    if lacking:
        apart = _of_two_documents(halves) or _of_two_years(halves)
        return Together(said[0].made, sure, lacking) if apart else Together()
    if _one_answers_both(said):
        return Together(sure=sure)
    return Together(_joined(said), sure)


def _of_two_documents(halves: Sequence[AnsweredHalf]) -> bool:
    """Whether each half names its own document: then neither leans on the other."""
    named = {half.question.document for half in halves}
    return None not in named and len(named) == len(halves)


def _of_two_years(halves: Sequence[AnsweredHalf]) -> bool:
    """Whether the halves are one question of two years."""
    return all(half.question.name for half in halves)


def _joined(said: Sequence[AnsweredHalf]) -> Extract:
    names = [half.question.name or half.made.citations[0].document_name for half in said]
    if len(set(names)) < len(names):
        names = [half.question.said[:1].upper() + half.question.said[1:].rstrip(" ?") for half in said]
    sentences: list[Sentence] = []
    citations: dict[str, AnswerCitation] = {}
    sides: list[Side] = []
    for name, half in zip(names, said, strict=True):
        low = len(sentences)
        numbers: dict[int, int] = {}
        for each in half.made.citations:
            kept = citations.setdefault(each.address.permalink, replace(each, n=len(citations) + 1))
            numbers[each.n] = kept.n
        sentences += [
            replace(one, citations=tuple(numbers[n] for n in one.citations)) for one in half.made.sentences
        ]
        sides.append(Side(name, tuple(range(low, len(sentences)))))
    return Extract(tuple(sentences), tuple(citations.values()), None, tuple(sides))


def _as_said(half: HalfQuestion, result: SearchResult) -> SearchResult:
    """With the words that name its document: who signed it is looked up by them."""
    return replace(result, query=replace(result.query, text=fold(half.said)))
