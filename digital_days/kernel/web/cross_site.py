"""Forms of other sites are refused by what the browser itself says of a request's origin: no token to carry."""

from litestar import Request
from litestar.connection import ASGIConnection

from digital_days.kernel.errors import Forbidden
from digital_days.kernel.i18n import N_

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class CrossSiteRequest(Forbidden):
    message = N_("Cette demande vient d’un autre site. Recommencez à partir de nos pages.")


def refuse_cross_site(connection: ASGIConnection) -> None:  # type: ignore[type-arg] # any of them
    """A request that changes something comes from our pages or from no browser; else ``CrossSiteRequest``.

    Every current browser sends Sec-Fetch-Site (on HTTPS and localhost) and Origin (on each POST). A request
    with neither is no browser's form; it is let through only without a session cookie.
    """
    if not isinstance(connection, Request) or connection.method in _SAFE:
        return
    site = connection.headers.get("sec-fetch-site")
    origin = connection.headers.get("origin")
    if site in ("same-origin", "none"):
        return
    if site is not None or (origin is not None and origin.partition("://")[2] != connection.headers.get("host")):
        raise CrossSiteRequest
    if origin is None and "cookie" in connection.headers:
        raise CrossSiteRequest
