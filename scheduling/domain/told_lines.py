"""Lines after a release: closed where there is nothing to wait for, else those who wait learn the new time."""

from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec

from digital_days.kernel import database
from scheduling.domain.offers import go_on
from scheduling.domain.programme_facts import SlotFacts

MOVED = "scheduling.waiting_moved"
CLOSED = "scheduling.waiting_over"
OFFERED = "scheduling.offer"


async def go_on_after_release(
    slots: Collection[int], *, moved: Mapping[int, SlotFacts], number: int, now: datetime
) -> None:
    """Inside the release's transaction, which holds these slots. ``moved`` are as they were before, by slot.

    Who keeps waiting in a slot that has moved keeps their rank. An offer never outlives the time it is for.
    """
    await database.fetch(
        """
        UPDATE waiting_entry w SET deadline = s.starts_at FROM slot s
        WHERE s.id = w.slot AND s.id = ANY($1) AND w.state = 'offered' AND w.deadline > s.starts_at
        """,
        list(slots),
    )
    await go_on(slots, now)
    for slot, was in sorted(moved.items()):
        before = {"release": number, "starts_at": was.starts_at, "ends_at": was.ends_at, "room": was.room or ""}
        await database.fetch(
            """
            INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at, priority)
            SELECT 'mail', $4, 'waiting_moved:' || w.code || ':' || ($2::jsonb->>'release'), a.edition, w.person,
                $2::jsonb || jsonb_build_object('entry', w.code, 'locale', w.locale, 'round', w.round,
                    'sequence', s.sequence), $3, $3, 5
            FROM waiting_entry w JOIN slot s ON s.id = w.slot JOIN activity a ON a.id = s.activity
            WHERE s.id = $1 AND w.state IN ('waiting', 'offered') ORDER BY w.rank, w.id
            ON CONFLICT (dedup_key) DO NOTHING
            """,
            slot,
            msgspec.json.encode(before).decode(),
            now,
            MOVED,
        )
