"""Against pages that give this machine a name of their own (DNS rebinding): `Host` must be a local name.

A page of any site can point its name at 127.0.0.1 and then read all that a server without login tells. So a
server that listens on this machine alone, no proxy in front, is called by its address or as localhost only.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from ui.problems import problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from ui.settings import Settings

_REFUSED = (
    "Máy chủ này chỉ nhận cuộc gọi tới localhost hay địa chỉ IP. Nếu có máy chủ trung gian đứng trước, người "
    "quản trị hãy đặt HOIDAP_PROXIES; nếu gọi từ máy khác trong mạng, HOIDAP_HOST."
)


class OwnName:
    """Refuses calls under a name that the server cannot have: 421. ASGI middleware."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._alone = not settings.proxies and _is_local(settings.host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry point."""
        known = not self._alone or scope["type"] not in ("http", "websocket") or _is_local_call(scope)
        await (self._app if known else problem(421, _REFUSED, scope["path"]))(scope, receive, send)


def _is_local_call(scope: Scope) -> bool:
    """An address cannot be pointed elsewhere; every browser sends `Host`."""
    name = _bare(Headers(scope=scope).get("host", "localhost").lower())
    return name == "localhost" or name.endswith(".localhost") or _address(name) is not None


def _bare(host: str) -> str:
    """`Host` without its port, an IPv6 address without brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_local(host: str) -> bool:
    address = _address(host)
    return host == "localhost" or (address is not None and address.is_loopback)


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None
