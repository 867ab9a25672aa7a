"""Errors as programs read them: RFC 9457, `application/problem+json`, in Vietnamese, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as AnyHTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from corpus.errors import HoidapError, QuestionError

_OURS = frozenset("v1 documents ui healthz readyz metrics mcp widget".split())
_CHAT = "/v1/chat/"  # where programs look for the words in OpenAI's place as well
_METHODS = "DELETE GET PATCH POST PUT".split()
_NAMED, _NAME_LENGTH = 8, 60  # fields that a message names, and characters of such a name

# Status → the last part of `type`, and `title`.
_KINDS: Mapping[int, tuple[str, str]] = {
    400: ("malformed", "Thân yêu cầu không phải JSON"),
    403: ("forbidden", "Không được phép"),
    404: ("not-found", "Không có địa chỉ này"),
    405: ("method-not-allowed", "Phương thức không dùng được ở đây"),
    408: ("timeout", "Yêu cầu đến quá chậm"),
    413: ("too-large", "Yêu cầu quá lớn"),
    415: ("not-json", "Không phải JSON"),
    421: ("misdirected", "Máy chủ không có tên này"),
    422: ("invalid", "Yêu cầu không đúng dạng"),
    429: ("too-many-requests", "Quá nhiều yêu cầu"),
    500: ("internal", "Máy chủ gặp lỗi ngoài dự kiến"),
    503: ("unavailable", "Hiện chưa phục vụ được"),
}
_DETAILS: Mapping[int, str] = {
    400: "Không đọc được thân yêu cầu thành JSON. Hãy gửi JSON UTF-8 theo mô tả ở /v1/openapi.json.",
    404: "Xem các địa chỉ có được ở /v1/openapi.json.",
    500: "Máy chủ gặp lỗi ngoài dự kiến. Hãy thử lại, rồi xem nhật ký của máy chủ.",
}


class ProblemError(HTTPException):
    """What a request is answered with in place of a result."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        """`detail`: in Vietnamese, what is wrong and what to do."""
        super().__init__(status, detail, headers)


def problem(
    status: int, detail: str, instance: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The response; `instance` is the path that was asked for."""
    kind, title = _KINDS.get(status, ("error", "Yêu cầu không thực hiện được"))
    body: dict[str, object] = {
        "type": f"urn:hoidap:problem:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": sound(instance),
    }
    if instance.startswith(_CHAT):
        body["error"] = {"message": detail, "type": kind, "param": None, "code": None}
    return JSONResponse(body, status, headers, "application/problem+json")


def sound(text: str) -> str:
    """`text` with "?" for halves of characters, which UTF-8 cannot carry."""
    return text.encode("utf-8", "replace").decode()


def add_problems(app: FastAPI) -> None:
    """Every error of `app` becomes a problem."""

    @app.exception_handler(AnyHTTPException)
    def told(request: Request, error: AnyHTTPException) -> JSONResponse:
        ours = isinstance(error, ProblemError)  # other details are the framework's, in English
        detail = error.detail if ours else _DETAILS.get(error.status_code, str(error.detail))
        return problem(error.status_code, detail, request.url.path, error.headers)

    @app.exception_handler(HoidapError)
    def known(request: Request, error: HoidapError) -> JSONResponse:
        return problem(422 if isinstance(error, QuestionError) else 503, str(error), request.url.path)

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        faults = error.errors()
        if any(fault["type"] == "json_invalid" for fault in faults):
            return problem(400, _DETAILS[400], request.url.path)
        named = _named(fault["loc"] for fault in faults)
        words = f"Yêu cầu không đúng dạng ở: {named}. Xem mô tả ở /v1/openapi.json."
        return problem(422, words, request.url.path)

    @app.exception_handler(Exception)
    def unforeseen(request: Request, error: Exception) -> JSONResponse:
        return problem(500, _DETAILS[500], request.url.path)


def _named(places: Iterable[Sequence[str | int]]) -> str:
    """Where in the request the faults are: "text", "messages.0.role"; at most `_NAMED` of them."""
    names = {sound(".".join(map(str, place[1:])))[:_NAME_LENGTH] or "thân yêu cầu" for place in places}
    more = [f"và {len(names) - _NAMED} chỗ khác"] if len(names) > _NAMED else []
    return ", ".join([*sorted(names)[:_NAMED], *more])


def is_ours(path: str) -> bool:
    """Whether a path belongs to this server's own roads, not to the chat page."""
    return path.split("/", 2)[1:2] != [] and path.split("/", 2)[1] in _OURS


class Unserved(BaseRoute):
    """The last of our own routes: a path of ours that no other serves is a problem, never the chat page's.

    405 where another method is served there, else 404.
    """

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        """`routes`: all routes of the application, read at each request."""
        self._routes = routes

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Everything under our own paths."""
        ours = scope["type"] == "http" and is_ours(scope["path"])
        return (Match.FULL, {}) if ours else (Match.NONE, {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises the ProblemError."""
        if allowed := [method for method in _METHODS if self._serves(scope, method)]:
            if "GET" in allowed:
                allowed.insert(allowed.index("GET") + 1, "HEAD")
            words = f"Ở đây chỉ dùng được {', '.join(allowed)}. Xem /v1/openapi.json."
            raise ProblemError(405, words, {"Allow": ", ".join(allowed)})
        raise ProblemError(404, f"Không có {sound(scope['path'])[:200]}. {_DETAILS[404]}")

    def _serves(self, scope: Scope, method: str) -> bool:
        asked = {**scope, "method": method}
        others = self._routes[: self._routes.index(self)]
        return any(route.matches(asked)[0] is Match.FULL for route in others)
