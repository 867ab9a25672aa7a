"""<hoidap-tra-cuu>: a citation or keywords in, the provision out, and every error says what to do."""

from __future__ import annotations

import re
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.data.widget_site import KEY, Visiting, Written, violations

DECISION = "Quyết định điều chỉnh quy hoạch tỉnh"
EXACT = f"khoản 2 mục V Điều 1 {DECISION}"
BOX = "<main><h1>Tra cứu</h1><hoidap-tra-cuu></hoidap-tra-cuu></main>"


def field(page: Page) -> Locator:
    return page.get_by_role("searchbox")


def told(page: Page) -> Locator:
    return page.locator("hoidap-tra-cuu .said")


def cards(page: Page) -> Locator:
    return page.locator("hoidap-tra-cuu .card")


def look_up(page: Page, words: str) -> None:
    field(page).fill(words)
    field(page).press("Enter")
    expect(told(page)).not_to_be_empty()
    expect(told(page)).not_to_have_text(re.compile("Đang tra cứu|Looking up"))


@pytest.fixture
def page(visit: Visiting, page_of: Written) -> Page:
    return visit(page_of(BOX, script="")).page


OUTCOMES = {
    EXACT: ("exact", ["Đúng điều khoản", "Đến năm 2030 toàn tỉnh có 08 khu", "Bản chưa ghi số"]),
    f"điểm g khoản 2 mục III Điều 1 {DECISION}": ("document_only", ["điểm g", "a, b, c, d, đ, e, h"]),
    "Nghị quyết số 19/2025/NQ-HĐND": ("text_not_held", ["Chưa có toàn văn", "không phải lời văn chính thức"]),
    "Luật Du lịch 2017": (
        "mentioned",
        ["Được nhắc đến ở", "mục 1 Nghị quyết số 19/2025/NQ-HĐND", "Luật Du lịch ngày 19/6/2017"],
    ),
    "mục II.1": ("ambiguous", ["Có thể là", "Mục II.1 Kế hoạch", "Khoản 1 mục II Điều 1 Quyết định"]),
    "Nghị định số 1/2020/NĐ-CP": ("unknown", ["Chưa có trong kho", "không văn bản nào trong kho nhắc đến"]),
    "điểm c khoản 1 Điều này": ("unreadable", ["Chưa đọc được"]),
}  # fmt: skip


@pytest.mark.parametrize(("words", "outcome"), OUTCOMES.items(), ids=[said[0] for said in OUTCOMES.values()])
def test_every_status_says_what_became_of_it(page: Page, words: str, outcome: tuple[str, list[str]]) -> None:
    look_up(page, words)
    expect(told(page)).to_have_text("Tìm thấy 1 trích dẫn.")
    expect(cards(page).locator(".state")).to_have_class(f"state {outcome[0]}")
    for said in outcome[1]:
        expect(cards(page)).to_contain_text(said)


def test_several_citations_in_what_is_pasted(page: Page) -> None:
    field(page).focus()
    page.evaluate("words => navigator.clipboard.writeText(words)", f"Theo Điều 2\n{DECISION}\r\nvà {EXACT}")
    page.keyboard.press("Control+V")
    expect(field(page)).to_have_value(f"Theo Điều 2 {DECISION} và {EXACT}")
    page.get_by_role("button", name="Tra cứu", exact=True).click()
    expect(cards(page)).to_have_count(2)
    expect(told(page)).to_have_text("Tìm thấy 2 trích dẫn.")


def test_keywords_find_passages_one_is_opened_and_the_list_is_there_again(page: Page) -> None:
    look_up(page, "đến năm 2030 có bao nhiêu khu công nghiệp")
    expect(told(page)).to_contain_text("Không có trích dẫn nào trong câu này")
    links = page.locator("hoidap-tra-cuu .found a")
    expect(links).to_have_count(8)
    expect(page.locator("hoidap-tra-cuu .found li").first).to_contain_text("UBND tỉnh Lạng Sơn")
    first = links.first
    first.focus()
    page.keyboard.press("Enter")
    expect(cards(page)).to_have_count(1)
    expect(cards(page)).to_be_focused()
    expect(cards(page).locator(".words")).not_to_be_empty()
    expect(cards(page)).to_contain_text("Chưa rõ hiệu lực")
    page.get_by_role("button", name="Quay lại danh sách").click()
    expect(links).to_have_count(8)
    expect(first).to_be_focused()


