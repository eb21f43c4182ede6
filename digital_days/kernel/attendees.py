"""Attendees as the welcome desk finds them: by name, told apart without showing whole addresses."""

from collections import Counter
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.check_in import UnknownTicket, today
from digital_days.kernel.codes import normalize
from digital_days.kernel.people import fold

MOST = 20
_MOST_WORDS = 6


class Attendee(Struct, frozen=True, kw_only=True):
    """Somebody registered for the edition; ``entered_at`` is today's entry."""

    registration: str
    person_id: int
    name: str
    email: str
    locale: str
    state: str
    entered_at: datetime | None

    @property
    def hint(self) -> str:
        """Enough to tell two of the same name apart; empty without an address."""
        return masked(self.email)


class Found(Struct, frozen=True, kw_only=True):
    """At most ``MOST`` people; ``more`` when there are others."""

    people: list[Attendee]
    more: bool

    @property
    def alike(self) -> list[int]:
        """Those of one name with somebody else who was found."""
        names = Counter(fold(person.name) for person in self.people)
        return [person.person_id for person in self.people if names[fold(person.name)] > 1]


_ATTENDEES = """
    SELECT r.code AS registration, p.id AS person_id, p.name, p.email, p.locale, r.state, c.at AS entered_at
    FROM registration r JOIN person p ON p.id = r.person
    LEFT JOIN check_in c ON c.registration = r.id AND c.day = $2
    WHERE r.edition = $1 AND
"""


def masked(email: str) -> str:
    """« bo…@e… »: the first letters of an address."""
    user, _, domain = email.partition("@")
    return f"{user[:2]}…@{domain[:1]}…" if domain else ""


async def attendees_called(edition_id: int, text: str) -> Found:
    """Every word of the text begins a word of the name or address, accents apart; or it is a ticket's number."""
    words = fold(text).split()[:_MOST_WORDS]
    if not words:
        return Found(people=[], more=False)
    rows = await database.fetch(
        _ATTENDEES
        + """
        (' ' || p.search_key LIKE ALL($3::text[]) OR r.code = $4) ORDER BY p.search_key, r.id LIMIT $5
        """,
        edition_id,
        today(),
        [f"% {word}%" for word in words],
        normalize(text),
        MOST + 1,
    )
    people = [Attendee(**row) for row in rows]
    return Found(people=people[:MOST], more=len(people) > MOST)


async def namesakes(edition_id: int, name: str) -> list[Attendee]:
    """Those already registered under exactly this name, accents apart."""
    rows = await database.fetch(
        _ATTENDEES + "(p.search_key = $3 OR p.search_key LIKE $3 || ' %@%') ORDER BY r.id LIMIT $4",
        edition_id,
        today(),
        fold(name),
        MOST,
    )
    return [Attendee(**row) for row in rows if fold(row["name"]) == fold(name)]


async def attendee(edition_id: int, registration: str) -> Attendee:
    """The holder of this registration; raises ``UnknownTicket``, also for another edition's."""
    row = await database.fetch_one(_ATTENDEES + "r.code = $3", edition_id, today(), registration)
    if row is None:
        raise UnknownTicket
    return Attendee(**row)
