"""For whom there is something in the programme."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_, localized
from scheduling.domain.programme import Activity, Label, Programme, Slot

DayOfSlots = tuple[date, Sequence[Slot]]


class NoSuchAudience(NotFound):
    message = N_("Ce public n’a pas de page, ou elle a changé d’adresse.")


class AudienceSummary(Struct, frozen=True, kw_only=True):
    """An audience and how many activities are meant for it."""

    slug: str
    name_fr: str
    name_en: str
    activities: int

    @property
    def name(self) -> str:
        """In the reader's language."""
        return localized(self.name_fr, self.name_en)


async def audiences_of(edition_id: int) -> list[AudienceSummary]:
    """Those that something in the programme is meant for, in the edition's own order; one query."""
    rows = await database.fetch(
        """
        SELECT l.slug, l.name_fr, l.name_en, count(a.id) AS activities
        FROM label l JOIN activity a ON a.audience = l.id
        WHERE l.edition = $1 AND l.facet = 'audience' AND EXISTS (SELECT FROM slot s WHERE s.activity = a.id)
        GROUP BY l.id ORDER BY l.position, l.id
        """,
        edition_id,
    )
    return [AudienceSummary(**row) for row in rows]


def audience_called(programme: Programme, slug: str) -> Label:
    """The audience with this name in addresses; raises ``NoSuchAudience``, also for a theme or another edition's."""
    found = next((label for label in programme.labels["audience"] if label.slug == slug), None)
    if found is None:
        raise NoSuchAudience
    return found


def days_for(programme: Programme, audience: Label) -> list[DayOfSlots]:
    """What is meant for this audience, day by day in order of time."""
    slots = [slot for slot in programme.slots if _is_for(slot.activity, audience)]
    return [(day, list(several)) for day, several in groupby(slots, key=lambda slot: slot.day)]


def without_time_for(programme: Programme, audience: Label) -> list[Activity]:
    """What is meant for this audience and has no time yet."""
    return [
        activity
        for activity in programme.activities.values()
        if _is_for(activity, audience) and activity.code not in programme.slots_of
    ]


def _is_for(activity: Activity, audience: Label) -> bool:
    label = activity.labels.get("audience")
    return label is not None and label.slug == audience.slug
