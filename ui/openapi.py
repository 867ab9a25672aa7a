"""/v1/openapi.json: FastAPI's description, with errors as they are sent and an example of every operation."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from ui.api_results import Problem

DESCRIPTION = (
    "Tra trích dẫn, điều khoản và hỏi đáp trên các văn bản trong kho. Mọi câu trả lời đều kèm điều khoản "
    "được dẫn. Lỗi theo RFC 9457 (application/problem+json), bằng tiếng Việt."
)
_EXAMPLES = Path(__file__).with_name("assets") / "api-examples.json"
_PROBLEMS = {
    400: "Thân yêu cầu không phải JSON",
    403: "Trang web hoặc khóa không được phép",
    404: "Không có",
    408: "Thân yêu cầu đến quá chậm",
    413: "Thân yêu cầu quá lớn",
    415: "Không phải JSON",
    422: "Không đúng dạng, hoặc không tra được",
    429: "Quá nhiều yêu cầu",
    503: "Hiện chưa phục vụ được",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For `responses` of an operation: the errors it may answer with."""
    return {status: {"model": Problem, "description": _PROBLEMS[status]} for status in statuses}


READING = problems(403, 404, 422, 429)
SENDING = problems(400, 403, 408, 413, 415, 422, 429, 503)


def add_description(app: FastAPI) -> None:
    """Call when all operations are there."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            for operation in _operations(plain()):
                _tell_problems(operation)
                _show(operation, examples().get(operation["operationId"], {}))
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


@cache
def examples() -> Mapping[str, dict[str, Any]]:
    """By operation: "path" (parameters), "request" and "response", as far as it has them."""
    read: dict[str, dict[str, Any]] = json.loads(_EXAMPLES.read_text(encoding="utf-8"))
    return read


def _operations(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in schema["paths"].values():
        yield from operations.values()


def _tell_problems(operation: dict[str, Any]) -> None:
    for status, response in operation["responses"].items():
        if status >= "400" and "application/json" in response.get("content", {}):
            response["content"] = {"application/problem+json": response["content"]["application/json"]}


def _show(operation: dict[str, Any], example: Mapping[str, Any]) -> None:
    if "request" in example:
        operation["requestBody"]["content"]["application/json"]["example"] = example["request"]
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in example.get("path", {}):
            parameter["example"] = example["path"][parameter["name"]]
    for content, shown in example.get("response", {}).items():
        operation["responses"]["200"].setdefault("content", {}).setdefault(content, {})["example"] = shown
