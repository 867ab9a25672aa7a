"""A server on this machine that speaks OpenAI's protocol and answers what a test tells it to."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
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
    stall: threading.Event | None = None  # waited for before anything is sent; of a stream before its end
    pieces: tuple[str, ...] | None = None  # a stream in place of `body`
    gap: float = 0.0  # seconds between pieces
    cut: bool = False  # the stream breaks off: fewer bytes come than were promised


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


def streamed(
    texts: Sequence[str],
    *,
    finish: str | None = "stop",
    stall: threading.Event | None = None,
    gap: float = 0.0,
    cut: bool = False,
) -> Reply:
    """A chat completion that comes in pieces, one event a text; `finish=None`: it ends without saying so."""
    events = [_event({"content": text}, None) for text in texts]
    if finish:
        events += [_event({}, finish), "data: [DONE]\n\n"]
    headers = {"Content-Type": "text/event-stream"}
    return Reply("", headers=headers, stall=stall, pieces=tuple(events), gap=gap, cut=cut)


def _event(delta: dict[str, str], finish: str | None) -> str:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    about = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return f"data: {json.dumps(about | {'choices': [choice]}, ensure_ascii=False)}\n\n"


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
        "questions_en": ["What is the task?"],
        "questions_zh": ["该任务是什么？"],
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
            if reply.pieces is not None:
                with suppress(BrokenPipeError, ConnectionResetError):
                    self.send_pieces(reply, reply.pieces)
                return
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

        def send_pieces(self, reply: Reply, pieces: Sequence[str]) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.cut:
                self.send_header("Content-Length", str(sum(len(each.encode()) for each in pieces) + 100))
            self.end_headers()
            for piece in pieces:
                self.wfile.write(piece.encode())
                self.wfile.flush()
                time.sleep(reply.gap)
            if reply.stall:
                reply.stall.wait(30)

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
