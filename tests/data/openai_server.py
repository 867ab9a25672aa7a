"""A server on this machine that speaks OpenAI's protocol and answers what a test tells it to."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

QUESTIONS = ("Ai lo việc {} này?", "Việc {} làm ở đâu?", "Bao giờ xong việc {}?", "Ai được việc {}?")


@dataclass(frozen=True)
class Reply:
    """What goes back over the wire."""

    body: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    stall: threading.Event | None = None  # waited for before anything is sent


@dataclass
class Server:
    """Where it listens, and what it was sent."""

    url: str
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


Answer = Callable[[dict[str, Any], int], Reply]


def chat(content: str, finish: str = "stop") -> Reply:
    """A chat completion with this content."""
    choice = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content}}
    return Reply(
        json.dumps(
            {"id": "1", "object": "chat.completion", "created": 1, "model": "m"} | {"choices": [choice]}
        )
    )


def refusal(status: int, message: str = "no") -> Reply:
    return Reply(json.dumps({"error": {"message": message, "type": "x", "code": None}}), status)


def asked(request: dict[str, Any]) -> dict[str, Any]:
    """The provision that a request is about."""
    said = next(each["content"] for each in request["messages"] if each["role"] == "user")
    data: dict[str, Any] = json.loads(said)
    return data


def good_line(request: dict[str, Any]) -> dict[str, Any]:
    """A line that passes the checks, for whatever provision is asked about."""
    text = str(asked(request)["text"])
    subject = " ".join(re.findall(r"[^\W\d]+", text)[:4]).lower()
    return {
        "gist": f"Điều khoản này nói về việc {subject}.",
        "questions": [each.format(subject) for each in QUESTIONS[:4]],
        "words": ["việc làm", "chủ trương"],
        "gist_en": "The provision is about a task.",
        "gist_zh": "该条款涉及一项任务。",
    }


def good(request: dict[str, Any], count: int = 0) -> Reply:
    return chat(json.dumps(good_line(request), ensure_ascii=False))


@contextmanager
def serving(answer: Answer) -> Iterator[Server]:
    """Serve on a free port; `answer` gets a request and how many came before it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(request)
            server.keys.append(self.headers.get("Authorization", ""))
            reply = answer(request, len(server.requests) - 1)
            if reply.stall:
                reply.stall.wait(30)
            body = reply.body.encode()
            with suppress(BrokenPipeError, ConnectionResetError):  # whoever asked has gone
                self.send_response(reply.status)
                for name, value in {"Content-Type": "application/json", **reply.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *about: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        server = Server(f"http://127.0.0.1:{listening.server_port}/v1")
        thread = threading.Thread(target=listening.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()
