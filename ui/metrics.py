"""What Prometheus reads at /metrics: how much was asked, how long it took, what became of it; never what."""

from __future__ import annotations

import time
from collections import Counter as Tally
from collections.abc import Iterable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.problems import is_ours

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_METHODS = frozenset("DELETE GET HEAD OPTIONS PATCH POST PUT".split())
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The counters of one application, in a registry of its own."""

    def __init__(self, documents: int, passages: int) -> None:
        """How many documents and passages are served."""
        disable_created_metrics()  # type: ignore[no-untyped-call] # series that nobody reads
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        self._requests = Counter(
            "hoidap_requests", "HTTP requests.", ("method", "route", "status"), registry=registry
        )
        self._seconds = Histogram(
            "hoidap_request_seconds",
            "Seconds until the last byte of a response.",
            ("route",),
            buckets=_SECONDS,
            registry=registry,
        )
        self._citations = Counter("hoidap_citations", "Citations looked up.", ("status",), registry=registry)
        self._answers = Counter("hoidap_answers", "Questions answered.", ("status",), registry=registry)
        held = Gauge("hoidap_held", "What the served index holds.", ("what",), registry=registry)
        held.labels("documents").set(documents)
        held.labels("passages").set(passages)

    def text(self) -> bytes:
        """In Prometheus' text format."""
        return generate_latest(self._registry)

    def looked_up(self, statuses: Iterable[str]) -> None:
        """One status for each citation."""
        for status, count in Tally(statuses).items():
            self._citations.labels(status).inc(count)

    def answered(self, status: str) -> None:
        """A question was answered."""
        self._answers.labels(status).inc()

    def served(self, scope: Scope, status: int, seconds: float) -> None:
        """A request was answered; its route stands in `scope`."""
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = _route(scope)
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)


class Metered:
    """Counts and times every request: ASGI middleware."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            self._metrics.served(scope, status, time.perf_counter() - began)


def _route(scope: Scope) -> str:
    """The template of the path: a path itself is what somebody typed."""
    if not is_ours(scope["path"]):
        return "chat"
    path = getattr(scope.get("route"), "path", None)
    return path if isinstance(path, str) else "none"
