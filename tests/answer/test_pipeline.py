"""From a question to a cited answer, over the real documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest
from langchain_core.runnables import Runnable, RunnableLambda

from answer.answer import Answer, Status
from corpus.errors import QuestionError
from corpus.vietnamese import unmarked

if TYPE_CHECKING:
    from answer.pipeline import Answerer

DECISION = "qd-dieu-chinh-quy-hoach-2026"
PLAN = "kh-du-lich-cvdc-2026"
VISITORS = "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?"
PARKS = "Đến năm 2030 có bao nhiêu khu công nghiệp?"
TOLLS = "Phí cầu đường cao tốc qua Lạng Sơn hết bao nhiêu?"


def said(answer: Answer) -> str:
    """The sentences, without citation numbers and note."""
    return "\n".join(sentence.text for sentence in answer.sentences)


# --- what must be shown -------------------------------------------------------------------------


@pytest.mark.parametrize("question", [VISITORS, unicodedata.normalize("NFD", VISITORS), f"<p>{VISITORS}</p>"])
def test_visitors_of_2026(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.status is Status.ANSWERED
    first, source = answer.sentences[0], answer.citations[0]
    assert all(figure in first.text for figure in ("4.700.000", "550.000", "4.150.000"))
    assert first.citations == (source.n,) == (1,)
    assert source.address.document == PLAN
    assert source.address.path.startswith("ii/2/")
    assert source.citation.endswith("mục II.2")
    plan = answerer.index.documents[PLAN].metadata
    assert source.label == f"{source.citation}, {plan.short_name}"
    assert plan.short_name.startswith("Kế hoạch của UBND tỉnh Lạng Sơn (tháng 02/2026")
    assert answer.note is None


@pytest.mark.parametrize("question", [PARKS, unmarked(PARKS)])
def test_industrial_parks_of_2030(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.status is Status.ANSWERED
    assert re.search(r"\b08 khu công nghiệp", answer.sentences[0].text)
    assert re.search(r"\b11 khu công nghiệp", answer.sentences[0].text)
    assert answer.citations[0].address.document == DECISION
    assert answer.citations[0].address.path == "dieu-1/v/2"
    assert answer.citations[0].citation == "khoản 2 mục V Điều 1"


def test_tolls_are_not_found(answerer: Answerer) -> None:
    answer = answerer.answer(TOLLS)
    assert answer.status is Status.NOT_FOUND
    assert (answer.sentences, answer.citations) == ((), ())
    assert answer.text == answer.note
    assert answer.note is not None
    assert answer.note.startswith("Không tìm thấy trong kho văn bản. Đã tìm trong: ")
    assert all(document.metadata.short_name in answer.note for document in answerer.index.documents.values())
    assert answer.nearest == answer.hits[:3]


# --- another year, another province, another unit -----------------------------------------------


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("Năm 2019 tỉnh đón bao nhiêu lượt khách?", r"\d[\d.]* lượt"),
        ("Năm 2035 có bao nhiêu lượt khách du lịch?", r"\d[\d.]* lượt"),
        ("Năm 1998 tổng thu từ du lịch là bao nhiêu?", r"\d[\d.]* tỷ"),
        ("Năm 2026 tỉnh Quảng Ninh đón bao nhiêu lượt khách?", r"\d[\d.]* lượt"),
        ("Tỉnh Cao Bằng có bao nhiêu khu công nghiệp?", r"\d+ khu công nghiệp"),
        ("Tỷ lệ che phủ rừng của Hà Giang?", r"\d+\s*%"),
        ("Khu công nghiệp rộng bao nhiêu mét khối?", r"\d"),
        ("Giá vé vào cửa động Tam Thanh là bao nhiêu tiền?", r"\d"),
        ("Số điện thoại của Sở Du lịch là gì?", r"\d"),
        ("Học phí trường mầm non bao nhiêu?", r"\d"),
        ("Bảo tàng mở cửa mấy giờ?", r"\d"),
    ],
)
def test_what_the_documents_do_not_say_is_not_answered_with_a_figure(
    answerer: Answerer, question: str, figure: str
) -> None:
    assert not re.search(figure, said(answerer.answer(question)))


# --- bad questions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    ["", "   ", "😀🎉", "khu công nghiệp " * 625, "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "<b></b>"],
    ids="empty blank emoji 10000 tcvn3 tags".split(),
)
@pytest.mark.parametrize("history", [(), (PARKS,)], ids=["alone", "after-another"])
def test_a_bad_question_is_refused(answerer: Answerer, question: str, history: Sequence[str]) -> None:
    with pytest.raises(QuestionError, match="Hãy"):
        answerer.answer(question, history)


@pytest.mark.parametrize("question", ["Xin chào!", "xin chao", "Cảm ơn bạn", "Hello", "Bạn là ai?"])
def test_small_talk_is_out_of_scope(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.status is Status.OUT_OF_SCOPE
    assert answer.sentences == ()
    assert answer.note is not None
    assert "Ví dụ:" in answer.note or "hỏi tiếp" in answer.note


# --- history, streaming, chain ------------------------------------------------------------------


def test_a_follow_up_is_answered_with_what_was_asked_before(answerer: Answerer) -> None:
    answer = answerer.answer("còn sau năm 2030 thì sao?", [PARKS])
    assert answer.question == "còn sau năm 2030 thì sao?"
    assert "khu công nghiệp" in said(answer)


@pytest.mark.parametrize("question", ["Sở Tài chính làm gì?", VISITORS, TOLLS])
def test_a_stream_grows_to_the_whole_answer(answerer: Answerer, question: str) -> None:
    whole = answerer.answer(question)
    parts = list(answerer.stream(question))
    assert [part.sentences for part in parts] == [
        whole.sentences[:count] for count in range(1, len(whole.sentences))
    ] + [whole.sentences]
    for part in parts:
        numbers = {citation.n for citation in part.citations}
        assert numbers == {number for sentence in part.sentences for number in sentence.citations}
    assert (parts[-1].status, parts[-1].note, parts[-1].citations) == (
        whole.status,
        whole.note,
        whole.citations,
    )


def test_the_answer_tells_what_was_found_and_how_long_it_took(answerer: Answerer) -> None:
    answer = answerer.answer("Bao nhiêu xã được bố trí khu công nghiệp?")  # a new one: nothing is remembered
    assert len(answer.hits) == 20
    times = answer.milliseconds
    assert 0 < times["encode"] < times["search"] < times["answer"]
    assert 0.0 <= answer.confidence <= 1.0


@pytest.mark.parametrize(
    "question",
    [
        "2026년에 관광객은 몇 명입니까?",
        "Сколько туристов в 2026 году?",
        "Combien de touristes en 2026 ?",
        "観光客は何人ですか?",
    ],
    ids="korean russian french japanese".split(),
)
def test_a_question_in_any_language_gets_an_answer_or_a_refusal(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)
    assert answer.status in (Status.ANSWERED, Status.NOT_FOUND)
    assert 0.0 <= answer.confidence <= 1.0


def test_the_text_carries_citation_numbers(answerer: Answerer) -> None:
    answer = answerer.answer(PARKS)
    assert answer.text.splitlines()[0] == f"{answer.sentences[0].text} [1]"


def test_the_chain_is_a_runnable(answerer: Answerer) -> None:
    asked: list[dict[str, Any]] = [{"question": question, "history": []} for question in (PARKS, TOLLS)]
    assert isinstance(answerer.chain, Runnable)
    one, none = answerer.chain.batch(list(asked))
    assert answerer.chain.invoke(asked[0]).sentences == one.sentences == answerer.answer(PARKS).sentences
    assert none.status is Status.NOT_FOUND
    longer = answerer.chain | RunnableLambda(lambda answer: answer.status.value)
    assert longer.invoke(asked[1]) == "not_found"
