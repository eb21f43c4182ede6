"""Who is asking: a cookie that means nothing by itself, and a row that can be ended."""

import hashlib
import secrets
from datetime import datetime, timedelta

from litestar import Request, Response
from litestar.datastructures import Cookie, State
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec import Struct

from digital_days.kernel import clock, database
from digital_days.kernel.i18n import Locale, as_locale
from digital_days.kernel.permissions import Permission, Role, allows
from digital_days.kernel.settings import current

LASTS = timedelta(days=30)
_SEEN_EVERY = timedelta(minutes=5)


class Viewer(Struct, frozen=True, kw_only=True):
    """A signed-in person; ``roles`` by edition slug, those without an edition under ""."""

    session_id: int
    id: int
    name: str
    email: str
    locale: Locale
    roles: dict[str, frozenset[Role]]

    def may(self, permission: Permission, edition_slug: str) -> bool:
        """Whether a role in this edition, or in all, holds the permission."""
        roles = self.roles.get(edition_slug, frozenset()) | self.roles.get("", frozenset())
        return allows(roles, permission)


def hash_of(token: str) -> str:
    """What the database keeps of a secret it only has to recognise."""
    return hashlib.sha256(token.encode()).hexdigest()


def cookie_name(base: str = "session") -> str:
    """Bound to the host by its name, where the browser allows it (TLS)."""
    return f"__Host-{base}" if current().public_url.startswith("https:") else base


def secret_cookie(base: str, value: str, lasts: timedelta) -> Cookie:
    """Out of reach of scripts and of other sites' forms."""
    return Cookie(
        key=cookie_name(base),
        value=value,
        max_age=int(lasts.total_seconds()),
        path="/",
        httponly=True,
        secure=current().public_url.startswith("https:"),
        samesite="lax",
    )


async def start_session(person_id: int, *, browser: str) -> Cookie:
    """A new session for this person; what the browser held before means nothing to it."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    await database.fetch(
        """
        INSERT INTO session (token_hash, person, browser, created_at, seen_at, expires_at)
        VALUES ($1, $2, $3, $4, $4, $5)
        """,
        hash_of(token),
        person_id,
        browser[:120],
        now,
        now + LASTS,
    )
    return secret_cookie("session", token, LASTS)


async def end_session(session_id: int, *, person_id: int) -> None:
    """At once, on every device that holds its cookie; somebody else's session is left alone."""
    await database.fetch("DELETE FROM session WHERE id = $1 AND person = $2", session_id, person_id)


def forget_cookie(response: Response, base: str = "session") -> None:  # type: ignore[type-arg] # any body
    """Tells the browser to drop it."""
    response.set_cookie(secret_cookie(base, "", timedelta(0)))  # as it was set, or a __Host- cookie stays


class SessionRow(Struct, frozen=True, kw_only=True):
    """One of a person's signed-in browsers."""

    id: int
    browser: str
    created_at: datetime
    seen_at: datetime


async def sessions_of(person_id: int) -> list[SessionRow]:
    """Those that still open something, the last used first."""
    rows = await database.fetch(
        """
        SELECT id, browser, created_at, seen_at FROM session
        WHERE person = $1 AND expires_at > $2 ORDER BY seen_at DESC
        """,
        person_id,
        clock.now(),
    )
    return [SessionRow(**row) for row in rows]


async def viewer_with(token: str) -> Viewer | None:
    """The person whose session this cookie opens; one query."""
    now = clock.now()
    row = await database.fetch_one(
        """
        SELECT s.id AS session_id, s.seen_at, p.id, p.name, p.email, p.locale,
            array(SELECT coalesce(e.slug, '') || ':' || g.role
                  FROM role_grant g LEFT JOIN edition e ON e.id = g.edition WHERE g.person = p.id) AS grants
        FROM session s JOIN person p ON p.id = s.person
        WHERE s.token_hash = $1 AND s.expires_at > $2
        """,
        hash_of(token),
        now,
    )
    if row is None:
        return None
    if row["seen_at"] < now - _SEEN_EVERY:
        await database.fetch("UPDATE session SET seen_at = $2 WHERE id = $1", row["session_id"], now)
    roles: dict[str, frozenset[Role]] = {}
    for grant in row["grants"]:
        slug, _, role = grant.partition(":")
        roles[slug] = roles.get(slug, frozenset()) | {Role(role)}
    return Viewer(
        session_id=row["session_id"],
        id=row["id"],
        name=row["name"],
        email=row["email"],
        locale=as_locale(row["locale"]),
        roles=roles,
    )


def recognise_viewers(app: ASGIApp) -> ASGIApp:
    """Puts the viewer, or nobody, where ``request.user`` finds it."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            token = None
            if any(name == b"cookie" for name, _value in scope["headers"]):  # most readers of public pages have none
                request: Request[Viewer | None, None, State] = Request(scope)
                token = request.cookies.get(cookie_name())
            scope["user"] = await viewer_with(token) if token else None
            scope["auth"] = None
        await app(scope, receive, send)

    return wrapped
