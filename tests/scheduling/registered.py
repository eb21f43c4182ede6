"""Bob with a place, for tests of what he gets and owns."""

from datetime import datetime, timedelta

from msgspec import Struct

from digital_days.kernel import consents, database
from digital_days.kernel.private_links import private_path
from scheduling.domain.places import Answer, Applicant, take_place
from tests.factories import IN_A_YEAR, Made, make_activity, make_edition, make_room, make_slot

BOB = Applicant(name="Bob Tremblay", email="bob@example.ca")


class Registered(Struct, frozen=True, kw_only=True):
    """A person's place and what leads to it."""

    edition: Made
    activity: Made
    slot: Made
    person: int
    registration: str
    place: str

    @property
    def place_link(self) -> str:
        return private_path("scheduling:place", "place", self.place)

    @property
    def ticket_link(self) -> str:
        return private_path("site:ticket", "ticket", self.registration)

    @property
    def agenda_link(self) -> str:
        return private_path("site:agenda", "agenda", self.registration)

    @property
    def feed_link(self) -> str:
        return private_path("site:agenda-feed", "feed", self.registration)


async def ask_for_place(slot: Made, applicant: Applicant = BOB) -> Answer:
    return await take_place(
        slot.code, applicant, consents=consents.given({"registration"}, organiser="MRC d’Argenteuil")
    )


async def registered(*, english: bool = True, title: str = "Mots de passe solides") -> Registered:
    """An edition with one activity, and Bob's place in it."""
    edition = await make_edition(english=english)
    activity = await make_activity(edition, title, title_en="Strong passwords")
    slot = await make_slot(activity, seats=12, room=await make_room(edition))
    answer = await ask_for_place(slot)
    [row] = await database.fetch("SELECT code, person FROM registration")
    return Registered(
        edition=edition,
        activity=activity,
        slot=slot,
        person=row["person"],
        registration=row["code"],
        place=answer.code,
    )


async def another_slot(
    edition: Made, title: str, *, starts_at: datetime = IN_A_YEAR, lasts: timedelta = timedelta(hours=1)
) -> Made:
    return await make_slot(await make_activity(edition, title), starts_at=starts_at, lasts=lasts)


async def state_of(place: str) -> tuple[str, int]:
    """The place's state, and how many seats of its slot are taken."""
    [row] = await database.fetch(
        "SELECT p.state, s.taken FROM place p JOIN slot s ON s.id = p.slot WHERE p.code = $1", place
    )
    return row["state"], row["taken"]
