"""An extract through the gate: what the cited provisions do not support is left out before anyone sees it.

Extracts are verbatim, so the gate has nothing to find in them; it stands on this road too, so that a fault in
choosing or cutting never reaches a reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from answer.answer import AnswerCitation, Sentence
from answer.extract import Extract
from answer.ground import Source, fault, source_of
from answer.shaping import CUT
from corpus.document import Document
from corpus.sentences import sentence_spans

_CUT = re.compile(rf"{CUT}|\n")


def checked(made: Extract, documents: Mapping[str, Document]) -> Extract:
    """The extract itself where the gate passes every sentence; otherwise without those it does not pass.

    What is left of a list or a comparison is neither: its count and its sides are gone with the sentence.
    """
    sources = {each.n: _source(each, documents) for each in made.citations}
    passed = tuple(each for each in made.sentences if _supported(each, sources))
    if len(passed) == len(made.sentences):
        return made
    return _renumbered(passed, made.citations)


def _source(citation: AnswerCitation, documents: Mapping[str, Document]) -> Source:
    document = documents[citation.address.document]
    return source_of(citation.n, document, document.by_address[citation.address.path])


def _supported(sentence: Sentence, sources: Mapping[int, Source]) -> bool:
    cited = [sources[n] for n in sentence.citations]
    stretches = (stretch.strip() for stretch in _CUT.split(sentence.text))
    return all(
        not fault(stretch[low:high], cited) for stretch in stretches for low, high in sentence_spans(stretch)
    )


def _renumbered(sentences: tuple[Sentence, ...], citations: tuple[AnswerCitation, ...]) -> Extract:
    used = dict.fromkeys(n for each in sentences for n in each.citations)
    numbers = {n: new for new, n in enumerate(used, start=1)}
    by_number = {each.n: each for each in citations}
    return Extract(
        tuple(replace(each, citations=tuple(numbers[n] for n in each.citations)) for each in sentences),
        tuple(replace(by_number[n], n=new) for n, new in numbers.items()),
    )
