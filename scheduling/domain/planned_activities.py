"""Organisers write the activities of the draft: nobody overwrites what they have not seen."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct, structs

from digital_days.kernel import clock, database
from digital_days.kernel.codes import new_code, normalize
from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_, _
from scheduling.domain.planned_activity import ActivityContent, NoSuchPlannedActivity, planned_activity
from scheduling.domain.search_keys import refresh_search_keys


class Overtaken(Conflict):
    message = N_("Cette activité a changé pendant que vous écriviez.")


class OvertakenBySomebody(Overtaken):
    message = N_("%(who)s a modifié cette activité pendant que vous écriviez.")


class WantedSlot(Struct, frozen=True, kw_only=True):
    """``room`` by its name, none where it is empty; a slot without ``code`` is new."""

    starts_at: datetime
    ends_at: datetime
    room: str = ""
    seats: int | None = None
    code: str = ""
    version: str = ""


class SlotChanges(Struct, frozen=True, kw_only=True):
    """Only what its author has touched; ``removed`` are pairs of code and version."""

    written: Sequence[WantedSlot] = ()
    removed: Sequence[tuple[str, str]] = ()


NOTHING = SlotChanges()

# A slot that was taken off the draft and is still public is the same one when it comes back: people hold places in it.
_NEW_SLOT = """
    INSERT INTO slot (room, activity, code, source_id, starts_at, ends_at, seats, changed_by, updated_at)
    SELECT (SELECT id FROM room WHERE edition = $1 AND name = $7), $2, $3, coalesce((
            SELECT s.source_id FROM slot s JOIN activity public ON public.id = s.activity
            JOIN edition draft ON draft.draft_of = public.edition
            JOIN activity a ON a.edition = draft.id AND a.source_id = public.source_id
            WHERE a.id = $2 AND s.state = 'scheduled'
                AND NOT EXISTS (SELECT FROM slot mine WHERE mine.activity = a.id AND mine.source_id = s.source_id)
            ORDER BY s.starts_at, s.id LIMIT 1
        ), $4), $5, $6, $8, $9, $10
    RETURNING id
