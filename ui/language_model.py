"""Turns the setting `HOIDAP_LLM` into a LangChain chat model: the floors below get the model alone.

    openai:MODEL                  OpenAI itself; the key in HOIDAP_LLM_KEY
    ollama:MODEL                  Ollama on this machine
    http://host:port/v1#MODEL     any server that speaks OpenAI's protocol: llama.cpp, vLLM, LM Studio, …

Only the address that was set is spoken to: no redirect is followed, no other OPENAI_* variable is read for an
address or a key, and what goes to this machine itself never passes a proxy.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpus.errors import LanguageModelError, SettingsError

if TYPE_CHECKING:
    from langchain_core.exceptions import ModelError
    from langchain_core.language_models import BaseChatModel

_KNOWN = {"openai": "https://api.openai.com/v1", "ollama": "http://127.0.0.1:11434/v1"}
_EXAMPLES = "HOIDAP_LLM=ollama:qwen3, openai:gpt-5-mini hoặc http://127.0.0.1:8080/v1#ten-mo-hinh"
_NO_KEY = "none"  # the client wants one; a server without keys does not look at it
_CONNECT_SECONDS = 10.0
_RETRIES = 2  # of one request, with growing pauses, where the server is busy or does not answer
_SHOWN = 300  # characters of what a server said that a user is shown


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Which model, and where it is asked."""

    url: str
    model: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def local(self) -> bool:
        """Whether what is sent stays on this machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def encrypted(self) -> bool:
        return self.url.startswith("https:")


def endpoint(setting: str | None) -> Endpoint:
    """The endpoint a setting names. Raises SettingsError saying what it may be."""
    if not setting:
        raise SettingsError(f"Chưa chọn mô hình ngôn ngữ. Hãy đặt, ví dụ: {_EXAMPLES}.")
    kind, _, model = setting.partition(":")
    if kind in _KNOWN and model.strip():
        return Endpoint(_KNOWN[kind], model.strip())
    url, _, model = setting.partition("#")
    if not model.strip() or not _is_address(url):
        raise SettingsError(f"HOIDAP_LLM không đúng dạng. Được dùng: {_EXAMPLES}; khóa đặt ở HOIDAP_LLM_KEY.")
    return Endpoint(url.rstrip("/"), model.strip())


def _is_address(url: str) -> bool:
    """Whether it is an http address and no more: a password in it would be printed with it."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and "@" not in parts.netloc
            and not parts.query
            and parts.port != 0
            and url.isprintable()
            and " " not in url
        )
    except ValueError:
        return False


@contextmanager
def chat_model(
    where: Endpoint, key: str | None, seconds: int, retries: int = _RETRIES
) -> Iterator[BaseChatModel]:
    """The model, for as long as the block runs; `seconds` is how long one answer may take.

    Its calls raise LangChain's ModelError, whatever is wrong with the server; `explained` puts that in words.
    Raises SettingsError where the key is missing or the package is not installed.
    """
    if key is None and where.url == _KNOWN["openai"]:
        raise SettingsError("Mô hình của OpenAI cần khóa. Hãy đặt khóa vào biến môi trường HOIDAP_LLM_KEY.")
    try:
        import langchain_openai  # noqa: F401  # asked for here, where its absence can be told
        import openai
    except ImportError as error:
        raise SettingsError(
            "Chưa cài phần nối với mô hình ngôn ngữ. Hãy chạy: pip install 'hoidap[llm]'"
        ) from error
    logging.getLogger("openai").setLevel(logging.WARNING)  # OPENAI_LOG=debug would write down what is sent
    timeout = openai.Timeout(float(seconds), connect=_CONNECT_SECONDS)
    road: dict[str, Any] = {
        "timeout": timeout,
        "follow_redirects": False,
        "trust_env": not where.local,
    }
    with openai.DefaultHttpxClient(**road) as connection:
        yield _chat_class()(
            model=where.model,
            base_url=where.url,
            api_key=key or _NO_KEY,
            timeout=timeout,
            max_retries=retries,
            http_client=connection,
            http_async_client=openai.DefaultAsyncHttpxClient(**road),
            openai_proxy=None,
            use_responses_api=False,
            cache=False,
        )