def test_a_citation_may_be_searched_for_as_words(page: Page) -> None:
    look_up(page, "Luật Du lịch 2017")
    page.get_by_role("button", name="Tìm theo từ khóa").click()
    expect(page.locator("hoidap-tra-cuu .found a")).to_have_count(8)
    expect(told(page)).to_contain_text("8 đoạn")


def test_a_candidate_opens_in_place(page: Page) -> None:
    look_up(page, "mục II.1")
    cards(page).get_by_role("link", name=re.compile("^Mục II.1 Kế hoạch")).click()
    expect(cards(page).locator(".words")).to_contain_text("1. Mục tiêu chung")
    page.get_by_role("button", name="Quay lại danh sách").click()
    expect(cards(page)).to_contain_text("Có nhiều chỗ khớp")


def test_what_is_copied(page: Page) -> None:
    look_up(page, EXACT)
    page.get_by_role("button", name="Chép kèm trích dẫn").click()
    expect(cards(page).get_by_role("status")).to_have_text("Đã chép kèm trích dẫn.")
    assert re.fullmatch(
        r"2\. Phương án[\s\S]+\n\(Khoản 2 mục V Điều 1, Quyết định của .+\)",
        page.evaluate("navigator.clipboard.readText()"),
    )


def test_clearing_and_asking_nothing(page: Page) -> None:
    clear = page.get_by_role("button", name="Xóa ô tra cứu")
    expect(clear).to_be_hidden()
    look_up(page, EXACT)
    clear.click()
    expect(field(page)).to_have_value("")
    expect(field(page)).to_be_focused()
    expect(cards(page)).to_have_count(0)
    page.get_by_role("button", name="Tra cứu", exact=True).click()
    expect(told(page)).to_have_text("Hãy gõ một trích dẫn hoặc từ khóa rồi bấm Tra cứu.")


def test_a_later_question_takes_the_place_of_one_under_way(page: Page) -> None:
    field(page).fill("Điều 2 " + DECISION)
    field(page).press("Enter")
    field(page).fill("Điều 4 " + DECISION)
    field(page).press("Enter")
    expect(cards(page)).to_have_count(1)
    expect(cards(page)).to_contain_text("Điều 4")


