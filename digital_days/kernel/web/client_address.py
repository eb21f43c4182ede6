"""Where a request comes from: the socket's peer, or what our own proxy says."""

from typing import Any

from litestar import Request

from digital_days.kernel.settings import current


def client_address(request: Request[Any, Any, Any]) -> str:
    """The peer, unless it is a proxy we trust: then the last address that the proxy itself added."""
    peer = request.client.host if request.client else ""
    if peer not in current().trusted_proxies.split(","):
        return peer
    forwarded = request.headers.get("x-forwarded-for", "")
    return forwarded.rpartition(",")[2].strip() or peer
