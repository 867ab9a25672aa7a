"""Answers and provisions as safe HTML: pure functions.

Every string that comes from a document, a question or a note passes through `escape`.
The HTML of a message is one line that opens with a block element: the chat component reads Markdown,
and Markdown leaves such a block alone up to the first line end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote

from answer.answer import Answer, AnswerCitation, Sentence, Status
from corpus.address import Address
from corpus.document import Correction, Document, Passage, Provision, TextKind, noted, reading_note
from ui.road import road

if TYPE_CHECKING:
    from retriever.search import Hit

Spans = Sequence[tuple[int, int]]

NEIGHBOUR_LIMIT = 280  # characters of what stands before and after a provision
QUESTION_LIMIT = 600  # characters of a question that the page repeats
_NAMED_AT_ONCE = 4  # documents that are named before the list is opened

# Signs with a meaning in HTML or Markdown, and line ends, which would end the block.
_ACTIVE = {ord(sign): f"&#{ord(sign)};" for sign in "&<>\"'`*_~[](){}\\|$#!@:\n"}
# Control characters, lone surrogates, and the marks that reorder what is read.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

# Said in words; the style sheet adds a sign and a colour for each.
_STATUS: Mapping[Status, str] = {
    Status.ANSWERED: "Trả lời theo văn bản",
    Status.PARTIAL: "Chỉ trả lời được một phần",
    Status.NOT_FOUND: "Không tìm thấy trong các văn bản đang có",
    Status.OUT_OF_SCOPE: "Ngoài phạm vi các văn bản đang có",
}


def escape(text: str) -> str:
    """`text` with nothing in it that HTML or Markdown would act on, on one line."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n")).translate(_ACTIVE)


def highlighted(text: str, spans: Spans, tag: str = "mark", corrections: Sequence[Correction] = ()) -> str:
    """`text` escaped, its `spans` inside `tag`: joined where they overlap, cut where they leave the text.

    Behind each misreading stands how it should read; the wording itself stays.
    """
    borders = [0, *(position for span in _joined(spans, len(text)) for position in span), len(text)]
    parts = [_read(text, corrections, start, end) for start, end in pairwise(borders)]
    return "".join(f"<{tag}>{part}</{tag}>" if odd % 2 else part for odd, part in enumerate(parts))


def _read(text: str, corrections: Sequence[Correction], start: int, end: int) -> str:
    """`text[start:end]` escaped, a note behind every misreading that ends in it."""
    parts, position = [], start
    for each in corrections:
        if start < each.end <= end:
            parts += [escape(text[position : each.end]), _reading_note(each)]
            position = each.end
    return "".join((*parts, escape(text[position:end])))


def _reading_note(correction: Correction) -> str:
    note = escape(reading_note(correction))
    return f' <ins class="hd-reading" title="{escape(correction.reason)}">{note}</ins>'


