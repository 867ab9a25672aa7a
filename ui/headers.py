"""What every response carries, the chat page without its links to other hosts, and HEAD: ASGI middleware."""

from __future__ import annotations

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.problems import is_ours

# Gradio's page needs inline scripts and styles, and builds functions from strings. What matters is 'self':
# the browser refuses whatever would leave for another host. The document pages bring a stricter policy.
_CHAT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "base-uri 'self'; form-action 'self'; object-src 'none'"
)
# Nothing of ours but a few pages, which say so themselves, is a page.
_STRICT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_OUTSIDE_META = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')


class Guarded:
    """Adds the headers to every response; gives Gradio's page its language and takes its social cards off."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == "/":
            await self._app(_uncompressed(scope), receive, _tidied(_headed(send, _CHAT_POLICY)))
        else:
            policy = _STRICT_POLICY if is_ours(scope["path"]) else _CHAT_POLICY
            await self._app(scope, receive, _headed(send, policy))


class Heads:
    """HEAD on our own roads: what GET says, without the body. The chat page's framework sees to itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        if scope["type"] == "http" and scope["method"] == "HEAD" and is_ours(scope["path"]):
            await self._app({**scope, "method": "GET"}, receive, _bodiless(send))
        else:
            await self._app(scope, receive, send)


def _bodiless(send: Send) -> Send:
    async def bodiless(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return bodiless


def _uncompressed(scope: Scope) -> Scope:
    """The request without its wish for compression: the page is about to be changed."""
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"accept-encoding"]
    return {**scope, "headers": headers}


def _headed(send: Send, policy: str) -> Send:
    async def headed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Content-Security-Policy", policy)
            headers.setdefault("X-Content-Type-Options", "nosniff")
            headers.setdefault("Referrer-Policy", "no-referrer")
        await send(message)

    return headed


def _tidied(send: Send) -> Send:
    """Holds an HTML page back until it is whole, then sends it changed; passes everything else on."""
    start: Message = {}
    body = bytearray()

    async def tidied(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
            if not _is_html(message):
                await send(message)
        elif message["type"] != "http.response.body" or not _is_html(start):
            await send(message)
        else:
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                page = _OUTSIDE_META.sub(b"", bytes(body)).replace(b'lang="en"', b'lang="vi"', 1)
                MutableHeaders(scope=start)["Content-Length"] = str(len(page))
                await send(start)
                await send({"type": "http.response.body", "body": page})

    return tidied


def _is_html(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")
