"""Somebody takes back all that they said; what a partner reads of a cancelled meeting goes a month after the event."""

from digital_days.kernel import clock, database
from matchmaking.domain.leaving import leave
from matchmaking.domain.participations import NoParticipation, participation_of

_OWN = """
    WITH absent AS (DELETE FROM match_absence WHERE participant = $1),
        said AS (UPDATE meeting_outcome SET note = '' WHERE participant = $1)
    UPDATE match_participant SET role = '', languages = '["fr"]', least = 0, most = NULL, updated_at = $2 WHERE id = $1
"""
_SHARED = """
    WITH needs AS (DELETE FROM match_need WHERE organisation = $1),
        wishes AS (DELETE FROM match_wish WHERE by = $1)
    UPDATE match_organisation SET about = '', sector = '', size = '', updated_at = $2 WHERE id = $1
"""


async def erase(person_id: int, edition_id: int) -> None:
    """Leaves first, where they still take part; what colleagues share goes with the last of them. One transaction.

    Again changes nothing. Raises ``NoParticipation``.
    """
    async with database.transaction():
        found = await participation_of(person_id, edition_id)
        if found is not None and found.state != "left":
            await leave(person_id, edition_id)
        house = found.organisation_id if found else 0
        await database.fetch("SELECT FROM match_organisation WHERE id = $1 FOR NO KEY UPDATE", house)
        found = await participation_of(person_id, edition_id)  # its colleagues as they are now that nobody else writes
        if found is None:
            raise NoParticipation
        await database.fetch(_OWN, found.id, clock.now())
        if all(colleague.state == "left" for colleague in found.colleagues):
            await database.fetch(_SHARED, house, clock.now())
