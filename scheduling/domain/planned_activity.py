"""An activity of the draft, as its organisers write it."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from digital_days.kernel import database
from digital_days.kernel.codes import normalize
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_, localized


class NoSuchPlannedActivity(NotFound):
    message = N_("Cette activité n’est pas, ou n’est plus, dans le programme en préparation.")


class ActivityContent(Struct, frozen=True, kw_only=True):
    """What an organiser says of an activity: labels by their slugs, speakers by their codes in the draft."""

    title_fr: str
    title_en: str = ""
    subtitle: str = ""
    summary_fr: str = ""
    summary_en: str = ""
    description_fr: str = ""
    description_en: str = ""
    kind: str = ""
    theme: str = ""
    audience: str = ""
    language: str = "fr"
    minutes: int = 60
    needs_workstations: bool = False
    links: tuple[tuple[str, str], ...] = ()
    speakers: tuple[str, ...] = ()


class PlannedSlot(Struct, frozen=True, kw_only=True):
    """``held`` counts the places that people have in what is public of it; ``version`` is this writing of the row."""

    code: str
    version: str
    starts_at: datetime
    ends_at: datetime
    room: str
    seats: int | None
    held: int


class PlannedActivity(Struct, frozen=True, kw_only=True):
    """``public_code`` is empty while nobody but the organisers has seen it."""

    id: int
    code: str
    source_id: str
    version: str
    public_code: str
    changed_by: str
    updated_at: datetime
    content: ActivityContent
    slots: Sequence[PlannedSlot]

    @property
    def title(self) -> str:
        """In the reader's language."""
        return localized(self.content.title_fr, self.content.title_en)

    @property
    def held(self) -> int:
        """Places that people have in it."""
        return sum(slot.held for slot in self.slots)


_ACTIVITY = """
    SELECT a.id, a.code, a.source_id, a.xmin::text AS version, a.title_fr, a.title_en, a.subtitle, a.summary_fr,
        a.summary_en, a.description_fr, a.description_en, a.language, a.minutes, a.needs_workstations, a.links::text,
        a.updated_at, coalesce(p.name, '') AS changed_by, coalesce(public.code, '') AS public_code,
        coalesce(k.slug, '') AS kind, coalesce(t.slug, '') AS theme, coalesce(u.slug, '') AS audience,
        ARRAY(
            SELECT s.code FROM activity_speaker l JOIN speaker s ON s.id = l.speaker
            WHERE l.activity = a.id ORDER BY l.position, l.id
        ) AS speakers
    FROM activity a
    JOIN edition e ON e.id = a.edition
    LEFT JOIN activity public ON public.edition = e.draft_of AND public.source_id = a.source_id
    LEFT JOIN label k ON k.id = a.kind LEFT JOIN label t ON t.id = a.theme LEFT JOIN label u ON u.id = a.audience
    LEFT JOIN person p ON p.id = a.changed_by
    WHERE a.edition = $1 AND a.code = $2
"""
_SLOTS = """
    SELECT s.code, s.xmin::text AS version, s.starts_at, s.ends_at, coalesce(r.name, '') AS room, s.seats,
        coalesce(public.taken, 0) AS held
    FROM slot s
    JOIN activity a ON a.id = s.activity
    JOIN edition e ON e.id = a.edition
    LEFT JOIN room r ON r.id = s.room
    LEFT JOIN activity b ON b.edition = e.draft_of AND b.source_id = a.source_id
    LEFT JOIN slot public ON public.activity = b.id AND public.source_id = s.source_id AND public.state = 'scheduled'
    WHERE s.activity = $1 ORDER BY s.starts_at, s.id
"""


async def planned_activity(draft_id: int, code: str) -> PlannedActivity:
    """As it stands in this draft; raises ``NoSuchPlannedActivity``, also for another edition's."""
    row = await database.fetch_one(_ACTIVITY, draft_id, normalize(code))
    if row is None:
        raise NoSuchPlannedActivity
    slots = await database.fetch(_SLOTS, row["id"])
    said = {**row, "links": msgspec.json.decode(row["links"])}
    return PlannedActivity(
        id=row["id"],
        code=row["code"],
        source_id=row["source_id"],
        version=row["version"],
        public_code=row["public_code"],
        changed_by=row["changed_by"],
        updated_at=row["updated_at"],
        content=msgspec.convert(said, ActivityContent),
        slots=[PlannedSlot(**slot) for slot in slots],
    )


async def code_in_draft(draft_id: int, source_id: str) -> str:
    """What the draft calls the activity with this key; empty where it is not in it any more."""
    row = await database.fetch_one(
        "SELECT code FROM activity WHERE edition = $1 AND source_id = $2", draft_id, source_id
    )
    return str(row["code"]) if row else ""
