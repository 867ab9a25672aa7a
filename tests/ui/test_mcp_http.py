"""/mcp over HTTP: who may call it, what it refuses, and that it lives as long as the server does."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.testclient import TestClient

from tests.ui.listening import listening
from tests.ui.mcp_alone import HELLO, VERSION, mcp_alone
from tests.ui.told import told
from ui.mcp_http import PATH

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from ui.settings import Settings


@pytest.fixture(scope="module")
def address(answerer: Answerer, settings: Settings) -> Iterator[str]:
    """Of a server that listens on this machine alone."""
    with listening(mcp_alone(answerer, replace(settings, host="127.0.0.1", proxies=0))) as address:
        yield address


def posted(
    address: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> httpx.Response:
    accepts = {"Accept": "application/json, text/event-stream", "Content-Type": "application/json"}
    content = body if body is not None else json.dumps(HELLO).encode()
    return httpx.post(f"{address}{PATH}", content=content, headers=accepts | dict(headers or {}))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:7860"}, 200),
        ({"Host": "localhost"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example:7860"}, 421),
        ({"Host": "localhost:7860", "Origin": "http://localhost:7860"}, 200),
        ({"Origin": "http://localhost:3000"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content-Type": "text/plain"}, 400),
    ],
)
def test_a_page_of_another_site_cannot_call(headers: dict[str, str], status: int, address: str) -> None:
    response = posted(address, headers)
    assert response.status_code == status
    if status in (403, 421):
        setting = "HOIDAP_PROXIES" if status == 421 else "HOIDAP_ORIGINS"
        assert setting in told(response, status)


def test_a_body_that_is_too_large_is_refused(address: str) -> None:
    assert posted(address, body=b" " * ((1 << 20) + 1)).status_code == 413
    assert posted(address, body=b"{").status_code == 400
    assert posted(address).status_code == 200


def test_a_body_that_never_ends_is_left(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.mcp_http.SECONDS", 0.3)
    head = f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), timeout=5) as slow:
        slow.sendall(
            f"{head}Accept: application/json, text/event-stream\r\nContent-Length: 9\r\n\r\n{{".encode()
        )
        assert slow.recv(4096).startswith(b"HTTP/1.1 408")
    assert posted(address).status_code == 200


@pytest.mark.parametrize("change", [{"host": "0.0.0.0"}, {"proxies": 1}])
def test_on_a_network_any_name_may_be_called(
    change: dict[str, Any], answerer: Answerer, settings: Settings
) -> None:
    with listening(mcp_alone(answerer, replace(settings, **change))) as address:
        assert posted(address, {"Host": "hoidap.langson.example"}).status_code == 200


def test_it_can_be_started_again_and_is_away_between(answerer: Answerer, settings: Settings) -> None:
    app = mcp_alone(answerer, settings)
    headers = {"Accept": "application/json, text/event-stream", "Host": "localhost"}
    for _ in range(2):
        assert TestClient(app).post(PATH, json=HELLO, headers=headers).status_code == 503
        with TestClient(app) as client:
            assert client.post(PATH, json=HELLO, headers=headers).status_code == 200


def test_it_is_part_of_the_one_server(client: TestClient) -> None:
    """Behind the same doors as the other operations: other sites' pages, other methods."""
    headers = {"Accept": "application/json, text/event-stream", "Host": "localhost"}
    response = client.post(PATH, json=HELLO, headers=headers)
    assert response.status_code == 200
    assert response.json()["result"]["serverInfo"]["name"] == "hoidap"
    elsewhere = client.post(PATH, json=HELLO, headers=headers | {"Origin": "https://evil.example"})
    assert elsewhere.status_code == 403
    for method in ("GET", "PUT", "DELETE"):
        assert client.request(method, PATH, headers=headers).status_code == 405
    assert PATH not in client.get("/v1/openapi.json").json()["paths"]


def test_questions_count_as_questions(answerer: Answerer, settings: Settings) -> None:
    limited = replace(settings, asks_per_minute=1, citations_per_minute=100)
    if (second := time.time() % 60) > 50:  # over the turn of a minute one more may pass
        time.sleep(60 - second)
    with TestClient(mcp_alone(answerer, limited), base_url="http://localhost") as client:
        results = [
            called(client, "ask", question="Đến năm 2030 có bao nhiêu khu công nghiệp?").json()["result"]
            for _ in range(2)
        ]
        assert [result["isError"] for result in results] == [False, True]
        assert "Quá 1 yêu cầu một phút" in results[1]["content"][0]["text"]
        looked_up = called(client, "lookup_citation", citation="236/QĐ-TTg").json()["result"]
        assert not looked_up["isError"]


@pytest.mark.parametrize("odd", ["a\x00b", "\u202eđúng", "<script>", "\ufeff" * 9, "😀"], ids=ascii)
def test_odd_signs_do_no_harm(odd: str, client: TestClient) -> None:
    text = f"{odd} Quyết định số 236/QĐ-TTg {odd}"
    result = called(client, "validate_citations", text=text).json()["result"]["structuredContent"]
    found = [one["text"] for one in result["citations"] if one["status"] == "mentioned"]
    assert found == ["Quyết định số 236/QĐ-TTg"]
    assert all(text[slice(*one["span"])] == one["text"] for one in result["citations"])


def test_half_a_character_is_refused(client: TestClient) -> None:
    assert called(client, "validate_citations", text="236/QĐ-TTg \ud800").status_code == 400


def called(client: TestClient, tool: str, **arguments: str) -> Any:
    """A tool called as a client of 2025 does."""
    call = {"name": tool, "arguments": arguments}
    headers = {
        "Accept": "application/json, text/event-stream",
        "Content-Type": "application/json",
        "Host": "localhost",
        "MCP-Protocol-Version": VERSION,
    }
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    return client.post(PATH, content=json.dumps(asked).encode(), headers=headers)
