"""Addresses by route name, also where no request is at hand (in a mail)."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, urlencode

from litestar import Router
from litestar.handlers import HTTPRouteHandler

from digital_days.kernel import i18n
from digital_days.kernel.settings import current

_paths: dict[str, str] = {}


def remember(routers: Iterable[Router | HTTPRouteHandler]) -> None:
    """Learns the names of these routes; called once at start-up by the composition root."""
    for router in routers:
        for route in Router(path="/", route_handlers=[router]).routes:
            for handler in getattr(route, "route_handlers", ()):
                if handler.name:
                    _paths[handler.name] = route.path_format


def url(route: str, **parameters: object) -> str:
    """The path of a named route in the current language; parameters it doesn't have become the query."""
    return _url(route, i18n.current(), tuple(sorted((k, str(v)) for k, v in parameters.items())))


def absolute(path: str) -> str:
    """The address somebody can write down."""
    return current().public_url + path


def in_language(path: str, locale: i18n.Locale) -> str:
    """The same page in this language."""
    bare = path.removeprefix("/en") if path == "/en" or path.startswith("/en/") else path
    bare = "/" + bare.lstrip("/\\")  # a browser reads two of them as the name of another site
    if locale == "fr":
        return bare
    return f"/en{bare}" if bare != "/" else "/en"


@lru_cache(maxsize=8192)
def _url(route: str, locale: i18n.Locale, parameters: tuple[tuple[str, str], ...]) -> str:
    path, query = _paths[route], []
    for name, value in parameters:
        if (place := "{" + name + "}") in path:
            path = path.replace(place, quote(value, safe=""))
        else:
            query.append((name, value))
    return in_language(path, locale) + (f"?{urlencode(query)}" if query else "")
