"""A draft, changed and released, for tests of what that does to people."""

from datetime import datetime, timedelta

from digital_days.kernel import codes, database
from scheduling.domain.drafts import draft_of
from scheduling.domain.releases import Seen, prepared, publish_release
from tests.factories import Made, make_person


async def alice() -> int:
    """She organises."""
    known = await database.fetch_one("SELECT id FROM person WHERE account_email = 'alice@example.ca'")
    return known["id"] if known else await make_person("Alice Gagnon", "alice@example.ca")


async def seen(edition: Made) -> Seen:
    return (await prepared(edition.id)).seen


async def release(edition: Made, name: str = "Une version", *, override: str = "") -> int:
    """What the draft says is public; its number."""
    return await publish_release(edition.id, name=name, by=await alice(), seen=await seen(edition), override=override)


async def move(edition: Made, slot: Made, starts_at: datetime, *, lasts: timedelta = timedelta(hours=1)) -> None:
    """The draft's twin of a public slot."""
    await database.fetch(
        """
        UPDATE slot d SET starts_at = $3, ends_at = $4
        FROM slot p, activity a WHERE p.code = $2 AND a.id = d.activity AND a.edition = $1 AND d.source_id = p.source_id
        """,
        await draft_of(edition.id),
        slot.code,
        starts_at,
        starts_at + lasts,
    )


async def remove(edition: Made, slot: Made) -> None:
    """Out of the draft."""
    await database.fetch(
        """
        DELETE FROM slot d USING slot p, activity a
        WHERE p.code = $2 AND a.id = d.activity AND a.edition = $1 AND d.source_id = p.source_id
        """,
        await draft_of(edition.id),
        slot.code,
    )


async def make_speaker(edition_id: int, *activities: Made, name: str = "Denise Roy", person: int | None = None) -> int:
    """Somebody of this edition, or draft, who presents these of its activities."""
    row = await database.fetch_one(
        """
        INSERT INTO speaker (edition, code, source_id, name, person)
        VALUES ($1, $4, $2, $2, $3) RETURNING id
        """,
        edition_id,
        name,
        person,
        codes.new_code(),
    )
    assert row is not None
    for activity in activities:
        await database.fetch("INSERT INTO activity_speaker (activity, speaker) VALUES ($1, $2)", activity.id, row["id"])
    return int(row["id"])


async def twin(edition: Made, activity: Made) -> Made:
    """The draft's twin of a public activity."""
    row = await database.fetch_one(
        """
        SELECT d.id, d.code FROM activity d JOIN activity p ON p.source_id = d.source_id
        WHERE d.edition = $1 AND p.code = $2
        """,
        await draft_of(edition.id),
        activity.code,
    )
    assert row is not None
    return Made(row["id"], row["code"])
