"""The addresses under /documents: the documents as readable pages, and pages for what does not exist."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from corpus.address import spoken
from corpus.document import Document
from ui.pages import CONTENT_SECURITY_POLICY, document_page, documents_page, missing_page
from ui.places import nearest_to, place_name, provision_at

_CHILDREN_NAMED = 12  # units that a page names in place of one that is missing
_REPEATED = 200  # characters of a wrong address that it shows again


def add_pages(app: FastAPI, held: Mapping[str, Document]) -> None:
    """Serve `held`."""

    @app.get("/documents/", response_class=HTMLResponse, include_in_schema=False, name="document_list_too")
    @app.get("/documents", response_class=HTMLResponse, include_in_schema=False)
    def document_list() -> HTMLResponse:
        return _page(documents_page(held.values()))

    @app.get("/documents/{document}", response_class=HTMLResponse, include_in_schema=False)
    def whole(document: str) -> HTMLResponse:
        return _page(document_page(held[document])) if document in held else _no_document(document)

    @app.get("/documents/{document}/{address:path}", response_class=HTMLResponse, include_in_schema=False)
    def provision(document: str, address: str) -> HTMLResponse:
        if document not in held:
            return _no_document(document)
        node = provision_at(held[document], address)
        if node is None:
            return _no_provision(held[document], address)
        return _page(document_page(held[document], node.address))


def _page(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, {"Content-Security-Policy": CONTENT_SECURITY_POLICY})


def _no_document(document: str) -> HTMLResponse:
    advice = "Hãy chọn một văn bản trong danh sách, hoặc kiểm tra lại địa chỉ."
    return _page(
        missing_page(
            f"Không có văn bản “{document[:_REPEATED]}”", advice, [("Các văn bản đang có", "/documents")]
        ),
        404,
    )


def _no_provision(document: Document, asked: str) -> HTMLResponse:
    """A page that says how far the address can be followed, and what there is at that point."""
    nearest = nearest_to(document, asked)
    links = [
        (
            f"{spoken(child.address)} {child.heading.text}".strip(),
            f"/documents/{child.address.permalink}#vi-tri",
        )
        for child in nearest.children[:_CHILDREN_NAMED]
    ]
    here = (
        f"{place_name(nearest)} có những phần dưới đây."
        if links
        else f"{place_name(nearest)} không chia nhỏ hơn."
    )
    name = document.metadata.short_name
    return _page(
        missing_page(
            f"{name} không có điều khoản “{asked[:_REPEATED]}”",
            f"{here} Hãy chọn một phần, hoặc xem toàn văn.",
            [*links, (f"Toàn văn {name}", f"/documents/{document.id}")],
        ),
        404,
    )
