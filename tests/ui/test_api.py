"""The server: JSON for programs, readable pages of the documents, errors that say what to do next."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse

from corpus.document import Document
from tests.ui.told import told
from ui.own_name import OwnName
from ui.pages import CONTENT_SECURITY_POLICY

if TYPE_CHECKING:
    from ui.settings import Settings

DECISION = "qd-dieu-chinh-quy-hoach-2026"
Documents = Mapping[str, Document]
PLAN = "kh-du-lich-cvdc-2026"
QUESTION = "Đến năm 2030 có bao nhiêu khu công nghiệp?"


def test_the_server_says_that_it_is_up(client: TestClient) -> None:
    body = client.get("/healthz").json()
    assert body["status"] == "ok"
    assert body["documents"] >= 2
    assert body["passages"] > 100
    assert re.fullmatch("[0-9a-f]{64}", body["serves"])


def test_it_takes_questions_and_serves_the_index_in_use(client: TestClient) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"status": "ready", "current": True}


def test_a_search_is_a_run_line(client: TestClient) -> None:
    line = client.post("/v1/search", json={"question": QUESTION, "k": 7, "id": "q1"}).json()
    assert line["id"] == "q1"
    assert line["answer"] is None
    assert [passage["rank"] for passage in line["passages"]] == list(range(1, 8))
    assert set(line["passages"][0]) == {
        "rank", "document", "address", "citation", "text", "score", "permalink"
    }  # fmt: skip
    assert line["passages"][0]["permalink"] == f"/documents/{line['passages'][0]['address']}"
    assert line["latency_ms"]["search"] > 0


def test_an_answer_is_a_run_line_with_its_citations(client: TestClient) -> None:
    response = client.post(
        "/v1/ask", json={"question": QUESTION, "history": ["Năm 2026 tỉnh đón bao nhiêu khách?"]}
    )
    answer = response.json()["answer"]
    assert answer["status"] in {"answered", "partial"}
    numbers = {citation["n"] for citation in answer["citations"]}
    assert answer["sentences"]
    assert all(set(sentence["citations"]) <= numbers for sentence in answer["sentences"])
    assert "Đến" in response.text  # UTF-8, not escaped


def test_a_day_leaves_out_what_was_not_in_force(client: TestClient) -> None:
    def documents(body: dict[str, object]) -> set[str]:
        line = client.post("/v1/search", json={"question": QUESTION, "k": 100, **body}).json()
        return {passage["document"] for passage in line["passages"]}

    assert documents({"as_of": "2000-01-01"}) < documents({"as_of": None}) == documents({})
    answered = client.post("/v1/ask", json={"question": QUESTION, "as_of": "2000-01-01"})
    assert {one["document"] for one in answered.json()["passages"]} == documents({"as_of": "2000-01-01"})


@pytest.mark.parametrize("path", ["/v1/search", "/v1/ask"])
def test_who_accepts_only_text_reads_what_the_command_prints(client: TestClient, path: str) -> None:
    response = client.post(path, json={"question": QUESTION}, headers={"Accept": "text/plain"})
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "khu công nghiệp" in response.text
    assert response.text.endswith("\n")
    assert response.headers.get("X-Answer-Status") == ("answered" if path == "/v1/ask" else None)


def test_what_an_answer_cites_can_be_opened(client: TestClient) -> None:
    for citation in client.post("/v1/ask", json={"question": QUESTION}).json()["answer"]["citations"]:
        page = client.get(f"/documents/{citation['address']}")
        assert page.status_code == 200
        assert 'id="vi-tri"' in page.text


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/ask", {"question": ""}),
        ("/v1/search", {"question": "   \n"}),
        ("/v1/ask", {}),
        ("/v1/ask", {"question": 5}),
        ("/v1/ask", {"question": "a", "other": 1}),
        ("/v1/search", {"question": "a", "k": 0}),
        ("/v1/search", {"question": "a", "k": 10**9}),
        ("/v1/ask", {"question": "a", "history": "b"}),
        ("/v1/ask", {"question": "a", "as_of": "hôm qua"}),
        ("/v1/ask", {"question": "a", "as_of": 0}),
        ("/v1/search", {"question": "a", "k": "7"}),
        ("/v1/search", {"question": "a", "k": True}),
    ],
)
def test_a_request_that_cannot_be_served_is_refused_in_vietnamese(
    client: TestClient, path: str, body: dict[str, object]
) -> None:
    told(client.post(path, json=body), 422)


@pytest.mark.parametrize(
    "question",
    [
        "🙂🙂🙂",
        "<script>alert(1)</script>",
        "Điều " * 2000,
        "Đến năm 2030 co\u0301 ba\u0302o",
        "TÖnh L¹ng S¬n",
        "\u202e?",
    ],
)
def test_no_question_breaks_the_server(client: TestClient, question: str) -> None:
    response = client.post("/v1/ask", json={"question": question})
    assert response.status_code in {200, 422}
    assert "Traceback" not in response.text


@pytest.mark.parametrize(
    "path", ["/v1/nothing", "/v1/", "/v1", "/v1/documents/", "/ui/nothing", "/healthz/x"]
)
def test_an_address_of_ours_that_does_not_exist_is_a_problem(client: TestClient, path: str) -> None:
    told(client.get(path), 404)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/v1/ask", "POST"),
        ("DELETE", "/v1/citations", "POST"),
        ("POST", "/v1/documents", "GET, HEAD"),
        ("PUT", f"/v1/documents/{DECISION}/dieu-1", "GET, HEAD"),
        ("POST", "/healthz", "GET, HEAD"),
        ("OPTIONS", "/v1/search", "POST"),
        ("BREW", "/v1/search", "POST"),
    ],
)
def test_a_method_that_is_not_served_there_is_a_problem(
    client: TestClient, method: str, path: str, allowed: str
) -> None:
    response = client.request(method, path)
    assert allowed in told(response, 405)
    assert response.headers["Allow"] == allowed


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/healthz", 200),
        ("/metrics", 200),
        ("/widget", 200),
        ("/ui/page.css", 200),
        ("/documents", 200),
        (f"/documents/{DECISION}/dieu-1", 200),
        (f"/documents/{DECISION}/dieu-99", 404),
        ("/v1/documents", 200),
        (f"/v1/documents/{DECISION}/dieu-1/v/2", 200),
        ("/v1/widget/hoidap-widget.js", 200),
        ("/v1/ask", 405),
        ("/mcp", 405),
    ],
)
def test_head_says_what_get_would_without_the_body(client: TestClient, path: str, status: int) -> None:
    head, whole = client.head(path), client.get(path)
    assert (head.status_code, whole.status_code, head.content) == (status, status, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]
    if path not in ("/", "/metrics"):  # what these say changes
        assert head.headers["content-length"] == str(len(whole.content))


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:7860", 200),
        ("hoidap.localhost", 200),
        ("127.0.0.1:7860", 200),
        ("[::1]:7860", 200),
        ("192.168.1.5", 200),  # an address is nobody's name
        ("evil.example", 421),
        ("127.0.0.1.evil.example:7860", 421),
        ("localhost.evil.example", 421),
        ("", 421),
    ],
)
@pytest.mark.parametrize("path", ["/", "/documents", "/v1/documents", "/healthz"])
def test_no_page_can_give_this_machine_a_name_of_its_own(
    client: TestClient, path: str, host: str, status: int
) -> None:
    response = client.get(path, headers={"Host": host})
    assert response.status_code == status
    if status == 421:
        assert "HOIDAP_PROXIES" in told(response, 421)


@pytest.mark.parametrize("change", [{"host": "0.0.0.0"}, {"proxies": 1}])
def test_on_a_network_the_server_has_names_that_it_does_not_know(
    settings: Settings, change: dict[str, Any]
) -> None:
    app = OwnName(PlainTextResponse("tới nơi"), replace(settings, **change))
    assert TestClient(app, base_url="http://hoidap.langson.example").get("/").text == "tới nơi"


@pytest.mark.parametrize("door", ["/documents/", "/v1/documents/"])
def test_an_address_of_thirty_thousand_steps_is_told_at_once(client: TestClient, door: str) -> None:
    began = time.perf_counter()
    response = client.get(f"{door}{DECISION}/{'a/' * 30_000}")
    assert response.status_code == 404
    assert time.perf_counter() - began < 0.5
    assert door.startswith("/v1") or len(response.text) < 5_000


def test_a_day_that_is_none_is_a_problem(client: TestClient) -> None:
    assert "as_of" in told(client.get("/v1/documents?as_of=mai"), 422)


def test_documents_are_listed_for_programs_and_for_readers(client: TestClient) -> None:
    listed = client.get("/v1/documents").json()
    assert {DECISION, PLAN} <= {document["id"] for document in listed}
    page = client.get("/documents").text
    assert client.get("/documents/").text == page
    for document in listed:
        assert document["caveat"] is None or document["kind"] != "official"
        assert f'href="/documents/{document["id"]}"' in page
        assert client.get(document["page"]).status_code == 200


@pytest.mark.parametrize(
    "address", ["dieu-1/muc-v/khoan-2", "dieu-1/v/2", "dieu-1/v/2/", "dieu-1/muc-iii/khoan-2/diem-%C4%91"]
)
def test_a_provision_opens_by_permalink_and_by_path(client: TestClient, address: str) -> None:
    response = client.get(f"/documents/{DECISION}/{address}")
    assert response.status_code == 200
    assert response.text.count(' here"') == 1


@pytest.mark.parametrize(
    ("address", "offered"),
    [
        (f"{DECISION}/dieu-1/muc-v/khoan-99", "khoản 1 mục V Điều 1"),
        (f"{DECISION}/dieu-1/iii/2/g", "điểm h khoản 2 mục III Điều 1"),  # the Decision has a … e, h
        (f"{DECISION}/dieu-77", "Điều 1"),
        (f"{DECISION}/@@/%3Cscript%3E", "Điều 1"),
        (f"{DECISION}/../../etc/passwd", ""),
        ("khong-co", "Các văn bản đang có"),
        ("khong-co/dieu-1", "Các văn bản đang có"),
        ("%3Cimg%20src=x%3E", "Các văn bản đang có"),
    ],
)
def test_a_provision_that_does_not_exist_is_said_with_a_way_on(
    client: TestClient, address: str, offered: str
) -> None:
    response = client.get(f"/documents/{address}")
    assert response.status_code == 404
    assert offered in response.text
    assert "<script" not in response.text.replace('<script src="/ui', "")
    assert "<img" not in response.text


def test_a_document_tells_its_tree_its_relations_and_its_validity(client: TestClient) -> None:
    value = client.get(f"/v1/documents/{DECISION}").json()
    listed = client.get("/v1/documents").json()
    assert value["document"] in listed

    def walk(branches: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for branch in branches:
            yield branch
            yield from walk(branch["children"])

    told_of = list(walk(value["tree"]))
    assert len(told_of) == value["document"]["provisions"]
    found = next(each for each in told_of if each["address"] == "dieu-1/muc-v/khoan-2")
    assert found["label"] == "khoản 2 mục V Điều 1"
    assert value["relations"]["names"]
    kinds = {each["kind"] for each in value["relations"]["names"]}
    assert "căn cứ" in kinds
    for each in value["relations"]["names"][:20]:
        assert client.get("/v1" + each["place"]).status_code == 200


def test_relations_are_told_both_ways(client: TestClient) -> None:
    whole = {
        each["id"]: client.get(f"/v1/documents/{each['id']}").json()
        for each in client.get("/v1/documents").json()
    }
    out = {
        (id_, each["id"], each["place"])
        for id_, one in whole.items()
        for each in one["relations"]["names"]
        if each["permalink"]
    }
    back = {
        (each["id"], id_, each["place"])
        for id_, one in whole.items()
        for each in one["relations"]["named_by"]
    }
    assert out
    assert out <= back


@pytest.mark.parametrize("address", ["dieu-1/muc-v/khoan-2", "dieu-1/v/2", "dieu-1/v/2/"])
def test_a_provision_is_told_in_full(client: TestClient, documents: Documents, address: str) -> None:
    value = client.get(f"/v1/documents/{DECISION}/{address}").json()
    node = documents[DECISION].by_address["dieu-1/v/2"]
    assert value["text"] == node.full_text
    assert (value["address"], value["permalink"]) == (
        "dieu-1/muc-v/khoan-2",
        f"/documents/{DECISION}/dieu-1/muc-v/khoan-2",
    )
    assert value["citation"].startswith("Khoản 2 mục V Điều 1, ")
    assert value["heading_path"][-1].startswith("2. Phương án")
    assert value["kind"] == "unnumbered_copy"
    assert value["caveat"]
    assert value["validity"]["state"] == "unknown"


def test_children_lead_on(client: TestClient) -> None:
    children = client.get(f"/v1/documents/{DECISION}/dieu-1/muc-v").json()["children"]
    assert [child["heading"][:2] for child in children] == [f"{n}." for n in range(1, 8)]
    for child in children:
        assert client.get("/v1" + child["permalink"]).json()["normal"] == child["normal"]
        assert client.get(child["permalink"]).status_code == 200


def test_validity_is_that_of_the_day_asked_for(client: TestClient) -> None:
    path = f"/v1/documents/{DECISION}"
    assert client.get(f"{path}?as_of=2020-01-01").json()["document"]["validity"]["state"] == "not_yet"
    assert client.get(f"{path}/dieu-1?as_of=2020-01-01").json()["validity"]["state"] == "not_yet"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"{DECISION}/dieu-1/muc-v/khoan-99", "dieu-1/muc-v/khoan-1"),
        (f"{DECISION}/dieu-1/iii/2/g", "Khoản 2 mục III Điều 1"),
        (f"{DECISION}/@@/%3Cscript%3E", "dieu-1"),
        ("khong-co", "/v1/documents"),
        ("khong-co/dieu-1", "/v1/documents"),
        ("%ff%fe", "/v1/documents"),
    ],
)
def test_what_a_document_lacks_is_a_problem_that_says_what_there_is(
    client: TestClient, address: str, said: str
) -> None:
    assert said in told(client.get(f"/v1/documents/{address}"), 404)


def test_a_document_that_is_only_named_is_said_to_be(client: TestClient) -> None:
    relations = client.get(f"/v1/documents/{DECISION}").json()["relations"]["names"]
    named = next(each for each in relations if each["permalink"] is None)
    assert named["name"] in told(client.get(f"/v1/documents/{named['id']}"), 404)


@pytest.mark.parametrize(
    "path", ["/documents", f"/documents/{DECISION}", f"/documents/{DECISION}/dieu-1", "/documents/khong-co"]
)
def test_document_pages_have_the_strict_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert "script-src" not in CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("path", ["/v1/documents", "/v1/nothing", "/healthz", "/metrics", "/ui/page.css"])
def test_what_is_no_page_may_do_nothing_in_a_browser(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "script-src" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_chat_page_names_no_other_host(client: TestClient) -> None:
    response = client.get("/", headers={"Accept-Encoding": "br, gzip"})
    assert response.status_code == 200
    assert '<html\n\tlang="vi"' in response.text or '<html lang="vi"' in response.text
    hosts = set(re.findall(r"https?://([^/\"'\s<>\\]+)", response.text)) - {"localhost", "www.w3.org"}
    assert hosts == set()
    assert "connect-src 'self'" in response.headers["content-security-policy"]


def test_no_style_sheet_of_ours_or_of_the_theme_names_another_host(client: TestClient) -> None:
    for path in ("/theme.css", "/ui/chat.css", "/ui/page.css", "/ui/chat.js"):
        response = client.get(path)
        assert response.status_code == 200
        text = response.text.replace("http://www.w3.org/", "")  # the name of SVG, not an address
        assert not re.search(r"https?://|@import|url\([\"']?//", text)


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/ui/../chat.py", "/gradio_api/file=/etc/passwd"])
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code in {403, 404}
    assert "root:" not in response.text
