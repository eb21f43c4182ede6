"""Checking in: somebody came through the door of the event, once each local day."""

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from digital_days.kernel import clock, codes, database, signing
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_, TORONTO, localized
from digital_days.kernel.settings import current

Outcome = Literal["welcome", "already", "off_day", "cancelled", "elsewhere"]


class UnknownTicket(NotFound):
    message = N_("Ce billet n’est pas un des nôtres.")


class Arrival(Struct, frozen=True, kw_only=True):
    """What the desk is told; for a ticket of another edition, that edition's name and nothing of the person."""

    outcome: Outcome
    registration: str
    person_id: int
    name: str
    edition_fr: str
    edition_en: str
    at: datetime | None = None

    @property
    def edition(self) -> str:
        """The ticket's edition, in the reader's language."""
        return localized(self.edition_fr, self.edition_en)


class Turnout(Struct, frozen=True, kw_only=True):
    """How many are expected in an edition, and how many of them came today."""

    registered: int
    arrived: int


_ENTER = """
    WITH wanted AS (
        SELECT r.id, r.code, r.state, r.edition, p.id AS person_id, p.name, e.name_fr, e.name_en
        FROM registration r JOIN person p ON p.id = r.person JOIN edition e ON e.id = r.edition WHERE r.code = $1
    ), entered AS (
        INSERT INTO check_in (registration, day, at, by)
        SELECT id, $3, $4, $5 FROM wanted WHERE edition = $2 AND state = 'active' AND $6
        ON CONFLICT (registration, day) DO NOTHING RETURNING at
    )
    SELECT wanted.*, entered.at FROM wanted LEFT JOIN entered ON true
"""


def today() -> date:
    """The county's date, which changes at its own midnight."""
    return clock.now().astimezone(TORONTO).date()


def registration_on(ticket: str) -> str:
    """The registration's code on a ticket scanned, or typed from under the symbol.

    Raises ``UnknownTicket`` for what cannot be one.
    """
    if code := signing.read_ticket_token(ticket, keys=current().secret_keys):
        return code
    typed = codes.normalize(ticket)
    if not codes.is_code(typed):
        raise UnknownTicket
    return typed


async def check_in(registration: str, *, edition_id: int, by: int, on_its_day: bool = True) -> Arrival:
    """Lets the holder of this registration in, or says why not; of two desks at once one says welcome.

    What is no day of the event notes no entry: somebody tries the desk. Raises ``UnknownTicket``.
    """
    while True:
        row = await database.fetch_one(_ENTER, registration, edition_id, today(), clock.now(), by, on_its_day)
        if row is None:
            raise UnknownTicket
        outcome: Outcome = "welcome"
        at = row["at"]
        if row["edition"] != edition_id:
            outcome = "elsewhere"
        elif row["state"] != "active":
            outcome = "cancelled"
        elif at is None:
            at = await _entered_at(row["id"])
            if at is None and on_its_day:  # undone in between, so that there is an entry to make after all
                continue
            outcome = "already" if at else "off_day"
        return Arrival(
            outcome=outcome,
            registration=row["code"],
            person_id=row["person_id"],
            name=row["name"] if outcome != "elsewhere" else "",
            edition_fr=row["name_fr"],
            edition_en=row["name_en"],
            at=at,
        )


async def undo_check_in(registration: str, *, edition_id: int) -> bool:
    """Takes today's entry back; False when there is none (any more)."""
    row = await database.fetch_one(
        """
        DELETE FROM check_in c USING registration r
        WHERE r.code = $1 AND r.edition = $2 AND c.registration = r.id AND c.day = $3 RETURNING c.id
        """,
        registration,
        edition_id,
        today(),
    )
    return row is not None


async def turnout(edition_id: int) -> Turnout:
    """Of active registrations only."""
    row = await database.fetch_one(
        """
        SELECT count(*) AS registered, count(c.id) AS arrived
        FROM registration r LEFT JOIN check_in c ON c.registration = r.id AND c.day = $2
        WHERE r.edition = $1 AND r.state = 'active'
        """,
        edition_id,
        today(),
    )
    return Turnout(**row) if row else Turnout(registered=0, arrived=0)


async def _entered_at(registration_id: int) -> datetime | None:
    """Asked in a statement of its own: the one that met the conflict cannot see the row it met."""
    row = await database.fetch_one(
        "SELECT at FROM check_in WHERE registration = $1 AND day = $2", registration_id, today()
    )
    return row["at"] if row else None
