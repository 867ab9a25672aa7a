"""Whether the server lives, whether it can take more, and what it has done: /healthz, /readyz, /metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from retriever.pointer import in_use
from ui.api_results import Health, Ready
from ui.metrics import CONTENT_TYPE, Metrics
from ui.openapi import problems
from ui.problems import ProblemError
from ui.rooms import Room

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from ui.settings import Settings


def add_health(
    app: FastAPI, answerer: Answerer, settings: Settings, serves: str, metrics: Metrics, answering: Room
) -> None:
    """`serves`: the word of ui.running_server. `answering`: full means not ready."""
    index = answerer.index

    @app.get("/healthz", response_model=Health, summary="Còn chạy không", tags=["vận hành"])
    async def healthz() -> Response:
        counts = {"documents": len(index.documents), "passages": len(index.passages)}
        return JSONResponse({"status": "ok", **counts, "serves": serves})

    @app.get(
        "/readyz",
        response_model=Ready,
        responses=problems(503),
        summary="Nhận thêm câu hỏi được không",
        tags=["vận hành"],
    )
    async def readyz() -> Response:
        if answering.full:
            raise ProblemError(503, "Đang có quá nhiều câu hỏi chờ. Hãy gửi câu hỏi tới máy khác, hoặc đợi.")
        folder = in_use(settings.index)
        return JSONResponse({"status": "ready", "current": folder == index.folder.name})

    @app.get(
        "/metrics",
        response_class=PlainTextResponse,
        summary="Số liệu cho Prometheus",
        tags=["vận hành"],
    )
    async def prometheus() -> Response:
        return Response(metrics.text(), media_type=CONTENT_TYPE)
