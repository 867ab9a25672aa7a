"""The server: JSON for programs, readable pages of the documents, errors that say what to do next."""

from __future__ import annotations

import gc
import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from ui.pages import CONTENT_SECURITY_POLICY

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from ui.settings import Settings

DECISION = "qd-dieu-chinh-quy-hoach-2026"
PLAN = "kh-du-lich-cvdc-2026"
QUESTION = "Đến năm 2030 có bao nhiêu khu công nghiệp?"
VIETNAMESE = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)


@pytest.fixture(scope="module")
def client(answerer: Answerer, settings: Settings) -> Iterator[TestClient]:
    from ui.api import create_app

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", ResourceWarning
        )  # Gradio leaves event loops open while a page is put together
        app = create_app(answerer, settings)
        gc.collect()
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_the_server_says_that_it_is_up(client: TestClient) -> None:
    body = client.get("/healthz").json()
    assert body["status"] == "ok"
    assert body["documents"] >= 2
    assert body["passages"] > 100
    assert re.fullmatch("[0-9a-f]{64}", body["serves"])


def test_a_search_is_a_run_line(client: TestClient) -> None:
    line = client.post("/v1/search", json={"question": QUESTION, "k": 7, "id": "q1"}).json()
    assert line["id"] == "q1"
    assert line["answer"] is None
    assert [passage["rank"] for passage in line["passages"]] == list(range(1, 8))
    assert set(line["passages"][0]) == {"rank", "document", "address", "citation", "text", "score"}
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
    ],
)
def test_a_request_that_cannot_be_served_is_refused_in_vietnamese(
    client: TestClient, path: str, body: dict[str, object]
) -> None:
    response = client.post(path, json=body)
    assert response.status_code == 422
    error = response.json()["error"]
    assert VIETNAMESE.search(error["message"])
    assert error["code"]


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b'{"question": "\\ud800"}', b"[1]"])
def test_a_body_that_is_no_json_is_refused(client: TestClient, raw: bytes) -> None:
    response = client.post("/v1/ask", content=raw, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert VIETNAMESE.search(response.json()["error"]["message"])


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


@pytest.mark.parametrize("path", ["/v1/nothing", "/v1/", "/v1/ask"])
def test_an_address_for_programs_that_does_not_exist_is_json(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert VIETNAMESE.search(response.json()["error"]["message"])


def test_documents_are_listed_for_programs_and_for_readers(client: TestClient) -> None:
    listed = client.get("/v1/documents").json()
    assert {DECISION, PLAN} <= {document["id"] for document in listed}
    page = client.get("/documents").text
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


@pytest.mark.parametrize(
    "path", ["/documents", f"/documents/{DECISION}", f"/documents/{DECISION}/dieu-1", "/documents/khong-co"]
)
def test_document_pages_have_the_strict_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert "script-src" not in CONTENT_SECURITY_POLICY
    assert "default-src 'none'" in CONTENT_SECURITY_POLICY


def test_the_chat_page_names_no_other_host(client: TestClient) -> None:
    response = client.get("/", headers={"Accept-Encoding": "br, gzip"})
    assert response.status_code == 200
    assert '<html\n\tlang="vi"' in response.text or '<html lang="vi"' in response.text
    hosts = set(re.findall(r"https?://([^/\"'\s<>\\]+)", response.text)) - {"testserver", "www.w3.org"}
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
