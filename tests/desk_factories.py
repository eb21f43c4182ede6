"""People with tickets, for the tests of welcome desk and doors."""

from datetime import UTC, datetime

import httpx

from digital_days.kernel import clock, codes, database, signing
from digital_days.kernel.permissions import Role
from scheduling.domain.places import Applicant, take_place
from tests.conftest import SECRET, sign_in
from tests.factories import Made, grant, make_person

MORNING = datetime(2027, 10, 21, 13, 12, tzinfo=UTC)
"""9 h 12 in Argenteuil, on the first day of the edition of the tests."""


async def make_attendee(
    edition: Made, name: str = "Bob Tremblay", email: str = "bob@example.ca", *, state: str = "active"
) -> Made:
    """A person registered for the edition: the person's number and the registration's code."""
    person = await make_person(name, email)
    code = codes.new_code()
    await database.fetch(
        "INSERT INTO registration (code, person, edition, state) VALUES ($1, $2, $3, $4)",
        code,
        person,
        edition.id,
        state,
    )
    return Made(person, code)


async def give_place(attendee: Made, slot: Made) -> None:
    """Before the slot begins, like everybody else."""
    answer = await take_place(slot.code, Applicant(person_id=attendee.id), consents=[])
    assert answer.outcome == "confirmed"


async def make_volunteer(edition: Made, role: Role = Role.DESK, name: str = "Alice Roy") -> int:
    """Somebody with a role, in this edition only."""
    person = await make_person(name, f"{role}-{edition.code}@example.ca")
    await grant(person, role, edition)
    return person


async def volunteer_signs_in(client: httpx.AsyncClient, edition: Made, role: Role = Role.DESK) -> None:
    """With a session that still lasts in the days of the edition."""
    with clock.stopped_at(MORNING):
        await sign_in(client, await make_volunteer(edition, role))


def ticket_of(attendee: Made) -> str:
    """What the QR code of this ticket says."""
    return signing.ticket_token(attendee.code, key=SECRET)
