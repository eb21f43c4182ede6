"""Cookies of HTTP/2 come in several headers; the application reads one."""

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send


def join_cookies(app: ASGIApp) -> ASGIApp:
    """Puts them together again before anybody reads them, as RFC 9113 (8.2.3) asks."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            cookies = [value for name, value in scope["headers"] if name == b"cookie"]
            if len(cookies) > 1:
                others = [header for header in scope["headers"] if header[0] != b"cookie"]
                scope["headers"] = [*others, (b"cookie", b"; ".join(cookies))]
        await app(scope, receive, send)

    return wrapped
