"""What programs get, as /v1/openapi.json describes it; the values themselves are made elsewhere."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from answer.answer import Status
from corpus.document import TextKind
from corpus.relation import RelationKind, State
from retriever.lookup import LookupStatus


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """Lỗi theo RFC 9457."""

    type: str = Field(examples=["urn:hoidap:problem:invalid"])
    title: str = Field(examples=["Yêu cầu không đúng dạng"])
    status: int = Field(examples=[422])
    detail: str = Field(
        description="Điều gì sai, và làm gì tiếp theo.",
        examples=["Yêu cầu không đúng dạng ở: text. Xem mô tả ở /v1/openapi.json."],
    )
    instance: str = Field(examples=["/v1/citations"])


class Validity(_Closed):
    """Hiệu lực vào ngày được hỏi."""

    state: State
    by: str | None
    since: str | None = Field(alias="from")


class ProvisionText(_Closed):
    """Lời văn, nơi đứng, và dòng để dán vào văn bản."""

    heading_path: list[str]
    text: str
    citation: str
    kind: TextKind
    caveat: str | None


class Missing(_Closed):
    """Cấp không có trong văn bản, và những gì có ở đó."""

    level: str
    asked: str
    available: list[str]
    under: str


class Candidate(_Closed):
    """Một chỗ có thể là chỗ được dẫn."""

    document: str
    address: str
    permalink: str
    normal: str
    why: str


class MentionedAt(_Closed):
    """Nơi nhắc đến một văn bản chưa có."""

    document: str
    address: str
    permalink: str
    normal: str
    text: str


class FoundCitation(_Closed):
    """Một trích dẫn và kết quả tra; `span` đếm mã ký tự (code point) của văn bản đã gửi."""

    span: Annotated[list[int], Field(min_length=2, max_length=2)]
    text: str
    normal: str
    short: str
    status: LookupStatus
    message: str
    document: str | None
    address: str | None
    permalink: str | None
    provision: ProvisionText | None
    missing: Missing | None
    validity: Validity | None
    candidates: list[Candidate]
    mentions: list[MentionedAt]


class FoundCitations(_Closed):
    """Mọi trích dẫn tìm thấy, theo thứ tự; rỗng khi không có."""

    citations: list[FoundCitation]


class FoundPassage(_Closed):
    """Một đoạn tìm được."""

    rank: int
    document: str
    address: str
    citation: str
    text: str
    score: float
    permalink: str


class SearchLine(_Closed):
    """Kết quả tìm, đoạn gần nhất đứng đầu."""

    id: str
    passages: list[FoundPassage]
    answer: None
    latency_ms: dict[str, float]


class AnswerSentence(_Closed):
    """Một câu của câu trả lời, và số của các nguồn nó dựa vào."""

    text: str
    citations: list[int]


class AnswerSource(_Closed):
    """Một nguồn của câu trả lời."""

    n: int
    document: str
    address: str
    citation: str
    text: str
    permalink: str
    label: str
    caveat: str | None


class ToldAnswer(_Closed):
    """Câu trả lời; `text` là bản để dán, kèm số nguồn."""

    status: Status
    text: str
    sentences: list[AnswerSentence]
    citations: list[AnswerSource]
    note: str | None
    understood: str | None
    written_by: str | None = None
    count: int | None = None


class AnswerLine(_Closed):
    """Câu trả lời và mọi đoạn đã tìm."""

    id: str
    passages: list[FoundPassage]
    answer: ToldAnswer
    latency_ms: dict[str, float]
    confidence: float


class DocumentInfo(_Closed):
    """Một văn bản trong kho; null ở chỗ bản đang có để trống."""

    id: str
    name: str
    type: str
    number: str | None
    issuer: str
    date: str | None
    title: str
    signer: str | None
    kind: TextKind
    caveat: str | None
    source: str
    provisions: int
    page: str
    validity: Validity


class Branch(_Closed):
    """Một điều khoản trong cây của văn bản."""

    address: str
    permalink: str
    label: str
    heading: str | None
    children: list[Branch]


class Related(_Closed):
    """Một lần văn bản nhắc đến văn bản khác; `permalink` là null khi văn bản ấy chưa có trong kho."""

    kind: RelationKind
    id: str
    name: str
    permalink: str | None
    place: str
    text: str


class Relations(_Closed):
    """Quan hệ hai chiều: văn bản này nhắc đến ai, ai nhắc đến văn bản này."""

    names: list[Related]
    named_by: list[Related]


class WholeDocument(_Closed):
    """Một văn bản: thông tin, cây điều khoản, quan hệ."""

    document: DocumentInfo
    permalink: str
    tree: list[Branch]
    relations: Relations
    warnings: list[str]


class Child(_Closed):
    """Một phần ngay bên dưới."""

    address: str
    permalink: str
    normal: str
    heading: str | None


class OneProvision(ProvisionText):
    """Một điều khoản: toàn văn, cách dẫn, hiệu lực, các phần bên dưới."""

    document: DocumentInfo
    address: str
    permalink: str
    normal: str
    children: list[Child]
    validity: Validity


class Health(_Closed):
    """Máy chủ đang chạy."""

    status: Literal["ok"]
    documents: int
    passages: int
    serves: str


class Ready(_Closed):
    """Máy chủ nhận thêm câu hỏi; `current` là false khi đã có chỉ mục mới hơn, cần khởi động lại."""

    status: Literal["ready"]
    current: bool


class CompletionMessage(BaseModel):
    """Câu trả lời, nguồn ở cuối như chú thích."""

    role: Literal["assistant"]
    content: str


class Choice(BaseModel):
    """Luôn chỉ có một."""

    index: int
    message: CompletionMessage
    finish_reason: Literal["stop"]


class Completion(BaseModel):
    """Như `chat.completion` của OpenAI."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: dict[str, int]


class ModelInfo(BaseModel):
    """Như của OpenAI."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelList(BaseModel):
    """Như của OpenAI: chỉ có một."""

    object: Literal["list"]
    data: list[ModelInfo]