HOSTILE = {
    "html": "<img src=x onerror=alert(1)><b>Điều 2</b> Quyết định điều chỉnh quy hoạch",
    "half a pair": "Điều 2 \ud800 Quyết định điều chỉnh quy hoạch",
    "emoji": "\U0001f600 Điều 2 Quyết định điều chỉnh quy hoạch",
    "decomposed": "Đie\u0302\u0300u 2 Quyết định điều chỉnh quy hoạch",
    "invisible": "\u202eĐiều 2\u200b Quyết định điều chỉnh quy hoạch",
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
def test_whatever_is_typed_is_text(page: Page, words: str) -> None:
    page.locator("hoidap-tra-cuu").evaluate(
        "(box, words) => { box.shadowRoot.querySelector('input').value = words }", words
    )
    page.get_by_role("button", name="Tra cứu", exact=True).click()
    expect(cards(page).first).to_be_visible()
    assert page.locator("hoidap-tra-cuu :is(img, b)").count() == 0


FAULTS: dict[str, tuple[dict[str, Any] | None, str]] = {
    "offline": (None, "Không kết nối được máy chủ tra cứu"),
    "busy": ({"status": 429, "headers": {"Retry-After": "17"}}, "Hãy thử lại sau 17 giây"),
    "down": ({"status": 503}, "Hãy thử lại sau ít phút"),
    "wrong": ({"status": 422, "json": {"detail": "Hãy viết ngắn hơn."}}, "Hãy viết ngắn hơn."),
    "not JSON": ({"status": 200, "body": "<html>"}, "Hãy thử lại sau ít phút"),
    "wrong, not JSON": ({"status": 400, "body": "<html>"}, "Hãy gõ ngắn hơn hoặc viết lại"),
}  # fmt: skip


@pytest.mark.parametrize(("reply", "said"), FAULTS.values(), ids=FAULTS.keys())
def test_an_error_says_what_to_do(
    visit: Visiting, page_of: Written, reply: dict[str, Any] | None, said: str
) -> None:
    page = visit(page_of(BOX, script=""), quiet=False).page
    allowed = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Retry-After"}

    def answer(route: Any) -> None:
        if reply is None:
            route.abort()
        else:
            route.fulfill(**{**reply, "headers": {**allowed, **reply.get("headers", {})}})

    page.route("**/v1/citations", answer)
    look_up(page, EXACT)
    expect(told(page)).to_contain_text(said)
    page.unroute("**/v1/citations")
    look_up(page, EXACT)
    expect(cards(page)).to_have_count(1)


def test_the_server_refuses_what_it_must(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(BOX, script='data-key="khoa-khac"'), quiet=False).page
    look_up(page, EXACT)
    expect(told(page)).to_contain_text("Trang này chưa được phép dùng máy chủ tra cứu")
    page = visit(page_of(BOX, script=f'data-key="{KEY}"'), quiet=False).page
    look_up(page, "a" * 64_001)
    expect(told(page)).to_contain_text("64.000")


def test_english(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(BOX.replace("<hoidap-tra-cuu", '<hoidap-tra-cuu data-lang="en"'), script="")).page
    expect(page.get_by_label("Look up official documents").last).to_be_visible()
    look_up(page, "Nghị định số 1/2020/NĐ-CP")
    expect(told(page)).to_have_text("1 citation found.")
    expect(cards(page)).to_contain_text("This document is not held, and no document held mentions it.")
    page.locator("hoidap-tra-cuu").evaluate("box => { box.dataset.lang = 'vi' }")
    expect(page.get_by_role("button", name="Tra cứu", exact=True)).to_be_visible()
    expect(field(page)).to_have_value("Nghị định số 1/2020/NĐ-CP")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_runs_over_the_edge_and_everything_can_be_touched(
    visit: Visiting, page_of: Written, width: int
) -> None:
    page = visit(page_of(BOX, script=""), width=width, touch=width < 700).page
    look_up(page, f"mục II.1; {EXACT}; Luật Du lịch 2017")
    expect(cards(page)).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for control in page.locator("hoidap-tra-cuu :is(button, input, .open)").all():
        size = control.bounding_box()
        if size is not None:
            assert size["height"] >= 44
    for link in page.locator("hoidap-tra-cuu .list a").all():
        size = link.bounding_box()
        assert size is not None
        assert size["height"] >= 24


def test_it_keeps_its_looks_in_a_hostile_page(visit: Visiting, page_of: Written) -> None:
    css = (
        "* { all: unset !important; display: block !important; font-size: 40px !important } "
        "body { color: red !important } button, input { display: none !important }"
    )
    page = visit(page_of(BOX, script="", css=css)).page
    look_up(page, EXACT)
    style = page.locator("hoidap-tra-cuu .hd").evaluate(
        "one => { const { fontSize, color } = getComputedStyle(one); return [fontSize, color] }"
    )
    assert style == ["16px", "rgb(27, 36, 48)"]
    expect(page.get_by_role("button", name="Chép lời văn")).to_be_visible()


@pytest.mark.parametrize(
    ("attribute", "scheme", "dark"),
    [
        ("", "light", False),
        ("", "dark", True),
        ('theme="dark"', "light", True),
        ('theme="light"', "dark", False),
    ],
)
def test_light_and_dark(
    visit: Visiting, page_of: Written, attribute: str, scheme: Literal["light", "dark"], dark: bool
) -> None:
    body = BOX.replace("<hoidap-tra-cuu", f"<hoidap-tra-cuu {attribute}")
    page = visit(page_of(body, script=""), scheme=scheme).page
    colour = field(page).evaluate("one => getComputedStyle(one).backgroundColor")
    assert colour == ("rgb(21, 28, 40)" if dark else "rgb(255, 255, 255)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_axe_finds_nothing(
    visit: Visiting, page_of: Written, scheme: Literal["light", "dark"], lang: str
) -> None:
    css = "@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } }"
    page = visit(page_of(BOX, script="", lang=lang, css=css), scheme=scheme).page
    for words in ("", EXACT, "mục II.1; Luật Du lịch 2017", "bao nhiêu khu công nghiệp"):
        if words:
            look_up(page, words)
        assert violations(page) == []


def test_without_the_script_the_page_offers_what_stands_in_the_element(
    visit: Visiting, page_of: Written
) -> None:
    page = visit(page_of('<hoidap-tra-cuu><a href="/khac">Tra cứu</a></hoidap-tra-cuu>', script=None)).page
    expect(page.get_by_role("link", name="Tra cứu")).to_be_visible()
