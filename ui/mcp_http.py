"""The MCP server as streamable HTTP on the one server, at /mcp."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

import anyio
from mcp.server.transport_security import TransportSecurityMiddleware, TransportSecuritySettings
from starlette.requests import Request
from starlette.routing import Route

from ui.bodies import BYTES, SECONDS
from ui.mcp_server import Room, mcp_server
from ui.mcp_tools import Tools
from ui.problems import ProblemError, problem

if TYPE_CHECKING:
    from fastapi import FastAPI
    from mcp.server.mcpserver import MCPServer
    from starlette.applications import Starlette
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from answer.pipeline import Answerer
    from ui.settings import Settings

Lifespan = Callable[[], AbstractAsyncContextManager[None]]

PATH = "/mcp"
_OPEN = TransportSecuritySettings(enable_dns_rebinding_protection=False)
_REFUSED = (
    "Máy chủ này chỉ nhận cuộc gọi tới 127.0.0.1 hay localhost. Nếu có máy chủ trung gian đứng trước, "
    "người quản trị hãy đặt HOIDAP_PROXIES; trang web khác thì thêm vào HOIDAP_ORIGINS."
)
_TOO_SLOW = "Thân yêu cầu chưa đến hết trong thời gian cho phép. Hãy gửi lại khi mạng ổn định."
_not_ready = problem(503, "MCP chưa sẵn sàng. Hãy thử lại sau ít giây.", PATH)
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


def mount_mcp(
    app: FastAPI,
    answerer: Answerer,
    settings: Settings,
    look_up: Room | None = None,
    answer: Room | None = None,
) -> Lifespan:
    """Serve streamable HTTP at /mcp of `app`, over the system that is open already.

    Call it before whatever takes every path that is left is mounted. The server works for as long as the
    returned context is open, which the lifespan of `app` must enter at every start; outside it /mcp answers
    503. `look_up`, `answer`: the rooms that the server's other operations work in.

    Calls from other sites' pages are for the middleware (`ui.public_road`) to refuse; the name in `Host` is
    checked here where the server listens on this machine alone and no proxy is in front.
    """
    tools = Tools(answerer.index.documents, lambda: answerer, answerer.searcher.lookup)
    door = _Door(mcp_server(tools, look_up, answer), _security(settings))
    # POST alone: nothing is remembered between calls, so there is no stream to open and no session to end
    app.router.routes.append(Route(PATH, door, methods=["POST"], include_in_schema=False))
    return door.open


class _Door:
    """/mcp as an ASGI application: a session manager runs once, so every start of the server has its own."""

    def __init__(self, server: MCPServer[Any], security: TransportSecuritySettings) -> None:
        self._server = server
        self._guard = TransportSecurityMiddleware(security)
        self._app: Starlette | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        await (await self._refusal(scope) or self._app or _not_ready)(scope, _patient(receive), send)

    async def _refusal(self, scope: Scope) -> ASGIApp | None:
        refused = await self._guard.validate_request(Request(scope))
        return problem(refused.status_code, _REFUSED, PATH) if refused else None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Serve for as long as this runs."""
        app = self._server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,  # nothing is remembered between calls
            max_request_body_size=BYTES,
            transport_security=_OPEN,  # the door has looked already
        )
        async with self._server.session_manager.run():
            self._app = app
            try:
                yield
            finally:
                self._app = None


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


def _security(settings: Settings) -> TransportSecuritySettings:
    """Against pages that give this machine a name of their own (DNS rebinding): `Host` must be a local name.

    Behind a proxy, or on a network, the server goes by names that it does not know.
    """
    if settings.proxies or not _is_local(settings.host):
        return _OPEN
    hosts = [name for local in _LOCAL for name in (local, f"{local}:*")]
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=[*origins, *settings.origins])


def _is_local(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
