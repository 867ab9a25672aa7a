"""The panel of a citation in a page: by pointer, by keyboard, by touch, and for a screen reader."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.data.widget_site import Visiting, Written, marks, violations

DECISION = "Quyết định điều chỉnh quy hoạch tỉnh"
EXACT = f"khoản 2 mục V Điều 1 {DECISION}"
MISSING = f"điểm g khoản 2 mục III Điều 1 {DECISION}"
DIGEST = "Nghị quyết số 19/2025/NQ-HĐND"
LAW = "Luật Du lịch 2017"
BODY = (
    "<main><h1>Tin của tỉnh</h1>"
    f"<p>Các khu công nghiệp được bố trí theo {EXACT}, không theo {MISSING}.</p>"
    f'<p>Du lịch cộng đồng: {DIGEST} và {LAW}. <a href="#cuoi">Xem tiếp</a></p>'
    '<p id="cuoi">Hết.</p></main>'
)
HOSTILE = (
    "* { all: unset !important; display: block !important; font-size: 40px !important } "
    "span { display: none !important } button { visibility: hidden !important } "
    "[popover] { opacity: 0 !important }"
)


def mark(page: Page, words: str) -> Locator:
    return page.locator("hoidap-trich-dan", has_text=words).first


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog")


def focused(page: Page) -> str:
    """The element that has the focus, inside the shadow trees: its role or name, and its words."""
    return str(
        page.evaluate(
            """() => { let one = document.activeElement;
            while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
            const inside = one.querySelector('slot')?.assignedNodes() ?? [one];
            const words = inside.map((node) => node.textContent).join('');
            return (one.getAttribute('role') ?? one.localName) + ': ' + words; }"""
        )
    )


def test_hover_shows_it_and_it_stays_while_the_pointer_is_in_it(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(BODY)).page
    marks(page, 4)
    mark(page, EXACT).hover()
    expect(panel(page)).to_be_visible()
    expect(panel(page)).to_contain_text("Đến năm 2030 toàn tỉnh có 08 khu công nghiệp")
    expect(panel(page)).to_contain_text("Bản chưa ghi số, ngày")
    panel(page).get_by_text("Mở văn bản").hover()
    page.wait_for_timeout(600)
    expect(panel(page)).to_be_visible()
    page.mouse.move(1270, 730)
    expect(panel(page)).to_have_count(0)
    assert page.locator("hoidap-hop").count() == 0


def test_a_pointer_that_passes_over_opens_nothing(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(BODY)).page
    marks(page, 4)
    mark(page, EXACT).hover()
    page.mouse.move(1270, 730)
    page.wait_for_timeout(400)
    expect(panel(page)).to_have_count(0)


def test_escape_closes_it_without_moving_pointer_or_focus(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(BODY)).page
    marks(page, 4)
    mark(page, EXACT).hover()
    expect(panel(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    assert focused(page).startswith("body")


def test_the_keyboard_alone(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(BODY)).page
    marks(page, 4)
    page.keyboard.press("Tab")
    assert focused(page) == f"button: {EXACT}"
    expect(panel(page)).to_be_visible()
    expect(mark(page, EXACT).locator("[role=button]")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    assert focused(page) == f"button: {EXACT}"
    page.keyboard.press("Enter")
    assert focused(page).startswith("dialog")
    expect(panel(page)).to_have_accessible_name(EXACT[0].upper() + EXACT[1:])
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(focused(page))
    copying = ["button: Lời văn", "button: Kèm trích dẫn", "button: Đường dẫn"]
    assert names == ["button: ×", *copying, "a: Mở văn bản↗ (mở trong thẻ mới)"]
    page.keyboard.press("Tab")
    assert focused(page) == f"button: {MISSING}"
    expect(panel(page)).to_contain_text("Không có điểm g")
    page.keyboard.press("Space")
    assert focused(page).startswith("dialog")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == f"button: {MISSING}"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) == "a: Xem tiếp"
    expect(panel(page)).to_have_count(0)


def test_words_that_scroll_can_be_reached(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(BODY), width=320).page
    marks(page, 4)
    mark(page, DIGEST).click()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page).startswith("group: ")
    page.keyboard.press("End")
    body = panel(page).locator(".body")
    left = "one => one.scrollHeight - one.clientHeight - one.scrollTop"
    for _ in range(50):  # it scrolls smoothly
        if body.evaluate(left) < 2:
            break
        page.wait_for_timeout(60)
    assert body.evaluate(left) < 2
    read = body.evaluate("one => one.scrollTop")
    page.set_viewport_size({"width": 320, "height": 700})
    page.wait_for_timeout(100)
    assert body.evaluate("one => one.scrollTop") == pytest.approx(read, abs=60)


def test_escape_gives_the_focus_back(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(BODY)).page
    marks(page, 4)
    mark(page, LAW).click()
    assert focused(page).startswith("dialog")
    expect(panel(page)).to_contain_text("nhắc đến")
    page.keyboard.press("Escape")
    expect(panel(page)).to_have_count(0)
    assert focused(page) == f"button: {LAW}"


@pytest.mark.parametrize("width", [320, 360])
def test_a_tap_on_a_phone(visit: Visiting, page_of: Written, width: int) -> None:
    page = visit(page_of(BODY), width=width, touch=True).page
    marks(page, 4)
    mark(page, EXACT).tap()
    box = panel(page).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 740
    for control in panel(page).get_by_role("button").all() + panel(page).get_by_role("link").all():
        size = control.bounding_box()
        assert size is not None
        assert size["height"] >= 44
        assert size["width"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.touchscreen.tap(width / 2, 730)
    expect(panel(page)).to_have_count(0)
    mark(page, MISSING).tap()
    panel(page).get_by_role("button", name="Đóng").tap()
    expect(panel(page)).to_have_count(0)


def test_a_press_beside_it_closes_it_and_a_second_on_the_citation_too(
    visit: Visiting, page_of: Written
) -> None:
    page = visit(page_of(BODY)).page
    marks(page, 4)
    for x, y in ((900, 700), (4, 4)):
        mark(page, EXACT).click(position={"x": 4, "y": 4})
        expect(panel(page)).to_be_visible()
        page.mouse.click(x, y)
        expect(panel(page)).to_have_count(0)
    mark(page, EXACT).click(position={"x": 4, "y": 4})
    expect(panel(page)).to_be_visible()
    mark(page, EXACT).click(position={"x": 4, "y": 4})
    expect(panel(page)).to_have_count(0)


def test_what_stands_around_a_citation_is_not_pressed_with_it(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(f'<div class="card"><p>Theo {EXACT}.</p></div>')).page
    page.evaluate(
        "document.querySelector('.card').addEventListener('click', () => { document.title = 'pressed' })"
    )
    marks(page, 1)
    mark(page, EXACT).click()
    expect(panel(page)).to_be_visible()
    assert page.title() == "Trang của tỉnh"
    page.keyboard.press("Escape")
    page.locator("p").click(position={"x": 2, "y": 2})
    assert page.title() == "pressed"


def test_it_keeps_its_looks_in_a_hostile_page(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(BODY, css=HOSTILE)).page
    marks(page, 4)
    mark(page, EXACT).click()
    expect(panel(page)).to_be_visible()
    style = panel(page).evaluate(
        "one => { const { fontSize, display } = getComputedStyle(one); return [fontSize, display] }"
    )
    assert style == ["15px", "flex"]
    expect(panel(page).get_by_role("button", name="Chép lời văn")).to_be_visible()
    visible = page.evaluate(
        "() => document.querySelector('hoidap-hop').checkVisibility({ opacityProperty: true })"
    )
    assert visible


def test_near_the_lower_edge_it_opens_above(visit: Visiting, page_of: Written) -> None:
    page = visit(
        page_of(f'<div class="low"><p>Theo {EXACT}.</p></div>', css=".low { padding-top: 680px }")
    ).page
    marks(page, 1)
    mark(page, EXACT).click()
    words, shown = mark(page, EXACT).bounding_box(), panel(page).bounding_box()
    assert words is not None
    assert shown is not None
    assert shown["y"] + shown["height"] <= words["y"]
    page.evaluate("scrollTo(0, 60)")


def test_in_a_modal_dialog_of_the_page(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(f"<dialog><p>Theo {EXACT}.</p></dialog>")).page
    marks(page, 1)
    page.evaluate("document.querySelector('dialog').showModal()")
    mark(page, EXACT).click()
    panel(page).get_by_role("button", name="Chép lời văn").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("2. Phương án")
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('dialog').open")


def test_what_is_copied(visit: Visiting, page_of: Written, api: str) -> None:
    page = visit(page_of(BODY)).page
    marks(page, 4)
    mark(page, EXACT).click()
    copied = []
    for name in ("Chép lời văn", "Chép kèm trích dẫn", "Chép đường dẫn"):
        panel(page).get_by_role("button", name=name).click()
        expect(panel(page).get_by_role("status")).to_contain_text("Đã chép")
        copied.append(page.evaluate("navigator.clipboard.readText()"))
        expect(panel(page)).to_be_visible()
    assert copied[0].startswith("2. Phương án phát triển hệ thống khu công nghiệp\n")
    assert copied[1].startswith(copied[0] + "\n(Khoản 2 mục V Điều 1, ")
    assert copied[2] == f"{api}/documents/qd-dieu-chinh-quy-hoach-2026/dieu-1/muc-v/khoan-2"


def test_copying_where_the_clipboard_is_closed(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(BODY)).page
    marks(page, 4)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')) }")
    mark(page, EXACT).click()
    panel(page).get_by_role("button", name="Chép lời văn").click()
    expect(panel(page).get_by_role("status")).to_have_text("Đã chép lời văn.")
    assert page.evaluate("navigator.clipboard.readText()").startswith("2. Phương án")


def test_english_labels_and_the_official_words_as_they_are(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(BODY, lang="en")).page
    marks(page, 4)
    mark(page, EXACT).click()
    expect(panel(page)).to_contain_text("The provision cited")
    expect(panel(page).get_by_role("button", name="Copy with citation")).to_be_visible()
    words = panel(page).locator(".words")
    expect(words).to_have_attribute("lang", "vi")
    expect(words).to_contain_text("Đến năm 2030 toàn tỉnh có 08 khu công nghiệp")
    page.keyboard.press("Escape")
    mark(page, MISSING).click()
    expect(panel(page)).to_contain_text("There is no điểm g. There are: a, b, c, d, đ, e, h.")
    page.keyboard.press("Escape")
    mark(page, LAW).click()
    expect(panel(page)).to_contain_text("This document is not held; these places mention it.")


@pytest.mark.parametrize(
    ("script", "scheme", "dark"),
    [
        ("data-auto", "light", False),
        ("data-auto", "dark", True),
        ('data-auto data-theme="dark"', "light", True),
        ('data-auto data-theme="light"', "dark", False),
    ],
)
def test_light_and_dark(
    visit: Visiting, page_of: Written, script: str, scheme: Literal["light", "dark"], dark: bool
) -> None:
    page = visit(page_of(BODY, script=script), scheme=scheme).page
    marks(page, 4)
    mark(page, EXACT).click()
    colour = panel(page).evaluate("one => getComputedStyle(one).backgroundColor")
    assert colour == ("rgb(21, 28, 40)" if dark else "rgb(255, 255, 255)")


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_motion_is_only_where_it_is_wanted(
    visit: Visiting, page_of: Written, motion: Literal["reduce", "no-preference"]
) -> None:
    page = visit(page_of(BODY)).page
    page.emulate_media(reduced_motion=motion)
    marks(page, 4)
    mark(page, EXACT).click()
    name = panel(page).evaluate("one => getComputedStyle(one).animationName")
    assert (name == "none") == (motion == "reduce")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_axe_finds_nothing(
    visit: Visiting, page_of: Written, scheme: Literal["light", "dark"], lang: str
) -> None:
    """Not in the page as it is marked, nor with any kind of panel open. The page itself is light or dark."""
    css = "@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } a { color: #9cf } }"
    page = visit(page_of(BODY, lang=lang, css=css), scheme=scheme).page
    marks(page, 4)
    page.emulate_media(reduced_motion="reduce")
    assert violations(page) == []
    for words in (EXACT, MISSING, DIGEST, LAW):
        mark(page, words).click()
        expect(panel(page)).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("Escape")


def test_forced_colours(visit: Visiting, page_of: Written) -> None:
    page = visit(page_of(BODY)).page
    page.emulate_media(forced_colors="active")
    marks(page, 4)
    mark(page, EXACT).click()
    border = panel(page).evaluate(
        "one => getComputedStyle(one).borderLeftStyle + getComputedStyle(one).borderLeftWidth"
    )
    assert border == "solid1px"
    line = (
        mark(page, EXACT).locator("[role=button]").evaluate("one => getComputedStyle(one).textDecorationLine")
    )
    assert line == "underline"
