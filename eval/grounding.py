"""The measures of an answer: its facts, its citations against gold, its sentences against what they cite."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import PASSAGE_LIMIT
from corpus.vietnamese import nfc
from eval.evidence import Gold, Library, folded
from eval.facts import contains_fact, numbers
from eval.runfile import RunAnswer, RunCitation, RunSentence

ELLIPSIS = "…"  # where an extract leaves something out


def all_facts(facts: Sequence[str], answer: RunAnswer) -> float:
    """1 when every fact stands in the sentences of the answer; a note in our own words does not count."""
    return float(all(contains_fact(answer.said, fact) for fact in facts))


def citation_precision(gold: Sequence[Gold], answer: RunAnswer, library: Library) -> float:
    """Share of the citations that are right for some gold entry; 0 when nothing is cited."""
    right = [any(_is_right(entry, citation, library) for entry in gold) for citation in answer.citations]
    return sum(right) / len(right) if right else 0.0


def citation_recall(gold: Sequence[Gold], answer: RunAnswer, library: Library) -> float:
    """Share of the gold entries whose quote a citation holds: a neighbour in the list does not do."""
    met = [any(_holds(entry, citation, library) for citation in answer.citations) for entry in gold]
    return sum(met) / len(met) if met else 0.0


def words(answer: RunAnswer) -> int:
    """Words of the sentences, parted by white space, citation numbers left out."""
    return len(answer.said.split())


def not_verbatim(answer: RunAnswer) -> int:
    """How many sentences have a line that stands word for word in none of the texts they cite.

    Of a line with ellipses each stretch must, in the order of the text.
    """
    return sum(not _is_verbatim(sentence, answer) for sentence in answer.sentences)


def strange_numbers(answer: RunAnswer) -> int:
    """How many sentences say a figure that is in none of the texts they cite."""
    return sum(not _numbers_stand(sentence, answer) for sentence in answer.sentences)


def wrong_count(answer: RunAnswer, library: Library) -> bool:
    """Whether the number of items that the answer gives is not that of the enumeration it cites first."""
    if answer.count is None:
        return False
    return not answer.citations or answer.count != library.items(
        answer.citations[0].document, answer.citations[0].address
    )


def _is_right(entry: Gold, citation: RunCitation, library: Library) -> bool:
    in_its_list = library.same_enumeration(entry, citation.document, citation.address)
    return in_its_list or _holds(entry, citation, library)


def _holds(entry: Gold, citation: RunCitation, library: Library) -> bool:
    """The cited text holds a quote and is no chapter: short, or of the quote's list, or without parts."""
    if not entry.stands_in(citation.document, citation.text):
        return False
    return (
        len(nfc(citation.text)) <= PASSAGE_LIMIT
        or library.is_leaf(citation.document, citation.address)
        or library.same_enumeration(entry, citation.document, citation.address)
    )


def _is_verbatim(sentence: RunSentence, answer: RunAnswer) -> bool:
    cited = [folded(citation.text) for citation in answer.cited_by(sentence)]
    return all(any(_stands(line, text) for text in cited) for line in sentence.text.splitlines())


def _stands(line: str, text: str) -> bool:
    """Whether what stands between the ellipses of a line is in the text, one after the other."""
    at = 0
    for stretch in line.split(ELLIPSIS):
        found = text.find(folded(stretch), at)
        if found < 0:
            return False
        at = found + len(folded(stretch))
    return True


def _numbers_stand(sentence: RunSentence, answer: RunAnswer) -> bool:
    cited = frozenset[str]().union(*(numbers(citation.text) for citation in answer.cited_by(sentence)))
    return numbers(sentence.text) <= cited
