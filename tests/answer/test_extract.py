"""Every sentence of an answer stands word for word in the provision it cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answer.asks import Asks, asks
from answer.coverage import asked
from answer.extract import ITEMS, extract
from answer.shaping import CUT
from corpus.address import spoken

if TYPE_CHECKING:
    from answer.answer import Answer
    from answer.pipeline import Answerer

QUESTIONS = (
    "Năm 2026 tỉnh đặt mục tiêu đón bao nhiêu lượt khách?",
    "Đến năm 2030 có bao nhiêu khu công nghiệp?",
    "Tổng thu từ du lịch năm 2026 phấn đấu đạt bao nhiêu?",
    "Ai chịu trách nhiệm chủ trì thực hiện kế hoạch du lịch?",
    "Sở Văn hóa, Thể thao và Du lịch có nhiệm vụ gì?",
    "Sở Tài chính làm gì?",
    "GRDP bình quân đầu người năm 2030 là bao nhiêu?",
    "Tốc độ tăng trưởng GRDP bình quân giai đoạn 2026-2030?",
    "Tỷ lệ che phủ rừng đến năm 2030?",
    "tinh co bao nhieu cua khau",
    "kinh phi thuc hien ke hoach lay tu dau",
    "muc tieu khach quoc te nam 2026",
    "How many industrial parks will there be by 2030?",
    "到2030年有多少个工业园区?",
    "Phạm vi ranh giới quy hoạch tỉnh Lạng Sơn gồm những gì?",
    "Diện tích tự nhiên của tỉnh là bao nhiêu ha?",
    "Cơ cấu kinh tế năm 2030 thế nào?",
    "Tỷ lệ đô thị hóa đến năm 2030 đạt bao nhiêu?",
    "Các hành lang kinh tế của tỉnh gồm những hành lang nào?",
    "Cao tốc Hữu Nghị - Chi Lăng",
    "Công viên địa chất Lạng Sơn có bao nhiêu điểm di sản?",
    "Có bao nhiêu sản phẩm lưu niệm?",
    "Thời hạn báo cáo kết quả thực hiện?",
    "Khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn",
    "Phát triển du lịch cộng đồng thế nào?",
    "Đào tạo nguồn nhân lực du lịch",
    "Tầm nhìn đến năm 2050 của tỉnh",
    "Quảng bá xúc tiến du lịch ở nước ngoài",
    "Phương án phát triển mạng lưới giao thông đường bộ",
    "Kế hoạch này căn cứ vào những văn bản nào?",
    "Quyết định có hiệu lực từ khi nào?",
    "Khoản 2 mục V Điều 1 Quyết định điều chỉnh quy hoạch nói gì?",
)


@pytest.fixture(scope="module")
def answers(answerer: Answerer) -> tuple[Answer, ...]:
    return tuple(answerer.answer(question) for question in QUESTIONS)


def stretches(text: str) -> list[str]:
    """What stands between the ellipses."""
    return [part.strip() for part in text.split(CUT) if part.strip()]


def test_most_of_the_questions_are_answered(answers: tuple[Answer, ...]) -> None:
    assert sum(bool(answer.sentences) for answer in answers) >= 25


def test_every_sentence_stands_in_the_provision_it_cites(
    answerer: Answerer, answers: tuple[Answer, ...]
) -> None:
    for answer in answers:
        sources = {citation.n: citation for citation in answer.citations}
        for sentence in answer.sentences:
            assert sentence.citations
            for number in sentence.citations:
                address = sources[number].address
                provision = answerer.index.documents[address.document].by_address[address.path]
                for stretch in stretches(sentence.text):
                    assert stretch in provision.own_text, (answer.question, sentence.text)
                assert sources[number].text == provision.own_text
                assert sources[number].citation == spoken(address)


def test_the_evidence_is_what_is_said(answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        for citation in answer.citations:
            shown = [citation.text[low:high] for low, high in citation.evidence]
            said = [sentence.text for sentence in answer.sentences if citation.n in sentence.citations]
            assert [part for text in shown for part in stretches(text)] == [
                part for text in said for part in stretches(text)
            ]


def test_citations_are_numbered_in_the_order_of_use(answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        used = dict.fromkeys(number for sentence in answer.sentences for number in sentence.citations)
        assert list(used) == [citation.n for citation in answer.citations]
        assert list(used) == list(range(1, len(used) + 1))
        assert len({str(citation.address) for citation in answer.citations}) == len(answer.citations)


def test_bold_marks_figures_but_no_years(answers: tuple[Answer, ...]) -> None:
    bold = [
        sentence.text[low:high]
        for answer in answers
        for sentence in answer.sentences
        for low, high in sentence.bold
    ]
    assert {"4.700.000", "550.000", "830.732"} <= set(bold)
    assert not {"2026", "2030", "2050"} & set(bold)


def test_a_citation_of_an_unnumbered_copy_says_so(answers: tuple[Answer, ...], answerer: Answerer) -> None:
    for answer in answers:
        for citation in answer.citations:
            assert citation.caveat == answerer.index.documents[citation.address.document].metadata.caveat


def test_an_announced_list_comes_whole(answerer: Answerer) -> None:
    answer = answerer.answer("Sở Tài chính làm gì?")
    parent = answerer.index.documents["qd-dieu-chinh-quy-hoach-2026"].by_address["dieu-2/1"]
    assert answer.sentences[0].text.endswith(":")
    assert {str(citation.address) for citation in answer.citations} == {
        str(node.address) for node in (parent, *parent.children)
    }
    assert answer.count == len(parent.children) <= ITEMS


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "Tổng thu từ du lịch năm 2026 là bao nhiêu, còn đến năm 2030 là bao nhiêu?",
            ["Năm 2026", "Năm 2030"],
        ),
        (
            "Về du lịch thông minh, kế hoạch tiếp tục xây dựng hệ thống gì, còn quy hoạch chuyển đổi số "
            "trên những trụ cột nào?",
            ["Kế hoạch của UBND tỉnh Lạng Sơn", "Quyết định của Chủ tịch UBND tỉnh Lạng Sơn"],
        ),
    ],
)
def test_both_sides_of_a_comparison_are_cited(answerer: Answerer, question: str, sides: list[str]) -> None:
    answer = answerer.answer(question)
    assert [side.name.split(" (")[0] for side in answer.sides] == sides
    assert sorted(number for side in answer.sides for number in side.sentences) == list(
        range(len(answer.sentences))
    )
    assert len({citation.address.document for citation in answer.citations}) == 2


def test_one_question_is_answered_by_one_provision(answerer: Answerer) -> None:
    answer = answerer.answer("Toàn tỉnh có bao nhiêu khu công nghiệp vào năm 2030?")
    assert [citation.address.path for citation in answer.citations] == ["dieu-1/v/2"]
    assert answer.sides == ()
    assert answer.count is None


def test_a_provision_that_is_named_is_the_answer(answerer: Answerer) -> None:
    answer = answerer.answer("Khoản 2 mục V Điều 1 Quyết định điều chỉnh quy hoạch nói gì?")
    assert [citation.address.path for citation in answer.citations] == ["dieu-1/v/2"]


def test_an_item_is_said_with_what_leads_to_it(answerer: Answerer) -> None:
    answer = answerer.answer("Sở nào được giao hoàn thiện hồ sơ điều chỉnh quy hoạch?")
    assert answer.sentences[0].text.startswith("Giao Sở Tài chính chủ trì")


def test_the_source_of_a_digest_is_no_part_of_what_it_says(answerer: Answerer) -> None:
    found = answerer.searcher.search("Khôi phục nghề truyền thống được hỗ trợ tối đa bao nhiêu?")
    made = extract(found, answerer.index, asked(found.query, answerer.index))
    assert [sentence.text for sentence in made.sentences] == [
        "Khôi phục nghề truyền thống phục vụ du lịch được hỗ trợ tối đa 90 triệu đồng."
    ]
    assert "(Nguồn: báo Lao Động" in made.citations[0].text


def test_no_sentence_is_said_twice(answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        said = [(sentence.text, sentence.citations) for sentence in answer.sentences]
        assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Có bao nhiêu khu công nghiệp?", Asks.FIGURE),
        ("co bao nhieu khu cong nghiep", Asks.FIGURE),
        ("Tỷ lệ che phủ rừng?", Asks.FIGURE),
        ("How many visitors?", Asks.FIGURE),
        ("有多少个工业园区?", Asks.FIGURE),
        ("Khi nào hoàn thành?", Asks.DATE),
        ("Thời hạn báo cáo?", Asks.DATE),
        ("When does it end?", Asks.DATE),
        ("Sở nào chủ trì?", Asks.AGENCY),
        ("Ai phê duyệt?", Asks.AGENCY),
        ("Which agency leads it?", Asks.AGENCY),
        ("Những nhiệm vụ gì?", Asks.LIST),
        ("Kể tên di tích", Asks.LIST),
        ("Which expressways?", Asks.LIST),
        ("Du lịch cộng đồng thế nào?", Asks.OTHER),
        ("", Asks.OTHER),
    ],
)
def test_what_kind_of_thing_is_asked_for(question: str, kind: Asks) -> None:
    assert asks(question) is kind


@pytest.mark.parametrize("question", ["Điều 2 khoản 1 Quyết định", "Khoản 1 Điều 2 Quyết định"])
def test_a_citation_is_read_in_either_order(answerer: Answerer, question: str) -> None:
    cited = answerer.answer(question).citations
    assert cited
    assert all(spoken(each.address).endswith("khoản 1 Điều 2") for each in cited)


def test_what_stands_under_a_heading_is_given_whole(answerer: Answerer) -> None:
    found = answerer.answer("Mục tiêu cụ thể của kế hoạch du lịch năm 2026 là những gì?")
    heading = answerer.index.documents["kh-du-lich-cvdc-2026"].by_address["ii/2"]
    assert [each.address for each in found.citations] == [item.address for item in heading.children]
    assert found.count == len(heading.children)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Năm 2026 tổng thu từ du lịch của tỉnh đạt bao nhiêu?", "5.000 tỷ đồng"),
        ("Năm 2030 tỉnh đón bao nhiêu lượt khách?", "6.000.000 lượt"),
        ("What is the target for tourism revenue in 2030?", "10.000 tỷ đồng"),
        ("Dân số năm 2030 bao nhiêu và tuổi thọ bao nhiêu?", "75,5 tuổi"),
        ("Dân số năm 2030 bao nhiêu và tuổi thọ bao nhiêu?", "854 - 856 nghìn người"),
    ],
)
def test_the_figure_is_of_the_year_that_is_asked_for(answerer: Answerer, question: str, said: str) -> None:
    assert said in answerer.answer(question).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Mục tiêu khách năm 2026 và năm 2030 là bao nhiêu?", ("4.700.000", "6.000.000")),
        ("Tổng thu du lịch năm 2026 và năm 2030 chênh nhau bao nhiêu?", ("5.000 tỷ", "10.000 tỷ")),
    ],
)
def test_each_year_of_a_comparison_gets_the_figure_of_what_is_asked(
    answerer: Answerer, question: str, said: tuple[str, str]
) -> None:
    """Not one of a period that both years lie in, nor one that the heading's year alone would bring."""
    answer = answerer.answer(question)
    assert [side.name for side in answer.sides] == ["Năm 2026", "Năm 2030"]
    for side, figure in zip(answer.sides, said, strict=True):
        assert any(figure in answer.sentences[number].text for number in side.sentences)
