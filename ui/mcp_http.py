"""The MCP server as streamable HTTP on the one server, at /mcp."""

from __future__ import annotations

from asyncio import AbstractEventLoop, get_running_loop
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

import anyio
from mcp.server.transport_security import TransportSecuritySettings
from starlette.routing import Route

from ui.bodies import BYTES, SECONDS
from ui.clients import client_of
from ui.mcp_server import Asked, Room, mcp_server
from ui.mcp_tools import Tools
from ui.problems import ProblemError, problem

if TYPE_CHECKING:
    from fastapi import FastAPI
    from mcp.server.mcpserver import MCPServer
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.types import Message, Receive, Scope, Send

    from answer.pipeline import Answerer
    from ui.clients import Limits

Lifespan = Callable[[], AbstractAsyncContextManager[None]]

PATH = "/mcp"
_OPEN = TransportSecuritySettings(enable_dns_rebinding_protection=False)
_TOO_SLOW = "Thân yêu cầu chưa đến hết trong thời gian cho phép. Hãy gửi lại khi mạng ổn định."
_not_ready = problem(503, "MCP chưa sẵn sàng. Hãy thử lại sau ít giây.", PATH)


def mount_mcp(
    app: FastAPI,
    answerer: Answerer,
    look_up: Room | None = None,
    answer: Room | None = None,
    limits: Limits | None = None,
) -> Lifespan:
    """Serve streamable HTTP at /mcp of `app`, over the system that is open already.

    Call it before whatever takes every path that is left is mounted. The server works for as long as the
    returned context is open, which the lifespan of `app` must enter at every start; outside it /mcp answers
    503. `look_up`, `answer`: the rooms that the server's other operations work in. `limits`: where questions
    are counted.

    Other sites' pages and strange names are for the middleware to refuse (`ui.public_road`, `ui.own_name`).
    """
    tools = Tools(answerer.index.documents, lambda: answerer, answerer.searcher.lookup)
    door = _Door(mcp_server(tools, look_up, answer, _counted(limits) if limits else None))
    # POST alone: nothing is remembered between calls, so there is no stream to open and no session to end
    app.router.routes.append(Route(PATH, door, methods=["POST"], include_in_schema=False))
    return door.open


class _Door:
    """/mcp as an ASGI application: every start of the server, on its own loop, has its session manager."""

    def __init__(self, server: MCPServer[Any]) -> None:
        self._server = server
        self._apps: dict[AbstractEventLoop, Starlette] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        await self._apps.get(get_running_loop(), _not_ready)(scope, _patient(receive), send)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Serve for as long as this runs."""
        app = self._server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,  # nothing is remembered between calls
            max_request_body_size=BYTES,
            transport_security=_OPEN,  # the middleware has looked already
        )
        async with self._server.session_manager.run():
            self._apps[get_running_loop()] = app
            try:
                yield
            finally:
                del self._apps[get_running_loop()]


def _patient(receive: Receive) -> Receive:
    """Waits for a body so long and no longer: 408."""
    deadline: float | None = anyio.current_time() + SECONDS

    async def patient() -> Message:
        nonlocal deadline
        if deadline is None:  # the body is whole: what comes now is the end of the connection
            return await receive()
        message: Message | None = None
        with anyio.move_on_at(deadline):
            message = await receive()
        if message is None:
            raise ProblemError(408, _TOO_SLOW)
        if not message.get("more_body", False):
            deadline = None
        return message

    return patient


def _counted(limits: Limits) -> Asked:
    async def counted(request: Request) -> None:
        if refused := await limits.refused("asks", client_of(request.scope)):
            raise ProblemError(429, refused.message)

    return counted
