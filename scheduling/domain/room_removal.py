"""A room goes; what is planned in it does not go by itself."""

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict, Invalid
from digital_days.kernel.i18n import N_
from scheduling.domain.drafts import hold
from scheduling.domain.rooms import room_numbered

WITHOUT_ROOM = 0


class RoomHoldsSlots(Conflict):
    message = N_("Cette salle accueille encore des activités : dites d’abord où elles vont.")


class NotAnotherRoom(Invalid):
    message = N_("Choisissez une autre salle de cette édition, ou aucune salle.")


async def remove_room(draft_id: int, number: int, *, slots_to: int | None, by: int) -> int:
    """Moves its slots to another room, or to ``WITHOUT_ROOM``; how many they were. None decides nothing.

    Raises ``RoomHoldsSlots`` where nothing is decided and there are some, ``NoSuchRoom``, ``NotAnotherRoom``.
    """
    async with database.transaction():
        await hold(draft_id)
        await room_numbered(draft_id, number)
        # Nobody puts a slot into the room from here on, nor takes the other one away.
        rooms = await database.fetch(
            "SELECT id FROM room WHERE edition = $1 AND id = ANY($2::bigint[]) ORDER BY id FOR UPDATE",
            draft_id,
            [number, slots_to or number],
        )
        if slots_to and (slots_to == number or len(rooms) < 2):
            raise NotAnotherRoom
        held = await database.fetch("SELECT id FROM slot WHERE room = $1", number)
        if held and slots_to is None:
            raise RoomHoldsSlots
        moved = await database.fetch(
            "UPDATE slot SET room = $2, updated_at = $3, changed_by = $4 WHERE room = $1 RETURNING id",
            number,
            slots_to or None,
            clock.now(),
            by,
        )
        await database.fetch("DELETE FROM room WHERE id = $1", number)
    return len(moved)
