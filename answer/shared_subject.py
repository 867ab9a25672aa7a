"""Clauses behind a semicolon with the doer they share: "Sở A chủ trì việc này; báo cáo việc kia".

What such a clause says is said of the doer at the beginning: "Sở A báo cáo việc kia".
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.sentences import sentence_spans

_AGENCY = (
    r"(?:Sở|UBND|Ủy ban|Uỷ ban|HĐND|Hội đồng|Ban|Bộ|Trung tâm|Chi cục|Công an|Văn phòng|Thủ trưởng|Giám đốc"
    r"|Chủ tịch|Các [Ss]ở|Đơn vị|Cơ quan)"
)
_DOES = (
    r"(?:chịu trách nhiệm|chủ trì|chủ động|phối hợp|định kỳ|tổ chức|thực hiện|hướng dẫn|rà soát|xây dựng"
    r"|căn cứ|tham mưu|báo cáo|theo dõi|tổng hợp|kiểm tra|triển khai|đôn đốc|cung cấp|khẩn trương)"
)
_DOER = re.compile(
    rf"^\W*(?:[a-zđ]\)|\d+[.)])?\s*(?P<who>{_AGENCY}[^;:()]*?)(?:\s+(?P<asks>yêu cầu|đề nghị|giao)\b.*?)?"
    rf"\s+(?={_DOES}\b)",
    re.DOTALL,
)
_WHEN = r"(?:trước|chậm nhất|trong|đến hết)\s+(?:ngày|tháng|quý)\s+[\d/]+(?:\s+tháng\s+\d+\s+năm\s+\d{4})?"
_OF = (
    r"(?:\d+\s+tháng(?:\s+(?:đầu|cuối)\s+năm)?|cả\s+năm|(?:hằng|hàng)\s+(?:quý|tháng|năm)|quý\s+\w+"
    r"|năm\s+\d{4}|năm)"
)
_TWO_DAYS = re.compile(
    rf"(?P<deed>[^\W\d][^.,;:\n]{{2,198}}?)\s+(?P<one>{_OF}\s+{_WHEN}),\s+(?:và\s+)?"
    rf"(?P<other>{_OF}\s+{_WHEN})(?P<tail>\s+[^;]+)"
)
_LONGEST = 160  # characters of a doer
_SEAM = re.compile(r";\s+")


@lru_cache(maxsize=1024)
def with_their_doer(text: str) -> tuple[str, ...]:
    """The later clauses of each sentence of a text that have no doer of their own, with the first one's."""
    found = [
        f"{days['deed']} {each}{days['tail']}"
        for days in _TWO_DAYS.finditer(text)
        for each in (days["one"], days["other"])
    ]
    for low, high in sentence_spans(text):
        first, *later = _SEAM.split(text[low:high])
        doer = _DOER.match(first)
        if doer is None or len(doer["who"]) > _LONGEST:
            continue
        who = f"{doer['who']} {doer['asks']}" if doer["asks"] else doer["who"]
        found += [f"{who} {clause}" for clause in later if clause[:1].islower()]
    return tuple(found)
