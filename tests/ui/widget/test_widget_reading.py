"""A page read by itself: its citations are marked, and nothing else about it changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.data.widget_site import MARKS, SEPARATOR, Site, Visiting, Written, listening, marks, policy_for

if TYPE_CHECKING:
    from fastapi import FastAPI

DECISION = "Quyết định điều chỉnh quy hoạch tỉnh"
EXACT = f"khoản 2 mục V Điều 1 {DECISION}"
RESOLUTION = "Nghị quyết số 19/2025/NQ-HĐND ngày 15/7/2025 của HĐND tỉnh"
HOSTILE = {
    "unset": "* { all: unset !important; display: block !important; font-size: 40px !important }",
    "gone": "span, slot, hoidap-trich-dan { display: none !important } p > * { float: right !important }",
    "moving": "* { transition: all 2s !important } p * { position: absolute !important; top: 0 !important }",
    "generated": "*::before, *::after { content: 'xxx' !important; display: inline-block !important }",
    "boxes": "p * { padding: 9px !important; border: 5px solid red !important; margin: 9px !important }",
}


def test_every_status_is_told_apart(visit: Visiting, page_of: Written) -> None:
    sentences = {
        EXACT: "exact",
        f"điểm g khoản 2 mục III Điều 1 {DECISION}": "document_only",
        "Nghị quyết số 223-NQ/TU ngày 30/5/2025": "text_not_held",
        "Luật Du lịch 2017": "mentioned",
        f"điểm b khoản 2 Điều 1 {DECISION}": "ambiguous",
    }
    body = "".join(f"<p>Theo {words}, các sở thực hiện.</p>" for words in sentences)
    page = visit(page_of(f"{body}<p>Theo Nghị định số 1/2020/NĐ-CP và Quyết định này.</p>")).page
    assert dict(marks(page, len(sentences))) == sentences
    lines = page.evaluate(
        f"{MARKS}.map((one) => getComputedStyle(one.shadowRoot.firstElementChild).textDecorationStyle)"
    )
    assert lines == ["solid", "dashed", "dashed", "dashed", "dotted"]


def test_a_clause_alone_is_marked_only_where_the_page_names_its_document(
    visit: Visiting, page_of: Written
) -> None:
    clause = "<p>Xem khoản 1 Điều 3 nhé.</p>"
    alone = visit(page_of(clause, path="/mot-minh"))
    alone.settle()
    assert alone.sent()
    assert alone.page.evaluate(f"{MARKS}.length") == 0
    beside = visit(page_of(f"{clause}<p>Theo {EXACT}.</p>", path="/co-ten")).page
    assert marks(beside, 2)[0] == ("khoản 1 Điều 3", "possible")


def test_the_page_may_say_which_document_it_is(visit: Visiting, page_of: Written) -> None:
    here = "/documents/qd-dieu-chinh-quy-hoach-2026"
    part = f'<section data-hoidap-here="{here}/dieu-3">khoản 2 Điều này</section>'
    body = f"<p>Theo Điều 2 Quyết định này.</p>{part}"
    opened = visit(page_of(body, script=f'data-auto data-here="{here}"'))
    assert marks(opened.page, 2) == [("Điều 2 Quyết định này", "exact"), ("khoản 2 Điều này", "exact")]
    assert {sent["here"] for sent in opened.sent()} == {here, f"{here}/dieu-3"}


def citations(count: int) -> str:
    """A page with so many citations, each in a paragraph of its own, in five forms."""
    forms = (EXACT, RESOLUTION, "Luật Du lịch 2017", f"Điều 2 {DECISION}", "Nghị quyết số 223-NQ/TU")
    return "".join(
        f"<p>Đoạn {n}: theo {forms[n % 5]}, các <b>sở, ngành</b> báo cáo kết quả lần {n}.</p>"
        for n in range(count)
    )


# where every element and every letter stands; the marks apart, they are what is new
PLACES = """() => {
    const round = ({ x, y, width, height }) => [x, y, width, height];
    const places = [...document.querySelectorAll('body, body *:not(hoidap-trich-dan)')].map(
        (one) => round(one.getBoundingClientRect()));
    const range = document.createRange();
    for (const walker = document.createTreeWalker(document.body, 4); walker.nextNode();) {
        for (let at = 0; at < walker.currentNode.length; at++) {
            if (!walker.currentNode.data[at].trim()) continue;
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + 1);
            places.push(round(range.getBoundingClientRect()));
        }
    }
    return places.flat();
}"""
TEXT = "[document.body.innerText, document.body.textContent]"
SAME = 0.25  # pixels: a line laid out in pieces is rounded at each of them
SHIFTS = """new Promise((resolve) => {
    const sum = (list) => list.getEntries().reduce((total, shift) => total + shift.value, 0);
    new PerformanceObserver((list) => resolve(sum(list))).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(0), 300);
})"""
ADD = """words => {
    const p = document.createElement('p');
    p.append(...[words].flat());
    document.querySelector('main').append(p);
}"""


def farthest(these: list[float], those: list[float]) -> float:
    """How far the most moved thing of a page is from where it stands in another."""
    return max(abs(one - other) for one, other in zip(these, those, strict=True))


@pytest.mark.parametrize("css", ["", *HOSTILE.values()], ids=["plain", *HOSTILE.keys()])
def test_two_hundred_citations_move_nothing(visit: Visiting, page_of: Written, css: str) -> None:
    body = f"<h1>Trang</h1>{citations(200)}"
    before = visit(page_of(body, css=css, script="", path="/truoc")).page
    reading = visit(page_of(body, css=css, path="/sau"))
    page = reading.page
    marks(page, 200)
    assert page.evaluate(TEXT) == before.evaluate(TEXT)
    assert farthest(page.evaluate(PLACES), before.evaluate(PLACES)) <= SAME
    assert page.evaluate(SHIFTS) == 0
    displays = page.evaluate(
        f"{MARKS}.map((one) => getComputedStyle(one).display + getComputedStyle(one).position)"
    )
    assert set(displays) == {"inlinestatic"}
    assert page.evaluate("document.querySelectorAll('style').length") == 0
    assert len(reading.sent()) == 1


def test_no_name_is_added_to_the_page(visit: Visiting, page_of: Written) -> None:
    names = "Object.getOwnPropertyNames(window)"
    bare = set(visit(page_of("<p>Trang</p>", script=None, path="/khong")).page.evaluate(names))
    page = visit(page_of(f"<p>{EXACT}</p>", path="/co")).page
    marks(page, 1)
    assert set(page.evaluate(names)) - bare == set()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


SKIPPED = {
    "off": "<div data-hoidap-off><p>{}</p></div>",
    "textarea": "<textarea>{}</textarea>",
    "input": '<input value="{}">',
    "editable": "<div contenteditable><p>{}</p></div>",
    "textbox": '<div role="textbox">{}</div>',
    "code": "<p><code>{}</code></p>",
    "pre": "<pre>{}</pre>",
    "option": "<select><option>{}</option></select>",
    "svg": '<svg><text y="20">{}</text></svg>',
    "template": "<template><p>{}</p></template>",
    "hidden from readers": '<p aria-hidden="true">{}</p>',
    "inert": "<p inert>{}</p>",
    "outside the root": "<aside>{}</aside>",
    "comment": "<!-- {} -->",
    "attribute": '<p title="{}">trang</p>',
}
LEFT_ALONE = {
    "link": '<p><a href="/x">{}</a></p>',
    "button": "<button>{}</button>",
    "label": "<label>{} <input></label>",
    "role": '<span role="link" tabindex="0">{}</span>',
}


def test_what_must_not_be_read_is_not_sent(visit: Visiting, page_of: Written) -> None:
    secret = "Nghị quyết số {}/2025/NQ-HĐND"
    body = "".join(shape.format(secret.format(700 + n)) for n, shape in enumerate(SKIPPED.values()))
    address = page_of(
        f"{body}<main><p>Theo {EXACT}.</p></main>", script='data-auto data-root="body > :not(aside)"'
    )
    reading = visit(address)
    marks(reading.page, 1)
    reading.settle()
    assert not re.findall(r"7\d\d/2025", SEPARATOR.join(reading.snippets()))


@pytest.mark.parametrize("shape", LEFT_ALONE.values(), ids=LEFT_ALONE.keys())
def test_what_can_be_pressed_already_stays_as_it_is(visit: Visiting, page_of: Written, shape: str) -> None:
    reading = visit(page_of(f"<main>{shape.format(RESOLUTION)}<p>Theo {EXACT}.</p></main>"))
    assert marks(reading.page, 1) == [(EXACT, "exact")]
    assert len(reading.snippets()) == 1


SPLIT: Mapping[str, tuple[str, Sequence[str]]] = {
    "elements": ("Nghị quyết <i>19/2025</i>/NQ-<b>HĐND</b>", ("Nghị quyết ", "19/2025", "/NQ-", "HĐND")),
    "entities": ("Nghị&nbsp;quyết s&#7889; 19&#47;2025/NQ-HĐND", ("Nghị\u00a0quyết số 19/2025/NQ-HĐND",)),
    "comment": ("Nghị quyết <!-- x -->số 19/2025/NQ-HĐND", ("Nghị quyết ", "số 19/2025/NQ-HĐND")),
    "lines": ("Nghị quyết số\n      19/2025/NQ-HĐND", ("Nghị quyết số\n      19/2025/NQ-HĐND",)),
    "footnote": ("Nghị quyết số 19/2025/NQ-HĐND<sup>1</sup>", ("Nghị quyết số 19/2025/NQ-HĐND",)),
    "emoji": ("\U0001f600\U0001f600 Nghị quyết số 19/2025/NQ-HĐND", ("Nghị quyết số 19/2025/NQ-HĐND",)),
    "beside a link": ('điểm a Mục 2 <a href="/x">Nghị quyết số 19/2025/NQ-HĐND</a>', ("điểm a Mục 2 ",)),
}  # fmt: skip


@pytest.mark.parametrize(("html", "pieces"), SPLIT.values(), ids=SPLIT.keys())
def test_a_citation_in_several_pieces(
    visit: Visiting, page_of: Written, html: str, pieces: Sequence[str]
) -> None:
    page = visit(page_of(f"<p>\U0001f600 Theo {html}, tỉnh hỗ trợ.</p>")).page
    assert [words for words, _ in marks(page, len(pieces))] == list(pieces)
    stops = page.evaluate(f"{MARKS}.filter((one) => one.shadowRoot.querySelector('[tabindex]')).length")
    assert stops == 1


def test_what_the_page_adds_later_is_read_too(visit: Visiting, page_of: Written) -> None:
    reading = visit(page_of(f"<main><p>Theo {EXACT}.</p></main>"))
    page = reading.page
    marks(page, 1)
    page.evaluate(ADD, ["Căn cứ Nghị quyết ", "số 223-", "NQ/TU, tỉnh"])
    assert [words for words, _ in marks(page, 4)][1:] == ["Nghị quyết ", "số 223-", "NQ/TU"]
    page.evaluate("words => document.querySelector('p').append(words)", f" Xem lại {EXACT}.")
    marks(page, 5)
    asked = len(reading.sent())
    page.evaluate("words => document.querySelector('main').append(words)", f" Xem lại {EXACT}.")
    marks(page, 6)
    assert len(reading.sent()) in (asked, asked + 1)


def test_only_the_root_is_read_also_when_it_comes_later(visit: Visiting, page_of: Written) -> None:
    reading = visit(page_of(f"<main><p>Theo {RESOLUTION}.</p></main>", script='data-auto data-root=".bai"'))
    reading.settle()
    assert reading.sent() == []
    reading.page.evaluate(ADD, f"Theo {EXACT}.")
    reading.settle()
    reading.page.evaluate("document.querySelector('p:last-child').className = 'bai'")
    reading.page.evaluate("document.querySelector('.bai').append(' Hết.')")
    assert marks(reading.page, 1) == [(EXACT, "exact")]
    assert len(reading.snippets()) == 1


def test_a_snippet_is_asked_once(visit: Visiting, page_of: Written) -> None:
    reading = visit(page_of(f"<main>{f'<p>Theo {EXACT}.</p>' * 5}</main>"))
    marks(reading.page, 5)
    assert len(reading.snippets()) == 1
    reading.page.evaluate(ADD, f"Theo {EXACT}.")
    marks(reading.page, 6)
    assert len(reading.sent()) == 1


FRAMEWORK: Mapping[str, tuple[str, str, int]] = {
    "rewritten": ("text.data = 'Không còn gì.'", "Không còn gì.", 0),
    "rewritten with another": (f"text.data = 'Theo {RESOLUTION}.'", f"Theo {RESOLUTION}.", 1),
    "removed": ("text.remove()", "", 0),
    "moved": ("document.querySelector('main').append(text)", f"Theo {EXACT} thì xem.", 1),
    "normalized": ("p.normalize()", f"Theo {EXACT} thì xem.", 1),
    "emptied": ("p.textContent = ''", "", 0),
    "copied": ("p.after(p.cloneNode(true)); p.remove()", f"Theo {EXACT} thì xem.", 0),
}  # fmt: skip


@pytest.mark.parametrize(("change", "left", "count"), FRAMEWORK.values(), ids=FRAMEWORK.keys())
def test_a_page_that_holds_on_to_its_text_nodes(
    visit: Visiting, page_of: Written, change: str, left: str, count: int
) -> None:
    """As frameworks do: they keep the node that they made, and later write into it or take it out."""
    reading = visit(page_of("<main><p></p></main>"))
    page = reading.page
    page.evaluate(
        "words => { const p = document.querySelector('p'); p.append(words); p.kept = p.firstChild; }",
        f"Theo {EXACT} thì xem.",
    )
    marks(page, 1)
    page.evaluate(f"() => {{ const p = document.querySelector('p'); const text = p.kept; {change} }}")
    reading.read_again()
    assert page.evaluate("document.querySelector('main').textContent") == left
    marks(page, count)


@pytest.mark.parametrize("display", ["flex", "inline-flex", "grid", "inline-grid"])
def test_text_that_is_a_box_of_its_own_stays_one(visit: Visiting, page_of: Written, display: str) -> None:
    body = f'<div class="box">Xem {EXACT} nhé <i>và</i> sau đó {RESOLUTION}</div>'
    css = f".box {{ display: {display}; gap: 20px; justify-content: space-between }}"
    before = visit(page_of(body, css=css, script="", path="/truoc")).page
    page = visit(page_of(body, css=css, path="/sau")).page
    marks(page, 2)
    assert page.evaluate(TEXT) == before.evaluate(TEXT)
    assert farthest(page.evaluate(PLACES), before.evaluate(PLACES)) <= SAME


def test_a_selection_is_not_disturbed_and_copies_as_before(visit: Visiting, page_of: Written) -> None:
    reading = visit(page_of("<main><p></p></main>"))
    page = reading.page
    page.evaluate(
        """words => { const p = document.querySelector('p'); p.append(words);
        getSelection().setBaseAndExtent(p.firstChild, 2, p.firstChild, 12); }""",
        f"Theo {EXACT} thì xem.",
    )
    selected = page.evaluate("getSelection().toString()")
    reading.settle()
    assert page.evaluate("getSelection().toString()") == selected
    assert page.evaluate(f"{MARKS}.length") == 0
    page.evaluate("getSelection().removeAllRanges()")
    marks(page, 1)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('p'))")
    assert page.evaluate("getSelection().toString()") == f"Theo {EXACT} thì xem."
    assert page.evaluate("getSelection().collapse(document.body, 0) || find('thì xem')")
    assert page.evaluate("getSelection().collapse(document.body, 0) || find('Theo khoản 2 mục V')")


def test_without_the_server_the_page_stays_plain(
    visit: Visiting, page_of: Written, public_app: FastAPI, site: Site, api: str
) -> None:
    """It was there when the script was loaded, and is stopped before anything is asked."""
    before = site.policy
    with listening(public_app) as (other, stop):
        site.policy = policy_for(api, other)
        try:
            address = page_of("<main><p>Trang</p></main>", script=f'data-auto data-api="{other}"')
            reading = visit(address, quiet=False, clock=True)
            page = reading.page
            page.clock.run_for(2_000)
            stop()
            for n in range(4):
                page.evaluate(ADD, f"Lần {n}: theo {EXACT}.")
                for _ in range(6):
                    page.clock.run_for(10_000)
                    page.wait_for_timeout(100)
        finally:
            site.policy = before
    assert page.evaluate("document.querySelectorAll('hoidap-trich-dan').length") == 0
    assert page.evaluate("document.querySelectorAll('p').length") == 5
    assert len(reading.sent()) == 2  # the question, and one more try
    assert all(re.search("Failed to load|ERR_", said) for said in reading.complaints)


def test_a_server_that_comes_back_is_asked_again(visit: Visiting, page_of: Written, api: str) -> None:
    failed: list[str] = []

    def once(route: Any) -> None:
        failed.append(route.request.url)
        route.abort() if len(failed) == 1 else route.continue_()

    reading = visit(page_of("<main><p>Trang</p></main>"), quiet=False, clock=True)
    page = reading.page
    page.route("**/v1/citations", once)
    page.clock.run_for(2_000)
    page.evaluate("words => { document.querySelector('p').textContent = words }", f"Theo {EXACT}.")
    for _ in range(4):
        page.clock.run_for(10_000)
        page.wait_for_timeout(200)
    marks(page, 1)
    assert len(failed) == 2


@pytest.mark.parametrize("body", ["{}", "[]", "null", '{"citations": 1}', "<html>"])
def test_an_answer_that_is_none_leaves_the_page_plain(visit: Visiting, page_of: Written, body: str) -> None:
    reading = visit(page_of("<main><p>Trang</p></main>"), clock=True)
    page = reading.page
    allowed = {"Access-Control-Allow-Origin": "*"}
    page.route("**/v1/citations", lambda route: route.fulfill(status=200, body=body, headers=allowed))
    page.clock.run_for(2_000)
    page.evaluate(ADD, f"Theo {EXACT}.")
    for _ in range(6):
        page.clock.run_for(10_000)
        page.wait_for_timeout(60)
    assert page.evaluate(f"{MARKS}.length") == 0
    assert len(reading.sent()) == 2


def test_the_script_standing_twice_marks_once(visit: Visiting, page_of: Written, api: str) -> None:
    twice = f'<script src="{api}/v1/widget/hoidap-widget.js" data-auto defer></script>'
    page = visit(page_of(f"<p>Theo {EXACT}.</p>", head=twice)).page
    marks(page, 1)
    page.wait_for_timeout(500)
    marks(page, 1)
    expect(page.locator("p")).to_have_text(f"Theo {EXACT}.")
