"""Sign-in links: one use, a quarter of an hour, for the browser that asked."""

import secrets
from datetime import timedelta
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock, codes, database, i18n, outbox
from digital_days.kernel.people import add_account, person_with_account
from digital_days.kernel.private_links import remember_proof
from digital_days.kernel.web import rate_limits
from digital_days.kernel.web.sessions import hash_of
from digital_days.kernel.web.urls import absolute, url

LASTS = timedelta(minutes=15)
STILL_USEFUL = timedelta(minutes=10)  # so much later, little of its time is left
MAILS_A_WINDOW = 3
_TOPIC = "site.sign-in"

State = Literal["open", "used", "expired", "unknown"]


class Link(Struct, frozen=True, kw_only=True):
    """A link as the browser that opens it may see it."""

    state: State
    name: str = ""
    email: str = ""
    same_browser: bool = False


async def ask_for_link(email: str, *, browser: str, next_path: str, name: str = "") -> None:
    """Promises the mail with the link. A known address and an unknown one cost the same statements.

    With a ``name`` an unknown address becomes somebody's of that name, who proves it by signing in or is forgotten.

    Anybody may ask for anybody: after a few mails nothing more is sent while one of them still opens the door.
    The link itself is made when the mail leaves: until then there is no secret to keep.
    """
    if name:
        await add_account(name=name, email=email, locale=i18n.current())
    person = await person_with_account(email)
    if rate_limits.exceeded(sign_in_email=(email, MAILS_A_WINDOW)) and await _needs_no_other(person):
        return
    await outbox.add(
        kind="mail",
        topic=_TOPIC,
        dedup_key=f"sign-in:{codes.new_code(16)}",
        payload={"browser": browser, "next": next_path, "locale": i18n.current()},
        person_id=person,
        priority=outbox.Priority.AWAITED,
    )


async def _needs_no_other(person_id: int | None) -> bool:
    """Whether nobody is there to sign in, or a mail is on its way, or has arrived, whose link is still unused."""
    row = await database.fetch_one(
        """
        SELECT $1::integer IS NULL OR EXISTS (
            SELECT FROM outbox_message m
            WHERE m.person = $1 AND m.topic = $2 AND m.state <> 'failed' AND m.created_at > $3
                AND NOT EXISTS (SELECT FROM sign_in_link l WHERE l.person = $1 AND l.used_at >= m.created_at)
        ) AS enough
        """,
        person_id,
        _TOPIC,
        clock.now() - STILL_USEFUL,
    )
    return row is not None and bool(row["enough"])


async def make_link(person_id: int, *, browser: str = "", next_path: str = "") -> str:
    """The address of a new link; only its fingerprint is kept. Without ``browser`` it asks for a confirmation."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    await database.fetch(
        """
        INSERT INTO sign_in_link (token_hash, person, browser_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)
        """,
        hash_of(token),
        person_id,
        browser,
        now,
        now + LASTS,
    )
    more = {"next": next_path} if next_path else {}
    return absolute(url("site:sign-in-link", token=token, **more))


async def link_with(token: str, *, browser: str) -> Link:
    """What this link would do; looking changes nothing."""
    row = await database.fetch_one(
        """
        SELECT p.name, p.email, l.browser_hash, l.used_at IS NOT NULL AS used, l.expires_at <= $2 AS expired
        FROM sign_in_link l JOIN person p ON p.id = l.person WHERE l.token_hash = $1
        """,
        hash_of(token),
        clock.now(),
    )
    if row is None:
        return Link(state="unknown")
    if row["used"] or row["expired"]:
        return Link(state="used" if row["used"] else "expired")
    same = bool(browser) and row["browser_hash"] == browser
    return Link(state="open", name=row["name"], email=row["email"], same_browser=same)


async def use_link(token: str, *, browser: str, confirmed: bool) -> int | None:
    """Whose link this was, for exactly one caller; None when it is used up, too old, or not confirmed."""
    async with database.transaction():
        row = await database.fetch_one(
            """
            UPDATE sign_in_link SET used_at = $2
            WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2
                AND ($4 OR ($3 <> '' AND browser_hash = $3))
            RETURNING person
            """,
            hash_of(token),
            clock.now(),
            browser,
            confirmed,
        )
        if row is None:
            return None
        await remember_proof(row["person"])
    return int(row["person"])
