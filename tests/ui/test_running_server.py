"""A command asks the server that runs, if it serves the same: then the output is the same as without it."""

from __future__ import annotations

import gc
import json
import socket
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import pytest
import uvicorn

from ui import opening
from ui.cli import main
from ui.running_server import Said, post

if TYPE_CHECKING:
    from pathlib import Path

    from answer.pipeline import Answerer
    from retriever.encoder import TokenEncoder
    from ui.settings import Settings

PARKS = "Đến năm 2030 có bao nhiêu khu công nghiệp?"
BODY = {"question": PARKS, "k": 10}
COMMANDS = [
    ["search", "-k", "10", PARKS],
    ["search", "--as-of", "2026-06-30", "khach du lich 2026"],
    ["ask", PARKS],
    ["ask", "--after", PARKS, "còn sau năm 2030?"],
    ["ask", "--as-of", "2020-01-01", PARKS],
    ["ask", "giá vé máy bay đi Tokyo"],
]


@contextmanager
def listening(answerer: Answerer, settings: Settings) -> Iterator[int]:
    """The port of a real server over this index, in a thread."""
    from ui.api import create_app

    with warnings.catch_warnings():
        # Gradio leaves event loops open while a page is put together
        warnings.simplefilter("ignore", ResourceWarning)
        app = create_app(answerer, settings)
        gc.collect()
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield door.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def there(answerer: Answerer, settings: Settings) -> Iterator[Settings]:
    """The settings of a command line that finds the server."""
    with listening(answerer, settings) as port:
        yield replace(settings, host="127.0.0.1", port=port)


@pytest.fixture
def told(there: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands read the same settings."""
    monkeypatch.setenv("HOIDAP_HOST", there.host)
    monkeypatch.setenv("HOIDAP_PORT", str(there.port))


@pytest.fixture(scope="module")
def fresh(settings: Settings) -> TokenEncoder:
    """An encoder that the server does not share; the commands do, so as not to load one each."""
    return opening.light_encoder(settings)


def refuse(settings: Settings) -> NoReturn:
    raise AssertionError("the index was opened although a server runs")


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("form", [[], ["--json"]], ids=["text", "json"])
def test_the_output_is_the_same_with_a_server_and_without(
    command: list[str],
    form: list[str],
    fresh: TokenEncoder,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name, *rest = command
    monkeypatch.setattr(opening, "light_encoder", lambda settings: fresh)
    here = main([name, "--local", *form, *rest]), printed(capsys, form)
    monkeypatch.setattr(opening, "open_searcher", refuse)
    assert (main([name, *form, *rest]), printed(capsys, form)) == here


def printed(capsys: pytest.CaptureFixture[str], form: list[str]) -> object:
    """What a command printed, all but how long it took."""
    out = capsys.readouterr().out
    if not form:
        return out
    line = json.loads(out)
    assert line.pop("latency_ms")
    assert out == json.dumps(json.loads(out), ensure_ascii=False) + "\n"
    return line


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("command", [["search", " "], ["ask", ""], ["search", "-k", "500", PARKS]])
def test_what_a_server_refuses_is_for_the_command_itself(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with_server = main(command), capsys.readouterr()
    assert with_server == (main([*command, "--local"]), capsys.readouterr())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0", ""])
def test_a_server_is_asked_wherever_it_listens_on_this_machine(host: str, there: Settings) -> None:
    said = post(replace(there, host=host), "/v1/search", BODY, as_json=True)
    assert isinstance(said, Said)
    assert len(json.loads(said.text)["passages"]) == BODY["k"]


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "may-chu.example", "127.0.0.1.example"])
def test_no_other_machine_is_asked(host: str, there: Settings) -> None:
    reached: list[str] = []
    watching = True

    def watch(event: str, args: tuple[object, ...]) -> None:
        if watching and event in {"socket.connect", "socket.getaddrinfo"}:
            reached.append(event)

    sys.addaudithook(watch)
    assert post(replace(there, host=host), "/v1/search", BODY, as_json=True) is None
    watching = False
    assert reached == []


def test_a_server_over_another_index_is_not_asked(there: Settings, tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    assert post(replace(there, data=tmp_path), "/v1/search", BODY, as_json=True) is None  # none here
    (tmp_path / "index" / "CURRENT").write_text("index-khac\n")
    assert post(replace(there, data=tmp_path), "/v1/search", BODY, as_json=True) is None


def test_a_server_with_another_model_is_not_asked(there: Settings) -> None:
    assert post(replace(there, model="/mo-hinh/khac"), "/v1/search", BODY, as_json=True) is None


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[1, 2, 3]",
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xff\xfe",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{}",
        b"HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\n{}",
    ],
    ids=["nothing", "another protocol", "a list", "no text", "cut short", "an error"],
)
def test_whatever_else_listens_there_is_left_alone(said: bytes, there: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:

        def speak() -> None:
            with door.accept()[0] as visitor:
                visitor.recv(4096)
                visitor.sendall(said)

        thread = threading.Thread(target=speak)
        thread.start()
        port = door.getsockname()[1]
        assert post(replace(there, port=port), "/v1/search", BODY, as_json=True) is None
        thread.join()


def test_a_silent_listener_costs_little(there: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        began = time.monotonic()
        silent = replace(there, port=door.getsockname()[1])
        assert post(silent, "/v1/search", BODY, as_json=True) is None
        assert time.monotonic() - began < 3


def test_nobody_there_costs_nothing(there: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = replace(there, port=free.getsockname()[1])
        began = time.monotonic()
        assert post(nobody, "/v1/search", BODY, as_json=True) is None
        assert time.monotonic() - began < 0.5
