"""The widget as the server hands it out: the script under two names, its integrity, a page that shows it."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

WIDGET = Path(__file__).with_name("widget")
NAME = "hoidap-widget.js"
_A_WHILE = "public, max-age=300"
_FOR_EVER = "public, max-age=31536000, immutable"
# The script is public and the same for everyone; a page that checks its integrity must fetch it by CORS.
_SCRIPT_HEADERS = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)


@cache
def script() -> bytes:
    """The script, UTF-8."""
    return (WIDGET / NAME).read_bytes()


def hashed_name() -> str:
    """The name that changes with every change of the script: "hoidap-widget-0f3a9c1e.js"."""
    return f"hoidap-widget-{hashlib.sha256(script()).hexdigest()[:8]}.js"


def integrity() -> str:
    """What stands in `integrity="…"` of a page that embeds it."""
    return "sha384-" + base64.b64encode(hashlib.sha384(script()).digest()).decode()


def add_widget(app: FastAPI) -> None:
    """Serve the script and its page. Call before a route that takes every address below /v1."""

    @app.get("/v1/widget/integrity.json")
    def integrity_of_script() -> JSONResponse:
        said = {"file": hashed_name(), "integrity": integrity()}
        return JSONResponse(said, headers={"Cache-Control": _A_WHILE, "Access-Control-Allow-Origin": "*"})

    @app.get(f"/v1/widget/{NAME}", include_in_schema=False)
    def current_script(request: Request) -> Response:
        return _script(request, _A_WHILE)

    @app.get(f"/v1/widget/{hashed_name()}", include_in_schema=False)
    def versioned_script(request: Request) -> Response:
        return _script(request, _FOR_EVER)

    @app.get("/v1/widget/page.css", include_in_schema=False)
    def page_style() -> Response:
        return Response((WIDGET / "page.css").read_bytes(), media_type="text/css")

    @app.get("/widget", response_class=HTMLResponse, include_in_schema=False)
    def page(request: Request) -> HTMLResponse:
        return HTMLResponse(widget_page(str(request.base_url)), headers={"Content-Security-Policy": _POLICY})


def widget_page(base: str) -> str:
    """The page that shows the widget; `base` is where this server is reached, ending in "/"."""
    page = Template((WIDGET / "page.html").read_text(encoding="utf-8"))
    return page.substitute(base=escape(base), file=hashed_name(), integrity=integrity())


def _script(request: Request, kept: str) -> Response:
    tag = f'"{hashed_name()}"'
    headers = {**_SCRIPT_HEADERS, "Cache-Control": kept, "ETag": tag}
    if request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(script(), media_type="text/javascript", headers=headers)
