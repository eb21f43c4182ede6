"""The rooms of a draft: what organisers say of each, and the venue that several share."""

from itertools import groupby

from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.errors import Conflict, NotFound
from digital_days.kernel.i18n import N_, localized
from scheduling.domain.drafts import hold
from scheduling.domain.ordering import place_after

LARGEST_NUMBER = 2**31 - 1


class NoSuchRoom(NotFound):
    message = N_("Cette salle n’existe pas, ou quelqu’un l’a enlevée.")


class RoomNameTaken(Conflict):
    message = N_("Une autre salle de cette édition s’appelle déjà « %(name)s » : donnez un autre nom à celle-ci.")


class RoomTexts(Struct, frozen=True, kw_only=True):
    """What is said of a room; the names are those of the columns. None: nobody has said."""

    name: str
    name_en: str = ""
    venue: str = ""
    capacity: int | None = None
    workstations: int | None = None
    equipment_fr: str = ""
    equipment_en: str = ""
    step_free: bool | None = None


class Room(RoomTexts, frozen=True, kw_only=True):
    """``version`` is the row's; ``slots`` how many of the draft are in it."""

    id: int
    version: str
    venue_en: str
    address: str
    slots: int

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return localized(self.name, self.name_en)

    @property
    def title_of_venue(self) -> str:
        """The same for its building; empty where it says none."""
        return localized(self.venue, self.venue_en)

    @property
    def equipment(self) -> str:
        """What there is, in the reader's language."""
        return localized(self.equipment_fr, self.equipment_en)


_ROOMS = f"""
    SELECT id, xmin::text AS version, {", ".join(RoomTexts.__struct_fields__)}, venue_en, address,
        (SELECT count(*) FROM slot s WHERE s.room = r.id AND s.state = 'scheduled') AS slots
    FROM room r WHERE edition = $1
"""
# A venue is its rooms' common name: whoever joins it has its address and its English name too.
_JOIN_VENUE = """
    UPDATE room r SET venue_en = other.venue_en, address = other.address
    FROM (
        SELECT '' AS venue_en, '' AS address, 1 AS rank
        UNION ALL
        (SELECT venue_en, address, 0 FROM room WHERE edition = $1 AND id <> $2 AND venue <> ''
            AND venue = (SELECT venue FROM room WHERE id = $2) LIMIT 1)
        ORDER BY rank LIMIT 1
    ) other WHERE r.id = $2
"""


async def rooms_of(draft_id: int) -> list[Room]:
    """In their order; one query."""
    return [Room(**row) for row in await database.fetch(f"{_ROOMS} ORDER BY position, id", draft_id)]


async def room_numbered(draft_id: int, number: int) -> Room:
    """Raises ``NoSuchRoom``, also for a room of another edition."""
    row = 0 < number <= LARGEST_NUMBER and await database.fetch_one(f"{_ROOMS} AND id = $2", draft_id, number)
    if not row:
        raise NoSuchRoom
    return Room(**row)


def by_venue(rooms: list[Room]) -> dict[str, list[Room]]:
    """Venues in the order of their first rooms."""
    first = {venue: number for number, venue in reversed(list(enumerate(room.venue for room in rooms)))}
    ordered = sorted(rooms, key=lambda room: first[room.venue])
    return {venue: list(group) for venue, group in groupby(ordered, key=lambda room: room.venue)}


async def add_room(draft_id: int, said: RoomTexts, *, after: int) -> None:
    """Raises ``RoomNameTaken``, also when somebody else takes the name at this very moment."""
    columns = asdict(said)
    values = ", ".join(f"${number}" for number in range(2, len(columns) + 2))
    async with database.transaction():
        await hold(draft_id)
        made = await database.fetch_one(
            f"""
            INSERT INTO room (edition, {", ".join(columns)}) VALUES ($1, {values})
            ON CONFLICT (edition, name) DO NOTHING RETURNING id
            """,
            draft_id,
            *columns.values(),
        )
        if made is None:
            raise RoomNameTaken(name=said.name)
        await database.fetch(_JOIN_VENUE, draft_id, made["id"])
        await place_after("room", made["id"], after, draft_id=draft_id)


async def change_room(draft_id: int, number: int, said: RoomTexts, *, version: str, after: int) -> None:
    """Under another name it keeps its slots. Raises ``RoomNameTaken``, ``ChangedMeanwhile``, ``NoSuchRoom``."""
    columns = asdict(said)
    values = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, start=3))
    async with database.transaction():
        await hold(draft_id)
        before = await room_numbered(draft_id, number)
        if any(room.name == said.name and room.id != number for room in await rooms_of(draft_id)):
            raise RoomNameTaken(name=said.name)
        changed = await database.fetch(
            f"UPDATE room SET {values} WHERE id = $1 AND xmin::text = $2 RETURNING id",
            number,
            version,
            *columns.values(),
        )
        if not changed:
            raise ChangedMeanwhile
        if before.venue != said.venue:
            await database.fetch(_JOIN_VENUE, draft_id, number)
        await place_after("room", number, after, draft_id=draft_id)
