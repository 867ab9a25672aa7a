"""Asks the server that runs on this machine, where it serves the same: then there is no model to load."""

from __future__ import annotations

import hashlib
import http.client
import ipaddress
import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass

from corpus.code import digest
from retriever.pointer import in_use
from ui.settings import Settings

_CONNECT_SECONDS = 0.2
_HEALTH_SECONDS = 1.0  # a server that is busy with a question still says so
_ANSWER_SECONDS = 120.0
_CODE = ("answer.pipeline", "ui.answer_values", "ui.terminal")  # what is found, answered and printed
_HERE = {"": "127.0.0.1", "localhost": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "::1"}
STATUS_HEADER = "X-Answer-Status"


@dataclass(frozen=True, slots=True)
class Said:
    """What a server answered: text to print, or the body as JSON; the status of an answer, "" of a search."""

    text: str
    status: str


def serving(folder: str, settings: Settings) -> str:
    """The same word for a server and a command line that would say the same of every question.

    `folder`: the name of the index's folder, another for every build.
    """
    models = (settings.model, settings.reranker, settings.llm)
    said = "\n".join(map(str, (folder, *models, digest(_CODE))))
    return hashlib.sha256(said.encode()).hexdigest()


def post(settings: Settings, path: str, body: Mapping[str, object], *, as_json: bool) -> Said | None:
    """What the running server answers; None where none runs here, it serves something else or fails."""
    address, folder = _loopback(settings.host), in_use(settings.index)
    if address is None or folder is None:
        return None
    try:
        with _connected(address, settings.port) as connection:
            if _health(connection).get("serves") != serving(folder, settings):
                return None
            seconds = _ANSWER_SECONDS + (settings.llm_answer_seconds if settings.llm else 0)
            return _posted(connection, path, body, as_json, seconds)
    except (OSError, http.client.HTTPException, ValueError):
        return None


@contextmanager
def _connected(address: str, port: int) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(address, port, timeout=_CONNECT_SECONDS)  # no proxy comes between
    with closing(connection):
        connection.connect()
        yield connection


def _health(connection: http.client.HTTPConnection) -> Mapping[str, object]:
    _wait(connection, _HEALTH_SECONDS)
    connection.request("GET", "/healthz")
    said = json.loads(connection.getresponse().read())
    return said if isinstance(said, dict) else {}


def _posted(
    connection: http.client.HTTPConnection,
    path: str,
    body: Mapping[str, object],
    as_json: bool,
    seconds: float,
) -> Said | None:
    _wait(connection, seconds)
    wanted = "application/json" if as_json else "text/plain"
    headers = {"Content-Type": "application/json", "Accept": wanted}
    connection.request("POST", path, json.dumps(body).encode(), headers)
    response = connection.getresponse()
    text = response.read().decode()
    if response.status != http.client.OK or response.headers.get_content_type() != wanted:
        return None
    return Said(text, response.headers.get(STATUS_HEADER, ""))


def _wait(connection: http.client.HTTPConnection, seconds: float) -> None:
    """How long the next answer may take; a connection that the server closed is opened anew as quickly."""
    connection.timeout = seconds
    if connection.sock is not None:
        connection.sock.settimeout(seconds)


def _loopback(host: str) -> str | None:
    """This machine's own address where a server listening at `host` answers; None where there is none."""
    address = _HERE.get(host, host)
    try:
        return address if ipaddress.ip_address(address).is_loopback else None
    except ValueError:
        return None
