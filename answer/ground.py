"""The gate: each sentence against exactly the provisions it cites, before anyone sees it.

A sentence is supported when every figure (with unit, bound and year), date, document number and name in it
stands in a cited provision, nothing is denied, promised or tempered otherwise, quotations are verbatim, and
its words can be laid over the provision so that what stands together there stands together here: figures
with their own subjects, names in their own parts. Headings and lead-ins may give the subject and the year,
never a figure. No language model; the same answer every time.

A sentence in another language than Vietnamese cannot be laid over a Vietnamese provision: its numbers and
names are checked, its words are not found, and it is unsupported unless it stands there verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from answer.bare_instruments import told_otherwise, with_bare_instruments
from answer.claim import Kind, Token
from answer.claim_bonds import torn
from answer.claim_checks import (
    added,
    deeds_of_other_years,
    each_behind,
    fits,
    in_words,
    left_out,
    strange_quotation,
    years_apart,
    years_of_headings,
)
from answer.claim_match import Match, Spot, Text, match, text_of
from answer.claim_pairs import strange_pair
from answer.claim_scope import regrouped
from answer.claim_wholes import turned_round
from answer.claim_words import AGENCIES, COMPASS, DENIALS, LIGHT, LOCATING, ROLES, STRONG, TURNS
from answer.claims import read
from answer.clauses import Clauses, clauses
from answer.conjuncts import conjuncts
from answer.list_order import in_their_order
from answer.located import located
from answer.rewordings import counted, rewordings, strange_count
from answer.shared_subject import with_their_doer
from corpus.document import Document, Provision
from corpus.vietnamese import SMALL

# The largest share of a sentence's words that may be ours: strange to the provision, or in another order.
# Chosen on eval/altered/development.jsonl.
LOOSEST = 0.10
_FEWEST = 10  # words a share is taken of, at least
_LONGEST = 12_000  # characters of a provision that is taken with its parts: a chapter is no evidence
_MOST = 24  # places of one word that are tried
_SHORT_BRACKET = re.compile(rf"\((?P<words>{SMALL}+(?: {SMALL}+){{1,4}})\)")  # no name
_APART = "ghép số liệu, tên với đối tượng khác trong điều khoản"
_PERHAPS = (_APART, "số liệu “", "lời khác với")  # what another order of the words may set right


class Verdict(StrEnum):
    """What may become of a sentence."""

    SUPPORTED = "supported"
    MISATTRIBUTED = "misattributed"  # another provision supports it
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Source:
    """A provision that a sentence may cite."""

    n: int
    text: str  # as a reader sees it, misreadings corrected or not
    context: str = ""  # headings, lead-in, title: may give the subject and the year, never a figure


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one sentence."""

    verdict: Verdict
    citations: tuple[int, ...]  # those that support it; of an unsupported sentence those it came with
    reason: str  # in Vietnamese, short; for logs and docs


def source_of(n: int, document: Document, provision: Provision) -> Source:
    """A provision of a document as a source: all of it, corrected and, where that differs, as printed.

    The context is the document's name and title, and what stands above the provision.
    """
    nodes = [node for node in provision.walk() if node.own_text]
    if sum(len(node.own_text) for node in nodes) > _LONGEST:
        nodes = [provision]
    readings = [
        "\n".join(read) for read in ((node.own_repaired for node in nodes), (node.own_text for node in nodes))
    ]
    above = (node.own_repaired for node in document.ancestors(provision.address) if node.own_text)
    context = "\n".join((document.metadata.short_name, document.metadata.title, *above))
    return Source(n, "\n".join(dict.fromkeys(readings)), context)


def judge(sentence: str, cited: Sequence[int], sources: Sequence[Source]) -> Judged:
    """Whether the cited provisions support the sentence; numbers that no source has are passed over."""
    own = [source for source in sources if source.n in cited]
    faults = {source.n: fault(sentence, [source]) for source in own}
    alone = tuple(n for n in cited if faults.get(n) == "")
    if alone:
        return Judged(Verdict.SUPPORTED, alone, "khớp điều khoản được dẫn")
    if len(own) > 1 and not fault(sentence, own):
        needed = _needed(sentence, own)
        return Judged(Verdict.SUPPORTED, needed, "khớp các điều khoản được dẫn")
    other = next(
        (source.n for source in sources if source not in own and not fault(sentence, [source])), None
    )
    if other is not None:
        return Judged(Verdict.MISATTRIBUTED, (other,), f"đúng với [{other}], không phải điều khoản được dẫn")
    reason = next(iter(faults.values()), "không dẫn điều khoản nào")
    return Judged(Verdict.UNSUPPORTED, tuple(cited), reason)


def _needed(sentence: str, sources: Sequence[Source]) -> tuple[int, ...]:
    """The numbers of the sources that a sentence cannot do without."""
    kept = list(sources)
    for source in sources:
        fewer = [one for one in kept if one is not source]
        if fewer and not fault(sentence, fewer):
            kept = fewer
    return tuple(source.n for source in kept)


