"""Where a request comes from: the socket's peer, or what our own proxy says."""

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection

from digital_days.kernel.settings import current, listed

_HOUSEHOLD = 64


def client_address(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The peer, unless it is a proxy we trust: then the nearest address that no proxy of ours has.

    What stands further left was written by whoever asked, and means nothing; nor does what is no address.
    """
    address = connection.client.host if connection.client else ""
    proxies = listed(current().trusted_proxies)
    lines = connection.headers.getall("x-forwarded-for", [])
    for said in reversed(listed(",".join(lines))):
        if address not in proxies or not _is_address(said):
            break
        address = said
    return address


def is_loopback(address: str) -> bool:
    """Whether it can only mean this machine."""
    return _is_address(address) and ip_address(address).is_loopback


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


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
