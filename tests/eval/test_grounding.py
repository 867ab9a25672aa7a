"""Facts, citations and sentences of an answer, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from answer.answer import Status
from corpus.document import Document
from eval import grounding
from eval.evidence import Gold, Library
from eval.runfile import RunAnswer, RunCitation, RunSentence

PLAN = "kh-du-lich-cvdc-2026"
REVENUE = Gold(PLAN, ("tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng",))
CHECKING = Gold(PLAN, ("Tổ chức kiểm tra, rà soát thực trạng phát triển du lịch",))


def cited(*addresses: tuple[str, str]) -> RunAnswer:
    citations = tuple(
        RunCitation(n, PLAN, f"{PLAN}/{address}", "", text)
        for n, (address, text) in enumerate(addresses, start=1)
    )
    return RunAnswer(Status.ANSWERED, "", (), citations)


ITEM = ("muc-ii/khoan-2/gach-2", "- Phấn đấu tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng.")
SIBLING = ("muc-ii/khoan-2/gach-1", "- Phấn đấu thu hút khoảng 4.700.000 lượt khách du lịch")
LIST = ("muc-ii/khoan-2", REVENUE.quotes[0] + " và" * 500)
CHAPTER = ("muc-ii", REVENUE.quotes[0] + " và" * 500)
LONG_LEAF = ("muc-iii/khoan-1", CHECKING.quotes[0] + " và" * 500)
OTHER = ("muc-iii/khoan-1", "Đẩy mạnh công tác tuyên truyền")


@pytest.mark.parametrize(
    ("gold", "citations", "precision", "recall"),
    [
        ([REVENUE], [ITEM], 1, 1),
        ([REVENUE], [SIBLING], 1, 0),  # in the same list, but not the evidence
        ([REVENUE], [ITEM, OTHER], 1 / 2, 1),
        ([REVENUE], [LIST], 1, 1),
        ([REVENUE], [CHAPTER], 0, 0),  # holds the quote, and a thousand characters more
        ([CHECKING], [LONG_LEAF], 1, 1),  # long, but cannot be cited in smaller parts
        ([REVENUE, CHECKING], [ITEM], 1, 1 / 2),
        ([REVENUE, CHECKING], [ITEM, SIBLING, LONG_LEAF, OTHER], 3 / 4, 1),
        ([REVENUE], [], 0, 0),
        ([], [ITEM], 0, 0),
    ],
)
def test_citations(
    plan: Document, gold: list[Gold], citations: list[tuple[str, str]], precision: float, recall: float
) -> None:
    library = Library({PLAN: plan})
    assert grounding.citation_precision(gold, cited(*citations), library) == pytest.approx(precision)
    assert grounding.citation_recall(gold, cited(*citations), library) == pytest.approx(recall)


def saying(*sentences: tuple[str, tuple[int, ...]]) -> RunAnswer:
    citations = (
        RunCitation(1, PLAN, "", "", "- Phấn đấu tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng."),
        RunCitation(2, PLAN, "", "", "2. Mục tiêu cụ thể: *08 chỉ tiêu*"),
    )
    return RunAnswer(
        Status.ANSWERED,
        "note 99",
        tuple(RunSentence(text, numbers) for text, numbers in sentences),
        citations,
    )


@pytest.mark.parametrize(
    ("sentence", "citations", "verbatim", "numbers_stand"),
    [
        ("Phấn đấu tổng thu từ du lịch đạt khoảng 5.000 tỷ đồng.", (1,), True, True),
        ("phấn đấu tổng thu\u00a0từ du lịch", (1,), True, True),
        ("Tổng thu dự kiến là 5 nghìn tỷ đồng.", (1,), False, True),  # said otherwise, the figure is right
        ("Phấn đấu tổng thu từ du lịch đạt khoảng 6.000 tỷ đồng.", (1,), False, False),
        ("Mục tiêu cụ thể: 08 chỉ tiêu", (2,), True, True),
        ("Mục tiêu cụ thể: 08 chỉ tiêu", (1,), False, False),  # stands elsewhere, not in what it cites
        ("Mục tiêu cụ thể: 08 chỉ tiêu\nPhấn đấu tổng thu từ du lịch", (1, 2), True, True),
        ("… tổng thu từ du lịch … 5.000 tỷ đồng.", (1,), True, True),
        ("… 5.000 tỷ đồng … tổng thu từ du lịch …", (1,), False, True),  # the stretches change places
        ("Phấn đấu tổng thu … 08 chỉ tiêu", (1, 2), False, True),  # no one text holds both
        ("Phấn đấu", (), False, True),
        ("Phấn đấu", (7,), False, True),  # a number that cites nothing
    ],
)
def test_sentences(sentence: str, citations: tuple[int, ...], verbatim: bool, numbers_stand: bool) -> None:
    answer = saying((sentence, citations))
    assert grounding.not_verbatim(answer) == (0 if verbatim else 1)
    assert grounding.strange_numbers(answer) == (0 if numbers_stand else 1)


@pytest.mark.parametrize(
    ("facts", "value"),
    [
        (["5.000 tỷ đồng"], 1),
        (["5000 tỷ", "tổng thu"], 1),
        (["5.000 tỷ đồng", "325"], 0),
        (["1"], 0),  # the number of a citation is no fact
        (["99"], 0),  # nor is a note
        ([], 1),
    ],
)
def test_all_facts(facts: list[str], value: float) -> None:
    assert grounding.all_facts(facts, saying(("tổng thu đạt 5.000 tỷ đồng", (1,)))) == value


def test_words_are_those_of_the_sentences() -> None:
    assert grounding.words(saying(("tổng thu đạt 5.000 tỷ đồng", (1,)), ("Hai câu.", (2,)))) == 8


@pytest.mark.parametrize(
    ("count", "first", "wrong"),
    [
        (None, "muc-ii/khoan-2", False),
        (3, "muc-ii/khoan-2", False),
        (2, "muc-ii/khoan-2", True),
        (3, "muc-ii", True),  # one level above: it has one clause
        (3, "muc-ii/khoan-99", True),
        (0, "muc-ii/khoan-2/gach-2", False),
    ],
)
def test_a_count_is_that_of_the_enumeration(
    plan: Document, count: int | None, first: str, wrong: bool
) -> None:
    answer = replace(cited((first, "…")), count=count)
    assert grounding.wrong_count(answer, Library({PLAN: plan})) is wrong


def test_a_count_that_cites_nothing_is_wrong(plan: Document) -> None:
    assert grounding.wrong_count(replace(cited(), count=2), Library({PLAN: plan}))
