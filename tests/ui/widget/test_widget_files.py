"""The script as it is handed out: small, versioned, with its integrity; and the page that shows it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from tests.data.widget_site import marks, violations
from ui.widget_files import WIDGET, add_widget

ROOT = Path(__file__).parents[3]
LIMIT = 25_000  # bytes, compressed
CURRENT = "/v1/widget/hoidap-widget.js"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = FastAPI()
    add_widget(app)
    with TestClient(app) as client:
        yield client


def test_it_is_small() -> None:
    assert len(gzip.compress((WIDGET / "hoidap-widget.js").read_bytes(), 6)) <= LIMIT


def test_both_names_give_the_same_script(client: TestClient) -> None:
    said = client.get("/v1/widget/integrity.json").json()
    current = client.get(CURRENT)
    versioned = client.get(f"/v1/widget/{said['file']}")
    assert current.content == versioned.content == (WIDGET / "hoidap-widget.js").read_bytes()
    assert (
        said["integrity"] == "sha384-" + base64.b64encode(hashlib.sha384(current.content).digest()).decode()
    )
    assert said["file"] == f"hoidap-widget-{hashlib.sha256(current.content).hexdigest()[:8]}.js"
    assert "immutable" in versioned.headers["cache-control"]
    assert "immutable" not in current.headers["cache-control"]
    for response in (current, versioned):
        assert response.headers["content-type"].startswith("text/javascript")
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    tag = client.get(CURRENT).headers["etag"]
    again = client.get(CURRENT, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_another_version_is_not_there(client: TestClient) -> None:
    assert client.get("/v1/widget/hoidap-widget-00000000.js").status_code == 404


FORBIDDEN = (
    *("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "import("),
    *("localStorage", "sessionStorage", "document.cookie", "sendBeacon"),
    *('createElement("style")', 'setAttribute("style"', "cssText"),
)


@pytest.mark.parametrize("word", FORBIDDEN)
def test_what_a_strict_page_forbids_is_not_in_it(word: str) -> None:
    assert word not in (WIDGET / "hoidap-widget.js").read_text(encoding="utf-8")


def test_the_page_shows_what_to_copy(client: TestClient) -> None:
    page = client.get("/widget")
    said = client.get("/v1/widget/integrity.json").json()
    assert said["integrity"] in page.text
    assert f"http://testserver/v1/widget/{said['file']}" in page.text
    assert "$" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_a_page_whose_script_was_changed_stays_plain(browser: Browser, api: str) -> None:
    """The browser holds the integrity that the page names, across origins."""
    page = browser.new_page()
    for integrity, loaded in (("sha384-" + base64.b64encode(bytes(48)).decode(), False), (None, True)):
        said = page.request.get(f"{api}/v1/widget/integrity.json").json()
        tag = f'src="{api}/v1/widget/{said["file"]}" integrity="{integrity or said["integrity"]}"'
        page.set_content(f'<script {tag} crossorigin="anonymous"></script>')
        page.wait_for_timeout(300)
        assert page.evaluate("!!customElements.get('hoidap-tra-cuu')") == loaded
    page.close()


def test_the_page_works_under_its_own_policy(browser: Browser, api: str) -> None:
    page = browser.new_page(locale="vi-VN")
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(f"{api}/widget")
    words = [words for words, _ in marks(page, 5)]
    assert words[0] == "khoản 2 mục V Điều 1 Quyết định điều chỉnh quy hoạch tỉnh"
    assert violations(page) == []
    assert complaints == []
    page.close()


def test_the_example_of_the_docs_embeds_it_as_the_docs_say(client: TestClient) -> None:
    example = (ROOT / "docs" / "widget-example.html").read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "widget.md").read_text(encoding="utf-8")
    source = re.search(r'src="http://127\.0\.0\.1:7860(/[^"]+)"', example)
    assert source is not None
    assert client.get(source[1]).status_code == 200
    assert "<hoidap-tra-cuu>" in example
    code = (WIDGET / "hoidap-widget.js").read_text(encoding="utf-8")
    for setting in re.findall(r"`data-([a-z-]+)`", guide):
        name = re.sub(r"-(.)", lambda letter: letter[1].upper(), setting)
        assert f"data-{setting}" in code or f"dataset.{name}" in code, setting
