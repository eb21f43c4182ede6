"""Whether everybody may know of an edition."""

from digital_days.kernel import database, editions
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_


class SomebodyRegistered(Conflict):
    message = N_("Des personnes sont inscrites à cette édition : elle reste annoncée, pour elles aussi.")


async def announce(edition_id: int) -> bool:
    """From now on everybody sees the edition; False when they did already."""
    announced = await database.fetch(
        "UPDATE edition SET announced = true WHERE id = $1 AND NOT announced RETURNING id", edition_id
    )
    editions.forget()
    return bool(announced)


async def withdraw(edition_id: int) -> None:
    """Only its organisers see it again; raises ``SomebodyRegistered``, also when that happens at this very moment."""
    async with database.transaction():
        # Whoever registers holds a slot's row until it is committed, at the desk the edition's: we wait for those
        # under way, and those who come after us see what we have done.
        await database.fetch("SELECT FROM edition WHERE id = $1 FOR UPDATE", edition_id)
        await database.fetch(
            """
            SELECT FROM slot s WHERE s.activity IN (SELECT id FROM activity WHERE edition = $1)
            ORDER BY s.id FOR UPDATE
            """,
            edition_id,
        )
        withdrawn = await database.fetch(
            """
            UPDATE edition SET announced = false
            WHERE id = $1 AND NOT EXISTS (SELECT FROM registration WHERE edition = $1) RETURNING id
            """,
            edition_id,
        )
    editions.forget()
    if not withdrawn:
        raise SomebodyRegistered
