"""What programs send: the forms, checked on the way in and described at /v1/openapi.json."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from annotated_types import MaxLen
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    FailFast,
    Field,
    StrictBool,
    StrictInt,
)

from ui.citations import TEXT_LIMIT

MOST_HITS = 100
_HISTORY = 50
_MESSAGES = 1000
_PARTS = 100
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _encodable(text: str) -> str:
    """`text`; raises ValueError for half a surrogate pair, which JSON can spell and UTF-8 cannot."""
    text.encode()
    return text


def _iso_day(value: object) -> object:
    """A day as text; raises ValueError for what pydantic would take for one: seconds, a time of day."""
    if value is None or isinstance(value, date) or (isinstance(value, str) and _DAY.fullmatch(value)):
        return value
    raise ValueError("not a day")


Text = Annotated[str, AfterValidator(_encodable)]
# What is too long, or has no letter, is refused further in, in words that say what to do.
Question = Annotated[Text, Field(json_schema_extra={"minLength": 1})]
Day = Annotated[date, BeforeValidator(_iso_day)]
Cited = Annotated[Text, Field(json_schema_extra={"maxLength": TEXT_LIMIT})]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CitationsRequest(_Closed):
    """Văn bản cần tìm trích dẫn, hoặc một trích dẫn."""

    text: Cited = Field(examples=["khoản 2 mục V Điều 1 Quyết định điều chỉnh Quy hoạch tỉnh Lạng Sơn"])
    as_of: Day | None = Field(default=None, description="Ngày xét hiệu lực; mặc định là hôm nay.")
    here: Text | None = Field(
        default=None,
        description="Đường dẫn của điều khoản chứa đoạn văn này, để hiểu “Điều này”, “Quyết định này”.",
    )


class SearchRequest(_Closed):
    """Câu hỏi hoặc từ khóa cần tìm, không quá 2.000 ký tự."""

    question: Question = Field(examples=["số khu công nghiệp đến năm 2030"])
    k: Annotated[StrictInt, Field(ge=1, le=MOST_HITS)] = 20
    as_of: Day | None = Field(
        default=None, description="Chỉ tìm trong văn bản còn, hoặc có thể còn, hiệu lực."
    )
    id: Text = ""


class AskRequest(_Closed):
    """Câu hỏi, không quá 2.000 ký tự, và các câu đã hỏi trước đó."""

    question: Question = Field(examples=["Đến năm 2030 tỉnh có bao nhiêu khu công nghiệp?"])
    history: list[Text] = Field(
        default_factory=list, max_length=_HISTORY, description="Các câu hỏi trước, cũ nhất đứng đầu."
    )
    as_of: Day | None = Field(
        default=None, description="Chỉ dùng văn bản còn, hoặc có thể còn, hiệu lực vào ngày này."
    )
    id: Text = ""


class _Part(BaseModel):
    type: Text
    text: Text | None = None


class ChatMessage(BaseModel):
    """Một lượt lời. Chỉ lượt của người dùng (user) được đọc, như câu hỏi."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Text | Annotated[list[_Part], MaxLen(_PARTS)] | None = None

    @property
    def words(self) -> str:
        """What it says, pictures and sounds left out."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.text)
        return self.content or ""


class _StreamOptions(BaseModel):
    include_usage: StrictBool | None = None


class CompletionRequest(BaseModel):
    """Như của OpenAI; tham số của mô hình (temperature, tools, …) được nhận và bỏ qua."""

    # one fault is enough: to tell of a hundred thousand would take seconds
    messages: Annotated[list[ChatMessage], FailFast()] = Field(
        min_length=1,
        max_length=_MESSAGES,
        examples=[[{"role": "user", "content": "Đến năm 2030 tỉnh có bao nhiêu khu công nghiệp?"}]],
    )
    model: Text | None = Field(default=None, examples=["hoidap"])
    stream: StrictBool | None = None
    stream_options: _StreamOptions | None = None
