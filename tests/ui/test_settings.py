"""Where settings come from, and what is said about wrong ones."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from ui.settings import Settings, port_number, quiet_environment


def read(environment: Mapping[str, str], home: Path) -> Settings:
    return Settings.read({"HOME": str(home), **environment})


def test_defaults(tmp_path: Path) -> None:
    settings = read({}, tmp_path)
    assert settings == Settings(
        data=tmp_path / ".local" / "share" / "hoidap",
        cache=tmp_path / ".cache" / "hoidap",
        model=None,
        host="127.0.0.1",
        port=7860,
    )
    assert (settings.origins, settings.widget_key, settings.proxies) == ((), None, 0)
    assert (settings.citations_per_minute, settings.asks_per_minute) == (600, 60)
    assert settings.index == settings.data / "index"
    assert settings.manifest == settings.data / "documents" / "manifest.toml"


@pytest.mark.parametrize(
    ("environment", "data"),
    [
        ({"HOIDAP_DATA": "/srv/hoidap"}, "/srv/hoidap"),
        ({"XDG_DATA_HOME": "/srv/data"}, "/srv/data/hoidap"),
        ({"XDG_DATA_HOME": "/srv/data", "HOIDAP_DATA": "/srv/own"}, "/srv/own"),
        ({"HOIDAP_DATA": "", "XDG_DATA_HOME": "/srv/data"}, "/srv/data/hoidap"),
        ({"XDG_DATA_HOME": "relative"}, "HOME/.local/share/hoidap"),  # not absolute: to be passed over
    ],
)
def test_the_data_folder(environment: dict[str, str], data: str, tmp_path: Path) -> None:
    assert read(environment, tmp_path).data == Path(data.replace("HOME", str(tmp_path)))


def test_a_relative_data_folder_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert read({"HOIDAP_DATA": "du-lieu"}, tmp_path).data == tmp_path / "du-lieu"


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read({"HOIDAP_CACHE": "~/tam"}, tmp_path).cache == tmp_path / "tam"


def test_the_file_in_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        'model = "khac/mo-hinh"\nhost = "0.0.0.0"\nport = 8080\ncache = "/srv/tam"\n', encoding="utf-8"
    )
    settings = read({"HOIDAP_DATA": str(tmp_path)}, tmp_path)
    assert (settings.model, settings.host, settings.port) == ("khac/mo-hinh", "0.0.0.0", 8080)
    assert settings.cache == Path("/srv/tam")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('model = "a"\nhost = "b"\nport = 1\ncache = "/c"\n')
    own = {"HOIDAP_MODEL": "x", "HOIDAP_HOST": "::1", "HOIDAP_PORT": "2", "HOIDAP_CACHE": "/z"}
    settings = read({"HOIDAP_DATA": str(tmp_path), **own}, tmp_path)
    assert settings == Settings(tmp_path, Path("/z"), "x", "::1", 2)


def test_empty_values_count_as_not_set(tmp_path: Path) -> None:
    settings = read({"HOIDAP_MODEL": "", "HOIDAP_HOST": "", "HOIDAP_PORT": ""}, tmp_path)
    assert (settings.model, settings.host, settings.port) == (None, "127.0.0.1", 7860)


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "80.5", "99999999999"])
def test_a_port_that_is_none(port: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"HOIDAP_PORT phải là số cổng từ 1 đến 65535") as refused:
        read({"HOIDAP_PORT": port}, tmp_path)
    assert refused.value.exit_code == 78


@pytest.mark.parametrize(("value", "port"), [("1", 1), (65535, 65535), ("7860", 7860)])
def test_ports(value: object, port: int) -> None:
    assert port_number(value, "--port") == port


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"port = ", r"Không đọc được .*settings\.toml.*Hãy sửa hoặc xóa"),
        (b"\xff\xfe", r"Không đọc được .*settings\.toml.*Hãy sửa hoặc xóa"),
        (
            b"cong = 80\nport = 1",
            r"settings\.toml: thiết lập lạ cong\. Được dùng: asks_per_minute, .*port",
        ),
        (b"port = 0.5", r"phải là số cổng"),
    ],
    ids="syntax encoding unknown-key value".split(),
)
def test_a_file_that_cannot_be_used(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    with pytest.raises(SettingsError, match=message):
        read({"HOIDAP_DATA": str(tmp_path)}, tmp_path)


@pytest.mark.parametrize(
    ("value", "origins"),
    [
        ("", ()),
        ("*", ("*",)),
        ("https://langson.gov.vn", ("https://langson.gov.vn",)),
        ("https://A.vn/, http://b.vn:8080  https://a.vn", ("https://a.vn", "http://b.vn:8080")),
        ("http://[2001:db8::1]:80", ("http://[2001:db8::1]:80",)),
    ],
)
def test_origins(value: str, origins: tuple[str, ...], tmp_path: Path) -> None:
    assert read({"HOIDAP_ORIGINS": value}, tmp_path).origins == origins


@pytest.mark.parametrize(
    "value", ["langson.gov.vn", "https://a.vn/trang", "https://*.vn", "https://lạngsơn.vn", "null", "a@b"]
)
def test_origins_that_no_browser_sends(value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="HOIDAP_ORIGINS phải gồm tên các trang web") as refused:
        read({"HOIDAP_ORIGINS": value}, tmp_path)
    assert value in str(refused.value)


@pytest.mark.parametrize("key", ["có dấu", "a b", "a\tb", "a\x00b"])
def test_a_public_key_that_no_header_holds(key: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="HOIDAP_WIDGET_KEY chỉ được gồm"):
        read({"HOIDAP_WIDGET_KEY": key}, tmp_path)


@pytest.mark.parametrize("name", ["HOIDAP_PROXIES", "HOIDAP_CITATIONS_PER_MINUTE", "HOIDAP_ASKS_PER_MINUTE"])
@pytest.mark.parametrize("value", ["-1", "1.5", "nhiều"])
def test_counts_that_are_none(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"{name} phải là số nguyên từ 0 trở lên"):
        read({name: value}, tmp_path)


def test_who_may_call_is_read_from_the_file_too(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        'origins = ["https://a.vn", "*"]\nwidget_key = "cong-khai"\nproxies = 2\n'
        "citations_per_minute = 0\nasks_per_minute = 5\n"
    )
    settings = read({"HOIDAP_DATA": str(tmp_path), "HOIDAP_PROXIES": "0"}, tmp_path)
    assert (settings.origins, settings.widget_key) == (("https://a.vn", "*"), "cong-khai")
    assert (settings.proxies, settings.citations_per_minute, settings.asks_per_minute) == (0, 0, 5)


def test_nothing_is_allowed_to_call_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GRADIO_ANALYTICS_ENABLED", "HF_HUB_OFFLINE", "LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "on")
    quiet_environment()
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert os.environ["LANGSMITH_TRACING"] == os.environ["LANGCHAIN_TRACING_V2"] == "false"
