"""Who may call from where, how often, with how much: origins, the key, limits, bodies; what is counted."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from tests.ui.listening import listening
from tests.ui.told import told
from ui import bodies
from ui.clients import Forwarded, client_of
from ui.problems import ProblemError
from ui.public_road import PublicRoad
from ui.rooms import Room

if TYPE_CHECKING:
    from ui.settings import Settings

HERE, THERE, ELSEWHERE = "http://localhost", "https://langson.example", "https://khac.example"
CITED = {"text": "khoản 2 mục V Điều 1"}
ALLOWED = "access-control-allow-origin"


def behind(app: FastAPI, settings: Settings, **own: object) -> TestClient:
    """The server with settings of its own on who may call it; its door behind that sees no origin."""

    async def unmarked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/v1/"):
            scope["headers"] = [each for each in scope["headers"] if each[0] != b"origin"]
        await app(scope, receive, send)

    guarded = PublicRoad(unmarked, replace(settings, **own))  # type: ignore[arg-type]
    return TestClient(guarded, base_url=HERE, raise_server_exceptions=False)


# --- origins --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origins", "origin", "path", "allowed"),
    [
        ((), ELSEWHERE, "/v1/citations", None),
        ((THERE,), ELSEWHERE, "/v1/citations", None),
        ((THERE,), "null", "/v1/citations", None),
        ((THERE,), f"{THERE}.evil.example", "/v1/citations", None),
        ((THERE,), "https://LANGSON.example:444", "/v1/citations", None),
        ((THERE,), THERE, "/v1/citations", THERE),
        ((THERE,), THERE, "/v1/documents", THERE),
        ((THERE,), THERE, "/v1/ask", THERE),
        (("*",), "null", "/v1/citations", "*"),
        (("*",), ELSEWHERE, "/v1/search", "*"),
        (("*",), ELSEWHERE, "/v1/documents/x", "*"),
        (("*",), ELSEWHERE, "/v1/openapi.json", "*"),
        (("*",), ELSEWHERE, "/v1/ask", None),
        (("*",), ELSEWHERE, "/v1/chat/completions", None),
        (("*",), ELSEWHERE, "/v1/models", None),
        (("*",), ELSEWHERE, "/mcp", None),
        (("*", THERE), THERE, "/v1/ask", THERE),
    ],
)
def test_other_sites_call_what_they_are_allowed_to(
    app: FastAPI,
    settings: Settings,
    origins: tuple[str, ...],
    origin: str,
    path: str,
    allowed: str | None,
) -> None:
    client = behind(app, settings, origins=origins)
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,x-a"}
    before = client.options(path, headers={"Origin": origin, **asked})
    response = client.post(path, json={}, headers={"Origin": origin})
    if allowed is None:
        told(before, 403)
        assert "HOIDAP_ORIGINS" in told(response, 403)
    else:
        assert (before.status_code, before.content) == (204, b"")
        assert before.headers["access-control-allow-methods"] == "GET, POST"
        assert before.headers["access-control-allow-headers"] == "content-type,x-a"
        assert response.status_code != 403
    for each in (before, response):
        assert each.headers.get(ALLOWED) == allowed
        assert "Origin" in each.headers["vary"]
        assert "access-control-allow-credentials" not in each.headers


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": HERE}, {"Origin": "https://localhost"}, {"Sec-Fetch-Site": "same-origin"}]
)
def test_the_same_site_needs_no_leave(app: FastAPI, settings: Settings, headers: dict[str, str]) -> None:
    response = behind(app, settings, widget_key="k").post("/v1/citations", json=CITED, headers=headers)
    assert response.status_code == 200
    assert ALLOWED not in response.headers


def test_another_site_reads_why_it_was_refused(app: FastAPI, settings: Settings) -> None:
    client = behind(app, settings, origins=(THERE,))
    response = client.post("/v1/citations", json={"text": 1}, headers={"Origin": THERE})
    told(response, 422)
    assert response.headers[ALLOWED] == THERE


@pytest.mark.parametrize("path", ["/", "/documents", "/ui/page.css", "/healthz"])
def test_no_other_road_is_opened(app: FastAPI, settings: Settings, path: str) -> None:
    response = behind(app, settings, origins=("*", THERE)).get(path, headers={"Origin": ELSEWHERE})
    assert response.status_code == 200
    assert not [name for name in response.headers if name.startswith("access-control-")]


def test_the_script_of_the_widget_is_for_everyone(app: FastAPI, settings: Settings) -> None:
    client = behind(app, settings, widget_key="k", citations_per_minute=1)
    for _ in range(3):
        response = client.get("/v1/widget/hoidap-widget.js", headers={"Origin": ELSEWHERE})
        assert (response.status_code, response.headers[ALLOWED]) == (200, "*")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"X-Hoidap-Key": "sai"}, 403),
        ({"X-Hoidap-Key": b"\xff\xfe"}, 403),
        ({"X-Hoidap-Key": "cong-khai"}, 200),
    ],
)
def test_the_public_key(
    app: FastAPI, settings: Settings, headers: dict[str, str | bytes], status: int
) -> None:
    client = behind(app, settings, origins=("*",), widget_key="cong-khai")
    asked = {b"Origin": ELSEWHERE.encode()} | {
        name.encode(): value if isinstance(value, bytes) else value.encode()
        for name, value in headers.items()
    }
    response = client.post("/v1/citations", json=CITED, headers=list(asked.items()))
    assert response.status_code == status
    if status == 403:
        assert "X-Hoidap-Key" in told(response, 403)
    assert response.headers[ALLOWED] == "*"


# --- limits ---------------------------------------------------------------------------------------


def test_each_client_may_call_so_often(app: FastAPI, settings: Settings) -> None:
    if (second := time.time() % 60) > 50:  # over the turn of a minute one more may pass
        time.sleep(60 - second)
    client = behind(app, settings, citations_per_minute=3, asks_per_minute=1, origins=("*",))
    headers = {"Origin": ELSEWHERE}
    codes = [client.post("/v1/citations", json=CITED, headers=headers).status_code for _ in range(3)]
    assert codes == [200, 200, 200]
    refused = client.get("/v1/documents", headers=headers)
    assert "Quá 3 yêu cầu" in told(refused, 429)
    assert 1 <= int(refused.headers["retry-after"]) <= 120
    assert refused.headers[ALLOWED] == "*"
    assert "Retry-After" in refused.headers["access-control-expose-headers"]
    asked = {"question": "Đến năm 2030 có bao nhiêu khu công nghiệp?"}
    assert client.post("/v1/ask", json=asked).status_code == 200  # counted apart
    told(client.post("/v1/ask", json=asked), 429)
    told(client.post("/v1/chat/completions", json={}), 429)
    assert client.get("/documents").status_code == 200
    assert client.get("/healthz").status_code == 200


def test_a_question_before_the_call_is_not_counted(app: FastAPI, settings: Settings) -> None:
    client = behind(app, settings, citations_per_minute=1, origins=("*",))
    asked = {"Origin": ELSEWHERE, "Access-Control-Request-Method": "POST"}
    assert {client.options("/v1/citations", headers=asked).status_code for _ in range(3)} == {204}
    assert client.post("/v1/citations", json=CITED).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "said", "client"),
    [
        (0, ["203.0.113.9"], "192.0.2.1"),
        (1, [], "192.0.2.1"),
        (1, [""], "192.0.2.1"),
        (1, ["203.0.113.9"], "203.0.113.9"),
        (1, ["10.0.0.1, 203.0.113.9"], "203.0.113.9"),
        (1, ["10.0.0.1", "203.0.113.9"], "203.0.113.9"),
        (2, ["10.0.0.1, 203.0.113.9, 198.51.100.7"], "203.0.113.9"),
        (2, ["203.0.113.9"], "192.0.2.1"),
        (1, ["203.0.113.9:4711"], "203.0.113.9"),
        (1, ["::ffff:203.0.113.9"], "203.0.113.9"),
        (1, ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
        (1, ["[2001:db8:1:2::9]:443"], "2001:db8:1:2::/64"),
        (1, ["x" * 500], "x" * 64),
    ],
)
def test_a_client_is_known_by_its_address(proxies: int, said: list[str], client: str) -> None:
    seen: list[str] = []

    async def note(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(client_of(scope))

    headers = [(b"x-forwarded-for", each.encode()) for each in said]
    scope: Scope = {"type": "http", "headers": headers, "client": ("192.0.2.1", 1), "scheme": "http"}
    anyio.run(partial(Forwarded(note, proxies), scope, None, None))  # type: ignore[arg-type]
    assert seen == [client]


@pytest.mark.parametrize(("proxies", "base"), [(0, "http://h/"), (1, "https://h/")])
def test_links_begin_as_the_client_calls_the_server(proxies: int, base: str) -> None:
    async def say(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(str(Request(scope).base_url))(scope, receive, send)

    client = TestClient(Forwarded(say, proxies), base_url="http://h")
    assert client.get("/a", headers={"X-Forwarded-Proto": "https"}).text == base
    assert client.get("/a", headers={"X-Forwarded-Proto": "javascript"}).text == "http://h/"


def test_who_comes_when_the_room_is_full_hears_so() -> None:
    async def try_it() -> None:
        room, go_on = Room(1, 1), threading.Event()
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(room.run, go_on.wait)
            tasks.start_soon(room.run, go_on.wait)
            with anyio.fail_after(10):
                while not room.full:
                    await anyio.sleep(0.001)
            with pytest.raises(ProblemError, match="quá nhiều yêu cầu chờ") as refused:
                await room.run(lambda: 1)
            assert refused.value.status_code == 503
            assert refused.value.headers == {"Retry-After": "5"}
            go_on.set()
        assert not room.full
        assert await room.run(lambda: 1) == 1

    anyio.run(try_it)


def test_an_iterator_that_nobody_waits_for_is_closed() -> None:
    closed = []

    def count() -> Iterator[int]:
        try:
            yield from range(1, 100)
        finally:
            closed.append(True)

    async def try_it() -> None:
        values = Room(1, 1).each(count())
        assert [await anext(values), await anext(values)] == [1, 2]
        await values.aclose()  # type: ignore[attr-defined]

    anyio.run(try_it)
    assert closed == [True]


# --- bodies ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def door(app: FastAPI) -> Iterator[tuple[str, int]]:
    with listening(app) as url:
        host, port = url.removeprefix("http://").split(":")
        yield host, int(port)


HEAD = b"POST /v1/citations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


def answered(connection: socket.socket) -> tuple[int, dict[str, object]]:
    """Status and body of what the server sends until it closes the connection."""
    connection.settimeout(20)
    said = b""
    while piece := connection.recv(65536):
        said += piece
    head, _, body = said.partition(b"\r\n\r\n")
    assert b"connection: close" in head.lower()
    return int(head.split()[1]), json.loads(body)


def test_a_body_that_says_it_is_too_large_is_not_read(door: tuple[str, int]) -> None:
    with socket.create_connection(door) as connection:
        connection.sendall(HEAD + b"Content-Length: 1048577\r\n\r\n")
        status, body = answered(connection)
    assert (status, body["status"]) == (413, 413)


def test_a_body_that_never_ends_is_cut_off(door: tuple[str, int]) -> None:
    """It comes in chunks without saying how much there is."""
    with socket.create_connection(door) as connection:
        connection.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        for _ in range(16):
            connection.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")
        connection.sendall(b"1\r\n \r\n")
        status, body = answered(connection)
    assert (status, body["type"]) == (413, "urn:hoidap:problem:too-large")


@pytest.mark.parametrize(
    "begun", [b"Content-Length: 100\r\n\r\n{", b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"]
)
def test_a_body_that_does_not_come_is_not_waited_for(
    door: tuple[str, int], begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "SECONDS", 0.3)
    with socket.create_connection(door) as connection:
        connection.sendall(HEAD + begun)
        status, body = answered(connection)
    assert (status, body["type"]) == (408, "urn:hoidap:problem:timeout")


def test_who_leaves_halfway_does_no_harm(door: tuple[str, int], client: TestClient) -> None:
    with socket.create_connection(door) as connection:
        connection.sendall(HEAD + b"Content-Length: 100\r\n\r\n{")
    assert client.get("/healthz").status_code == 200


# --- what is counted ------------------------------------------------------------------------------


def counted(client: TestClient, name: str, **labels: str) -> float:
    from prometheus_client.parser import text_string_to_metric_families

    return sum(
        sample.value
        for family in text_string_to_metric_families(client.get("/metrics").text)
        for sample in family.samples
        if sample.name == name and labels.items() <= sample.labels.items()
    )


def test_requests_are_counted_by_their_route(client: TestClient) -> None:
    route = {"method": "GET", "route": "/v1/documents/{document}", "status": "404"}
    before = counted(client, "hoidap_requests_total", **route)
    for name in ("mot", "hai"):
        client.get(f"/v1/documents/{name}?q=bi-mat")
    assert counted(client, "hoidap_requests_total", **route) == before + 2
    assert counted(client, "hoidap_request_seconds_count", route=route["route"]) >= 2
    text = client.get("/metrics").text
    assert client.get("/metrics").headers["content-type"].startswith("text/plain; version=")
    for word in ("mot", "hai", "bi-mat"):
        assert word not in text


def test_citations_and_answers_are_counted_by_status(client: TestClient) -> None:
    exact = partial(counted, client, "hoidap_citations_total", status="exact")
    answers = partial(counted, client, "hoidap_answers_total")
    before = exact(), answers()
    client.post("/v1/citations", json={"text": "khoản 1 mục V Điều 1, khoản 2 mục V Điều 1"})
    question = "Đến năm 2030 có bao nhiêu khu công nghiệp?"
    client.post("/v1/ask", json={"question": question})
    client.post("/v1/ask", json={"question": question}, headers={"Accept": "text/event-stream"})
    client.post("/v1/chat/completions", json={"messages": [{"role": "user", "content": question}]})
    assert (exact(), answers()) == (before[0] + 2, before[1] + 3)
    assert question not in client.get("/metrics").text


def test_strange_paths_and_methods_make_no_series_of_their_own(client: TestClient) -> None:
    for path in ("/v1/aaa", "/v1/bbb", "/documentsx", "/ccc"):
        client.request("BREW", path)
    text = client.get("/metrics").text
    assert not any(word in text for word in ("aaa", "bbb", "ccc", "documentsx", "BREW"))
    assert 'method="other",route="none",status="404"' in text
    assert 'method="other",route="chat"' in text
