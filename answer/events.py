"""Events whose date a question asks for: a date of another event is no answer.

One row an event: how a question speaks of it (in Vietnamese, English and Chinese), how a text does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from answer.kinds import without_marks
from corpus.vietnamese import fold, unmarked
from retriever.query import Query


@dataclass(frozen=True, slots=True)
class Event:
    """One row."""

    asked: re.Pattern[str]
    asked_bare: re.Pattern[str]  # the same without marks
    told: re.Pattern[str]

    def is_in(self, folded: str) -> bool:
        """Whether a text speaks of such an event."""
        return bool(self.told.search(folded))


def _event(asked: str, told: str, abroad: str) -> Event:
    whole = rf"\b(?:{asked})\b|{abroad}"
    return Event(re.compile(whole), re.compile(without_marks(whole)), re.compile(rf"\b(?:{told})\b"))


EVENTS: tuple[Event, ...] = (
    _event(
        "công nhận|ghi danh|vinh danh|xếp hạng|trao (?:tặng|danh hiệu|giải|bằng)|phong tặng",
        "công nhận|ghi danh|vinh danh|xếp hạng|trao (?:tặng|danh hiệu|giải|bằng)|phong tặng|danh hiệu",
        r"\b(?:recogni[sz]ed?|designated?|inscribed?|awarded)\b|列入|授予|评为|认定",
    ),
    _event(
        "khởi công|động thổ|bắt đầu (?:xây|thi công|làm đường)",
        "khởi công|động thổ|bắt đầu (?:xây|thi công)|đầu tư trước",
        r"\bbreak ground\b|\bconstruction (?:start|begin)|开工|动工",
    ),
    _event(
        "khánh thành|khai trương|thông xe|phát điện|vận hành thương mại|đi vào (?:hoạt động|vận hành"
        "|khai thác)",
        "khánh thành|khai trương|thông xe|phát điện|vận hành|hoàn thành|đi vào|đưa vào",
        r"\binaugurated?\b|通车|落成|投产",
    ),
    _event("thành lập|ra đời", "thành lập|ra đời|lập", r"\b(?:founded|established)\b|成立"),
    _event(
        "phát hiện|tìm thấy|tìm ra|khai quật", "phát hiện|tìm thấy|tìm ra|khai quật", r"\bdiscovered\b|发现"
    ),
    _event("khai mạc|bế mạc", "khai mạc|bế mạc|tổ chức|lễ hội|hội nghị", r"\bopening ceremony\b|开幕"),
    _event("(?:tái )?thẩm định|đánh giá lại|kiểm tra lại", "thẩm định|đánh giá lại", r"\brevalidat"),
    _event("công bố", "công bố", r"\bannounced\b|公布"),
)


def events_asked(query: Query) -> tuple[Event, ...]:
    """The events that a question speaks of."""
    folded = fold(query.text)
    bare = folded == unmarked(folded)
    return tuple(event for event in EVENTS if (event.asked_bare if bare else event.asked).search(folded))
