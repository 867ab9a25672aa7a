"""The MCP server: the same holdings for language models, over stdio (`hoidap mcp`) or HTTP at /mcp.

Everything only reads. Descriptions teach a model which tool to use when; errors come back as tool errors in
Vietnamese. Nothing is sent anywhere, and on stdio nothing but the protocol is written to standard output.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from anyio import CapacityLimiter, to_thread
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError, UnexpectedToolError
from mcp.types import CallToolResult, InputRequiredResult, TextContent, ToolAnnotations
from pydantic import Field, ValidationError
from starlette.exceptions import HTTPException

from corpus.errors import HoidapError
from ui import mcp_words, opening
from ui.citations import TEXT_LIMIT, Value, as_json, document_cited
from ui.mcp_tools import CITATION_LIMIT, Tools

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from corpus.document import Document
    from ui.settings import Settings

_AT_ONCE = 2  # searches and answers at the same time: the encoder alone fills a core
_LOOKUPS_AT_ONCE = 4
_URI = "hoidap://documents/"

_BY_HAND = (
    "Đang chờ một chương trình nói giao thức MCP ở đầu vào chuẩn. Lệnh này do chương trình ấy tự chạy: "
    "xem hoidap mcp --help. Dừng bằng Ctrl-C."
)

Room = Callable[[Callable[[], Value]], Awaitable[Value]]
Asked = Callable[[Any], Awaitable[None]]  # takes the request that a question came with

AsOf = Annotated[
    date | None,
    Field(description="Ngày tính hiệu lực, dạng 2026-06-30; bỏ trống là hôm nay hoặc mọi văn bản"),
]
Here = Annotated[
    str | None,
    Field(
        max_length=CITATION_LIMIT,
        description="permalink của nơi chữ này đứng, để hiểu “Điều này”, “Quyết định này”; thường bỏ trống",
    ),
]


class _Server(MCPServer[Any]):
    """Tool errors say what is wrong in Vietnamese, and nothing of what is inside."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """As MCPServer's. Raises ToolError."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            cause = error.__cause__
            if isinstance(cause, HoidapError):
                raise ToolError(str(cause)) from cause
            if isinstance(cause, HTTPException):  # the server has too much to do
                raise ToolError(cause.detail) from cause
            if isinstance(cause, ValidationError):
                raise ToolError(_misfit(cause)) from cause
            if isinstance(error, UnexpectedToolError):
                raise UnexpectedToolError(
                    "Công cụ gặp lỗi ngoài dự kiến. Hãy thử lại, rồi xem nhật ký của máy chủ."
                ) from cause
            names = ", ".join(tool.name for tool in await self.list_tools())
            raise ToolError(f"Không có công cụ “{name[:60]}”. Các công cụ: {names}.") from error


def mcp_server(
    tools: Tools, look_up: Room | None = None, answer: Room | None = None, asked: Asked | None = None
) -> MCPServer[Any]:
    """The server over these tools, on no transport yet.

    `look_up`, `answer`: where citations, and where searches and answers, are worked on; each runs a piece of
    work in a thread, a few at a time. `asked`: counts a question over HTTP, and may refuse it.
    """
    with _own_logging():
        server = _Server("hoidap", title="Hỏi đáp văn bản Lạng Sơn", instructions=mcp_words.INSTRUCTIONS)
    _add_tools(server, tools, look_up or _room(_LOOKUPS_AT_ONCE), answer or _room(_AT_ONCE), asked)
    _add_resources(server, tools)
    return server


@contextmanager
def _own_logging() -> Iterator[None]:
    """Keeps the package from putting a handler of its own on the root logger of the whole process."""
    handler = logging.NullHandler()  # it does so only where there is none
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)


def run_stdio(settings: Settings) -> None:
    """Serve one client on standard input and output until it leaves; the model is loaded when first needed.

    Raises HoidapError where the documents cannot be read.
    """
    if sys.stdin.isatty():
        print(_BY_HAND, file=sys.stderr)
    with ExitStack() as kept:

        def opened() -> Answerer:
            return kept.enter_context(opening.open_writing_answerer(settings))

        mcp_server(Tools(opening.documents(settings), opened)).run("stdio")


def _room(at_once: int) -> Room:
    limiter = CapacityLimiter(at_once)

    async def run(work: Callable[[], Value]) -> Value:
        return await to_thread.run_sync(work, limiter=limiter)

    return run


