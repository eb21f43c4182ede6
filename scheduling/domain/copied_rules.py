"""The rules of an earlier edition on the days of a new one: what counts at once there too, as soon as it is public."""

from datetime import timedelta

import msgspec

from digital_days.kernel import clock, database
from scheduling.domain.rows import insert_rows
from scheduling.domain.shifted_programme import on_another_day

_RULES = """
    SELECT r.activity, r.opens_at, r.closes_at, r.reserved_seats, r.reserved_for, r.reserved_until, r.prerequisites_fr,
        r.prerequisites_en, r.questions::text
    FROM activity_rules r
    WHERE r.edition = $1 AND EXISTS (
        SELECT FROM activity a JOIN edition d ON d.id = a.edition WHERE d.draft_of = $2 AND a.source_id = r.activity
    )
    ORDER BY r.id
"""
_EDITION_RULES = "SELECT most, most_until, offer_hours FROM edition_rules WHERE edition = $1"
_MOMENTS = ("opens_at", "closes_at", "reserved_until", "most_until")


async def copy_rules(source_id: int, edition_id: int, days: timedelta) -> None:
    """Of the activities that the new edition's draft has, every date so many days later by our clocks.

    Questions keep their codes: answers belong to places, and no place is copied.
    """
    rules = [_shifted(row, days) for row in await database.fetch(_RULES, source_id, edition_id)]
    for each in rules:
        each |= {"questions": msgspec.json.decode(str(each["questions"])), "updated_at": clock.now()}
    await insert_rows("activity_rules", [{"edition": edition_id, **each} for each in rules])
    of_edition = [_shifted(row, days) for row in await database.fetch(_EDITION_RULES, source_id)]
    await insert_rows("edition_rules", [{"edition": edition_id, **each} for each in of_edition])


def _shifted(row: database.Row, days: timedelta) -> dict[str, object]:
    said = dict(row)
    for name in _MOMENTS:
        if said.get(name):
            said[name] = on_another_day(said[name], days)
    if said.get("opens_at") and said.get("closes_at") and said["opens_at"] >= said["closes_at"]:
        said["closes_at"] = said["opens_at"] + (row["closes_at"] - row["opens_at"])  # the clock has skipped an hour
    return said