def fault(sentence: str, sources: Sequence[Source]) -> str:
    """What these provisions together do not support of a sentence, in Vietnamese; "" when they support it.

    Its parts may stand in another order that says the same.
    """
    texts = [one.text for one in sources]
    if why := strange_count(sentence, texts) or told_otherwise(sentence, texts):
        return why
    wrong = _fault(sentence, sources)
    if not wrong.startswith(_PERHAPS) or counted(sentence).difference(*map(counted, texts)):
        return wrong
    if any(_otherwise(sentence, those) for those in (sources, _opened(sources)) if those):
        return ""
    for other in (sentence, *rewordings(sentence)):
        if bare := with_bare_instruments(other, texts):
            those = [replace(one, text=text) for one, text in zip(sources, bare[1], strict=True)]
            if _stands(bare[0], those) or _stands_apart(bare[0], those):
                return ""
    return "" if _stands_apart(sentence, sources) else wrong


def _stands_apart(sentence: str, sources: Sequence[Source]) -> bool:
    """Whether all that it says stands there, one by one."""
    return any(all(_stands(part, sources) for part in parts) for parts in conjuncts(sentence))


def _opened(sources: Sequence[Source]) -> list[Source]:
    """The sources with what stands in short brackets said without them; [] where none has any."""
    opened = [replace(one, text=_SHORT_BRACKET.sub(r"\g<words>", one.text)) for one in sources]
    return opened if opened != list(sources) else []


def _stands(sentence: str, sources: Sequence[Source]) -> bool:
    return not _fault(sentence, sources) or _otherwise(sentence, sources)


def _otherwise(sentence: str, sources: Sequence[Source]) -> bool:
    """Whether it stands there in another order, or of a clause with the doer that it shares."""
    others = tuple(rewordings(sentence))
    if any(not _fault(other, sources) for other in others):
        return True
    written = [other for one in sources for said in (sentence, *others) if (other := located(said, one.text))]
    ordered = (in_their_order(other, one.text) for other in (sentence, *others, *written) for one in sources)
    if any(other and not _fault(other, sources) for other in (*written, *ordered)):
        return True
    shared = [
        (one.text, replace(one, text=clause)) for one in sources for clause in with_their_doer(one.text)
    ]
    return any(
        not _fault(other, [one]) and not _takes_from_beside(other, one.text, whole)
        for whole, one in shared
        for other in (sentence, *others)
    )


def _takes_from_beside(sentence: str, clause: str, whole: str) -> bool:
    """Whether it has a word that the clause lacks and the rest of its text has: then it is of that rest."""
    here, there = text_of(clause, False).places, text_of(whole, False).places
    return any(token.key in there and token.key not in here for token in read(sentence) if token.node)


def _fault(sentence: str, sources: Sequence[Source]) -> str:
    """The same of the sentence as it stands."""
    texts = [text_of(source.text, False) for source in sources]
    texts += [text_of(source.context, True) for source in sources if source.context.strip()]
    said = each_behind(clauses(sentence), texts)
    places = [place for place, token in enumerate(said.tokens) if token.node]
    if not places:  # a heading such as "Mục tiêu cụ thể" says nothing but may be quoted
        stands = any(in_words(sentence, source.text) for source in sources)
        return "" if stands else "không có nội dung để đối chiếu"
    before = [None, *(said.tokens[place] for place in places)]
    options = [_options(said, place, one, texts) for place, one in zip(places, before, strict=False)]
    for place, one, spots in zip(places, before, options, strict=False):
        if not spots and one and one.kind is Kind.FIGURE and said.tokens[place].key not in LIGHT:
            return f"“{one.key}” không đi với “{said.tokens[place].key}”"
        if (
            not spots
            and one
            and one.capital
            and one.key in AGENCIES
            and said.tokens[place].key not in LIGHT
            and not said.tokens[place].before.strip()
        ):
            return f"không có “{one.key} {said.tokens[place].key}” trong điều khoản được dẫn"
        if not spots and (why := added(said.tokens[place], said.tokens, place, STRONG)):
            return why
    if why := strange_quotation(sentence, [text for one in sources for text in (one.text, one.context)]):
        return why
    if why := strange_pair(sentence, [one.text for one in sources]):
        return why
    return _misfit(said, places, options, texts)


