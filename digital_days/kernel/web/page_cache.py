"""Public pages put together once, sent many times, and revalidated by their ETag."""

import gzip
import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from litestar.response.base import ASGIResponse
from litestar.types import Receive, Scope, Send
from msgspec import Struct

from digital_days.kernel import i18n
from digital_days.kernel.editions import Edition
from digital_days.kernel.web.pages import PageRequest, frame, page
from digital_days.kernel.web.sessions import cookie_name
from digital_days.kernel.web.templates import render
from digital_days.kernel.web.urls import in_language

MOST_BYTES = 24_000_000
HTML = "text/html; charset=utf-8"
JSON = "application/json"

_ACCEPTS_GZIP = re.compile(rb"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)")

Key = tuple[str, str, str]


class Prepared(ASGIResponse):
    """A whole answer, its headers encoded."""

    __slots__ = ("prepared_headers",)

    def __init__(self, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
        self.status_code = status
        self.prepared_headers = headers
        self.body = body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it; one object may answer many requests at once."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.prepared_headers})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


class _Variant(Struct, frozen=True):
    etag: bytes
    whole: Prepared
    unchanged: Prepared


class _Page(Struct, frozen=True):
    version: object
    plain: _Variant
    gzipped: _Variant
    size: int


_pages: OrderedDict[Key, _Page] = OrderedDict()
_bytes_kept = 0


def public_page(
    request: PageRequest,
    template: str,
    *,
    edition: Edition,
    version: str,
    query: str,
    context: Callable[[], Mapping[str, Any]],
    personal: bool = False,
) -> ASGIResponse:
    """A page that everybody without a session sees alike, out of memory while edition and ``version`` stay the same.

    ``query`` is what of the address the page depends on, in its one normal form. Whoever ``is_known`` gets a page of
    their own, and everybody does where it is ``personal``: where what they have chosen decides what it shows.
    """
    if personal or is_known(request):
        response = page(request, template, edition=edition, **context())
        response.headers |= {"cache-control": "private, no-cache", "vary": "cookie"}
        return response.to_asgi_response(None, request)

    def make() -> bytes:
        other: i18n.Locale = "fr" if i18n.current() == "en" else "en"
        shared = {
            **frame(request, edition=edition),
            # frame() repeats the address as it was asked for, noise included; this page is for everybody
            "alternate_url": in_language(request.scope["path"], other) + (f"?{query}" if query else "")
            if edition.opens_english
            else "",
            "flashes": [],
            **context(),
        }
        return render(template, shared).encode()

    return kept(request, version=(version, edition), query=query, make=make)


def is_known(request: PageRequest) -> bool:
    """Whether somebody is signed in, or has a sentence waiting from the page before: they share no page with others."""
    cookies = _header(request.scope, b"cookie")
    return bool(request.user or (cookies and cookie_name("flash").encode() in cookies))


def kept(
    request: PageRequest, *, version: object, query: str, make: Callable[[], bytes], media_type: str = HTML
) -> ASGIResponse:
    """What ``make`` gives, remembered by path, language and query; 304 to whoever has it already.

    ``version`` holds, to be compared, the version of everything that the page is made of.
    """
    key = (request.scope["path"], i18n.current(), query)
    found = _pages.get(key)
    if found is None or found.version != version:
        found = _prepare(version, make(), media_type)
        _keep(key, found)
    else:
        _pages.move_to_end(key)
    accepted = _header(request.scope, b"accept-encoding")
    variant = found.gzipped if _ACCEPTS_GZIP.search(accepted) else found.plain
    known = _header(request.scope, b"if-none-match")
    return variant.unchanged if known and _names(known, variant.etag) else variant.whole


def forget() -> None:
    """Drops every page."""
    global _bytes_kept
    _pages.clear()
    _bytes_kept = 0


def _keep(key: Key, made: _Page) -> None:
    global _bytes_kept
    if before := _pages.pop(key, None):
        _bytes_kept -= before.size
    _pages[key] = made
    _bytes_kept += made.size
    while _bytes_kept > MOST_BYTES and len(_pages) > 1:
        _bytes_kept -= _pages.popitem(last=False)[1].size


def _prepare(version: object, body: bytes, media_type: str) -> _Page:
    # The mark is of the content, not of the version: the same page made anew, or by another process, is the same.
    mark = hashlib.sha256(body).hexdigest()[:32].encode()
    packed = gzip.compress(body, 6, mtime=0)
    return _Page(
        version=version,
        plain=_variant(b'"' + mark + b'"', body, media_type, []),
        gzipped=_variant(b'"' + mark + b'-gzip"', packed, media_type, [(b"content-encoding", b"gzip")]),
        size=len(body) + len(packed),
    )


def _variant(etag: bytes, body: bytes, media_type: str, encoding: list[tuple[bytes, bytes]]) -> _Variant:
    shared = [(b"etag", etag), (b"cache-control", b"no-cache"), (b"vary", b"accept-encoding, cookie")]
    about = [(b"content-type", media_type.encode()), (b"content-length", str(len(body)).encode()), *encoding]
    return _Variant(etag, Prepared(200, [*about, *shared], body), Prepared(304, shared, b""))


def _names(if_none_match: bytes, etag: bytes) -> bool:
    return if_none_match == b"*" or any(each.strip().removeprefix(b"W/") == etag for each in if_none_match.split(b","))


def _header(scope: Scope, name: bytes) -> bytes:
    for each, value in scope["headers"]:
        if each == name:
            return bytes(value)
    return b""
