"""What the widget would send of a text: everything that is a citation, and never much more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[3]
MENTIONS = sorted((ROOT / "tests" / "data" / "mentions").glob("*.jsonl"))
FOUND_BY_THE_SERVER = {"instrument", "law", "locator", "relative"}  # a title alone is not read on this way
CUT = "([text, relative]) => customElements.get('hoidap-tra-cuu').snippets(text, relative)"
Span = tuple[int, int]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with the script and without a server."""
    page = browser.new_page()
    page.add_script_tag(path=str(ROOT / "ui" / "widget" / "hoidap-widget.js"))
    yield page
    page.close()


def cut(page: Page, text: str, relative: bool = True) -> list[Span]:
    """The snippets as spans; all these texts are within the basic plane, where units are code points."""
    spans = [(start, end) for start, end in page.evaluate(CUT, [text, relative])]
    assert all(0 <= start < end <= len(text) and end - start <= 200 for start, end in spans)
    return spans


def covered(wanted: Span, snippets: list[Span]) -> bool:
    return any(start <= wanted[0] and wanted[1] <= end for start, end in snippets)


def test_the_citation_set_is_inside_the_snippets(page: Page) -> None:
    missed: list[str] = []
    total = 0
    for line in (ROOT / "eval" / "citations" / "development.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        snippets = cut(page, question["text"])
        at = 0
        for expected in question["expected"]:
            start = question["text"].find(expected["span_text"], at)
            total += 1
            at = start + 1
            if not covered((start, start + len(expected["span_text"])), snippets):
                missed.append(f"{question['id']}: {expected['span_text']}")
    assert total > 90
    assert len(missed) <= 0.02 * total, missed


@pytest.mark.parametrize("mentions", MENTIONS, ids=lambda file: file.stem)
def test_every_mention_of_the_documents_is_inside_the_snippets(page: Page, mentions: Path) -> None:
    text = (ROOT / "corpus" / "documents" / f"{mentions.stem}.txt").read_text(encoding="utf-8")
    wanted = [json.loads(line) for line in mentions.read_text(encoding="utf-8").splitlines()]
    wanted = [one for one in wanted if one["kind"] in FOUND_BY_THE_SERVER and not one.get("optional")]
    snippets = cut(page, text)
    missed = [one["text"] for one in wanted if not covered((one["span"][0], one["span"][1]), snippets)]
    assert len(wanted) > 30
    assert len(missed) <= 0.02 * len(wanted), missed


def test_most_of_a_page_is_not_sent(page: Page) -> None:
    text = (ROOT / "corpus" / "documents" / "kh-du-lich-cvdc-2026.txt").read_text(encoding="utf-8")
    sent: set[int] = set()
    for start, end in cut(page, text, relative=False):
        sent.update(range(start, end))
    assert 0 < len(sent) < 0.35 * len(text)


NOTHING = {
    "everyday": "Hội nghị bàn về điều kiện, mục tiêu, phần mềm và các điểm du lịch của tỉnh năm 2026.",
    "laws": "Tuyên truyền pháp luật, chấp hành kỷ luật, theo quy luật thị trường.",
    "figures": "Tỷ lệ 1/50.000, tăng 10 - 11%, từ ngày 24/11/2017 đến 30/12/2025, khoảng 4,7 triệu lượt.",
    "contact": "Điện thoại 0205.3812.345, thư điện tử ubnd@langson.gov.vn, số 1 Hùng Vương.",
    "empty": "",
}


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING.keys())
def test_nothing_is_sent_of_plain_text(page: Page, text: str) -> None:
    assert cut(page, text, relative=False) == []


def test_relative_citations_are_sent_only_where_the_document_is_known(page: Page) -> None:
    text = "Quyết định này có hiệu lực kể từ ngày ký."
    assert cut(page, text, relative=False) == []
    assert covered((0, len("Quyết định này")), cut(page, text, relative=True))


def test_a_long_enumeration_is_cut_so_that_every_member_is_whole_somewhere(page: Page) -> None:
    members = [
        f"Nghị quyết số {n}/2025/NQ-HĐND ngày {n % 28 + 1}/7/2025 của HĐND tỉnh" for n in range(10, 60)
    ]
    text = "Căn cứ " + ", ".join(members)
    snippets = cut(page, text)
    for member in members:
        start = text.index(member)
        assert covered((start, start + len(member)), snippets)


SHAPES = {
    "clauses": "khoản 1, ",
    "numbers": "1/2/3/",
    "spaces": " \t",
    "letters": "đ" * 50,
    "codes": "19/NQ-",
    "dots": "I.1.",
    "laws": "Luật Luật ",
    "marks": "e\u0302\u0301",
    "half a pair": "\ud800",
}


TIMED = """([shape, size]) => {
    const text = shape.repeat(size / shape.length);
    const start = performance.now();
    const cut = customElements.get('hoidap-tra-cuu').snippets(text, true);
    return [performance.now() - start, Math.max(0, ...cut.map(([from, to]) => to - from))];
}"""


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_no_text_takes_long(page: Page, shape: str) -> None:
    milliseconds, longest = page.evaluate(TIMED, [shape, 64_000])
    assert milliseconds < 1_000
    assert longest <= 200


WRITTEN = {
    "plain": "Nghị quyết số 19/2025/NQ-HĐND",
    "capitals": "NGHỊ QUYẾT SỐ 19/2025/NQ-HĐND",
    "unmarked": "nghi quyet 19/2025/nq-hdnd",
    "decomposed": "Nghi\u0323 quye\u0302\u0301t so\u0302\u0301 19/2025/NQ-H\u0110ND",
    "invisible": "Nghị\u00a0quyết số\n   19/2025/\u200bNQ-HĐND",
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN.keys())
def test_however_it_is_written(page: Page, text: str) -> None:
    around = f"Căn cứ {text}, tỉnh hỗ trợ."
    start = around.index(text)
    assert covered((start, start + len(text)), cut(page, around))


def test_the_script_names_what_it_may_send() -> None:
    """The limit in the code is the one that docs and tests speak of."""
    code = (ROOT / "ui" / "widget" / "hoidap-widget.js").read_text(encoding="utf-8")
    assert re.search(r"\bSNIPPET = 200\b", code)
