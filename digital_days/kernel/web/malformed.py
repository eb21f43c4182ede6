"""Requests that no page of ours can lead to are answered before anything reads them."""

import re
from typing import Any, cast

from litestar import Request
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from digital_days.kernel.errors import NotFound, Refusal
from digital_days.kernel.i18n import _
from digital_days.kernel.web.problems import answer

_HOST = re.compile(rb"(?:[\w.-]+|\[[\da-fA-F:.]+\])?(?::(\d{0,5}))?")
_LAST_PORT = 65535
_LONGEST_PATH = 255


def refuse_malformed(app: ASGIApp) -> ASGIApp:
    """404 for a path that no page of ours can have, 400 for a host or a query that nobody can read."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
        elif not _path_may_be_ours(scope["path"]):
            await refuse(scope, 404, _(NotFound.message), receive, send)
        elif not _query_is_text(scope["query_string"]) or not _host_is_possible(scope):
            await refuse(scope, 400, _(Refusal.message), receive, send)
        else:
            await app(scope, receive, send)

    return wrapped


def _path_may_be_ours(path: str) -> bool:
    # PostgreSQL keeps no NUL, a header takes no line end, and a file system no longer name.
    return path.isprintable() and len(path.encode()) <= _LONGEST_PATH


def _query_is_text(query: bytes) -> bool:
    try:
        return "\x00" not in query.decode() and b"%00" not in query
    except UnicodeDecodeError:
        return False


def _host_is_possible(scope: HTTPScope) -> bool:
    for name, value in scope["headers"]:
        if name == b"host":
            found = _HOST.fullmatch(value)
            return found is not None and int(found[1] or 0) <= _LAST_PORT
    return True


async def refuse(scope: HTTPScope, status: int, sentence: str, receive: Receive, send: Send) -> None:
    """Answers before routing; nothing of the request gets into the page."""
    # The page would repeat the address in its links: it is made as for a harmless one.
    path = "/api/" if scope["path"].startswith("/api/") else "/"
    harmless = {**scope, "path": path, "query_string": b"", "headers": [], "server": None, "user": None}
    request: Request[Any, Any, Any] = Request(cast("HTTPScope", harmless))
    response = answer(request, status, sentence).to_asgi_response(None, request)
    await response(scope, receive, send)
