"""Who is told when meetings change: one letter a person and change, with what changed for them."""

from collections import defaultdict
from collections.abc import Collection

from digital_days.kernel import database
from digital_days.kernel.mail import Promise, queue_mails

TOPIC = "matchmaking.schedule"


_SEATS = """
    SELECT m.code AS meeting, s.code AS participant, s.person FROM meeting m
    JOIN match_participant s ON s.id IN (m.business, m.resource) AND s.left_at IS NULL
    JOIN person p ON p.id = s.person
    WHERE m.id = ANY($1) AND p.email <> '' ORDER BY s.id, m.starts_at, m.id
"""


async def tell_changes(edition_id: int, changed: Collection[int], *, key: str) -> None:
    """The two of each of these meetings, in the caller's transaction. ``key`` names the change: told twice is once.

    Whoever has left knows it already.
    """
    theirs: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in await database.fetch(_SEATS, list(changed)):
        theirs[row["participant"], row["person"]].append(row["meeting"])
    promises = [
        Promise(
            person=person,
            dedup_key=f"{TOPIC}:{participant}:{key}",
            payload={"participant": participant, "meetings": meetings},
        )
        for (participant, person), meetings in theirs.items()
    ]
    await queue_mails(TOPIC, promises, edition_id=edition_id)
