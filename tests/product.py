"""One running product as tests see it: its address for browsers, its database for what no page tells."""

import asyncio
import base64
import itertools
import json
import re
import secrets
import ssl
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx
from msgspec import Struct

from digital_days.kernel import codes, i18n
from digital_days.kernel.people import fold
from digital_days.kernel.permissions import Role
from digital_days.kernel.web.sessions import hash_of

EDITION, FRENCH_ONLY = "jn2027", "cafe2028"
PATIENCE = 15.0
"""Seconds within which a page, a mail or a worker answers on a busy machine of two cores."""


class OpenSlot(Struct, frozen=True):
    """A slot with seats: the only one of its activity, and no other test's."""

    code: str
    activity: str
    title_fr: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    seats: int

    @property
    def hours(self) -> str:
        """« 9 h à 10 h 30 », with ordinary spaces."""
        return i18n.format_time_range(self.starts_at, self.ends_at).replace("\N{NO-BREAK SPACE}", " ")


class Letter(Struct, frozen=True):
    """A mail of the development mailbox."""

    id: int
    subject: str
    text: str
    html: str
    attachments: dict[str, tuple[str, bytes]]

    def link(self, page: str) -> str:
        """The first link of the text that leads to such a page."""
        found = re.search(rf"https?://\S+/{page}/\S+", self.text)
        assert found, self.text
        return found[0]

    def token(self, page: str) -> str:
        """What stands for the person in that link."""
        return self.link(page).rpartition(f"/{page}/")[2].partition("/")[0].partition("?")[0]


