"""The operations that only read: citations, search, documents, a provision. No language model on this way."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from fastapi.routing import APIRouter

from corpus.document import Document
from ui.answer_values import searched_value
from ui.api_requests import CitationsRequest, Day, SearchRequest
from ui.api_results import DocumentInfo, FoundCitations, OneProvision, SearchLine, WholeDocument
from ui.bodies import JsonRoute
from ui.citations import TEXT_LIMIT, citations_value
from ui.document_values import DocumentValues
from ui.metrics import Metrics
from ui.openapi import READING, SENDING
from ui.places import inside, nearest_to, place_name, place_of, provision_at
from ui.problems import ProblemError, sound
from ui.rooms import Room
from ui.terminal import hits_text

if TYPE_CHECKING:
    from retriever.search import Searcher

_SHORT = 300  # code points whose citations are looked up faster than a thread is woken
_NAMED = 12  # units that are named in place of one that is missing
AsOf = Annotated[Day | None, Query(description="Ngày xét hiệu lực; mặc định là hôm nay.")]
# What the command line prints, for those who accept nothing else.
_OR_TEXT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {"schema": {"type": "string"}}}}}


def add_reading(app: FastAPI, searcher: Searcher, room: Room, metrics: Metrics) -> None:
    """Serve what `searcher` holds; long work is done in `room`."""
    held, values = searcher.index.documents, DocumentValues(searcher)
    router = APIRouter(route_class=JsonRoute)

    def looked_up(body: CitationsRequest) -> Response:
        here = place_of(body.here, held) if body.here else None
        day = body.as_of or date.today()
        value = citations_value(body.text, searcher.lookup, searcher.validities, held, day, here)
        metrics.looked_up(one["status"] for one in value["citations"])  # type: ignore[attr-defined]
        return JSONResponse(value)

    @router.post(
        "/v1/citations",
        response_model=FoundCitations,
        responses=SENDING,
        summary="Tìm và tra mọi trích dẫn trong một đoạn văn bản",
        tags=["tra cứu"],
    )
    async def citations(body: CitationsRequest) -> Response:
        if len(body.text) > TEXT_LIMIT:
            raise ProblemError(422, _too_long(len(body.text)))
        return looked_up(body) if len(body.text) <= _SHORT else await room.run(partial(looked_up, body))

    @router.post(
        "/v1/search",
        response_model=SearchLine,
        responses={**SENDING, **_OR_TEXT},
        summary="Tìm điều khoản theo câu hỏi hoặc từ khóa",
        tags=["tra cứu"],
    )
    async def search(body: SearchRequest, request: Request) -> Response:
        found = await room.run(partial(searcher.search, body.question, body.k, body.as_of))
        if wants_text(request):
            return PlainTextResponse(hits_text(found.hits, held) + "\n")
        return JSONResponse(searched_value(body.id, found))

    @router.get(
        "/v1/documents",
        response_model=list[DocumentInfo],
        responses=READING,
        summary="Các văn bản trong kho",
        tags=["văn bản"],
    )
    async def documents(as_of: AsOf = None) -> Response:
        return JSONResponse(values.listed(as_of or date.today()))

    @router.get(
        "/v1/documents/{document}",
        response_model=WholeDocument,
        responses=READING,
        summary="Một văn bản: thông tin, cây điều khoản, quan hệ, hiệu lực",
        tags=["văn bản"],
    )
    async def document(document: str, as_of: AsOf = None) -> Response:
        here = _held(document)
        return await room.run(lambda: JSONResponse(values.whole(here, as_of or date.today())))

    @router.get(
        "/v1/documents/{document}/{address:path}",
        response_model=OneProvision,
        responses=READING,
        summary="Một điều khoản",
        tags=["văn bản"],
    )
    async def provision(document: str, address: str, as_of: AsOf = None) -> Response:
        here = _held(document)
        node = provision_at(here, address)
        if node is None:
            raise ProblemError(404, _no_provision(here, address))
        return JSONResponse(values.provision(here, node, as_of or date.today()))

    def _held(id_: str) -> Document:
        if id_ in held:
            return held[id_]
        known = values.named(id_)
        if known is not None:
            words = f"Kho chưa có {known.name}; có {len(known.places)} chỗ trong kho nhắc đến."
        else:
            words = f"Không có văn bản “{sound(id_)[:200]}”."
        raise ProblemError(404, f"{words} Xem các văn bản đang có ở /v1/documents.")

    app.include_router(router)


def wants_text(request: Request) -> bool:
    """Whether a program wants what the command line prints."""
    return request.headers.get("Accept") == "text/plain"


def _too_long(length: int) -> str:
    said, most = (f"{number:,}".replace(",", ".") for number in (length, TEXT_LIMIT))
    return f"text dài {said} ký tự, quá giới hạn {most}. Hãy gửi từng phần, mỗi phần không quá {most} ký tự."


def _no_provision(document: Document, asked: str) -> str:
    nearest = nearest_to(document, asked)
    there = ", ".join(inside(child.address) for child in nearest.children[:_NAMED])
    more = f" Ở đó có: {there}." if there else ""
    what = f"{document.metadata.short_name} không có điều khoản “{sound(asked)[:200]}”."
    return f"{what} Tìm được đến: {place_name(nearest)}.{more}"
