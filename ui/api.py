"""The one server: the chat page at /, the documents as readable pages, JSON for programs under /v1."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.telemetry import TelemetryConfig

from ui.answering import add_answering
from ui.clients import Forwarded
from ui.document_pages import add_pages
from ui.headers import Guarded, Heads
from ui.health import add_health
from ui.metrics import Metered, Metrics
from ui.openapi import DESCRIPTION, add_description
from ui.own_name import OwnName
from ui.problems import Unserved, add_problems
from ui.public_road import PublicRoad, limits_of
from ui.reading import add_reading
from ui.rooms import Room
from ui.running_server import serving
from ui.settings import quiet_environment
from ui.widget_files import add_widget

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from ui.settings import Settings

Lifespan = Callable[[], AbstractAsyncContextManager[None]]

_READINGS_AT_ONCE = 2  # none is waited for long; more would only share the processors
_ANSWERS_AT_ONCE = 2  # the encoder alone fills a core
_WRITTEN_AT_ONCE = 8  # where most of the time is spent waiting for a language model
_WAITING = 64


def create_app(answerer: Answerer, settings: Settings) -> FastAPI:
    """The server over one opened index, to listen where `settings` says."""
    quiet_environment()
    # Gradio takes seconds to import, and stays quiet only when the line above has run before.
    from ui.chat import ASSETS, mount_chat
    from ui.mcp_http import mount_mcp

    index = answerer.index
    metrics = Metrics(len(index.documents), len(index.passages))
    reading = Room(_READINGS_AT_ONCE, _WAITING)
    answering = Room(_WRITTEN_AT_ONCE if answerer.writer else _ANSWERS_AT_ONCE, _WAITING)
    limits = limits_of(settings)
    lifespans: list[Lifespan] = []  # what must run as long as the server does; entered when it starts
    app = _bare_app(lifespans)
    add_problems(app)
    add_health(app, answerer, settings, serving(index.folder.name, settings), metrics, answering)
    add_reading(app, answerer.searcher, reading, metrics)
    add_answering(app, answerer, answering, metrics)
    add_pages(app, index.documents)
    add_widget(app)
    lifespans.append(mount_mcp(app, answerer, reading.run, answering.run, limits))
    app.mount("/ui", StaticFiles(directory=ASSETS))
    app.router.routes.append(Unserved(app.router.routes))
    mount_chat(app, answerer, settings)
    add_description(app)
    app.add_middleware(PublicRoad, settings=settings, limits=limits)
    app.add_middleware(OwnName, settings=settings)
    app.add_middleware(Metered, metrics=metrics)
    app.add_middleware(Guarded)
    app.add_middleware(Heads)
    app.add_middleware(Forwarded, proxies=settings.proxies)
    return app


def _bare_app(lifespans: list[Lifespan]) -> FastAPI:
    # No /docs: FastAPI's pages for it load their scripts from another host.
    # No telemetry, whatever the environment says.
    quiet: TelemetryConfig = {"auto_configure": False, "tracing": False, "metrics": False, "logs": False}

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for enter in lifespans:
                await stack.enter_async_context(enter())
            yield

    return FastAPI(
        title="Hỏi đáp văn bản tỉnh Lạng Sơn",
        description=DESCRIPTION,
        version=_version(),
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        generate_unique_id_function=lambda route: route.name,
        lifespan=lifespan,
        telemetry=quiet,
    )


def _version() -> str:
    try:
        return version("hoidap")
    except PackageNotFoundError:  # run from the folder, not installed
        return "0"
