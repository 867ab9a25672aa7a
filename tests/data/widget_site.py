"""A web site that embeds the widget, the server it calls, and one visitor of it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page, Request

if TYPE_CHECKING:
    from fastapi import FastAPI

KEY = "khoa-cong-khai"
SEPARATOR = "\n\u241e\n"  # between snippets that are asked together
KNOWN = "Điều 2 Quyết định điều chỉnh quy hoạch tỉnh"
LIMIT = 10  # seconds until a page is read, on a busy machine
MARKS = "[...document.querySelectorAll('hoidap-trich-dan')].filter((one) => one.citation)"

Visiting = Callable[..., "Visit"]
Written = Callable[..., str]


@dataclass
class Site:
    """Its pages by path, sent with its policy."""

    origin: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    policy: str = ""

    def add(self, path: str, text: str) -> str:
        """Put a page there; its address."""
        self.pages[path] = text
        return self.origin + path


@contextmanager
def web_site() -> Iterator[Site]:
    """A site that listens; it has no page yet."""
    served = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = served.pages.get(self.path)
            self.send_response(200 if text is not None else 404)
            self.send_header("Content-Type", "text/css" if self.path.endswith(".css") else "text/html")
            self.send_header("Content-Security-Policy", served.policy)
            self.end_headers()
            self.wfile.write((text or "").encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served.origin = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield served
        server.shutdown()
        thread.join()


@contextmanager
def listening(app: FastAPI) -> Iterator[tuple[str, Callable[[], None]]]:
    """The app on a port of its own: its address, and what stops it."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]

    def stop() -> None:
        server.should_exit = True
        server.force_exit = True  # browsers keep connections open
        thread.join()

    try:
        yield f"http://127.0.0.1:{port}", stop
    finally:
        stop()


def policy_for(*apis: str) -> str:
    """As strict as a page can be that still loads the widget, and a style sheet of its own."""
    there = " ".join(apis)
    return (
        f"default-src 'none'; script-src {there}; connect-src {there}; style-src 'self'; base-uri 'none'; "
        "form-action 'none'; trusted-types 'none'; require-trusted-types-for 'script'"
    )


@dataclass
class Visit:
    """One visitor: the page, and what happened in it."""

    page: Page
    complaints: list[str] = field(default_factory=list)  # console errors and warnings, uncaught exceptions
    requests: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)
        self.page.on("pageerror", self._failed)
        self.page.on("console", self._said)

    def leave(self) -> None:
        """What happens in the page from now on is another visitor's."""
        self.page.remove_listener("request", self._asked)
        self.page.remove_listener("pageerror", self._failed)
        self.page.remove_listener("console", self._said)

    def _asked(self, request: Request) -> None:
        self.requests.append(request)

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def sent(self) -> list[dict[str, Any]]:
        """The bodies of what was asked of /v1/citations."""
        return [
            json.loads(request.post_data or "{}")
            for request in self.requests
            if request.url.endswith("/v1/citations") and request.method == "POST"
        ]

    def snippets(self) -> list[str]:
        """What left the page as it was read."""
        return [snippet for body in self.sent() for snippet in body["text"].split(SEPARATOR)]

    def read_again(self) -> None:
        """Waits until the page has been read after its last change, and nothing more is asked."""
        mark = f"{MARKS}.some((one) => one.closest('hoidap-moc'))"
        self.page.evaluate(
            """words => {
            document.querySelector('hoidap-moc')?.remove();
            const last = document.createElement('hoidap-moc');
            last.append(words);
            document.body.append(last);
            }""",
            f"Theo {KNOWN}.",
        )
        until = time.monotonic() + LIMIT
        while not self.page.evaluate(mark) and time.monotonic() < until:
            self.page.wait_for_timeout(30)
        assert self.page.evaluate(mark)
        self.page.evaluate("document.querySelector('hoidap-moc').remove()")

    def settle(self) -> None:
        """Waits until the page has been read and whatever was asked has been answered."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_timeout(900)


def marks(page: Page, count: int) -> list[tuple[str, str]]:
    """Words and status of every mark in the page, once there are so many; more is a failure."""
    until = time.monotonic() + LIMIT
    found: list[tuple[str, str]] = []
    # not wait_for_function: the page's policy forbids the eval that it is made of
    while len(found) < count and time.monotonic() < until:
        page.wait_for_timeout(30)
        marked = page.evaluate(f"() => {MARKS}.map((one) => [one.textContent, one.citation.status])")
        found = [(words, status) for words, status in marked]
    assert len(found) == count, found
    return found


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong in the page as it is now."""
    # its 500 kB are run once in each page, not at every look
    looking = Axe() if page.evaluate("typeof axe === 'undefined'") else Axe("null")
    found = looking.run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]
    ]
