"""The setting that names a language model, and what its server can do wrong."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelError,
    ModelInvalidRequestError,
    ModelNotFoundError,
    ModelTimeoutError,
)

from corpus.errors import SettingsError
from tests.data.openai_server import Answer, Reply, chat, good, refusal, serving
from ui.language_model import Endpoint, chat_model, endpoint, explained
from ui.settings import Settings

KEY = "sk-rat-bi-mat-123"
SCHEMA = {"title": "x", "type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}


@pytest.mark.parametrize(
    ("setting", "url", "model", "local"),
    [
        ("openai:gpt-5-mini", "https://api.openai.com/v1", "gpt-5-mini", False),
        ("ollama:qwen3:8b", "http://127.0.0.1:11434/v1", "qwen3:8b", True),
        ("http://127.0.0.1:8080/v1#gemma", "http://127.0.0.1:8080/v1", "gemma", True),
        ("http://localhost:8080/v1/#org/mo-hinh", "http://localhost:8080/v1", "org/mo-hinh", True),
        ("http://[::1]:8080/v1#m", "http://[::1]:8080/v1", "m", True),
        ("http://10.0.0.5:8080/v1#m", "http://10.0.0.5:8080/v1", "m", False),
        ("https://localhost.vi-du.vn/v1#m", "https://localhost.vi-du.vn/v1", "m", False),
        ("http://127.0.0.1.vi-du.vn/v1#m", "http://127.0.0.1.vi-du.vn/v1", "m", False),
    ],
)
def test_endpoints(setting: str, url: str, model: str, local: bool) -> None:
    where = endpoint(setting)
    assert where == Endpoint(url, model)
    assert where.local is local


@pytest.mark.parametrize(
    "setting",
    [
        "openai:",
        "openai",
        "qwen3",
        "http://127.0.0.1:8080/v1",
        "http://127.0.0.1:8080/v1#",
        "ftp://127.0.0.1/v1#m",
        "http://#m",
        f"http://ten:{KEY}@may.vn/v1#m",
        f"http://may.vn/v1?key={KEY}#m",
        "http://may.vn:99999/v1#m",
        "http://may .vn/v1#m",
    ],
)
def test_settings_that_name_no_model(setting: str) -> None:
    with pytest.raises(SettingsError, match="HOIDAP_LLM=ollama") as refused:
        endpoint(setting)
    assert KEY not in str(refused.value)


def test_no_setting_at_all() -> None:
    with pytest.raises(SettingsError, match="Chưa chọn mô hình ngôn ngữ"):
        endpoint(None)


def test_the_settings_of_the_model(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('llm = "ollama:qwen3"\nllm_seconds = 60\n')
    own = {"HOIDAP_DATA": str(tmp_path), "HOIDAP_LLM_KEY": f" {KEY}\n"}
    settings = Settings.read(own)
    assert (settings.llm, settings.llm_key, settings.llm_seconds) == ("ollama:qwen3", KEY, 60)
    assert KEY not in repr(settings)
    assert Settings.read(own | {"HOIDAP_LLM": "openai:x"}).llm == "openai:x"


@pytest.mark.parametrize("key", ["mậtkhẩu", "mat khau", "mat\nkhau"])
def test_a_key_that_can_be_none(key: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="HOIDAP_LLM_KEY") as refused:
        Settings.read({"HOIDAP_DATA": str(tmp_path), "HOIDAP_LLM_KEY": key})
    assert key not in str(refused.value)


def test_a_key_does_not_belong_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(f'llm_key = "{KEY}"\n')
    with pytest.raises(SettingsError, match="thiết lập lạ llm_key"):
        Settings.read({"HOIDAP_DATA": str(tmp_path)})


def test_without_the_optional_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_openai", None)  # as Python marks what cannot be imported
    with (
        pytest.raises(SettingsError, match=r"pip install 'hoidap\[llm\]'"),
        chat_model(endpoint("ollama:qwen3"), None, 5),
    ):
        pytest.fail("a model without a package")


def test_openai_without_a_key() -> None:
    with (
        pytest.raises(SettingsError, match="HOIDAP_LLM_KEY"),
        chat_model(endpoint("openai:gpt-5-mini"), None, 5),
    ):
        pytest.fail("a model without a key")


def ask(answer: Answer, key: str | None = None, seconds: int = 5, by_schema: bool = True) -> Any:
    """What one question gives, and what the server was sent."""
    with serving(answer) as server, chat_model(Endpoint(server.url, "m"), key, seconds) as model:
        asker = model.with_structured_output(SCHEMA, include_raw=True) if by_schema else model
        return asker.invoke("xin chào"), server


def test_only_the_key_that_was_set_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "khac")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://192.0.2.1/v1")
    monkeypatch.setenv("OPENAI_PROXY", "http://192.0.2.1:3128")
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://192.0.2.1:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    _, server = ask(lambda request, count: chat('{"a": "b"}'), KEY)
    assert server.keys == [f"Bearer {KEY}"]
    _, server = ask(lambda request, count: chat('{"a": "b"}'))
    assert "khac" not in server.keys[0]


def test_a_redirect_is_not_followed() -> None:
    with serving(lambda request, count: chat('{"a": "b"}')) as elsewhere:
        away = Reply("", 307, {"Location": f"{elsewhere.url}/chat/completions"})
        with pytest.raises(ModelError):
            ask(lambda request, count: away)
        assert elsewhere.requests == []


@pytest.mark.parametrize("by_schema", [True, False])
@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (refusal(401, f"Incorrect API key provided: {KEY}"), ModelAuthenticationError),
        (refusal(400), ModelInvalidRequestError),
        (refusal(422), ModelInvalidRequestError),
        (refusal(404), ModelNotFoundError),
        (Reply("<html>Bad gateway</html>", 403), ModelError),
        (Reply("<html>Xin chào</html>"), ModelAPIError),
        (Reply("<html>Xin chào</html>", headers={"Content-Type": "text/html"}), ModelAPIError),
        (Reply('{"choices": '), ModelAPIError),
        (Reply("[]"), ModelAPIError),
        (Reply("null"), ModelAPIError),
        (Reply("{}"), ModelAPIError),
        (Reply('{"choices": null}'), ModelAPIError),
        (Reply('{"choices": []}'), ModelAPIError),
        (Reply('{"choices": [{}]}'), ModelAPIError),
        (Reply('{"error": {"message": "x"}}'), ModelAPIError),
        (chat('{"a": ', "length"), ContextOverflowError),
        (chat("", "content_filter"), None),
    ],
)
def test_every_fault_of_a_server_is_a_model_error(
    reply: Reply, error: type[Exception] | None, by_schema: bool
) -> None:
    if error is None and not by_schema:
        return  # an empty text: nothing is wrong with that
    with pytest.raises(error or ModelInvalidRequestError) as raised:
        ask(lambda request, count: reply, KEY, by_schema=by_schema)
    assert isinstance(raised.value, ModelError)
    told = str(explained(raised.value, Endpoint("http://127.0.0.1:1/v1", "m"), KEY))
    assert KEY not in told
    assert "Mô hình “m” tại http://127.0.0.1:1/v1" in told
    assert "Hãy" in told or "không dùng được" in told


def test_a_busy_server_is_asked_again_a_few_times() -> None:
    answer = lambda request, count: refusal(503) if count == 0 else good_text()  # noqa: E731
    result, server = ask(answer)
    assert result["parsed"] == {"a": "b"}
    assert len(server.requests) == 2
    with (
        serving(lambda request, count: refusal(500)) as server,
        chat_model(Endpoint(server.url, "m"), None, 5) as model,
    ):
        with pytest.raises(ModelAPIError):
            model.invoke("xin chào")
        assert len(server.requests) == 3


def good_text() -> Reply:
    return chat('{"a": "b"}')


def test_a_server_that_hangs() -> None:
    stall = threading.Event()
    with (
        serving(lambda request, count: Reply("", stall=stall)) as server,
        chat_model(Endpoint(server.url, "m"), None, 1) as model,
    ):
        try:
            with pytest.raises(ModelTimeoutError):
                model.invoke("xin chào")
        finally:
            stall.set()


def test_nobody_there() -> None:
    with serving(good) as server:
        pass
    with pytest.raises(ModelConnectionError), chat_model(Endpoint(server.url, "m"), None, 5) as model:
        model.invoke("xin chào")
