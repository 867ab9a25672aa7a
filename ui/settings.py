"""Reads the environment and one TOML file at the door; every package below gets plain values.

Environment            settings.toml   meaning
HOIDAP_DATA            -               what an office adds: documents, settings.toml, the index
HOIDAP_CACHE           cache           what can be made again: the unpacked model
HOIDAP_MODEL           model           another sentence-transformers model: a folder or a name
HOIDAP_RERANKER        reranker        a sentence-transformers CrossEncoder that reads the best passages again
HOIDAP_HOST            host            address the server listens on
HOIDAP_PORT            port            its port
HOIDAP_FILE_SECONDS    file_seconds    seconds that reading one file may take
HOIDAP_FILE_MEMORY_MB  file_memory_mb  megabytes of memory that each process reading it may take
HOIDAP_LLM             llm             a language model: openai:MODEL, ollama:MODEL or http://host:port/v1#MODEL
HOIDAP_LLM_KEY         -               its key: never in a file, never shown
HOIDAP_LLM_SECONDS     llm_seconds     seconds that one answer of it may take, in hoidap enrich
HOIDAP_LLM_ANSWER_SECONDS   llm_answer_seconds   the same while a reader waits; the first sentence a third
HOIDAP_ORIGINS         origins         web sites whose pages may call the server: https://a.vn, https://b.vn;
                                       * opens what only reads (citations, search, documents) to all sites
HOIDAP_WIDGET_KEY      widget_key      the public key that calls from other sites must name
HOIDAP_PROXIES         proxies         reverse proxies in front: so many X-Forwarded-For entries are believed
HOIDAP_CITATIONS_PER_MINUTE  citations_per_minute  calls that read, of one client; 0: without limit
HOIDAP_ASKS_PER_MINUTE       asks_per_minute       questions of one client; 0: without limit

The environment wins over the file, which lies in the data folder.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import SettingsError

HOST = "127.0.0.1"
PORT = 7860
FILE_SECONDS = 1800  # a scan of some hundred pages
FILE_MEMORY_MB = 2048
LLM_SECONDS = 300  # a small model on a slow machine
LLM_ANSWER_SECONDS = 60
_LEAST_ANSWER_SECONDS = 3
_LEAST_MEMORY_MB = 256  # less does not hold the readers themselves
CITATIONS_PER_MINUTE = 600
ASKS_PER_MINUTE = 60
_ORIGIN = re.compile(r"https?://(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")
_FILE_KEYS = frozenset(
    "cache model host port file_seconds file_memory_mb llm llm_seconds llm_answer_seconds reranker "
    "origins widget_key proxies citations_per_minute asks_per_minute".split()
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, with its defaults filled in."""

    data: Path
    cache: Path
    model: str | None = None  # None: the bundled model
    host: str = HOST
    port: int = PORT
    file_seconds: int = FILE_SECONDS
    file_memory_mb: int = FILE_MEMORY_MB
    llm: str | None = None  # None: no language model
    llm_key: str | None = field(default=None, repr=False)
    llm_seconds: int = LLM_SECONDS
    llm_answer_seconds: int = LLM_ANSWER_SECONDS
    reranker: str | None = None  # None: nothing is read again
    origins: tuple[str, ...] = ()  # of other sites' pages: "https://a.vn"; "*" for what only reads
    widget_key: str | None = None  # None: other sites' pages need none
    proxies: int = 0  # reverse proxies in front whose word on the client's address is taken
    citations_per_minute: int = CITATIONS_PER_MINUTE  # of one client; 0: without limit
    asks_per_minute: int = ASKS_PER_MINUTE

    @property
    def index(self) -> Path:
        """Where the index lies."""
        return self.data / "index"

    @property
    def readings(self) -> Path:
        """Where what was read of each file is kept, so that it is not read again."""
        return self.data / "readings"

    @property
    def manifest(self) -> Path:
        """The office's own manifest; it need not exist."""
        return self.data / "documents" / "manifest.toml"

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings in force. Raises SettingsError naming the setting and what it may be."""
        home = Path(environment.get("HOME") or Path.home())
        data = _folder(environment, "HOIDAP_DATA", "XDG_DATA_HOME", home / ".local" / "share")
        file = _read_file(data / "settings.toml")
        cache = _folder(environment, "HOIDAP_CACHE", "XDG_CACHE_HOME", home / ".cache")
        if "HOIDAP_CACHE" not in environment and "cache" in file:
            cache = Path(str(file["cache"])).expanduser()
        return cls(
            data=data,
            cache=cache,
            model=environment.get("HOIDAP_MODEL") or file.get("model") or None,
            reranker=environment.get("HOIDAP_RERANKER") or file.get("reranker") or None,
            host=str(environment.get("HOIDAP_HOST") or file.get("host") or HOST),
            port=port_number(environment.get("HOIDAP_PORT") or file.get("port") or PORT, "HOIDAP_PORT"),
            file_seconds=_limit(environment, file, "HOIDAP_FILE_SECONDS", FILE_SECONDS, 1),
            file_memory_mb=_limit(
                environment, file, "HOIDAP_FILE_MEMORY_MB", FILE_MEMORY_MB, _LEAST_MEMORY_MB
            ),
            llm=str(environment.get("HOIDAP_LLM") or file.get("llm") or "").strip() or None,
            llm_key=_key(environment),
            llm_seconds=_limit(environment, file, "HOIDAP_LLM_SECONDS", LLM_SECONDS, 1),
            llm_answer_seconds=_limit(
                environment, file, "HOIDAP_LLM_ANSWER_SECONDS", LLM_ANSWER_SECONDS, _LEAST_ANSWER_SECONDS
            ),
            origins=_origins(environment.get("HOIDAP_ORIGINS") or file.get("origins") or ()),
            widget_key=_widget_key(environment.get("HOIDAP_WIDGET_KEY") or file.get("widget_key") or ""),
            proxies=_limit(environment, file, "HOIDAP_PROXIES", 0, 0),
            citations_per_minute=_limit(
                environment, file, "HOIDAP_CITATIONS_PER_MINUTE", CITATIONS_PER_MINUTE, 0
            ),
            asks_per_minute=_limit(environment, file, "HOIDAP_ASKS_PER_MINUTE", ASKS_PER_MINUTE, 0),
        )


def port_number(value: object, name: str) -> int:
    """A TCP port. Raises SettingsError for anything else."""
    try:
        port = int(str(value))
    except ValueError:
        port = -1
    if not 0 < port < 65536:
        raise SettingsError(f"{name} phải là số cổng từ 1 đến 65535, không phải “{value}”.")
    return port


def quiet_environment() -> None:
    """No request may leave the machine. Call before importing Gradio or loading a model."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["LANGSMITH_TRACING"] = "false"
    os.environ["LANGCHAIN_TRACING_V2"] = "false"
    os.environ["FASTAPI_OTEL_AUTO_CONFIGURE"] = "false"
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _key(environment: Mapping[str, str]) -> str | None:
    """The key of the language model. Raises SettingsError, without showing it, where it can be none."""
    key = environment.get("HOIDAP_LLM_KEY", "").strip()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise SettingsError("HOIDAP_LLM_KEY có ký tự không thể có trong khóa. Hãy chép lại khóa.")
    return key or None


