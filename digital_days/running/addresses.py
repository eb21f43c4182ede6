"""Where a browser reaches the program: on this machine, and on the network when HOST lets others in."""

import socket
from collections.abc import Iterator

import psutil

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 (compared with, not bound to)


def local_address(host: str) -> str:
    """The host as this machine's own browser writes it."""
    if host in EVERYWHERE:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def network_addresses() -> list[str]:
    """This machine's IPv4 addresses for others, the one of the default route first; empty when offline."""
    found = sorted(set(_of_interfaces()))
    first = _of_default_route()
    return sorted(found, key=lambda address: address != first)


def _of_interfaces() -> Iterator[str]:
    for addresses in psutil.net_if_addrs().values():
        for entry in addresses:
            if entry.family == socket.AF_INET and not entry.address.startswith(("127.", "169.254.")):
                yield entry.address


def _of_default_route() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: only asks which way it would go
        except OSError:
            return ""
        return str(probe.getsockname()[0])