"""


async def add_activity(draft_id: int, content: ActivityContent, slots: SlotChanges = NOTHING, *, by: int) -> str:
    """The code of the new activity of this draft."""
    async with database.transaction():
        row = await database.fetch_one(
            """
            INSERT INTO activity (edition, code, source_id, title_fr, changed_by, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, code
            """,
            draft_id,
            new_code(),
            new_code(),
            content.title_fr,
            by,
            clock.now(),
        )
        if row is None:  # pragma: no cover - INSERT … RETURNING gives its row
            raise NoSuchPlannedActivity
        await _write(draft_id, row["id"], content, slots, by=by)
        return str(row["code"])


async def change_activity(
    draft_id: int, code: str, content: ActivityContent, slots: SlotChanges = NOTHING, *, version: str, by: int
) -> None:
    """All of it or nothing: raises ``Overtaken``, saying by whom, when the activity or a slot is not as it was seen."""
    async with database.transaction():
        row = await database.fetch_one(
            """
            UPDATE activity SET changed_by = $4, updated_at = $5
            WHERE edition = $1 AND code = $2 AND xmin::text = $3 RETURNING id
            """,
            draft_id,
            normalize(code),
            version,
            by,
            clock.now(),
        )
        if row is None:
            raise await _overtaken(draft_id, code)
        if not await _write(draft_id, row["id"], content, slots, by=by):
            raise await _slot_overtaken(row["id"])


async def duplicate_activity(draft_id: int, code: str, *, by: int) -> str:
    """The code of a copy that says the same, with another title and without slots: one room can't hold both."""
    content = (await planned_activity(draft_id, code)).content
    copy = structs.replace(
        content,
        title_fr=_("%(title)s (copie)", title=content.title_fr)[:300],
        title_en=f"{content.title_en} (copy)"[:300] if content.title_en else "",
    )
    return await add_activity(draft_id, copy, by=by)


async def remove_activity(draft_id: int, code: str, *, version: str) -> None:
    """With its slots, from the draft alone: what is public stays until the next release. Raises ``Overtaken``."""
    async with database.transaction():
        row = await database.fetch_one(
            "DELETE FROM activity WHERE edition = $1 AND code = $2 AND xmin::text = $3 RETURNING id",
            draft_id,
            normalize(code),
            version,
        )
        if row is None:
            raise await _overtaken(draft_id, code)


async def _overtaken(draft_id: int, code: str) -> Overtaken:
    return _by((await planned_activity(draft_id, code)).changed_by)


async def _slot_overtaken(activity: int) -> Overtaken:
    last = await database.fetch_one(
        """
        SELECT p.name FROM slot s LEFT JOIN person p ON p.id = s.changed_by WHERE s.activity = $1
        ORDER BY s.updated_at DESC, s.id DESC LIMIT 1
        """,
        activity,
    )
    return _by(last["name"] if last else None)


def _by(who: str | None) -> Overtaken:
    return OvertakenBySomebody(who=who) if who else Overtaken()


async def _write(draft_id: int, number: int, content: ActivityContent, slots: SlotChanges, *, by: int) -> bool:
    await database.fetch(
        """
        UPDATE activity SET title_fr = $3, title_en = $4, subtitle = $5, summary_fr = $6, summary_en = $7,
            description_fr = $8, description_en = $9, language = $10, minutes = $11, needs_workstations = $12,
            links = $13,
            kind = (SELECT id FROM label WHERE edition = $1 AND facet = 'kind' AND slug = $14),
            theme = (SELECT id FROM label WHERE edition = $1 AND facet = 'theme' AND slug = $15),
            audience = (SELECT id FROM label WHERE edition = $1 AND facet = 'audience' AND slug = $16)
        WHERE id = $2
        """,
        draft_id,
        number,
        content.title_fr,
        content.title_en,
        content.subtitle,
        content.summary_fr,
        content.summary_en,
        content.description_fr,
        content.description_en,
        content.language,
        content.minutes,
        content.needs_workstations,
        msgspec.json.encode(content.links).decode(),
        content.kind,
        content.theme,
        content.audience,
    )
    await database.fetch("DELETE FROM activity_speaker WHERE activity = $1", number)
    await database.fetch(
        """
        INSERT INTO activity_speaker (activity, speaker, position)
        SELECT $2, s.id, wanted.position FROM unnest($3::text[]) WITH ORDINALITY AS wanted (code, position)
        JOIN speaker s ON s.edition = $1 AND s.code = wanted.code
        """,
        draft_id,
        number,
        list(dict.fromkeys(content.speakers)),
    )
    done = [await _write_slot(draft_id, number, slot, by=by) for slot in slots.written]
    done += [await _remove_slot(number, code, version) for code, version in slots.removed]
    await refresh_search_keys(draft_id, [number])
    return all(done)


async def _write_slot(draft_id: int, activity: int, slot: WantedSlot, *, by: int) -> bool:
    said = (slot.starts_at, slot.ends_at, slot.room, slot.seats, by, clock.now())
    if not slot.code:
        return bool(await database.fetch(_NEW_SLOT, draft_id, activity, new_code(), new_code(), *said))
    statement = """
        UPDATE slot SET room = (SELECT id FROM room WHERE edition = $1 AND name = $7), starts_at = $5, ends_at = $6,
            seats = $8, changed_by = $9, updated_at = $10
        WHERE activity = $2 AND code = $3 AND xmin::text = $4 RETURNING id
    """
    return bool(await database.fetch(statement, draft_id, activity, slot.code, slot.version, *said))


async def _remove_slot(activity: int, code: str, version: str) -> bool:
    gone = await database.fetch(
        "DELETE FROM slot WHERE activity = $1 AND code = $2 AND xmin::text = $3 RETURNING id", activity, code, version
    )
    left = await database.fetch("SELECT FROM slot WHERE activity = $1 AND code = $2", activity, code)
    return bool(gone) or not left
