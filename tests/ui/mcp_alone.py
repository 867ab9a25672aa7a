"""An application with nothing but MCP behind its doors, and the first message of a client."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI

from ui.mcp_http import mount_mcp
from ui.own_name import OwnName
from ui.public_road import PublicRoad, limits_of

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from ui.settings import Settings

VERSION = "2025-06-18"
CLIENT = {"protocolVersion": VERSION, "capabilities": {}, "clientInfo": {"name": "test", "version": "0"}}
HELLO = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": CLIENT}


def mcp_alone(answerer: Answerer, settings: Settings) -> FastAPI:
    """It, over this system."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opened():
            yield

    app = FastAPI(lifespan=lifespan)
    limits = limits_of(settings)
    opened = mount_mcp(app, answerer, limits=limits)
    app.add_middleware(PublicRoad, settings=settings, limits=limits)
    app.add_middleware(OwnName, settings=settings)
    return app
