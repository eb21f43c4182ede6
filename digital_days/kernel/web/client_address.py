"""Where a request comes from: the socket's peer, or what our own proxy says."""

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from litestar import Request

from digital_days.kernel.settings import current

_HOUSEHOLD = 64


def client_address(request: Request[Any, Any, Any]) -> str:
    """The peer, unless it is a proxy we trust: then the last address that the proxy itself added."""
    peer = request.client.host if request.client else ""
    if peer not in current().trusted_proxies.split(","):
        return peer
    forwarded = request.headers.get("x-forwarded-for", "")
    return forwarded.rpartition(",")[2].strip() or peer


def client_network(request: Request[Any, Any, Any]) -> str:
    """What one subscriber holds, for counting: an IPv4 address, or the /64 out of which each may take any number."""
    return network_of(client_address(request))


def network_of(address: str) -> str:
    """``client_network`` of this address; what is no address stays as it is."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    return str(known.ipv4_mapped or IPv6Network((int(known), _HOUSEHOLD), strict=False))
