"""The one server: the chat page at /, the documents as readable pages, and JSON for programs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from corpus.address import path_of, spoken
from corpus.document import Document, Provision
from corpus.errors import AddressError, HoidapError, QuestionError
from eval.runfile import run_line
from ui.headers import Guarded
from ui.pages import CONTENT_SECURITY_POLICY, document_page, documents_page, missing_page
from ui.running_server import STATUS_HEADER, serving
from ui.settings import quiet_environment
from ui.terminal import answer_text, hits_text

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from ui.settings import Settings

_MOST_HITS = 100
# What the command line prints, for those who accept nothing else.
_OR_TEXT: dict[int | str, dict[str, Any]] = {200: {"content": {"text/plain": {}}}}
_CHILDREN_NAMED = 12  # units that a page names in place of one that is missing


def _encodable(text: str) -> str:
    """`text`; raises ValueError for half a surrogate pair, which JSON can spell and UTF-8 cannot."""
    text.encode()
    return text


Text = Annotated[str, AfterValidator(_encodable)]


class SearchRequest(BaseModel):
    """Body of POST /v1/search; `as_of`: only documents that are, or may be, in force that day."""

    model_config = ConfigDict(extra="forbid")

    question: Text
    k: int = Field(default=20, ge=1, le=_MOST_HITS)
    as_of: date | None = None
    id: Text = ""


class AskRequest(BaseModel):
    """Body of POST /v1/ask; `history`: the earlier questions of the conversation, oldest first.

    `as_of`: from documents that are, or may be, in force that day.
    """

    model_config = ConfigDict(extra="forbid")

    question: Text
    history: list[Text] = Field(default_factory=list, max_length=50)
    as_of: date | None = None
    id: Text = ""


def create_app(answerer: Answerer, settings: Settings) -> FastAPI:
    """The server over one opened index, to listen where `settings` says."""
    quiet_environment()
    # Gradio takes seconds to import, and stays quiet only when the line above has run before.
    from ui.chat import ASSETS, mount_chat

    # No /docs: FastAPI's pages for it load their scripts from another host.
    # No telemetry, whatever the environment says.
    quiet: TelemetryConfig = {"auto_configure": False, "tracing": False, "metrics": False, "logs": False}
    app = FastAPI(
        title="hoidap", docs_url=None, redoc_url=None, openapi_url="/v1/openapi.json", telemetry=quiet
    )
    _add_errors(app)
    _add_programs(app, answerer, serving(answerer.index.folder.name, settings))
    _add_documents(app, answerer)
    app.mount("/ui", StaticFiles(directory=ASSETS))
    mount_chat(app, answerer, settings)
    app.add_middleware(Guarded)
    return app


def _add_programs(app: FastAPI, answerer: Answerer, serves: str) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, Any]:
        index = answerer.index
        counts = {"documents": len(index.documents), "passages": len(index.passages)}
        return {"status": "ok", **counts, "serves": serves}

    @app.post("/v1/search", response_model=dict[str, object], responses=_OR_TEXT)
    def search(body: SearchRequest, request: Request) -> Response:
        found = answerer.searcher.search(body.question, body.k, body.as_of)
        if _wants_text(request):
            return PlainTextResponse(hits_text(found.hits, answerer.index.documents) + "\n")
        return JSONResponse(run_line(body.id, None, found.hits, found.milliseconds))

    @app.post("/v1/ask", response_model=dict[str, object], responses=_OR_TEXT)
    def ask(body: AskRequest, request: Request) -> Response:
        answer = answerer.answer(body.question, body.history, body.as_of)
        status = {STATUS_HEADER: answer.status}
        if _wants_text(request):
            return PlainTextResponse(answer_text(answer) + "\n", headers=status)
        return JSONResponse(run_line(body.id, answer, answer.hits), headers=status)

    @app.get("/v1/documents")
    def documents() -> list[dict[str, object]]:
        return [_described(document) for document in answerer.index.documents.values()]

    @app.api_route(
        "/v1/{rest:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False
    )
    def unknown(rest: str) -> JSONResponse:
        return _problem(404, "NotFound", f"Không có địa chỉ /v1/{rest}. Xem danh sách ở /v1/openapi.json.")


def _add_documents(app: FastAPI, answerer: Answerer) -> None:
    held = answerer.index.documents

    @app.get("/documents", response_class=HTMLResponse)
    def document_list() -> HTMLResponse:
        return _page(documents_page(held.values()))

    @app.get("/documents/{document}", response_class=HTMLResponse)
    def whole(document: str) -> HTMLResponse:
        return _page(document_page(held[document])) if document in held else _no_document(document)

    @app.get("/documents/{document}/{address:path}", response_class=HTMLResponse)
    def provision(document: str, address: str) -> HTMLResponse:
        if document not in held:
            return _no_document(document)
        try:
            path = path_of(f"{document}/{address}")[1] if address.strip("/") else ""
        except AddressError:
            return _no_provision(held[document], address, "")
        node = held[document].by_address.get(path)
        return (
            _page(document_page(held[document], node.address))
            if node
            else _no_provision(held[document], address, path)
        )


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(HoidapError)
    def known(request: Request, error: HoidapError) -> JSONResponse:
        return _problem(422 if isinstance(error, QuestionError) else 503, type(error).__name__, str(error))

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        fields = ", ".join(
            sorted({".".join(map(str, one["loc"][1:])) or "thân yêu cầu" for one in error.errors()})
        )
        words = f"Yêu cầu không đúng dạng ở: {fields}. Hãy gửi JSON UTF-8 theo /v1/openapi.json."
        return _problem(422, "RequestError", words)

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> JSONResponse:
        return _problem(
            500, "InternalError", "Máy chủ gặp lỗi ngoài dự kiến. Hãy thử lại, rồi xem nhật ký của máy chủ."
        )


def _wants_text(request: Request) -> bool:
    return request.headers.get("Accept") == "text/plain"


def _problem(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status)


def _page(html: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(html, status, {"Content-Security-Policy": CONTENT_SECURITY_POLICY})


def _no_document(document: str) -> HTMLResponse:
    advice = "Hãy chọn một văn bản trong danh sách, hoặc kiểm tra lại địa chỉ."
    return _page(
        missing_page(f"Không có văn bản “{document}”", advice, [("Các văn bản đang có", "/documents")]), 404
    )


def _no_provision(document: Document, asked: str, path: str) -> HTMLResponse:
    """A page that says how far the address can be followed, and what there is at that point."""
    nearest = document.root
    for depth in range(1, len(path.split("/")) + 1):
        nearest = document.by_address.get("/".join(path.split("/")[:depth]), nearest)
    links = [
        (
            f"{spoken(child.address)} {child.heading.text}".strip(),
            f"/documents/{child.address.permalink}#vi-tri",
        )
        for child in nearest.children[:_CHILDREN_NAMED]
    ]
    here = f"{_name(nearest)} có những phần dưới đây." if links else f"{_name(nearest)} không chia nhỏ hơn."
    name = document.metadata.short_name
    return _page(
        missing_page(
            f"{name} không có điều khoản “{asked}”",
            f"{here} Hãy chọn một phần, hoặc xem toàn văn.",
            [*links, (f"Toàn văn {name}", f"/documents/{document.id}")],
        ),
        404,
    )


def _name(provision: Provision) -> str:
    words = spoken(provision.address) if provision.address.units else "văn bản này"
    return words[0].upper() + words[1:]


def _described(document: Document) -> dict[str, object]:
    metadata = document.metadata
    return {
        "id": metadata.id,
        "name": metadata.short_name,
        "type": metadata.type,
        "number": metadata.number,
        "issuer": metadata.issuer,
        "date": metadata.date,
        "title": metadata.title,
        "signer": metadata.signer,
        "kind": str(metadata.kind),
        "caveat": metadata.caveat,
        "source": metadata.source,
        "provisions": sum(1 for _ in document.root.walk()),
        "page": f"/documents/{metadata.id}",
    }
