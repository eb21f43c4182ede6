"""A venue: the building that several rooms share, said once for all of them."""

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.i18n import localized
from scheduling.domain.drafts import hold
from scheduling.domain.rooms import NoSuchRoom, Room, room_numbered, rooms_of


class Venue(Struct, frozen=True, kw_only=True):
    """``version`` is that of all its rooms together."""

    name: str
    name_en: str
    address: str
    version: str
    rooms: list[Room]

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return localized(self.name, self.name_en)


async def venue_of(draft_id: int, room_number: int) -> Venue:
    """The building this room is in; raises ``NoSuchRoom``, also for a room that says none."""
    room = await room_numbered(draft_id, room_number)
    if not room.venue:
        raise NoSuchRoom
    rooms = [each for each in await rooms_of(draft_id) if each.venue == room.venue]
    version = " ".join(sorted(f"{each.id}:{each.version}" for each in rooms))
    return Venue(name=room.venue, name_en=room.venue_en, address=room.address, version=version, rooms=rooms)


async def change_venue(draft_id: int, room_number: int, *, name: str, name_en: str, address: str, version: str) -> None:
    """For every room that is there, and for those of a venue that has this name already: from now on they are one.

    Raises ``ChangedMeanwhile``.
    """
    async with database.transaction():
        await hold(draft_id)
        venue = await venue_of(draft_id, room_number)
        if venue.version != version:
            raise ChangedMeanwhile
        await database.fetch(
            "UPDATE room SET venue = $3, venue_en = $4, address = $5 WHERE edition = $1 AND venue = ANY($2)",
            draft_id,
            [venue.name, name],
            name,
            name_en,
            address,
        )
