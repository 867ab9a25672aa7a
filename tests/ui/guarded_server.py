"""Runs the real server with every way out of the machine refused: `guarded_server.py PORT LOG`.

Not a test: test_chat_browser.py starts it. Each attempt to reach or look up another host is a line of LOG.
"""

from __future__ import annotations

import ipaddress
import sys
from pathlib import Path
from typing import Any

PORT, LOG = int(sys.argv[1]), Path(sys.argv[2])

_LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}


def _stays(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else str(host)).is_loopback
    except ValueError:
        return False


def refuse(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook: sees every call of the interpreter's socket module, whoever makes it."""
    host: object = None
    if event in _LOOKUPS:
        host = args[0]
    elif event in _SENDS and isinstance(args[1], tuple):  # a string is a socket in the file system
        host = args[1][0]
    if not _stays(host):
        with LOG.open("a", encoding="utf-8") as log:
            log.write(f"{event} {args[1:] if event in _SENDS else args}\n")
        raise PermissionError(f"refused by the test: {event} {host}")


if __name__ == "__main__":
    LOG.touch()
    sys.addaudithook(refuse)

    import uvicorn

    from ui.settings import Settings, quiet_environment

    quiet_environment()
    from ui.api import create_app
    from ui.opening import open_answerer

    settings = Settings.read()
    uvicorn.run(
        create_app(open_answerer(settings), settings), host="127.0.0.1", port=PORT, log_level="warning"
    )
