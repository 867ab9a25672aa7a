"""The operations that answer: /v1/ask, as JSON, text or events, and OpenAI's chat protocol."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from fastapi.routing import APIRouter
from fastapi.sse import format_sse_event

from ui import completions
from ui.answer_values import Done, Event, answered_value, as_json, event_value, events
from ui.api_requests import AskRequest, CompletionRequest
from ui.api_results import AnswerLine, Completion, ModelInfo, ModelList
from ui.bodies import JsonRoute
from ui.metrics import Metrics
from ui.openapi import READING, SENDING
from ui.problems import ProblemError
from ui.reading import wants_text
from ui.rooms import Room
from ui.running_server import STATUS_HEADER
from ui.terminal import answer_text

if TYPE_CHECKING:
    from answer.pipeline import Answerer

_EVENTS = "text/event-stream"
_STREAM: dict[str, Any] = {"schema": {"description": "server-sent events"}}
_AS_EVENTS: dict[int | str, dict[str, Any]] = {200: {"content": {_EVENTS: _STREAM}}}
_AS_ANY: dict[int | str, dict[str, Any]] = {
    200: {"content": {_EVENTS: _STREAM, "text/plain": {"schema": {"type": "string"}}}}
}


def add_answering(app: FastAPI, answerer: Answerer, room: Room, metrics: Metrics) -> None:
    """Serve answers; they are made in `room`."""
    router = APIRouter(route_class=JsonRoute)
    created = int(time.time())

    def counted(happened: Iterable[Event]) -> Iterator[Event]:
        for event in happened:
            if isinstance(event, Done):
                metrics.answered(event.answer.status)
            yield event

    @router.post(
        "/v1/ask",
        response_model=AnswerLine,
        responses={**SENDING, **_AS_ANY},
        summary="Hỏi; với Accept: text/event-stream thì nhận từng câu",
        tags=["hỏi đáp"],
    )
    async def ask(body: AskRequest, request: Request) -> Response:
        asked = (body.question, body.history, body.as_of)
        if _EVENTS in request.headers.get("Accept", ""):
            happened = counted(events(answerer.stream(*asked)))
            return await _streamed(room, (_event(each) for each in happened))
        answer = await room.run(partial(answerer.answer, *asked))
        metrics.answered(answer.status)
        status = {STATUS_HEADER: answer.status.value}
        if wants_text(request):
            return PlainTextResponse(answer_text(answer) + "\n", headers=status)
        return JSONResponse(answered_value(body.id, answer), headers=status)

    @router.post(
        "/v1/chat/completions",
        response_model=Completion,
        responses={**SENDING, **_AS_EVENTS},
        summary="Hỏi theo giao thức của OpenAI; nguồn ở cuối như chú thích",
        tags=["hỏi đáp"],
    )
    async def chat_completions(body: CompletionRequest, request: Request) -> Response:
        asked = completions.questions(body.messages)
        if not asked:
            raise ProblemError(422, "Không có câu hỏi nào. Hãy gửi ít nhất một lượt user có chữ.")
        happened = counted(events(answerer.stream(asked[-1], asked[:-1])))
        base, completion = str(request.base_url).rstrip("/"), completions.Completion(asked)
        if body.stream:
            count = bool(body.stream_options and body.stream_options.include_usage)
            data = completions.streamed(happened, base, completion, count)
            return await _streamed(room, (format_sse_event(data_str=each) for each in data))
        whole = await room.run(lambda: list(happened))
        content = "".join(completions.pieces(whole, base))
        return JSONResponse(completion.whole(content, completions.last_answer(whole)))

    @router.get(
        "/v1/models",
        response_model=ModelList,
        responses=READING,
        summary="Các mô hình theo giao thức của OpenAI",
        tags=["hỏi đáp"],
    )
    async def models() -> Response:
        return JSONResponse(completions.models(created))

    @router.get(
        "/v1/models/{name}",
        response_model=ModelInfo,
        responses=READING,
        summary="Một mô hình theo giao thức của OpenAI",
        tags=["hỏi đáp"],
    )
    async def model(name: str) -> Response:
        if name != completions.MODEL:
            raise ProblemError(404, f"Chỉ có một mô hình: {completions.MODEL}.")
        return JSONResponse(completions.model(created))

    app.include_router(router)


def _event(event: Event) -> bytes:
    name, value = event_value(event)
    return format_sse_event(event=name, data_str=as_json(value))


async def _streamed(room: Room, pieces: Iterator[bytes]) -> Response:
    """A response that begins when its first piece is ready: a question that is refused is still a problem."""
    first = await room.run(partial(next, pieces))
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}  # proxies pass each event on

    async def sent() -> AsyncIterator[bytes]:
        yield first
        async for piece in room.each(pieces):
            yield piece

    return StreamingResponse(sent(), media_type=_EVENTS, headers=headers)
