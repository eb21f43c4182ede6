"""A program says what it sends: a body that a page of another site could send by itself is not taken for JSON."""

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.exceptions import ClientException, HTTPException
from litestar.handlers import BaseRouteHandler

_UTF_8 = ("utf-8", "utf8")


async def takes_json(connection: ASGIConnection, handler: BaseRouteHandler) -> None:  # type: ignore[type-arg] # litestar's own signature
    """Guard: 415 for anything that is not called JSON in UTF-8, 400 for nothing at all."""
    if not isinstance(connection, Request):
        return
    kind, options = connection.content_type
    if kind.lower() != "application/json" or options.get("charset", _UTF_8[0]).lower() not in _UTF_8:
        raise HTTPException(status_code=415)
    if not await connection.body():
        raise ClientException("there is no body")