def _options(said: Clauses, place: int, before: Token | None, texts: Sequence[Text]) -> list[Spot]:
    """Where a node of the sentence may stand; `before` is the node before it."""
    node = said.tokens[place]
    spots = [
        Spot(number, there)
        for number, text in enumerate(texts)
        if not text.context or _may_be_above(node)
        for there in text.places.get(node.key, ())
        if fits(node, text.tokens[there])
    ]
    if node.key in DENIALS:
        spots = [spot for spot in spots if _meant_there(said, place, spot, texts)]
    if node.key in TURNS:
        mine = _coming(said.tokens, place)
        spots = [spot for spot in spots if mine & _coming(texts[spot.text].tokens, spot.place)]
    if node.name and node.key in COMPASS:
        spots = [
            spot
            for spot in spots
            if _sides(said.tokens, place) == _sides(texts[spot.text].tokens, spot.place)
        ]
    own = [spot for spot in spots if not texts[spot.text].context]
    agency = node.capital and node.key in AGENCIES
    opening = (node.name or agency) and not (before and before.name)
    if (node.key in ROLES and own) or (opening and any(_behind(before, spot, texts) for spot in own)):
        spots = own  # the provision speaks of it itself: the heading cannot speak for another place of it
    if len(spots) <= _MOST:
        return spots
    near = {said.tokens[here].key for here in (place - 1, place + 1) if 0 <= here < len(said.tokens)}
    return sorted(spots, key=lambda spot: -_company(texts[spot.text].tokens, spot.place, near))[:_MOST]


def _may_be_above(node: Token) -> bool:
    """Whether a heading may say it: no figure, no locator, nothing that denies or makes more of it."""
    return node.kind not in (Kind.FIGURE, Kind.CODE) and (node.name or node.key not in STRONG)


def _meant_there(said: Clauses, place: int, spot: Spot, texts: Sequence[Text]) -> bool:
    """Whether a word that denies denies the same there."""
    following = _node(texts[spot.text].tokens, spot.place, 1)
    return _key(_node(said.tokens, place, 1)) == _key(following)


def _coming(tokens: Sequence[Token], place: int) -> set[str]:
    """What the next few nodes say."""
    return {token.key for token in [one for one in tokens[place + 1 : place + 8] if one.node][:3]}


def _sides(tokens: Sequence[Token], place: int) -> tuple[str, str]:
    """The quarters named with one: "Đông" of "Đông Nam"."""
    before = tokens[place - 1].key if place and not tokens[place].before.strip() else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    follows = after.key if after and after.name and not after.before.strip() else ""
    return (before if before in COMPASS else "", follows if follows in COMPASS else "")


def _node(tokens: Sequence[Token], place: int, way: int) -> Token | None:
    """The next node after a place, or before it."""
    place += way
    while 0 <= place < len(tokens) and not tokens[place].node:
        place += way
    return tokens[place] if 0 <= place < len(tokens) else None


def _key(token: Token | None) -> str:
    return token.key if token else ""


def _behind(before: Token | None, spot: Spot, texts: Sequence[Text]) -> bool:
    """Whether the node before a name stands before it there too, or it begins an agency's name there."""
    token = texts[spot.text].tokens[spot.place]
    if token.key in AGENCIES:
        return True
    earlier = texts[spot.text].node_before(spot.place)
    return before is not None and earlier is not None and earlier.key == before.key


def _company(tokens: Sequence[Token], place: int, near: set[str]) -> int:
    """How many of the words beside a node stand beside it there too."""
    return sum(0 <= here < len(tokens) and tokens[here].key in near for here in (place - 1, place + 1))


def _front(said: Clauses, places: Sequence[int]) -> int:
    """How many nodes at the beginning say where what follows is so: "Tại cấp tỉnh, …"; -1 for none."""
    if said.tokens[0].key not in LOCATING:
        return -1
    comma = next((place for place, token in enumerate(said.tokens) if "," in token.before), 0)
    return next((here for here, place in enumerate(places) if comma and place >= comma), -1)


def _misfit(
    said: Clauses, places: Sequence[int], options: Sequence[Sequence[Spot]], texts: Sequence[Text]
) -> str:
    """What does not hang together as it does in the texts."""
    nodes = [said.tokens[place] for place in places]
    turning = False
    found = match(nodes, options, texts, _front(said, places))
    strange = sum(not spots and node.key not in LIGHT for node, spots in zip(nodes, options, strict=True))
    loose = (strange + found.strain) / max(len(nodes), _FEWEST) > LOOSEST
    if found.breaks or loose:
        spots = regrouped(said, places, options, texts, LOOSEST)
        if spots is None and found.breaks:
            return _APART
        if spots is None:
            return "lời khác với điều khoản"
        found = Match(spots, 0, 0.0)
        turning = True
    if torn(said, places, found.spots, texts, turning) or turned_round(said, places, found.spots, texts):
        return _APART
    if why := left_out(said.tokens, found.spots, texts):
        return why
    context = frozenset(
        token.key for text in texts if text.context for token in text.tokens if token.kind is Kind.TIME
    )
    if why := years_of_headings(said, places, found.spots, texts):
        return why
    if why := deeds_of_other_years(said, places, found.spots, texts):
        return why
    for place, spot in zip(places, found.spots, strict=True):
        if said.tokens[place].kind is Kind.FIGURE and spot is not None:
            why = years_apart(said, place, texts[spot.text].said, spot.place, context)
            if why:
                return why
    return ""
