"""What a question compares."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from answer.sides import sides, years_naming
from corpus.document import Document

PLAN, DECISION = "kh-du-lich-cvdc-2026", "qd-dieu-chinh-quy-hoach-2026"
DIGEST = "nq-19-2025-nq-hdnd"


@pytest.mark.parametrize(
    ("question", "compared", "years", "parts"),
    [
        ("Kế hoạch nói gì về rác, còn quy hoạch nói gì?", (PLAN, DECISION), (), 2),
        ("Quyết định giao cho ai; kế hoạch giao cho ai?", (DECISION, PLAN), (), 2),
        ("So sánh mục tiêu trong kế hoạch và quy hoạch", (PLAN, DECISION), (), 0),
        ("Khách năm 2026 là bao nhiêu, còn năm 2030 là bao nhiêu?", (), ("2026", "2030"), 2),
        ("So với năm 2026 thì năm 2030 tăng bao nhiêu?", (), ("2026", "2030"), 0),
        ("Thu năm 2026 là bao nhiêu, còn tới 2030?", (), ("2026", "2030"), 2),
        ("Ai ký, và ký ngày nào?", (), (), 2),
        ("Có mấy cửa khẩu? Nằm ở đâu?", (), (), 2),
        ("Giai đoạn 2021-2030 có bao nhiêu khu công nghiệp?", (), (), 0),  # a range is one thing
        ("Kế hoạch và quy hoạch nói gì về rác?", (PLAN, DECISION), (), 0),  # asks once, of two
        ("Kế hoạch triển khai quy hoạch nói gì về rác?", (), (), 0),  # names two, asks of one
        ("Dân số bao nhiêu và tuổi thọ bao nhiêu?", (), (), 2),
        ("Khách năm 2026 và năm 2030 là bao nhiêu?", (), ("2026", "2030"), 2),
        ("Nghị quyết 19 nói gì, còn kế hoạch nói gì?", (DIGEST, PLAN), (), 2),  # told apart by its number
        ("Nghị quyết nói gì, còn kế hoạch nói gì?", (), (), 2),  # two resolutions are held
        ("Sở Tài chính làm gì?", (), (), 0),
        ("", (), (), 0),
    ],
)
def test_what_is_compared(
    documents: Mapping[str, Document],
    question: str,
    compared: tuple[str, ...],
    years: tuple[str, ...],
    parts: int,
) -> None:
    found = sides(question, documents)
    assert (found.documents, found.years, len(found.parts)) == (compared, years, parts)


@pytest.mark.parametrize(
    ("question", "naming"),
    [
        ("Quy hoạch tỉnh sửa lại năm 2026 có mấy khu công nghiệp?", {DECISION: {"2026"}}),
        ("Theo quyết định 2026 thì ai chịu trách nhiệm?", {DECISION: {"2026"}}),
        ("Quy hoạch tính năm 2026 có mấy khu công nghiệp?", {}),  # of that year
        ("Quy hoạch tỉnh thời kỳ 2021-2030 có mấy khu công nghiệp?", {}),
        ("Quyết định năm 2025 có mấy điều?", {}),  # another one
        ("Kế hoạch du lịch 2026 đón bao nhiêu khách?", {}),  # what a plan for a year says is of that year
    ],
)
def test_a_year_that_only_names_a_document(
    documents: Mapping[str, Document], question: str, naming: dict[str, set[str]]
) -> None:
    assert years_naming(question.lower(), documents) == naming