def _joined(spans: Spans, length: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def document_link(address: Address) -> str:
    """Where a provision is read in its document, scrolled to."""
    return f"/documents/{quote(address.permalink)}#vi-tri"


def question_html(question: str) -> str:
    """A question as the chat repeats it: shortened when it is long, never empty."""
    shown = question.strip() or "(câu hỏi trống)"
    rest = ""
    if len(shown) > QUESTION_LIMIT:
        rest = f" <small>… ({len(shown):,} ký tự)</small>".replace(",", ".")
        shown = shown[:QUESTION_LIMIT]
    return f'<div class="hd-question">{escape(shown)}{rest}</div>'


def error_html(message: str) -> str:
    """A message of ours in place of an answer."""
    return _card("error", _status_line("Chưa trả lời được") + _paragraph("hd-note", message))


def waiting_html() -> str:
    """What stands in the place of an answer before its first words."""
    return _card("growing", _status_line("Đang tra cứu…"))


def answer_html(answer: Answer, documents: Mapping[str, Document], key: str, *, complete: bool = True) -> str:
    """The whole answer; `key` tells its anchors from those of the other answers on the page.

    `complete=False` is for an answer that is still growing: its status is not known yet.
    """
    body = [
        _status_line(_STATUS[answer.status] if complete else "Đang trả lời…"),
        said_html(answer, key),
        _paragraph("hd-note", answer.note) if answer.note else "",
        _paragraph("hd-understood", f"Hiểu câu hỏi là: {answer.understood}") if answer.understood else "",
    ]
    if complete:
        if answer.sentences:
            body.append(_copy_button("Sao chép câu trả lời", copied_answer(answer)))
        body.append(_sources(answer, documents, key))
        body.append(_paragraph("hd-road", by) if (by := road(answer)) else "")
        body.append(_nearest(answer.nearest, documents))
    return _card(str(answer.status) if complete else "growing", "".join(body))


def copied_answer(answer: Answer) -> str:
    """The answer as one would paste it into a letter: text, then its sources in full."""
    sources = [_copied_source(citation) for citation in _cited(answer)]
    return "\n".join([answer.text, *(["", "Nguồn:", *sources] if sources else [])])


def copied_provision(citation: AnswerCitation) -> str:
    """A provision as one would paste it: its words, where they stand, and what to mind."""
    caveat = f"\n({citation.caveat})" if citation.caveat else ""
    return f"“{noted(citation.text, citation.corrections)}”\n— {citation.label}{caveat}"


def _copied_source(citation: AnswerCitation) -> str:
    caveat = f" ({citation.caveat})" if citation.caveat else ""
    return f"[{citation.n}] {citation.label}{caveat}"


def _cited(answer: Answer) -> list[AnswerCitation]:
    """Only what a sentence stands on: a source nobody cites is no source."""
    used = {number for sentence in answer.sentences for number in sentence.citations}
    return [citation for citation in answer.citations if citation.n in used]


def _card(kind: str, body: str) -> str:
    return f'<div class="hd-answer hd-{kind}">{body}</div>'


def _status_line(words: str) -> str:
    return f'<p class="hd-status"><span class="hd-icon"></span> {escape(words)}</p>'


def _paragraph(kind: str, text: str) -> str:
    return f'<p class="{kind}">{escape(text)}</p>'


def said_html(answer: Answer, key: str) -> str:
    """What the answer says: its sentences, or a table of the sides it compares; how many items a list has."""
    if answer.sides and len(answer.sentences) == sum(len(side.sentences) for side in answer.sides):
        rows = "".join(
            f'<tr><th scope="row">{escape(side.name)}</th><td>'
            + "".join(_sentence(answer.sentences[number], key) for number in side.sentences)
            + "</td></tr>"
            for side in answer.sides
        )
        return f'<table class="hd-sides"><tbody>{rows}</tbody></table>'
    count = _paragraph("hd-count", f"Danh sách có {answer.count} mục.") if answer.count else ""
    return "".join(_sentence(sentence, key) for sentence in answer.sentences) + count


def _sentence(sentence: Sentence, key: str) -> str:
    numbers = "".join(
        f'<a class="hd-cite" href="#{key}-{number}" title="Mở nguồn {number}">&#91;{number}&#93;</a>'
        for number in sentence.citations
    )
    said = highlighted(sentence.text, sentence.bold, "strong", sentence.corrections)
    return f'<p class="hd-sentence">{said} {numbers}</p>'


def _sources(answer: Answer, documents: Mapping[str, Document], key: str) -> str:
    cited = _cited(answer)
    if not cited:
        return ""
    rows = "".join(source_html(citation, documents.get(citation.address.document), key) for citation in cited)
    return f'<div class="hd-sources"><h3>Nguồn trích dẫn</h3>{rows}</div>'


def source_html(citation: AnswerCitation, document: Document | None, key: str) -> str:
    """One numbered source: closed, its name; open, the provision in its surroundings, the evidence marked."""
    caveat = f"Lưu ý: {citation.caveat}" if citation.caveat else ""
    body = [
        _surroundings(
            citation.address,
            citation.text,
            highlighted(citation.text, citation.evidence, corrections=citation.corrections),
            document,
        ),
        "" if _joined(citation.evidence, len(citation.text)) else _paragraph("hd-caveat", _NOTHING_MARKED),
        _paragraph("hd-caveat", caveat) if caveat else "",
        _copy_button("Sao chép kèm trích dẫn", copied_provision(citation), _open_link(citation.address)),
    ]
    return _details(f"{key}-{citation.n}", f"[{citation.n}]", citation.label, "".join(body))


_NOTHING_MARKED = "Không đánh dấu được riêng câu nào: hãy đọc cả điều khoản trên."


def _nearest(hits: Sequence[Hit], documents: Mapping[str, Document]) -> str:
    if not hits:
        return ""
    rows = "".join(_near_hit(hit.passage, documents.get(hit.passage.document)) for hit in hits)
    return f'<div class="hd-sources"><h3>Gần nhất (không khẳng định là câu trả lời)</h3>{rows}</div>'


def _near_hit(passage: Passage, document: Document | None) -> str:
    name = document.metadata.short_name if document else passage.document
    caveat = document.metadata.caveat if document else None
    body = [
        _surroundings(
            passage.address,
            passage.text,
            highlighted(passage.text, (), corrections=passage.corrections),
            document,
        ),
        _paragraph("hd-caveat", f"Lưu ý: {caveat}") if caveat else "",
        f'<p class="hd-actions">{_open_link(passage.address)}</p>',
    ]
    return _details("", "≈", f"{passage.citation}, {name}", "".join(body))


def _details(anchor: str, number: str, label: str, body: str) -> str:
    # The anchor is inside: a browser opens <details> by itself when it goes to something in it.
    mark = f' id="{anchor}"' if anchor else ""
    return (
        f'<details class="hd-source"><summary><span class="hd-number">{escape(number)}</span> '
        f'{escape(label[:1].upper() + label[1:])}</summary><div class="hd-body"{mark}>{body}</div></details>'
    )


def _open_link(address: Address) -> str:
    where = document_link(address)
    return f'<a class="hd-open" href="{where}" target="_blank" rel="noopener">Mở trong văn bản</a>'


def _copy_button(label: str, text: str, after: str = "") -> str:
    """A button, and the text it copies in an element that the style sheet hides."""
    return (
        f'<div class="hd-actions"><button type="button" class="hd-copy">{escape(label)}</button>'
        f'<span class="hd-copytext">{escape(text)}</span>{after}</div>'
    )


def _surroundings(address: Address, text: str, marked: str, document: Document | None) -> str:
    """The provision (`marked`: its text as HTML) under its headings, between its neighbours."""
    above = headings_above(document, address) if document else []
    before, after = neighbours(document, address, text) if document else ("", "")
    return "".join(
        [
            f'<p class="hd-path">{" › ".join(map(escape, above))}</p>' if above else "",
            _paragraph("hd-near", _shortened(before)) if before else "",
            f'<blockquote class="hd-provision">{marked}</blockquote>',
            _paragraph("hd-near", _shortened(after)) if after else "",
        ]
    )


def headings_above(document: Document, address: Address) -> list[str]:
    """Captions of what `address` stands under, outermost first; what the document lacks is left out."""
    nodes = (document.by_address.get(above.path) for above in address.ancestors() if above.units)
    return [node.caption.rstrip(" .") for node in nodes if node and node.caption]


def neighbours(document: Document, address: Address, shown: str) -> tuple[str, str]:
    """What stands before and after a provision: siblings, or the words its parent leads in with.

    Whatever `shown` holds already is passed over; "" where there is nothing.
    """
    parent = (
        document.by_address.get(Address(address.document, address.units[:-1]).path) if address.units else None
    )
    if parent is None:
        return "", ""
    paths = [child.address.path for child in parent.children]
    if address.path not in paths:
        return "", ""
    place = paths.index(address.path)
    earlier = [parent.text.text, *(child.full_text for child in parent.children[:place])]
    return _first_new(reversed(earlier), shown), _first_new(_texts(parent.children[place + 1 :]), shown)


def _texts(provisions: Iterable[Provision]) -> Iterable[str]:
    return (provision.full_text for provision in provisions)


def _first_new(texts: Iterable[str], shown: str) -> str:
    known = " ".join(shown.split())
    return next(
        (text for text in texts if text and " ".join(text.split())[:NEIGHBOUR_LIMIT] not in known), ""
    )


def _shortened(text: str) -> str:
    if len(text) <= NEIGHBOUR_LIMIT:
        return text
    return text[:NEIGHBOUR_LIMIT].rsplit(None, 1)[0] + " …"


def corpus_html(documents: Iterable[Document], sent_to: str | None = None) -> str:
    """Which documents are consulted, each with what to mind.

    `sent_to`: the language model on another machine that questions and provisions are sent to, if any.
    """
    held = [document for document in documents if document.metadata.withdrawn is None]
    rows = "".join(
        f'<li><a href="/documents/{quote(document.id)}" target="_blank" rel="noopener">'
        f"{escape(document.metadata.short_name)}</a>: {escape(document.metadata.title)}."
        + (f" <em>{escape(document.metadata.caveat)}</em>" if document.metadata.caveat else "")
        + "</li>"
        for document in held
    )
    names = (
        "; ".join(document.metadata.short_name for document in held) if len(held) <= _NAMED_AT_ONCE else ""
    )
    title = f"Đang tra cứu {_counted(held)}" + (f": {names}" if names else "")
    return (
        f'<details class="hd-corpus"><summary>{escape(title)}</summary><ul>{rows}</ul></details>'
        f'<p class="hd-privacy">{escape(_privacy(sent_to))} '
        "Cuộc trò chuyện chỉ được giữ trong trình duyệt này, đến khi bạn bắt đầu cuộc mới.</p>"
    )


def _privacy(sent_to: str | None) -> str:
    if sent_to is None:
        return "Câu hỏi không rời khỏi máy này: không dùng dịch vụ bên ngoài, không theo dõi."
    return (
        f"Câu hỏi và các điều khoản tìm được được gửi tới mô hình {sent_to} ở ngoài máy này "
        "để viết câu trả lời."
    )


def _counted(documents: Sequence[Document]) -> str:
    """ "2 văn bản, 1 bản tóm tắt, 1 mục chỉ có tên": a text in full is one thing, a stand-in another."""
    kinds = Counter(document.metadata.kind for document in documents)
    stand_ins = {TextKind.DIGEST: "bản tóm tắt", TextKind.CATALOGUE: "mục chỉ có tên"}
    full = len(documents) - sum(kinds[kind] for kind in stand_ins)
    said = [f"{full} văn bản", *(f"{kinds[kind]} {name}" for kind, name in stand_ins.items() if kinds[kind])]
    return ", ".join(said)
