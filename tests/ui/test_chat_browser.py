"""The chat page in a real browser, on the real server, with every way out of the machine refused."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect, sync_playwright

if TYPE_CHECKING:
    from ui.settings import Settings

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
ROOT = Path(__file__).parents[2]
START_LIMIT = 180  # seconds: model, index and page on a busy machine
ANSWER_LIMIT = 30_000  # milliseconds
ANSWERABLE = "Đến năm 2030 có bao nhiêu khu công nghiệp?"
UNANSWERABLE = "Phí cầu đường cao tốc qua Lạng Sơn hết bao nhiêu?"

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason=f"{CHROMIUM} is missing: apt-get install chromium"
)


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server's attempts to leave the machine are written down."""
    return tmp_path_factory.mktemp("guard") / "attempts.log"


@pytest.fixture(scope="module")
def address(attempts: Path, settings: Settings) -> Iterator[str]:
    """The address of the running server; `settings` has seen to its index."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    script = Path(__file__).with_name("guarded_server.py")
    with subprocess.Popen(
        [sys.executable, str(script), str(port), str(attempts)], cwd=ROOT, env=environment
    ) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", server)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_LIMIT
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended while it was starting"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.URLError:
            time.sleep(0.3)
    raise TimeoutError(f"{url} did not answer within {START_LIMIT} s")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A fresh visitor on a phone; every request of its pages must stay on the machine."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    yield context
    context.close()
    outside = [
        url
        for url in requests
        if urlsplit(url).scheme not in {"data", "blob"} and urlsplit(url).hostname != "127.0.0.1"
    ]
    assert requests
    assert outside == []


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    _box(page).wait_for()
    return page


def _box(page: Page) -> Locator:
    return page.get_by_label("Câu hỏi của bạn")


def _ask(page: Page, question: str) -> Locator:
    """The finished answer to `question`."""
    earlier = page.locator(".hd-answer").count()
    _box(page).fill(question)
    _box(page).press("Enter")
    answer = page.locator(".hd-answer").nth(earlier)
    expect(answer).not_to_have_class(re.compile("hd-growing"), timeout=ANSWER_LIMIT)
    return answer


def test_an_answer_that_comes_before_the_page_has_loaded_stays(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:  # what the page asks of itself when it opens
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/queue/join*", hold_the_first)
    page.goto(address)
    _box(page).wait_for()
    while not held:
        page.wait_for_timeout(50)
    _ask(page, ANSWERABLE)
    held[0].continue_()
    page.wait_for_timeout(1500)
    expect(page.locator(".hd-answer")).to_have_count(1)


def test_the_page_is_in_vietnamese_and_offers_both_groups_of_examples(page: Page) -> None:
    expect(page).to_have_title("Hỏi đáp văn bản Lạng Sơn")
    assert page.evaluate("document.documentElement.lang") == "vi"
    for group in ("Cho cán bộ", "Cho hộ kinh doanh, homestay"):
        expect(page.get_by_role("button", name=group)).to_be_visible()
    expect(page.locator(".hd-example")).to_have_count(10)
    expect(page.get_by_text("Câu hỏi không rời khỏi máy này")).to_be_visible()
    expect(page.get_by_text("Đang tra cứu 2 văn bản")).to_be_visible()


def test_a_citation_opens_the_provision_with_the_evidence_in_its_surroundings(
    page: Page, context: BrowserContext
) -> None:
    answer = _ask(page, ANSWERABLE)
    expect(answer).to_have_class(re.compile("hd-(answered|partial)"))
    expect(answer).to_contain_text("08 khu công nghiệp")
    answer.locator("a.hd-cite").first.click()
    source = answer.locator("details.hd-source").first
    expect(source).to_have_attribute("open", "")
    expect(source.locator("summary")).to_be_focused()
    expect(source.locator("summary")).to_be_in_viewport()
    assert source.locator("mark").first.inner_text().strip()
    assert source.locator(".hd-path").inner_text().strip()
    expect(source.locator(".hd-caveat")).to_contain_text("bản chính thức")

    with context.expect_page() as opened:
        source.get_by_role("link", name="Mở trong văn bản").click()
    document = opened.value
    expect(document.locator("section.here")).to_be_in_viewport()


def test_the_permalink_alone_scrolls_to_the_provision(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(f"{address}documents/qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v/khoan-2")
    expect(page.locator("section.here")).to_be_in_viewport()
    assert page.locator("script").count() == 0


def test_the_keyboard_alone_asks_and_opens(page: Page) -> None:
    answer = _ask(page, ANSWERABLE)
    link = answer.locator("a.hd-cite").first
    link.focus()
    page.keyboard.press("Enter")
    source = answer.locator("details.hd-source").first
    expect(source).to_have_attribute("open", "")
    page.keyboard.press("Space")
    expect(source).not_to_have_attribute("open", "")


def test_nothing_found_looks_and_reads_different(page: Page) -> None:
    answer = _ask(page, UNANSWERABLE)
    expect(answer).to_have_class(re.compile("hd-(not_found|out_of_scope)"))
    expect(answer.locator(".hd-status")).to_have_text(re.compile("Không tìm thấy|Ngoài phạm vi"))
    expect(answer.locator("a.hd-cite")).to_have_count(0)


HOSTILE = {
    "empty": "",
    "blank": "   ",
    "emoji": "🙂🙂🙂",
    "html": "<img src='http://192.0.2.1/x.png' onerror='window.broken=1'><script>window.broken=1</script>",
    "markdown": "![x](http://192.0.2.1/y.png) [z](javascript:window.broken=true) **a** $$b$$ `c` {{d}} ${e}",
    "long": "Điều 1 " * 1430,
    "decomposed": "Đến năm 2030 có bao nhiêu khu công nghiệp?".replace("ế", "e\u0302\u0301"),
    "legacy": "TÖnh L¹ng S¬n cã bao nhiªu x·?",
    "invisible": "\u202e\u200b",
}


@pytest.mark.parametrize("question", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_question_breaks_the_page(page: Page, question: str) -> None:
    answer = _ask(page, question)
    expect(answer.locator(".hd-status")).to_be_visible()
    assert "Traceback" not in page.content()
    assert page.evaluate("window.broken") is None
    expect(page.locator("#hd-chat :is(img, script, iframe)")).to_have_count(0)
    assert "hd-answer" in (
        _ask(page, ANSWERABLE).get_attribute("class") or ""
    )  # and the next one is answered


def test_an_error_is_a_message_in_the_chat(page: Page) -> None:
    answer = _ask(page, "")
    expect(answer).to_have_class(re.compile("hd-error"))
    expect(answer.locator(".hd-note")).not_to_be_empty()


def test_shift_enter_is_a_line_and_sends_nothing(page: Page) -> None:
    _box(page).fill("a")
    _box(page).press("Shift+Enter")
    _box(page).press_sequentially("b")
    expect(_box(page)).to_have_value("a\nb")
    expect(page.locator(".hd-answer")).to_have_count(0)


def test_an_example_is_asked_with_one_click(page: Page) -> None:
    example = page.locator(".hd-example").first
    words = example.inner_text()
    example.click()
    expect(page.locator(".hd-question")).to_have_text(words)
    expect(page.locator(".hd-answer")).to_have_class(
        re.compile("hd-(answered|partial)"), timeout=ANSWER_LIMIT
    )


def test_what_is_copied_carries_its_citation(page: Page) -> None:
    answer = _ask(page, ANSWERABLE)
    answer.get_by_role("button", name="Sao chép câu trả lời").click()
    expect(answer.get_by_text("Đã chép")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "08 khu công nghiệp" in copied
    assert "[1]" in copied
    assert "khoản 2 mục V Điều 1" in copied


def test_the_conversation_survives_a_reload_and_ends_when_asked(page: Page) -> None:
    _ask(page, ANSWERABLE)
    page.reload()
    expect(page.locator(".hd-question")).to_have_text(ANSWERABLE)
    page.locator("a.hd-cite").first.click()
    expect(page.locator("details.hd-source").first).to_have_attribute("open", "")
    page.get_by_role("button", name="Bắt đầu cuộc trò chuyện mới").click()
    expect(page.locator(".hd-question")).to_have_count(0)
    page.reload()
    _box(page).wait_for()
    expect(page.locator(".hd-question")).to_have_count(0)


def test_citations_open_without_our_script(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.route("**/ui/chat.js", lambda route: route.abort())
    page.goto(address)
    answer = _ask(page, ANSWERABLE)
    answer.locator("a.hd-cite").first.click()
    expect(answer.locator("details.hd-source").first).to_have_attribute("open", "")
    expect(answer.locator(".hd-provision").first).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 390, 768, 1280])
def test_nothing_runs_over_the_edge(browser: Browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    _box(page).wait_for()
    answer = _ask(page, ANSWERABLE)
    answer.locator("a.hd-cite").first.click()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert dark == (scheme == "dark")
    assert _luminance(page, "body") < 0.2 if dark else _luminance(page, "body") > 0.8
    context.close()


def _luminance(page: Page, selector: str) -> float:
    colour = page.locator(selector).first.evaluate("e => getComputedStyle(e).backgroundColor")
    red, green, blue = (int(part) for part in re.findall(r"\d+", colour)[:3])
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def test_gradio_leaves_no_english_and_no_html_for_a_screen_reader(page: Page) -> None:
    _ask(page, ANSWERABLE)
    labels = page.locator("#hd-chat [aria-label]").evaluate_all(
        "all => all.filter((one) => one.checkVisibility()).map((one) => one.ariaLabel)"
    )
    assert "Cuộc trò chuyện" in labels
    assert not [
        label
        for label in labels
        if "<" in label or re.search("message|conversation|clear", label, re.IGNORECASE)
    ]


def test_the_server_itself_tries_to_reach_nobody(page: Page, attempts: Path) -> None:
    """After a whole conversation: neither Gradio nor a model hub was called, and none was even looked up."""
    _ask(page, ANSWERABLE)
    _ask(page, UNANSWERABLE)
    time.sleep(2)  # Gradio's analytics, were they on, run in a thread of their own
    assert attempts.read_text(encoding="utf-8") == ""


def test_the_guard_would_notice(tmp_path: Path) -> None:
    """The refusal is real: the hook stops a look-up and a connection, and lets the machine itself through."""
    log = tmp_path / "log"
    program = (
        "import runpy, socket, sys\n"
        f"sys.argv = ['guard', '0', {str(log)!r}]\n"
        f"guard = runpy.run_path({str(Path(__file__).with_name('guarded_server.py'))!r}, run_name='guard')\n"
        "sys.addaudithook(guard['refuse'])\n"
        "look_up = lambda: socket.getaddrinfo('example.org', 80)\n"
        "connect = lambda: socket.create_connection(('192.0.2.1', 80), 1)\n"
        "for attempt in (look_up, connect):\n"
        "    try:\n"
        "        attempt()\n"
        "    except PermissionError:\n"
        "        print('refused')\n"
        "socket.getaddrinfo('localhost', 80)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused", "refused"]
    assert len(log.read_text(encoding="utf-8").splitlines()) == 2
