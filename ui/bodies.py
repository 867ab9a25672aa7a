"""What may be sent to an operation: JSON, of a bounded size, within a bounded time."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from email.message import Message
from typing import Any

import anyio
from fastapi import Request, Response
from fastapi.routing import APIRoute

from ui.problems import ProblemError

BYTES = 1 << 20  # 64,000 code points, each as two escaped halves, are 768 kB
FIELDS = 100  # more is no request, and to tell of each would take seconds
SECONDS = 20.0  # until the last byte
_CLOSE = {"Connection": "close"}  # what is still to come is not read


class JsonRoute(APIRoute):
    """A route whose body is read by the rules above: 408, 413 and 415 otherwise."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """As FastAPI's, with a request that is careful."""
        handle = super().get_route_handler()

        async def careful(request: Request) -> Response:
            return await handle(_JsonRequest(request.scope, request.receive))

        return careful


class _JsonRequest(Request):
    async def body(self) -> bytes:
        """The whole body. Raises ProblemError."""
        if not hasattr(self, "_body"):
            self._check_type()
            self._body = await self._read()
        return self._body

    async def json(self) -> Any:
        """The value in it. Raises JSONDecodeError or, where it is no text or too deep, ProblemError."""
        try:
            value = json.loads(await self.body())
        except (UnicodeDecodeError, RecursionError) as error:
            words = "Thân yêu cầu không phải UTF-8, hoặc lồng quá sâu. Hãy gửi JSON UTF-8."
            raise ProblemError(400, words) from error
        if isinstance(value, dict) and len(value) > FIELDS:
            raise ProblemError(422, f"Yêu cầu có quá {FIELDS} trường. Xem mô tả ở /v1/openapi.json.")
        return value

    def _check_type(self) -> None:
        said = Message()
        said["content-type"] = self.headers.get("content-type", "")
        kind, encoding = said.get_content_type(), self.headers.get("content-encoding", "identity")
        if not (kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))):
            raise ProblemError(415, "Chỉ nhận JSON. Hãy gửi với Content-Type: application/json.", _CLOSE)
        if encoding.lower() != "identity":
            raise ProblemError(415, "Không nhận thân yêu cầu đã nén. Hãy bỏ Content-Encoding.", _CLOSE)

    async def _read(self) -> bytes:
        if self.headers.get("content-length", "").isdecimal() and int(self.headers["content-length"]) > BYTES:
            raise _too_large()
        read = bytearray()
        with anyio.move_on_after(SECONDS):
            async for piece in self.stream():
                read += piece
                if len(read) > BYTES:
                    raise _too_large()
            return bytes(read)
        words = f"Thân yêu cầu chưa đến hết sau {SECONDS:.0f} giây. Hãy gửi lại khi mạng ổn định."
        raise ProblemError(408, words, _CLOSE)


def _too_large() -> ProblemError:
    return ProblemError(413, f"Thân yêu cầu quá {BYTES // 1024} kB. Hãy gửi từng phần ngắn hơn.", _CLOSE)
