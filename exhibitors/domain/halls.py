"""The hall of an edition: its measures, its rule for ways, the picture it is drawn over, whether everybody sees it."""

import hashlib
from collections.abc import Sequence

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from digital_days.kernel import database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_
from exhibitors.domain.floor_plan import Plan, plan_of
from exhibitors.domain.plan_turns import plan_turn
from exhibitors.domain.plan_words import Told, found_in


class PlanForbidden(Conflict):
    message = N_("Ce plan ne peut pas être publié : corrigez d’abord ce qui se chevauche ou dépasse de la salle.")


class PlanDoubtful(Conflict):
    message = N_("Avant de publier, lisez ce que le contrôle a trouvé, puis confirmez que vous publiez quand même.")


class HallFacts(Struct, frozen=True, kw_only=True):
    """Lengths in centimetres; ``background`` names a picture that is kept (``plan_pictures``), or none."""

    name_fr: str = ""
    name_en: str = ""
    width: int
    depth: int
    aisle: int
    background: str = ""
    opacity: int = 50


def hall_of(plan: Plan) -> HallFacts:
    """As it is now."""
    return HallFacts(**{name: getattr(plan, name) for name in HallFacts.__struct_fields__})


def hall_version(plan: Plan) -> str:
    """Changes with the hall, and not with what stands in it."""
    return hashlib.sha256(msgspec.json.encode(hall_of(plan))).hexdigest()[:16]


async def change_hall(edition_id: int, said: HallFacts, *, version: str) -> None:
    """Booths stay where they are, also outside of a smaller hall: the check says so. Raises ``ChangedMeanwhile``."""
    columns = asdict(said)
    values = ", ".join(f"{name} = ${place}" for place, name in enumerate(columns, start=2))
    async with plan_turn(edition_id):
        if hall_version(await plan_of(edition_id)) != version:
            raise ChangedMeanwhile
        await database.fetch(f"UPDATE floor_plan SET {values} WHERE edition = $1", edition_id, *columns.values())


async def publish_plan(edition_id: int, *, confirmed: bool) -> Sequence[Told]:
    """Shows it to everybody, and gives what the check has found: who is in charge may know better.

    Raises ``PlanForbidden``, and ``PlanDoubtful`` until it is confirmed.
    """
    async with plan_turn(edition_id):
        found = await found_in(await plan_of(edition_id))
        if any(told.forbids for told in found):
            raise PlanForbidden
        if found and not confirmed:
            raise PlanDoubtful
        await database.fetch("UPDATE floor_plan SET published = true WHERE edition = $1", edition_id)
    return found


async def hide_plan(edition_id: int) -> None:
    """Only organisers and exhibitors who choose a booth see it then."""
    async with plan_turn(edition_id):
        await database.fetch("UPDATE floor_plan SET published = false WHERE edition = $1", edition_id)
