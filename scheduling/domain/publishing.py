"""Making a programme public: written, kept as a release, and everybody concerned promised one message."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from digital_days.kernel import database
from scheduling.domain import appearances, documents
from scheduling.domain.import_plan import Plan
from scheduling.domain.moved_people import cancel_places, move_places
from scheduling.domain.programme_facts import LabelKey, StoredProgramme
from scheduling.domain.programme_writing import write_programme
from scheduling.domain.release_promises import promise
from scheduling.domain.rows import update_rows
from scheduling.domain.told_lines import go_on_after_release


class Draft(Struct, frozen=True, kw_only=True):
    """What a release says of itself; ``by`` is nobody where a command imports."""

    name: str
    by: int | None = None
    override: str = ""


async def publish(
    plan: Plan,
    stored: StoredProgramme,
    release: Draft,
    *,
    edition_id: int,
    slug: str,
    now: datetime,
    labels: Mapping[LabelKey, str] | None = None,
) -> int:
    """The number of the new release. Inside the caller's transaction, which holds the edition, slots and people.

    The database refuses a room or a speaker twice at once: whoever plans has looked before. New labels have the
    addresses that ``labels`` gives them.
    """
    before = await appearances.appearances(edition_id)
    await write_programme(plan, stored, edition_id=edition_id, now=now, slugs=labels)
    await _remember_before(plan, stored, now)
    await appearances.know_speakers(edition_id)
    cancelled = await cancel_places(_numbers(stored, plan.cancelled), now=now)
    moved = await move_places(_numbers(stored, plan.moved), now=now)
    number = await _keep(plan, release, edition_id, slug, now)
    after = await appearances.appearances(edition_id)
    was = {stored.slots[key].id: plan.before.slots[key] for key in (*plan.moved, *plan.cancelled)}
    await go_on_after_release(
        _numbers(stored, (key for key in plan.slots.changed if key in stored.slots)),
        moved={slot: was[slot] for slot in _numbers(stored, plan.moved)},
        number=number,
        now=now,
    )
    await promise(
        edition_id=edition_id,
        number=number,
        cancelled=cancelled,
        moved=moved,
        was=was,
        rooms=plan.before.rooms,
        appearances=list(appearances.changed(before, after, now=now)),
        now=now,
    )
    return number


def _numbers(stored: StoredProgramme, keys: Iterable[tuple[str, str]]) -> list[int]:
    return [stored.slots[key].id for key in keys]


async def _remember_before(plan: Plan, stored: StoredProgramme, now: datetime) -> None:
    await update_rows(
        "slot",
        [
            {
                "id": stored.slots[key].id,
                "moved_at": now,
                "was_starts_at": plan.before.slots[key].starts_at,
                "was_room": plan.before.slots[key].room or "",
            }
            for key in plan.moved
        ],
    )


async def _keep(plan: Plan, release: Draft, edition_id: int, slug: str, now: datetime) -> int:
    row = await database.fetch_one(
        """
        WITH announced AS (UPDATE edition SET announced = true WHERE id = $1 AND NOT announced)
        INSERT INTO release (edition, number, name, override, document, created_at, by)
        SELECT $1, 1 + coalesce(max(number), 0), $2, $3, $4, $5, $6 FROM release WHERE edition = $1
        RETURNING id, number
        """,
        edition_id,
        release.name,
        release.override,
        documents.written(documents.document_of(plan.after, slug=slug)),
        now,
        release.by,
    )
    if row is None:  # pragma: no cover - INSERT … RETURNING gives its row
        raise RuntimeError("the database gave no row back")
    await database.fetch(
        """
        INSERT INTO release_claim (release, kind, thing, slot, starts_at, ends_at)
        SELECT $1::integer, 'room', s.room, s.code, s.starts_at, s.ends_at
        FROM slot s JOIN activity a ON a.id = s.activity
        WHERE a.edition = $2 AND s.state = 'scheduled' AND s.room IS NOT NULL
        UNION ALL
        SELECT $1::integer, 'speaker', l.speaker, s.code, s.starts_at, s.ends_at
        FROM slot s JOIN activity a ON a.id = s.activity JOIN activity_speaker l ON l.activity = a.id
        WHERE a.edition = $2 AND s.state = 'scheduled'
        """,
        row["id"],
        edition_id,
    )
    return int(row["number"])
