"""The names under which we answer: a page of another site that points its own name at us reads nothing."""

from urllib.parse import urlsplit

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from digital_days.kernel.i18n import N_, _
from digital_days.kernel.settings import Settings, listed
from digital_days.kernel.web.client_address import is_loopback
from digital_days.kernel.web.malformed import refuse

NOT_OURS = N_("Ce site ne porte pas ce nom. Vérifiez l’adresse de la page.")


def names_of(settings: Settings) -> frozenset[str]:
    """The public name, HOST, and ALLOWED_HOSTS, which at start is given this machine's own addresses."""
    public = urlsplit(settings.public_url).hostname or ""
    return frozenset({_bare(name) for name in (public, settings.host, *listed(settings.allowed_hosts))} - {""})


def refuse_other_hosts(app: ASGIApp, *, names: frozenset[str]) -> ASGIApp:
    """421 for a request that is addressed to somebody else; this machine by itself is always answered."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        # The page that refuses wants its styles, and files are the same for everybody.
        if scope["type"] != ScopeType.HTTP or scope["path"].startswith("/static/"):
            await app(scope, receive, send)
            return
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if all(_is_ours(host, names) for host in hosts) and len(hosts) <= 1:  # none: no browser leaves it out
            await app(scope, receive, send)
        else:
            await refuse(scope, 421, _(NOT_OURS), receive, send)

    return wrapped


def _is_ours(host: str, names: frozenset[str]) -> bool:
    name = _bare(host if host.endswith("]") else host.rpartition(":")[0] or host)
    return name in names or name == "localhost" or is_loopback(name)


def _bare(name: str) -> str:
    return name.strip().strip("[]").removesuffix(".").lower()