def _origins(value: object) -> tuple[str, ...]:
    """Origins as a browser names them, from a list or from words with commas or spaces between.

    Raises SettingsError for what no browser would send.
    """
    words = value if isinstance(value, list | tuple) else str(value).replace(",", " ").split()
    origins = tuple(dict.fromkeys(str(word).strip().lower().removesuffix("/") for word in words))
    for origin in origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise SettingsError(
                f"HOIDAP_ORIGINS phải gồm tên các trang web, ví dụ https://langson.gov.vn, hoặc *; không "
                f"phải “{origin}”. Không ghi đường dẫn sau tên miền; tên miền có dấu thì viết dạng xn--."
            )
    return origins


def _widget_key(value: object) -> str | None:
    """The public key. Raises SettingsError where it could not stand in a header."""
    key = str(value).strip()
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise SettingsError("HOIDAP_WIDGET_KEY chỉ được gồm chữ không dấu, số và dấu, không có dấu cách.")
    return key or None


def _folder(environment: Mapping[str, str], own: str, xdg: str, default: Path) -> Path:
    if value := environment.get(own):
        return Path(value).expanduser().absolute()
    base = environment.get(xdg)
    return (Path(base) if base and Path(base).is_absolute() else default) / "hoidap"


def _limit(
    environment: Mapping[str, str], file: Mapping[str, Any], name: str, default: int, least: int
) -> int:
    """A whole number of at least `least`. Raises SettingsError for anything else."""
    value = environment.get(name) or file.get(name.removeprefix("HOIDAP_").lower(), default)
    try:
        number = int(str(value))
    except ValueError:
        number = -1
    if number < least:
        raise SettingsError(f"{name} phải là số nguyên từ {least} trở lên, không phải “{value}”.")
    return number


def _read_file(file: Path) -> Mapping[str, Any]:
    if not file.is_file():
        return {}
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"Không đọc được {file}: {error}. Hãy sửa hoặc xóa tệp này.") from error
    if unknown := sorted(set(values) - _FILE_KEYS):
        raise SettingsError(
            f"{file}: thiết lập lạ {', '.join(unknown)}. Được dùng: {', '.join(sorted(_FILE_KEYS))}."
        )
    return values
