"""What a new edition takes from an earlier one: its places, themes, activities and words, and nobody of its people."""

from datetime import date, timedelta

from msgspec import structs

from digital_days.kernel import clock, database
from scheduling.domain.copied_rules import copy_rules
from scheduling.domain.drafts import draft_of, without_cancelled
from scheduling.domain.import_plan import compare
from scheduling.domain.planned_moments import PlannedMoment, outside
from scheduling.domain.programme_facts import Facts
from scheduling.domain.programme_writing import write_programme
from scheduling.domain.shifted_programme import Settled, on_other_days
from scheduling.domain.stored_programme import stored_programme

_OPENING_HOURS = """
    INSERT INTO opening_hours (edition, day, opens_at, closes_at)
    SELECT $2, day + $3::int, opens_at, closes_at FROM opening_hours WHERE edition = $1
"""
_TEMPLATES = """
    INSERT INTO message_template (edition, name, subject_fr, subject_en, body_fr, body_en)
    SELECT $2, name, subject_fr, subject_en, body_fr, body_en FROM message_template WHERE edition = $1 ORDER BY id
"""


async def copy_edition(source_id: int, edition_id: int, days: timedelta) -> None:
    """Fills the draft of a new edition with that of an earlier one, so many days later by our clocks.

    Speakers stay behind, and whatever a source said about activities beyond our columns: names may stand there.
    """
    source, draft = await draft_of(source_id), await draft_of(edition_id)
    earlier, empty = await stored_programme(source), await stored_programme(draft)
    wanted, _settled = on_other_days(_without_people(earlier.facts), days)
    plan = compare(empty.facts, wanted)
    await write_programme(plan, empty, edition_id=draft, now=clock.now(), slugs=earlier.label_slugs)
    await database.fetch(_OPENING_HOURS, source, draft, days.days)
    await database.fetch(_TEMPLATES, source_id, edition_id)
    await copy_rules(source_id, edition_id, days)


async def settled_by_copying(
    source_id: int, days: timedelta, starts_on: date, ends_on: date
) -> tuple[list[Settled], list[PlannedMoment]]:
    """What the copy could not keep as it is: hours that our clocks skip or show twice, slots beyond the new days."""
    facts = _without_people((await stored_programme(await draft_of(source_id))).facts)
    moved, settled = on_other_days(facts, days)
    moments = [
        PlannedMoment(
            id=0,
            title_fr=moved.activities[activity].title_fr,
            title_en=moved.activities[activity].title_en or "",
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )
        for (activity, _key), slot in moved.slots.items()
    ]
    return settled, outside(sorted(moments, key=lambda moment: moment.starts_at), starts_on, ends_on)


def _without_people(facts: Facts) -> Facts:
    plain = without_cancelled(facts)
    activities = {key: structs.replace(each, speakers=(), extra={}) for key, each in plain.activities.items()}
    return structs.replace(plain, speakers={}, activities=activities)
