"""Keeping one of several places that a release has put at the same time."""

from digital_days.kernel import clock, database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from scheduling.domain.giving_back import give_back
from scheduling.domain.held_places import HeldPlace, held_place, places_in_the_way
from scheduling.domain.settling import settle


class ExpectedElsewhere(Conflict):
    message = N_("Votre agenda a autre chose à ce moment-là, qui ne s’annule pas d’ici : regardez votre agenda.")


async def keep_place(code: str) -> list[HeldPlace]:
    """The person keeps this place and gives back whatever else they hold at that time; those given back.

    One transaction. Raises ``NoSuchPlace``, or ``ExpectedElsewhere`` for what cannot be given back (any more).
    """
    wanted = await held_place(code)
    async with database.transaction():
        await database.fetch("SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE", wanted.person_id)
        wanted = await held_place(code)
        if not wanted.must_choose:
            return []
        others = [each for each in await in_the_way_of(wanted) if not each.has_started]
        rows = await database.fetch("SELECT id FROM place WHERE code = ANY($1)", [each.code for each in others])
        await give_back([row["id"] for row in rows], by="person", now=clock.now())
        await settle([wanted.person_id])
        if (await held_place(code)).must_choose:
            raise ExpectedElsewhere
    return others


async def in_the_way_of(place: HeldPlace) -> list[HeldPlace]:
    """The person's other places at that time; by time."""
    found = await places_in_the_way(place.person_id, place.starts_at, place.ends_at)
    return [each for each in found if each.code != place.code]
