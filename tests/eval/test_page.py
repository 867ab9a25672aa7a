"""The report page: nothing from outside, everything escaped, the plotted values by hand."""

from __future__ import annotations

import re
from base64 import b64decode
from html.parser import HTMLParser

import pytest

from answer.answer import Status
from corpus.document import Document
from eval.content import Content, report_content, tables
from eval.evidence import Gold
from eval.markdown import markdown
from eval.questions import Question
from eval.runfile import RunAnswer, RunCitation, RunLine, RunPassage, RunSentence
from eval.versions import versions
from eval.worst import worst

pytest.importorskip("matplotlib", reason="the extra `eval` is not installed")

from eval import plots
from eval.page import page

PLAN = "kh-du-lich-cvdc-2026"
REVENUE = "Phấn đấu tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng."
LODGING = "Phấn đấu đạt khoảng 325 cơ sở lưu trú"
HOSTILE = "<script>alert('1')</script> & \"|`*_[x](http://xau.example/)"
QUESTIONS = [
    Question("q1", "figure", f"Tổng thu? {HOSTILE}", (Gold(PLAN, (REVENUE,)),), ("5.000 tỷ",)),
    Question("q2", "list", "Các mục tiêu?", (Gold(PLAN, (REVENUE,)), Gold(PLAN, (LODGING,)))),
    Question("q3", "unanswerable", "Giá phòng?", unanswerable=True),
    Question("q4", "follow-up", "Còn chỗ ở?", (Gold(PLAN, (LODGING,)),), history=(f"Tổng thu? {HOSTILE}",)),
]
VOID = {"meta", "img", "br"}


def found(*texts: str) -> tuple[RunPassage, ...]:
    return tuple(
        RunPassage(rank, PLAN, "", f"khoản {rank} {HOSTILE}", text, 0.0)
        for rank, text in enumerate(texts, start=1)
    )


def said(text: str) -> RunAnswer:
    citation = RunCitation(1, PLAN, f"{PLAN}/muc-ii/khoan-2/gach-2", "", text)
    return RunAnswer(Status.ANSWERED, f"{text} {HOSTILE} [1]", (RunSentence(text, (1,)),), (citation,))


REFUSAL = RunAnswer(Status.NOT_FOUND, "Không thấy.")
OURS = [
    RunLine("q1", found(REVENUE), said(REVENUE), {"search": 10, "answer": 20}, 0.9),
    RunLine("q2", found(HOSTILE, LODGING, REVENUE), REFUSAL, {"search": 30, "answer": 40}, 0.2),
    RunLine("q3", found("khác"), said(HOSTILE), {"search": 20, "answer": 30}, 0.4),
    RunLine("q4", (), REFUSAL, {}, 0.1),
]
THEIRS = [RunLine("q1", found("khác", REVENUE)), RunLine("q2", found(REVENUE))]


@pytest.fixture
def content(plan: Document) -> Content:
    runs = {f"ta {HOSTILE}": OURS, "họ": THEIRS}
    return report_content(QUESTIONS, runs, {PLAN: plan}, {"chỉ mục": HOSTILE}, worst=10)


class Tags(HTMLParser):
    """Checks that tags close, and collects them with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_loads_nothing(content: Content) -> None:
    tags = Tags()
    text = page(content)
    tags.feed(text)
    assert tags.open == []
    names = [name for name, _ in tags.seen]
    assert names.count("img") == 3 and not {"script", "link", "iframe", "a", "object"} & set(names)
    links = [
        value for _, attributes in tags.seen for key, value in attributes.items() if key in ("src", "href")
    ]
    assert all(value and value.startswith("data:image/svg+xml;base64,") for value in links)
    assert "url(" not in text and "@import" not in text
    assert text.count("&lt;script&gt;alert(") >= 6  # question, history, passage, answer, run, version


def test_a_plot_is_an_svg_that_loads_nothing(content: Content) -> None:
    images = re.findall(r"base64,([A-Za-z0-9+/=]+)", page(content))
    for image in map(b64decode, images):
        svg = image.decode()
        assert svg.lstrip().startswith("<?xml") and "<script" not in svg
        assert not re.search(r'(?:href|src)="(?!#)', svg)


def test_the_same_runs_give_the_same_page(content: Content) -> None:
    assert page(content) == page(content)


def test_plotted_values_by_hand(content: Content) -> None:
    ours, theirs = content.runs
    # q1 at 1; q2 one of two at 2, both at 3; q4 never
    assert plots.recalls(QUESTIONS, ours)[:4] == pytest.approx([1 / 3, 1.5 / 3, 2 / 3, 2 / 3])
    assert plots.recalls(QUESTIONS, theirs)[:2] == pytest.approx([0.5 / 3, 1.5 / 3])
    assert len(plots.recalls(QUESTIONS, ours)) == plots.DEEPEST
    # q1 and q3 are answered, q3 wrongly
    assert plots.in_force(QUESTIONS, ours) == (0.5, 0.5)
    assert plots.in_force(QUESTIONS, theirs) is None


def test_a_run_that_does_not_tell_has_no_plot(content: Content) -> None:
    assert plots.risk_coverage(QUESTIONS, content.runs[1:]) is None
    assert plots.latency(QUESTIONS, content.runs[1:]) is None


def test_the_worst_come_first_and_the_good_not_at_all(content: Content) -> None:
    ours = content.runs[0]
    assert [question.id for question in worst(QUESTIONS, ours, 10)] == ["q4", "q2"]
    assert [question.id for question in worst(QUESTIONS, ours, 1)] == ["q4"]
    assert [question.id for question in worst(QUESTIONS, ours, 10, unanswerable=True)] == ["q3"]
    assert worst(QUESTIONS, ours, 0) == ()


def test_no_question_is_told_where_none_may_be(content: Content, plan: Document) -> None:
    hidden = report_content(QUESTIONS, {"ta": OURS}, {PLAN: plan}, {}, worst=0)
    assert "Giá phòng" in page(content)
    assert "Giá phòng" not in page(hidden) and "Giá phòng" not in markdown(content)


def test_tables_side_by_side_and_in_pairs(content: Content) -> None:
    made = {table.title: table for table in tables(content)}
    assert [row[0] for row in made["Truy hồi"].rows] == [f"ta {HOSTILE}", "họ"]
    assert made["Truy hồi"].rows[1][1] == "33,3 [0–100]"  # q1 no, q2 yes, q4 missing
    pairs = made[f"họ so với ta {HOSTILE}"]
    assert pairs.rows[0][:4] == ("hit@1", "3", "33,3", "33,3")
    by_kind = made[f"Trả lời và từ chối theo loại câu hỏi: ta {HOSTILE}"]
    assert by_kind.rows[-1][:2] == ("tất cả", "4")
    assert made["Thời gian (mili giây, đã khởi động)"].rows[0] == (f"ta {HOSTILE}: tìm kiếm", "20,0", "29,0")


def test_markdown_is_all_tables(content: Content) -> None:
    lines = markdown(content).splitlines()
    assert lines[0] == "# Chất lượng hỏi đáp văn bản"
    assert not any(re.search(r"(?<!\\)(<script|\]\()", line) for line in lines)
    for table in re.findall(r"(?:^\|.*\n)+", markdown(content), re.MULTILINE):
        bars = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(bars) == 1


def test_versions() -> None:
    told = versions()
    assert re.fullmatch(r"3\.\d+\.\d+", told["Python"]) and re.match(r"\d", told["numpy"])
