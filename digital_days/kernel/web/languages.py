"""French at the bare address, English under /en: the same routes serve both."""

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from digital_days.kernel import i18n
from digital_days.kernel.errors import Refusal


class FrenchOnly(Refusal):
    """This page exists in French only; whoever asked for English is shown the French one."""


def speak_by_address(app: ASGIApp) -> ASGIApp:
    """Takes /en off the path before routing, and speaks that language while the request lasts."""

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
        with i18n.use(locale):
            await app(scope, receive, send)

    return wrapped
