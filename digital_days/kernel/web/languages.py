"""French at the bare address, English under /en: the same routes serve both, as long as some edition opens English."""

from contextvars import ContextVar
from urllib.parse import quote

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from digital_days.kernel import i18n
from digital_days.kernel.database import Unreachable
from digital_days.kernel.editions import Edition, english_edition
from digital_days.kernel.errors import Refusal
from digital_days.kernel.web.urls import in_language

_NO_PAGES = ("/static/", "/api/", "/health/")

_english: ContextVar[Edition | None] = ContextVar("english_edition", default=None)


class FrenchOnly(Refusal):
    """This page exists in French only; whoever asked for English is shown the French one."""


def edition_in_english() -> Edition | None:
    """The edition whose ground opens the English of pages that belong to none, if there is one."""
    return _english.get()


def speak_by_address(app: ASGIApp) -> ASGIApp:
    """Takes /en off the path before routing, and speaks that language while the request lasts.

    Where no edition opens English there is none: reading leads to the French page, the rest is answered in French.
    """

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP:
            await app(scope, receive, send)
            return
        path = scope["path"]
        locale: i18n.Locale = "fr"
        if path == "/en" or path.startswith("/en/"):
            locale = "en"
            scope["path"] = path[3:] or "/"
            scope["raw_path"] = scope["raw_path"][3:] or b"/"
        if not scope["path"].startswith(_NO_PAGES):
            opens_english = await _look_who_opens_english()
            if locale == "en" and not opens_english:
                if scope["method"] in ("GET", "HEAD"):
                    await _lead_to_french(scope, send)
                    return
                locale = "fr"
        with i18n.use(locale):
            await app(scope, receive, send)

    return wrapped


def french_address(path: str, query: str) -> str:
    """The same page in French, with all that the address asked for."""
    return quote(in_language(path, "fr")) + (f"?{quote(query, safe='%=&+;/?:@,!*()')}" if query else "")


async def _look_who_opens_english() -> bool:
    """Whether anybody does; ``edition_in_english`` knows it while the request lasts."""
    try:
        opened = await english_edition()
    except Unreachable:
        return True  # nobody can tell: the page says so in the language asked for
    _english.set(opened)
    return opened is not None


async def _lead_to_french(scope: HTTPScope, send: Send) -> None:
    location = french_address(scope["path"], scope["query_string"].decode("latin-1"))
    headers = [(b"location", location.encode()), (b"content-length", b"0"), (b"cache-control", b"no-cache")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": False})
