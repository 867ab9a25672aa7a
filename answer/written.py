"""A language model's drafts become sentences of an answer: each through the gate, before anyone sees it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from answer.answer import AnswerCitation, Sentence
from answer.coverage import in_a_row
from answer.drafts import Draft
from answer.ground import Source, Verdict, judge
from answer.plain import plain
from answer.sources import Given
from corpus.address import spoken
from corpus.sentences import sentence_spans
from corpus.vietnamese import fold, syllables

# Share of words: of a sentence that stand in what it cites, and of those in the one stretch that is marked.
_ENOUGH = 0.8
_OWN = 0.5  # share of words that stand in the provision itself, not only in what stands above it
_TOGETHER = 0.5  # share of neighbouring words that are neighbours in what is cited
_SHORT = 5  # words
# Four digits that nothing before them makes a year: "2026 sản phẩm", "mục 2026".
_BARE_YEAR = re.compile(
    r"(?:^|(?!(?:năm|đến|tới|từ|trước|sau|đoạn|kỳ|cuối|đầu|tháng|và|hết|nhìn|quý)\b)\b[^\W\d_]+)[\s(“]*"
    r"\b(?P<year>(?:19|20)\d\d)\b(?![.,/-]\d)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")


class Written:
    """The part of an answer that passed the gate, and how much did not."""

    def __init__(self, given: Sequence[Given]) -> None:
        self._given = {each.n: each for each in given}
        self._sources = [Source(each.n, each.text, each.context) for each in given]
        self._kept: list[tuple[str, tuple[int, ...]]] = []  # numbers as given
        self.dropped = 0

    def admit(self, draft: Draft) -> bool:
        """Whether a sentence of the draft was new and stands on what was given; others are left out."""
        text, kept = plain(draft.text), len(self._kept)
        for start, end in sentence_spans(text):
            self._judge(text[start:end], draft.citations)
        return len(self._kept) > kept

    def _judge(self, sentence: str, cited: Sequence[int]) -> None:
        if any(fold(sentence) == fold(said) for said, _ in self._kept):
            return
        judged = judge(sentence, [n for n in cited if n in self._given], self._sources)
        if judged.verdict is not Verdict.UNSUPPORTED and self._echoes(sentence, judged.citations):
            self._kept.append((sentence, judged.citations))
        else:
            self.dropped += 1

    def _echoes(self, sentence: str, cited: Sequence[int]) -> bool:
        """Whether nearly all words stand in what is cited, most of them beside each other as they do here.

        One strange word is much of a short sentence; and words that are all known may be in no order. A year
        that only a heading gives is said as a year, not as a count of something.
        """
        wording = " ".join(self._given[n].text for n in cited)
        if any(found["year"] not in _figures(wording) for found in _BARE_YEAR.finditer(sentence)):
            return False
        texts = [f"{self._given[n].text} {self._given[n].context}" for n in cited]
        if len(syllables(fold(sentence))) <= _SHORT:
            return any(in_a_row(sentence) in in_a_row(text) for text in texts)
        said, pairs = _words(sentence), _pairs(sentence)
        if len(said & _words(wording)) < _OWN * len(said):  # a heading said again answers nothing
            return False
        held, together = _words(" ".join(texts)), set[tuple[str, str]]().union(*map(_pairs, texts))
        return len(said & held) >= _ENOUGH * len(said) and len(pairs & together) >= _TOGETHER * len(pairs)

    @property
    def text(self) -> str:
        return " ".join(sentence for sentence, _ in self._kept)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What was admitted, citing by the numbers of `citations`."""
        numbers = self._numbers
        return tuple(
            Sentence(sentence, tuple(sorted(numbers[n] for n in cited))) for sentence, cited in self._kept
        )

    @property
    def citations(self) -> tuple[AnswerCitation, ...]:
        """The sources in order of first use, with the stretches that support."""
        return tuple(self._citation(self._given[n], number) for n, number in self._numbers.items())

    @property
    def _numbers(self) -> dict[int, int]:
        used = dict.fromkeys(n for _, cited in self._kept for n in cited)
        return {n: number for number, n in enumerate(used, start=1)}

    def _citation(self, given: Given, number: int) -> AnswerCitation:
        text = given.provision.own_text
        begin = len(given.provision.marker.text)  # the citation names the marker already
        marked = {stretch(sentence, text, begin) for sentence, cited in self._kept if given.n in cited}
        return AnswerCitation(
            n=number,
            address=given.provision.address,
            document_name=given.document.metadata.short_name,
            citation=spoken(given.provision.address),
            text=text,
            evidence=tuple(sorted(marked)),
            caveat=given.caveat,
            corrections=given.provision.own_corrections,
        )


def stretch(sentence: str, text: str, begin: int = 0) -> tuple[int, int]:
    """Where in `text`, from `begin`, it says what `sentence` says.

    One sentence of it that holds all the figures and most of the words, or all where none does.
    """
    spans = [(begin + start, begin + end) for start, end in sentence_spans(text[begin:])]
    words, figures = _words(sentence), _figures(sentence) & _figures(text)
    holding = [(start, end) for start, end in spans if figures <= _figures(text[start:end])]
    shared = {(start, end): len(words & _words(text[start:end])) for start, end in holding}
    best = max(holding, key=lambda span: shared[span], default=None)
    if best is not None and shared[best] >= _ENOUGH * len(words & _words(text)):
        return best
    return (spans[0][0], spans[-1][1]) if spans else (0, len(text))


def _words(text: str) -> set[str]:
    return set(syllables(fold(text)))


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(syllables(fold(text))))


def _figures(text: str) -> set[str]:
    return set(_FIGURE.findall(text))
