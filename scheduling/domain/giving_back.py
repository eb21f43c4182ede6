"""Seats given back: the places, the agenda, the counter of the slot and the promise of the CANCEL mail, together."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

import msgspec

from digital_days.kernel import database, i18n
from scheduling.domain.offers import go_on
from scheduling.domain.settling import settle

By = Literal["person", "desk", "correction", "contact", "given"]


async def give_back(places: Collection[int], *, by: By, now: datetime, handed: str = "") -> bool:
    """Inside the caller's transaction, which holds the person; False when nothing was left to give back.

    The person does it until the activity begins, the welcome desk until it ends. A presence marked before the
    beginning goes with the place: the person does not come. What waited for that time in their agenda gets it, and
    the seat is offered to the next in line, in the same transaction; but for the slot with the code ``handed``, whose
    seat the caller gives to somebody at once.
    """
    slots = await hold_slots(places)
    rows = await database.fetch(
        """
        WITH gone AS (
            UPDATE place SET state = 'cancelled', reason = '', sequence = place.sequence + 1, updated_at = $2
            FROM slot s JOIN activity a ON a.id = s.activity
            WHERE place.id = ANY($1) AND place.state = 'confirmed' AND s.id = place.slot
                AND CASE $3::text WHEN 'desk' THEN s.ends_at ELSE s.starts_at END > $2
            RETURNING place.code, place.person, place.sequence, place.slot, a.edition
        ), forgotten AS (
            DELETE FROM agenda_entry e USING gone WHERE e.source = 'scheduling.place' AND e.source_code = gone.code
        ), unseen AS (
            DELETE FROM attendance t USING gone, slot s, registration r
            WHERE t.slot = gone.slot AND s.id = gone.slot AND s.starts_at > $2
                AND r.id = t.registration AND r.person = gone.person
        ), freed AS (
            UPDATE slot SET taken = taken - here.seats
            FROM (SELECT slot, count(*) AS seats FROM gone GROUP BY slot) here WHERE slot.id = here.slot
        )
        INSERT INTO outbox_message (kind, topic, dedup_key, edition, person, payload, due_at, created_at)
        SELECT 'mail', 'scheduling.cancelled', 'cancelled:' || code || ':' || sequence,
            edition, person, $4::jsonb || jsonb_build_object('place', code, 'sequence', sequence), $2, $2
        FROM gone RETURNING person
        """,
        list(places),
        now,
        by,
        _said(by),
    )
    await settle({row["person"] for row in rows})
    if rows:
        kept = await database.fetch("SELECT id FROM slot WHERE code = $1", handed) if handed else []
        await go_on([slot for slot in slots if slot not in {row["id"] for row in kept}], now)
    return bool(rows)


async def hold_slots(places: Collection[int], *, also: str = "") -> list[int]:
    """Locks, by id, what giving these places back may touch: their slots, and those where these people wait.

    With the slot that has the code ``also``. The caller holds the people.
    """
    rows = await database.fetch(
        """
        SELECT s.id FROM slot s WHERE s.code = $2 OR s.id IN (SELECT slot FROM place WHERE id = ANY($1)) OR s.id IN (
            SELECT w.slot FROM waiting_entry w JOIN place p ON p.person = w.person
            WHERE p.id = ANY($1) AND w.state = 'waiting'
        )
        ORDER BY s.id FOR NO KEY UPDATE
        """,
        list(places),
        also,
    )
    return [row["id"] for row in rows]


def _said(by: By) -> str:
    """What the mail has to know; the desk's language is not the person's."""
    language = {"locale": i18n.current()} if by != "desk" else {}
    return msgspec.json.encode(language | ({"by": by} if by != "person" else {})).decode()
