"""Who may call from another site, and how often anyone may: one ASGI middleware before the operations.

What only reads (citations, search, documents) is open to the origins of the settings, "*" being all; what
answers questions, the chat too, to origins that are named. The widget's files are open to everyone. A call
without an `Origin` is not a browser's, or is of the same site.
"""

from __future__ import annotations

import hmac

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.clients import Limits, client_of
from ui.problems import problem
from ui.settings import Settings

KEY_HEADER = "X-Hoidap-Key"
_GUARDED = ("/v1/", "/mcp")
_OPEN = "/v1/widget/"
_READS = ("/v1/citations", "/v1/search", "/v1/documents", "/v1/openapi.json")
_ASKS = ("/v1/ask", "/v1/chat/completions")
_KEPT_SECONDS = 7200  # that a browser remembers what it may call
_EXPOSED = "Retry-After, X-Answer-Status"


class PublicRoad:
    """Refuses what may not be called from there, by that key or so often: 403, 429."""

    def __init__(self, app: ASGIApp, settings: Settings, limits: Limits | None = None) -> None:
        """`limits`: those of the settings, where others count in them too."""
        self._app = app
        self._origins = frozenset(settings.origins)
        self._key = settings.widget_key
        self._limits = limits or limits_of(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        path = scope.get("path", "")
        if scope["type"] != "http" or path.startswith(_OPEN):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = _other_origin(headers)
        if not path.startswith(_GUARDED):
            await self._app(scope, receive, send if origin in self._origins else _closed(send))
            return
        allowed = self._allowed(path, origin) if origin else None
        answer = self._refusal(scope, headers, origin, allowed)
        if answer is None:
            answer = await self._crowded(scope)
        await (answer or self._app)(scope, receive, _allowing(send, allowed))

    def _allowed(self, path: str, origin: str) -> str | None:
        """What `Access-Control-Allow-Origin` says; None where that origin may not call."""
        if origin in self._origins:
            return origin
        return "*" if "*" in self._origins and path.startswith(_READS) else None

    def _refusal(
        self, scope: Scope, headers: Headers, origin: str | None, allowed: str | None
    ) -> Response | None:
        """The answer to what goes no further: what may not come, or a browser's question before it comes."""
        if origin is None:
            return None
        if allowed is None:
            words = "Trang web này không được gọi tới đây. Người quản trị thêm được ở HOIDAP_ORIGINS."
            return problem(403, words, scope["path"])
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            return Response(status_code=204, headers=_preflight(headers))
        if self._key:
            given = headers.get(KEY_HEADER, "")
            if not hmac.compare_digest(given.encode(), self._key.encode()):
                words = f"Thiếu hoặc sai khóa công khai. Hãy gửi khóa ở {KEY_HEADER} (tiện ích: data-key)."
                return problem(403, words, scope["path"])
        return None

    async def _crowded(self, scope: Scope) -> Response | None:
        kind = "asks" if scope["path"].startswith(_ASKS) else "reads"
        refused = await self._limits.refused(kind, client_of(scope))
        if refused is None:
            return None
        return problem(429, refused.message, scope["path"], {"Retry-After": str(refused.seconds)})


def limits_of(settings: Settings) -> Limits:
    """Calls that read, and questions, of one client."""
    return Limits(reads=settings.citations_per_minute, asks=settings.asks_per_minute)


def _other_origin(headers: Headers) -> str | None:
    """The origin of a call that a browser makes from another site's page; None for every other call."""
    origin = headers.get("origin", "").lower()
    same = headers.get("sec-fetch-site") == "same-origin"
    if not origin or same or origin.partition("://")[2] == headers.get("host", "").lower():
        return None
    return origin


def _preflight(headers: Headers) -> dict[str, str]:
    return {
        "Access-Control-Allow-Methods": "GET, POST",
        # neither cookies nor passwords are read, so no header does harm
        "Access-Control-Allow-Headers": headers.get("access-control-request-headers", KEY_HEADER),
        "Access-Control-Max-Age": str(_KEPT_SECONDS),
    }


def _closed(send: Send) -> Send:
    """The chat page's framework lets pages of all sites read what it says: not here."""

    async def closed(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [each for each in message["headers"] if not each[0].startswith(b"access-control-")]
            message = {**message, "headers": kept}
        await send(message)

    return closed


def _allowing(send: Send, allowed: str | None) -> Send:
    async def allowing(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.add_vary_header("Origin")
            if allowed:
                headers["Access-Control-Allow-Origin"] = allowed
                headers["Access-Control-Expose-Headers"] = _EXPOSED
        await send(message)

    return allowing