class Product:
    """The sample editions, served."""

    def __init__(self, url: str, database: asyncpg.Pool, slots: list[OpenSlot], environment: Mapping[str, str]) -> None:
        self.url = url
        self.database = database
        self._slots = slots
        self._added = 0
        self._environment = environment
        self._tls = ssl.create_default_context()  # unused on this machine, and slow to make for each browser

    def browser(self) -> httpx.AsyncClient:
        """One without scripts and without cookies, whose forms come from our own pages."""
        return httpx.AsyncClient(base_url=self.url, headers={"origin": self.url}, verify=self._tls, timeout=PATIENCE)

    async def command(self, *arguments: str) -> str:
        """What ``digital-days`` says when an operator types this on the product's machine."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "digital_days",
            *arguments,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await process.communicate()
        assert process.returncode == 0, said.decode()
        return said.decode()

    async def open_slot(self, *, after: OpenSlot | None = None) -> OpenSlot:
        """Another one each time; one that begins when ``after`` has ended."""
        found = next((slot for slot in self._slots if after is None or slot.starts_at >= after.ends_at), None)
        if found is None:  # one process may happen to run most of the tests
            return await self._one_more(after)
        self._slots.remove(found)
        return found

    async def _one_more(self, after: OpenSlot | None) -> OpenSlot:
        """An activity that the sample does not have, on its last day or after the other one."""
        self._added += 1
        name = f"extra-{self._added:02}"
        starts_at = (after.ends_at if after else datetime(2027, 10, 22, 13, tzinfo=UTC)) + timedelta(minutes=30)
        row = await self.database.fetchrow(
            """
            WITH added AS (
                INSERT INTO activity (edition, code, source_id, title_fr, title_en, search_key)
                SELECT id, $4, $2::text, 'Rencontre ' || $2, 'Meeting ' || $2, $6 FROM edition WHERE slug = $1
                RETURNING id, code, title_fr, title_en
            )
            INSERT INTO slot (activity, code, starts_at, ends_at, seats)
            SELECT id, $5, $3::timestamptz, $3::timestamptz + interval '1 hour', 20 FROM added
            RETURNING code, (SELECT code FROM added) AS activity, (SELECT title_fr FROM added) AS title_fr,
                (SELECT title_en FROM added) AS title_en, starts_at, ends_at, seats
            """,
            EDITION,
            name,
            starts_at,
            codes.new_code(),
            codes.new_code(),
            fold(f"Rencontre {name}", f"Meeting {name}"),
        )
        return OpenSlot(**row)

    async def overlapping_slots(self) -> tuple[OpenSlot, OpenSlot]:
        """Two of the same hour, from the end of the list."""
        pairs = itertools.combinations(reversed(self._slots), 2)
        found = next(((a, b) for a, b in pairs if a.starts_at < b.ends_at and b.starts_at < a.ends_at), None)
        if found is None:
            return await self._one_more(None), await self._one_more(None)
        self._slots = [slot for slot in self._slots if slot not in found]
        return found

    async def register(self, slot: str, name: str, email: str, language: str = "fr", *, wait: bool = False) -> str:
        """A place through the public interface, or one in line; gives its public code."""
        async with self.browser() as client:
            answer = await client.post(
                "/api/v1/registrations",
                json={
                    "slot": slot,
                    "name": name,
                    "email": email,
                    "language": language,
                    "consents": ["registration"],
                    "wait": wait,
                },
            )
        assert answer.status_code == 201, answer.text
        code: str = answer.json()["code"]
        return code

    async def person(self, name: str, email: str, *, role: Role | None = None) -> int:
        """Somebody with a proved account, and with a role in the sample's main edition."""
        person_id: int = await self.database.fetchval(
            """
            INSERT INTO person (name, email, account_email, locale, search_key, proved_at)
            VALUES ($1, $2, $2, 'fr', $3, now()) RETURNING id
            """,
            name,
            email,
            fold(name, email),
        )
        if role:
            await self.database.execute(
                "INSERT INTO role_grant (person, edition, role) SELECT $1, id, $2 FROM edition WHERE slug = $3",
                person_id,
                role.value,
                EDITION,
            )
        return person_id

    async def session(self, email: str) -> str:
        """The cookie of a new session of whoever signs in with this address."""
        token = secrets.token_urlsafe(32)
        now = datetime.now(UTC)
        await self.database.execute(
            """
            INSERT INTO session (token_hash, person, browser, created_at, seen_at, expires_at)
            SELECT $1, id, 'Firefox, Linux', $2, $2, $3 FROM person WHERE account_email = $4
            """,
            hash_of(token),
            now,
            now + timedelta(days=1),
            email,
        )
        return token

    async def sign_in_link(self, email: str) -> str:
        """The token of a new link, asked for as everybody does."""
        before = await self.last_letter()
        async with self.browser() as browser:
            answer = await browser.post("/connexion", data={"email": email})
        assert answer.status_code == 303
        return (await self.letter(email, about="connexion", after=before)).token("connexion")

    async def page(self, path: str, viewer: str | None = None) -> str:
        """What the address shows to somebody, signed in where ``viewer`` says so."""
        async with self.browser() as browser:
            if viewer:
                browser.cookies.set("session", await self.session(viewer))
            answer = await browser.get(path)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        return answer.text

    async def last_letter(self) -> int:
        """The number of the newest mail."""
        number: int = await self.database.fetchval("SELECT coalesce(max(id), 0) FROM stored_mail")
        return number

    async def letter(self, email: str, *, about: str = "", after: int = 0) -> Letter:
        """The newest mail to this address with these words in its subject, once the worker has sent it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                row = await self.database.fetchrow(
                    """
                    SELECT id, subject, request FROM stored_mail
                    WHERE "to" = $1 AND position($2 IN replace(subject, chr(160), ' ')) > 0 AND id > $3
                    ORDER BY id DESC LIMIT 1
                    """,
                    email,
                    about.replace("\N{NO-BREAK SPACE}", " "),
                    after,
                )
                if row:
                    return _letter(row)
                await asyncio.sleep(0.05)  # another process does it

    async def fingerprints(self) -> dict[str, str]:
        """What every table holds, told apart by one changed letter."""
        tables = await self.database.fetch("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")
        return {
            name: await self.database.fetchval(
                f"SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM \"{name}\" t"
            )
            for (name,) in tables
        }

    async def settled(self) -> None:
        """Every promise is kept: the worker has nothing left to do."""
        async with asyncio.timeout(PATIENCE):
            while await self._unsent():  # noqa: ASYNC110 - another process does it
                await asyncio.sleep(0.05)

    async def _unsent(self) -> int:
        count: int = await self.database.fetchval("SELECT count(*) FROM outbox_message WHERE state <> 'done'")
        return count


def _letter(row: asyncpg.Record) -> Letter:
    request: dict[str, Any] = json.loads(row["request"])
    parts = {part["type"]: part["value"] for part in request["content"]}
    return Letter(
        id=row["id"],
        subject=row["subject"],
        text=parts["text/plain"],
        html=parts["text/html"],
        attachments={
            part["filename"]: (part["type"], base64.b64decode(part["content"]))
            for part in request.get("attachments", ())
        },
    )
