"""Readable pages of the documents: whole HTML pages without scripts, pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from corpus.address import Address, spoken
from corpus.document import Document, Metadata, Provision, Role, vietnamese_date
from ui.render import escape, highlighted

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_DEEPEST_HEADING = 6


def documents_page(documents: Iterable[Document]) -> str:
    """The list of documents that answers are drawn from."""
    rows = "".join(
        f'<li><a href="/documents/{quote(document.id)}">{escape(document.metadata.short_name)}</a>'
        f"<p>{escape(document.metadata.title)}</p>{_facts(document.metadata)}</li>"
        for document in documents
    )
    return _page("Các văn bản đang tra cứu", f'<h1>Các văn bản đang tra cứu</h1><ul class="list">{rows}</ul>')


def document_page(document: Document, here: Address | None = None) -> str:
    """The whole document; the provision at `here` is highlighted and scrolled to.

    `here` must be an address of the document.
    """
    name = document.metadata.short_name
    title = f"{spoken(here)}, {name}" if here and here.units else name
    crumbs = "".join(_crumb(document, here)) if here and here.units else ""
    body = "".join(_provision(child, here.path if here else None, 2) for child in document.root.children)
    return _page(
        title,
        f"<header><h1>{escape(name)}</h1><p>{escape(document.metadata.title)}</p>"
        f"{_facts(document.metadata)}{crumbs}</header><main>{body}</main>",
    )


def missing_page(problem: str, advice: str, links: Sequence[tuple[str, str]]) -> str:
    """What is shown in place of something that does not exist; `links` are (words, address) to go on with."""
    rows = "".join(
        f'<li><a href="{quote(target, safe="/#")}">{escape(words)}</a></li>' for words, target in links
    )
    return _page(problem, f'<h1>{escape(problem)}</h1><p>{escape(advice)}</p><ul class="list">{rows}</ul>')


def _crumb(document: Document, here: Address) -> Iterable[str]:
    yield '<p class="here-line">Đang mở: '
    yield f'<a href="#vi-tri">{escape(spoken(here))}</a> · '
    yield f'<a href="/documents/{quote(document.id)}">Bỏ đánh dấu, xem toàn văn</a></p>'


def _facts(metadata: Metadata) -> str:
    facts = [
        f"Số: {metadata.number or 'chưa ghi trong bản đang có'}",
        f"Cơ quan ban hành: {metadata.issuer}",
        f"Ngày: {vietnamese_date(metadata.date) if metadata.date else 'chưa ghi'}",
        *([f"Người ký: {metadata.signer}"] if metadata.signer else []),
        f"Nguồn: {metadata.source}",
    ]
    caveat = f'<p class="caveat">Lưu ý: {escape(metadata.caveat)}</p>' if metadata.caveat else ""
    return f'<p class="facts">{escape(" · ".join(facts))}</p>{caveat}'


def _provision(provision: Provision, here: str | None, depth: int) -> str:
    anchor = "/".join(unit.slug for unit in provision.address.units)
    children = "".join(_provision(child, here, depth + 1) for child in provision.children)
    # `autofocus` scrolls to the provision without a script when the address carries no fragment.
    kind, place, target = provision.role.value, "", ""
    if provision.address.path == here:
        kind, place, target = f"{kind} here", ' tabindex="-1" autofocus', '<a id="vi-tri"></a>'
    own = _own(provision, depth)
    return f'<section class="{kind}" id="{escape(anchor)}"{place}>{target}{own}{children}</section>'


def _own(provision: Provision, depth: int) -> str:
    link = (
        f'<a class="permalink" href="/documents/{quote(provision.address.permalink)}#vi-tri" '
        f'aria-label="Liên kết tới {escape(spoken(provision.address))}">¶</a>'
    )
    text = highlighted(provision.text.text, (), corrections=provision.text.corrections)
    if provision.heading and provision.role is Role.UNIT:
        level = min(depth, _DEEPEST_HEADING)
        heading = f"<h{level}>{escape(provision.caption)}{link}</h{level}>"
        return heading + (f"<p>{text}</p>" if text else "")
    caption = f"<b>{escape(provision.caption)}</b> " if provision.caption else ""
    return f"<p>{caption}{text}{link}</p>" if caption or text else ""


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="/ui/page.css">'
        '<link rel="icon" href="/ui/icon.svg"></head><body>'
        '<nav aria-label="Đi tới"><a href="/">Hỏi đáp</a> · <a href="/documents">Các văn bản</a></nav>'
        f"{body}</body></html>"
    )