def _add_tools(server: MCPServer[Any], tools: Tools, light: Room, heavy: Room, asked: Asked | None) -> None:
    async def said(room: Room, work: Callable[[], Value]) -> CallToolResult:
        value = await room(work)
        text = TextContent(type="text", text=as_json(value))  # one line: a model pays for each space
        return CallToolResult(content=[text], structured_content=value)

    @server.tool(title="Tìm điều khoản", description=mcp_words.SEARCH, annotations=_reads("Tìm điều khoản"))
    async def search_provisions(
        query: Annotated[str, Field(description="Câu hỏi hoặc từ khóa", max_length=CITATION_LIMIT)],
        limit: Annotated[int, Field(description="Số đoạn", ge=1, le=20)] = 5,
        as_of: AsOf = None,
    ) -> CallToolResult:
        return await said(heavy, lambda: tools.search(query, limit, as_of))

    @server.tool(title="Tra trích dẫn", description=mcp_words.LOOKUP, annotations=_reads("Tra trích dẫn"))
    async def lookup_citation(
        citation: Annotated[str, Field(description="Cách dẫn", max_length=CITATION_LIMIT)],
        as_of: AsOf = None,
        here: Here = None,
    ) -> CallToolResult:
        return await said(light, lambda: tools.look_up(citation, as_of, here))

    @server.tool(title="Soát trích dẫn", description=mcp_words.VALIDATE, annotations=_reads("Soát trích dẫn"))
    async def validate_citations(
        text: Annotated[str, Field(description="Văn bản cần soát", max_length=TEXT_LIMIT)],
        as_of: AsOf = None,
        here: Here = None,
    ) -> CallToolResult:
        return await said(light, lambda: tools.validate(text, as_of, here))

    @server.tool(title="Xem văn bản", description=mcp_words.DOCUMENT, annotations=_reads("Xem văn bản"))
    async def get_document(
        document: Annotated[str, Field(description="Mã hoặc số hiệu văn bản", max_length=CITATION_LIMIT)],
        address: Annotated[
            str, Field(description="Địa chỉ trong văn bản, ví dụ dieu-1/muc-v", max_length=CITATION_LIMIT)
        ] = "",
        as_of: AsOf = None,
        offset: Annotated[int, Field(description="Đọc tiếp từ ký tự này", ge=0)] = 0,
    ) -> CallToolResult:
        return await said(light, lambda: tools.document(document, address, as_of, offset))

    @server.tool(title="Hỏi đáp", description=mcp_words.ASK, annotations=_reads("Hỏi đáp"))
    async def ask(
        context: Context[Any, Any],
        question: Annotated[str, Field(description="Câu hỏi", max_length=CITATION_LIMIT)],
        history: Annotated[
            list[Annotated[str, Field(max_length=CITATION_LIMIT)]] | None,
            Field(description="Các câu hỏi trước, cũ trước", max_length=50),
        ] = None,
        as_of: AsOf = None,
    ) -> CallToolResult:
        if asked:
            await asked(context.request_context.request)
        return await said(heavy, lambda: tools.ask(question, history or (), as_of))


def _reads(title: str) -> ToolAnnotations:
    return ToolAnnotations(
        title=title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )


def _add_resources(server: MCPServer[Any], tools: Tools) -> None:
    for document in tools.documents.values():
        if document.metadata.withdrawn is None:
            _add_document(server, tools, document)

    @server.resource(
        _URI + "{document}",
        name="document",
        title="Một văn bản",
        description="Cách dẫn, lưu ý, rồi toàn văn. Mã văn bản có trong danh sách tài nguyên.",
        mime_type="text/plain",
    )
    def whole(document: str) -> str:
        return _resource(lambda: tools.text(document))

    @server.resource(
        _URI + "{document}/{+address}",
        name="provision",
        title="Một điều khoản",
        description="Cách dẫn, lưu ý, rồi nguyên văn. Ví dụ: hoidap://documents/MÃ/dieu-1/muc-v/khoan-2.",
        mime_type="text/plain",
    )
    def provision(document: str, address: str) -> str:
        return _resource(lambda: tools.text(document, address))


def _add_document(server: MCPServer[Any], tools: Tools, document: Document) -> None:
    about = document.metadata
    caveat = f" {about.caveat}" if about.caveat else ""

    @server.resource(
        _URI + about.id,
        name=about.id,
        title=document_cited(document),
        description=f"{about.title}.{caveat}",
        mime_type="text/plain",
    )
    def whole() -> str:
        return _resource(lambda: tools.text(about.id))


def _resource(made: Callable[[], str]) -> str:
    try:
        return made()
    except HoidapError as error:
        raise ResourceNotFoundError(str(error)) from error


def _misfit(error: ValidationError) -> str:
    """Which arguments do not fit, in Vietnamese."""
    said = dict.fromkeys(_fault(one["type"], one["loc"], one.get("ctx", {})) for one in error.errors())
    return f"Tham số chưa đúng: {'; '.join(list(said)[:8])}. Xem mô tả của công cụ."


def _fault(kind: str, place: tuple[int | str, ...], limits: dict[str, Any]) -> str:
    name = ".".join(map(str, place))[:60]
    words = {
        "missing": "còn thiếu",
        "string_too_long": f"dài quá {limits.get('max_length')} ký tự, hãy gửi từng phần",
        "too_long": f"quá {limits.get('max_length')} mục",
        "greater_than_equal": f"phải từ {limits.get('ge')}",
        "less_than_equal": f"phải đến {limits.get('le')} là nhiều nhất",
    }
    if kind.startswith("date"):
        return f"{name} phải là một ngày như 2026-06-30"
    return f"{name} {words.get(kind, 'không đúng kiểu')}"
