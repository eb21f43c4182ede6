"""The public programme as other services may point at it."""

from datetime import timedelta

import pytest

from digital_days.composition import plug_in
from digital_days.kernel import database
from digital_days.kernel.happenings import Happening, happenings_of
from tests.factories import IN_A_YEAR, make_activity, make_edition, make_room, make_slot

pytestmark = pytest.mark.usefixtures("db")


async def test_each_activity_is_told_once_at_its_first_time_that_is_on(app: object):
    plug_in()
    edition = await make_edition()
    room = await make_room(edition)
    twice = await make_activity(edition, "Mots de passe solides")
    called_off = await make_slot(twice, room=room)
    await make_slot(twice, starts_at=IN_A_YEAR + timedelta(hours=2), room=room)
    await make_slot(twice, starts_at=IN_A_YEAR + timedelta(hours=4))
    gone = await make_slot(await make_activity(edition, "Infonuagique"))
    first = await make_activity(edition, "Courriel")
    await make_slot(first, starts_at=IN_A_YEAR + timedelta(hours=1))
    slots = [called_off.id, gone.id]
    await database.fetch("UPDATE slot SET state = 'cancelled' WHERE id = ANY($1)", slots)

    assert await happenings_of(edition.id) == [
        Happening(
            code=first.code,
            title="Courriel",
            starts_at=IN_A_YEAR + timedelta(hours=1),
            place="",
            path=f"/jn2027/activites/{first.code}",
        ),
        Happening(
            code=twice.code,
            title="Mots de passe solides",
            starts_at=IN_A_YEAR + timedelta(hours=2),
            place="Salle des Lilas",
            path=f"/jn2027/activites/{twice.code}",
        ),
    ]
