"""Questions as people send them: checked, cleaned, their language told."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QuestionError
from retriever.abbreviations import Abbreviations
from retriever.diacritics import Restorer
from retriever.language import Language
from retriever.query import LIMIT, understand

if TYPE_CHECKING:
    from answer.pipeline import Answerer

SMALL = Restorer.build(["Khu công nghiệp của tỉnh. Du lịch cộng đồng. Đô thị và nông thôn."])
QUESTION = "Đến năm 2030 có bao nhiêu khu công nghiệp?"


@pytest.fixture(scope="module")
def restorer(answerer: Answerer) -> Restorer:
    return answerer.index.restorer


@pytest.mark.parametrize(
    ("question", "what_to_do"),
    [
        ("", "Câu hỏi đang trống. Hãy gõ"),
        (" \t\n\u3000", "Câu hỏi đang trống. Hãy gõ"),
        ("<p></p>", "Câu hỏi đang trống. Hãy gõ"),
        ("<script>alert('khu công nghiệp')</script>", "Câu hỏi đang trống. Hãy gõ"),
        ("😀🎉👍", "Hãy gõ câu hỏi bằng chữ"),
        ("?!… — “”", "Hãy gõ câu hỏi bằng chữ"),
        ("khu công nghiệp " * 625, "Hãy rút gọn"),  # 10,000 characters
        ("谅" * (LIMIT + 1), "2.001 ký tự, quá giới hạn 2.000. Hãy rút gọn"),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Hãy chuyển bộ gõ sang Unicode"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Hãy chuyển bộ gõ sang Unicode"),
        ("du l\udce9ch", "không phải UTF-8. Hãy gõ lại"),
    ],
    ids="empty blank tags script emoji signs 10000 too-long tcvn3 vni broken".split(),
)
def test_a_question_that_cannot_be_searched_says_what_to_do(question: str, what_to_do: str) -> None:
    with pytest.raises(QuestionError) as refused:
        understand(question, SMALL)
    assert what_to_do in str(refused.value)
    assert refused.value.exit_code == 64


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (QUESTION, QUESTION),
        (unicodedata.normalize("NFD", QUESTION), QUESTION),
        ("  Đến năm\n2030\tcó  gì?  ", "Đến năm 2030 có gì?"),
        ("<b>Khu công nghiệp</b><br/>ở đâu?", "Khu công nghiệp ở đâu?"),
        ("<script>alert(1)</script>Khu công nghiệp <!-- ẩn --> ở đâu?", "Khu công nghiệp ở đâu?"),
        ("đô thị &amp; nông thôn", "đô thị & nông thôn"),
        ("tỷ lệ nào < 5% và > 3%?", "tỷ lệ nào < 5% và > 3%?"),  # not a tag
        ("Ðề án nào?", "Đề án nào?"),  # Icelandic eth for Đ
        ("2030", "2030"),
    ],
)
def test_a_question_is_cleaned(question: str, text: str) -> None:
    query = understand(question, SMALL)
    assert query.text == text
    assert query.original == question


@pytest.mark.parametrize(
    ("question", "text", "restored"),
    [
        ("khu cong nghiep", "khu công nghiệp", True),
        ("khu công nghiệp", "khu công nghiệp", False),
        ("2030", "2030", False),
    ],
)
def test_it_says_whether_marks_were_put_back(question: str, text: str, restored: bool) -> None:
    query = understand(question, SMALL)
    assert (query.text, query.restored) == (text, restored)


@pytest.mark.parametrize(
    ("question", "text", "meant", "searched"),
    [
        ("ubnd tinh", "UBND tỉnh", "Ủy ban nhân dân tỉnh?", "UBND tỉnh . ủy ban nhân dân"),
        ("KCN ở đâu, ko có à?", "KCN ở đâu, không có à?", "Khu công nghiệp ở đâu, không có à?", None),
        ("khu công nghiệp", "khu công nghiệp", "Khu công nghiệp?", "khu công nghiệp"),
        ("Số 258/KH-UBND", "Số 258/KH-UBND", "Số 258/KH-UBND?", "Số 258/KH-UBND"),
        ("TT nào?", "TT nào?", "Trung tâm nào?", "TT nào? . trung tâm . thị trấn . thông tư"),
    ],
)
def test_abbreviations_are_spelt_out(
    restorer: Restorer, question: str, text: str, meant: str, searched: str | None
) -> None:
    query = understand(question, restorer)
    assert (query.original, query.text, query.meant) == (question, text, meant)
    assert query.searched == searched or searched is None


def test_abbreviations_of_the_documents_are_known() -> None:
    learnt = Abbreviations.build(["hộ vườn sinh thái (HVST) được vay"])
    assert understand("HVST nào?", SMALL, learnt).meant == "Hộ vườn sinh thái nào?"
    assert understand("HVST nào?", SMALL).meant == "HVST nào?"


def test_the_longest_question_allowed_is_read() -> None:
    assert len(understand("ở " * (LIMIT // 2), SMALL).text) == LIMIT - 1


@pytest.mark.parametrize(
    ("question", "language"),
    [
        (QUESTION, Language.VIETNAMESE),
        ("den nam 2030 co bao nhieu khu cong nghiep", Language.VIETNAMESE),
        ("tinh co may cua khau", Language.VIETNAMESE),
        ("GRDP 2030", Language.VIETNAMESE),
        ("Website du lịch của tỉnh là gì?", Language.VIETNAMESE),
        ("How many industrial parks will there be by 2030?", Language.ENGLISH),
        ("Which agency leads the tourism plan of Lạng Sơn?", Language.ENGLISH),
        ("what is the forest cover target", Language.ENGLISH),
        ("到2030年有多少个工业园区?", Language.CHINESE),
        ("谅山省 (Lạng Sơn) 旅游目标是什么", Language.CHINESE),
    ],
)
def test_languages_are_told_apart(restorer: Restorer, question: str, language: Language) -> None:
    assert understand(question, restorer).language is language


def test_a_foreign_question_is_not_given_marks(restorer: Restorer) -> None:
    question = "How much of the province is covered by forest?"
    assert understand(question, restorer).text == question


@pytest.mark.parametrize(
    ("question", "shared"),
    [
        ("How many visitors in 2026 from Lạng Sơn and UNESCO?", "How 2026 Lạng Sơn UNESCO"),
        ("Are there 4.7 million visitors?", "Are 4.7 million"),
        ("what was signed on 15 July 2025", "15 July 2025"),
        ("what does UBND plan for", "UBND . ủy ban nhân dân"),
        ("到2030年GRDP是多少", "2030 GRDP"),
        ("1088/2-1089号界碑一带要发展什么?", "1088/2-1089"),
        ("what is it for", ""),
    ],
)
def test_what_a_foreign_question_shares_with_the_documents(
    restorer: Restorer, question: str, shared: str
) -> None:
    assert understand(question, restorer).shared == shared


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        query = understand(text, SMALL)
    except QuestionError as refused:
        assert "Hãy" in str(refused)
    else:
        assert query.text.strip() == query.text != ""
        assert len(query.text) <= LIMIT + len(text)
