"""A plan taken over from another edition: the hall, its picture, every piece; categories are those of the same name."""

from msgspec import Struct
from msgspec.structs import replace

from digital_days.kernel import database
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, localized
from exhibitors.domain.categories import categories_of
from exhibitors.domain.floor_plan import plan_of
from exhibitors.domain.halls import change_hall, hall_of, hall_version
from exhibitors.domain.plan_changes import change_plan
from exhibitors.domain.plan_pieces import Put, facts_of


class PlanNotEmpty(Conflict):
    message = N_("Ce plan a déjà des éléments : un autre ne peut être repris que dans une salle vide.")


class NoSuchPlan(Conflict):
    message = N_("Cette édition n’a pas de plan à reprendre.")


class OtherPlan(Struct, frozen=True, kw_only=True):
    """Of another edition of the same organisation."""

    slug: str
    name_fr: str
    name_en: str
    booths: int

    @property
    def name(self) -> str:
        """The edition's, in the reader's language."""
        return localized(self.name_fr, self.name_en)


async def other_plans(edition_id: int) -> list[OtherPlan]:
    """Those with booths, the newest edition first."""
    rows = await database.fetch(
        """
        SELECT e.slug, e.name_fr, e.name_en, count(*) AS booths FROM edition e JOIN booth b ON b.edition = e.id
        WHERE e.id <> $1 AND e.draft_of IS NULL GROUP BY e.id ORDER BY e.starts_on DESC, e.id DESC
        """,
        edition_id,
    )
    return [OtherPlan(**row) for row in rows]


async def take_plan(edition_id: int, *, source_id: int) -> int:
    """How many booths came along; raises ``PlanNotEmpty``, ``NoSuchPlan``. The plan is not published by this."""
    source, here = await plan_of(source_id), await plan_of(edition_id)
    if not source.booths and not source.shapes:
        raise NoSuchPlan
    named = {category.name_fr.casefold(): category.code for category in await categories_of(edition_id)}
    booths = [replace(facts_of(b), category=named.get(b.category_fr.casefold(), "")) for b in source.booths]
    async with database.transaction():
        await change_hall(edition_id, hall_of(source), version=hall_version(here))
        now = await plan_of(edition_id)
        if now.booths or now.shapes:
            raise PlanNotEmpty
        await change_plan(edition_id, [Put(facts=facts) for facts in (*booths, *map(facts_of, source.shapes))])
    return len(booths)
