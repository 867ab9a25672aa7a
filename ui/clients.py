"""Who calls, and how often one may: the address behind the proxies that are trusted, and limits by it."""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass
from math import ceil

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

_SUBNET = 64  # bits of an IPv6 address that one subscriber shares


@dataclass(frozen=True, slots=True)
class Refused:
    """Too many calls."""

    per_minute: int
    seconds: int  # until the next may come

    @property
    def message(self) -> str:
        """What the client is told."""
        return (
            f"Quá {self.per_minute} yêu cầu một phút từ cùng một địa chỉ. "
            f"Hãy thử lại sau {self.seconds} giây."
        )


class Limits:
    """Calls a minute of one client, each kind of call apart."""

    def __init__(self, **per_minute: int) -> None:
        """By kind; 0: without limit."""
        self._items = {kind: RateLimitItemPerMinute(n) for kind, n in per_minute.items() if n}
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def refused(self, kind: str, client: str) -> Refused | None:
        """Counts a call; None where it may go on."""
        item = self._items.get(kind)
        if item is None or await self._limiter.hit(item, kind, client):
            return None
        stats = await self._limiter.get_window_stats(item, kind, client)
        return Refused(item.amount, max(1, ceil(stats.reset_time - time.time())))


class Forwarded:
    """Tells the client's address and scheme as the proxies in front saw them: ASGI middleware.

    Each of `proxies` adds one entry to X-Forwarded-For; whatever stands before those is only claimed.
    """

    def __init__(self, app: ASGIApp, proxies: int) -> None:
        self._app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        if self._proxies and scope["type"] == "http":
            headers = Headers(scope=scope)
            seen = ",".join(headers.getlist("x-forwarded-for")).split(",")
            if len(seen) >= self._proxies and (address := seen[-self._proxies].strip()):
                scope["client"] = (address, 0)
            scheme = headers.get("x-forwarded-proto", "").split(",")[-1].strip()
            if scheme in ("http", "https"):
                scope["scheme"] = scheme
        await self._app(scope, receive, send)


def client_of(scope: Scope) -> str:
    """What the calls of a client are counted by: its address, of IPv6 its subnet; "" where not known."""
    return _subnet(scope["client"][0]) if scope.get("client") else ""


def _subnet(address: str) -> str:
    bare = address.removeprefix("[").split("]")[0] if address.startswith("[") else address
    bare = bare.split(":")[0] if bare.count(":") == 1 else bare  # an IPv4 address with a port
    try:
        read = ipaddress.ip_address(bare)
    except ValueError:
        return address[:_SUBNET]
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    return str(read.ipv4_mapped or ipaddress.ip_network((int(read), _SUBNET), strict=False))
