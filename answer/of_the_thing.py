"""Which candidates speak of the very thing asked for: the instrument by its number, the figure by its word.

What is nearest may be another thing's figure, or the sentence beside the one that names the instrument.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import inf

from answer.candidates import Candidate
from answer.contrasts import of_another, uncounted
from answer.sides import numbered
from answer.weights import worth
from corpus.citation import parse_citations
from corpus.vietnamese import fold
from retriever.index import Index
from retriever.query import Query

# "“vùng khác” nghĩa là gì?", "vùng đệm được hiểu là gì?"
_TERM = re.compile(
    r"[“\"](?P<quoted>[^“”\"]{3,60})[”\"] (?:nghĩa |được hiểu )?là (?:gì|những gì|\w+ (?:nào|gì))\b"
    r"|^(?P<term>[^?.;,“”\"]{3,60}?) (?:nghĩa|được hiểu) là (?:gì|những gì|thế nào|\w+ (?:nào|gì))\b"
)
_MARKER = r"[-+*•\s]*(?:\(?[a-zđivx\d]{1,4}[).]\s*)*"
_BEHIND = (
    3.0  # how far behind the best a candidate may be that speaks of the figure; a number is unmistakable
)


def of_the_thing(found: Sequence[Candidate], query: Query, index: Index) -> list[Candidate]:
    """The candidates that speak of what is asked, where one of them is near the best; else all of them."""
    kept = list(found)
    ways = (
        (_of_instrument(query, index), inf),
        (_of_figure(query, index), _BEHIND),
        (_of_term(query), _BEHIND),
    )
    for speaks, behind in ways:
        able = [one for one in kept if not one.barred] or kept
        best = max(able, key=lambda one: worth(one.signals), default=None)
        if best is None or speaks(best):
            continue
        near = [one for one in able if worth(one.signals) >= worth(best.signals) - behind and speaks(one)]
        kept = near or kept
    return kept


def _of_instrument(query: Query, index: Index) -> Callable[[Candidate], bool]:
    """Whether a provision names the instruments that a question names and that are not held themselves."""
    text = query.written_out or query.text
    cited = (each.instrument for each in parse_citations(text))
    # "nghị quyết 19" may be any; with its letters a number is one instrument's
    numbers = [fold(each.number) for each in cited if each and each.number and "-" in each.number]
    if not numbers or numbered(fold(text), index.documents):
        return lambda one: True
    return lambda one: all(number in fold(one.provision.own_repaired) for number in numbers)


def _of_term(query: Query) -> Callable[[Candidate], bool]:
    """Whether a provision begins with the term that a question wants explained, and says what it is."""
    found = _TERM.search(fold(query.text))
    if found is None:
        return lambda one: True
    term = (found["quoted"] or found["term"]).strip()
    says = re.compile(rf"{_MARKER}{re.escape(term)}(?: \([^()]*\))? (?:là|gồm|bao gồm|được hiểu)\b")
    return lambda one: says.match(fold(one.provision.own_repaired)) is not None


def _of_figure(query: Query, index: Index) -> Callable[[Candidate], bool]:
    """Whether a provision's figure is of the thing and the time that a question asks for."""
    return lambda one: (
        not (of_another(query, one.document, one.provision, index) or uncounted(query, one.provision, index))
    )
