"""What of a question only names its document."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from answer.naming import Named, without_names
from corpus.document import Document

PLAN, DECISION = "kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"
DIGEST = "nq-19-2025-nq-hdnd"


@pytest.mark.parametrize(
    ("question", "rest", "document"),
    [
        ("theo kế hoạch 2026 thì bao nhiêu lao động?", "bao nhiêu lao động?", PLAN),
        ("kế hoạch phát triển du lịch năm 2026 mở mấy lớp?", "mở mấy lớp?", PLAN),
        ("bên kế hoạch du lịch thì ai lo?", "ai lo?", PLAN),
        ("rừng che phủ bao nhiêu theo quy hoạch tỉnh điều chỉnh", "rừng che phủ bao nhiêu", DECISION),
        ("quyết định phê duyệt điều chỉnh quy hoạch của tỉnh giao ai?", "giao ai?", DECISION),
        ("quy hoạch bổ sung thêm mấy cảng cạn?", "bổ sung thêm mấy cảng cạn?", DECISION),
        ("quy hoạch đến năm 2030 có mấy bác sĩ?", "đến năm 2030 có mấy bác sĩ?", DECISION),
        ("nghị quyết 19/2025 cho quà lưu niệm mấy triệu?", "cho quà lưu niệm mấy triệu?", DIGEST),
        ("in mấy cuốn sách (kế hoạch)?", "in mấy cuốn sách?", PLAN),
        # another instrument's kind is what is asked about
        ("kế hoạch soạn quy chế gì?", "soạn quy chế gì?", PLAN),
        # a provision that is named is searched with its name
        ("mục 1.3 của kế hoạch 2026 nói gì?", "mục 1.3 của kế hoạch 2026 nói gì?", PLAN),
        # two documents: it is not known which
        ("kế hoạch dẫn quy hoạch nào?", "kế hoạch dẫn quy hoạch nào?", None),
        ("ai lo việc này?", "ai lo việc này?", None),
        ("kế hoạch", "kế hoạch", PLAN),  # nothing else is said
        ("", "", None),
    ],
)
def test_a_name_is_taken_out(
    documents: Mapping[str, Document], question: str, rest: str, document: str | None
) -> None:
    assert without_names(question, documents) == Named(rest, document)


def test_of_several_only_the_one_that_is_meant_is_taken_out(documents: Mapping[str, Document]) -> None:
    question = "kế hoạch 2026 rà soát quy hoạch phân khu nào?"
    assert without_names(question, documents, PLAN) == Named("rà soát quy hoạch phân khu nào?", PLAN)
