"""Whom a limit counts together."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Request

from digital_days.kernel.settings import current
from digital_days.kernel.web.client_address import client_address, network_of

PROXY, INNER = "10.0.0.1", "10.0.0.2"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("somewhere", "somewhere"),
    ],
)
def test_network_is_what_one_subscriber_holds(address: str, network: str):
    assert network_of(address) == network


@pytest.fixture
def proxies(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TRUSTED_PROXIES", f"{PROXY}, {INNER}")
    current.cache_clear()
    yield
    monkeypatch.undo()
    current.cache_clear()


@pytest.mark.usefixtures("proxies")
@pytest.mark.parametrize(
    ("peer", "lines", "address"),
    [
        ("192.0.2.7", [], "192.0.2.7"),
        ("192.0.2.7", ["198.51.100.1"], "192.0.2.7"),
        (PROXY, [], PROXY),
        (PROXY, ["192.0.2.7"], "192.0.2.7"),
        (INNER, ["192.0.2.7"], "192.0.2.7"),
        (PROXY, ["198.51.100.1, 192.0.2.7"], "192.0.2.7"),
        (PROXY, ["198.51.100.1", "192.0.2.7"], "192.0.2.7"),
        (PROXY, ["192.0.2.7", INNER], "192.0.2.7"),
        (PROXY, [f"198.51.100.1, 192.0.2.7, {INNER}"], "192.0.2.7"),
        (PROXY, ["2001:db8::1"], "2001:db8::1"),
        (PROXY, ["198.51.100.1, somewhere"], PROXY),
        (PROXY, [", ,"], PROXY),
    ],
)
def test_address_is_the_nearest_that_no_trusted_proxy_has(peer: str, lines: list[str], address: str):
    headers = [(b"x-forwarded-for", line.encode()) for line in lines]
    scope: Any = {"type": "http", "client": (peer, 1), "headers": headers}

    assert client_address(Request(scope)) == address