def _chat_class() -> Any:
    """ChatOpenAI, with everything a server can do wrong told as LangChain's ModelError."""
    from langchain_core import exceptions as known
    from langchain_core.messages import BaseMessage
    from langchain_core.outputs import ChatGenerationChunk, ChatResult
    from langchain_openai import ChatOpenAI

    class Chat(ChatOpenAI):
        def _generate(self, messages: list[BaseMessage], *rest: Any, **options: Any) -> ChatResult:
            with _model_errors():
                result = super()._generate(messages, *rest, **options)
            if not result.generations:
                raise known.ModelAPIError("not an answer of OpenAI's protocol: no choices")
            _refuse_cut_off(result.generations[0].generation_info)
            return result

        def _stream(self, *args: Any, **options: Any) -> Iterator[ChatGenerationChunk]:
            with _model_errors():
                for chunk in super()._stream(*args, **options):
                    _refuse_cut_off(chunk.generation_info)
                    yield chunk

    return Chat


def _refuse_cut_off(about: dict[str, Any] | None) -> None:
    from langchain_core.exceptions import ContextOverflowError

    if (about or {}).get("finish_reason") == "length":
        raise ContextOverflowError("the answer was cut off at the model's limit")


@contextmanager
def _model_errors() -> Iterator[None]:
    """Tells everything a server can do wrong as LangChain's ModelError."""
    import httpx
    import openai
    from langchain_core import exceptions as known

    try:
        yield
    except openai.LengthFinishReasonError as error:
        raise known.ContextOverflowError("the answer was cut off at the model's limit") from error
    except openai.ContentFilterFinishReasonError as error:
        raise known.ModelInvalidRequestError("the answer was filtered") from error
    except openai.APIError as error:
        if isinstance(error, known.ModelError):
            raise
        raise known.ModelInvalidRequestError(str(error)) from error
    except httpx.TimeoutException as error:  # in the middle of a stream the client passes these on
        raise known.ModelTimeoutError(str(error)) from error
    except httpx.TransportError as error:
        raise known.ModelConnectionError(str(error)) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise known.ModelAPIError(f"not an answer of OpenAI's protocol: {error}") from error


def explained(error: ModelError, where: Endpoint, key: str | None) -> LanguageModelError:
    """The error for the user: what is wrong and what to do, never the key."""
    from langchain_core import exceptions as known

    said = " ".join(str(error).replace(key or "\0", "…").split())[:_SHOWN]
    place = f"Mô hình “{where.model}” tại {where.url}"
    advice: dict[type[ModelError], str] = {
        known.ModelAuthenticationError: "không nhận khóa. Hãy kiểm tra HOIDAP_LLM_KEY",
        known.ModelPermissionDeniedError: "không cho khóa này dùng. Hãy kiểm tra HOIDAP_LLM_KEY",
        known.ModelNotFoundError: "không có. Hãy kiểm tra tên mô hình và địa chỉ trong HOIDAP_LLM",
        known.ModelRateLimitError: "đang quá tải hoặc hết hạn mức. Hãy đợi rồi chạy lại",
        known.ModelTimeoutError: "quá lâu không trả lời. Hãy chạy lại, hoặc tăng HOIDAP_LLM_SECONDS",
        known.ModelConnectionError: "không nối được. Hãy kiểm tra địa chỉ, và máy chủ có đang chạy không",
        known.ModelAPIError: "gặp lỗi ở máy chủ. Hãy xem nhật ký của máy chủ rồi chạy lại",
        known.ModelInvalidRequestError: "từ chối các yêu cầu. Hãy chọn mô hình khác trong HOIDAP_LLM",
    }
    told = next((text for kind, text in advice.items() if isinstance(error, kind)), "không dùng được")
    return LanguageModelError(f"{place} {told}. Phần đã ghi không mất. (Máy chủ: {said})")
