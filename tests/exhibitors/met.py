"""A fair at which Alice acts for an exhibitor and Bob visits, with what each holds in hand."""

from datetime import datetime

import httpx
from litestar import Litestar
from msgspec import Struct

from digital_days.app import outermost
from digital_days.kernel import codes, database, signing
from digital_days.kernel.editions import edition_called
from exhibitors.domain.exhibitors import own_exhibitor
from exhibitors.domain.lead_words import share_words, support_words
from exhibitors.domain.scanners import Paired, pair_here, paired_scanner
from exhibitors.domain.scanning import scan
from exhibitors.domain.sharing import share
from tests.conftest import SECRET
from tests.exhibitors.factories import make_category, make_exhibitor
from tests.factories import Made, make_edition, make_person

SCRIPT = {"hx-request": "true"}


class Fair(Struct, frozen=True, kw_only=True):
    """``exhibitor`` is Alice's; ``bob`` has Bob's number and the code of his registration."""

    edition: Made
    category: Made
    exhibitor: Made
    alice: int
    bob: Made

    @property
    def space(self) -> str:
        """Of the exhibitor."""
        return f"/{self.edition.code}/mon-kiosque/{self.exhibitor.code}"


async def make_met_fair() -> Fair:
    edition = await make_edition()
    category = await make_category(edition)
    alice = await make_person("Alice Gagnon", "alice@example.ca")
    exhibitor = await make_exhibitor(edition, category, alice)
    bob = await make_visitor(edition, "Bob Tremblay", "bob@example.ca")
    return Fair(edition=edition, category=category, exhibitor=exhibitor, alice=alice, bob=bob)


async def make_visitor(edition: Made, name: str, email: str, *, state: str = "active") -> Made:
    """The person's number and the registration's code."""
    person, code = await make_person(name, email), codes.new_code()
    await database.fetch(
        "INSERT INTO registration (code, person, edition, state) VALUES ($1, $2, $3, $4)",
        code,
        person,
        edition.id,
        state,
    )
    return Made(person, code)


def ticket_of(visitor: Made) -> str:
    """What its QR code says."""
    return signing.ticket_token(visitor.code, key=SECRET)


def another_browser(app: Litestar) -> httpx.AsyncClient:
    """With cookies of its own; its forms come from our pages."""
    transport = httpx.ASGITransport(app=outermost(app))  # type: ignore[arg-type] # httpx types ASGI more loosely
    origin = {"origin": "http://test.example"}
    return httpx.AsyncClient(transport=transport, base_url="http://test.example", headers=origin)


async def phone_of(fair: Fair, exhibitor: Made | None = None, person: int | None = None) -> tuple[str, Paired]:
    """A paired phone: its cookie, and what the program knows of it."""
    made = exhibitor or fair.exhibitor
    secret = await pair_here(
        await own_exhibitor(fair.edition.id, person or fair.alice, made.code), name="", by=fair.alice
    )
    paired = await paired_scanner(fair.edition.id, secret)
    assert paired
    return secret, paired


async def met(fair: Fair, visitor: Made | None = None, *, phone: Paired | None = None) -> str:
    """The code of the lead, after the ticket was read."""
    scanned = await scan(phone or (await phone_of(fair))[1], (visitor or fair.bob).code)
    assert scanned.lead
    return scanned.lead.code


async def shared(fair: Fair, visitor: Made | None = None, *, support: bool = False) -> str:
    """The same, and the visitor has said yes by a link."""
    who, lead = visitor or fair.bob, await met(fair, visitor)
    edition = await edition_called(fair.edition.code)
    words = support_words(edition) if support else None
    await share(lead, registration=who.code, how="link", share_in=share_words("Atelier du Nord"), support_in=words)
    return lead


async def agreements_of(lead: str) -> list[tuple[str, str, datetime | None]]:
    """Purpose, how, and when it was taken back, in the order in which they were given."""
    rows = await database.fetch(
        """
        SELECT c.purpose, c.how, c.withdrawn_at FROM lead_consent c JOIN lead l ON l.id = c.lead
        WHERE l.code = $1 ORDER BY c.id
        """,
        lead,
    )
    return [(row["purpose"], row["how"], row["withdrawn_at"]) for row in rows]
