"""A small draft: two rooms, a placed activity, one that waits; Alice organises."""

from datetime import timedelta

from msgspec import Struct

from digital_days.kernel.permissions import Role
from scheduling.domain.drafts import draft_of
from scheduling.domain.planning import PlacedSlot, Planning, planning_of
from tests.factories import Made, grant, make_activity, make_edition, make_person, make_room, make_slot

HOUR = timedelta(hours=1)


class Draft(Struct, frozen=True, kw_only=True):
    edition: Made
    draft: int
    lilac: int
    garage: int
    placed: PlacedSlot
    waiting: str
    alice: int
    bob: int

    async def planning(self) -> Planning:
        return await planning_of(self.draft)

    async def slot(self) -> PlacedSlot:
        found = (await self.planning()).slot(self.placed.code)
        assert found
        return found


async def make_draft() -> Draft:
    """« Conférence » at nine in the Salle des Lilas, for 12 people; « Atelier » waits; the Garage is empty."""
    edition = await make_edition()
    room = await make_room(edition)
    await make_room(edition, "Garage", capacity=None)
    await make_slot(await make_activity(edition, "Conférence"), room=room, seats=12)
    await make_activity(edition, "Atelier")
    draft = await draft_of(edition.id)
    planning = await planning_of(draft)
    alice, bob = await make_person("Alice Roy", "alice@example.ca"), await make_person("Bob Tremblay")
    for person in (alice, bob):
        await grant(person, Role.ORGANISER, edition)
    return Draft(
        edition=edition,
        draft=draft,
        lilac=planning.rooms[0].id,
        garage=planning.rooms[1].id,
        placed=planning.slots[0],
        waiting=planning.unplaced[0].code,
        alice=alice,
        bob=bob,
    )
